"""What cannot be handed over, answered or undone, and does each refusal leave all as it was?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from clientele.domain.errors import NotThere
from clientele.domain.tables import (
    Associate,
    BookMembership,
    FollowUp,
    HandOff,
    Promise,
)
from clientele.services import hand_off_refusals as refusals
from clientele.services.books import TakeIntoBook, take_into_book
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
from clientele.services.team import AddAssociate, add_associate
from clientele.services.undo import CannotUndo
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor
from tests.services.handing import (
    everything,
    open_work,
    owner,
    refused,
    row,
    take_over,
    to_silva,
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


# refusals


def test_what_cannot_be_offered(floor: Floor, sato: int) -> None:
    refused(floor, offer, to_silva(floor, to_id=floor.okafor), refusals.ToOneself, "choose")
    refused(floor, offer, to_silva(floor, by=sato), refusals.NotYoursToGive, "R. Okafor owns")
    refused(floor, offer, to_silva(floor, until_on=TODAY - timedelta(days=1)), refusals.DayIsOver)
    refused(floor, offer, to_silva(floor, client_id=99), NotThere)
    floor.new(offer, to_silva(floor, until_on=TODAY))
    refused(floor, offer, to_silva(floor), refusals.OfferedAlready, "M. Silva was offered this")
    floor.new(offer, to_silva(floor, department_id=floor.shoes))
    with floor.store.write() as session:
        found = session.get(Associate, sato)
        assert found is not None
        found.active = False
    refused(floor, offer, to_silva(floor, to_id=sato), refusals.ColleagueLeft, "L. Sato no longer")


def test_nobodys_client_is_nobodys_to_give(floor: Floor, sato: int) -> None:
    with floor.store.write() as session:
        session.scalars(select(BookMembership)).one().until = floor.clock.now()
    refused(floor, offer, to_silva(floor), refusals.NobodysToGive, "nobody's book")


def test_only_the_right_one_moves_it(floor: Floor, sato: int) -> None:
    key = floor.new(offer, to_silva(floor))
    for verb in (accept, decline):
        refused(floor, verb, Answer(key, sato), refusals.NotYourMove, "Only M. Silva")
    refused(floor, withdraw, Answer(key, floor.silva), refusals.NotYourMove, "Only R. Okafor")
    refused(floor, give_back, Answer(key, floor.silva), refusals.AnsweredAlready)
    floor.do(accept, Answer(key, floor.silva))
    for verb in (accept, decline):
        refused(floor, verb, Answer(key, floor.silva), refusals.AnsweredAlready)
    refused(floor, give_back, Answer(key, floor.okafor), refusals.NotYourMove)


def test_with_another_owner_since_it_is_no_longer_theirs(floor: Floor, sato: int) -> None:
    key = floor.new(offer, to_silva(floor))
    take_over(floor, sato)
    refused(floor, accept, Answer(key, floor.silva), refusals.NoLongerTheirs, "R. Okafor's")
    assert owner(floor) == sato


def test_what_went_on_to_another_is_not_given_back(floor: Floor, sato: int) -> None:
    key = floor.new(offer, to_silva(floor))
    floor.do(accept, Answer(key, floor.silva))
    take_over(floor, sato)
    refused(floor, give_back, Answer(key, floor.silva), refusals.NotYoursAnyMore)
    assert owner(floor) == sato


def test_nothing_goes_back_to_who_left(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor))
    floor.do(accept, Answer(key, floor.silva))
    with floor.store.write() as session:
        found = session.get(Associate, floor.okafor)
        assert found is not None
        found.active = False
    refused(floor, give_back, Answer(key, floor.silva), refusals.GiverLeft, "R. Okafor no longer")


# undo after what came later


@pytest.mark.parametrize("answer", [accept, decline])
def test_an_offer_that_was_answered_is_not_undone(floor: Floor, answer: Callable[..., Any]) -> None:
    offered = floor.do(offer, to_silva(floor))
    assert offered.subject is not None
    floor.do(answer, Answer(offered.subject, floor.silva))
    with pytest.raises(CannotUndo):
        floor.undo(offered)
    assert row(floor, HandOff, offered.subject) is not None


def test_an_offer_whose_note_was_changed_is_undone(floor: Floor) -> None:
    offered = floor.do(offer, to_silva(floor))
    assert offered.subject is not None
    changed = floor.do(edit_offer, EditOffer(offered.subject, floor.okafor, "hates wool"))
    with pytest.raises(CannotUndo):
        floor.undo(offered)
    floor.undo(changed)
    floor.undo(offered)
    assert row(floor, HandOff, offered.subject) is None


def test_an_acceptance_is_not_undone_behind_the_next_owner(floor: Floor, sato: int) -> None:
    key = floor.new(offer, to_silva(floor))
    accepted = floor.do(accept, Answer(key, floor.silva))
    onward = floor.new(offer, Offer(floor.daniel, sato, floor.silva))
    floor.do(accept, Answer(onward, sato))
    before = everything(floor)
    with pytest.raises(CannotUndo):
        floor.undo(accepted)
    assert everything(floor) == before
    assert owner(floor) == sato


def test_an_acceptance_is_not_undone_behind_a_return(floor: Floor) -> None:
    key = floor.new(offer, to_silva(floor, department_id=floor.shoes))
    accepted = floor.do(accept, Answer(key, floor.silva))
    floor.do(give_back, Answer(key, floor.silva))
    before = everything(floor)
    with pytest.raises(CannotUndo):
        floor.undo(accepted)
    assert everything(floor) == before


def test_an_acceptance_undone_keeps_what_was_done_meanwhile(floor: Floor) -> None:
    call, promise, _ = open_work(floor)
    key = floor.new(offer, to_silva(floor))
    accepted = floor.do(accept, Answer(key, floor.silva))
    with floor.store.write() as session:
        done = session.get(FollowUp, call)
        assert done is not None
        done.associate_id, done.state = floor.okafor, "done"
    floor.undo(accepted)
    assert row(floor, FollowUp, call).state == "done"
    assert row(floor, Promise, promise).associate_id == floor.okafor
    assert owner(floor) == floor.okafor
