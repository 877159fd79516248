"""Is an e-mail never sent twice and never lost, whatever breaks and whenever the program dies?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.contacting import WAITING, MessageState
from clientele.domain.rules.sending import (
    ASKS,
    BEING_SENT,
    GIVE_UP_AFTER,
    MOVES,
    OF_A_PERSON,
    OVER,
    WAITS,
    MailMove,
    MailState,
    Pause,
    Posting,
    after,
    is_due,
    is_too_late,
    may_use,
    move_of,
    moved,
    on_start,
    pause_after,
)
from clientele.system.mail_answers import (
    BEFORE_THE_LETTER,
    OF_THE_ACCOUNT,
    Ending,
    Outcome,
    Step,
    Why,
    judged,
    lost,
)
from tests.examples import examples

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class World:
    """A program that sends, a server that takes, a line between them, and a person."""

    def __init__(self) -> None:
        self.now = NOW
        self.kept = Posting(queued_at=NOW)  # what is committed, and outlives the program
        self.at: str = ""  # where the program is: "", "letter", "marked" or "dot gone"
        self.arrived = 0
        self.answer = True
        self.said_sent = 0
        self.again_while_unsure = 0
        self.arrived_by_word = False

    def commit(self, move: MailMove) -> bool:
        before = self.kept.state
        next_one = moved(self.kept, move, now=self.now)
        if next_one is None:
            return False
        self.kept = next_one
        self.said_sent += next_one.state is MailState.SENT
        self.again_while_unsure += before is MailState.UNSURE and move is MailMove.AGAIN
        self.arrived_by_word |= move is MailMove.ARRIVED
        return True

    def begin(self) -> None:
        if not self.at and is_due(self.kept, now=self.now) and self.commit(MailMove.BEGIN):
            self.at = "letter"

    def mark(self) -> None:
        if self.at == "letter":
            assert self.commit(MailMove.DOT)
            self.at = "marked"

    def dot(self, taken: bool) -> None:
        if self.at == "marked":
            self.at, self.answer = "dot gone", taken
            self.arrived += taken

    def answered(self, code: int) -> None:
        if self.at == "dot gone":
            self.ends(judged(Step.DOT, 250 if self.answer else code))

    def breaks(self, step: Step) -> None:
        if self.at == "letter":
            self.ends(lost(step, Why.CUT_OFF))
        elif self.at == "marked":
            self.ends(lost(Step.BODY, Why.CUT_OFF))
        elif self.at:
            self.ends(lost(Step.DOT, Why.SILENT))

    def turned_away(self, ending: Ending) -> None:
        if self.at == "letter":
            self.ends(Outcome(ending, Step.SIGN_IN))

    def ends(self, outcome: Outcome | None) -> None:
        assert outcome is not None
        assert self.commit(move_of(outcome)), "every outcome has its move"
        self.at = ""

    def killed(self) -> None:
        self.at = ""
        self.kept = on_start(self.kept, now=self.now)

    def person(self, move: MailMove) -> None:
        if not self.at:
            self.commit(move)

    def waits(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    def not_allowed(self) -> None:
        if not self.at:
            self.commit(MailMove.NOT_ALLOWED)

    def gives_up(self) -> None:
        if not self.at and is_too_late(self.kept, now=self.now):
            assert self.commit(MailMove.GIVE_UP)


NEXT = {
    "": ("begin",) * 6 + ("waits",) * 3 + ("killed", "gives_up", "not_allowed", "person"),
    "letter": ("mark",) * 6 + ("breaks", "turned_away", "killed"),
    "marked": ("dot",) * 6 + ("breaks", "killed"),
    "dot gone": ("answered", "breaks", "killed"),
}
"""What may happen, by where the program is; what leads to a second dot is drawn more often."""

HOW: dict[str, st.SearchStrategy[tuple[object, ...]]] = {
    "dot": st.tuples(st.sampled_from([True, True, False])),
    "answered": st.tuples(st.sampled_from([421, 452, 550, 0])),
    "breaks": st.tuples(st.sampled_from([one for one in Step if one is not Step.DOT])),
    "turned_away": st.tuples(st.sampled_from(sorted(OF_THE_ACCOUNT))),
    "person": st.tuples(st.sampled_from(sorted(OF_A_PERSON))),
    "waits": st.tuples(st.sampled_from([-60, 1, 20, 300, 1_000])),
}


@settings(max_examples=examples(400))
@given(st.data())
def test_nothing_is_sent_twice_and_nothing_is_lost(data: st.DataObject) -> None:
    world = World()
    for _ in range(30):
        if world.kept.state in OVER:
            break
        what = data.draw(st.sampled_from(NEXT[world.at]))
        how = data.draw(HOW[what]) if what in HOW else ()
        before = world.kept
        getattr(world, what)(*how)
        assert world.arrived <= 1 + world.again_while_unsure, "only a person risks a second one"
        assert world.said_sent <= 1
        if before.state in ASKS | OVER:
            assert world.kept == before or what == "person", "nothing goes on by itself"
        if world.kept.state is MailState.SENT:
            assert world.arrived or world.arrived_by_word, "sent is only what arrived"
        assert (world.kept.state in BEING_SENT) == bool(world.at), "what is sent is being sent"
    if not world.at and world.kept.state not in ASKS | OVER:
        world.now = max(world.now, world.kept.next_at or world.now)
        late = is_too_late(world.kept, now=world.now)
        assert late or is_due(world.kept, now=world.now), "what waits is tried again"


@given(st.lists(st.sampled_from(MailMove), max_size=25))
def test_no_second_dot_without_an_answer_or_a_person(moves: list[MailMove]) -> None:
    """Whatever is called, in whatever order: the table alone holds it."""
    posting, open_dot = Posting(queued_at=NOW), False
    for move in moves:
        next_one = moved(posting, move, now=NOW)
        if next_one is None:
            continue
        if move is MailMove.DOT:
            assert not open_dot
            open_dot = True
        elif move in (MailMove.AGAIN, MailMove.REFUSED, MailMove.PUT_OFF):
            open_dot = False
        posting = next_one


def test_the_book_knows_the_states_of_a_message_by_the_same_words() -> None:
    assert {str(one) for one in MailState} == {str(one) for one in MessageState} - {"draft"}
    assert {str(one) for one in WAITING} == {
        str(state) for state, move in MOVES if move is MailMove.BEGIN
    }


def test_the_moves_reach_every_state_and_lead_on_from_all_but_the_ends() -> None:
    assert {MailState.QUEUED, *MOVES.values()} == set(MailState)
    assert {move for _, move in MOVES} == set(MailMove)
    assert {state for state in MailState if not any(before is state for before, _ in MOVES)} == OVER
    for state in ASKS:
        assert {move for before, move in MOVES if before is state} <= OF_A_PERSON


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (MailState.SENDING, MailState.QUEUED),
        (MailState.DOT, MailState.UNSURE),
        *[(one, one) for one in MailState if one not in BEING_SENT],
    ],
)
def test_what_a_program_finds_that_starts_after_a_kill(state: MailState, found: MailState) -> None:
    posting = Posting(queued_at=NOW, state=state, tries=2)
    assert on_start(posting, now=NOW + MINUTE) == replace(posting, state=found)


def test_unsure_asks_and_both_answers_lead_on() -> None:
    unsure = Posting(queued_at=NOW, state=MailState.UNSURE, tries=3)
    assert not is_due(unsure, now=NOW + 100 * MINUTE)
    again = moved(unsure, MailMove.AGAIN, now=NOW + 2 * GIVE_UP_AFTER)
    assert again == Posting(queued_at=NOW + 2 * GIVE_UP_AFTER), "its day begins anew"
    assert after(MailState.UNSURE, MailMove.ARRIVED) is MailState.SENT


@pytest.mark.parametrize("state", sorted(BEING_SENT))
def test_no_answer_to_the_dot_is_never_tried_again_by_itself(state: MailState) -> None:
    move = move_of(lost(Step.DOT, Why.SILENT))
    expected = MailState.UNSURE if state is MailState.DOT else None
    assert after(state, move) is expected


def test_every_outcome_of_sending_has_its_move() -> None:
    for ending in set(Ending) - {Ending.SIGNED_IN}:
        move = move_of(Outcome(ending, Step.DOT))
        before = MailState.SENDING if move is MailMove.ACCOUNT else MailState.DOT
        assert after(before, move) is not None
    with pytest.raises(KeyError):
        move_of(Outcome(Ending.SIGNED_IN, Step.SIGN_IN))


@pytest.mark.parametrize("step", [one for one in Step if one is not Step.DOT])
def test_whose_fault_it_is_when_it_has_to_wait(step: Step) -> None:
    of_all = step in BEFORE_THE_LETTER
    expected = MailMove.ACCOUNT if of_all else MailMove.PUT_OFF
    assert move_of(lost(step, Why.CUT_OFF)) is expected


# when


def test_waits_grow_and_the_last_one_stays() -> None:
    assert list(WAITS) == sorted(set(WAITS))
    posting, now = Posting(queued_at=NOW), NOW
    for wait in (*WAITS, WAITS[-1]):
        begun = moved(posting, MailMove.BEGIN, now=now)
        assert begun is not None
        put_off = moved(begun, MailMove.PUT_OFF, now=now)
        assert put_off is not None
        assert put_off.next_at == now + wait
        assert not is_due(put_off, now=now + wait - timedelta(seconds=1))
        assert is_due(put_off, now=now + wait)
        posting, now = put_off, now + wait


def test_a_clock_that_was_set_back_holds_nothing_up_for_long() -> None:
    put_off = Posting(queued_at=NOW, state=MailState.LATER, tries=1, next_at=NOW + 5 * MINUTE)
    assert not is_due(put_off, now=NOW - 60 * MINUTE)
    assert is_due(put_off, now=NOW - timedelta(days=30))
    pause = Pause(1, NOW + 5 * MINUTE)
    assert not may_use(pause, now=NOW - 60 * MINUTE)
    assert may_use(pause, now=NOW - timedelta(days=30))


@pytest.mark.parametrize("state", [MailState.QUEUED, MailState.LATER])
def test_after_a_day_a_person_looks_at_it_first(state: MailState) -> None:
    posting = Posting(queued_at=NOW, state=state)
    assert is_due(posting, now=NOW + GIVE_UP_AFTER)
    late = NOW + GIVE_UP_AFTER + MINUTE
    assert is_too_late(posting, now=late)
    assert not is_due(posting, now=late)
    given_up = moved(posting, MailMove.GIVE_UP, now=late)
    assert given_up is not None
    assert given_up.state in ASKS
    assert not is_too_late(given_up, now=late)


# the account


def test_a_wrong_password_waits_for_a_person() -> None:
    pause = pause_after(Pause(), Outcome(Ending.WRONG_PASSWORD, Step.SIGN_IN), now=NOW)
    assert not may_use(pause, now=NOW + timedelta(days=365))
    assert pause_after(pause, Outcome(Ending.SIGNED_IN, Step.SIGN_IN), now=NOW) == Pause()


@pytest.mark.parametrize("ending", sorted(OF_THE_ACCOUNT - {Ending.WRONG_PASSWORD}))
def test_an_account_that_cannot_be_used_is_tried_again_with_growing_waits(ending: Ending) -> None:
    pause, now = Pause(), NOW
    for wait in WAITS:
        pause = pause_after(pause, Outcome(ending, Step.TLS), now=now)
        assert not may_use(pause, now=now)
        assert not may_use(pause, now=now + wait - timedelta(seconds=1))
        now += wait
        assert may_use(pause, now=now)


@pytest.mark.parametrize("ending", [Ending.SENT, Ending.REFUSED, Ending.LATER, Ending.UNSURE])
def test_a_server_that_listened_ends_the_pause(ending: Ending) -> None:
    assert pause_after(Pause(3, NOW), Outcome(ending, Step.DOT), now=NOW) == Pause()
