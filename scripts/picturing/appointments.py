"""Appointments: a week, a day, the store's week, a form, and a calendar file looked at."""

from __future__ import annotations

from pathlib import Path

from clientele.store.queries.appointments import span
from clientele.store.queries.clients import Book, WhoseBook
from clientele.ui.dialogs.appointment import AppointmentSheet
from clientele.ui.dialogs.calendar_in import CalendarInSheet
from clientele.ui.dialogs.expect_client import ExpectClientSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle

EVENT = """BEGIN:VEVENT
UID:{uid}@phone
DTSTAMP:20261120T080000Z
DTSTART;TZID=Europe/Amsterdam:{start}
DTEND;TZID=Europe/Amsterdam:{end}
SUMMARY:{summary}
{more}END:VEVENT
"""


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    window, page = place.window, place.arranging.page
    path = folder / "phone.ics"
    path.write_text(_calendar(), encoding="utf-8", newline="")

    def show(view: str, whose: Book) -> None:
        window.show_page(page)
        page.view.choose(view)
        page.whose.choose(whose)
        page.show_day(place.desk.today())

    def form() -> AppointmentSheet:
        me = place.desk.me
        with place.store.read() as session:
            mine = WhoseBook(Book.MINE, me.id, me.department_id)
            first = span(session, mine, place.desk.today(), 1).rows[0]
        return AppointmentSheet(place.desk, window.content, first)

    def bring() -> None:
        window.show_page(page)
        sheet = CalendarInSheet(place.desk, window.content)
        sheet.open_sheet()
        sheet.open_file(path)

    def dragged() -> None:
        show("week", Book.MINE)
        settle(place)
        grid = page.grid
        block, other = [one for one in grid.blocks if one.can_move][:2]
        grid.drag(block, other.geometry().center(), "move")

    nell = client(place, "Eleanor Marsh")
    return [
        Scene("appointments-week", lambda: show("week", Book.MINE)),
        Scene("appointments-day", lambda: show("day", Book.STORE)),
        Scene("appointments-store", lambda: show("week", Book.STORE)),
        Scene("appointments-drag", dragged, leave=page.grid.let_go),
        Scene("appointment", over(place, page, form)),
        Scene("expect-client", over(place, page, lambda: _expect(place, nell))),
        Scene("calendar-in", bring),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [Scene("appointments", lambda: place.window.show_page(place.arranging.page))]


def _expect(place: Workplace, client_id: int) -> ExpectClientSheet:
    sheet = ExpectClientSheet(place.desk, place.window.content, client_id=client_id)
    sheet.time.set_value("14:30")
    sheet.look()
    return sheet


def _calendar() -> str:
    events = (
        ("a", "20261124T100000", "20261124T110000", "Fitting with Eleanor Marsh", ""),
        ("b", "20261125T150000", "20261125T153000", "Daniel Tran, trousers", ""),
        ("c", "20261126T090000", "20261126T100000", "Dentist", ""),
        ("d", "20261127T160000", "20261127T163000", "Shirts, Tran", "RRULE:FREQ=WEEKLY\n"),
        ("e", "20261399T160000", "20261127T163000", "Stock taking", ""),
    )
    text = "".join(
        EVENT.format(uid=uid, start=start, end=end, summary=summary, more=more)
        for uid, start, end, summary, more in events
    )
    whole = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Phone//EN\n{text}END:VCALENDAR\n"
    return whole.replace("\n", "\r\n")
