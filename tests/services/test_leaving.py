"""Somebody leaves: what was theirs is a colleague's at once, and they do nothing any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole, HandOffState
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.rights import associate
from clientele.domain.tables import (
    Appointment,
    Associate,
    Client,
    FollowUp,
    Promise,
    PromiseStep,
    Visit,
)
from clientele.domain.team import Role
from clientele.services.acting import NoLongerHere
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.leaving import (
    AssociateComesBack,
    AssociateLeaves,
    HereAlready,
    LeftAlready,
    SomebodyMustTakeIt,
    ToThemselves,
    associate_comes_back,
    associate_leaves,
)
from clientele.services.notes import KeepNote, keep_note
from clientele.services.pins import hashed
from clientele.services.promises import MakePromise, make_promise
from clientele.services.rows import ColleagueGone, the
from clientele.services.team import AddAssociate, LastStoreManager, add_associate
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.team_page import OpenWork, open_work, owned_by
from tests.services import handing
from tests.services.floor import Floor
from tests.services.handing import FRIDAY, members, row, state


def another(floor: Floor, name: str) -> int:
    """A client whom nobody owns."""
    at = floor.clock.now()
    return floor.add(
        Client(given_name=name, family_name="Bell", sort_name="bell", created_at=at, updated_at=at)
    )


def left_open(floor: Floor, who: int) -> OpenWork:
    found: OpenWork = floor.ask(open_work, who, now=floor.clock.now())
    return found


def whole(floor: Floor) -> list[Any]:
    return handing.everything(floor) + [
        one.model_dump() for one in floor.ask(lambda s: s.scalars(select(Associate)).all())
    ]


def test_all_that_is_open_goes_to_one_colleague(floor: Floor) -> None:
    ruth = another(floor, "Ruth")
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    floor.do(take_into_book, TakeIntoBook(ruth, floor.silva))
    work = handing.open_work(floor)
    at = floor.clock.now()
    follow_up = floor.add(
        FollowUp(
            client_id=ruth,
            associate_id=floor.okafor,
            channel="call",
            reason="hem",
            due_on=FRIDAY,
            created_at=at,
        )
    )
    promised = floor.new(
        make_promise, MakePromise(ruth, floor.silva, PromiseKind.ALTERATION, "hem", FRIDAY)
    )
    with floor.store.write() as session:
        the(session, Promise, promised).colleague_id = floor.okafor
    meeting = floor.add(
        Appointment(
            client_id=ruth,
            associate_id=floor.okafor,
            starts_at=at + timedelta(days=1),
            ends_at=at + timedelta(days=1, hours=1),
        )
    )
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    assert left_open(floor, floor.okafor) == OpenWork(1, 2, 2, 1, 1, 1)

    sato = floor.new(add_associate, AddAssociate("L. Sato", "Women's Sportswear"))
    changes = floor.do(associate_leaves, AssociateLeaves(floor.okafor, sato))

    assert left_open(floor, floor.okafor) == OpenWork()
    assert members(floor, BookRole.OWNER) == [floor.silva, sato]
    assert handing.whose(floor, work) == [sato, sato, sato]
    assert row(floor, FollowUp, follow_up).associate_id == sato
    assert row(floor, Appointment, meeting).associate_id == sato
    assert row(floor, Visit, visit).associate_id == sato
    helped = row(floor, Promise, promised)
    assert (helped.associate_id, helped.colleague_id) == (floor.silva, None)
    words = floor.ask(
        lambda s: s.scalars(
            select(col(PromiseStep.word)).where(col(PromiseStep.promise_id) == promised)
        ).all()
    )
    assert "M. Silva" in words
    gone = row(floor, Associate, floor.okafor)
    assert (gone.active, gone.left_at) == (False, at)
    floor.undo(changes)
    assert left_open(floor, floor.okafor) == OpenWork(1, 2, 2, 1, 1, 1)
    assert row(floor, Associate, floor.okafor).active


def test_what_is_open_needs_somebody_who_takes_it(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    handing.open_work(floor)
    before = whole(floor)
    with pytest.raises(SomebodyMustTakeIt, match=r"Clients of R\. Okafor: 1; open to do: 3"):
        floor.do(associate_leaves, AssociateLeaves(floor.okafor))
    with pytest.raises(ToThemselves):
        floor.do(associate_leaves, AssociateLeaves(floor.okafor, floor.okafor))
    floor.lets_go(floor.silva)
    with pytest.raises(ColleagueGone):
        floor.do(associate_leaves, AssociateLeaves(floor.okafor, floor.silva))
    with pytest.raises(LeftAlready):
        floor.do(associate_leaves, AssociateLeaves(floor.silva))
    floor.ask(lambda s: None)
    after = whole(floor)
    assert [one for one in after if one.get("name") != "M. Silva"] == [
        one for one in before if one.get("name") != "M. Silva"
    ]


def test_who_left_is_locked_out_at_once_and_has_no_pin(floor: Floor) -> None:
    with floor.store.write() as session:
        the(session, Associate, floor.okafor).pin_hash = hashed("2468")
    note = KeepNote(floor.daniel, "Likes green", floor.okafor)
    floor.do(keep_note, note, acting=associate(floor.okafor))
    floor.do(associate_leaves, AssociateLeaves(floor.okafor))
    with pytest.raises(NoLongerHere):
        floor.do(keep_note, note, acting=associate(floor.okafor))
    assert row(floor, Associate, floor.okafor).pin_hash is None
    floor.do(associate_comes_back, AssociateComesBack(floor.okafor))
    back = row(floor, Associate, floor.okafor)
    assert (back.active, back.left_at, back.pin_hash) == (True, None, None)
    floor.do(keep_note, note, acting=associate(floor.okafor))
    with pytest.raises(HereAlready):
        floor.do(associate_comes_back, AssociateComesBack(floor.okafor))


def test_offers_are_withdrawn_and_loans_go_back(floor: Floor) -> None:
    floor.do(take_into_book, TakeIntoBook(floor.daniel, floor.okafor))
    lent = floor.new(offer, Offer(floor.daniel, floor.silva, floor.okafor, until_on=FRIDAY))
    floor.do(accept, Answer(lent, floor.silva))
    ruth = another(floor, "Ruth")
    floor.do(take_into_book, TakeIntoBook(ruth, floor.okafor))
    offered = floor.new(offer, Offer(ruth, floor.silva, floor.okafor))
    floor.do(associate_leaves, AssociateLeaves(floor.silva))
    assert state(floor, lent) == HandOffState.GIVEN_BACK
    assert state(floor, offered) == HandOffState.WITHDRAWN
    assert floor.ask(owned_by, floor.okafor) == [floor.daniel, ruth]


@pytest.mark.parametrize("other_has_a_pin", [True, False])
def test_the_last_store_manager_stays(floor: Floor, other_has_a_pin: bool) -> None:
    def boss(name: str, pin: str) -> int:
        person = AddAssociate(name, "Men's Suits", pin, Role.STORE_MANAGER)
        return floor.new(add_associate, person)

    vos = boss("D. Vos", "2468")
    with pytest.raises(LastStoreManager, match=r"D\. Vos is the only store manager"):
        floor.do(associate_leaves, AssociateLeaves(vos))
    boss("E. Ek", "1357" if other_has_a_pin else "")
    if other_has_a_pin:
        floor.do(associate_leaves, AssociateLeaves(vos))
    else:
        with pytest.raises(LastStoreManager):
            floor.do(associate_leaves, AssociateLeaves(vos))
