"""Does the gate know all that the book says of a client, and answer by it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.domain.contacting import MAYBE, Message, MessageState, ReachPolicy
from clientele.domain.errors import NotThere
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.permission_answers import (
    Allowed,
    Bounced,
    NoAddress,
    NotUsed,
    NoYes,
    PolicyUnread,
    Quiet,
    Refused,
    SaidNo,
    TooMany,
    Wish,
)
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.tables import Consent, ContactMade, ContactPoint, Promise
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.permission import require
from clientele.store.queries.consent_page import consent_page
from clientele.store.queries.follow_up_gates import gates
from clientele.store.queries.follow_ups import open_of_client
from clientele.store.queries.message_fields import ways_open
from clientele.store.queries.permission import answer, known, policy
from tests.services.floor import Floor

SERVICE = Wish(Channel.CALL, Purpose.SERVICE)
NEWS = Wish(Channel.CALL, Purpose.NEWS)
A_DAY = timedelta(days=1)
TOO_WIDE = practice_json(Practice()).replace("08:00", "06:00", 1)


@pytest.fixture
def reachable(floor: Floor) -> Floor:
    """Daniel has a number and an address, and said nothing yet."""
    floor.add(
        ContactPoint(
            client_id=floor.daniel,
            kind=ContactKind.PHONE,
            value="020 555 0188",
            normalised="+31205550188",
        )
    )
    floor.add(
        ContactPoint(
            client_id=floor.daniel,
            kind=ContactKind.EMAIL,
            value="Daniel@example.com",
            normalised="daniel@example.com",
        )
    )
    return floor


def asked(floor: Floor, wish: Wish, at: datetime | None = None) -> Any:
    return floor.ask(answer, floor.daniel, wish, at=at or floor.clock.now())


def reasons(floor: Floor, wish: Wish) -> list[type]:
    found = asked(floor, wish)
    assert isinstance(found, Refused)
    return [type(one) for one in found.reasons]


def made(floor: Floor, ago: timedelta, **what: Any) -> None:
    row = {"channel": "call", "purpose": "service", "associate_id": floor.okafor, **what}
    floor.add(ContactMade(client_id=floor.daniel, took_place_at=floor.clock.now() - ago, **row))


def queued(floor: Floor, **what: Any) -> int:
    row = {
        "channel": "text",
        "purpose": "service",
        "way": "smtp",
        "address": "+31205550188",
        "body": "Ready",
        "message_key": f"key {what}",
        "queued_at": floor.clock.now(),
        "state": MessageState.QUEUED,
        **what,
    }
    return floor.add(Message(client_id=floor.daniel, associate_id=floor.silva, **row))


def test_service_needs_no_yes_and_news_do(reachable: Floor) -> None:
    assert isinstance(asked(reachable, SERVICE), Allowed)
    assert reasons(reachable, NEWS) == [NoYes]


@pytest.mark.parametrize("channel", ["call", ""])
@pytest.mark.parametrize("purpose", ["news", ""])
def test_words_count_by_channel_and_purpose(reachable: Floor, channel: str, purpose: str) -> None:
    now = reachable.clock.now()
    row: dict[str, Any] = {"client_id": reachable.daniel, "channel": channel, "purpose": purpose}
    reachable.add(Consent(allowed=True, said_at=now - A_DAY, **row))
    assert isinstance(asked(reachable, NEWS), Allowed)
    reachable.add(Consent(allowed=False, said_at=now, **row))
    assert reasons(reachable, NEWS) == [SaidNo]
    assert isinstance(asked(reachable, SERVICE), Refused if purpose == "" else Allowed)
    other = Wish(Channel.EMAIL, Purpose.SERVICE)
    assert isinstance(
        asked(reachable, other), Refused if (channel, purpose) == ("", "") else Allowed
    )


def test_without_an_address_there_is_no_way(floor: Floor) -> None:
    assert reasons(floor, SERVICE) == [NoAddress]


def test_what_cannot_be_read_is_no_address(floor: Floor) -> None:
    floor.add(ContactPoint(client_id=floor.daniel, kind="phone", value="12", normalised="12"))
    found = asked(floor, SERVICE)
    assert found.reasons == (NoAddress(Channel.CALL, unreadable=True),)


def test_the_number_tells_the_zones(reachable: Floor) -> None:
    facts = reachable.ask(known, [reachable.daniel, 999], now=reachable.clock.now())
    assert list(facts) == [reachable.daniel]
    assert facts[reachable.daniel].zones.source == ZoneSource.NUMBER
    late = reachable.clock.now() + timedelta(hours=11)
    found = asked(reachable, SERVICE, late)
    assert [type(one) for one in found.reasons] == [Quiet]


def test_contacts_of_every_department_use_up_the_week(reachable: Floor) -> None:
    made(reachable, 3 * A_DAY)
    assert isinstance(asked(reachable, SERVICE), Allowed)
    made(reachable, 2 * A_DAY, associate_id=reachable.silva, channel="email")
    found = asked(reachable, SERVICE)
    (full,) = found.reasons
    assert isinstance(full, TooMany)
    named = [(one.who, one.department) for one in full.reached.contacts]
    assert named == [("R. Okafor", "Men's Suits"), ("M. Silva", "Men's Shoes")]


def test_meetings_and_old_ones_and_their_own_messages_use_up_nothing(reachable: Floor) -> None:
    made(reachable, A_DAY, channel="meeting")
    made(reachable, 8 * A_DAY)
    made(reachable, 9 * A_DAY)
    made(reachable, A_DAY, for_promise=True)
    made(reachable, 2 * A_DAY)
    assert isinstance(asked(reachable, SERVICE), Allowed)


def test_each_message_of_theirs_may_be_answered_once(reachable: Floor) -> None:
    made(reachable, 3 * A_DAY)
    made(reachable, 2 * A_DAY)
    assert isinstance(asked(reachable, SERVICE), Refused)
    made(reachable, A_DAY, incoming=True)
    assert isinstance(asked(reachable, SERVICE), Allowed)
    made(reachable, timedelta(hours=1))
    assert isinstance(asked(reachable, SERVICE), Refused)
    made(reachable, timedelta(minutes=1), incoming=True)
    assert isinstance(asked(reachable, SERVICE), Allowed)


def test_a_wish_cannot_say_that_it_answers(reachable: Floor) -> None:
    made(reachable, 3 * A_DAY)
    made(reachable, 2 * A_DAY)
    now = reachable.clock.now()
    claims = Wish(Channel.CALL, Purpose.SERVICE, answers=now, for_promise=True)
    assert isinstance(asked(reachable, claims), Refused)
    reachable.add(
        Promise(
            client_id=reachable.daniel,
            associate_id=reachable.okafor,
            kind="alteration",
            what="hem",
            due_on=now.date(),
            promised_at=now,
            last_word_at=now,
        )
    )
    assert isinstance(asked(reachable, claims), Allowed)


def test_what_waits_to_go_out_counts_but_not_in_its_own_way(reachable: Floor) -> None:
    queued(reachable, state=MessageState.SENDING)
    last = queued(reachable, state=MessageState.UNSURE)
    queued(reachable, state=MessageState.CALLED_OFF)
    assert reasons(reachable, SERVICE) == [TooMany]
    now = reachable.clock.now()
    own = reachable.ask(answer, reachable.daniel, SERVICE, at=now, without=last)
    assert isinstance(own, Allowed)


def test_what_came_back_is_a_doubt_until_one_arrives(reachable: Floor) -> None:
    now = reachable.clock.now()
    mail = {"channel": "email", "address": "daniel@example.com"}
    queued(reachable, **mail, state=MessageState.REFUSED, ended_at=now - A_DAY)
    found = asked(reachable, Wish(Channel.EMAIL, Purpose.SERVICE))
    assert found == Allowed(now, (Bounced(Channel.EMAIL, now - A_DAY),))
    queued(reachable, **mail, state=MessageState.SENT, ended_at=now)
    assert asked(reachable, Wish(Channel.EMAIL, Purpose.SERVICE)).doubts == ()


@pytest.mark.parametrize("why", [MAYBE, ""])
def test_what_may_have_arrived_counts_also_when_it_was_called_off(
    reachable: Floor, why: str
) -> None:
    now = reachable.clock.now()
    mail = {"channel": "email", "address": "daniel@example.com", "why": why}
    for ago in (1, 2):
        queued(reachable, **mail, state=MessageState.CALLED_OFF, ended_at=now - ago * A_DAY)
    found = asked(reachable, SERVICE)
    assert isinstance(found, Refused) is (why == MAYBE)


def test_the_store_decides(reachable: Floor) -> None:
    assert reachable.ask(policy) == Policy()
    body = practice_json(Practice(Policy(call=ChannelRule(used=False))))
    reachable.add(ReachPolicy(body=body, updated_at=reachable.clock.now()))
    assert reasons(reachable, SERVICE) == [NotUsed]


@pytest.mark.parametrize("body", ["", "{}", '{"form":2}', TOO_WIDE])
def test_a_policy_that_cannot_be_read_lets_nobody_through(reachable: Floor, body: str) -> None:
    reachable.add(ReachPolicy(body=body, updated_at=reachable.clock.now()))
    for channel in Channel:
        for purpose in Purpose:
            assert reasons(reachable, Wish(channel, purpose)) == [PolicyUnread]
    with reachable.store.write() as session, pytest.raises(NotToBeReached) as stopped:
        require(session, reachable.daniel, SERVICE, at=reachable.clock.now())
    assert "so nobody is reached. Update the program" in stopped.value.sentence


def test_lists_open_where_the_policy_cannot_be_read(reachable: Floor) -> None:
    floor, now = reachable, reachable.clock.now()
    for channel in ("call", "email", "text"):
        what = NewFollowUp(floor.daniel, floor.okafor, channel, "ask how it is", now.date())
        floor.new(new_follow_up, what)
    floor.add(ReachPolicy(body="{", updated_at=now))
    rows = floor.ask(open_of_client, floor.daniel)
    found = floor.ask(gates, rows, now=now)
    assert len(found) == 3
    assert all(isinstance(one.answer(Channel.CALL, now), Refused) for one in found.values())
    assert floor.ask(consent_page, floor.daniel, now=now).policy.unread == "{"
    written = floor.ask(ways_open, floor.daniel, now=now)
    assert all(isinstance(one, Refused) for one in written.values())


def test_a_verb_is_stopped_with_the_sentence(reachable: Floor) -> None:
    now = reachable.clock.now()
    with reachable.store.write() as session:
        assert require(session, reachable.daniel, SERVICE, at=now) == Allowed(now)
        with pytest.raises(NotToBeReached) as stopped:
            require(session, reachable.daniel, NEWS, at=now)
        with pytest.raises(NotThere):
            require(session, 999, SERVICE, at=now)
    assert "has not said yes to hearing about news by telephone" in stopped.value.sentence
