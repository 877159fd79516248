"""Two at their terminals: can the one's undo spoil what the other made of it since?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from clientele.domain.visits import Outcome
from clientele.services.absences import EndAbsence, SayAway, end_absence, say_away
from clientele.services.books import EndKnowing, KnowInDepartment, end_knowing, know_in_department
from clientele.services.changes import Changes
from clientele.services.credit import ShareCredit, share_credit
from clientele.services.part_payments import PayAhead, pay_ahead
from clientele.services.shown_items import (
    EditShownItem,
    SetOutcome,
    ShowItem,
    edit_shown_item,
    set_outcome,
    show_item,
)
from clientele.services.tickets import RingOnce, ring_once
from clientele.services.undo import CannotUndo
from clientele.services.visits import (
    GoTo,
    Leave,
    PlanStop,
    StartVisit,
    go_to,
    leave,
    plan_stop,
    start_visit,
)
from clientele.store.doctor import examine, is_sound
from tests.services.floor import Floor
from tests.services.till import page, rung, shown


@pytest.fixture
def visit(floor: Floor) -> int:
    return floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))


def rows(floor: Floor, query: str) -> list[tuple[Any, ...]]:
    """What the book answers."""
    return floor.ask(lambda s: [tuple(row) for row in s.connection().exec_driver_sql(query).all()])  # type: ignore[no-any-return]


def refuses(floor: Floor, step: Changes, query: str) -> None:
    """Undo is refused and leaves what ``query`` tells as it is."""
    before = rows(floor, query)
    with pytest.raises(CannotUndo):
        floor.undo(step)
    assert rows(floor, query) == before


def here(floor: Floor, visit: int) -> list[int]:
    """Where the client of a visit is now."""
    return [
        row[0]
        for row in rows(
            floor,
            f"SELECT department_id FROM visit_stop WHERE visit_id = {visit} "
            "AND started_at IS NOT NULL AND ended_at IS NULL",
        )
    ]


def test_a_payment_ahead_stays_on_the_ticket_it_was_taken_off(floor: Floor, visit: int) -> None:
    shown(floor, visit, "Suit €100")
    paid = floor.do(pay_ahead, PayAhead(floor.daniel, floor.okafor, "20", "suit", "A1"))
    assert paid.subject is not None
    ticket = floor.do(ring_once, RingOnce(visit, "R1", floor.silva, part_payments=(paid.subject,)))
    refuses(floor, paid, "SELECT * FROM part_payment")
    floor.undo(ticket)
    floor.undo(paid)
    assert rows(floor, "SELECT * FROM part_payment") == []


def test_a_rung_item_stays_as_it_was_rung(floor: Floor, visit: int) -> None:
    stop = page(floor, visit).stop
    assert stop is not None
    added = floor.do(show_item, ShowItem(stop.id, "Suit €100", floor.okafor))
    assert added.subject is not None
    steps = [
        added,
        floor.do(set_outcome, SetOutcome(added.subject, Outcome.KEEPING)),
        floor.do(edit_shown_item, EditShownItem(added.subject, "price", "120")),
        floor.do(share_credit, ShareCredit(added.subject, ((floor.okafor, 1), (floor.silva, 2)))),
    ]
    ticket = floor.do(ring_once, RingOnce(visit, "R1", floor.silva))
    for step in steps:
        refuses(floor, step, "SELECT * FROM shown_item")
    assert rows(floor, "SELECT parts FROM item_credit ORDER BY id") == [(1,), (2,)]
    floor.undo(ticket)
    for step in reversed(steps):
        floor.undo(step)
    assert rows(floor, "SELECT * FROM shown_item") == []


def test_a_ticket_rung_again_is_not_taken_away_by_the_first_undo(floor: Floor, visit: int) -> None:
    shown(floor, visit, "Suit €100")
    first = floor.do(ring_once, RingOnce(visit, "R1", floor.okafor))
    forward = floor.undo(first)
    rung(floor, visit, "R2")
    for step in (first, forward):
        refuses(floor, step, "SELECT * FROM purchase")
    assert is_sound(examine(floor.store))


def test_a_client_is_in_one_department(floor: Floor, visit: int) -> None:
    walked = floor.do(go_to, GoTo(visit, floor.shoes))
    floor.clock.advance(timedelta(minutes=5))
    floor.do(go_to, GoTo(visit, floor.accessories))
    refuses(floor, walked, "SELECT * FROM visit_stop")
    assert here(floor, visit) == [floor.accessories]


def test_a_client_who_left_is_nowhere(floor: Floor, visit: int) -> None:
    floor.do(plan_stop, PlanStop(visit, floor.shoes))
    walked = floor.do(go_to, GoTo(visit, floor.shoes))
    floor.clock.advance(timedelta(minutes=5))
    left = floor.do(leave, Leave(visit, floor.silva))
    refuses(floor, walked, "SELECT * FROM visit_stop")
    assert here(floor, visit) == []
    floor.undo(left)
    assert here(floor, visit) == [floor.shoes]
    floor.undo(walked)
    assert here(floor, visit) == [floor.suits]


def test_who_knows_a_client_again_does_not_know_them_twice(floor: Floor) -> None:
    what = KnowInDepartment(floor.daniel, floor.silva, floor.silva)
    known = floor.new(know_in_department, what)
    ended = floor.do(end_knowing, EndKnowing(known, floor.silva))
    again = floor.do(know_in_department, what)
    refuses(floor, ended, "SELECT * FROM book_membership")
    floor.undo(again)
    floor.undo(ended)
    assert rows(floor, "SELECT id FROM book_membership WHERE until IS NULL") == [(known,)]


def test_nobody_is_away_twice(floor: Floor) -> None:
    first, last = date(2026, 11, 23), date(2026, 11, 27)
    what = SayAway(floor.okafor, floor.silva, first, last, floor.okafor)
    away = floor.new(say_away, what)
    ended = floor.do(end_absence, EndAbsence(away, floor.okafor))
    later = SayAway(floor.okafor, floor.silva, first + timedelta(days=2), last, floor.okafor)
    # Another's number: what ended was the newest, and its number would be given anew.
    floor.new(say_away, SayAway(floor.silva, floor.okafor, last, last + timedelta(days=2), 2))
    again = floor.do(say_away, later)
    refuses(floor, ended, "SELECT * FROM absence")
    floor.undo(again)
    with pytest.raises(CannotUndo):
        floor.undo(ended)  # its number is another's by now
