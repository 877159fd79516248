"""How does the one ticket look on paper? Lines by department, what was paid ahead, who served."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication

from clientele.store.queries.ticket import Item, Ticket
from clientele.store.queries.visit import VisitPage
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.pages.visit_cards.ticket_words import (
    by_department,
    comes_back,
    line_money,
    line_words,
    money,
    paid_words,
    taken_off,
)
from clientele.ui.printing.ink import GREEN, GREY

translate = QCoreApplication.translate

STYLE = f"""
p {{ margin: 0 0 2px 0; }}
.title {{ font-size: 19pt; font-weight: 600; }}
.department {{ font-size: 11.5pt; font-weight: 600; color: {GREEN}; margin-top: 14px; }}
.small {{ font-size: 9pt; color: {GREY}; }}
.total {{ font-size: 13pt; font-weight: 600; }}
td {{ padding-bottom: 5px; }}
"""


def ticket_html(visit: VisitPage, ticket: Ticket | None, store: str, formats: Formats) -> str:
    """A rung ticket of the visit, or with None what waits for the till, as simple HTML."""
    if ticket is None:
        items, currency, whole = visit.kept, visit.currency, visit.total
        paid_ahead, left = visit.meant, visit.to_pay
    else:
        items = tuple(one for one in visit.items if one.purchase_id == ticket.purchase_id)
        currency, whole = ticket.currency, ticket.total
        paid_ahead, left = ticket.paid_ahead, ticket.paid
    rows = "".join(_lines(by_department(items), currency, formats))
    below = []
    if paid_ahead:
        below.append(_row(translate("TicketDocument", "Total"), money(whole, currency, formats)))
    below += [
        _row(
            paid_words(paid, formats),
            money(-paid.amount, currency, formats),
            translate("TicketDocument", "receipt {receipt}").format(receipt=paid.receipt),
        )
        for paid in paid_ahead
    ]
    below.append(_row(_pay(ticket, left), formats.money(abs(left), currency), strong=True))
    body = (
        f"{_head(visit, ticket, store, formats)}<p>&nbsp;</p>"
        f"{_table(rows)}<hr/>{_table(''.join(below))}{_foot(ticket, items)}"
    )
    return f"<html><head><style>{STYLE}</style></head><body>{body}</body></html>"


def ticket_title(visit: VisitPage, ticket: Ticket | None) -> str:
    """What the page is called: “Ticket 0412-8831, Daniel Tran”."""
    name = shown_name(visit.named)
    if ticket is None:
        return translate("TicketDocument", "Ticket, {client}").format(client=name)
    return translate("TicketDocument", "Ticket {receipt}, {client}").format(
        receipt=ticket.receipt, client=name
    )


def _head(visit: VisitPage, ticket: Ticket | None, store: str, formats: Formats) -> str:
    at = (
        translate("TicketDocument", "Not rung yet")
        if ticket is None
        else translate("TicketDocument", "{moment} · receipt {receipt}").format(
            moment=formats.moment(ticket.sold_at), receipt=ticket.receipt
        )
    )
    return (
        f'<p class="title">{escape(store)}</p><p>{escape(shown_name(visit.named))}</p>'
        f'<p class="small">{escape(at)}</p>'
    )


def _lines(items: list[Item], currency: str, formats: Formats) -> Iterable[str]:
    department = ""
    for item in items:
        if item.department != department:
            department = item.department
            yield f'<tr><td colspan="2"><p class="department">{escape(department)}</p></td></tr>'
        words = ", ".join(part for part in (line_words(item, formats), item.detail) if part)
        under = (
            _number(item),
            comes_back(item, formats),
            taken_off(item, currency, formats),
        )
        small = " · ".join(part for part in under if part)
        yield _row(words, line_money(item, currency, formats), small)


def _number(item: Item) -> str:
    if not item.sku or item.sku == item.item:
        return ""
    return translate("TicketDocument", "item {number}").format(number=item.sku)


def _pay(ticket: Ticket | None, left: int) -> str:
    if ticket is None:
        if left < 0:
            return translate("TicketDocument", "To give back")
        return translate("TicketDocument", "To pay")
    if left < 0:
        return translate("TicketDocument", "Given back")
    return translate("TicketDocument", "Paid")


def _foot(ticket: Ticket | None, items: Iterable[Item]) -> str:
    served = dict.fromkeys(part.associate for item in items for part in item.credit)
    if ticket is not None and ticket.associate:
        served.setdefault(ticket.associate)
    if not served:
        return ""
    words = translate("TicketDocument", "You were served by {names}").format(
        names=", ".join(served)
    )
    return f'<p class="small" style="margin-top: 18px">{escape(words)}</p>'


def _table(rows: str) -> str:
    return f'<table width="100%" cellspacing="0" cellpadding="0">{rows}</table>'


def _row(words: str, amount: str, small: str = "", *, strong: bool = False) -> str:
    kind = ' class="total"' if strong else ""
    under = f'<p class="small">{escape(small)}</p>' if small else ""
    return (
        f'<tr><td width="74%"><p{kind}>{escape(words)}</p>{under}</td>'
        f'<td width="26%" align="right"><p{kind}>{escape(amount)}</p></td></tr>'
    )
