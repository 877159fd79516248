"""Does Today take what is handed over, and does the client's page say with whom they are?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clientele.domain.client import HandOffState
from clientele.domain.tables import Absence, HandOff
from clientele.services.hand_offs import Answer, Offer, accept, decline, offer
from clientele.store.queries.responsible import responsible_for
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.desk import Desk
from clientele.ui.dialogs.hand_off_word import HandOffWordSheet, OfferNoteSheet
from clientele.ui.dialogs.hand_over import HandOverSheet
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.today import TodayPage
from clientele.ui.theme import Theme
from clientele.ui.workplace import Workplace
from tests.a_day import Day
from tests.ui.at_work import click_row, no_sheet, press, settle, sheet, shown, titles, write
from tests.ui.conftest import Team

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NOTE = "looking for a winter wardrobe, hates wool"


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[TodayPage]:
    made = shown(TodayPage(desk), qtbot)
    yield made
    made.close()


def offered(store: Store, clock: FixedClock, day: Day, who: str = "Priya", **more: object) -> int:
    what = {"client_id": day.clients[who], "to_id": day.sato, "by": day.okafor, "note": NOTE}
    with store.write() as session:
        made = offer(session, Offer(**{**what, **more}), now=clock.now())  # type: ignore[arg-type]
    assert made.subject is not None
    return made.subject


def state(store: Store, key: int) -> tuple[str, str, str]:
    with store.read() as session:
        row = session.get(HandOff, key)
        assert row is not None
        return row.state, row.answer, row.ending


def owner(store: Store, day: Day, desk: Desk, who: str = "Priya") -> int | None:
    with store.read() as session:
        return responsible_for(session, day.clients[who], desk.today()).owner_id


def look(page: TodayPage, qtbot: QtBot) -> None:
    page.refresh()
    settle(page.desk, qtbot)


def click(inside: QWidget, name: str) -> None:
    (button,) = [
        one
        for one in inside.findChildren(QPushButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    QTest.mouseClick(button, LEFT)


def test_what_is_handed_to_me_stands_first_with_its_note(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    assert page.inbox.isHidden()
    key = offered(store, clock, day, client_told=True)
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert page.inbox.isVisible()
    (row,) = page.inbox.list.rows()
    assert (row.title, row.after_title) == ("Priya Oberoi", "from R. Okafor, Men's Suits")
    assert row.body == f"“{NOTE}”"
    assert row.sub == "for good · the client knows · since 10:00"
    assert [chip.text for chip in row.chips] == ["whole client"]
    with qtbot.waitSignal(desk.offered):
        click_row(page.inbox.list, key, "accept")
    settle(desk, qtbot)
    assert owner(store, day, desk) == day.sato
    assert page.inbox.isHidden()
    desk.undo()
    settle(desk, qtbot)
    assert owner(store, day, desk) == day.okafor
    assert page.inbox.isVisible()


def test_accepted_and_declined_by_key_with_a_word(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    first = offered(store, clock, day)
    second = offered(store, clock, day, "Daniel")
    desk.sign(team.sato)
    settle(desk, qtbot)
    page.inbox.list.set_current(first)
    page.inbox.list.setFocus()
    press(Qt.Key.Key_X)
    form = sheet(page, HandOffWordSheet)
    write("I am away")
    click(form, "Decline")
    settle(desk, qtbot)
    assert state(store, first) == (HandOffState.DECLINED, "I am away", "")
    page.inbox.list.set_current(second)
    page.inbox.list.setFocus()
    press(Qt.Key.Key_W)
    sheet(page, HandOffWordSheet)
    write("gladly")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert state(store, second) == (HandOffState.ACCEPTED, "gladly", "")
    assert no_sheet(page)


def test_a_word_survives_a_closed_form(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    key = offered(store, clock, day)
    desk.sign(team.sato)
    settle(desk, qtbot)
    for typed in ("I am away", ""):
        click_row(page.inbox.list, key, "decline")
        settle(desk, qtbot)
        form = sheet(page, HandOffWordSheet)
        write(typed)
        assert form.word.value == "I am away"
        settle(desk, qtbot)
        form.close_sheet()
    assert state(store, key)[0] == HandOffState.OFFERED


def test_brief_and_client_from_the_inbox(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    key = offered(store, clock, day)
    desk.sign(team.sato)
    settle(desk, qtbot)
    page.inbox.list.set_current(key)
    page.inbox.list.setFocus()
    with qtbot.waitSignal(page.open_brief) as brief:
        press(Qt.Key.Key_B)
    with qtbot.waitSignal(page.open_client) as client:
        press(Qt.Key.Key_Return)
    assert brief.args == client.args == [day.clients["Priya"]]


def test_what_i_offered_waits_and_is_withdrawn(
    page: TodayPage, day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    assert page.handed_over.isHidden()
    key = offered(store, clock, day)
    look(page, qtbot)
    (row,) = page.handed_over.list.rows()
    assert row.sub == "waiting for L. Sato since 10:00 · whole client"
    page.handed_over.list.set_current(key)
    page.handed_over.list.setFocus()
    press(Qt.Key.Key_E)
    form = sheet(page, OfferNoteSheet)
    form.note.selectAll()
    write("likes silk")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    with store.read() as session:
        found = session.get(HandOff, key)
        assert found is not None
        assert found.note == "likes silk"
    click_row(page.handed_over.list, key, "withdraw")
    settle(desk, qtbot)
    assert state(store, key)[0] == HandOffState.WITHDRAWN
    assert page.handed_over.isHidden()


def test_what_became_of_it_is_told_with_the_word(
    page: TodayPage, day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    no, lent = offered(store, clock, day), offered(
        store, clock, day, "Daniel", until_on=desk.today() + timedelta(days=6)
    )  # fmt: skip
    with store.write() as session:
        decline(session, Answer(no, day.sato, "I am away"), now=clock.now())
        accept(session, Answer(lent, day.sato), now=clock.now())
    look(page, qtbot)
    rows = page.handed_over.list.rows()
    assert titles(page.handed_over.list) == ["Daniel Tran", "Priya Oberoi"]
    assert [row.sub for row in rows] == [
        "with L. Sato until Fri · whole client",
        "L. Sato declined: “I am away” · 10:00",
    ]


def test_a_loan_is_given_back_with_a_word(
    page: TodayPage, day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    key = offered(store, clock, day, until_on=desk.today() + timedelta(days=6))
    with store.write() as session:
        accept(session, Answer(key, day.sato), now=clock.now())
    desk.sign(team.sato)
    settle(desk, qtbot)
    click_row(page.handed_over.list, key, "give back")
    sheet(page, HandOffWordSheet)
    write("she asked for you")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert state(store, key) == (HandOffState.GIVEN_BACK, "", "she asked for you")
    desk.sign(team.okafor)
    settle(desk, qtbot)
    (row,) = page.handed_over.list.rows()
    assert row.sub == "came back from L. Sato: “she asked for you” · 10:00"


def test_the_client_page_says_with_whom_they_are(
    day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    page = shown(ClientPage(desk), qtbot)
    page.show_client(day.clients["Priya"])
    settle(desk, qtbot)
    assert page.handed.isHidden()
    key = offered(store, clock, day, until_on=desk.today() + timedelta(days=6))
    page.handed.show_client(day.clients["Priya"])
    settle(desk, qtbot)
    assert page.handed.chips == ["offered to L. Sato, yours until they accept · whole client"]
    desk.sign(team.sato)
    page.show_client(day.clients["Daniel"])
    page.show_client(day.clients["Priya"])
    settle(desk, qtbot)
    click(page.handed, "Accept")
    settle(desk, qtbot)
    assert page.handed.chips == ["lent to you by R. Okafor until Fri 27 Nov · whole client"]
    click(page.handed, "Give back")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert state(store, key)[0] == HandOffState.GIVEN_BACK
    assert page.handed.isHidden()
    page.close()


def test_taken_over_for_good_it_can_be_given_back(
    day: Day, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    key = offered(store, clock, day)
    with store.write() as session:
        accept(session, Answer(key, day.sato), now=clock.now())
    desk.sign(team.sato)
    page = shown(ClientPage(desk), qtbot)
    page.show_client(day.clients["Priya"])
    settle(desk, qtbot)
    assert page.handed.chips == ["handed over to you by R. Okafor, 10:00 · whole client"]
    click(page.handed, "Give back")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert owner(store, day, desk) == day.okafor
    page.close()


@pytest.fixture
def place(
    day: Day, store: Store, clock: FixedClock, theme: Theme, team: Team, qtbot: QtBot
) -> Iterator[Workplace]:
    made = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme, lock_minutes=0)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.desk.sign(team.okafor)
    settle(made.desk, qtbot)
    yield made
    made.stop()


def test_ctrl_h_hands_over_the_client_at_hand(place: Workplace, day: Day, qtbot: QtBot) -> None:
    place.open_client(day.clients["Eleanor"])
    settle(place.desk, qtbot)
    press(Qt.Key.Key_H, CTRL)
    settle(place.desk, qtbot)
    form = sheet(place.window, HandOverSheet)
    assert form.title.text() == "Hand over Eleanor Marsh"
    form.close_sheet()
    place.window.show_page(place.follow_ups)
    settle(place.desk, qtbot)


def test_a_visit_goes_along_when_handed_over_from_it(
    place: Workplace, day: Day, store: Store, qtbot: QtBot
) -> None:
    place.start_visit(day.clients["Daniel"])
    settle(place.desk, qtbot)
    QTest.mouseClick(place.visit.header.hand_over_button, LEFT)
    settle(place.desk, qtbot)
    form = sheet(place.window, HandOverSheet)
    form.colleagues.choose(day.sato)
    click(form, "What: Alterations")
    press(Qt.Key.Key_Return, CTRL)
    settle(place.desk, qtbot)
    with store.read() as session:
        (made,) = session.query(HandOff).all()
        assert (made.visit_id, made.department_id) == (1, day.departments["Alterations"])


def test_without_a_client_in_sight_it_says_so(place: Workplace, qtbot: QtBot) -> None:
    place.window.show_page(place.visit)
    settle(place.desk, qtbot)
    with qtbot.waitSignal(place.desk.refused) as refused:
        place.forms.hand_over()
    assert "Open a client or choose one" in refused.args[0]


def test_what_arrives_while_i_work_is_told_once(
    place: Workplace, day: Day, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    """Another terminal writes it; the change comes on the same way as all others."""
    place.desk.sign(team.sato)
    settle(place.desk, qtbot)
    said: list[str] = []
    place.desk.heard.connect(said.append)
    with store.write() as session:
        what = Offer(day.clients["Priya"], day.sato, day.okafor, note=NOTE)
        changes = offer(session, what, now=clock.now())
    for _ in range(2):
        place.desk.changed.emit(changes)
        settle(place.desk, qtbot)
    words = "R. Okafor would like to hand Priya Oberoi over to you; it is on Today."
    assert said == [words]
    place.desk.sign(team.okafor)
    place.desk.sign(team.sato)
    settle(place.desk, qtbot)
    assert said == [words]


def test_who_covers_gives_back_for_who_is_away(
    page: TodayPage, day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    key = offered(store, clock, day, until_on=desk.today() + timedelta(days=6))
    with store.write() as session:
        accept(session, Answer(key, day.sato), now=clock.now())
        session.add(
            Absence(associate_id=day.sato, cover_id=day.okafor, away_from=desk.today(),
                    back_on=desk.today() + timedelta(days=3), created_at=clock.now())
        )  # fmt: skip
    look(page, qtbot)
    click_row(page.handed_over.list, key, "give back")
    press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    assert state(store, key)[0] == HandOffState.GIVEN_BACK
