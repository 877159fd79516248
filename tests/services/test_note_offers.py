"""What becomes of what a note offers: nothing by itself, and all of it when it is kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from clientele.domain.base import Table
from clientele.domain.known import OfferState
from clientele.domain.rules import quick_note
from clientele.domain.rules.due_days import DayGone
from clientele.domain.tables import (
    Client,
    ContactPoint,
    FollowUp,
    HouseholdMember,
    NoteOffer,
    Occasion,
    Preference,
    Promise,
    Size,
    Wish,
)
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.note_keeping import NobodySaid
from clientele.services.note_offers import (
    CorrectOffer,
    DropOffer,
    KeepOffer,
    KeepOffers,
    OfferDecided,
    correct_offer,
    drop_offer,
    keep_offer,
    keep_offers,
)
from clientele.services.notes import (
    EditNote,
    KeepNote,
    MarkSensitive,
    edit_note,
    keep_note,
    mark_sensitive,
)
from clientele.services.undo import CannotUndo
from clientele.services.visits import Leave, StartVisit, leave, note_draft, start_visit
from clientele.store.queries.note_offers import OfferRow, offers_waiting
from tests.services.floor import Floor

SAID = "fiancée likes emerald, ring size 6, wedding 5 dec"


def noted(floor: Floor, words: str, **more: object) -> int:
    note = KeepNote(floor.daniel, words, floor.okafor, department_id=floor.suits, **more)  # type: ignore[arg-type]
    return floor.new(keep_note, note)


def waiting(floor: Floor) -> tuple[OfferRow, ...]:
    found: tuple[OfferRow, ...] = floor.ask(offers_waiting, floor.daniel)
    return found


def kinds(floor: Floor) -> list[str]:
    return [row.kind for row in waiting(floor)]


def one(floor: Floor, kind: str) -> int:
    return next(row.id for row in waiting(floor) if row.kind == kind)


def rows(floor: Floor, table: type[Table], *columns: str) -> list[tuple[object, ...]]:
    with floor.store.read() as session:
        found: Iterable[Table] = session.scalars(select(table))
        return [tuple(getattr(row, name) for name in columns) for row in found]


def keep(floor: Floor, kind: str) -> None:
    floor.do(keep_offer, KeepOffer(one(floor, kind), floor.okafor))


def test_a_note_offers_and_nothing_is_kept_by_itself(floor: Floor) -> None:
    noted(floor, SAID)
    assert kinds(floor) == ["person", "like", "size", "occasion"]
    assert [row.said for row in waiting(floor)][:2] == ["fiancée", "likes emerald"]
    for table in (HouseholdMember, Preference, Size, Occasion):
        assert rows(floor, table, "id") == []


def test_what_is_kept_of_somebody_adds_them_once(floor: Floor) -> None:
    noted(floor, SAID)
    keep(floor, "size")
    assert rows(floor, HouseholdMember, "name", "relation") == [("", "fiancée")]
    assert rows(floor, Size, "category", "value", "household_member_id") == [("Ring", "6", 1)]
    assert kinds(floor) == ["like", "occasion"]
    keep(floor, "like")
    keep(floor, "occasion")
    assert rows(floor, HouseholdMember, "relation") == [("fiancée",)]
    assert rows(floor, Preference, "kind", "what", "household_member_id") == [
        ("like", "emerald", 1)
    ]
    assert rows(floor, Occasion, "kind", "month", "day", "household_member_id", "every_year") == [
        ("wedding", 12, 5, None, False)
    ]
    assert rows(floor, NoteOffer, "made_table", "made_id")[-1] == ("occasion", 1)


def test_undo_of_keeping_puts_the_offer_back(floor: Floor) -> None:
    noted(floor, SAID)
    before = waiting(floor)
    changes = floor.do(keep_offer, KeepOffer(one(floor, "size"), floor.okafor))
    again = floor.undo(changes)
    assert waiting(floor) == before
    assert rows(floor, Size, "id") == rows(floor, HouseholdMember, "id") == []
    floor.undo(again)
    assert rows(floor, Size, "value") == [("6",)]
    assert kinds(floor) == ["like", "occasion"]


def test_all_are_kept_as_one_step(floor: Floor) -> None:
    noted(floor, SAID)
    before = waiting(floor)
    keys = tuple(row.id for row in before)
    gone = max(keys) + 1
    changes = floor.do(keep_offers, KeepOffers((gone, *keys), floor.okafor))
    assert waiting(floor) == ()
    floor.undo(changes)
    assert waiting(floor) == before


def test_what_is_dropped_is_not_offered_from_these_words_again(floor: Floor) -> None:
    note = noted(floor, SAID)
    changes = floor.do(drop_offer, DropOffer(one(floor, "like"), floor.okafor))
    floor.do(edit_note, EditNote(note, SAID + ", size 38"))
    assert kinds(floor) == ["person", "size", "occasion", "size"]
    floor.undo(changes)
    assert "like" in kinds(floor)


def test_what_was_decided_cannot_be_decided_twice(floor: Floor) -> None:
    noted(floor, SAID)
    key = one(floor, "like")
    floor.do(drop_offer, DropOffer(key, floor.okafor))
    with pytest.raises(OfferDecided):
        floor.do(keep_offer, KeepOffer(key, floor.silva))
    with pytest.raises(OfferDecided):
        floor.do(drop_offer, DropOffer(key, floor.silva))
    with pytest.raises(OfferDecided):
        floor.do(correct_offer, CorrectOffer(key, "what", "ruby"))
    assert rows(floor, Preference, "id") == []


def test_it_is_corrected_before_it_is_kept(floor: Floor) -> None:
    note = noted(floor, SAID)
    key = one(floor, "size")
    changes = floor.do(correct_offer, CorrectOffer(key, "value", "7"))
    floor.undo(changes)
    assert waiting(floor)[2].fields["value"] == "6"
    floor.do(correct_offer, CorrectOffer(key, "value", "6½"))
    floor.do(edit_note, EditNote(note, SAID + "!"))
    floor.do(keep_offer, KeepOffer(key, floor.okafor))
    assert rows(floor, Size, "value") == [("6½",)]
    noted(floor, "likes brown")
    other = one(floor, "like")
    floor.do(correct_offer, CorrectOffer(other, "what", " "))
    with pytest.raises(NobodySaid):
        floor.do(keep_offer, KeepOffer(other, floor.okafor))
    with pytest.raises(ValueError, match="nonsense"):
        floor.do(correct_offer, CorrectOffer(other, "nonsense", "x"))


@pytest.mark.parametrize(
    ("words", "table", "columns", "expected"),
    [
        ("doesn't like wool", Preference, ("kind", "what"), ("avoid", "wool")),
        ("wears 42R", Size, ("category", "value", "evidence"), ("Suit", "42R", "told us")),
        ("birthday 3 march", Client, ("birth_month", "birth_day"), (3, 3)),
        ("speaks german", Client, ("language",), ("de",)),
        ("goes by Danny", Client, ("preferred_name",), ("Danny",)),
        ("mail is d@example.com", ContactPoint, ("kind", "value"), ("email", "d@example.com")),
        ("would love the emerald scarf", Wish, ("item", "state"), ("emerald scarf", "open")),
        (
            "son Tom graduates on 10 june",
            Occasion,
            ("kind", "month", "day", "household_member_id"),
            ("graduation", 6, 10, 1),
        ),
    ],
)
def test_each_kind_becomes_what_it_says_and_undo_takes_it_back(
    floor: Floor,
    words: str,
    table: type[Table],
    columns: tuple[str, ...],
    expected: tuple[object, ...],
) -> None:
    before = rows(floor, table, *columns)
    noted(floor, words)
    changes = [
        floor.do(keep_offer, KeepOffer(row.id, floor.okafor))
        for row in waiting(floor)
        if row.kind != "person"
    ]
    assert rows(floor, table, *columns)[-1] == expected
    for step in reversed(changes):
        floor.undo(step)
    assert rows(floor, table, *columns) == before


def test_a_promise_and_a_follow_up_get_their_day(floor: Floor) -> None:
    today = floor.clock.now().date()
    noted(floor, "hold the coat until tomorrow, will call when the loafers are in")
    noted(floor, "text in two weeks")
    for row in waiting(floor):
        floor.do(keep_offer, KeepOffer(row.id, floor.silva))
    made = rows(floor, Promise, "kind", "due_on", "department_id", "associate_id")
    assert sorted(made) == [
        ("call back", today + timedelta(days=7), floor.suits, floor.silva),
        ("hold", today + timedelta(days=1), floor.suits, floor.silva),
    ]
    assert rows(floor, FollowUp, "channel", "due_on", "associate_id") == [
        ("text", today + timedelta(days=14), floor.silva)
    ]


def test_a_promise_kept_too_late_says_so_and_changes_nothing(floor: Floor) -> None:
    noted(floor, "hold the coat until tomorrow")
    floor.clock.advance(timedelta(days=3))
    key = one(floor, "promise")
    with pytest.raises(DayGone):
        floor.do(keep_offer, KeepOffer(key, floor.okafor))
    assert rows(floor, Promise, "id") == []
    day = (floor.clock.now().date() + timedelta(days=1)).isoformat()
    floor.do(correct_offer, CorrectOffer(key, "due", day))
    floor.do(keep_offer, KeepOffer(key, floor.okafor))
    assert rows(floor, Promise, "due_on") == [(date.fromisoformat(day),)]


def test_what_is_known_is_not_offered_again(floor: Floor) -> None:
    said = (
        "daughter Mia likes green, wears 36, birthday 12 may. Mail is d@example.com. "
        "Speaks german. Goes by Danny. Wears 42R. Would love the red scarf. Call in two weeks."
    )
    noted(floor, said)
    floor.do(keep_offers, KeepOffers(tuple(row.id for row in waiting(floor)), floor.okafor))
    assert waiting(floor) == ()
    noted(floor, said)
    assert waiting(floor) == ()
    noted(floor, "daughter Mia likes blue")
    assert [(row.kind, row.fields["what"]) for row in waiting(floor)] == [("like", "blue")]
    noted(floor, "Mia likes blue")
    assert len(waiting(floor)) == 1


def test_the_words_of_a_note_changed_change_what_waits(floor: Floor) -> None:
    note = noted(floor, SAID)
    key = one(floor, "size")
    changes = floor.do(edit_note, EditNote(note, "fiancée likes ruby, ring size 6"))
    assert [(row.kind, row.said) for row in waiting(floor)] == [
        ("person", "fiancée"),
        ("like", "likes ruby"),
        ("size", "ring size 6"),
    ]
    assert one(floor, "size") == key
    floor.undo(changes)
    assert sorted(kinds(floor)) == ["like", "occasion", "person", "size"]


def test_a_note_removed_takes_its_offers_along_and_undo_brings_them_back(floor: Floor) -> None:
    note = noted(floor, SAID)
    before = waiting(floor)
    changes = floor.do(edit_note, EditNote(note, ""))
    assert waiting(floor) == ()
    floor.undo(changes)
    assert waiting(floor) == before


def test_undo_of_the_note_takes_its_offers_along_until_one_is_kept(floor: Floor) -> None:
    changes = floor.do(keep_note, KeepNote(floor.daniel, SAID, floor.okafor))
    key = one(floor, "size")
    kept = floor.do(keep_offer, KeepOffer(key, floor.okafor))
    with pytest.raises(CannotUndo):
        floor.undo(changes)
    floor.undo(kept)
    floor.undo(changes)
    assert rows(floor, NoteOffer, "id") == []


def test_a_sensitive_note_offers_nothing(floor: Floor) -> None:
    note = noted(floor, SAID, sensitive=True)
    assert waiting(floor) == ()
    floor.do(mark_sensitive, MarkSensitive(note, False))
    assert len(waiting(floor)) == 4
    changes = floor.do(mark_sensitive, MarkSensitive(note, True))
    assert waiting(floor) == ()
    floor.undo(changes)
    assert len(waiting(floor)) == 4


def test_a_draft_that_the_end_of_a_visit_keeps_offers_too(floor: Floor) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    floor.do(type_draft, TypeDraft(floor.okafor, note_draft(visit), SAID))
    floor.do(leave, Leave(visit, floor.okafor))
    assert len(waiting(floor)) == 4


def test_the_note_is_kept_though_the_grammar_fails_and_the_log_says_so(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(quick_note, "offers", broken)
    with caplog.at_level(logging.ERROR):
        noted(floor, SAID)
    assert len(rows(floor, NoteOffer, "id")) == 0
    assert "could not be read" in caplog.text


def test_the_state_of_an_offer_says_who_decided(floor: Floor) -> None:
    noted(floor, "likes green, never brown")
    keep(floor, "like")
    floor.do(drop_offer, DropOffer(one(floor, "avoid"), floor.silva))
    with floor.store.read() as session:
        found = session.execute(
            select(col(NoteOffer.state), col(NoteOffer.associate_id), col(NoteOffer.decided_at))
        ).all()
    assert [tuple(row) for row in found] == [
        (OfferState.KEPT, floor.okafor, floor.clock.now()),
        (OfferState.DROPPED, floor.silva, floor.clock.now()),
    ]
