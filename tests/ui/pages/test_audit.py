"""Does a store manager read who did what, narrow it down and turn pages, and nobody else?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.rules.acts import ActKind
from clientele.domain.rules.rights import associate
from clientele.domain.tables import AuditEntry, metadata
from clientele.domain.team import Role
from clientele.services.audit import record
from clientele.services.audit_verbs import SeeClient, see_client
from clientele.services.clients import EditClient, edit_client
from clientele.store.queries.audit import Asked, trail
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.pages.audit import AuditPage
from clientele.ui.workplace import Workplace
from tests.a_day import Day
from tests.ui.at_work import managing, press, settle, shown, write


@pytest.fixture
def seen(day: Day, store: Store, desk: Desk, clock: FixedClock) -> int:
    """Eleanor was seen yesterday and changed today, by Sato."""
    eleanor = day.clients["Eleanor"]
    with store.write(acting=associate(day.sato)) as session:
        see_client(session, SeeClient(eleanor, day.sato), now=clock.now() - timedelta(days=1))
        edit_client(session, EditClient(eleanor, "say_it", "ELL-a-nor"), now=clock.now())
    return eleanor


@pytest.fixture
def page(seen: int, desk: Desk, store: Store, qtbot: QtBot) -> AuditPage:
    managing(desk, store, qtbot)
    return shown(AuditPage(desk), qtbot)


def lines(page: AuditPage) -> list[str]:
    return [row.after_title for row in page.list.rows()]


def test_it_reads_in_sentences_newest_first_and_says_that_it_is_whole(page: AuditPage) -> None:
    assert lines(page)[0] == "L. Sato changed how to say the name of Eleanor Marsh"
    assert lines(page).count("L. Sato saw Eleanor Marsh") == 1
    assert page.chain.isVisible()
    assert page.chain.sentence.text().startswith("The audit trail is whole")
    sections = [row.section for row in page.list.rows()]
    assert "yesterday" in " ".join(sections).lower()
    assert not page.closed.isVisible()


def test_it_says_where_it_is_broken(
    page: AuditPage, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    with store.write() as session:
        session.execute(update(AuditEntry).where(col(AuditEntry.id) == 2).values(act="undo"))
    page.refresh()
    settle(page.desk, qtbot)
    assert "is whole" in page.chain.sentence.text()  # looked at a moment ago
    clock.advance(timedelta(minutes=11))
    page.refresh()
    settle(page.desk, qtbot)
    assert "broken at entry 2" in page.chain.sentence.text()


def test_filters_narrow_it(page: AuditPage, seen: int, day: Day, qtbot: QtBot) -> None:
    page.kind.button(ActKind.SAW.value).click()
    settle(page.desk, qtbot)
    assert lines(page) == ["L. Sato saw Eleanor Marsh"]
    page.when.button("today").click()
    settle(page.desk, qtbot)
    assert page.list.rows() == []
    assert page.nothing.isVisible()
    assert not page.turning.isVisible()
    page.when.button("yesterday").click()
    page.who.button(str(day.okafor)).click()
    settle(page.desk, qtbot)
    assert page.list.rows() == []
    page.who.button(str(day.sato)).click()
    settle(page.desk, qtbot)
    assert len(page.list.rows()) == 1
    page.show_client(seen)
    settle(page.desk, qtbot)
    assert len(lines(page)) >= 2
    assert all("Eleanor Marsh" in line for line in lines(page))
    page.day.setFocus()
    write("20 N")
    assert page.no_day.isHidden(), "half a day is not wrong yet"
    write("ov")
    qtbot.waitUntil(lambda: lines(page) == ["L. Sato saw Eleanor Marsh"])
    page.day.clear()
    write("no day at all")
    press(Qt.Key.Key_Return)
    assert page.no_day.isVisible()
    assert "is not a day" in page.no_day.text()
    assert lines(page) == ["L. Sato saw Eleanor Marsh"]


def test_an_empty_answer_has_a_way_out_and_the_keyboard_comes_back(
    page: AuditPage, qtbot: QtBot
) -> None:
    page.list.setFocus()
    page.kind.button(ActKind.ERASED.value).click()
    settle(page.desk, qtbot)
    assert page.nothing.isVisible()
    way_out = page.nothing.button
    assert way_out is not None
    QTest.mouseClick(way_out, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.isVisible() and len(lines(page)) >= 2)
    assert QApplication.focusWidget() is page.list


def test_pages_are_turned_and_a_row_opens_the_client(
    page: AuditPage, seen: int, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    with store.write() as session:
        for number in range(250):
            at = clock.now() + timedelta(seconds=number + 1)
            record(session, "see_client", clients=(seen,), now=at)
    page.refresh()
    settle(page.desk, qtbot)
    first = [int(str(row.key)) for row in page.list.rows()]
    assert len(first) == 100
    assert not page.newer.isEnabled()
    for _ in range(2):
        page.older.click()
        settle(page.desk, qtbot)
    third = [int(str(row.key)) for row in page.list.rows()]
    assert third[0] == first[0] - 200
    place = page.place()
    page.newer.click()
    page.newer.click()
    settle(page.desk, qtbot)
    assert [row.key for row in page.list.rows()] == first
    page.go_to(place)
    settle(page.desk, qtbot)
    assert [row.key for row in page.list.rows()] == third
    page.list.setFocus()
    with qtbot.waitSignal(page.open_client) as opened:
        press(Qt.Key.Key_Return)
    assert opened.args == [seen]


def test_others_see_it_closed_and_whom_to_ask(
    page: AuditPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    page.refresh()
    settle(desk, qtbot)
    assert page.closed.isVisible()
    assert "store manager" in page.closed.sentence.text()
    assert page.list.rows() == []
    assert not page.columns.isVisible()
    assert not page.chain.isVisible()


def test_it_is_told_in_the_readers_language(page: AuditPage, qtbot: QtBot) -> None:
    class Dutch(QTranslator):
        def translate(self, context: str, words: str, *_: object) -> str:
            return "{whom} is door {who} bekeken" if words == "{who} saw {whom}" else ""

    spoken = Dutch()
    QApplication.installTranslator(spoken)
    try:
        page.kind.button(ActKind.SAW.value).click()
        settle(page.desk, qtbot)
        assert lines(page) == ["Eleanor Marsh is door L. Sato bekeken"]
    finally:
        QApplication.removeTranslator(spoken)


@pytest.fixture
def place(
    day: Day, store: Store, desk: Desk, qtbot: QtBot, clock: FixedClock
) -> Iterator[Workplace]:
    made = Workplace(store, clock, desk.formats, desk.theme)
    made.desk.sign(desk.me)
    made.window.resize(1366, 768)
    made.window.show()
    qtbot.waitExposed(made.window)
    settle(made.desk, qtbot)
    yield made
    made.stop()


def acts(store: Store, *wanted: str) -> list[str]:
    with store.read() as session:
        found = trail(session, Asked(limit=1000)).lines
    return [line.act for line in reversed(found) if line.act in wanted]


def test_whom_somebody_looks_at_is_entered_beside_the_window(
    place: Workplace, day: Day, store: Store, qtbot: QtBot
) -> None:
    said: list[object] = []
    place.desk.said.connect(lambda *words: said.append(words))
    place.open_client(day.clients["Eleanor"])
    settle(place.desk, qtbot)
    place.open_brief(day.clients["Eleanor"])
    settle(place.desk, qtbot)
    place.open_client(day.clients["Daniel"])
    settle(place.desk, qtbot)
    assert acts(store, "see_client", "see_brief") == ["see_client", "see_client"]
    assert said == []
    assert not place.desk.can_undo()
    place.window.lock()
    settle(place.desk, qtbot)
    assert acts(store, "lock") == ["lock"]


def test_a_list_leaves_only_after_its_entry(
    place: Workplace, day: Day, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    managing(place.desk, store, qtbot)
    place.window.show_page(place.clients)
    settle(place.desk, qtbot)
    bulk = place.clients.chosen.bulk
    bulk._chosen = lambda: (day.clients["Eleanor"], day.clients["Daniel"])
    bulk.write(tmp_path / "some.csv")
    qtbot.waitUntil((tmp_path / "some.csv").exists)
    settle(place.desk, qtbot)
    assert acts(store, "export_clients") == ["export_clients"]
    managing(place.desk, store, qtbot, Role.ASSOCIATE)
    bulk.write(tmp_path / "other.csv")
    settle(place.desk, qtbot)
    assert not (tmp_path / "other.csv").exists()
    assert acts(store, "export_clients") == ["export_clients"]


def test_who_saw_this_client_leads_to_the_narrowed_page(
    place: Workplace, day: Day, store: Store, qtbot: QtBot
) -> None:
    place.open_client(day.clients["Eleanor"])
    settle(place.desk, qtbot)
    refused: list[str] = []
    place.desk.refused.connect(refused.append)
    place.auditing.show_who_saw()
    assert refused
    assert "store manager" in refused[0]
    managing(place.desk, store, qtbot)
    place.auditing.show_who_saw()
    settle(place.desk, qtbot)
    page = place.auditing.page
    assert place.window.current_page() is page
    assert lines(page) == [f"{place.desk.me.name} saw Eleanor Marsh"]
    place.auditing.show_trail()
    settle(place.desk, qtbot)
    assert len(lines(page)) > 10
    assert page.client.client_id is None
    place.window.go_back()
    assert place.window.current_page() is place.client


def test_a_day_leaves_numbers_and_names_of_columns_and_nothing_else(
    place: Workplace, day: Day, store: Store, qtbot: QtBot
) -> None:
    place.open_client(day.clients["Eleanor"])
    settle(place.desk, qtbot)
    with store.read() as session:
        kept = session.scalars(select(AuditEntry)).all()
    assert len(kept) > 20
    for entry in kept:
        assert re.fullmatch(r"[a-z_]+", entry.act)
        assert entry.subject == "" or entry.subject in metadata.tables
        said = json.loads(entry.detail) if entry.detail else {}
        assert said.keys() <= {"tables", "clients", "rows", "place"}
        assert re.fullmatch(r"[0-9 -]*", said.get("clients", ""))
        for table, counts in said.get("tables", {}).items():
            assert all(isinstance(count, int) for count in counts[:3])
            columns = set(" ".join(counts[3:]).split())
            assert columns <= set(metadata.tables[table].c.keys())
