"""Whatever is offered, answered, given back and undone, on whatever day, is the owner ever lost?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.errors import Refusal
from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Absence, BookMembership, Client, FollowUp, HandOff
from clientele.services.books import TakeIntoBook, take_into_book
from clientele.services.changes import Changes
from clientele.services.hand_offs import Answer, Offer, accept, decline, give_back, offer, withdraw
from clientele.services.team import AddAssociate, add_associate
from clientele.store.queries.responsible import responsible_for
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.examples import examples
from tests.services.floor import Floor, a_floor

TODAY = date(2026, 11, 21)
who = st.integers(0, 2)
right = st.booleans() | st.just(True)
"""Whether whoever may do it does, which most of the time they do."""


@dataclass
class Given:
    """What the test thinks of a hand-off."""

    key: int
    giver: int
    taker: int
    department: int | None
    until: date | None
    state: str = "offered"


class Paths(RuleBasedStateMachine):
    """One client, three colleagues, two departments; days pass and people are away."""

    floor: Floor
    people: tuple[int, ...]

    def __init__(self) -> None:
        super().__init__()
        self.client = 0
        self.owner = 0
        self.today = TODAY
        self.offers: list[Given] = []
        self.last: tuple[Changes, int, list[Given]] | None = None

    @initialize(first=who)
    def begin(self, first: int) -> None:
        floor = self.floor
        start = floor.clock.now().replace(year=2026, month=11, day=21)
        floor.clock.set(start)
        self.today = TODAY
        with floor.store.write() as session:
            session.execute(delete(Absence))
        self.client = floor.add(Client(given_name="Daniel", created_at=start, updated_at=start))
        self.owner = self.people[first]
        floor.do(take_into_book, TakeIntoBook(self.client, self.owner))
        floor.add(
            FollowUp(client_id=self.client, associate_id=self.owner, channel="call",
                     reason="hem", due_on=TODAY, created_at=start)
        )  # fmt: skip

    @rule(by=who, mine=right, to=who, department=st.booleans(), days=st.none() | st.integers(-1, 3))
    def offer(self, by: int, mine: bool, to: int, department: bool, days: int | None) -> None:
        until = None if days is None else self.today + timedelta(days=days)
        giver = self.owner if mine else self.people[by]
        others = [one for one in self.people if one != giver]
        what = Offer(
            self.client,
            others[to % 2] if mine else self.people[to],
            giver,
            department_id=self.floor.shoes if department else None,
            until_on=until,
        )
        changes = self.attempt(offer, what)
        if changes is not None:
            assert changes.subject is not None
            made = self.floor.ask(lambda s: s.get(HandOff, changes.subject))
            self.offers.append(
                Given(changes.subject, made.from_id, made.to_id, made.department_id, until)
            )

    @rule(to=who, then=who, department=st.booleans(), days=st.none() | st.integers(0, 3))
    def hand_over_at_once(self, to: int, then: int, department: bool, days: int | None) -> None:
        """Offered to two, taken by one."""
        self.offer(to, True, to, department, days)
        self.offer(to, True, to + 1, department, None)
        self.answer(then, to, True, "accept")

    @precondition(lambda self: self.offers)
    @rule(
        at=st.integers(0, 3),
        by=who,
        mine=right,
        move=st.sampled_from(["accept", "accept", "decline", "withdraw"]),
    )
    def answer(self, at: int, by: int, mine: bool, move: str) -> None:
        one = self.one(at, "offered" if mine else "")
        verb = {"accept": accept, "decline": decline, "withdraw": withdraw}[move]
        before = [Given(**vars(other)) for other in self.offers]
        owner = self.owner
        mover = one.giver if move == "withdraw" else one.taker
        changes = self.attempt(verb, Answer(one.key, mover if mine else self.people[by]))
        if changes is None:
            return
        assert one.state == "offered"
        one.state = {"accept": "accepted", "decline": "declined", "withdraw": "withdrawn"}[move]
        if move == "accept" and one.until is None and one.department is None:
            self.moves_to(one.taker)
        self.last = (changes, owner, before)

    @precondition(lambda self: self.offers)
    @rule(at=st.integers(0, 3), by=who, mine=right)
    def give_back(self, at: int, by: int, mine: bool) -> None:
        one = self.one(at, "accepted" if mine else "")
        before = [Given(**vars(other)) for other in self.offers]
        owner = self.owner
        changes = self.attempt(give_back, Answer(one.key, one.taker if mine else self.people[by]))
        if changes is None:
            return
        assert one.state == "accepted"
        one.state = "given back"
        if one.until is None and one.department is None:
            assert self.owner == one.taker
            self.moves_to(one.giver)
        self.last = (changes, owner, before)

    @precondition(lambda self: self.last is not None)
    @rule()
    def undo(self) -> None:
        """The latest answer is taken back, and all is as it was before it."""
        assert self.last is not None
        changes, owner, before = self.last
        self.last = None
        later = {one.key for one in self.offers} - {one.key for one in before}
        self.floor.undo(changes)
        self.owner = owner
        self.offers = before + [one for one in self.offers if one.key in later]

    @rule(away=st.none() | who, cover=who, days=st.integers(1, 2))
    def time_passes(self, away: int | None, cover: int, days: int) -> None:
        """Some days, or somebody is away for some."""
        if away is None:
            self.today += timedelta(days=days)
            self.floor.clock.advance(timedelta(days=days))
        elif away != cover:
            self.floor.add(
                Absence(
                    associate_id=self.people[away],
                    cover_id=self.people[cover],
                    away_from=self.today,
                    back_on=self.today + timedelta(days=days),
                    created_at=self.floor.clock.now(),
                )
            )

    @invariant()
    def one_owner_who_is_responsible_unless_the_client_is_lent(self) -> None:
        if not self.client:
            return
        members = self.floor.ask(
            lambda s: s.scalars(
                select(col(BookMembership.associate_id)).where(
                    col(BookMembership.client_id) == self.client,
                    col(BookMembership.role) == BookRole.OWNER,
                    col(BookMembership.until).is_(None),
                )
            ).all()
        )
        assert members == [self.owner]
        now = self.floor.ask(responsible_for, self.client, self.today)
        assert now.owner_id == self.owner
        assert now.whole.associate_id == self.lent_to(None, self.owner)
        assert now.of(self.floor.shoes).associate_id in self.people
        assert now.of(self.floor.accessories) == now.whole
        lent = self.lent_to(self.floor.shoes, 0)
        assert lent in (0, now.of(self.floor.shoes).associate_id)
        assert now.of(self.floor.shoes).acting_id in self.people

    @invariant()
    def each_stands_as_it_should(self) -> None:
        states = [
            self.floor.ask(lambda s, k=one.key: s.get(HandOff, k)).state for one in self.offers
        ]
        assert states == [one.state for one in self.offers]

    @invariant()
    def what_is_open_is_the_owner_s(self) -> None:
        if not self.client:
            return
        open_ = self.floor.ask(
            lambda s: s.scalars(
                select(col(FollowUp.associate_id)).where(
                    col(FollowUp.client_id) == self.client,
                    col(FollowUp.state) == FollowUpState.OPEN,
                )
            ).all()
        )
        assert open_ == [self.owner]

    def moves_to(self, owner: int) -> None:
        """What the owner before offered of the whole client is theirs no longer."""
        for one in self.offers:
            if one.state == "offered" and one.giver == self.owner and one.department is None:
                one.state = "withdrawn"
        self.owner = owner

    def lent_to(self, department: int | None, otherwise: int) -> int:
        there = [
            one.taker
            for one in self.offers
            if one.state == "accepted"
            and one.until is not None
            and one.until >= self.today
            and one.department == department
        ]
        assert len(there) <= 1
        return there[0] if there else otherwise

    def one(self, at: int, state: str) -> Given:
        """A hand-off in a state if there is one, else any."""
        there = [one for one in self.offers if one.state == state] or self.offers
        return there[-1 - at % len(there)]

    def attempt(self, verb: Any, what: Any) -> Changes | None:
        """Do it, or find that nothing was changed."""
        before = self.rows()
        try:
            return self.floor.do(verb, what)
        except Refusal:
            pass
        assert self.rows() == before
        return None

    def rows(self) -> list[Any]:
        return [
            one.model_dump()
            for table in (HandOff, BookMembership, FollowUp)
            for one in self.floor.ask(
                lambda s, t=table: s.scalars(select(t).where(t.client_id == self.client)).all()
            )
        ]


def test_no_path_loses_the_owner(store: Store, clock: FixedClock) -> None:
    made = a_floor(store, clock)
    sato = made.new(add_associate, AddAssociate("L. Sato", "Women's Sportswear"))

    class Here(Paths):
        floor = made
        people = (made.okafor, made.silva, sato)

    run_state_machine_as_test(
        Here, settings=settings(max_examples=examples(10), stateful_step_count=25, deadline=None)
    )
