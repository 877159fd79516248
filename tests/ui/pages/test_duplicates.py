"""Can two entries of one person be seen, made one, told apart and parted again, by hand?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.tables import Client, ContactPoint, DuplicatePair
from clientele.services.clients import (
    EditClient,
    NewClient,
    edit_client,
    new_client,
)
from clientele.services.consents import SayConsent, say_consent
from clientele.services.duplicates import find_pairs
from clientele.services.merging import Merge, merge_clients
from clientele.services.notes import KeepNote, keep_note
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.dialogs.merge import MergeSheet
from clientele.ui.dialogs.merge_with import MergeWithSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.clients import ClientsPage
from clientele.ui.pages.duplicates import DuplicatesPage
from tests.ui.at_work import no_sheet, settle, sheet
from tests.ui.conftest import Team


@pytest.fixture
def twice(store: Store, clock: FixedClock, team: Team) -> tuple[int, int]:
    """Jon and John Smith, who have one telephone."""
    made = []
    for given, phone, email in (
        ("Jon", "06 12345678", "jon.smith@work.nl"),
        ("John", "+31 6 1234 5678", ""),
        ("Mary", "06 12345678", ""),
    ):
        with store.write() as session:
            what = NewClient(team.okafor.id, given, "Smith", phone=phone, email=email)
            made.append(new_client(session, what, now=clock.now()).subject or 0)
    return made[0], made[1]


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, store: Store, window: MainWindow, twice: tuple[int, int]
) -> Iterator[DuplicatesPage]:
    made = DuplicatesPage(desk, store)
    window.add_page(made)
    window.show_page(made)
    settle(desk, qtbot)
    yield made
    made.stop()


def look(qtbot: QtBot, page: DuplicatesPage) -> None:
    assert page.nothing.button is not None
    QTest.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page._work.busy() and not page.progress.isVisible())
    settle(page.desk, qtbot)


def clients(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Client)) or 0


def test_an_empty_page_offers_to_look_and_finds_the_pair(
    qtbot: QtBot, page: DuplicatesPage
) -> None:
    assert page.nothing.isVisible()
    look(qtbot, page)
    assert not page.nothing.isVisible()
    (row,) = page.list.rows()
    assert (row.title, row.after_title) == ("Jon Smith", "~ John Smith")
    assert [chip.text for chip in row.chips] == ["Jon ~ John", "same phone"]
    assert "1 pair to look at" in page.header.sub.text()


def test_m_makes_one_client_and_undo_two(
    qtbot: QtBot, page: DuplicatesPage, desk: Desk, store: Store
) -> None:
    look(qtbot, page)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_M)
    settle(desk, qtbot)
    assert clients(store) == 2
    assert [row.title for row in page.list.rows()] == ["John Smith"]
    assert page.list.rows()[0].after_title == "with Jon Smith"
    desk.undo()
    settle(desk, qtbot)
    assert clients(store) == 3
    assert [row.title for row in page.list.rows()] == ["Jon Smith"]


def test_n_sends_a_pair_away_for_good(
    qtbot: QtBot, page: DuplicatesPage, desk: Desk, store: Store, clock: FixedClock
) -> None:
    look(qtbot, page)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_N)
    settle(desk, qtbot)
    assert page.list.rows() == []
    assert page.nothing.isVisible()
    find_pairs(store, now=clock.now())
    page.refresh()
    settle(desk, qtbot)
    assert page.list.rows() == []
    desk.undo()
    settle(desk, qtbot)
    assert len(page.list.rows()) == 1


def test_a_merge_of_long_ago_is_undone_and_says_what_it_kept(
    qtbot: QtBot, page: DuplicatesPage, desk: Desk, store: Store, clock: FixedClock,
    twice: tuple[int, int], team: Team,
) -> None:  # fmt: skip
    with store.write() as session:
        merge_clients(session, Merge(*twice), now=clock.now())
    with store.write() as session:
        keep_note(session, KeepNote(twice[1], "likes navy", team.okafor.id), now=clock.now())
    page.make_due()
    settle(desk, qtbot)
    said: list[str] = []
    desk.said.connect(lambda words, _: said.append(words))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_U)
    settle(desk, qtbot)
    assert clients(store) == 3
    assert said == ["They are two clients again. Kept with John Smith: 1 note"]


def test_return_lets_one_choose_field_by_field(
    qtbot: QtBot, page: DuplicatesPage, desk: Desk, store: Store, twice: tuple[int, int]
) -> None:
    look(qtbot, page)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    settle(desk, qtbot)
    form = sheet(page, MergeSheet)
    assert set(form.choices) == {"given_name"}
    assert form.choices["given_name"].value == str(twice[1])
    form.choices["given_name"].choose(str(twice[0]))
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert no_sheet(page)
    with store.read() as session:
        assert session.scalars(select(col(Client.given_name)).order_by(col(Client.id))).all() == [
            "Jon", "Mary"
        ]  # fmt: skip
        kept = session.scalars(
            select(col(ContactPoint.value)).where(col(ContactPoint.client_id) == twice[1])
        ).all()
    assert sorted(kept) == ["+31 6 1234 5678", "jon.smith@work.nl"]


def test_a_refusal_of_one_is_said_in_the_form_and_the_keyboard_is_on_what_is_kept(
    qtbot: QtBot, desk: Desk, page: DuplicatesPage, window: MainWindow, twice: tuple[int, int]
) -> None:
    desk.do(say_consent, SayConsent(twice[0], "text", allowed=False, by=desk.me.id))
    desk.do(edit_client, EditClient(twice[0], "language", "nl"))
    desk.do(edit_client, EditClient(twice[0], "time_zone", "America/New_York"))
    settle(desk, qtbot)
    look(qtbot, page)
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    settle(desk, qtbot)
    form = sheet(page, MergeSheet)
    assert form.careful.isVisible()
    assert form.careful.window() is window
    assert QApplication.activeWindow() is window
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.isChecked()
    assert form.choices["given_name"].isAncestorOf(focus)
    chips = [one.text() for one in form.findChildren(QPushButton)]
    assert {"Dutch", "New York"} <= set(chips)
    form.close_sheet()


def test_the_card_shows_both_beside_each_other(qtbot: QtBot, page: DuplicatesPage) -> None:
    look(qtbot, page)
    words = [one.accessibleName() for one in page.detail.findChildren(QLabel)]
    assert "Phone: 06 12345678" in words
    assert "E-mail: jon.smith@work.nl" in words


def test_the_clients_page_says_quietly_that_somebody_is_there_twice(
    qtbot: QtBot, desk: Desk, window: MainWindow, store: Store, clock: FixedClock,
    twice: tuple[int, int],
) -> None:  # fmt: skip
    find_pairs(store, now=clock.now())
    clients_page = ClientsPage(desk)
    window.add_page(clients_page)
    window.show_page(clients_page)
    settle(desk, qtbot)
    assert clients_page.pairs_link.text() == "1 perhaps twice"
    with qtbot.waitSignal(clients_page.pairs_link.wanted):
        QTest.mouseClick(clients_page.pairs_link, Qt.MouseButton.LeftButton)


def test_an_open_page_of_the_one_who_went_shows_the_one_who_stays(
    qtbot: QtBot, desk: Desk, window: MainWindow, store: Store, clock: FixedClock,
    twice: tuple[int, int],
) -> None:  # fmt: skip
    client = ClientPage(desk)
    window.add_page(client)
    client.show_client(twice[0])
    window.show_page(client)
    settle(desk, qtbot)
    desk.do(merge_clients, Merge(*twice))
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: client.client_id == twice[1])
    settle(desk, qtbot)
    assert not client.missing.isVisible()


def test_any_two_clients_can_be_put_side_by_side(
    qtbot: QtBot, page: DuplicatesPage, desk: Desk, twice: tuple[int, int], store: Store
) -> None:
    form = MergeWithSheet(desk, page, twice[0])
    form.open_sheet()
    settle(desk, qtbot)
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.banner.isVisible()
    form.other.pick(twice[1])
    settle(desk, qtbot)
    QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    QTest.mouseClick(sheet(page, MergeSheet).merge, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert clients(store) == 2


def test_a_look_can_be_stopped_and_gone_on_with(
    store: Store, clock: FixedClock, twice: tuple[int, int]
) -> None:
    steps: list[float] = []

    def stop() -> bool:
        return len(steps) >= 2

    first = find_pairs(store, now=clock.now(), progress=lambda c: steps.append(c.share),
                       cancelled=stop)  # fmt: skip
    assert first.cancelled
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(DuplicatePair)) == 1
    rest: list[float] = []
    assert not find_pairs(store, now=clock.now(), progress=lambda c: rest.append(c.share)).cancelled
    assert rest[0] > steps[-1]
    assert rest[-1] == 1.0
