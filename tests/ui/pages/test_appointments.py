"""Are appointments seen by day and week, and made, moved and ended by mouse and by keys alone?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.domain.rules.appointments import Outcome
from clientele.domain.rules.day_grid import odd_hours
from clientele.domain.tables import Appointment
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment import AppointmentSheet
from clientele.ui.dialogs.expect_client import ExpectClientSheet
from clientele.ui.pages.appointments import AppointmentsPage
from clientele.ui.widgets.appointment_block import Block
from tests.a_day import TODAY, ZONE, Day, local
from tests.as_kept import as_kept
from tests.ui.at_work import no_sheet, press, settle, sheet, shown, write

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(day: Day, desk: Desk, clock: FixedClock, qtbot: QtBot) -> AppointmentsPage:
    """The week of the day, at nine in the morning."""
    clock.set(local(TODAY, 9))
    return shown(AppointmentsPage(desk), qtbot)


def kept(store: Store, key: int) -> Appointment:
    return as_kept(store, Appointment, key)


def drag(block: Block, start: QPoint, to: QPoint, *, let_go: bool = True) -> None:
    """Press in the block, move over the grid in steps, let go; ``to`` is a point of the grid."""
    QTest.mousePress(block, LEFT, NONE, start)
    aim = block.mapFromParent(to)
    for part in (1, 2, 3, 4):
        QTest.mouseMove(block, start + (aim - start) * part / 4)
        QApplication.processEvents()
    if let_go:
        QTest.mouseRelease(block, LEFT, NONE, aim)


def add(store: Store, day: Day, who: str, at: datetime, whose: int, now: datetime) -> int:
    with store.write() as session:
        what = ExpectClient(day.clients[who], whose, at)
        return expect_client(session, what, now=now).subject or 0


def test_the_week_says_who_comes_when_and_what_about(page: AppointmentsPage, day: Day) -> None:
    names = [block.accessibleName() for block in page.grid.blocks]
    assert names == [
        "Eleanor Marsh, Sat 21 Nov, 11:00 – 11:45, coat fitting",
        "Daniel Tran, Sat 21 Nov, 14:30 – 15:15, collects navy suit, 42R",
        "Priya Oberoi, Sat 21 Nov, 16:00 – 16:45, a winter wardrobe",
    ]
    assert page.header.sub.text() == "Mon 16 Nov – Sun 22 Nov · 3 clients expected"
    assert "3 clients expected" not in page.heads.accessibleName()
    assert page.grid.accessibleName() == "Appointments, Mon 16 Nov – Sun 22 Nov, 3 expected"
    tabbed = [one for one in page.grid.blocks if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one.row.id for one in tabbed] == [day.appointments["Eleanor"]], "Tab stops once"


def test_arrows_go_from_one_to_the_next(page: AppointmentsPage, day: Day) -> None:
    assert QApplication.focusWidget() is page.grid.block(day.appointments["Eleanor"])
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.grid.block(day.appointments["Daniel"])
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.grid.block(day.appointments["Eleanor"])
    assert page.client_at_hand() == day.clients["Eleanor"]


def test_alt_with_arrows_moves_by_quarters_and_days_with_one_undo(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.appointments["Eleanor"]
    for arrow in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        press(arrow, ALT)
    settle(desk, qtbot)
    assert kept(store, key).starts_at == local(TODAY + timedelta(days=1), 11, 30)
    assert QApplication.focusWidget() is page.grid.block(key)
    press(Qt.Key.Key_Down, ALT, SHIFT)
    settle(desk, qtbot)
    assert kept(store, key).ends_at == local(TODAY + timedelta(days=1), 12, 30)
    desk.undo()
    settle(desk, qtbot)
    assert kept(store, key).starts_at == local(TODAY, 11)
    assert kept(store, key).ends_at is None


def test_dragged_by_quarters_with_what_stands_against_it(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.appointments["Eleanor"]
    block, daniel = page.grid.block(key), page.grid.block(day.appointments["Daniel"])
    to = QPoint(daniel.geometry().center().x(), daniel.geometry().top() + 8)
    drag(block, QPoint(20, 4), to, let_go=False)
    settle(desk, qtbot)
    (ghost,) = [one for one in page.grid.ghosts if one.isVisible()]
    assert ghost.words == "Sat 21 Nov, 14:30 – 15:15"
    assert ghost.conflict == "You expect Daniel Tran then, 14:30 – 15:15"
    assert kept(store, key).starts_at == local(TODAY, 11), "nothing is kept before it is let go"
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    QTest.mouseRelease(block, LEFT, NONE, block.mapFromParent(to))
    settle(desk, qtbot)
    assert kept(store, key).starts_at == local(TODAY, 14, 30)
    assert said[-1].startswith("Eleanor Marsh: Sat 21 Nov, 14:30 – 15:15 · You expect Daniel Tran")
    beside = [page.grid.block(one).geometry() for one in (key, day.appointments["Daniel"])]
    assert not beside[0].intersects(beside[1])


def test_esc_lets_go_of_what_is_dragged(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.appointments["Eleanor"]
    block = page.grid.block(key)
    to = block.geometry().center() + QPoint(0, 200)
    drag(block, QPoint(20, 4), to, let_go=False)
    assert page.grid.is_held
    press(Qt.Key.Key_Escape)
    QTest.mouseRelease(block, LEFT, NONE, block.mapFromParent(to))
    settle(desk, qtbot)
    assert kept(store, key).starts_at == local(TODAY, 11)
    assert no_sheet(page)


def test_dragged_at_its_end_it_takes_longer(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    key = day.appointments["Eleanor"]
    block = page.grid.block(key)
    end = QPoint(20, block.height() - 2)
    to = block.mapToParent(end) + QPoint(0, page.grid.places.hour // 2)
    drag(block, end, to)
    settle(desk, qtbot)
    row = kept(store, key)
    assert (row.starts_at, row.ends_at) == (local(TODAY, 11), local(TODAY, 12, 15))


def test_a_click_makes_one_there_and_a_drag_says_how_long(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    grid, places = page.grid, page.grid.places
    column = places.day_area(3).center().x()
    start = QPoint(column, places.y(13 * 60) + 3)
    QTest.mousePress(grid, LEFT, NONE, start)
    end = QPoint(column, places.y(14 * 60))
    for part in (1, 2, 3):
        QTest.mouseMove(grid, start + (end - start) * part / 3)
    QTest.mouseRelease(grid, LEFT, NONE, end)
    form = sheet(page, ExpectClientSheet)
    assert form.due.day == TODAY - timedelta(days=2)
    assert (form.time.value, form.the_length()) == ("13:00", timedelta(hours=1))
    form.close_sheet()
    settle(desk, qtbot)
    QTest.mouseClick(
        grid, LEFT, NONE, QPoint(places.day_area(5).center().x(), places.y(11 * 60 + 50))
    )
    form = sheet(page, ExpectClientSheet)
    assert (form.due.day, form.time.value) == (TODAY, "11:45")
    write("whit")
    settle(desk, qtbot)
    qtbot.waitUntil(form.client.box.results_shown)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert not form.conflict.isVisible()
    form.time.setFocus()
    form.time.selectAll()
    write("11.30")
    settle(desk, qtbot)
    assert "You expect Eleanor Marsh then" in form.conflict.sentence.text()
    form.length.chosen.emit("30")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert no_sheet(page)
    made = kept(store, 4)
    assert (made.starts_at, made.client_id) == (local(TODAY, 11, 30), day.clients["James"])
    current = page.grid.current
    assert current is not None
    assert current.id == 4, "the one just made is at hand, to be moved or opened"


def test_keys_for_day_week_today_and_a_new_one(
    page: AppointmentsPage, desk: Desk, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_D)
    settle(desk, qtbot)
    assert list(page.days) == [TODAY]
    press(Qt.Key.Key_PageDown)
    settle(desk, qtbot)
    assert list(page.days) == [TODAY + timedelta(days=1)]
    assert "nobody is expected" in page.header.sub.text()
    assert QApplication.focusWidget() is page.grid
    press(Qt.Key.Key_W)
    settle(desk, qtbot)
    assert len(page.days) == 7
    press(Qt.Key.Key_PageUp)
    settle(desk, qtbot)
    assert page.days[0] == date(2026, 11, 9)
    press(Qt.Key.Key_T)
    settle(desk, qtbot)
    assert TODAY in page.days
    press(Qt.Key.Key_N)
    assert sheet(page, ExpectClientSheet).client.box.hasFocus()


def test_who_came_stays_and_that_is_said(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    at = kept(store, day.appointments["Eleanor"]).starts_at
    desk.do(start_visit, StartVisit(day.clients["Eleanor"], desk.me.id, 1))
    settle(desk, qtbot)
    said: list[str] = []
    desk.refused.connect(said.append)
    page.grid.take_keyboard()
    press(Qt.Key.Key_Down, ALT)
    settle(desk, qtbot)
    assert said == ["Nothing was moved: who came stays at the time at which they came."]
    assert kept(store, day.appointments["Eleanor"]).starts_at == at


def test_called_off_by_a_key_and_back_by_undo(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Delete)
    settle(desk, qtbot)
    assert len(page.grid.blocks) == 2
    assert kept(store, day.appointments["Eleanor"]).outcome == Outcome.CALLED_OFF
    desk.undo()
    settle(desk, qtbot)
    assert len(page.grid.blocks) == 3


def test_changed_in_its_form_by_keys_alone(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    form = sheet(page, AppointmentSheet)
    assert form.time.hasFocus()
    form.time.selectAll()
    write("16:15")
    settle(desk, qtbot)
    assert form.conflict.sentence.text() == "You expect Priya Oberoi then, 16:00 – 16:45"
    form.whose.setCurrentIndex(form.whose.findText("L. Sato"))
    form.whose.activated.emit(form.whose.currentIndex())
    settle(desk, qtbot)
    assert not form.conflict.isVisible()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    row = kept(store, day.appointments["Eleanor"])
    assert (row.starts_at, row.associate_id) == (local(TODAY, 16, 15), day.sato)
    assert len(page.grid.blocks) == 2, "it is hers now"
    page.whose.choose(Book.STORE)
    page.refresh()
    settle(desk, qtbot)
    assert "L. Sato" in page.grid.block(row.id or 0).accessibleName()


def test_came_offers_the_visit_and_did_not_come_a_follow_up(
    page: AppointmentsPage, day: Day, desk: Desk, clock: FixedClock, store: Store, qtbot: QtBot
) -> None:
    page.open_appointment(day.appointments["Eleanor"])
    settle(desk, qtbot)
    form = sheet(page, AppointmentSheet)
    assert not hasattr(form, "came"), "it has not begun"
    form.close_sheet()
    clock.set(local(TODAY, 14, 40))
    offered: list[tuple[str, object]] = []
    desk.offered.connect(lambda words, do: offered.append((words, do)))
    asked: list[object] = []
    page.start_visit.connect(asked.append)
    page.follow_up.connect(lambda client, reason: asked.append((client, reason)))
    for who, button in (("Eleanor", "came"), ("Daniel", "missed")):
        page.open_appointment(day.appointments[who])
        settle(desk, qtbot)
        QTest.mouseClick(getattr(sheet(page, AppointmentSheet), button), LEFT)
        settle(desk, qtbot)
    assert [words for words, _ in offered] == ["Start the visit", "Follow up"]
    for _, do in offered:
        do()  # type: ignore[operator]
    reason = "did not come on Sat 21 Nov: collects navy suit, 42R"
    assert asked == [day.clients["Eleanor"], (day.clients["Daniel"], reason)]
    assert kept(store, day.appointments["Daniel"]).outcome == Outcome.DID_NOT_COME
    assert not page.grid.block(day.appointments["Eleanor"]).can_move
    press(Qt.Key.Key_Down, ALT)
    settle(desk, qtbot)


def test_my_department_and_the_store_say_whose(
    page: AppointmentsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    add(store, day, "Tom", local(TODAY, 14, 45), day.sato, desk.now())
    page.whose.choose(Book.STORE)
    page.whose.chosen.emit(Book.STORE)
    settle(desk, qtbot)
    names = [block.accessibleName() for block in page.grid.blocks]
    assert any("Tom Becker" in name and "L. Sato" in name for name in names)
    tom, daniel = (
        next(one for one in page.grid.blocks if who in one.accessibleName())
        for who in ("Tom Becker", "Daniel Tran")
    )
    assert not tom.geometry().intersects(daniel.geometry()), "side by side"


@pytest.mark.parametrize("width", [836, 1178])
def test_it_is_readable_narrow_and_scrolls_by_itself(
    day: Day, desk: Desk, clock: FixedClock, qtbot: QtBot, width: int
) -> None:
    clock.set(local(TODAY, 9))
    page = shown(AppointmentsPage(desk), qtbot, width, 714)
    assert page.verticalScrollBar().maximum() == 0, "the grid scrolls, and not the page"
    assert page.horizontalScrollBar().maximum() == 0
    assert all(block.width() >= 80 for block in page.grid.blocks)
    first = page.grid.block(day.appointments["Eleanor"])
    at = first.mapTo(page.area.viewport(), QPoint(2, 2))
    assert page.area.viewport().rect().contains(at), "the first one is in sight"
    right = page.grid.mapTo(page.area.viewport(), QPoint(page.grid.width(), 0)).x()
    assert right <= page.area.viewport().width()


@pytest.mark.parametrize(
    ("on", "words"), [(date(2027, 3, 28), "not there"), (date(2026, 10, 25), "comes twice")]
)
def test_days_of_23_and_25_hours_say_so(
    day: Day, desk: Desk, clock: FixedClock, store: Store, qtbot: QtBot, on: date, words: str
) -> None:
    """A client is expected in the odd hour; by keys it goes through each quarter there is."""
    clock.set(local(on, 0))
    begins = local(on, 1).astimezone(UTC)
    key = add(store, day, "Tom", begins, day.okafor, desk.now())
    page = shown(AppointmentsPage(desk), qtbot)
    seen = []
    for _ in range(8):
        press(Qt.Key.Key_Down, ALT)
        settle(desk, qtbot)
        seen.append(kept(store, key).starts_at)
    assert seen == [begins + number * timedelta(minutes=15) for number in range(1, 9)]
    block = page.grid.block(key)
    wall = seen[-1].astimezone(ZONE)
    assert block.placed.top == wall.hour * 60 + wall.minute
    assert page.grid.grab().toImage().width() == page.grid.width()
    (odd,) = odd_hours(on, page.grid.places.zone)
    assert (odd.top, odd.bottom, odd.twice) == (120, 180, words == "comes twice")
