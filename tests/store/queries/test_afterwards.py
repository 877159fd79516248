"""What comes after a visit, and what should be kept in mind during it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from clientele.domain.client import Channel
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.tables import ContactPoint, FollowUp, Occasion, Promise, ReachPolicy
from clientele.services.consents import SayConsent, say_consent
from clientele.services.visits import StartVisit, start_visit
from clientele.store.queries.afterwards import afterwards
from clientele.store.queries.in_mind import AHEAD, in_mind
from tests.services.floor import Floor
from tests.store.queries.test_visit import bought

TODAY = date(2026, 11, 21)


def follow_up(floor: Floor, reason: str, **fields: Any) -> int:
    whole = {"channel": "call", "due_on": TODAY, "created_at": floor.clock.now(), **fields}
    return floor.add(
        FollowUp(client_id=floor.daniel, associate_id=floor.okafor, reason=reason, **whole)
    )


def test_what_is_planned_and_what_was_taken_up(floor: Floor) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    ticket = bought(floor, floor.clock.now(), (floor.suits, "Suit", 90000))
    follow_up(floor, "later", due_on=TODAY + timedelta(days=9))
    follow_up(floor, "sooner")
    follow_up(floor, "Thank-you note", purchase_id=ticket, visit_id=visit, state="done")
    found = floor.ask(afterwards, visit, floor.daniel, now=floor.clock.now())
    assert [row.reason for row in found.planned] == ["sooner", "later"]
    assert found.taken_up == {(ticket, "Thank-you note")}


def test_how_they_may_be_reached(floor: Floor) -> None:
    for kind, value in (("phone", "+31206241111"), ("email", "daniel@example.com")):
        floor.add(ContactPoint(client_id=floor.daniel, kind=kind, value=value, normalised=value))
    for channel, yes in ((Channel.EMAIL, True), (Channel.TEXT, False)):
        floor.do(say_consent, SayConsent(floor.daniel, channel, yes, floor.okafor))
    found = floor.ask(afterwards, 1, floor.daniel, now=floor.clock.now())
    assert {way.channel: way.allowed for way in found.ways} == {
        "call": None,
        "email": True,
        "text": False,
    }
    assert [way.value for way in found.ways][1] == "daniel@example.com"


def test_a_way_that_the_store_does_not_use_is_not_offered(floor: Floor) -> None:
    for kind, value in (("phone", "+31206241111"), ("email", "daniel@example.com")):
        floor.add(ContactPoint(client_id=floor.daniel, kind=kind, value=value, normalised=value))
    floor.do(say_consent, SayConsent(floor.daniel, "", True, floor.okafor))
    rules = Policy(email=ChannelRule(used=False))
    floor.add(ReachPolicy(body=practice_json(Practice(rules)), updated_at=floor.clock.now()))
    found = floor.ask(afterwards, 1, floor.daniel, now=floor.clock.now())
    assert [way.channel for way in found.ways if way.open] == ["call", "text"]


def test_promises_and_days_within_a_month(floor: Floor) -> None:
    now = floor.clock.now()
    for state in ("ready", "kept"):
        floor.add(
            Promise(
                client_id=floor.daniel,
                associate_id=floor.okafor,
                kind="alteration",
                what=state,
                due_on=TODAY,
                state=state,
                promised_at=now,
                last_word_at=now,
            )
        )
    for days in (0, AHEAD.days, AHEAD.days + 1):
        day = TODAY + timedelta(days=days)
        floor.add(
            Occasion(
                client_id=floor.daniel, kind="other", title=f"{days}", month=day.month, day=day.day
            )
        )
    found = floor.ask(in_mind, floor.daniel, now=now, today=TODAY)
    assert [row.what for row in found.promises] == ["ready"]
    assert [row.title for row in found.occasions] == ["0", "30"]
