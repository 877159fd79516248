"""The page of backups by real clicks, and a whole program that restores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clientele.app import Program
from clientele.domain.rules.keeping_copies import Why
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.backups import Backups
from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.services.rows import the
from clientele.store import backup, copies, keys
from clientele.store.queries.found import found_rows
from clientele.store.session import Store, open_store
from clientele.system import settings
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from clientele.ui.desk import Me
from clientele.ui.dialogs.restore import RestoreSheet
from clientele.ui.pages.backups import BackupsPage
from clientele.ui.start.window import Opened
from clientele.ui.workplace import Workplace
from tests.conftest import DATA_KEY, ZONE
from tests.ui.conftest import Team


class Running:
    """The program on a book with a store manager and an associate."""

    def __init__(
        self, app: QApplication, qtbot: QtBot, store: Store, team: Team, clock: FixedClock
    ) -> None:
        self.qtbot, self.team, self.clock = qtbot, team, clock
        with store.write() as session:
            the(session, Associate, team.okafor.id).role = Role.STORE_MANAGER
        store.close()
        self.path = store.path
        self.program = Program(app, self.path, Settings(), clock)
        self.program.starting.show()
        self.program._opened(Opened(open_store(self.path, bytearray(DATA_KEY)), ZONE))

    @property
    def workplace(self) -> Workplace:
        assert self.program.workplace is not None
        return self.program.workplace

    def sign(self, me: Me) -> None:
        self.workplace.window._unlock(me)
        self.qtbot.waitUntil(lambda: self.workplace.desk.allowed.is_known)

    def page(self) -> BackupsPage:
        """The page, shown and filled."""
        self.workplace.trust.show_backups()
        page = self.workplace.trust.backups
        self.rest(page)
        return page

    def rest(self, page: BackupsPage) -> None:
        trust, desk = self.workplace.trust, self.workplace.desk
        self.qtbot.waitUntil(lambda: not trust.backing_up.is_running)
        self.qtbot.waitUntil(lambda: desk.idle() and not page._work.busy())
        self.qtbot.wait(1)

    def sheet(self) -> RestoreSheet:
        (sheet,) = self.workplace.window.content.findChildren(RestoreSheet)
        self.qtbot.waitUntil(sheet.idle)
        self.qtbot.waitUntil(lambda: not sheet.bar.isVisible())
        return sheet

    def add(self, words: str) -> None:
        """A client with a note, as another page would."""
        by = self.team.okafor.id
        with self.workplace.store.write() as session:
            client = NewClient(by, "Daniel", "Tran")
            made = new_client(session, client, now=self.clock.now()).subject or 0
            keep_note(session, KeepNote(made, words, by), now=self.clock.now())

    def knows_tran(self) -> bool:
        with self.workplace.store.read() as session:
            return bool(found_rows(session, "tran"))


@pytest.fixture
def running(
    qapp: QApplication, qtbot: QtBot, store: Store, team: Team, clock: FixedClock
) -> Iterator[Running]:
    made = Running(qapp, qtbot, store, team, clock)
    made.sign(team.okafor)
    yield made
    made.program.end()
    made.program.theme.deleteLater()
    made.program.deleteLater()


def test_back_up_restore_and_take_it_back(running: Running) -> None:
    page = running.page()
    assert page.nothing.isVisible()
    page.now_button.click()
    running.rest(page)
    (row,) = page.list.rows()
    assert (row.title, row.after_title) == ("Today 10:00\u202fAM", "· made by hand")
    running.add("likes emerald")
    running.clock.advance(timedelta(minutes=3))
    QTest.mouseClick(
        page.list.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.list.button_rect(row.key, "restore").center(),
    )
    sheet = running.sheet()
    assert "1 client" in sheet.gone.text()
    assert "R. Okafor" in sheet.gone.text()
    assert any("likes emerald" in one.sub for one in sheet.last.rows())
    first = running.workplace
    sheet.restore_button.click()
    running.qtbot.waitUntil(lambda: running.program.workplace not in (None, first))
    assert not running.knows_tran()
    lock = running.workplace.window.lock_screen
    assert running.workplace.window.is_locked
    assert any("was restored" in one.text() for one in lock.findChildren(QLabel))
    running.sign(running.team.okafor)
    page = running.page()
    newest = page.list.rows()[0]
    assert newest.after_title == "· before a restore"
    page.restore_copy(newest.key)
    second = running.workplace
    running.sheet().restore_button.click()
    running.qtbot.waitUntil(lambda: running.program.workplace not in (None, second))
    assert running.knows_tran()


def test_leaving_the_preview_changes_nothing(running: Running) -> None:
    page = running.page()
    page.back_up()
    running.rest(page)
    running.add("likes emerald")
    page.restore_copy(page.list.rows()[0].key)
    sheet = running.sheet()
    sheet.leave_button.click()
    assert running.knows_tran()
    assert not list(copies.folder_of(running.path).glob(".chosen*"))


def test_a_copy_with_an_earlier_key_asks_for_its_paper(running: Running, tmp_path: Path) -> None:
    old = keys.new_key()
    copy = tmp_path / "stick" / "old.backup"
    copy.parent.mkdir()
    backup.write_pages(
        running.path, DATA_KEY, copy, target_key=old.data_key, target_salt=bytes(old.salt)
    )
    page = running.page()
    page.restore(copy)
    sheet = running.sheet()
    assert sheet.key.isVisible()
    assert not sheet.restore_button.isVisible()
    QTest.keyClicks(sheet.key, old.recovery_key)
    sheet.again_button.click()
    sheet = running.sheet()
    assert sheet.restore_button.isVisible()
    assert "earlier key" in sheet.words.text()
    sheet.close_sheet()
    assert not list(copies.folder_of(running.path).glob(".chosen*"))


def test_who_is_no_manager_sees_it_closed_with_whom_to_ask(running: Running) -> None:
    Backups(running.workplace.store, running.clock.now).make(Why.DAILY)
    running.sign(running.team.sato)
    page = running.page()
    why = "Ask one of them to sign in: R. Okafor."
    assert why in page.now_button.toolTip()
    assert why in page.file_button.toolTip()
    (row,) = page.list.rows()
    assert why in row.actions[0].closed
    page.restore_copy(row.key)
    assert not running.workplace.window.content.findChildren(RestoreSheet)
    page.back_up()
    running.rest(page)
    assert len(page.list.rows()) == 1


def test_the_second_place_is_chosen_kept_and_told_of(running: Running, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    page = running.page()
    page.choose(stick)
    running.rest(page)
    running.qtbot.waitUntil(lambda: settings.load().second_place == str(stick))
    running.rest(page)
    assert [row.sub for row in page.list.rows()] == ["on this computer, in the second place"]
    stick.rename(tmp_path / "away")
    page.back_up()
    running.rest(page)
    assert "cannot be reached" in page.second_banner.sentence.text()
    assert page.second_banner.isVisible()


def test_the_day_s_copy_is_made_by_itself_and_its_trouble_told_once(
    running: Running, tmp_path: Path
) -> None:
    said: list[str] = []
    running.workplace.desk.refused.connect(said.append)
    backing = running.workplace.trust.backing_up
    backing.look()
    running.qtbot.waitUntil(lambda: not backing.is_running)
    assert len(copies.listed(copies.folder_of(running.path), DATA_KEY)) == 1
    backing.look()
    running.qtbot.waitUntil(lambda: not backing.is_running)
    assert len(copies.listed(copies.folder_of(running.path), DATA_KEY)) == 1
    folder = copies.folder_of(running.path)
    (folder / ".copying").unlink(missing_ok=True)
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("a file in the way")
    running.clock.advance(timedelta(days=1))
    for _ in range(2):
        backing.look()
        running.qtbot.waitUntil(lambda: not backing.is_running)
        backing._rests = 0
    assert len(said) == 1
