"""How is a line of the ticket put into words? Its amount, what was taken off, who is credited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.rules.ticket import as_percent
from clientele.store.queries.ticket import Item, PaidAhead, Part
from clientele.system.formats import Formats

translate = QCoreApplication.translate

MINUS = "−"


def mark_down_whys() -> tuple[str, ...]:
    """Why something is taken off, as offered."""
    return (
        translate("Ticket", "display piece"),
        translate("Ticket", "small flaw"),
        translate("Ticket", "last one"),
        translate("Ticket", "price promised"),
    )


def return_whys() -> tuple[str, ...]:
    """Why an article comes back, as offered."""
    return (
        translate("Ticket", "too small"),
        translate("Ticket", "too large"),
        translate("Ticket", "colour"),
        translate("Ticket", "flaw"),
        translate("Ticket", "changed their mind"),
        translate("Ticket", "a gift they had"),
    )


def money(minor: int, currency: str, formats: Formats) -> str:
    """An amount of the ticket; what is given back has a minus before it: “−€190.00”."""
    words = formats.money(abs(minor), currency)
    return f"{MINUS}{words}" if minor < 0 else words


def line_words(item: Item, formats: Formats) -> str:
    """“Cap-toe oxford”, “2 × Shirt”."""
    if item.quantity == QUANTITY_UNIT:
        return item.item
    return f"{formats.quantity(item.quantity)} × {item.item}"


def line_money(item: Item, currency: str, formats: Formats) -> str:
    """What a line comes to, or that its price is missing."""
    if item.amount is None:
        return translate("Ticket", "price?")
    return money(item.amount, currency, formats)


def taken_off(item: Item, currency: str, formats: Formats) -> str:
    """“was €285.00, −10%: display piece”; empty where nothing is taken off."""
    if not item.mark_down or item.back:
        return ""
    percent = None if item.whole is None else as_percent(item.whole, item.mark_down)
    off = (
        formats.money(item.mark_down, currency)
        if percent is None
        else formats.percent(percent / 100)
    )
    why = item.mark_down_why.strip() or translate("Ticket", "why?")
    if item.whole is None:
        return translate("Ticket", "{off} off: {why}").format(off=off, why=why)
    was = formats.money(item.whole, currency)
    return translate("Ticket", "was {was}, {off}: {why}").format(
        was=was, off=f"{MINUS}{off}", why=why
    )


def comes_back(item: Item, formats: Formats) -> str:
    """“bought 7 Nov, too small”; empty for what does not come back."""
    if not item.back:
        return ""
    bought = (
        translate("Ticket", "without a record")
        if item.bought_at is None
        else translate("Ticket", "bought {day}").format(
            day=formats.day_year(formats.local_day(item.bought_at))
        )
    )
    return ", ".join(part for part in (bought, item.why.strip()) if part)


def under_line(item: Item, currency: str, formats: Formats, me: int) -> str:
    """What stands small below a line: where it comes from, what was taken off, who is credited."""
    parts = [comes_back(item, formats)]
    if item.member and not item.back:
        parts.append(translate("Ticket", "for {name}").format(name=item.member))
    if item.on_ticket or item.rung:
        parts += [taken_off(item, currency, formats), credit_words(item.credit, me)]
    return " · ".join(part for part in parts if part)


def credit_words(credit: Sequence[Part], me: int) -> str:
    """Who is credited where it is not me alone: “M. Silva”, “R. Okafor and M. Silva”, “¾ …”."""
    if not credit or (len(credit) == 1 and credit[0].associate_id == me):
        return ""
    if len({part.parts for part in credit}) == 1:
        return " + ".join(part.associate for part in credit)
    whole = sum(part.parts for part in credit)
    return " + ".join(f"{part.associate} {part.parts}/{whole}" for part in credit)


def paid_words(paid: PaidAhead, formats: Formats) -> str:
    """“Paid 7 Nov: navy coat”."""
    day = formats.day(formats.local_day(paid.paid_at))
    return translate("Ticket", "Paid {day}: {what}").format(day=day, what=paid.what)


def to_pay_words(amount: int) -> str:
    """What is done with what is left: paid, or given back."""
    if amount < 0:
        return translate("Ticket", "Give back")
    return translate("Ticket", "Pay once, here")


def by_department(items: Sequence[Item]) -> list[Item]:
    """The lines of each department together, in the order in which they were come to."""
    order: dict[int, int] = {}
    for item in items:
        order.setdefault(item.department_id, len(order))
    return sorted(items, key=lambda item: order[item.department_id])
