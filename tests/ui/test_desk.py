"""The desk: who, when, ask, do, undo, and what is said when something cannot be done."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import CardNumberFound
from clientele.domain.tables import Client, Note
from clientele.services.changes import Changes
from clientele.services.clients import NewClient, new_client
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from tests.ui.conftest import Team


def names(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(col(Client.given_name)).order_by(col(Client.id))))


def notes(store: Store) -> list[str]:
    with store.read() as session:
        return list(session.scalars(select(col(Note.body)).order_by(col(Note.id))))


@pytest.fixture
def client(desk: Desk, qtbot: QtBot) -> int:
    made: list[int] = []
    desk.do(
        new_client,
        NewClient(desk.me.id, "Eleanor", "Marsh"),
        then=lambda changes: made.append(changes.subject or 0),
    )
    qtbot.waitUntil(lambda: bool(made))
    desk._steps.clear()
    return made[0]


def settle(desk: Desk, qtbot: QtBot) -> None:
    """Until everything is written and its answer has arrived."""
    done: list[int] = []
    desk.flush()
    desk.ask(lambda _: 0, done.append, owner=desk, slot="settle")
    qtbot.waitUntil(lambda: bool(done))


def test_what_is_done_is_told_to_every_page_and_said(
    desk: Desk, store: Store, qtbot: QtBot
) -> None:
    told: list[Changes] = []
    said: list[tuple[str, bool]] = []
    desk.changed.connect(told.append)
    desk.said.connect(lambda words, undo: said.append((words, undo)))
    desk.do(new_client, NewClient(desk.me.id, "Eleanor", "Marsh"), said="Client added")
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("Client added", True)]
    assert "client" in told[0].kinds
    assert names(store) == ["Eleanor"]


def test_undo_takes_back_and_says_what(desk: Desk, store: Store, qtbot: QtBot) -> None:
    said: list[tuple[str, bool]] = []
    desk.said.connect(lambda words, undo: said.append((words, undo)))
    desk.do(new_client, NewClient(desk.me.id, "Eleanor", "Marsh"), said="Client added")
    qtbot.waitUntil(desk.can_undo)
    desk.undo()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == ("Undone · Client added", False)
    assert names(store) == []
    assert not desk.can_undo()
    desk.undo()
    assert said[2] == ("There is nothing to undo.", False)


def test_an_undo_that_is_refused_can_be_tried_again(
    desk: Desk, store: Store, client: int, qtbot: QtBot
) -> None:
    refused: list[str] = []
    desk.refused.connect(refused.append)
    desk.do(new_client, NewClient(desk.me.id, "Robert", "Marsh"), said="Client added")
    settle(desk, qtbot)
    with store.write() as session:
        robert = session.scalars(select(col(Client.id)).where(col(Client.id) != client)).one()
        note = keep_note(session, KeepNote(robert or 0, "tweed", by=desk.me.id), now=desk.now())
    desk.undo()
    qtbot.waitUntil(lambda: bool(refused))
    assert "something was added to it since" in refused[0]
    assert desk.can_undo()
    with store.write() as session:
        session.delete(session.get(Note, note.subject))
    desk.undo()
    settle(desk, qtbot)
    assert names(store) == ["Eleanor"]


def test_an_undo_that_is_refused_twice_gives_way_to_the_one_before(
    desk: Desk, store: Store, client: int, qtbot: QtBot
) -> None:
    refused: list[str] = []
    desk.refused.connect(refused.append)
    desk.do(new_client, NewClient(desk.me.id, "Ines", "Marsh"), said="Client added")
    desk.do(new_client, NewClient(desk.me.id, "Robert", "Marsh"), said="Client added")
    settle(desk, qtbot)
    with store.write() as session:
        robert = session.scalars(
            select(col(Client.id)).where(col(Client.given_name) == "Robert")
        ).one()
        keep_note(session, KeepNote(robert or 0, "tweed", by=desk.me.id), now=desk.now())
    for _ in range(3):
        desk.undo()
        settle(desk, qtbot)
    assert len(refused) == 2
    assert names(store) == ["Eleanor", "Robert"]


def test_a_word_typed_letter_by_letter_is_one_step(
    desk: Desk, store: Store, client: int, qtbot: QtBot
) -> None:
    kept: list[int] = []
    desk.do(
        keep_note,
        KeepNote(client, "Ital", by=desk.me.id),
        then=lambda changes: kept.append(changes.subject or 0),
    )
    qtbot.waitUntil(lambda: bool(kept))
    for body in ("Italy", "Italy t", "Italy tr", "Italy trip"):
        desk.do(edit_note, EditNote(kept[0], body), merge=("note", kept[0]))
        settle(desk, qtbot)
    assert notes(store) == ["Italy trip"]
    desk.undo()
    settle(desk, qtbot)
    assert notes(store) == ["Ital"]


def test_a_field_that_was_left_begins_a_new_step(
    desk: Desk, store: Store, client: int, qtbot: QtBot
) -> None:
    kept: list[int] = []
    desk.do(
        keep_note,
        KeepNote(client, "one", by=desk.me.id),
        then=lambda changes: kept.append(changes.subject or 0),
    )
    qtbot.waitUntil(lambda: bool(kept))
    for body in ("one two", "one two three"):
        desk.do(edit_note, EditNote(kept[0], body), merge=("note", kept[0]))
        settle(desk, qtbot)
        desk.seal()
    desk.undo()
    settle(desk, qtbot)
    assert notes(store) == ["one two"]


def test_typing_something_and_its_opposite_leaves_nothing_to_undo(
    desk: Desk, client: int, qtbot: QtBot
) -> None:
    kept: list[int] = []
    desk.do(
        keep_note,
        KeepNote(client, "one", by=desk.me.id),
        then=lambda changes: kept.append(changes.subject or 0),
    )
    qtbot.waitUntil(lambda: bool(kept))
    desk._steps.clear()
    for body in ("one!", "one"):
        desk.do(edit_note, EditNote(kept[0], body), merge="typing")
        settle(desk, qtbot)
    assert not desk.can_undo()


def test_a_refusal_is_a_sentence_and_nothing_is_kept(
    desk: Desk, store: Store, client: int, qtbot: QtBot
) -> None:
    card = "card 4111 1111 1111 1111"
    with qtbot.waitSignal(desk.refused) as refused:
        desk.do(keep_note, KeepNote(client, card, by=desk.me.id), said="Noted")
    assert refused.args == [CardNumberFound.template]
    assert notes(store) == []
    assert not desk.can_undo()
    caught: list[str] = []
    desk.do(keep_note, KeepNote(client, card, by=desk.me.id), failed=caught.append)
    qtbot.waitUntil(lambda: len(caught) == 1)


@dataclass(frozen=True, slots=True)
class Break:
    secret: str


def break_it(session: Session, what: Break, /, *, now: datetime) -> Changes:
    raise ValueError(what.secret)


def test_a_bug_is_told_plainly_and_logged_without_data(
    desk: Desk, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(desk.refused) as refused:
        desk.do(break_it, Break("Eleanor Marsh"))
    assert "What was saved before is safe" in refused.args[0]
    assert "break_it" in caplog.text
    assert "ValueError" in caplog.text
    assert "Eleanor" not in caplog.text + refused.args[0]


def test_a_query_that_fails_is_told(desk: Desk, qtbot: QtBot) -> None:
    def broken(session: Session) -> int:
        raise ZeroDivisionError

    owner = QObject(desk)
    with qtbot.waitSignal(desk.refused):
        desk.ask(broken, lambda _: None, owner=owner)


def test_a_form_that_is_gone_is_told_nothing_and_its_refusal_is_shown(
    desk: Desk, client: int, qtbot: QtBot
) -> None:
    told: list[object] = []

    class Form(QObject):
        def hear(self, answer: object) -> None:
            told.append(answer)

    form = Form(desk)
    desk.do(new_client, NewClient(desk.me.id, "Ruth"), then=form.hear)
    card = KeepNote(client, "card 4111 1111 1111 1111", by=desk.me.id)
    with qtbot.waitSignal(desk.refused) as refused:
        desk.do(keep_note, card, failed=form.hear)
        delete(form)
    assert refused.args == [CardNumberFound.template]
    assert told == []


def test_today_is_the_day_in_the_store(desk: Desk, clock: FixedClock) -> None:
    clock.set(datetime.fromisoformat("2026-11-21T23:30:00+00:00"))
    assert desk.today().isoformat() == "2026-11-22"
    assert desk.now().utcoffset() == timedelta()


def test_nobody_undoes_what_another_did(desk: Desk, team: Team, qtbot: QtBot) -> None:
    desk.do(new_client, NewClient(desk.me.id, "Eleanor", "Marsh"))
    qtbot.waitUntil(desk.can_undo)
    desk.sign(team.okafor)
    assert desk.can_undo()
    desk.sign(team.sato)
    assert not desk.can_undo()
    assert desk.me == team.sato


def test_nor_what_is_told_of_only_after_they_signed_in(
    desk: Desk, team: Team, qtbot: QtBot
) -> None:
    desk.do(new_client, NewClient(team.okafor.id, "Daniel", "Reyes"))
    assert desk.flush()  # on the disk, and on its way back
    desk.sign(team.sato)
    qtbot.waitUntil(desk.idle)
    assert not desk.can_undo()
    desk.sign(team.okafor)
    assert desk.can_undo()


def test_only_the_latest_fifty_steps_are_kept(desk: Desk, qtbot: QtBot) -> None:
    for number in range(53):
        desk.do(new_client, NewClient(desk.me.id, f"Client {number}", "Marsh"))
    settle(desk, qtbot)
    assert len(desk._steps) == 50
