"""Is what a client said kept word for word, and does it count for all that it names, at once?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import NotThere
from clientele.domain.rules.consent import agreed, refusals, stands
from clientele.domain.tables import Client, Consent
from clientele.services.clients import NewClient, new_client
from clientele.services.consents import SayConsent, YesTooBroad, say_consent
from clientele.services.merging import Merge, merge_clients
from clientele.store.queries.contact_points import said_of
from clientele.store.queries.filter_known import _consent
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.examples import examples
from tests.services.floor import Floor, a_floor

PLACES = [(channel, purpose) for channel in Channel for purpose in Purpose]
channels = st.sampled_from(["", *(one.value for one in Channel)])
purposes = st.sampled_from(["", *(one.value for one in Purpose)])
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Each talk is that of somebody new, so one book serves them all."""
words = st.lists(st.tuples(channels, purposes, st.booleans()), max_size=6)


def say(floor: Floor, allowed: bool, channel: str = "", purpose: str = "", **more: Any) -> None:
    what = SayConsent(floor.daniel, channel, allowed, floor.okafor, purpose=purpose, **more)
    floor.do(say_consent, what)


def said(floor: Floor, channel: Channel, purpose: Purpose) -> bool | None:
    there = floor.ask(said_of, [floor.daniel]).get(floor.daniel, [])
    return agreed(there, channel, purpose)


def test_all_that_proves_it_is_kept(floor: Floor) -> None:
    asked = "May we e-mail you when something new comes in?"
    say(floor, True, "email", "news", how=" told me at the till ", words=f" {asked} ")
    with floor.store.read() as session:
        row = session.scalars(select(Consent)).one()
        assert (row.channel, row.purpose, row.allowed) == ("email", "news", True)
        assert (row.how, row.words) == ("told me at the till", asked)
        assert (row.associate_id, row.said_at) == (floor.okafor, floor.clock.now())


def test_one_word_closes_news_on_every_channel(floor: Floor) -> None:
    for channel in Channel:
        say(floor, True, channel.value, "news")
    say(floor, False, purpose="news")
    assert [said(floor, one, Purpose.NEWS) for one in Channel] == [False] * 3
    assert [said(floor, one, Purpose.SERVICE) for one in Channel] == [None] * 3


def test_only_a_yes_that_names_news_opens_them_again(floor: Floor) -> None:
    say(floor, False, purpose="news")
    with pytest.raises(YesTooBroad):
        say(floor, True, "email")
    say(floor, True, "email", "news")
    assert said(floor, Channel.EMAIL, Purpose.NEWS) is True
    assert said(floor, Channel.CALL, Purpose.NEWS) is False


def test_a_clock_that_was_set_back_weakens_no_word(floor: Floor) -> None:
    say(floor, True, "call", "news")
    floor.clock.advance(-timedelta(hours=2))
    say(floor, False, "call", "news")
    assert said(floor, Channel.CALL, Purpose.NEWS) is False
    say(floor, True, "call", "news")
    assert said(floor, Channel.CALL, Purpose.NEWS) is True


def test_nobody_says_anything_for_one_who_is_gone(floor: Floor) -> None:
    with pytest.raises(NotThere):
        floor.do(say_consent, SayConsent(999, "call", False, floor.okafor))


def test_in_short_a_page_tells_what_is_open_and_what_is_not(floor: Floor) -> None:
    say(floor, False, "call")
    say(floor, True, "email", "news")
    say(floor, False, "text", "news")
    short = stands(floor.ask(said_of, [floor.daniel])[floor.daniel])
    assert short.reached == {"call": False, "email": True}
    assert short.no_news == {"text"}


def test_what_a_newer_version_wrote_counts_as_no_and_never_as_yes(floor: Floor) -> None:
    say(floor, True, "call", "news")
    at = floor.clock.now() + timedelta(minutes=1)
    yes: dict[str, Any] = {
        "client_id": floor.daniel,
        "channel": "pigeon",
        "purpose": "",
        "said_at": at,
    }
    floor.add(Consent(**yes, allowed=True))
    assert said(floor, Channel.TEXT, Purpose.NEWS) is None
    floor.add(Consent(**{**yes, "channel": "call", "purpose": "gossip"}, allowed=False))
    assert said(floor, Channel.CALL, Purpose.NEWS) is False


@pytest.fixture
def talks(store: Store, clock: FixedClock) -> Floor:
    """A floor for many talks, one after the other."""
    return a_floor(store, clock)


def new_talk(floor: Floor, spoken: list[tuple[str, str, bool]]) -> int:
    """Somebody new who says these, a day apart, each kept as it stands."""
    client = floor.new(new_client, NewClient(floor.okafor, "Jon"))
    for days, (channel, purpose, allowed) in enumerate(spoken):
        at = floor.clock.now() + timedelta(days=days)
        row: dict[str, Any] = {
            "client_id": client,
            "channel": channel,
            "purpose": purpose,
            "said_at": at,
        }
        floor.add(Consent(**row, allowed=allowed))
    return client


@settings(MANY, max_examples=examples(40))
@given(spoken=words)
def test_a_list_finds_whom_the_rules_say(talks: Floor, spoken: list[Any]) -> None:
    client = new_talk(talks, spoken)
    there = talks.ask(said_of, [client]).get(client, [])
    for channel in Channel:
        for wanted in (True, False):
            with talks.store.read() as session:
                found = session.scalars(_consent(channel.value, wanted)).all()
            assert (client in found) == (agreed(there, channel, Purpose.NEWS) is wanted)


@settings(MANY, max_examples=examples(25))
@given(one=words, other=words)
def test_a_merge_forgets_no_refusal(talks: Floor, one: list[Any], other: list[Any]) -> None:
    two = new_talk(talks, one), new_talk(talks, other)
    before = talks.ask(said_of, list(two))
    talks.clock.advance(timedelta(days=30))
    talks.do(merge_clients, Merge(*two, by=talks.okafor, chosen={}))
    (kept,) = talks.ask(_there, two)
    after = talks.ask(said_of, [kept]).get(kept, [])
    for place in PLACES:
        refused = any(refusals(before.get(key, []), *place) for key in two)
        assert bool(refusals(after, *place)) == refused


def _there(session: Any, two: tuple[int, int]) -> list[int]:
    return list(session.scalars(select(col(Client.id)).where(col(Client.id).in_(two))))
