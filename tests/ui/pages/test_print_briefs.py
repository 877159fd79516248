"""All of today's briefs in one print, from the Today page."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.tables import Absence, Appointment, Client
from clientele.services.rows import new_id
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.today import TodayPage
from tests.ui.conftest import Team

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def expect(store: Store, clock: FixedClock, name: str, by: int, hours: int) -> int:
    now = clock.now()
    with store.write() as session:
        who = new_id(
            session, Client(given_name=name, sort_name=name, created_at=now, updated_at=now)
        )
        return new_id(
            session,
            Appointment(client_id=who, associate_id=by, starts_at=now + timedelta(hours=hours)),
        )


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system that keeps what it is given; answers where."""
    taken = tmp_path / "taken.pdf"
    program = tmp_path / "lp"
    program.write_text(f"#!/bin/sh\ncat > {taken}\n")
    program.chmod(0o700)
    monkeypatch.setattr("clientele.ui.printing.printer.shutil.which", lambda _: str(program))
    monkeypatch.setattr("clientele.ui.printing.printer.sys.platform", "linux")
    return taken


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> TodayPage:
    made = TodayPage(desk)
    window.add_page(made, actions.TODAY)
    return made


def test_one_print_in_order_of_time_with_those_one_covers(
    page: TodayPage,
    store: Store,
    clock: FixedClock,
    team: Team,
    desk: Desk,
    lp: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from clientele.ui.printing.printer import Printing

    expect(store, clock, "Zoe", team.okafor.id, 1)
    expect(store, clock, "Ada", team.sato.id, 2)
    expect(store, clock, "Bob", team.okafor.id, 3)
    with store.write() as session:
        session.add(
            Absence(
                associate_id=team.sato.id,
                cover_id=team.okafor.id,
                away_from=date(2026, 11, 21),
                back_on=date(2026, 11, 24),
                created_at=clock.now(),
            )
        )
    monkeypatch.setattr(Printing, "ask", lambda self: self._print(QPrinter()))
    page.make_due()
    qtbot.waitUntil(lambda: desk.idle() and page.print_briefs.isVisible())
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(page.print_briefs, LEFT)
    assert said.args[0] == "3 briefs on the way to the printer."
    info = subprocess.run(["pdfinfo", lp], capture_output=True, text=True, check=True).stdout
    assert "Pages:           3\n" in info
    assert "Briefs, Saturday 21 November" in info
    text = subprocess.run(["pdftotext", lp, "-"], capture_output=True, text=True, check=True)
    pages = text.stdout.split("\f")
    assert [page.split("\n")[0] for page in pages[:3]] == ["Zoe", "Ada", "Bob"]


def test_with_nobody_there_is_no_button_and_the_key_says_so(
    page: TodayPage, window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    qtbot.waitUntil(desk.idle)
    assert not page.print_briefs.isVisible()
    with qtbot.waitSignal(desk.said) as said:
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)
    assert said.args[0] == "Nobody is expected today, so nothing is printed."
