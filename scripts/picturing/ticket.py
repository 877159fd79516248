"""The one ticket with all that can stand on it, its sheets, and how it is printed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QTextDocument
from PySide6.QtWidgets import QLabel

from clientele.services.credit import ShareCredit, share_credit
from clientele.services.part_payments import PayAhead, pay_ahead
from clientele.services.pricing import MarkDown, SetQuantity, mark_down, set_quantity
from clientele.services.returns import BringBack, bring_back
from clientele.store.queries.owned import owned_lines
from clientele.store.queries.team import associates
from clientele.ui.pages.visit_cards.item_row import ItemRow
from clientele.ui.printing.ticket_document import ticket_html
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, settle

PAPER = (680, 640)


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    page = place.visit
    paper = QLabel()
    paper.setFixedSize(*PAPER)

    def ticket() -> None:
        place.start_visit(client(place, "Daniel Tran"))
        settle(place)
        _fill(place)
        settle(place)

    def item(key: Qt.Key) -> None:
        ticket()
        row = next(one for one in page.shown.rows.values() if one.item.mark_down)
        _open(row, key)

    def sheet(name: str) -> None:
        ticket()
        getattr(page.till, name)()

    def printed() -> None:
        ticket()
        assert page.visit is not None
        paper.setPixmap(_set(ticket_html(page.visit, None, "Herengracht", place.desk.formats)))

    return [
        Scene("ticket", ticket),
        Scene("ticket-ring", lambda: sheet("ring")),
        Scene("ticket-bring-back", lambda: sheet("bring_back")),
        Scene("ticket-pay-ahead", lambda: sheet("pay_ahead")),
        Scene("ticket-print", lambda: sheet("print_it")),
        Scene("ticket-mark-down", lambda: item(Qt.Key.Key_M)),
        Scene("ticket-printed", printed, of=paper),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book: a visit in which nothing was kept yet stands under “visit”."""
    return []


def _fill(place: Workplace) -> None:
    """A return, a mark-down, two of one, shared credit and a payment ahead, once."""
    page, desk = place.visit, place.desk
    assert page.visit is not None
    if any(item.back for item in page.visit.items):
        return
    visit, me = page.visit, desk.me.id
    kept = visit.kept
    with place.store.read() as session:
        owned = owned_lines(session, visit.named.client_id)
        silva = next(one.id for one in associates(session) if one.name == "Mateus Silva")
    derby = next(line for line in owned if "Brogued" in line.item)
    desk.do(bring_back, BringBack(visit.id, me, derby.id, why="sole came off"))
    desk.do(set_quantity, SetQuantity(kept[0].id, "2"))
    desk.do(mark_down, MarkDown(kept[-1].id, off="10%", why="display piece"))
    desk.do(share_credit, ShareCredit(kept[-1].id, ((me, 1), (silva, 1))))
    what = f"{kept[-1].item}, laid aside"
    desk.do(pay_ahead, PayAhead(visit.named.client_id, me, "50", what, "0411-0087", visit.id))


def _open(row: ItemRow, key: Qt.Key) -> None:
    row.setFocus()
    row.open_choices()
    {Qt.Key.Key_M: lambda: row._ask_terms("m")}[key]()


def _set(html: str) -> QPixmap:
    image = QImage(*PAPER, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    document = QTextDocument()
    document.setHtml(html)
    document.setDocumentMargin(36)
    document.setPageSize(QSizeF(*PAPER))
    painter = QPainter(image)
    document.drawContents(painter)
    painter.end()
    return QPixmap.fromImage(image)
