"""Does everything that is open go along with a client, and nothing that is another's?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.promises import PromiseState
from clientele.domain.recovery import RightState
from clientele.domain.tables import (
    Appointment,
    Associate,
    BookMembership,
    FollowUp,
    MadeRight,
    Promise,
    PromiseStep,
)
from clientele.services.passing_on import make_owner, pass_on
from clientele.services.rows import the
from clientele.services.verb import verb
from tests.services.floor import Floor

DAY = date(2026, 11, 24)

Work = type[FollowUp] | type[Promise] | type[MadeRight] | type[Appointment]


def follow_up(floor: Floor, by: int, state: str = FollowUpState.OPEN) -> int:
    return floor.add(
        FollowUp(client_id=floor.daniel, associate_id=by, channel="call", reason="hem",
                 due_on=DAY, state=state, created_at=floor.clock.now())
    )  # fmt: skip


def promise(floor: Floor, by: int, state: str = PromiseState.OPEN) -> int:
    now = floor.clock.now()
    return floor.add(
        Promise(client_id=floor.daniel, associate_id=by, kind="hold", what="coat", due_on=DAY,
                state=state, promised_at=now, last_word_at=now)
    )  # fmt: skip


def made_right(floor: Floor, by: int, state: str = RightState.OPEN) -> int:
    return floor.add(
        MadeRight(client_id=floor.daniel, associate_id=by, state=state,
                  opened_at=floor.clock.now())
    )  # fmt: skip


def expected(floor: Floor, by: int, **days: int) -> int:
    starts_at = floor.clock.now() + timedelta(**days)
    return floor.add(Appointment(client_id=floor.daniel, associate_id=by, starts_at=starts_at))


def whose(floor: Floor, table: Work, key: int) -> int:
    return int(floor.ask(lambda s: the(s, table, key)).associate_id)


@verb
def passed_on(session: Session, what: tuple[int, int, int], /, *, now: datetime) -> int | None:
    pass_on(session, *what, now)
    return what[0]


@verb
def owned(session: Session, what: tuple[int, int], /, *, now: datetime) -> int | None:
    return make_owner(session, [what[0]], what[1], now, {0: "took", 1: "from Okafor"})


def test_what_is_open_goes_along_and_undo_brings_it_back(floor: Floor) -> None:
    giver, taker = floor.okafor, floor.silva
    moves: list[tuple[Work, int]] = [
        (FollowUp, follow_up(floor, giver)),
        (Promise, promise(floor, giver)),
        (Promise, promise(floor, giver, PromiseState.READY)),
        (MadeRight, made_right(floor, giver)),
        (MadeRight, made_right(floor, giver, RightState.DECIDED)),
    ]
    stays: list[tuple[Work, int]] = [
        (FollowUp, follow_up(floor, giver, FollowUpState.DONE)),
        (Promise, promise(floor, giver, PromiseState.KEPT)),
        (MadeRight, made_right(floor, giver, RightState.SOLVED)),
    ]
    changes = floor.do(passed_on, (floor.daniel, giver, taker))
    assert [whose(floor, *row) for row in moves] == [taker] * len(moves)
    assert [whose(floor, *row) for row in stays] == [giver] * len(stays)
    assert changes.clients == {floor.daniel}
    floor.undo(changes)
    assert [whose(floor, *row) for row in moves] == [giver] * len(moves)


def test_the_promise_tells_that_it_was_passed_on(floor: Floor) -> None:
    key = promise(floor, floor.okafor)
    changes = floor.do(passed_on, (floor.daniel, floor.okafor, floor.silva))
    steps = floor.ask(lambda s: s.scalars(select(PromiseStep)).all())
    assert [(one.promise_id, one.what, one.word, one.associate_id) for one in steps] == [
        (key, "passed on", "M. Silva", floor.okafor)
    ]
    floor.undo(changes)
    assert floor.ask(lambda s: s.scalars(select(PromiseStep)).all()) == []


def test_a_third_colleague_keeps_their_own_work(floor: Floor) -> None:
    third = floor.add(Associate(name="A. Third", created_at=floor.clock.now()))
    key = follow_up(floor, third)
    floor.do(passed_on, (floor.daniel, floor.okafor, floor.silva))
    assert whose(floor, FollowUp, key) == third


def test_a_day_agreed_stays_unless_its_associate_no_longer_works_here(floor: Floor) -> None:
    ahead, past = expected(floor, floor.okafor, days=2), expected(floor, floor.okafor, days=-2)
    floor.do(passed_on, (floor.daniel, floor.okafor, floor.silva))
    assert whose(floor, Appointment, ahead) == floor.okafor
    with floor.store.write() as session:
        the(session, Associate, floor.okafor).active = False
    floor.do(passed_on, (floor.daniel, floor.okafor, floor.silva))
    assert whose(floor, Appointment, ahead) == floor.silva
    assert whose(floor, Appointment, past) == floor.okafor


def test_another_owner_ends_the_one_before_and_removes_nothing(floor: Floor) -> None:
    floor.do(owned, (floor.daniel, floor.okafor))
    floor.clock.advance(timedelta(days=30))
    key = follow_up(floor, floor.okafor)
    changes = floor.do(owned, (floor.daniel, floor.silva))
    rows = floor.ask(
        lambda s: s.scalars(select(BookMembership).order_by(col(BookMembership.since))).all()
    )
    assert [(row.associate_id, row.until, row.why) for row in rows] == [
        (floor.okafor, floor.clock.now(), "took"),
        (floor.silva, None, "from Okafor"),
    ]
    assert whose(floor, FollowUp, key) == floor.silva
    assert floor.do(owned, (floor.daniel, floor.silva)).undo is None
    floor.undo(changes)
    rows = floor.ask(lambda s: s.scalars(select(BookMembership)).all())
    assert [(row.associate_id, row.until) for row in rows] == [(floor.okafor, None)]
    assert whose(floor, FollowUp, key) == floor.okafor
