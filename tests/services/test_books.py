"""Does each client have one owner, taken or given, and does everything of it come back by Undo?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.errors import NotThere
from clientele.domain.tables import Associate, BookMembership, Client, FollowUp, HandOff
from clientele.domain.team import Role
from clientele.services import book_refusals as refusals
from clientele.services.books import (
    MOST,
    AskForHandOff,
    EndKnowing,
    GiveClients,
    KnowInDepartment,
    OwnedByAnother,
    TakeIntoBook,
    TakeMany,
    ask_for_hand_off,
    end_knowing,
    give_clients,
    know_in_department,
    take_into_book,
    take_many,
)
from clientele.services.notes import KeepNote, keep_note
from clientele.services.rows import the
from tests.services.floor import Floor


def memberships(floor: Floor) -> list[BookMembership]:
    asked = select(BookMembership).order_by(col(BookMembership.id))
    return list(floor.ask(lambda s: s.scalars(asked).all()))


def owners(floor: Floor) -> dict[int, int]:
    """Who owns whom now."""
    return {
        row.client_id: row.associate_id
        for row in memberships(floor)
        if row.role == BookRole.OWNER and row.until is None
    }


def clients(floor: Floor, count: int) -> tuple[int, ...]:
    now = floor.clock.now()
    return tuple(
        floor.add(
            Client(given_name=f"No {number}", sort_name=f"{number}", created_at=now, updated_at=now)
        )
        for number in range(count)
    )


def leave(floor: Floor, who: int) -> None:
    with floor.store.write() as session:
        the(session, Associate, who).active = False


def promote(floor: Floor, who: int, role: str) -> None:
    with floor.store.write() as session:
        the(session, Associate, who).role = role


def colleague(floor: Floor, name: str, department: int | None = None) -> int:
    return floor.add(Associate(name=name, department_id=department, created_at=floor.clock.now()))


def follow_up(floor: Floor, client: int, by: int) -> int:
    return floor.add(
        FollowUp(client_id=client, associate_id=by, channel="call", reason="hem",
                 due_on=date(2026, 11, 24), created_at=floor.clock.now())
    )  # fmt: skip


# taken


def test_a_client_of_nobody_is_taken_once_and_given_back_by_undo(floor: Floor) -> None:
    changes = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor, "he asked for me"))
    again = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    assert again.subject == changes.subject
    assert again.undo is None
    assert [(row.associate_id, row.why) for row in memberships(floor)] == [
        (floor.okafor, "he asked for me")
    ]
    floor.undo(changes)
    assert memberships(floor) == []
    with pytest.raises(NotThere):
        floor.do(take_into_book, TakeIntoBook(4711, floor.silva))


def test_nobody_takes_a_colleague_s_client_and_is_told_whose_since_when(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    floor.clock.advance(timedelta(days=400))
    with pytest.raises(OwnedByAnother) as refused:
        floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    assert refused.value.sentence == (
        "R. Okafor owns this client since 2026. "
        "Nothing was changed; ask R. Okafor to hand them over."
    )
    assert owners(floor) == {floor.daniel: floor.okafor}


def test_after_an_ownership_ended_another_begins(floor: Floor) -> None:
    now = floor.clock.now()
    floor.add(BookMembership(client_id=floor.daniel, associate_id=floor.okafor, since=now,
                             until=now))  # fmt: skip
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    assert owners(floor) == {floor.daniel: floor.silva}


def test_a_client_of_who_left_is_taken_over_with_what_is_open(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    call = follow_up(floor, floor.daniel, floor.okafor)
    leave(floor, floor.okafor)
    changes = floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.silva))
    assert owners(floor) == {floor.daniel: floor.silva}
    ended, begun = memberships(floor)
    assert (ended.until, begun.why) == (floor.clock.now(), "taken over from R. Okafor")
    assert changes.subject == begun.id
    assert floor.ask(lambda s: the(s, FollowUp, call)).associate_id == floor.silva
    floor.undo(changes)
    assert owners(floor) == {floor.daniel: floor.okafor}
    assert floor.ask(lambda s: the(s, FollowUp, call)).associate_id == floor.okafor


def test_of_many_only_those_without_an_owner_are_taken(floor: Floor) -> None:
    free, theirs, left = clients(floor, 3)
    gone = colleague(floor, "G. Gone")
    floor.do(take_into_book, TakeIntoBook(theirs, floor.silva))
    floor.do(take_into_book, TakeIntoBook(left, gone))
    leave(floor, gone)
    changes = floor.do(take_many, TakeMany((free, theirs, left, 4711), floor.okafor))
    assert owners(floor) == {free: floor.okafor, theirs: floor.silva, left: floor.okafor}
    assert changes.clients == {free, left}
    floor.undo(changes)
    assert owners(floor) == {theirs: floor.silva, left: gone}
    with pytest.raises(refusals.AllOwned):
        floor.do(take_many, TakeMany((theirs,), floor.okafor))
    with pytest.raises(refusals.NobodyChosen):
        floor.do(take_many, TakeMany((), floor.okafor))


# given


def test_many_are_given_at_once_and_come_back_in_one_step(floor: Floor) -> None:
    many = clients(floor, 12)
    floor.do(take_many, TakeMany(many, floor.okafor))
    calls = [follow_up(floor, client, floor.okafor) for client in many]
    floor.clock.advance(timedelta(days=2))
    changes = floor.do(give_clients, GiveClients(many, floor.silva, floor.okafor))
    assert owners(floor) == dict.fromkeys(many, floor.silva)
    assert changes.clients == set(many)
    begun = [row for row in memberships(floor) if row.associate_id == floor.silva]
    assert {row.why for row in begun} == {"handed over by R. Okafor"}
    assert {row.since for row in begun} == {floor.clock.now()}
    assert len(memberships(floor)) == 24
    who = {floor.ask(lambda s, key=key: the(s, FollowUp, key)).associate_id for key in calls}
    assert who == {floor.silva}
    floor.undo(changes)
    assert owners(floor) == dict.fromkeys(many, floor.okafor)
    who = {floor.ask(lambda s, key=key: the(s, FollowUp, key)).associate_id for key in calls}
    assert who == {floor.okafor}


def test_undo_keeps_what_was_written_since(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    call = follow_up(floor, floor.daniel, floor.okafor)
    changes = floor.do(give_clients, GiveClients((floor.daniel,), floor.silva, floor.okafor))
    note = floor.new(keep_note, KeepNote(floor.daniel, "prefers mornings", floor.silva))
    with floor.store.write() as session:
        the(session, FollowUp, call).reason = "hem, and ask about the wedding"
    floor.undo(changes)
    assert owners(floor) == {floor.daniel: floor.okafor}
    row = floor.ask(lambda s: the(s, FollowUp, call))
    assert (row.associate_id, row.reason) == (floor.okafor, "hem, and ask about the wedding")
    assert note


def test_an_associate_gives_only_their_own(floor: Floor) -> None:
    mine, theirs, free = clients(floor, 3)
    floor.do(take_into_book, TakeIntoBook(mine, floor.okafor))
    floor.do(take_into_book, TakeIntoBook(theirs, floor.silva))
    third = colleague(floor, "T. Third")
    with pytest.raises(refusals.NotYoursToGive, match=r"1 cannot .* first is M\. Silva's"):
        floor.do(give_clients, GiveClients((mine, theirs), third, floor.okafor))
    with pytest.raises(refusals.NobodysToGive, match="1 are in nobody's book"):
        floor.do(give_clients, GiveClients((mine, free), third, floor.okafor))
    assert owners(floor) == {mine: floor.okafor, theirs: floor.silva}


def test_managers_give_between_associates(floor: Floor) -> None:
    suits, shoes, free = clients(floor, 3)
    tailor = colleague(floor, "T. Tailor", floor.suits)
    boss = colleague(floor, "B. Boss", floor.suits)
    promote(floor, boss, Role.DEPARTMENT_MANAGER)
    floor.do(take_into_book, TakeIntoBook(suits, floor.okafor))
    floor.do(take_into_book, TakeIntoBook(shoes, floor.silva))
    floor.do(give_clients, GiveClients((suits, free), tailor, boss))
    assert owners(floor) == {suits: tailor, free: tailor, shoes: floor.silva}
    with pytest.raises(refusals.NotYoursToGive):
        floor.do(give_clients, GiveClients((shoes,), tailor, boss))
    promote(floor, boss, Role.STORE_MANAGER)
    floor.do(give_clients, GiveClients((shoes,), tailor, boss))
    assert set(owners(floor).values()) == {tailor}


def test_giving_needs_somebody_who_works_here_and_something_to_give(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    with pytest.raises(refusals.AlreadyTheirs, match=r"R\. Okafor owns these clients already"):
        floor.do(give_clients, GiveClients((floor.daniel,), floor.okafor, floor.okafor))
    with pytest.raises(refusals.NobodyChosen):
        floor.do(give_clients, GiveClients((4711,), floor.silva, floor.okafor))
    leave(floor, floor.silva)
    with pytest.raises(refusals.ColleagueLeft, match=r"M\. Silva no longer works here"):
        floor.do(give_clients, GiveClients((floor.daniel,), floor.silva, floor.okafor))


def test_what_the_giver_had_offered_is_withdrawn_and_comes_back_by_undo(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    third = colleague(floor, "T. Third")
    offer = floor.add(
        HandOff(client_id=floor.daniel, from_id=floor.okafor, to_id=third,
                offered_at=floor.clock.now())
    )  # fmt: skip
    changes = floor.do(give_clients, GiveClients((floor.daniel,), floor.silva, floor.okafor))
    assert floor.ask(lambda s: the(s, HandOff, offer)).state == HandOffState.WITHDRAWN
    floor.undo(changes)
    assert floor.ask(lambda s: the(s, HandOff, offer)).state == HandOffState.OFFERED


def test_more_than_can_be_taken_back_in_a_breath_are_refused(floor: Floor) -> None:
    too_many = tuple(range(1, MOST + 2))
    with pytest.raises(refusals.TooMany, match="20001 are chosen"):
        floor.do(give_clients, GiveClients(too_many, floor.silva, floor.okafor))
    with pytest.raises(refusals.TooMany):
        floor.do(take_many, TakeMany(too_many, floor.silva))


# who else knows them


def test_who_knows_a_client_in_a_department_is_written_down_once_and_ends(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    what = KnowInDepartment(floor.daniel, floor.silva, floor.silva, why="sold him his boots")
    changes = floor.do(know_in_department, what)
    assert floor.do(know_in_department, what).undo is None
    _, row = memberships(floor)
    assert (row.role, row.department_id, row.why) == (
        BookRole.DEPARTMENT,
        floor.shoes,
        "sold him his boots",
    )
    assert row.id == changes.subject
    ended = floor.do(end_knowing, EndKnowing(row.id or 0, floor.okafor))
    assert memberships(floor)[1].until == floor.clock.now()
    with pytest.raises(refusals.EndedAlready):
        floor.do(end_knowing, EndKnowing(row.id or 0, floor.okafor))
    floor.undo(ended)
    assert memberships(floor)[1].until is None
    floor.undo(changes)
    assert len(memberships(floor)) == 1


def test_others_do_not_arrange_it(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    third, homeless = colleague(floor, "T. Third", floor.suits), colleague(floor, "H. Homeless")
    row = floor.new(know_in_department, KnowInDepartment(floor.daniel, floor.silva, floor.okafor))
    with pytest.raises(refusals.NotYoursToArrange, match=r"Only M\. Silva, the owner"):
        floor.do(end_knowing, EndKnowing(row, third))
    with pytest.raises(refusals.NotYoursToArrange):
        floor.do(know_in_department, KnowInDepartment(floor.daniel, homeless, third, floor.shoes))
    with pytest.raises(refusals.WithoutDepartment, match=r"H\. Homeless belongs to no department"):
        floor.do(know_in_department, KnowInDepartment(floor.daniel, homeless, homeless))
    with pytest.raises(refusals.OwnsAlready):
        floor.do(know_in_department, KnowInDepartment(floor.daniel, floor.okafor, floor.okafor))
    leave(floor, floor.silva)
    with pytest.raises(refusals.ColleagueLeft):
        floor.do(know_in_department, KnowInDepartment(floor.daniel, floor.silva, floor.okafor))
    promote(floor, third, Role.STORE_MANAGER)
    floor.do(end_knowing, EndKnowing(row, third))


def test_a_hand_off_is_asked_for_once_and_stands_among_the_owner_s_follow_ups(
    floor: Floor,
) -> None:
    what = AskForHandOff(floor.daniel, floor.silva, "M. Silva asks for a hand-off")
    with pytest.raises(refusals.NobodyToAsk):
        floor.do(ask_for_hand_off, what)
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    changes = floor.do(ask_for_hand_off, what)
    assert floor.do(ask_for_hand_off, what).undo is None
    row = floor.ask(lambda s: the(s, FollowUp, changes.subject or 0))
    assert (row.associate_id, row.reason, row.due_on) == (
        floor.okafor,
        "M. Silva asks for a hand-off",
        date(2026, 11, 21),
    )
    with pytest.raises(refusals.NobodyToAsk):
        floor.do(ask_for_hand_off, AskForHandOff(floor.daniel, floor.okafor, "mine"))
    floor.undo(changes)
    assert floor.ask(lambda s: s.scalars(select(FollowUp)).all()) == []
