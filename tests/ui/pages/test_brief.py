"""The brief on screen: what is printed, and how it gets onto paper."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from clientele.services.brief_choice import Topic
from clientele.services.clients import EditClient, edit_client
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.brief import BriefPage
from tests.ui.conftest import Team
from tests.ui.pages.tran import Tran, daniel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tran(store: Store, clock: FixedClock, team: Team) -> Tran:
    return daniel(store, clock.now(), team.okafor.id)


@pytest.fixture
def page(tran: Tran, desk: Desk, window: MainWindow, qtbot: QtBot) -> BriefPage:
    made = BriefPage(desk)
    window.add_page(made, under=actions.CLIENTS)
    made.show_brief(tran.daniel)
    qtbot.waitUntil(lambda: made.sheet is not None and desk.idle())
    return made


@pytest.fixture
def settle(desk: Desk, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        for _ in range(3):
            qtbot.waitUntil(desk.idle)
            QApplication.processEvents()

    return wait


def words(page: BriefPage) -> str:
    """Everything that stands on the sheet of paper."""
    shown = [one for one in page.paper.findChildren(QLabel) if one.isVisible()]
    return "\n".join(one.text() for one in shown)


def test_everything_stands_on_one_sheet(page: BriefPage) -> None:
    text = words(page)
    for must in (
        "Daniel Tran",
        "yours since 2024",
        "How did the honeymoon plans turn out?",
        "Trousers hemmed, navy suit 42R: ready to collect.",
        "promised for today by you",
        "Trousers hemmed, navy suit 42R",
        "<b>10½ D</b>, wide toe box",
        "navy",
        "patent (Men's Shoes)",
        "<b>$890.00</b>, Navy suit, 42R",
        "Mai, fiancée",
        "wedding",
        "Accessories",
        "daniel.tran@example.com",
        "call, e-mail",
    ):
        assert must in text, must
    assert page.sheet is not None
    assert page.sheet.left_out == 0
    assert page.sheet.section(Topic.SAY_FIRST) is not None


def test_what_changes_elsewhere_is_shown_at_once(
    page: BriefPage, desk: Desk, tran: Tran, settle: Callable[[], None]
) -> None:
    desk.do(edit_client, EditClient(tran.daniel, "preferred_name", "Dan"))
    desk.do(edit_client, EditClient(tran.daniel, "say_it", "DAHN"))
    settle()
    assert "prefers “Dan”" in words(page)
    assert "say it: DAHN" in words(page)


def test_without_a_client_it_says_what_will_stand_here(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    page = BriefPage(desk)
    window.add_page(page)
    assert page.nothing.isVisible()
    assert not page.paper.isVisible()
    assert not page.print_button.isVisible()
    page.print_brief()
    page.ask_where()


def test_a_client_who_is_gone(page: BriefPage, settle: Callable[[], None]) -> None:
    page.show_brief(999)
    settle()
    assert not page.paper.isVisible()


def test_saved_as_pdf_where_one_chooses(
    page: BriefPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    QTest.mouseClick(page.pdf_button, LEFT)
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == f"Brief {page.client_id}.pdf", "no name"
    path = tmp_path / "daniel.pdf"
    dialog.selectFile(str(path))
    with qtbot.waitSignal(desk.said) as said:
        dialog.accept()
    assert said.args == ["Saved as daniel.pdf.", False]
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1\n" in told
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert "promised for today by you" in text.stdout


def test_a_folder_that_cannot_be_written_to_is_said(
    page: BriefPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.refused) as refused:
        page.save_pdf(tmp_path / "not" / "there.pdf")
    assert "“there.pdf” could not be written" in refused.args[0]


def test_printing_without_a_printer_says_what_to_do(
    page: BriefPage, desk: Desk, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with qtbot.waitSignal(desk.said) as said:
        QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert said.args[0].startswith("No printer is set up")


def test_the_page_goes_to_the_printing_system_from_memory(
    page: BriefPage, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from clientele.ui.printing.brief_document import brief_pages
    from clientele.ui.printing.printer import Printing

    taken = tmp_path / "taken.pdf"
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\necho "$@" > {tmp_path / "arguments"}\ncat > {taken}\n')
    lp.chmod(0o700)
    monkeypatch.setattr("clientele.ui.printing.printer.shutil.which", lambda _: str(lp))
    monkeypatch.setattr("clientele.ui.printing.printer.sys.platform", "linux")
    assert page.sheet is not None
    printing = Printing(brief_pages([page.sheet] * 2, "Briefs"), page)
    with qtbot.waitSignal(printing.printed):
        printing._print(QPrinter())
    pages = subprocess.run(["pdfinfo", taken], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2\n" in pages
    assert (tmp_path / "arguments").read_text().split()[-1] == "-"


def test_from_the_brief_to_the_client_and_the_visit(
    page: BriefPage, window: MainWindow, tran: Tran, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.open_client) as opened:
        QTest.mouseClick(page.client_button, LEFT)
    with qtbot.waitSignal(page.start_visit) as started:
        QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (opened.args, started.args) == ([tran.daniel], [tran.daniel])
    page.go_to(page.place())
    assert page.client_id == tran.daniel
