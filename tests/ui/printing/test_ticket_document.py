"""The ticket on paper: lines by department, what was paid ahead, who served, and no card data."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.services.credit import ShareCredit, share_credit
from clientele.services.part_payments import PayAhead, pay_ahead
from clientele.services.pricing import MarkDown, SetQuantity, mark_down, set_quantity
from clientele.services.returns import BringBack, bring_back
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.visit import VisitPage
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.desk import Desk
from clientele.ui.dialogs.print_ticket import PrintTicketSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.printing.html_page import html_pdf
from clientele.ui.printing.pdf import A4
from clientele.ui.printing.ticket_document import ticket_html, ticket_title
from tests.services.floor import Floor, a_floor
from tests.services.till import page, rung, shown

FORMATS = Formats("en", "Europe/Amsterdam")


@pytest.fixture
def floor(store: Store, clock: FixedClock, qapp: QApplication) -> Floor:
    return a_floor(store, clock)


@pytest.fixture
def visit(floor: Floor) -> int:
    """Two shirts at less, a coat that was paid in part, and tyres that come back."""
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    shirts = shown(floor, visit, "Shirt, 16/34 127.00")
    floor.do(set_quantity, SetQuantity(shirts, "2"))
    floor.do(mark_down, MarkDown(shirts, off="10%", why="display piece"))
    coat = shown(floor, visit, "Coat <navy> & belt, 42R 480.00")
    floor.do(share_credit, ShareCredit(coat, ((floor.okafor, 1), (floor.silva, 1))))
    floor.do(bring_back, BringBack(visit, floor.okafor, text="Tyres 145.00", why="worn"))
    floor.do(pay_ahead, PayAhead(floor.daniel, floor.okafor, "100", "coat, laid aside", "77"))
    return visit


def words(seen: VisitPage, number: int | None = None) -> list[str]:
    """The texts on the page, in order."""
    ticket = None if number is None else seen.rung[number]
    page = ticket_html(seen, ticket, "Herengracht", FORMATS).partition("</style>")[2]
    found = [html.unescape(text).strip() for text in re.findall(r">([^<]+)<", page)]
    return [text for text in found if text]


BELOW = ["Total", "€563.60", "Paid 21 Nov: coat, laid aside", "receipt 77", "−€100.00"]
LINES = [
    "Men's Suits",
    "2 × Shirt, 16/34",
    "was €254.00, −10%: display piece",
    "€228.60",
    "Coat <navy> & belt, 42R",
    "€480.00",
    "Tyres",
    "without a record, worn",
    "−€145.00",
]


def test_what_waits_for_the_till(floor: Floor, visit: int) -> None:
    assert words(page(floor, visit)) == [
        "Herengracht",
        "Daniel Tran",
        "Not rung yet",
        *LINES,
        *BELOW,
        "To pay",
        "€463.60",
        "You were served by R. Okafor, M. Silva",
    ]


def test_what_was_rung(floor: Floor, visit: int) -> None:
    rung(floor, visit, "0412-8831", page(floor, visit).paid_ahead[0].id)
    seen = page(floor, visit)
    assert words(seen, 0) == [
        "Herengracht",
        "Daniel Tran",
        "21 Nov 2026 10:00 · receipt 0412-8831",
        *LINES,
        *BELOW,
        "Paid",
        "€463.60",
        "You were served by R. Okafor, M. Silva",
    ]
    assert ticket_title(seen, seen.rung[0]) == "Ticket 0412-8831, Daniel Tran"


def test_more_came_back_than_was_kept(floor: Floor) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    floor.do(bring_back, BringBack(visit, floor.okafor, text="Tyres 145.00"))
    assert words(page(floor, visit))[-2:] == ["To give back", "€145.00"]
    rung(floor, visit, "1")
    assert words(page(floor, visit), 0)[-3:-1] == ["Given back", "€145.00"]


def test_it_is_a_pdf(floor: Floor, visit: int) -> None:
    seen = page(floor, visit)
    pdf = html_pdf(ticket_html(seen, None, "Herengracht", FORMATS), ticket_title(seen, None), A4)
    assert pdf.startswith(b"%PDF")
    assert b"/Count 1" in pdf


def test_it_is_saved_where_it_is_asked_to_be(
    floor: Floor, visit: int, desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    sheet = PrintTicketSheet(desk, window.content, page(floor, visit))
    sheet.open_sheet()
    qtbot.waitUntil(desk.idle)
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    sheet.save_pdf(tmp_path / "nowhere" / "ticket.pdf")
    qtbot.waitUntil(sheet.banner.isVisible)
    assert "“ticket.pdf” could not be written" in sheet.banner.sentence.text()
    with qtbot.waitSignal(sheet.closed):
        sheet.save_pdf(tmp_path / "ticket.pdf")
    assert said == ["Saved as ticket.pdf."]
    assert (tmp_path / "ticket.pdf").read_bytes().startswith(b"%PDF")
