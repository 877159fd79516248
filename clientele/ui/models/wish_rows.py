"""A wish as a row: what it is, for whom, what it costs, and whether it is here or promised."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.promises import PromiseKind
from clientele.domain.rules.item_text import item_words
from clientele.domain.wishes import WishState
from clientele.store.queries.wishes import WishRow
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

SHOW, HOLD, HERE, EDIT, DROP, AGAIN = "show", "hold", "here", "edit", "drop", "again"

translate = QCoreApplication.translate


def wish_words(row: WishRow) -> str:
    """“Emerald silk scarf, Hermès”."""
    return item_words(row.item, row.detail, row.sku)


def wish_row(
    row: WishRow, desk: Desk, currency: str, *, at_stop: bool = False, brief: bool = False
) -> Row:
    """One wish on a list; ``at_stop`` puts showing it first, ``brief`` says only the most of it."""
    return Row(
        key=row.id,
        after_title=wish_words(row),
        sub=_under(row, desk, currency, brief=brief),
        chips=_chips(row, desk),
        actions=_acts(row, at_stop),
        strike=row.state != WishState.OPEN,
        section="" if row.state == WishState.OPEN else translate("Wish", "No longer wished for"),
    )


def _under(row: WishRow, desk: Desk, currency: str, *, brief: bool) -> str:
    formats, today = desk.formats, desk.today()
    parts = []
    if row.member:
        parts.append(translate("Wish", "for {name}").format(name=row.member))
    if row.price is not None:
        parts.append(formats.money(row.price, currency))
    if row.state == WishState.OPEN:
        since = formats.past_day(formats.local_day(row.wished_at), today)
        parts.append(translate("Wish", "since {day}").format(day=since))
        if row.department and not brief:
            parts.append(row.department)
        if row.came_back is not None:
            words = translate("Wish", "brought back: {why}") if row.came_back else ""
            back = words.format(why=row.came_back) or translate("Wish", "brought back")
            parts.append(back)
    elif row.ended_at is not None:
        ended = formats.past_day(formats.local_day(row.ended_at), today)
        bought = translate("Wish", "bought {day}") if row.state == WishState.BOUGHT else ""
        words = bought or translate("Wish", "dropped {day}")
        parts.append(words.format(day=ended))
        if row.ending:
            parts.append(row.ending)
    if row.note and not brief:
        parts.append(row.note)
    return " · ".join(parts)


def _chips(row: WishRow, desk: Desk) -> tuple[ChipSpec, ...]:
    if row.state != WishState.OPEN:
        return ()
    chips = []
    if row.arrived_at is not None:
        chips.append(ChipSpec(translate("Wish", "is here"), Tone.GREEN))
    if row.promise is not None:
        day = desk.formats.near_day(row.promise.due_on, desk.today())
        words = {
            PromiseKind.HOLD.value: translate("Wish", "held until {day}"),
            PromiseKind.TRANSFER.value: translate("Wish", "sent for, {day}"),
            PromiseKind.SPECIAL_ORDER.value: translate("Wish", "ordered, {day}"),
        }.get(row.promise.kind, translate("Wish", "promised for {day}"))
        chips.append(ChipSpec(words.format(day=day), Tone.BLUE))
    return tuple(chips)


def _acts(row: WishRow, at_stop: bool) -> tuple[RowAction, ...]:
    if row.state == WishState.BOUGHT:
        return ()
    if row.state == WishState.DROPPED:
        return (RowAction(AGAIN, translate("Wish", "Wish again"), "G"),)
    here = (
        translate("Wish", "It is here") if row.arrived_at is None else translate("Wish", "Not here")
    )
    acts = [
        RowAction(EDIT, translate("Wish", "Change"), "E", shown=False),
        RowAction(HERE, here, "I", shown=False),
        RowAction(DROP, translate("Wish", "Drop"), "X", shown=False),
    ]
    if row.promise is None:
        acts.insert(0, RowAction(HOLD, translate("Wish", "Hold"), "H", shown=not at_stop))
    if at_stop:
        acts.insert(0, RowAction(SHOW, translate("Wish", "Show"), "S"))
    return tuple(acts)
