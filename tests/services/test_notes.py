"""Are notes kept as they were typed, and drafts until they are notes?"""

from __future__ import annotations

import pytest

from clientele.domain.errors import CardNumberFound, NotThere
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.notes import (
    EditNote,
    KeepNote,
    MarkSensitive,
    SayFirst,
    edit_note,
    keep_note,
    mark_sensitive,
    say_first,
)
from clientele.store.queries.client import client_page
from clientele.store.queries.notes import NoteMarks, note_marks, sensitive_notes, spoken_notes
from clientele.store.queries.story import story
from clientele.store.queries.team import draft
from tests.services.floor import Floor

PLACE = "note of client 1"


def words(floor: Floor) -> list[str]:
    return [entry.words for entry in floor.ask(story, floor.daniel)]


def test_a_note_takes_its_draft_along_and_undo_brings_it_back(floor: Floor) -> None:
    floor.do(type_draft, TypeDraft(floor.okafor, PLACE, "fiancée likes em"))
    floor.do(type_draft, TypeDraft(floor.silva, PLACE, "mine"))
    note = KeepNote(floor.daniel, " fiancée likes emerald\n", floor.okafor, draft=PLACE)
    changes = floor.do(keep_note, note)
    assert words(floor) == ["fiancée likes emerald"]
    assert floor.ask(draft, floor.okafor, PLACE) == ""
    assert floor.ask(draft, floor.silva, PLACE) == "mine"
    floor.undo(changes)
    assert words(floor) == []
    assert floor.ask(draft, floor.okafor, PLACE) == "fiancée likes em"


def test_empty_words_are_no_note(floor: Floor) -> None:
    assert floor.do(keep_note, KeepNote(floor.daniel, " \n", floor.okafor)).subject is None
    assert words(floor) == []
    with pytest.raises(NotThere):
        floor.do(keep_note, KeepNote(4711, "x", floor.okafor))


def test_a_card_number_in_a_note_is_refused_and_in_a_draft_too(floor: Floor) -> None:
    with pytest.raises(CardNumberFound, match="never keeps one"):
        floor.do(keep_note, KeepNote(floor.daniel, "card 4111 1111 1111 1111", floor.okafor))
    with pytest.raises(CardNumberFound):
        floor.do(type_draft, TypeDraft(floor.okafor, PLACE, "card 4111111111111111"))
    assert words(floor) == []
    assert floor.ask(draft, floor.okafor, PLACE) == ""


def test_a_note_is_changed_and_emptied(floor: Floor) -> None:
    key = floor.new(keep_note, KeepNote(floor.daniel, "ring size 6", floor.okafor))
    floor.do(edit_note, EditNote(key, "ring size 6½"))
    assert words(floor) == ["ring size 6½"]
    changes = floor.do(edit_note, EditNote(key, " "))
    assert words(floor) == []
    floor.undo(changes)
    assert words(floor) == ["ring size 6½"]
    with pytest.raises(NotThere):
        floor.do(edit_note, EditNote(4711, "x"))


def test_what_is_said_first_is_the_marked_note_before_the_newest(floor: Floor) -> None:
    def first() -> str:
        found = floor.ask(client_page, floor.daniel, now=floor.clock.now()).say_first
        return "" if found is None else str(found.body)

    assert first() == ""
    old = floor.new(keep_note, KeepNote(floor.daniel, "old", floor.okafor))
    floor.do(keep_note, KeepNote(floor.daniel, "new", floor.silva))
    assert first() == "new"
    changes = floor.do(say_first, SayFirst(old, True))
    assert first() == "old"
    floor.undo(changes)
    assert first() == "new"


def test_a_sensitive_note_is_said_by_nothing_and_undo_brings_it_back(floor: Floor) -> None:
    def first() -> str:
        found = floor.ask(client_page, floor.daniel, now=floor.clock.now()).say_first
        return "" if found is None else str(found.body)

    key = floor.new(keep_note, KeepNote(floor.daniel, "mother died", floor.okafor, say_first=True))
    assert first() == "mother died"
    changes = floor.do(mark_sensitive, MarkSensitive(key, True))
    assert first() == ""
    assert floor.ask(note_marks, key) == NoteMarks(say_first=False, sensitive=True)
    assert floor.ask(spoken_notes, floor.daniel, limit=9) == ()
    assert [note.words for note in floor.ask(sensitive_notes, floor.daniel)] == ["mother died"]
    floor.undo(changes)
    assert first() == "mother died"
    assert floor.ask(note_marks, key) == NoteMarks(say_first=True, sensitive=False)


def test_of_the_two_marks_the_later_holds(floor: Floor) -> None:
    key = floor.new(keep_note, KeepNote(floor.daniel, "x", floor.okafor, sensitive=True))
    changes = floor.do(say_first, SayFirst(key, True))
    assert floor.ask(note_marks, key) == NoteMarks(say_first=True, sensitive=False)
    floor.undo(changes)
    assert floor.ask(note_marks, key) == NoteMarks(say_first=False, sensitive=True)
    both = KeepNote(floor.daniel, "y", floor.okafor, say_first=True, sensitive=True)
    assert floor.ask(note_marks, floor.new(keep_note, both)) == NoteMarks(False, True)
    assert floor.ask(note_marks, 4711) is None
    with pytest.raises(NotThere):
        floor.do(mark_sensitive, MarkSensitive(4711, True))
