"""A visit outlives a kill: every word that was acknowledged is there at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientele.services.shown_items import item_draft
from clientele.services.tickets import receipt_draft
from clientele.services.visits import note_draft
from clientele.store.queries.team import draft
from clientele.store.queries.visit import VisitPage as Visit
from clientele.store.queries.visit import visit_page
from clientele.store.session import Store, open_store
from clientele.system.clock import FixedClock
from tests.conftest import DATA_KEY
from tests.store.processes import run_python
from tests.ui.pages.tran import SAID, Tran, daniel

TYPING = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from clientele.store.session import open_store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui import actions
from clientele.ui.desk import Desk, Me
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.visit import VisitPage
from clientele.ui.theme import Scheme, Theme

path, key, at, visit, by, department = sys.argv[1:]
app = QApplication([])
clock = FixedClock(datetime.fromisoformat(at))
store = open_store(Path(path), bytes.fromhex(key))
desk = Desk(store, clock, Formats("en", "Europe/Amsterdam"), Theme(app, Scheme.LIGHT))
desk.sign(Me(int(by), "R. Okafor", int(department), "Men's Suits"))
window = MainWindow(desk, clock)
page = VisitPage(desk)
window.add_page(page, actions.VISIT)
page.show_visit(int(visit))
window.resize(1366, 768)
window.show()
window.activateWindow()

def settle():
    while not desk.idle() or page.visit is None:
        app.processEvents()
    for _ in range(5):
        app.processEvents()

def told():
    assert desk.flush()
    sys.stdout.write("written\\n")
    sys.stdout.flush()
    settle()

settle()
page.header.here_for.setFocus()
page.header.here_for.end(False)
QTest.keyClicks(page.header.here_for, " and shoes")
told()
page.note.box.setFocus()
page.note.box.moveCursor(page.note.box.textCursor().MoveOperation.End)
QTest.keyClicks(page.note.box, ", not gold")
told()
oxford = page.shown._in_order()[2]
oxford.price.setFocus()
QTest.keyClicks(oxford.price, "299.50")
told()
page.shown.box.setFocus()
QTest.keyClicks(page.shown.box, "Belt, 95 cm 60.00")
QTest.keyClick(page.shown.box, Qt.Key.Key_Return)
settle()
belt = page.shown._in_order()[0]
belt.setFocus()
QTest.keyClick(belt, Qt.Key.Key_Y)
told()
page.shown.box.setFocus()
QTest.keyClicks(page.shown.box, "Shoe trees")
told()
page.ring()
settle()
QTest.keyClicks(page.till.ring_sheet.receipt, "0412-88")
told()
while True:
    QTest.keyClicks(page.till.ring_sheet.receipt, "1")
    QTest.keyClick(page.till.ring_sheet.receipt, Qt.Key.Key_Backspace)
    settle()
"""

STEPS = 6


@pytest.fixture
def tran(store: Store, clock: FixedClock) -> Tran:
    return daniel(store, clock.now())


@pytest.mark.parametrize("acknowledged", range(1, STEPS + 1))
def test_what_was_acknowledged_is_there_after_a_kill(
    store: Store, clock: FixedClock, tran: Tran, tmp_path: Path, acknowledged: int
) -> None:
    store.close()
    path = tmp_path / "killed.clientele"
    shutil.copyfile(store.path, path)
    numbers = (str(number) for number in (tran.visit, tran.okafor, tran.suits))
    arguments = (str(path), DATA_KEY.hex(), clock.now().isoformat(), *numbers)
    with run_python(TYPING, *arguments) as process:
        assert process.stdout is not None
        for _ in range(acknowledged):
            line = process.stdout.readline()
            assert line == "written\n", process.stderr.read() if process.stderr else ""
        process.kill()
        process.wait()
    again = open_store(path, DATA_KEY)
    try:
        with again.read() as session:
            visit = visit_page(session, tran.visit)
            assert visit is not None
            there = words(visit) | {
                "note": draft(session, tran.okafor, note_draft(tran.visit)),
                "box": draft(session, tran.okafor, item_draft(tran.visit)),
                "receipt": draft(session, tran.okafor, receipt_draft(tran.visit)),
            }
    finally:
        again.close()
    for name, value in list(EXPECTED.items())[:acknowledged]:
        assert there[name].startswith(value), name


def words(visit: Visit) -> dict[str, str]:
    """What was typed into the visit itself."""
    items = {item.item: item for item in visit.items}
    belt = items.get("Belt")
    return {
        "here for": visit.here_for,
        "price": str(items["Cap-toe oxford black calf"].price),
        "belt": f"{belt.detail} {belt.price} {belt.outcome}" if belt else "",
    }


EXPECTED = {
    "here for": "suit collection · wedding 5 Dec and shoes",
    "note": f"{SAID}, not gold",
    "price": "29950",
    "belt": "95 cm 6000 keeping",
    "box": "Shoe trees",
    "receipt": "0412-88",
}
