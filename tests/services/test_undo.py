"""Does going back bring rows to how they were, and keep what was written since?"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import BookMembership, Client, Note
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.changes import Changes, Undo, fold
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.images import RowImage
from clientele.services.notes import EditNote, KeepNote, edit_note, keep_note
from clientele.services.undo import CannotUndo
from clientele.store.fts import stale
from clientele.store.queries.team import draft
from clientele.store.search import search
from tests.services.floor import Floor


def daniel(floor: Floor) -> Client:
    found = floor.ask(lambda session: session.get(Client, floor.daniel))
    assert isinstance(found, Client)
    return found


def bodies(floor: Floor) -> list[str]:
    return list(floor.ask(lambda s: s.scalars(select(col(Note.body))).all()))


def test_a_column_written_again_since_keeps_its_newer_value(floor: Floor) -> None:
    mine = floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    floor.do(edit_client, EditClient(floor.daniel, "given_name", "Danny"))
    floor.do(edit_client, EditClient(floor.daniel, "say_it", "trahn"))
    floor.undo(mine)
    assert (daniel(floor).given_name, daniel(floor).say_it) == ("Danny", "trahn")


def test_undo_of_an_undo_goes_forward_again(floor: Floor) -> None:
    changes = floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    back = floor.undo(changes)
    assert daniel(floor).given_name == "Daniel"
    assert back.clients == {floor.daniel}
    forward = floor.undo(back)
    assert daniel(floor).given_name == "Dan"
    floor.undo(forward)
    assert daniel(floor).given_name == "Daniel"


def test_what_others_hang_on_is_not_taken_away(floor: Floor) -> None:
    added = floor.do(new_client, NewClient(floor.okafor, "Nell"))
    assert added.subject is not None
    floor.do(keep_note, KeepNote(added.subject, "she wrote to thank us", floor.silva))
    with pytest.raises(CannotUndo, match="something was added"):
        floor.undo(added)
    assert floor.ask(lambda s: s.get(Client, added.subject)).given_name == "Nell"
    assert len(floor.ask(lambda s: s.scalars(select(Note)).all())) == 1
    assert len(floor.ask(lambda s: s.scalars(select(BookMembership)).all())) == 1


def test_a_row_that_took_the_number_of_a_removed_one_is_not_touched(floor: Floor) -> None:
    note = floor.new(keep_note, KeepNote(floor.daniel, "likes emerald", floor.okafor))
    removed = floor.do(edit_note, EditNote(note, ""))
    floor.add(Note(client_id=floor.daniel, body="brought in", written_at=floor.clock.now()))
    with pytest.raises(CannotUndo):
        floor.undo(removed)
    (left,) = floor.ask(lambda s: s.scalars(select(Note)).all())
    assert (left.id, left.body, left.associate_id) == (note, "brought in", None)


def test_a_new_row_that_took_the_number_of_one_to_undo_is_not_taken_away(floor: Floor) -> None:
    kept = floor.do(keep_note, KeepNote(floor.daniel, "mistaken", floor.okafor))
    assert kept.subject is not None
    floor.do(edit_note, EditNote(kept.subject, ""))
    assert floor.new(keep_note, KeepNote(floor.daniel, "theirs", floor.silva)) == kept.subject
    with pytest.raises(CannotUndo):
        floor.undo(kept)
    assert bodies(floor) == ["theirs"]


def test_a_new_row_that_a_colleague_wrote_on_is_not_taken_away(floor: Floor) -> None:
    kept = floor.do(keep_note, KeepNote(floor.daniel, "likes emerald", floor.okafor))
    assert kept.subject is not None
    more = floor.do(edit_note, EditNote(kept.subject, "likes emerald; wedding in May"))
    with pytest.raises(CannotUndo):
        floor.undo(kept)
    assert bodies(floor) == ["likes emerald; wedding in May"]
    floor.undo(more)
    floor.undo(kept)
    assert bodies(floor) == []


def test_words_typed_anew_stand_when_the_note_goes_back(floor: Floor) -> None:
    place = "note"
    floor.do(type_draft, TypeDraft(floor.okafor, place, "likes"))
    what = KeepNote(floor.daniel, "likes", floor.okafor, draft=place)
    kept = floor.do(keep_note, what)
    floor.do(type_draft, TypeDraft(floor.okafor, place, "something else"))
    floor.undo(kept)
    assert floor.ask(draft, floor.okafor, place) == "something else"
    assert floor.ask(lambda s: s.scalars(select(Note)).all()) == []


def test_undone_twice_changes_nothing_more(floor: Floor) -> None:
    changes = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    assert floor.undo(changes)
    assert not floor.undo(changes)


def test_the_search_follows(floor: Floor) -> None:
    changes = floor.do(edit_client, EditClient(floor.daniel, "family_name", "Ödegård"))
    assert floor.ask(search, "odegard").ids == (floor.daniel,)
    floor.undo(changes)
    assert floor.ask(search, "odegard").ids == ()
    assert floor.ask(search, "tran").ids == (floor.daniel,)
    with floor.store.write() as session:
        assert stale(session.connection()) == ()


def image(key: int, before: dict[str, str] | None, after: dict[str, str] | None) -> RowImage:
    return RowImage("note", (key,), before, after)


@pytest.mark.parametrize(
    ("images", "folded"),
    [
        ([image(1, {"a": "1"}, {"a": "2"}), image(1, {"a": "2"}, {"a": "3"})],
         [image(1, {"a": "1"}, {"a": "3"})]),
        ([image(1, {"a": "1"}, {"a": "2"}), image(1, {"b": "1"}, {"b": "2"})],
         [image(1, {"a": "1", "b": "1"}, {"a": "2", "b": "2"})]),
        ([image(1, None, {"a": "1", "b": "1"}), image(1, {"a": "1"}, {"a": "2"})],
         [image(1, None, {"a": "2", "b": "1"})]),
        ([image(1, None, {"a": "1"}), image(1, {"a": "1"}, None)], []),
        ([image(1, {"a": "1"}, {"a": "2"}), image(2, {"a": "x"}, None),
          image(1, {"a": "2", "b": "1"}, None)],
         [image(2, {"a": "x"}, None), image(1, {"a": "1", "b": "1"}, None)]),
        ([image(1, {"a": "1"}, None), image(1, None, {"a": "2"})],
         [image(1, {"a": "1"}, {"a": "2"})]),
    ],
)  # fmt: skip
def test_images_of_one_row_are_one(images: list[RowImage], folded: list[RowImage]) -> None:
    assert list(fold(images)) == folded


def test_later_typing_is_undone_together_with_the_earlier(floor: Floor) -> None:
    first = floor.do(edit_client, EditClient(floor.daniel, "given_name", "D"))
    second = floor.do(edit_client, EditClient(floor.daniel, "family_name", "T"))
    assert isinstance(first.undo, Undo)
    assert isinstance(second.undo, Undo)
    floor.undo(Changes(undo=second.undo.after(first.undo)))
    found = daniel(floor)
    assert (found.given_name, found.family_name) == ("Daniel", "Tran")


def test_changes_say_whom_they_concern(floor: Floor) -> None:
    changes = floor.do(edit_client, EditClient(floor.daniel, "given_name", "Dan"))
    assert changes.touch("client")
    assert changes.touch("client", client=floor.daniel)
    assert not changes.touch("client", client=4711)
    assert not changes.touch("note")
    assert changes
    assert not Changes()
