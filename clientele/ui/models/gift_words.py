"""A gift in words: what it was, when it was given or bought, and how it was received."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.store.queries.gifts import GiftRow
from clientele.store.queries.owned import OwnedLine
from clientele.ui.desk import Desk
from clientele.ui.models.plan_words import occasion_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

EDIT, REMOVE = "edit", "remove"

translate = QCoreApplication.translate


def given_words(gift: GiftRow, desk: Desk) -> str:
    """“birthday 2025: emerald scarf, loved it”."""
    what = f"{gift.what}, {gift.liked}" if gift.liked else gift.what
    when = when_words(gift, desk)
    return f"{when}: {what}" if when else what


def when_words(gift: GiftRow, desk: Desk) -> str:
    """“birthday, Nov 2025”, “bought 12 Nov”; empty where nobody knows."""
    why = ""
    if gift.occasion_kind:
        why = occasion_words(gift.occasion_kind, gift.occasion_title, None)
    today = desk.today()
    if gift.given_on is not None:
        day = desk.formats.past_day(gift.given_on, today)
        if gift.given_on > today:
            day = desk.formats.near_day(gift.given_on, today)
    elif gift.bought_on is not None:
        words = translate("Gift", "bought {day}")
        day = words.format(day=desk.formats.past_day(gift.bought_on, today))
    else:
        return why
    return f"{why}, {day}" if why else day


def gift_row(gift: GiftRow, desk: Desk) -> Row:
    """One gift on a list, under whom it was for."""
    return Row(
        key=gift.id,
        after_title=gift.what,
        sub=" · ".join(part for part in (when_words(gift, desk), gift.liked) if part),
        section=gift.member or translate("Gift", "Somebody else"),
        actions=(
            RowAction(EDIT, translate("Gift", "Change"), "E"),
            RowAction(REMOVE, translate("Gift", "Remove"), "X", shown=False),
        ),
    )


def gift_line(line: OwnedLine, desk: Desk, *, chosen: bool) -> Row:
    """A line of a ticket that may have been the gift."""
    day = desk.formats.past_day(desk.formats.local_day(line.sold_at), desk.today())
    mark = (ChipSpec(translate("Gift", "the gift"), Tone.GREEN),) if chosen else ()
    return Row(
        key=line.id,
        after_title=line.item or line.sku,
        aside=translate("Gift", "bought {day}").format(day=day),
        end_chips=mark,
        tone=Tone.GREEN if chosen else None,
    )
