"""Is a calendar file asked about plainly on its way out, and looked at before it comes in?"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from clientele.domain.tables import Appointment
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.appointment import AppointmentSheet
from clientele.ui.dialogs.calendar_in import TAKE, WHOM, CalendarInSheet
from clientele.ui.dialogs.calendar_out import OPEN, CalendarOutSheet
from clientele.ui.dialogs.calendar_whom import CalendarWhomSheet
from clientele.ui.pages.appointments import AppointmentsPage
from tests.a_day import TODAY, Day, local
from tests.services.test_calendar_round import DENTIST, FITTING, WEEKLY, calendar, event
from tests.ui.at_work import click_row, no_sheet, press, settle, sheet, shown, write

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(day: Day, desk: Desk, clock: FixedClock, qtbot: QtBot) -> AppointmentsPage:
    clock.set(local(TODAY, 9))
    return shown(AppointmentsPage(desk), qtbot)


def count(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Appointment)) or 0


def opened(page: AppointmentsPage, path: Path, qtbot: QtBot) -> CalendarInSheet:
    form = CalendarInSheet(page.desk, page)
    form.open_sheet()
    form.open_file(path)
    settle(page.desk, qtbot)
    return form


def test_out_with_initials_unless_names_are_asked_for(
    page: AppointmentsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.ics"
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    for choice, there in (("", False), (OPEN, True)):
        form = CalendarOutSheet(desk, page)
        form.open_sheet()
        if choice:
            form.says.choose(choice)
        form.write_to(path)
        settle(desk, qtbot)
        assert no_sheet(page)
        assert (b"Eleanor Marsh" in path.read_bytes()) is there
        assert path.stat().st_mode & 0o777 == 0o600
    assert said == ["3 appointments in “mine.ics”"] * 2


def test_one_goes_out_from_its_form(
    page: AppointmentsPage, day: Day, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.open_appointment(day.appointments["Daniel"])
    settle(desk, qtbot)
    sheet(page, AppointmentSheet)._export()
    form = sheet(page, CalendarOutSheet)
    form.write_to(tmp_path / "no" / "one.ics")
    settle(desk, qtbot)
    assert "cannot be written" in form.banner.sentence.text()
    form.write_to(tmp_path / "one.ics")
    settle(desk, qtbot)
    data = (tmp_path / "one.ics").read_bytes()
    assert data.count(b"BEGIN:VEVENT") == 1
    assert b"DT" in data


def test_each_row_says_what_it_would_bring_and_unmatched_ones_wait(
    page: AppointmentsPage, desk: Desk, store: Store, day: Day, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "phone.ics"
    odd = event("x@else", "20261399T100000", "20261124T110000", "No such month")
    path.write_bytes(calendar(FITTING, DENTIST, WEEKLY, odd))
    form = opened(page, path, qtbot)
    rows = {row.title: row for row in form.list.rows()}
    assert set(rows) == {"Tom Becker", "Dentist", "Daniel Tran"}
    assert "and 51 more until" in rows["Daniel Tran"].sub
    assert "known by the name" in rows["Tom Becker"].sub
    assert "nobody in the book" in rows["Dentist"].sub
    assert "20261399T100000" in form.rest.text()
    assert "What repeats is brought for a year" in form.sentence.text()
    assert form.take.text() == "Bring in 53 changes"
    click_row(form.list, rows["Daniel Tran"].key, TAKE)
    assert form.take.text() == "Bring in 1 change"
    click_row(form.list, rows["Dentist"].key, WHOM)
    whom = sheet(page, CalendarWhomSheet)
    assert whom.picker.box.hasFocus(), "nobody is likely"
    write("lindq")
    settle(desk, qtbot)
    qtbot.waitUntil(whom.picker.box.results_shown)
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    QTest.mouseClick(whom.keep, LEFT)
    assert form.take.text() == "Bring in 2 changes"
    before = count(store)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert count(store) == before + 2
    desk.undo()
    settle(desk, qtbot)
    assert count(store) == before
    again = opened(page, path, qtbot)
    assert again.take.text() == "Bring in 53 changes", "left out is not remembered, nor is undone"


def test_nothing_new_is_said_and_no_calendar_is_refused(
    page: AppointmentsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "phone.ics"
    path.write_bytes(calendar(FITTING))
    form = opened(page, path, qtbot)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    form = opened(page, path, qtbot)
    assert "brings nothing new" in form.rest.text()
    assert not form.take.isEnabled()
    moved = event("a@else", "20261124T160000", "20261124T170000", "Fitting", sequence=1)
    path.write_bytes(calendar(moved))
    form.open_file(path)
    settle(desk, qtbot)
    (row,) = form.list.rows()
    assert row.lead is not None
    assert "was Tue 24 Nov, 10:00 – 11:00" in row.sub
    path.write_bytes(b"GIF89a")
    form.open_file(path)
    settle(desk, qtbot)
    assert "is not a calendar" in form.banner.sentence.text()
