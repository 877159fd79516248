"""Bringing a file in through the window: what is shown, corrected, kept and rejected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from clientele.domain.tables import Client, Purchase, PurchaseLine
from clientele.domain.team import Role
from clientele.services.changes import Changes, Kind
from clientele.services.imports import Progress, course
from clientele.store import session as store_session
from clientele.store.queries.clients import Book, WhoseBook, count_clients
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.importing.sheet import ImportSheet
from clientele.ui.main_window import MainWindow
from tests.ui.at_work import managing

TILL = """Klantnr;Bonnr;Datum;Afdeling;Artikel;Bedrag
K1;1000;01-10-2026 14:05;Herenmode;Overhemd;79,50
K1;1000;01-10-2026 14:05;Schoenen;Derby;185,00
K2;1001;02-10-2026 11:00;Herenmode;Das;45,00
K2;1002;31-02-2026 11:00;Herenmode;Das;45,00
"""


@pytest.fixture
def till(tmp_path: Path) -> Path:
    file = tmp_path / "kassa.csv"
    file.write_text(TILL, encoding="cp1252")
    return file


@pytest.fixture
def sheet(window: MainWindow, desk: Desk, store: Store, qtbot: QtBot) -> Iterator[ImportSheet]:
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    made = ImportSheet(desk, store, window.content)
    made.open_sheet()
    yield made
    made.stop()


def look_at(sheet: ImportSheet, file: Path, qtbot: QtBot) -> None:
    sheet.open_file(file)
    qtbot.waitUntil(lambda: sheet.import_button.isVisible() and sheet.import_button.isEnabled())


def bring_in(sheet: ImportSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.done, timeout=60_000):
        QTest.mouseClick(sheet.import_button, Qt.MouseButton.LeftButton)


def counts(store: Store) -> tuple[int, int, int]:
    with store.read() as session:
        return tuple(  # type: ignore[return-value]
            session.scalar(select(func.count()).select_from(table))
            for table in (Client, Purchase, PurchaseLine)
        )


def test_a_file_is_shown_before_anything_is_kept(
    sheet: ImportSheet, till: Path, store: Store, qtbot: QtBot
) -> None:
    look_at(sheet, till, qtbot)
    assert sheet.columns.boxes["reference"].currentText() == "Klantnr"
    assert sheet.columns.boxes["amount"].currentText() == "Bedrag"
    assert sheet.preview.rows.rowCount() == 4
    assert sheet.preview.rows.reason(3)
    assert "separated by semicolons" in sheet.sentence.text()
    assert counts(store) == (0, 0, 0)


def test_importing_adds_clients_tickets_and_lines_and_keeps_the_bad_row(
    sheet: ImportSheet, till: Path, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    told: list[Changes] = []
    desk.changed.connect(told.append)
    look_at(sheet, till, qtbot)
    bring_in(sheet, qtbot)
    assert counts(store) == (2, 2, 3)
    result = sheet.result
    assert result is not None
    assert (result.added, result.rejected) == (3, 1)
    assert result.reject_path is not None
    assert "31-02-2026" in result.reject_path.read_text(encoding="utf-8-sig")
    assert sheet.rejects_button.isVisible()
    assert "3 added" in sheet.sentence.text()
    assert any(change.touch(Kind.CLIENT) for change in told)


def test_the_same_file_twice_adds_nothing(
    sheet: ImportSheet, till: Path, store: Store, qtbot: QtBot
) -> None:
    for _ in range(2):
        look_at(sheet, till, qtbot)
        bring_in(sheet, qtbot)
    assert counts(store) == (2, 2, 3)
    assert "3 known already" in sheet.sentence.text()


def test_a_missing_column_is_asked_for_and_can_be_named(
    sheet: ImportSheet, tmp_path: Path, store: Store, qtbot: QtBot
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Klantnr,Datum,Afdeling,Zoveel\nK1,2026-10-01,Heren,12.50\n")
    look_at(sheet, file, qtbot)
    (purchases,) = (
        button for button in sheet.kind.findChildren(QPushButton) if button.text() == "purchases"
    )
    QTest.mouseClick(purchases, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Amount of the line" in sheet.banner.sentence.text())
    assert not sheet.import_button.isEnabled()
    box = sheet.columns.boxes["amount"]
    box.setFocus()
    box.setCurrentIndex(box.findText("Zoveel"))
    qtbot.waitUntil(sheet.import_button.isEnabled)
    bring_in(sheet, qtbot)
    assert counts(store) == (1, 1, 1)


def test_new_clients_can_be_ones_own(
    sheet: ImportSheet, till: Path, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    mine = WhoseBook(Book.MINE, desk.me.id)
    look_at(sheet, till, qtbot)
    sheet.whose.choose("mine")
    bring_in(sheet, qtbot)
    with store.read() as session:
        assert count_clients(session, mine) == 2


def test_a_picture_is_refused_in_words(
    sheet: ImportSheet, tmp_path: Path, store: Store, qtbot: QtBot
) -> None:
    file = tmp_path / "photo.csv"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    sheet.open_file(file)
    qtbot.waitUntil(lambda: "a picture" in sheet.banner.sentence.text())
    assert counts(store) == (0, 0, 0)


def test_cancelling_keeps_what_was_kept_and_the_rest_can_follow(
    sheet: ImportSheet, tmp_path: Path, store: Store, qtbot: QtBot
) -> None:
    file = tmp_path / "many.csv"
    rows = [f"K{number % 50},R{number},2026-10-01 10:00,Heren,10.00" for number in range(30_000)]
    file.write_text("reference,receipt,sold_at,department,amount\n" + "\n".join(rows) + "\n")
    look_at(sheet, file, qtbot)
    sheet._progressed.connect(lambda _: sheet.cancel_button.click())
    bring_in(sheet, qtbot)
    result = sheet.result
    assert result is not None
    assert result.cancelled
    first = counts(store)[2]
    assert 0 < first < 30_000
    assert "Cancelled" in sheet.sentence.text()
    sheet._progressed.disconnect()
    look_at(sheet, file, qtbot)
    bring_in(sheet, qtbot)
    assert counts(store) == (50, 30_000, 30_000)


def test_brand_and_size_are_shown_named_and_kept(
    sheet: ImportSheet, tmp_path: Path, store: Store, qtbot: QtBot
) -> None:
    file = tmp_path / "kassa.csv"
    file.write_text("Klantnr;Datum;Artikel;Merk;Maat;Bedrag\nK1;01-10-2026;Hemd;Eton;42;79,50\n")
    look_at(sheet, file, qtbot)
    assert sheet.columns.boxes["brand"].currentText() == "Merk"
    assert sheet.columns.boxes["size"].currentText() == "Maat"
    rows = sheet.preview.rows
    shown = {
        rows.headerData(place, Qt.Orientation.Horizontal): rows.data(rows.index(0, place))
        for place in range(rows.columnCount())
    }
    assert (shown["Brand"], shown["Size"]) == ("Eton", "42")
    bring_in(sheet, qtbot)
    with store.read() as session:
        line = session.execute(select(PurchaseLine.brand, PurchaseLine.size)).one()  # type: ignore[call-overload]
    assert tuple(line) == ("Eton", "42")


def test_making_them_findable_is_a_step_that_may_be_left(
    sheet: ImportSheet, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (course, store_session):
        monkeypatch.setattr(module, "CATCH_UP", 20)
    file = tmp_path / "many.csv"
    rows = [f"K{number},R{number},2026-10-01 10:00,Heren,10.00" for number in range(400)]
    file.write_text("reference,receipt,sold_at,department,amount\n" + "\n".join(rows) + "\n")
    look_at(sheet, file, qtbot)
    told: list[str] = []

    def leave(progress: Progress) -> None:
        if progress.to_find:
            told.append(sheet.sentence.text())
            assert sheet.leave_button.isVisible()
            assert not sheet.cancel_button.isVisible()
            QTest.mouseClick(sheet.leave_button, Qt.MouseButton.LeftButton)

    sheet._progressed.connect(leave)
    bring_in(sheet, qtbot)
    assert "Making them findable, 0 of 400." in told[0]
    result = sheet.result
    assert result is not None
    assert (result.added, result.cancelled) == (400, False)
    assert not sheet.leave_button.isVisible()
    if result.left:
        assert f"{result.left} clients are found" in sheet.sentence.text()


def test_an_associate_is_told_whom_to_ask_and_brings_nothing_in(
    sheet: ImportSheet, desk: Desk, store: Store, till: Path, qtbot: QtBot
) -> None:
    look_at(sheet, till, qtbot)
    managing(desk, store, qtbot, Role.ASSOCIATE)
    assert "Only a manager" in sheet.import_button.property("closed")
    assert "Only a manager" in sheet.banner.sentence.text()
    QTest.mouseClick(sheet.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "This is for a manager" in sheet.banner.sentence.text())
    assert counts(store) == (0, 0, 0)
