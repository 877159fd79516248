"""Does a hand-off count only once accepted, move what it should, and never lose the owner?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.errors import CardNumberFound
from clientele.domain.promises import Happened, PromiseKind, PromiseState
from clientele.domain.tables import (
    BookMembership,
    HandOff,
    Promise,
    PromiseStep,
    Visit,
)
from clientele.services import hand_off_refusals as refusals
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.hand_offs import (
    Answer,
    EditOffer,
    Offer,
    accept,
    decline,
    edit_offer,
    give_back,
    offer,
    withdraw,
)
from clientele.services.promises import MakePromise, make_promise
from clientele.services.team import AddAssociate, add_associate
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor
from tests.services.handing import (
    away,
    members,
    open_work,
    owner,
    refused,
    row,
    state,
    to_silva,
    whose,
)

TODAY = date(2026, 11, 21)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    """Daniel is R. Okafor's."""
    made = a_floor(store, clock)
    made.do(take_into_book, TakeIntoBook(made.daniel, made.okafor))
    return made


@pytest.fixture
def sato(floor: Floor) -> int:
    return floor.new(add_associate, AddAssociate("L. Sato", "Women's Sportswear"))


# for good


def test_nothing_moves_before_it_is_accepted(floor: Floor) -> None:
    work = open_work(floor)
    key = floor.new(offer, to_silva(floor, note="  hates wool ", client_told=True))
    made = row(floor, HandOff, key)
    assert (made.note, made.client_told, made.state) == ("hates wool", True, HandOffState.OFFERED)
    assert owner(floor) == floor.okafor
    assert whose(floor, work) == [floor.okafor] * 3


def test_accepted_for_good_the_client_goes_with_all_that_is_open(floor: Floor) -> None:
    work = open_work(floor)
    key = floor.new(offer, to_silva(floor, note="hates wool"))
    accepted = floor.do(accept, Answer(key, floor.silva, "gladly"))
    assert owner(floor) == floor.silva
    assert whose(floor, work) == [floor.silva] * 3
    begun = floor.ask(
        lambda s: s.scalars(select(BookMembership).where(col(BookMembership.until).is_(None))).one()
    )
    assert begun.why == "handed over by R. Okafor: hates wool"
    assert (row(floor, HandOff, key).answer, state(floor, key)) == ("gladly", "accepted")
    floor.undo(accepted)
    assert owner(floor) == floor.okafor
    assert whose(floor, work) == [floor.okafor] * 3
    assert state(floor, key) == HandOffState.OFFERED


def test_given_back_all_of_it_returns(floor: Floor) -> None:
    work = open_work(floor)
    key = floor.new(offer, to_silva(floor))
    floor.do(accept, Answer(key, floor.silva))
    back = floor.do(give_back, Answer(key, floor.silva, "she asked for you"))
    assert owner(floor) == floor.okafor
    assert whose(floor, work) == [floor.okafor] * 3
    made = row(floor, HandOff, key)
    assert (made.state, made.ending) == (HandOffState.GIVEN_BACK, "she asked for you")
    floor.undo(back)
    assert owner(floor) == floor.silva
    assert whose(floor, work) == [floor.silva] * 3


def test_what_was_offered_to_others_goes_with_the_owner(floor: Floor, sato: int) -> None:
    first = floor.new(offer, to_silva(floor))
    second = floor.new(offer, to_silva(floor, to_id=sato))
    accepted = floor.do(accept, Answer(first, floor.silva))
    assert state(floor, second) == HandOffState.WITHDRAWN
    refused(floor, accept, Answer(second, sato), refusals.AnsweredAlready)
    floor.undo(accepted)
    assert state(floor, second) == HandOffState.OFFERED


def test_a_department_is_added_and_the_owner_stays(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor, department_id=floor.shoes, note="10½ D"))
    accepted = floor.do(accept, Answer(key, floor.silva))
    assert owner(floor) == floor.okafor
    assert members(floor, BookRole.DEPARTMENT) == [floor.silva]
    floor.undo(accepted)
    assert members(floor, BookRole.DEPARTMENT) == []
    floor.do(accept, Answer(key, floor.silva))
    floor.do(give_back, Answer(key, floor.silva))
    assert members(floor, BookRole.DEPARTMENT) == []
    assert owner(floor) == floor.okafor


