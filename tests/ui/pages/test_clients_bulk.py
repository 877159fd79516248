"""Are many clients tagged, followed up, written to a file at once, stoppable, undone in one?"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.tables import Client, ClientTag, FollowUp, Tag
from clientele.domain.team import Role
from clientele.exchange.fields import CUSTOMER_FIELDS
from clientele.services.consents import SayConsent, say_consent
from clientele.store.session import Store
from clientele.ui import in_pieces
from clientele.ui.desk import Desk
from clientele.ui.dialogs.follow_up_many import FollowUpManySheet
from clientele.ui.dialogs.tag_many import TagManySheet
from clientele.ui.pages.clients import ClientsPage
from tests.ui.at_work import managing, no_sheet, press, settle, sheet, shown, write
from tests.ui.conftest import Team

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(six: list[int], desk: Desk, qtbot: QtBot) -> ClientsPage:
    made = shown(ClientsPage(desk), qtbot)
    made.chosen.only(six)
    return made


def tags(store: Store) -> dict[str, int]:
    asked = (
        select(col(Tag.name), func.count())
        .join(ClientTag, col(ClientTag.tag_id) == col(Tag.id))
        .group_by(col(Tag.name))
    )
    with store.read() as session:
        return {row[0]: row[1] for row in session.execute(asked)}


def follow_ups(store: Store) -> list[tuple[int, str, str]]:
    with store.read() as session:
        rows = session.scalars(select(FollowUp).order_by(col(FollowUp.client_id))).all()
        return [(row.client_id, row.channel, row.reason) for row in rows]


def test_all_chosen_are_tagged_in_pieces_and_undone_in_one_step(
    page: ClientsPage, desk: Desk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_pieces, "PIECE", 2)
    went: list[tuple[int, int]] = []
    page.chosen.bulk.pieces.went.connect(lambda done, of: went.append((done, of)))
    QTest.mouseClick(page.chosen.tag_button, LEFT)
    settle(desk, qtbot)
    form = sheet(page, TagManySheet)
    QTest.mouseClick(form.button, LEFT)
    assert "Which tag?" in form.banner.sentence.text()
    form.field.setFocus()
    write("spring  preview")
    with qtbot.waitSignal(desk.said) as said:
        press(Qt.Key.Key_Return)
        assert page.chosen.progress.text() == "Tagging 0 of 6"
        assert not page.chosen.stop_button.isHidden()
        assert page.chosen.tag_button.isHidden()
    assert said.args == ["6 clients tagged spring preview", True]
    settle(desk, qtbot)
    assert went == [(2, 6), (4, 6), (6, 6)]
    assert tags(store) == {"spring preview": 6}
    assert page.chosen.stop_button.isHidden()
    desk.undo()
    settle(desk, qtbot)
    assert tags(store) == {}
    assert not desk.can_undo()


def test_a_tag_that_is_there_is_taken_off(
    page: ClientsPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    page.chosen.bulk._tag("vip", True)
    settle(desk, qtbot)
    page.chosen.bulk.tag()
    settle(desk, qtbot)
    form = sheet(page, TagManySheet)
    assert form.tags is not None
    form.way.choose("off")
    form.tags.choose("vip")
    with qtbot.waitSignal(desk.said) as said:
        form.keep()
    assert said.args == ["vip taken off 6 clients", True]
    settle(desk, qtbot)
    assert tags(store) == {}


def test_stopped_half_way_what_is_done_stays_and_comes_back_by_undo(
    page: ClientsPage, desk: Desk, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_pieces, "PIECE", 2)
    page.chosen.bulk.pieces.went.connect(
        lambda done, _: page.chosen.stop_button.click() if done == 4 else None
    )
    with qtbot.waitSignal(desk.said) as said:
        page.chosen.bulk._tag("vip", True)
    assert said.args == ["Stopped · 4 clients tagged vip", True]
    settle(desk, qtbot)
    assert tags(store) == {"vip": 4}
    desk.undo()
    settle(desk, qtbot)
    assert tags(store) == {}


def test_a_refusal_half_way_ends_it_and_says_why(
    page: ClientsPage, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.refused) as refused:
        page.chosen.bulk._tag("4111 1111 1111 1111", True)
    assert "card number" in refused.args[0]
    settle(desk, qtbot)
    assert tags(store) == {}
    assert not page.chosen.bulk.busy
    assert page.chosen.progress.isHidden()


def test_a_follow_up_for_each_says_before_how_many_and_what_is_to_be_known(
    page: ClientsPage, six: list[int], desk: Desk, team: Team, store: Store, qtbot: QtBot
) -> None:
    desk.do(say_consent, SayConsent(six[0], "call", False, team.okafor.id))
    settle(desk, qtbot)
    page.chosen.bulk.follow_up()
    settle(desk, qtbot)
    form = sheet(page, FollowUpManySheet)
    assert form.title.text() == "A follow-up for 6 clients"
    assert form.button.text() == "Keep 6 follow-ups"
    assert "1 said no to calls" in form.told.text()
    assert "6 have no telephone number." in form.told.text()
    QTest.mouseClick(form.button, LEFT)
    assert "needs a reason" in form.banner.sentence.text()
    form.reason.setFocus()
    write("new suits are in")
    with qtbot.waitSignal(desk.said) as said:
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["6 follow-ups kept for tomorrow", True]
    settle(desk, qtbot)
    assert no_sheet(page)
    assert follow_ups(store) == [(key, "call", "new suits are in") for key in six]

    page.chosen.bulk.follow_up()
    form = sheet(page, FollowUpManySheet)
    form.reason.setFocus()
    write("New suits are in")
    qtbot.waitUntil(lambda: not form.button.isEnabled())
    assert "6 have an open follow-up with this reason" in form.told.text()
    form.close_sheet()
    desk.undo()
    settle(desk, qtbot)
    assert follow_ups(store) == []


def test_the_chosen_are_written_in_their_order_with_the_columns_of_all(
    page: ClientsPage,
    six: list[int],
    desk: Desk,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    page.chosen.only([six[4], six[1]])
    path = tmp_path / "spring.csv"
    assert "Only a manager" in page.chosen.export_button.property("closed")
    with qtbot.waitSignal(desk.refused):
        page.chosen.bulk.write(path)
    assert not path.exists()
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    assert not page.chosen.export_button.property("closed")
    with qtbot.waitSignal(desk.said) as said:
        page.chosen.bulk.write(path)
    assert said.args == [f"2 clients written to {path}", False]
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == list(CUSTOMER_FIELDS)
    assert [row[2] for row in rows] == ["Eden", "Baker"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_is_never_written_over_the_book_or_where_it_cannot_be(
    page: ClientsPage, desk: Desk, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    for path in (store.path, tmp_path / "nowhere" / "x.csv"):
        with qtbot.waitSignal(desk.refused):
            page.chosen.bulk.write(path)
        assert not page.chosen.bulk.busy
    with store.read() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 6


def test_a_file_that_is_stopped_is_not_there(
    page: ClientsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "spring.csv"
    page.chosen.bulk.write(path)
    with qtbot.waitSignal(desk.said) as said:
        page.chosen.stop_button.click()
    assert said.args == ["Stopped. No file was written.", False]
    assert not page.chosen.bulk.busy
    qtbot.waitUntil(lambda: not list(tmp_path.glob("spring*")))
