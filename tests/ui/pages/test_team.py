"""Does a manager see the team, and change it; is a colleague told whom to ask?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.changes import Changes, Kind
from clientele.services.clients import NewClient, new_client
from clientele.services.pins import hashed, is_right
from clientele.services.rows import the
from clientele.store.queries.team import departments
from clientele.store.queries.team_page import owned_by
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.leaves import LeavesSheet
from clientele.ui.dialogs.team import DepartmentSheet, GivePinSheet, PersonSheet, StoreSheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.team import TeamPage
from tests.ui.at_work import click_row, managing, settle, sheet, shown
from tests.ui.conftest import Team


@pytest.fixture
def page(desk: Desk, store: Store, qtbot: QtBot) -> TeamPage:
    """The page as the store manager sees it."""
    made = shown(TeamPage(desk), qtbot)
    managing(desk, store, qtbot)
    return made


def person(store: Store, key: int) -> Associate:
    with store.read() as session:
        return the(session, Associate, key)


def test_a_manager_sees_everybody_by_department(page: TeamPage, team: Team) -> None:
    rows = page.people.rows()
    assert [(row.title, row.section) for row in rows] == [
        ("R. Okafor", "Men's Suits"),
        ("L. Sato", "Women's Sportswear"),
    ]
    assert [chip.text for chip in rows[0].chips] == ["Store manager"]
    assert rows[0].sub == "no clients yet"
    assert page.note.isHidden()
    assert not page.add.property("closed")
    assert [row.aside for row in page.places.rows()] == ["1 working here", "1 working here"]


def test_an_associate_is_told_whom_to_ask_and_sees_nobody(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        sato = the(session, Associate, team.sato.id)
        sato.role, sato.pin_hash = Role.DEPARTMENT_MANAGER, hashed("739182")
    managing(desk, store, qtbot, Role.ASSOCIATE)
    assert "Only a manager sees the team" in page.note.sentence.text()
    assert "Ask one of them to sign in: L. Sato." in page.note.sentence.text()
    assert not page.columns.isVisible()
    assert page.people.rows() == []
    assert "Only a store manager" in page.add.property("closed")
    page.add.click()
    settle(desk, qtbot)
    assert page.findChild(PersonSheet) is None


def test_a_department_manager_gives_pins_in_the_department_alone(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    assert "You give PINs to the associates of your department" in page.note.sentence.text()
    assert all(row.actions == () for row in page.people.rows())
    with store.write() as session:
        the(session, Associate, team.sato.id).department_id = team.okafor.department_id
    page.refresh()
    settle(desk, qtbot)
    assert [[act.name for act in row.actions] for row in page.people.rows()] == [["pin"], []]
    assert "Only a store manager" in page.store_button.property("closed")


def test_a_pin_is_given_and_told(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    page.people.set_current(team.sato.id)
    QTest.keyClick(page.people, Qt.Key.Key_P)
    form = sheet(page, GivePinSheet)
    offered = form.pin.value
    assert len(offered) == 6
    form.give.click()
    settle(desk, qtbot)
    row = person(store, team.sato.id)
    assert row.pin_given
    assert is_right(row.pin_hash or "", offered)
    chips = [chip.text for chip in page.people.rows()[1].chips]
    assert chips == ["chooses a PIN at the next sign-in"]


def test_a_pin_that_cannot_be_one_is_refused_and_kept_in_the_form(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    before = person(store, team.sato.id).pin_hash
    click_row(page.people, team.sato.id, "pin")
    form = sheet(page, GivePinSheet)
    form.pin.set_value("12")
    form.give.click()
    settle(desk, qtbot)
    assert "A PIN has 4 to 8 digits" in form.banner.sentence.text()
    assert form.pin.value == "12"
    assert person(store, team.sato.id).pin_hash == before


def test_somebody_is_added_in_a_department_that_is_new(
    page: TeamPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.add.click()
    form = sheet(page, PersonSheet)
    QTest.keyClicks(form.name, "M. Silva")
    form.department.button("").click()
    assert form.other.isVisible()
    QTest.keyClicks(form.other, "Shoes")
    form.role.button(Role.DEPARTMENT_MANAGER).click()
    assert "gives their clients and PINs" in form.may.text()
    form.keep.click()
    settle(desk, qtbot)
    row = next(row for row in page.people.rows() if row.title == "M. Silva")
    assert row.section == "Shoes"
    assert [chip.text for chip in row.chips] == ["Department manager", "no PIN yet"]


def test_who_is_added_with_return_gets_a_pin_at_once(
    page: TeamPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.add.click()
    form = sheet(page, PersonSheet)
    QTest.keyClicks(form.name, "N. Brooks")
    QTest.keyClick(form.name, Qt.Key.Key_Return)
    settle(desk, qtbot)
    pin = sheet(page, GivePinSheet)
    qtbot.waitUntil(pin.pin.hasFocus)
    offered = pin.pin.value
    QTest.keyClick(pin.pin, Qt.Key.Key_Return)
    settle(desk, qtbot)
    row = next(row for row in page.people.rows() if row.title == "N. Brooks")
    added = person(store, int(str(row.key)))
    assert added.pin_given
    assert is_right(added.pin_hash or "", offered)


def test_somebody_is_changed_but_not_the_last_store_manager(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    page.people.set_current(team.sato.id)
    QTest.keyClick(page.people, Qt.Key.Key_E)
    form = sheet(page, PersonSheet)
    assert (form.name.value, form.department.value) == ("L. Sato", "Women's Sportswear")
    form.department.button("Men's Suits").click()
    form.keep.click()
    settle(desk, qtbot)
    assert person(store, team.sato.id).department_id == team.okafor.department_id
    click_row(page.people, team.okafor.id, "change")
    form = sheet(page, PersonSheet)
    form.role.button(Role.ASSOCIATE).click()
    form.keep.click()
    settle(desk, qtbot)
    assert "only store manager who can sign in" in form.banner.sentence.text()
    assert person(store, team.okafor.id).role == Role.STORE_MANAGER


def test_who_leaves_leaves_nothing_behind(
    page: TeamPage, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        client = new_client(session, NewClient(team.sato.id, "Ruth", "Bell"), now=desk.now())
        assert client.subject is not None
        take_into_book(session, TakeIntoBook(client.subject, team.sato.id), now=desk.now())
    page.people.set_current(team.sato.id)
    QTest.keyClick(page.people, Qt.Key.Key_X)
    form = sheet(page, LeavesSheet)
    settle(desk, qtbot)
    assert "Open with L. Sato: 1 client." in form.words.text()
    assert QApplication.focusWidget() is form.colleagues.tile(team.okafor.id)
    form.button.click()
    assert "Who takes it?" in form.banner.sentence.text()
    assert form.colleagues.ids == (team.okafor.id,)
    form.colleagues.tile(team.okafor.id).click()
    form.button.click()
    settle(desk, qtbot)
    with store.read() as session:
        assert owned_by(session, team.okafor.id) == [client.subject]
    row = page.people.rows()[1]
    assert (row.title, row.section, [act.name for act in row.actions]) == (
        "L. Sato",
        "No longer here",
        ["back"],
    )
    desk.undo()
    settle(desk, qtbot)
    assert person(store, team.sato.id).active
    click_row(page.people, team.sato.id, "leaves")
    form = sheet(page, LeavesSheet)
    settle(desk, qtbot)
    form.colleagues.tile(team.okafor.id).click()
    form.button.click()
    settle(desk, qtbot)
    page.people.set_current(team.sato.id)
    QTest.keyClick(page.people, Qt.Key.Key_B)
    settle(desk, qtbot)
    assert person(store, team.sato.id).active


def test_a_department_and_the_store_are_called_otherwise(
    page: TeamPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.places.opened.emit(page.places.rows()[0].key)
    form = sheet(page, DepartmentSheet)
    form.name.set_value("Women's Sportswear")
    form.keep.click()
    settle(desk, qtbot)
    assert "There is a department “Women's Sportswear” already" in form.banner.sentence.text()
    form.name.set_value("Tailoring")
    form.keep.click()
    settle(desk, qtbot)
    with store.read() as session:
        assert [one.name for one in departments(session)] == ["Tailoring", "Women's Sportswear"]
    page.store_button.click()
    details = sheet(page, StoreSheet)
    details.zone.set_value("Nowhere/Town")
    details.keep.click()
    settle(desk, qtbot)
    assert "is not a time zone" in details.banner.sentence.text()
    details.zone.set_value("Europe/Paris")
    details.name.set_value("Faubourg")
    details.keep.click()
    settle(desk, qtbot)
    facts = page._facts
    assert facts is not None
    assert facts.store is not None
    assert (facts.store.name, facts.store.time_zone) == ("Faubourg", "Europe/Paris")


def test_whoever_left_is_out_of_an_open_window_at_once(
    window: MainWindow, desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    Forms(desk, window)
    settle(desk, qtbot)
    assert not window.is_locked
    with store.write() as session:
        the(session, Associate, team.okafor.id).active = False
    desk.changed.emit(Changes({Kind.ASSOCIATE.value: frozenset({team.okafor.id})}))
    settle(desk, qtbot)
    assert window.is_locked
