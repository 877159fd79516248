"""What a client owns, as rows: by department, the newest first; what came back is struck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.finding import says
from clientele.domain.rules.habits import OF_TICKETS, Bought, Habit, Line
from clientele.store.queries.habits import Purchases
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

LINE, BACK, MORE, TICKET = "line", "back", "more", "ticket"
GIFT = "gift"

EACH = 5
"""How many articles of a department are shown before the rest is asked for."""

FOUND = 60
"""How many are shown of what was looked for."""

NAMED = 3
"""How many articles of a ticket are named."""

translate = QCoreApplication.translate


def _tr(words: str, count: int = -1) -> str:
    return translate("Owned", words, "", count) if count >= 0 else translate("Owned", words)


def owned_rows(
    found: Purchases,
    desk: Desk,
    *,
    words: tuple[str, ...] = (),
    whole: frozenset[int] = frozenset(),
) -> list[Row]:
    """By department; with ``words`` only what says them; departments of ``whole`` to the end."""
    groups: dict[int, list[Bought | Line]] = {}
    for one in found.ledger.bought:
        if not words or says(_said(one.line), words):
            groups.setdefault(one.line.department_id, []).append(one)
    for line in found.ledger.unknown:
        if not words or says(_said(line), words):
            groups.setdefault(line.department_id, []).append(line)
    rows: list[Row] = []
    for key, group in groups.items():
        rows += _department(key, group, found, desk, words, whole=bool(words) or key in whole)
    return rows if not words else rows[:FOUND]


def _department(
    key: int,
    group: Sequence[Bought | Line],
    found: Purchases,
    desk: Desk,
    words: tuple[str, ...],
    *,
    whole: bool,
) -> list[Row]:
    first = group[0]
    name = first.line.department if isinstance(first, Bought) else first.department
    many = sum(isinstance(one, Bought) and one.left > 0 for one in group)
    section = f"{name} · {desk.formats.number(many)}"
    shown = group if whole or len(group) <= EACH + 1 else group[:EACH]
    rows = [
        bought_row(one, found, desk, section=section, words=words)
        if isinstance(one, Bought)
        else _unknown(one, desk, section, words)
        for one in shown
    ]
    rest = len(group) - len(shown)
    if rest:
        more = _tr("%n more in {department}", rest).format(department=name)
        rows.append(Row(key=(MORE, key), after_title=more, section=section))
    return rows


def bought_row(
    one: Bought,
    found: Purchases,
    desk: Desk,
    *,
    section: str = "",
    words: tuple[str, ...] = (),
    acts: bool = True,
) -> Row:
    """A line that was sold: when, in which size, from which maker, for how much; what came back."""
    line, formats = one.line, desk.formats
    given = found.gifts.get(line.id)
    chips: tuple[ChipSpec, ...] = ()
    if given is not None:
        who = _tr("gift for {name}").format(name=given) if given else _tr("gift")
        chips = (ChipSpec(who, Tone.BLUE),)
    can_give = acts and given is None and one.left > 0
    parts = [formats.past_day(line.on, desk.today()), *_not_in_words(line)]
    if line.quantity != QUANTITY_UNIT:
        parts.append(_tr("{many} pieces").format(many=formats.quantity(line.quantity)))
    parts += [_back_words(back, one, desk) for back in one.back]
    return Row(
        key=(LINE, line.id),
        after_title=line.item or line.sku or _tr("an article"),
        sub=" · ".join(parts),
        chips=chips,
        trailing=formats.money(line.amount, line.currency),
        strike=one.left == 0,
        section=section,
        marked=words,
        actions=(RowAction(GIFT, _tr("It was a gift"), "G", shown=False),) if can_give else (),
    )


def behind(habit: Habit, found: Purchases, desk: Desk) -> list[Row]:
    """The rows of which a habit is told: tickets, or lines."""
    if habit.of not in OF_TICKETS:
        wanted = set(habit.rows)
        return [
            bought_row(one, found, desk, acts=False)
            for one in found.ledger.bought
            if one.line.id in wanted
        ]
    tickets: dict[int, list[Line]] = {key: [] for key in habit.rows}
    for one in found.ledger.bought:
        if one.line.purchase_id in tickets:
            tickets[one.line.purchase_id].append(one.line)
    return [_ticket(key, lines, desk) for key, lines in tickets.items()]


def purchase_of(key: tuple[str, int], found: Purchases) -> int | None:
    """The ticket that a row stands on; of a line that came back, the one it was sold on."""
    kind, number = key
    if kind == TICKET:
        return number
    every: Iterable[Line] = (
        found.ledger.unknown if kind == BACK else (one.line for one in found.ledger.bought)
    )
    return next((line.purchase_id for line in every if line.id == number), None)


def _ticket(key: int, lines: Sequence[Line], desk: Desk) -> Row:
    formats = desk.formats
    names = list(dict.fromkeys(line.item or line.sku for line in lines))
    named = [name for name in names if name]
    said = formats.listed(named[:NAMED])
    if len(named) > NAMED:
        rest = len(named) - NAMED
        said = _tr("{names} and %n more", rest).format(names=", ".join(named[:NAMED]))
    total = sum(line.amount for line in lines)
    return Row(
        key=(TICKET, key),
        after_title=f"{formats.weekday(lines[0].on)} {formats.past_day(lines[0].on, desk.today())}",
        sub=said,
        trailing=formats.money(total, lines[0].currency),
    )


def _unknown(line: Line, desk: Desk, section: str, words: tuple[str, ...]) -> Row:
    """What came back of which no purchase is known."""
    day = desk.formats.past_day(line.on, desk.today())
    said = [_tr("brought back {day}").format(day=day), line.why or ""]
    said.append(_tr("bought where the store has no record"))
    return Row(
        key=(BACK, line.id),
        after_title=line.item or line.sku or _tr("an article"),
        sub=" · ".join(part for part in said if part),
        trailing=desk.formats.money(line.amount, line.currency),
        strike=True,
        section=section,
        marked=words,
    )


def _back_words(back: Line, one: Bought, desk: Desk) -> str:
    day = desk.formats.past_day(back.on, desk.today())
    words = _tr("brought back {day}").format(day=day)
    if abs(back.quantity) != one.line.quantity:
        many = desk.formats.quantity(abs(back.quantity))
        words = _tr("{many} brought back {day}").format(many=many, day=day)
    return f"{words}, {back.why}" if back.why else words


def _not_in_words(line: Line) -> list[str]:
    """Maker and size, where the article's words do not name them already."""
    there = line.item.casefold()
    return [part for part in (line.brand, line.size) if part and part.casefold() not in there]


def _said(line: Line) -> str:
    return f"{line.item} {line.sku} {line.brand} {line.size} {line.department}"
