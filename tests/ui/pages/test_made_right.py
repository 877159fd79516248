"""Is it plain whose each problem is and what is next, until the client says it is solved?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlmodel import select

from clientele.domain.recovery import Decision, RightState
from clientele.domain.tables import Absence, MadeRight
from clientele.services.made_right import Decide, OpenMadeRight, decide, open_made_right
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.make_right import MakeRightSheet
from clientele.ui.dialogs.more_right import ClientSaysSheet, DecideSheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.made_right import MadeRightPage
from clientele.ui.pages.today import TodayPage
from clientele.ui.pages.visit import VisitPage
from clientele.ui.printing.review_document import review_html
from clientele.ui.theme import Tone
from clientele.ui.widgets.buttons import ChoiceButton
from tests.a_day import Day
from tests.ui.at_work import (
    click_row,
    no_sheet,
    press,
    settle,
    sheet,
    shown,
    titles,
    words_in,
    write,
)
from tests.ui.conftest import Team
from tests.ui.pages.one_client import Book as Look
from tests.ui.pages.tran import Tran

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def rights(day: Day, store: Store, desk: Desk) -> dict[str, int]:
    """One to decide and one decided of mine, one of a colleague."""

    def made(client: str, by: int, goods: str, decision: str = "") -> int:
        with store.write() as session:
            what = OpenMadeRight(
                day.clients[client], by, goods, "it broke", decision=decision, cost=4800
            )
            return open_made_right(session, what, now=desk.now()).subject or 0

    return {
        "boots": made("Eleanor", day.okafor, "boots", Decision.REPAIRED),
        "suit": made("Daniel", day.okafor, "a suit"),
        "scarf": made("Priya", day.sato, "a scarf"),
    }


@pytest.fixture
def page(rights: dict[str, int], desk: Desk, qtbot: QtBot) -> Iterator[MadeRightPage]:
    made = shown(MadeRightPage(desk), qtbot)
    yield made
    made.close()


def state(store: Store, key: int) -> str:
    with store.read() as session:
        row = session.get(MadeRight, key)
        assert row is not None
        return row.state


def leads(page: MadeRightPage) -> list[tuple[str, Tone]]:
    rows = page.list.rows()
    return [(row.lead.text, row.lead.tone) for row in rows if isinstance(row.lead, ChipSpec)]


def test_mine_with_what_is_next(page: MadeRightPage) -> None:
    assert titles(page.list) == ["Daniel Tran", "Eleanor Marsh"]
    assert leads(page) == [("to decide", Tone.AMBER), ("ask Tue", Tone.BLUE)]
    assert page.header.sub.text() == "2 not solved yet · 1 to decide"
    assert page.list.rows()[1].sub == "it broke · Repaired, €48.00"
    assert "You need ask nobody" in words_in(page.detail)
    assert page.detail.title.text() == "Daniel Tran"


def test_the_stores_with_whose_they_are(page: MadeRightPage, desk: Desk, qtbot: QtBot) -> None:
    page.whose.choose(Book.STORE)
    page.refresh()
    settle(desk, qtbot)
    assert page.list.rows()[1].sub == "it broke · L. Sato"


def test_mine_say_for_whom_i_cover(
    rights: dict[str, int], store: Store, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    away = Absence(
        associate_id=team.sato.id,
        cover_id=team.okafor.id,
        away_from=desk.today(),
        back_on=desk.today() + timedelta(days=2),
        created_at=desk.now(),
    )
    with store.write() as session:
        session.add(away)
    page = shown(MadeRightPage(desk), qtbot)
    assert [chip.text for row in page.list.rows() for chip in row.chips] == ["for L. Sato"]
    page.close()


def test_decide_with_g(
    page: MadeRightPage, rights: dict[str, int], desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_G)
    form = sheet(page, DecideSheet)
    form.keep()
    assert form.banner.sentence.text().startswith("What do you do?")
    QTest.mouseClick(form.decision.tiles.tile(Decision.REPLACED), LEFT)
    write("120")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert state(store, rights["suit"]) == RightState.DECIDED
    assert page.list.rows()[1].sub == "it broke · Replaced, €120.00"
    desk.undo()
    settle(desk, qtbot)
    assert state(store, rights["suit"]) == RightState.OPEN


def test_solved_with_v_and_not_after_all_with_u(
    page: MadeRightPage, rights: dict[str, int], desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.list.set_current(rights["boots"])
    page.list.setFocus()
    press(Qt.Key.Key_V)
    form = sheet(page, ClientSaysSheet)
    assert form.title.text() == "Solved, says the client"
    write("sent a card")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert state(store, rights["boots"]) == RightState.SOLVED
    solved = page.list.rows()[-1]
    assert (solved.section, solved.key) == ("Solved in the last 30 days", rights["boots"])
    assert "“sent a card”" in solved.aside
    page.list.set_current(rights["boots"])
    page.list.setFocus()
    press(Qt.Key.Key_U)
    assert sheet(page, ClientSaysSheet).title.text() == "Not solved after all"
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert ("not solved yet", Tone.AMBER) in leads(page)
    desk.undo()
    settle(desk, qtbot)
    assert state(store, rights["boots"]) == RightState.SOLVED


def test_the_buttons_of_the_card(
    page: MadeRightPage, rights: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    click_row(page.list, rights["boots"])
    settle(desk, qtbot)
    visible = [
        one.text()
        for one in (page.detail.solved, page.detail.not_solved, page.detail.more)
        if one.isVisible()
    ]
    assert visible == ["Solved, says the client", "Not solved yet", "Do more"]
    for button, kind in (
        (page.detail.solved, ClientSaysSheet),
        (page.detail.not_solved, ClientSaysSheet),
        (page.detail.more, DecideSheet),
    ):
        QTest.mouseClick(button, LEFT)
        sheet(page, kind).close_sheet()
    with qtbot.waitSignal(page.open_client) as told:
        QTest.mouseClick(page.detail.open_button, LEFT)
    assert told.args == [page.client_at_hand()]


def test_words_are_kept_as_they_are_typed(
    page: MadeRightPage, rights: dict[str, int], desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.detail.problem.setFocus()
    write(" on the first evening")
    settle(desk, qtbot)
    with store.read() as session:
        row = session.get(MadeRight, rights["suit"])
        assert row is not None
        assert row.problem == "it broke on the first evening"
    page.detail.goods.setFocus()
    write(" 4111 1111 1111 1111")
    settle(desk, qtbot)
    assert page.detail.goods.property("wrong")
    with store.read() as session:
        row = session.get(MadeRight, rights["suit"])
        assert row is not None
        assert "4111" not in row.goods


def test_nothing_says_what_will_stand_here(desk: Desk, team: Team, qtbot: QtBot) -> None:
    made = shown(MadeRightPage(desk), qtbot)
    assert made.nothing.isVisible()
    assert made.header.sub.text() == "Nobody waits, as far as we were told"
    assert made.nothing.button is not None
    QTest.mouseClick(made.nothing.button, LEFT)
    sheet(made, MakeRightSheet).close_sheet()
    made.show_review()
    settle(desk, qtbot)
    assert "Nowhere, as far as the book can tell." in words_in(made.review)
    assert made.review.heard.text() == "0 problems heard"
    assert not made.review.before.isEnabled()
    assert not made.review.later.isEnabled()
    made.close()


def test_the_review_by_month(
    page: MadeRightPage,
    rights: dict[str, int],
    desk: Desk,
    store: Store,
    clock: FixedClock,
    qtbot: QtBot,
) -> None:
    clock.advance(timedelta(days=12))
    QTest.mouseClick(page.part.findChildren(ChoiceButton)[1], LEFT)
    settle(desk, qtbot)
    assert page.is_review
    assert page.whose.value == Book.STORE
    review = page.review
    assert review.month.text() == "Nov 2026", "the month stays that in which the page was made"
    assert titles(review.little) == ["Eleanor Marsh", "Daniel Tran", "Priya Oberoi"]
    assert review.little.rows()[1].body.startswith("Nothing was decided for 12 days.")
    assert titles(review.well) == ["Eleanor Marsh"]
    assert review.well.rows()[0].body == "Decided on the spot. No receipt was asked for."
    assert page.detail.title.text() == "Eleanor Marsh"
    QTest.mouseClick(review.later, LEFT)
    settle(desk, qtbot)
    assert review.month.text() == "Dec 2026"
    assert titles(review.well) == []
    assert len(titles(review.little)) == 3, "what is not solved comes along"
    assert not review.later.isEnabled()
    QTest.mouseClick(review.before, LEFT)
    settle(desk, qtbot)
    with qtbot.waitSignal(page.open_client) as told:
        review.little.opened.emit(review.little.rows()[0].key)
    assert told.args == [page.client_at_hand()]


def test_the_review_on_paper(
    page: MadeRightPage, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    from clientele.ui.printing.html_page import html_pdf
    from clientele.ui.printing.pdf import A4

    page.show_review()
    settle(desk, qtbot)
    assert page.review.sheet is not None
    html = review_html(page.review.sheet.review, "Herengracht", desk.formats)
    for words in ("Made right in Nov 2026", "3 problems heard", "Eleanor Marsh, 21 Nov: boots"):
        assert words in html
    assert html_pdf(html, "Made right", A4).startswith(b"%PDF")
    if not QPrinterInfo.availablePrinterNames():
        with qtbot.waitSignal(desk.said) as told:
            handler = page.handler(actions.PRINT)
            assert handler is not None
            handler()
        assert told.args is not None
        assert "No printer" in told.args[0]


def test_today_leads_with_what_is_to_decide_and_hides_where_nothing_is(
    rights: dict[str, int], desk: Desk, store: Store, qtbot: QtBot
) -> None:
    today = shown(TodayPage(desk), qtbot)
    settle(desk, qtbot)
    assert [row.after_title for row in today.rights.list.rows()] == ["· a suit"]
    assert today.rights.isVisible()
    click_row(today.rights.list, rights["suit"], "do")
    form = sheet(today, DecideSheet)
    form.decision.tiles.tile(Decision.GIFT).click()
    form.keep()
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: not today.rights.isVisible())
    today.close()


def test_the_client_page_shows_it_and_opens_the_form(
    nell: int, client_shown: ClientPage, book: Look, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page = client_shown
    assert not page.rights.isVisible()
    QTest.mouseClick(page.header.right_button, LEFT)
    form = sheet(page, MakeRightSheet)
    settle(desk, qtbot)
    assert form.client.client_id == nell
    write("boots")
    form.keep()
    settle(desk, qtbot)
    qtbot.waitUntil(page.rights.isVisible)
    (row,) = page.rights.list.rows()
    assert (row.after_title, row.chips[0].text) == ("boots", "to decide")
    with store.write() as session:
        changes = decide(session, Decide(int(row.key), desk.me.id, "gift"), now=desk.now())  # type: ignore[arg-type]
    desk.changed.emit(changes)
    settle(desk, qtbot)
    assert page.rights.list.rows()[0].chips[0].text == "ask Tue"


def test_ctrl_m_from_anywhere(
    nell: int, desk: Desk, window: MainWindow, client_shown: ClientPage, qtbot: QtBot
) -> None:
    Forms(desk, window)
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    form = sheet(window, MakeRightSheet)
    assert form.client.client_id == nell
    form.close_sheet()


def test_ctrl_m_in_a_visit_keeps_the_visit_with_it(
    tran: Tran, desk: Desk, window: MainWindow, visit_shown: VisitPage, store: Store, qtbot: QtBot
) -> None:
    Forms(desk, window)
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    form = sheet(window, MakeRightSheet)
    write("a suit")
    form.keep()
    settle(desk, qtbot)
    with store.read() as session:
        found = session.scalars(select(MadeRight)).one()
        assert (found.client_id, found.visit_id) == (tran.daniel, tran.visit)