def test_who_knows_a_department_can_hand_it_on(floor: Floor, sato: int) -> None:
    floor.do(
        accept, Answer(floor.new(offer, to_silva(floor, department_id=floor.shoes)), floor.silva)
    )
    onward = Offer(floor.daniel, sato, floor.silva, department_id=floor.shoes)
    key = floor.new(offer, onward)
    floor.do(accept, Answer(key, sato))
    assert members(floor, BookRole.DEPARTMENT) == [floor.silva, sato]
    refused(floor, offer, Offer(floor.daniel, sato, floor.silva), refusals.NotYoursToGive,
            r"R\. Okafor owns this client")  # fmt: skip


# loans


def test_a_loan_moves_nothing(floor: Floor) -> None:
    work = open_work(floor)
    key = floor.new(offer, to_silva(floor, until_on=FRIDAY))
    accepted = floor.do(accept, Answer(key, floor.silva))
    assert owner(floor) == floor.okafor
    assert whose(floor, work) == [floor.okafor] * 3
    floor.undo(accepted)
    assert state(floor, key) == HandOffState.OFFERED
    floor.do(accept, Answer(key, floor.silva))
    floor.do(give_back, Answer(key, floor.silva))
    assert state(floor, key) == HandOffState.GIVEN_BACK


def test_lent_to_one_it_is_not_lent_to_another(floor: Floor, sato: int) -> None:
    both = [
        floor.new(offer, to_silva(floor, until_on=FRIDAY, to_id=to)) for to in (floor.silva, sato)
    ]
    floor.do(accept, Answer(both[0], floor.silva))
    refused(floor, accept, Answer(both[1], sato), refusals.LentAlready, r"M\. Silva has this")
    floor.do(decline, Answer(both[1], sato))
    refused(floor, offer, to_silva(floor, until_on=FRIDAY, to_id=sato), refusals.LentAlready)
    floor.new(offer, to_silva(floor, department_id=floor.shoes, until_on=FRIDAY, to_id=sato))
    floor.clock.advance(timedelta(days=7))
    floor.new(offer, to_silva(floor, until_on=FRIDAY + timedelta(days=7), to_id=sato))


def test_after_its_last_day_a_loan_has_ended(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor, until_on=FRIDAY))
    waits = floor.new(offer, to_silva(floor, department_id=floor.shoes, until_on=FRIDAY))
    floor.do(accept, Answer(key, floor.silva))
    floor.clock.advance(timedelta(days=7))
    refused(floor, give_back, Answer(key, floor.silva), refusals.LoanIsOver)
    refused(floor, accept, Answer(waits, floor.silva), refusals.LoanIsOver)
    floor.do(decline, Answer(waits, floor.silva))


# a promise goes along


def test_the_work_of_a_promise_goes_along_and_comes_back(floor: Floor) -> None:
    hem = floor.new(
        make_promise, MakePromise(floor.daniel, floor.okafor, PromiseKind.ALTERATION, "hem", FRIDAY)
    )
    key = floor.new(offer, to_silva(floor, department_id=floor.suits, promise_id=hem))
    assert row(floor, Promise, hem).colleague_id is None
    accepted = floor.do(accept, Answer(key, floor.silva))
    promise = row(floor, Promise, hem)
    assert (promise.associate_id, promise.colleague_id) == (floor.okafor, floor.silva)
    assert steps(floor) == [("passed on", "M. Silva")]
    floor.undo(accepted)
    assert row(floor, Promise, hem).colleague_id is None
    assert steps(floor) == []
    floor.do(accept, Answer(key, floor.silva))
    floor.do(give_back, Answer(key, floor.silva))
    assert row(floor, Promise, hem).colleague_id is None
    assert steps(floor) == [("passed on", "M. Silva"), ("passed on", "R. Okafor")]


