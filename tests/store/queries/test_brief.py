"""The brief: everything an associate reads before a client arrives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from clientele.domain.plans import FollowUpState
from clientele.domain.tables import Appointment, FollowUp, Note, Occasion, Promise
from clientele.store.queries.brief import LAST_NOTES, LAST_TICKETS, Brief, brief
from tests.services.floor import Floor
from tests.store.queries.test_visit import bought


def the_brief(floor: Floor) -> Brief:
    found = floor.ask(brief, floor.daniel, now=floor.clock.now())
    assert isinstance(found, Brief)
    return found


def test_nobody(floor: Floor) -> None:
    assert floor.ask(brief, 99, now=floor.clock.now()) is None


def test_of_a_new_client_nothing_is_invented(floor: Floor) -> None:
    found = the_brief(floor)
    assert found.client.named.name == "Daniel Tran"
    assert (found.expected_at, found.about, found.most_lines) == (None, "", None)
    assert (found.promises, found.tickets, found.turned_out, found.occasions) == ((), (), (), ())
    assert found.client.not_yet == ("Men's Suits", "Men's Shoes", "Accessories")
    assert found.store == "Herengracht"


def test_what_they_are_expected_for(floor: Floor) -> None:
    now = floor.clock.now()

    def expected(at: datetime, about: str, **fields: Any) -> None:
        floor.add(
            Appointment(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                starts_at=at,
                about=about,
                **fields,
            )
        )

    expected(now - timedelta(days=1), "yesterday")
    expected(now + timedelta(days=3), "later")
    expected(now + timedelta(hours=2), "cancelled", cancelled_at=now)
    assert the_brief(floor).about == "later"
    # This morning's is still told: who is late is still expected.
    expected(now - timedelta(hours=1), "suit collection")
    assert the_brief(floor).about == "suit collection"
    assert the_brief(floor).expected_at == now - timedelta(hours=1)


def test_open_promises_and_occasions_ahead(floor: Floor) -> None:
    now = floor.clock.now()
    for what, due, state in (
        ("hem", date(2026, 11, 24), "ready"),
        ("loafer", date(2026, 11, 22), "open"),
        ("kept", date(2026, 11, 22), "kept"),
    ):
        floor.add(
            Promise(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                kind="alteration",
                what=what,
                due_on=due,
                state=state,
                promised_at=now,
                last_word_at=now,
            )
        )
    floor.add(Occasion(client_id=floor.daniel, kind="wedding", month=12, day=5, every_year=False))
    floor.add(Occasion(client_id=floor.daniel, kind="other", title="far", month=5, day=5))
    found = the_brief(floor)
    assert [row.what for row in found.promises] == ["loafer", "hem"]
    assert [(row.kind, row.on) for row in found.occasions] == [("wedding", date(2026, 12, 5))]


def test_the_last_tickets_and_notes(floor: Floor) -> None:
    now = floor.clock.now()
    for day in range(LAST_TICKETS + 2):
        bought(floor, now - timedelta(days=day), (floor.shoes, f"Pair {day}", 100))
        floor.add(
            Note(client_id=floor.daniel, body=f"note {day}", written_at=now - timedelta(days=day))
        )
    found = the_brief(floor)
    assert [entry.items for entry in found.tickets] == [
        (f"Pair {day}",) for day in range(LAST_TICKETS)
    ]
    assert [entry.words for entry in found.notes] == [f"note {day}" for day in range(LAST_NOTES)]


def test_how_purchases_turned_out(floor: Floor) -> None:
    now = floor.clock.now()
    old = bought(floor, now - timedelta(days=90), (floor.shoes, "Oxford", 28500))
    new = bought(
        floor,
        now - timedelta(days=30),
        (floor.shoes, "Oxford", 28500),
        (floor.suits, "Suit", 90000),
    )
    back = bought(floor, now - timedelta(days=20), (floor.shoes, "Oxford", -28500))
    bought(floor, now - timedelta(days=19), (floor.shoes, "Belt", -100))
    for state, outcome in (
        (FollowUpState.DONE, "the shoes held up"),
        (FollowUpState.DONE, ""),
        (FollowUpState.OPEN, "not yet"),
    ):
        floor.add(
            FollowUp(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                purchase_id=old,
                channel="call",
                reason="How are the shoes?",
                due_on=now.date(),
                state=state,
                outcome=outcome,
                done_at=now if state == FollowUpState.DONE else None,
                created_at=now,
            )
        )
    told = [(one.purchase_id, one.item, one.said) for one in the_brief(floor).turned_out]
    assert told == [(new, "Oxford", ""), (old, "", "the shoes held up")]
    assert back not in {key for key, _, _ in told}


def test_a_client_known_by_purchases_only(floor: Floor) -> None:
    bought(
        floor,
        datetime(2017, 12, 31, 20, 12, tzinfo=UTC),
        (floor.suits, "", 20000),
        (floor.shoes, "", 100),
        (floor.shoes, "", 200),
    )
    found = the_brief(floor)
    assert found.most_lines is not None
    assert (found.most_lines.department, found.most_lines.lines) == ("Men's Shoes", 2)
    assert (found.client.tickets, found.client.lines, found.client.spent) == (1, 3, 20300)
    assert found.client.across == ()
    assert found.client.not_yet == ("Accessories",)
