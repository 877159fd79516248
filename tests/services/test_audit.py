"""Does every act leave one entry, in its own transaction, without a word of what it was about?"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

import clientele.services
from clientele.domain.history import ImportKind
from clientele.domain.rules.acts import ACTS, ActKind, acts_of
from clientele.domain.rules.rights import NOBODY, PROGRAM, associate
from clientele.domain.rules.sealing import as_ranges, in_ranges
from clientele.domain.tables import AuditEntry, AuditSeal, Note, metadata
from clientele.services.audit import NO_NEWS, act_of, record
from clientele.services.audit_verbs import (
    LetTrailGo,
    SeeClient,
    TakenOut,
    WindowLocked,
    let_trail_go,
    say_locked,
    say_taken_out,
    see_client,
)
from clientele.services.books import GiveClients, TakeIntoBook, give_clients, take_into_book
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.exports import export_file
from clientele.services.follow_ups_expiry import ExpireFollowUps, expire_follow_ups
from clientele.services.many import TagMany, tag_many
from clientele.services.merging import Merge, merge_clients
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.sign_in import CountTry, SignIn, count_try, sign_in
from clientele.services.team import ResetPin, reset_pin
from clientele.services.undo import undo
from clientele.store.audit_check import Continues, check_chain, continues, last_seal
from tests.services.floor import Floor

SECRET = "likes emerald, ring size six"


def entries(floor: Floor) -> list[AuditEntry]:
    with floor.store.read() as session:
        found = session.scalars(select(AuditEntry).order_by(col(AuditEntry.id))).all()
        session.expunge_all()
        return list(found)


@pytest.fixture
def since(floor: Floor) -> Since:
    return Since(floor, len(entries(floor)))


@dataclass
class Since:
    """The entries that came after the floor was made."""

    floor: Floor
    before: int

    def all(self) -> list[AuditEntry]:
        return entries(self.floor)[self.before :]

    def acts(self) -> list[str]:
        return [entry.act for entry in self.all()]

    def one(self) -> AuditEntry:
        (found,) = self.all()
        return found


def is_whole(floor: Floor) -> bool:
    with floor.store.read() as session:
        return check_chain(session.connection()).whole


def test_a_verb_is_entered_once_with_who_and_whom_and_no_word(floor: Floor, since: Since) -> None:
    with floor.store.write(acting=associate(floor.okafor)) as session:
        what = KeepNote(floor.daniel, SECRET, floor.okafor)
        note = keep_note(session, what, now=floor.clock.now()).subject
    entry = since.one()
    assert (entry.act, entry.who, entry.associate_id) == ("keep_note", "associate", floor.okafor)
    assert (entry.subject, entry.subject_id) == ("note", note)
    assert (entry.client_id, entry.clients) == (floor.daniel, 1)
    assert entry.at == floor.clock.now()
    assert json.loads(entry.detail)["tables"]["note"] == [1, 0, 0]
    assert "emerald" not in str(entry.model_dump())
    assert is_whole(floor)


def test_a_change_names_its_columns_and_no_value(floor: Floor, since: Since) -> None:
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Bartholomew"))
    entry = since.one()
    assert json.loads(entry.detail) == {"tables": {"client": [0, 1, 0, "given_name"]}}
    assert (entry.who, entry.associate_id) == ("set-up", None)


def test_what_was_refused_or_failed_leaves_no_entry(floor: Floor, since: Since) -> None:
    def fails_late() -> None:
        with floor.store.write() as session:
            keep_note(session, KeepNote(floor.daniel, SECRET, floor.okafor), now=floor.clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_late()
    assert since.all() == []
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Daniel"))  # as it was
    assert since.all() == []


def test_drafts_and_what_only_follows_are_no_news(floor: Floor, since: Since) -> None:
    floor.do(type_draft, TypeDraft(floor.okafor, "note", "likes"))
    assert since.all() == []
    assert metadata.tables.keys() >= NO_NEWS


def test_what_the_program_does_by_itself_is_entered_as_the_programs(
    floor: Floor, since: Since
) -> None:
    with floor.store.write(acting=associate(floor.okafor)) as session:
        record(session, "run_rules", now=floor.clock.now(), acting=PROGRAM)
        expire_follow_ups(session, ExpireFollowUps(), now=floor.clock.now())
    assert {(entry.who, entry.associate_id) for entry in since.all()} == {("program", None)}


def test_typing_does_not_flood_it(floor: Floor, since: Since) -> None:
    note = floor.new(keep_note, KeepNote(floor.daniel, "l", floor.okafor))
    other = floor.new(keep_note, KeepNote(floor.daniel, "x", floor.okafor))
    for length in range(2, len(SECRET)):
        floor.do(edit_note, EditNote(note, SECRET[:length]))
    floor.do(edit_note, EditNote(other, "y"))
    assert since.acts() == ["keep_note", "keep_note", "edit_note", "edit_note"]
    floor.clock.advance(timedelta(minutes=5, seconds=1))
    floor.do(edit_note, EditNote(note, "other words"))
    assert since.acts()[4:] == ["edit_note"]
    # Somebody else's is entered, another field as well, and so is what comes or goes.
    with floor.store.write(acting=associate(floor.silva)) as session:
        edit_note(session, EditNote(note, "mine"), now=floor.clock.now())
    floor.do(edit_note, EditNote(note, ""))
    assert since.acts()[5:] == ["edit_note", "edit_note"]
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    floor.do(edit_client, EditClient(floor.daniel, "say_it", "dan"))
    floor.do(edit_client, EditClient(floor.daniel, "say_it", "dann"))
    assert since.acts()[7:] == ["edit_client", "edit_client"]
    assert is_whole(floor)


def test_undo_is_entered_and_takes_no_entry_back(floor: Floor, since: Since) -> None:
    changes = floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    back = floor.undo(changes)
    floor.undo(back)
    assert since.acts() == ["edit_client", "undo", "undo"]
    assert since.all()[1].client_id == floor.daniel
    assert all("audit" not in kind for done in (changes, back) for kind in done.kinds)
    assert is_whole(floor)


def test_many_clients_are_one_entry_with_their_numbers_as_ranges(
    floor: Floor, since: Since
) -> None:
    for number in range(30):
        floor.new(new_client, NewClient(floor.okafor, f"Client {number}"))
    some = tuple(floor.ask(lambda s: s.scalars(select(metadata.tables["client"].c.id)).all()))
    before = len(since.all())
    floor.do(tag_many, TagMany(some, "silk"))
    given = [key for key in some if key != floor.daniel]
    floor.do(give_clients, GiveClients(tuple(given), floor.silva, floor.okafor))
    tagged, gave = since.all()[before:]
    assert (tagged.act, tagged.clients, tagged.client_id) == ("tag_many", 31, None)
    assert json.loads(tagged.detail)["clients"] == as_ranges(frozenset(some))
    assert (gave.act, gave.clients) == ("give_clients", 30)


def test_ranges() -> None:
    assert as_ranges(frozenset()) == ""
    assert as_ranges(frozenset({7})) == "7"
    assert as_ranges(frozenset({3, 4, 5, 12, 40, 41})) == "3-5 12 40-41"
    inside = [number for number in range(60) if in_ranges(number, "3-5 12 40-41")]
    assert inside == [3, 4, 5, 12, 40, 41]


def test_merging_and_taking_it_back_are_entered_with_both(floor: Floor, since: Since) -> None:
    other = floor.new(new_client, NewClient(floor.okafor, "Dan", "Tran"))
    with floor.store.write() as session:
        merged = merge_clients(session, Merge(floor.daniel, other), now=floor.clock.now())
    assert merged.undo is not None
    with floor.store.write() as session:
        undo(session, merged.undo, now=floor.clock.now())
    assert since.acts() == ["new_client", "merge_clients", "undo_merge"]
    for entry in since.all()[1:]:
        assert json.loads(entry.detail)["clients"] == as_ranges(frozenset({floor.daniel, other}))
    assert is_whole(floor)


def test_who_saw_a_client_is_entered_once_an_hour(floor: Floor, since: Since) -> None:
    def see(by: int, act: str = "see_client") -> None:
        with floor.store.write(acting=associate(by)) as session:
            done = see_client(session, SeeClient(floor.daniel, by, act), now=floor.clock.now())
            assert done.undo is None

    see(floor.okafor)
    see(floor.okafor)
    see(floor.okafor, "see_brief")
    see(floor.silva)
    floor.clock.advance(timedelta(minutes=59))
    see(floor.okafor)
    assert [(entry.act, entry.associate_id) for entry in since.all()] == [
        ("see_client", floor.okafor),
        ("see_client", floor.silva),
    ]
    floor.clock.advance(timedelta(minutes=2))
    see(floor.okafor, "see_brief")
    assert since.acts()[2:] == ["see_brief"]


def test_signing_in_is_entered_right_and_wrong(floor: Floor, since: Since) -> None:
    floor.do(reset_pin, ResetPin(floor.okafor, "2468"))
    for pin in ("1111", "2468"):
        with floor.store.write(acting=NOBODY) as session:
            count_try(session, CountTry(floor.okafor), now=floor.clock.now())
        with floor.store.write(acting=NOBODY) as session:
            sign_in(session, SignIn(floor.okafor, pin), now=floor.clock.now())
    with floor.store.write(acting=NOBODY) as session:
        say_locked(session, WindowLocked(floor.okafor), now=floor.clock.now())
    told = [(one.act, one.who, one.associate_id, one.subject_id) for one in since.all()[1:]]
    assert told == [
        ("sign_in_wrong", "nobody", None, floor.okafor),
        ("sign_in", "associate", floor.okafor, floor.okafor),
        ("lock", "associate", floor.okafor, None),
    ]
    assert "2468" not in str([entry.model_dump() for entry in since.all()])


def test_no_export_without_its_entry(floor: Floor, since: Since, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    rows = export_file(floor.store, ImportKind.CUSTOMERS, path, now=floor.clock.now())
    entry = since.one()
    assert (entry.act, json.loads(entry.detail)) == (
        "export_customers",
        {"place": "folder", "rows": rows},
    )
    assert str(tmp_path) not in str(entry.model_dump())
    path.unlink()
    with floor.store.write() as session:
        raw: Any = session.connection().connection.driver_connection
        raw.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    with pytest.raises(Exception, match="no"):
        export_file(floor.store, ImportKind.CUSTOMERS, path, now=floor.clock.now())
    assert list(tmp_path.glob("out*")) == []


def test_what_the_window_takes_out_is_entered(floor: Floor, since: Since) -> None:
    what = TakenOut("print_brief", floor.okafor, "printer", clients=(floor.daniel,))
    with floor.store.write(acting=associate(floor.okafor)) as session:
        say_taken_out(session, what, now=floor.clock.now())
    entry = since.one()
    assert (entry.act, entry.client_id) == ("print_brief", floor.daniel)
    assert json.loads(entry.detail) == {"place": "printer", "rows": 1}


def test_old_entries_go_and_the_rest_still_proves_itself(floor: Floor, since: Since) -> None:
    for number in range(6):
        floor.do(edit_client, EditClient(floor.daniel, "given_name", f"Dan {number}"))
        floor.clock.advance(timedelta(days=100))
    with floor.store.read() as session:
        earlier = last_seal(session.connection())
    first = entries(floor)[0]
    assert let_go(floor, timedelta(days=350)) > 0
    kept = entries(floor)
    assert [entry.act for entry in kept] == ["edit_client"] * 3 + ["let_trail_go"]
    assert kept[-1].who == "program"
    assert is_whole(floor)
    assert continues(floor.store, *earlier) is Continues.YES
    assert first.id is not None
    assert continues(floor.store, first.id, first.seal) is Continues.LET_GO
    last_gone = floor.ask(lambda s: s.scalars(select(AuditSeal)).one())
    assert continues(floor.store, last_gone.first_id - 1, last_gone.before) is Continues.YES
    assert continues(floor.store, last_gone.first_id - 1, first.seal) is Continues.NO
    assert let_go(floor, timedelta(days=350)) == 0
    floor.clock.advance(timedelta(days=3000))
    assert let_go(floor, timedelta(days=350)) == 3
    assert is_whole(floor)


def test_a_clock_set_back_lets_nothing_go_that_is_young(floor: Floor, since: Since) -> None:
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    floor.clock.advance(timedelta(days=-900))
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Danny"))
    floor.clock.advance(timedelta(days=900))
    before = len(entries(floor))
    let_go(floor, timedelta(days=365))
    assert len(entries(floor)) == before


def let_go(floor: Floor, kept_for: timedelta) -> int:
    return floor.do(let_trail_go, LetTrailGo(kept_for)).subject or 0


def verbs() -> Iterator[tuple[str, str]]:
    """The act of every verb, and where it stands, found in the source."""
    for module in pkgutil.walk_packages(clientele.services.__path__, "clientele.services."):
        source = inspect.getsource(importlib.import_module(module.name))
        for node in ast.parse(source).body:
            marks = [ast.unparse(mark) for mark in getattr(node, "decorator_list", ())]
            if isinstance(node, ast.FunctionDef) and "verb" in marks:
                body = getattr(importlib.import_module(module.name), node.name).__wrapped__
                yield act_of(body), f"{module.name}.{node.name}"


def test_every_verb_has_words_and_a_name_of_its_own() -> None:
    found = list(verbs())
    assert len(found) > 180
    own = {"see_client", "say_taken_out", "say_locked", "let_trail_go"}
    missing = {act: where for act, where in found if act not in ACTS and act not in own}
    said = re.compile(r"record\(\s*\w+,\s*\"(\w+)\"")
    for path in Path(clientele.__path__[0]).rglob("*.py"):
        words = said.findall(path.read_text("utf-8"))
        missing |= {act: path.name for act in words if act not in ACTS}
    assert missing == {}, "give these a sentence in domain/rules/acts.py"
    twice = [act for act, count in Counter(act for act, _ in found).items() if count > 1]
    assert twice == [], "give one of these another name in services.audit.SAME"


def test_every_sentence_can_be_filled_in() -> None:
    filled = {"who": "Tom", "whom": "Eleanor", "what": "it", "other": "Anna", "count": "3",
              "place": "there"}  # fmt: skip
    for kind, words in ACTS.values():
        sentence = words.format(**filled)
        assert kind in ActKind
        assert sentence[0].isupper() or sentence.startswith("Tom")
    assert acts_of(ActKind.MERGED) == ("merge_clients", "undo_merge")


def test_taking_into_a_book_is_one_entry_whatever_it_writes(floor: Floor, since: Since) -> None:
    floor.add(Note(client_id=floor.daniel, body="brought in", written_at=floor.clock.now()))
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    assert since.acts() == ["take_into_book"]
