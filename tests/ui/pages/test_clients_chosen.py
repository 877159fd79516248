"""Can several clients be chosen by mouse, by touch and by keyboard, and given in one step?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.tables import BookMembership, Client
from clientele.services.absences import SayAway, say_away
from clientele.services.clients import NewClient, new_client
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.rows import new_id
from clientele.store.queries.clients import Book
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.give import GiveSheet
from clientele.ui.models.client_list import TICK
from clientele.ui.models.rows import ROW_ROLE, Initials, Row
from clientele.ui.pages.clients import ClientsPage
from tests.ui.at_work import elsewhere, no_sheet, settle, sheet, shown
from tests.ui.conftest import Team

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(six: list[int], desk: Desk, qtbot: QtBot) -> ClientsPage:
    assert six
    return shown(ClientsPage(desk), qtbot)


def click(page: ClientsPage, at: int, held: Qt.KeyboardModifier = NONE, x: int = 200) -> None:
    place = QPoint(x, page.list.visualRect(page.model.index(at, 0)).center().y())
    QTest.mouseClick(page.list.viewport(), LEFT, held, place)


def row(page: ClientsPage, at: int) -> Row:
    found = page.model.index(at, 0).data(ROW_ROLE)
    assert isinstance(found, Row)
    return found


def owners(store: Store) -> dict[int, int]:
    with store.read() as session:
        rows = session.execute(
            select(col(BookMembership.client_id), col(BookMembership.associate_id)).where(
                col(BookMembership.role) == BookRole.OWNER, col(BookMembership.until).is_(None)
            )
        )
        return {row[0]: row[1] for row in rows.all()}


def test_the_mouse_chooses_with_ctrl_and_shift_and_still_opens_without(
    page: ClientsPage, six: list[int], qtbot: QtBot
) -> None:
    assert page.chosen.isHidden()
    click(page, 1, CTRL)
    assert page.chosen.ids == (six[1],)
    assert page.chosen.count.text() == "1 chosen"
    click(page, 4, SHIFT)
    assert set(page.chosen.ids) == set(six[1:5])
    click(page, 2, CTRL)
    assert set(page.chosen.ids) == {six[1], six[3], six[4]}
    with qtbot.waitSignal(page.open_client) as told:
        click(page, 5)
    assert told.args == [six[5]]
    assert page.chosen.count.text() == "3 chosen"


def test_a_touch_on_the_round_mark_chooses_and_shows_it(
    page: ClientsPage, six: list[int], qtbot: QtBot
) -> None:
    before = row(page, 0)
    with qtbot.assertNotEmitted(page.open_client):
        click(page, 0, x=24)
    assert page.chosen.ids == (six[0],)
    assert row(page, 0).lead == Initials(TICK, filled=True)
    assert row(page, 0).words().startswith("chosen, Ann Abel")
    assert row(page, 1).lead != Initials(TICK, filled=True)
    click(page, 0, x=24)
    assert page.chosen.isHidden()
    assert row(page, 0) == before


def test_the_keyboard_chooses_one_some_all_and_none(page: ClientsPage, six: list[int]) -> None:
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    QTest.keyClick(page.list, Qt.Key.Key_J)
    QTest.keyClick(page.list, Qt.Key.Key_J)
    QTest.keyClick(page.list, Qt.Key.Key_Space, SHIFT)
    assert set(page.chosen.ids) == set(six[:3])
    assert page.chosen.all_button.text() == "All 6"
    QTest.keyClick(page.list, Qt.Key.Key_A, CTRL)
    assert set(page.chosen.ids) == set(six)
    assert page.chosen.count.text() == "All 6 chosen"
    assert page.chosen.all_button.isHidden()
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.chosen.ids == ()
    assert page.chosen.isHidden()


def test_another_book_or_a_search_lets_go(page: ClientsPage, desk: Desk, qtbot: QtBot) -> None:
    click(page, 0, CTRL)
    page.show_book(Book.STORE)
    assert page.chosen.ids == ()
    settle(desk, qtbot)
    click(page, 0, CTRL)
    page.show_found("ann")
    assert page.chosen.ids == ()


def test_after_a_lock_the_same_are_chosen_and_not_for_the_next_associate(
    page: ClientsPage, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    click(page, 0, CTRL)
    click(page, 2, CTRL)
    desk.sign(desk.me)
    settle(desk, qtbot)
    assert page.chosen.count.text() == "2 chosen"
    desk.sign(team.sato)
    settle(desk, qtbot)
    assert page.chosen.isHidden()


def test_the_chosen_are_given_to_a_colleague_with_a_count_and_one_undo(
    page: ClientsPage, six: list[int], desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    for at in (0, 2, 3):
        click(page, at, CTRL)
    QTest.mouseClick(page.chosen.give_button, LEFT)
    settle(desk, qtbot)
    give = sheet(page, GiveSheet)
    assert give.title.text() == "Give 3 clients to a colleague"
    QTest.mouseClick(give.button, LEFT)
    assert give.banner.sentence.text() == "To whom? Choose a colleague."
    QTest.mouseClick(give.colleagues.tile(team.sato.id), LEFT)
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(give.button, LEFT)
    assert said.args == ["3 clients given to L. Sato", True]
    settle(desk, qtbot)
    assert no_sheet(page)
    assert page.chosen.ids == ()
    given = {six[0], six[2], six[3]}
    assert {client for client, who in owners(store).items() if who == team.sato.id} == given
    assert list(page.model.ids()) == [six[1], six[4], six[5]]
    desk.undo()
    settle(desk, qtbot)
    assert set(owners(store).values()) == {team.okafor.id}
    assert list(page.model.ids()) == six


def test_what_is_not_mine_to_give_is_refused_in_the_sheet(
    page: ClientsPage, six: list[int], desk: Desk, team: Team, store: Store, clock: FixedClock,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with store.write() as session:
        new_client(session, NewClient(team.sato.id, "Zoe", "Zander"), now=clock.now())
    page.show_book(Book.STORE)
    settle(desk, qtbot)
    QTest.keyClick(page.list, Qt.Key.Key_A, CTRL)
    page.chosen.give()
    settle(desk, qtbot)
    give = sheet(page, GiveSheet)
    QTest.mouseClick(give.colleagues.tile(team.sato.id), LEFT)
    QTest.mouseClick(give.button, LEFT)
    settle(desk, qtbot)
    assert "1 cannot be given by you, the first is L. Sato's" in give.banner.sentence.text()
    assert len(page.chosen.ids) == 7
    assert give.button.isEnabled()
    assert set(owners(store)) >= set(six)


def test_those_of_nobody_are_taken_and_the_toast_counts_them(
    page: ClientsPage, desk: Desk, team: Team, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    with store.write() as session:
        free = new_id(
            session,
            Client(given_name="Zoe", sort_name="zz", created_at=clock.now(),
                   updated_at=clock.now()),
        )  # fmt: skip
    page.show_book(Book.STORE)
    settle(desk, qtbot)
    for at in (5, 6):
        click(page, at, CTRL)
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(page.chosen.take_button, LEFT)
    assert said.args == ["1 client in your book from now on, 1 other kept their owner", True]
    settle(desk, qtbot)
    assert owners(store)[free] == team.okafor.id
    assert page.chosen.ids == ()


def test_the_list_hears_of_an_absence_and_of_a_loan(
    page: ClientsPage, six: list[int], desk: Desk, team: Team, store: Store, clock: FixedClock,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with store.write() as session:
        theirs = new_client(session, NewClient(team.sato.id, "Zoe", "Zander"), now=clock.now())
        other = new_client(session, NewClient(team.sato.id, "Yan", "Young"), now=clock.now())
        lent = Offer(other.subject or 0, team.okafor.id, team.sato.id, until_on=desk.today())
        key = offer(session, lent, now=clock.now()).subject or 0
    desk.do(accept, Answer(key, team.okafor.id))
    settle(desk, qtbot)
    assert list(page.model.ids()) == [*six, other.subject]
    back = desk.today() + timedelta(days=2)
    away = SayAway(team.sato.id, team.okafor.id, desk.today(), back, by=team.sato.id)
    elsewhere(desk, store, say_away, away, team.sato.id)
    settle(desk, qtbot)
    assert list(page.model.ids()) == [*six, other.subject, theirs.subject]