def steps(floor: Floor) -> list[tuple[str, str]]:
    asked = select(PromiseStep).where(col(PromiseStep.what) == Happened.PASSED_ON)
    found = floor.ask(lambda s: s.scalars(asked).all())
    return [(step.what, step.word) for step in found]


def test_a_promise_kept_meanwhile_stays_as_it_is(floor: Floor) -> None:
    hem = floor.new(
        make_promise, MakePromise(floor.daniel, floor.okafor, PromiseKind.ALTERATION, "hem", FRIDAY)
    )
    key = floor.new(offer, to_silva(floor, department_id=floor.suits, promise_id=hem))
    with floor.store.write() as session:
        found = session.get(Promise, hem)
        assert found is not None
        found.state = PromiseState.KEPT
    floor.do(accept, Answer(key, floor.silva))
    assert row(floor, Promise, hem).colleague_id is None
    assert steps(floor) == []


def test_the_associate_of_a_visit_hands_over_a_department(floor: Floor, sato: int) -> None:
    now = floor.clock.now()
    visit = floor.add(Visit(client_id=floor.daniel, associate_id=floor.silva, arrived_at=now))
    what = Offer(floor.daniel, sato, floor.silva, department_id=floor.suits, visit_id=visit)
    floor.do(accept, Answer(floor.new(offer, what), sato))
    assert owner(floor) == floor.okafor
    refused(floor, offer, Offer(floor.daniel, sato, floor.silva, visit_id=visit),
            refusals.NotYoursToGive)  # fmt: skip


# words


def test_the_note_is_changed_while_it_waits(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor, note="hates wool"))
    floor.do(type_draft, TypeDraft(floor.okafor, "note", "hates wool and"))
    edited = floor.do(edit_offer, EditOffer(key, floor.okafor, "silk only", draft="note"))
    assert row(floor, HandOff, key).note == "silk only"
    assert floor.ask(draft, floor.okafor, "note") == ""
    floor.undo(edited)
    assert row(floor, HandOff, key).note == "hates wool"
    refused(floor, edit_offer, EditOffer(key, floor.silva, "x"), refusals.NotYourMove)
    floor.do(accept, Answer(key, floor.silva))
    refused(floor, edit_offer, EditOffer(key, floor.okafor, "x"), refusals.AnsweredAlready)


def test_declined_with_a_word(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor))
    floor.do(type_draft, TypeDraft(floor.silva, "answer", "away"))
    declined = floor.do(decline, Answer(key, floor.silva, "I am away next week", draft="answer"))
    assert (state(floor, key), row(floor, HandOff, key).answer) == (
        "declined",
        "I am away next week",
    )
    assert floor.ask(draft, floor.silva, "answer") == ""
    assert owner(floor) == floor.okafor
    floor.undo(declined)
    assert (state(floor, key), row(floor, HandOff, key).answer) == ("offered", "")


def test_withdrawn_before_an_answer(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor))
    withdrawn = floor.do(withdraw, Answer(key, floor.okafor))
    refused(floor, accept, Answer(key, floor.silva), refusals.AnsweredAlready)
    floor.undo(withdrawn)
    floor.do(accept, Answer(key, floor.silva))
    refused(floor, withdraw, Answer(key, floor.okafor), refusals.AnsweredAlready)


def test_a_card_number_in_a_word_is_refused(floor: Floor) -> None:
    refused(floor, offer, to_silva(floor, note="4111 1111 1111 1111"), CardNumberFound)


# absences


def test_a_cover_gives_and_answers_for_who_is_away(floor: Floor, sato: int) -> None:
    away(floor, floor.okafor, sato)
    key = floor.new(offer, to_silva(floor, by=sato))
    assert row(floor, HandOff, key).from_id == floor.okafor
    refused(floor, offer, Offer(floor.daniel, sato, sato), refusals.ToOneself)
    refused(floor, offer, Offer(floor.daniel, floor.okafor, sato), refusals.ToOneself)
    away(floor, floor.silva, sato)
    floor.do(accept, Answer(key, sato, "for M. Silva"))
    assert owner(floor) == floor.silva
