"""The doctor's page by real clicks: what is wrong is said, and repaired when asked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.team import Role
from clientele.store import copies
from clientele.store.doctor import examine
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.pages.doctor import DoctorPage
from clientele.ui.widgets.buttons import Button
from tests.ui.at_work import managing, shown
from tests.ui.conftest import Team


@pytest.fixture
def page(desk: Desk, store: Store, team: Team, qtbot: QtBot) -> Iterator[DoctorPage]:
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    made = shown(DoctorPage(desk, store), qtbot)
    yield made
    made.stop()


def looked(page: DoctorPage, qtbot: QtBot, button: Button) -> dict[str, bool]:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.idle, timeout=30_000)
    return {finding.name: finding.ok for finding in page.findings}


def harm(store: Store) -> None:
    with store.writer.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("INSERT INTO client_stale VALUES (1)")


def test_a_sound_book_is_called_sound(page: DoctorPage, qtbot: QtBot) -> None:
    found = looked(page, qtbot, page.look_button)
    assert found["pages"]
    assert found["search"]
    assert not page.leave_button.isVisible()
    assert "sound" in page.header.accessibleDescription() or page.list.rows()


def test_a_quick_look_leaves_out_every_page(page: DoctorPage, qtbot: QtBot) -> None:
    found = looked(page, qtbot, page.quick_button)
    assert "form" in found
    assert "pages" not in found


def test_what_is_wrong_stands_first_and_is_repaired(
    page: DoctorPage, store: Store, qtbot: QtBot
) -> None:
    harm(store)
    assert not looked(page, qtbot, page.look_button)["search"]
    first = page.list.rows()[0]
    assert first.key == "search"
    rect = page.list.button_rect("search", "repair")
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    sheet = page.sheet
    assert sheet is not None
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: page.idle() and all(f.ok for f in page.findings if f.name == "search"),
        timeout=60_000,
    )
    assert next(finding for finding in examine(store) if finding.name == "search").ok
    assert copies.listed(copies.folder_of(store.path), store.data_key)


def test_an_associate_may_not(desk: Desk, store: Store, team: Team, qtbot: QtBot) -> None:
    managing(desk, store, qtbot, Role.ASSOCIATE)
    page = shown(DoctorPage(desk, store), qtbot)
    said: list[str] = []
    desk.refused.connect(said.append)
    page.look()
    assert page.idle()
    assert not page.findings
    assert said
    page.stop()


def test_leaving_ends_it(page: DoctorPage, qtbot: QtBot) -> None:
    page.look()
    page._leave.set()
    qtbot.waitUntil(page.idle, timeout=30_000)
    assert not page.findings
    assert page.banner.isVisible()
