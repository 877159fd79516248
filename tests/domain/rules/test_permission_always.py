"""Whatever a client said, whoever wrote and whenever: do the rules of reaching always hold?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import Zones, ZoneSource
from clientele.domain.rules.consent import Said, agreed
from clientele.domain.rules.contact_limits import LIMITS, Contact, Limit
from clientele.domain.rules.permission import (
    ChannelRule,
    Known,
    Point,
    Policy,
    earliest,
    overview,
    permission,
)
from clientele.domain.rules.permission_answers import Allowed, Refused, Wish
from clientele.domain.rules.permission_texts import answer_of, answer_text
from clientele.domain.rules.permission_words import explained
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.system.formats import Formats
from tests.examples import examples

DAY = timedelta(days=1)
T = TypeVar("T")
EVERYWHERE = tuple(Point(one) for one in Channel)
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kolkata",
    "Pacific/Chatham",
    "America/Sao_Paulo",
]
BEGIN = datetime(2018, 1, 1, tzinfo=UTC)
a_channel, a_purpose = st.sampled_from(Channel), st.sampled_from(Purpose)
# Days of 2018 around which clocks changed in one of the zones, and others.
asked = st.builds(
    lambda day, minute: BEGIN + timedelta(days=day, minutes=minute),
    st.sampled_from([47, 69, 83, 90, 200, 272, 279, 300, 306, 307, 308, 363]) | st.integers(0, 364),
    st.integers(0, 24 * 60 - 1),
)
said_rows = st.builds(
    Said,
    st.none() | a_channel,
    st.none() | a_purpose,
    st.booleans(),
    st.integers(0, 5).map(lambda one: BEGIN - one * DAY),
)


def allowed(wish: Wish, known: Known, policy: Policy, at: datetime) -> bool:
    """Whether it may be done."""
    return isinstance(permission(wish, known, policy, at), Allowed)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Wish, Known, Policy, datetime]:
    """A wish about a client of some past, in some store, at some moment."""
    at = draw(asked)
    zones = draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=2, unique=True))
    contact = st.builds(
        Contact,
        st.integers(-9 * 24, 30).map(lambda one: at + timedelta(hours=one)),
        a_channel,
        a_purpose,
        st.sampled_from(["Ingrid", "Tom"]),
        is_reply=st.booleans(),
        for_promise=st.booleans(),
        planned=st.booleans(),
    )
    day = st.sampled_from([DayHours(), DayHours(time(10), time(18, 30)), None])
    rule = st.builds(ChannelRule, st.sampled_from([True] * 7 + [False]), st.booleans())
    policy = Policy(
        draw(rule),
        draw(rule),
        draw(rule),
        hours=Hours(tuple(draw(st.lists(day, min_size=7, max_size=7)))),
        email_at_any_hour=draw(st.booleans()),
        limits=draw(st.sampled_from([LIMITS, (Limit(1, 2),), ()])),
    )
    known = Known(
        Zones(tuple(zones), ZoneSource.NUMBER),
        tuple(draw(st.lists(said_rows, max_size=4))),
        tuple(draw(st.lists(contact, max_size=4))),
        draw(st.sampled_from([EVERYWHERE, EVERYWHERE, EVERYWHERE, EVERYWHERE[1:], ()])),
    )
    answers = draw(st.none() | st.integers(-9, 0).map(lambda one: at + one * DAY))
    wish = Wish(draw(a_channel), draw(a_purpose), answers, draw(st.booleans()))
    return wish, known, policy, at


@settings(max_examples=examples(150), deadline=None)
@given(situations())
def test_nothing_is_allowed_against_the_newest_word(
    case: tuple[Wish, Known, Policy, datetime],
) -> None:
    wish, known, policy, at = case
    for (channel, purpose), answer in overview(known, policy, at).items():
        there = [one for one in known.said if one.covers(channel, purpose)]
        newest = max((one.at for one in there), default=None)
        if any(one.at == newest and not one.allowed for one in there):
            assert isinstance(answer, Refused)
            assert answer.earliest is None
        if purpose == Purpose.NEWS and not any(one.allowed for one in there):
            assert isinstance(answer, Refused)
    if isinstance(permission(wish, known, policy, at), Allowed):
        assert agreed(known.said, wish.channel, wish.purpose) is not False


@settings(max_examples=examples(150), deadline=None)
@given(situations())
def test_the_earliest_moment_is_allowed_and_no_earlier_one_is(
    case: tuple[Wish, Known, Policy, datetime],
) -> None:
    wish, known, policy, at = case
    found = earliest(wish, known, policy, at)
    if found is not None:
        assert found >= at
        assert allowed(wish, known, policy, found)
    assert (found == at) is allowed(wish, known, policy, at)
    probe = at
    end = at + 3 * DAY if found is None else min(found, at + 10 * DAY)
    while probe < end:
        assert not allowed(wish, known, policy, probe)
        probe += timedelta(minutes=97)
    if found is not None and found > at:
        assert not allowed(wish, known, policy, found - timedelta(seconds=1))


@settings(max_examples=examples(150), deadline=None)
@given(situations(), said_rows, st.integers(-9 * 24, 30), a_channel, a_purpose)
def test_one_more_refusal_or_contact_never_allows_anything(
    case: tuple[Wish, Known, Policy, datetime],
    row: Said,
    hours: int,
    channel: Channel,
    purpose: Purpose,
) -> None:
    wish, known, policy, at = case
    no = replace(row, allowed=False)
    contact = Contact(at + timedelta(hours=hours), channel, purpose, "Ada")
    before = earliest(wish, known, policy, at)
    for more in (
        replace(known, said=(*known.said, no)),
        replace(known, contacts=(*known.contacts, contact)),
    ):
        if not allowed(wish, known, policy, at):
            assert not allowed(wish, more, policy, at)
        after = earliest(wish, more, policy, at)
        assert after is None or (before is not None and before <= after)


@settings(max_examples=examples(100), deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_answer(
    case: tuple[Wish, Known, Policy, datetime], shuffle: Random
) -> None:
    wish, known, policy, at = case

    def mixed(rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(shuffle.sample(rows, len(rows)))

    other = Known(
        replace(known.zones, names=mixed(known.zones.names)),
        mixed(known.said),
        mixed(known.contacts),
        mixed(known.points),
    )
    assert permission(wish, known, policy, at) == permission(wish, other, policy, at)


@settings(max_examples=examples(100), deadline=None)
@given(situations())
def test_what_is_offered_instead_is_allowed_at_that_moment(
    case: tuple[Wish, Known, Policy, datetime],
) -> None:
    wish, known, policy, at = case
    answer = permission(wish, known, policy, at)
    if isinstance(answer, Allowed):
        return
    assert answer.reasons
    for channel, purpose in product(Channel, Purpose):
        if (channel == wish.channel) == (purpose == wish.purpose):
            continue
        offered = channel in answer.channels or (
            channel == wish.channel and purpose in answer.purposes
        )
        other = replace(wish, channel=channel, purpose=purpose)
        assert allowed(other, known, policy, at) is offered


@settings(max_examples=examples(60), deadline=None)
@given(situations(), st.sampled_from(["en", "en_US", "de", "nl"]))
def test_every_refusal_has_its_sentences(
    case: tuple[Wish, Known, Policy, datetime], locale: str
) -> None:
    answer = permission(*case)
    if isinstance(answer, Refused):
        said = explained(answer, Formats(locale, "Europe/Berlin"))
        assert len(said.why) == len(answer.reasons)
        for sentence in (*said.why, *said.instead, said.when, *said.doubts):
            assert sentence.endswith(".")
            assert "{" not in sentence


@settings(max_examples=examples(150), deadline=None)
@given(situations(), st.sampled_from(["", "", "form 2"]))
def test_a_refusal_is_kept_whole_for_every_language(
    case: tuple[Wish, Known, Policy, datetime], unread: str
) -> None:
    wish, known, policy, at = case
    answer = permission(wish, known, replace(policy, unread=unread), at)
    if isinstance(answer, Refused):
        assert answer_of(answer_text(answer)) == answer
        assert answer_of(answer_text(answer)[:-1]) is None


def test_a_sentence_of_before_is_no_answer() -> None:
    for text in ("", "It is 22:00 where the client is.", "[]", "null", "7", '{"wish":["fax"]}'):
        assert answer_of(text) is None
