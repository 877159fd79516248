"""Is there a sequence of acts by which a client is reached in a way that is not allowed?

Random acts on a real book: words of the client's, other policies, hours that pass, clocks set
back, follow-ups that are done, messages queued, sent, handed over and answered, several done at
once. Whatever was reached is held against a plain reading of the rules that shares no code with
them (``Oracle``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MailAccount, Message, Way
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.policy_texts import Practice
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.domain.rules.sending import MailMove
from clientele.domain.tables import Associate, Client, ContactMade, ContactPoint, FollowUp
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import (
    DoFollowUp,
    NewFollowUp,
    do_follow_up,
    new_follow_up,
)
from clientele.services.follow_ups_many import DoFollowUps, do_follow_ups
from clientele.services.messages import (
    HandOver,
    LogReply,
    QueueMessage,
    SayIfSent,
    Written,
    hand_over,
    log_reply,
    queue_message,
    say_if_sent,
)
from clientele.services.reach_policy import SetReachPolicy, set_reach_policy
from clientele.services.sending import (
    Begin,
    DecideMail,
    Ended,
    MarkDot,
    begin,
    decide_mail,
    ended,
    mark_dot,
)
from clientele.store.queries.mail_accounts import leaves_by
from clientele.store.session import open_store
from clientele.system.clock import FixedClock
from clientele.system.mail_answers import Ending, Outcome, Step
from tests.conftest import DATA_KEY
from tests.examples import examples
from tests.services.floor import a_floor

HOME = "America/New_York"
PHONE, MAIL = "+12125550142", "daniel@example.com"
BEGINS = datetime(2026, 10, 28, 15, tzinfo=UTC)
"""Four days before clocks go back in New York, three after they did in the store."""
A_WEEK = timedelta(days=7)
A_SECOND = timedelta(seconds=1)
"""No two acts take place at once: which of them answers the other, nobody could say."""
channels, purposes = st.sampled_from(Channel), st.sampled_from(Purpose)
no_or_channel = st.sampled_from(["", *(one.value for one in Channel)])
no_or_purpose = st.sampled_from(["", *(one.value for one in Purpose)])
POLICIES = (
    Policy(),
    Policy(call=ChannelRule(used=False), limits=(Limit(1, 2),)),
    Policy(
        email=ChannelRule(news_named=True),
        text=ChannelRule(service_needs_yes=True),
        hours=Hours((DayHours(time(10), time(18)),) * 5 + (None, None)),
    ),
    Policy(email_at_any_hour=True, limits=(Limit(3, 3), Limit(1, 1, Purpose.NEWS))),
)


@dataclass
class Oracle:
    """What was said and done, and the rules read plainly."""

    policy: Policy = field(default_factory=Policy)
    words: list[tuple[str, str, bool]] = field(default_factory=list)
    """In the order in which they were said."""
    reached: list[tuple[datetime, Purpose]] = field(default_factory=list)
    """What counts against the limits."""
    wrote: datetime | None = None
    """When the client wrote what nobody answered yet."""

    def consents(self, channel: Channel, purpose: Purpose) -> bool:
        refused: list[tuple[str, str]] = []
        agreed = named = False
        for one, about, yes in self.words:
            if one not in ("", channel) or about not in ("", purpose):
                continue
            if yes:
                agreed, named = True, named or about == purpose
                refused = [no for no in refused if not lifted(no, (one, about))]
            else:
                refused.append((one, about))
        if refused:
            return False
        rule = {"call": self.policy.call, "email": self.policy.email, "text": self.policy.text}
        asks = rule[channel.value]
        if not asks.used:
            return False
        if purpose == Purpose.NEWS:
            return named if asks.news_named else agreed
        return agreed or not asks.service_needs_yes

    def hours(self, channel: Channel, at: datetime) -> bool:
        if channel == Channel.EMAIL and self.policy.email_at_any_hour:
            return True
        there = at.astimezone(ZoneInfo(HOME))
        day = self.policy.hours.week[there.weekday()]
        return day is not None and day.opens <= there.time() < day.closes

    def answers(self, purpose: Purpose, at: datetime) -> bool:
        wrote = self.wrote
        return purpose == Purpose.SERVICE and wrote is not None and at - wrote < A_WEEK

    def room(self, purpose: Purpose, at: datetime) -> bool:
        if self.answers(purpose, at):
            return True
        for limit in self.policy.limits:
            if limit.purpose not in (None, purpose):
                continue
            near = [
                when
                for when, about in self.reached
                if limit.purpose in (None, about) and abs(at - when) < timedelta(days=limit.days)
            ]
            if len(near) >= limit.most:
                return False
        return True

    def allows(self, channel: Channel, purpose: Purpose, at: datetime) -> bool:
        return (
            self.consents(channel, purpose) and self.hours(channel, at) and self.room(purpose, at)
        )

    def count(self, purpose: Purpose, at: datetime) -> None:
        if self.answers(purpose, at):
            self.wrote = None
        else:
            self.reached.append((at, purpose))


def lifted(no: tuple[str, str], yes: tuple[str, str]) -> bool:
    return no[0] in ("", yes[0]) and no[1] in ("", yes[1])


class NoWayAround(RuleBasedStateMachine):
    """One client, reached by everything there is."""

    def __init__(self, folder: Path, empty: Path, names: Iterator[int]) -> None:
        super().__init__()
        path = folder / f"{next(names)}.clientele"
        shutil.copyfile(empty, path)
        self.clock = FixedClock(BEGINS)
        self.floor = floor = a_floor(open_store(path, DATA_KEY), self.clock)
        self.client = floor.daniel
        for kind, value in (("phone", PHONE), ("email", MAIL)):
            floor.add(ContactPoint(client_id=self.client, kind=kind, value=value, normalised=value))
        with floor.store.write() as session:
            session.execute(update(Client).values(time_zone=HOME))
            session.execute(update(Associate).values(role="store manager"))
        floor.add(
            MailAccount(
                whose="store",
                host="mail.example",
                port=465,
                security="tls",
                user="shop",
                sender_name="Herengracht",
                sender_address="hello@shop.example",
                updated_at=BEGINS,
            )
        )
        self.oracle = Oracle()
        self.all_the_same = 0
        self.arrived = 0
        self.waiting: list[int] = []
        self.handed: list[tuple[int, Purpose]] = []
        self.alone = True
        """Nothing waits or was handed over, so that the gate has nothing to add to the oracle."""

    def teardown(self) -> None:
        self.floor.store.close()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def judged(self, channel: Channel, purpose: Purpose, verb: Any, what: Any) -> int | None:
        """Do it; it has to be refused by the gate where, and only where, the oracle says no."""
        allowed = self.oracle.allows(channel, purpose, self.now)
        idle = not self.waiting and not self.handed
        try:
            subject: int | None = self.floor.do(verb, what).subject
        except NotToBeReached:
            assert not (allowed and idle), "refused, and it is allowed"
            return None
        assert allowed, "reached, and it is not allowed"
        return subject

    @rule(channel=no_or_channel, purpose=no_or_purpose, yes=st.sampled_from([True, True, False]))
    def the_client_says(self, channel: str, purpose: str, yes: bool) -> None:
        self.clock.advance(A_SECOND)
        what = SayConsent(self.client, channel, yes, self.floor.okafor, purpose=purpose)
        try:
            self.floor.do(say_consent, what)
        except Refusal:
            return
        self.oracle.words.append((channel, purpose, yes))

    @rule()
    def the_client_objects(self) -> None:
        self.the_client_says("", "news", False)

    @rule(policy=st.sampled_from(POLICIES))
    def the_store_decides(self, policy: Policy) -> None:
        self.clock.advance(A_SECOND)
        self.floor.do(set_reach_policy, SetReachPolicy(Practice(policy), self.floor.silva))
        self.oracle.policy = policy

    @rule(minutes=st.sampled_from([1, 61, 240, 600, 1440, 4320, 10_080]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(channel=channels)
    def the_client_writes(self, channel: Channel) -> None:
        self.clock.advance(A_SECOND)
        self.floor.do(log_reply, LogReply(self.client, self.floor.okafor, channel))
        self.oracle.wrote = self.now

    @rule(channel=channels, purpose=purposes, other=st.none() | channels, although=st.booleans())
    def a_follow_up_is_done(
        self, channel: Channel, purpose: Purpose, other: Channel | None, although: bool
    ) -> None:
        self.clock.advance(A_SECOND)
        floor, by = self.floor, self.floor.okafor
        made = floor.new(
            new_follow_up,
            NewFollowUp(self.client, by, channel, "say hello", self.now.date(), purpose=purpose),
        )
        used = other or channel
        done = DoFollowUp(made, by, "said hello", channel=(other or ""), although=although)
        if not although:
            if self.judged(used, purpose, do_follow_up, done) is not None:
                self.oracle.count(purpose, self.now)
                self.arrived += 1
            return
        allowed = self.oracle.allows(used, purpose, self.now)
        floor.do(do_follow_up, done)
        self.oracle.count(purpose, self.now)
        with floor.store.read() as session:
            rows = select(ContactMade).order_by(col(ContactMade.id).desc())
            against = session.scalars(rows).first()
            assert against is not None
            assert allowed or against.against, "it is kept as what it was"
            self.all_the_same += bool(against.against)
            self.arrived += not against.against

    @rule()
    def all_that_is_open_is_done_at_once(self) -> None:
        self.clock.advance(A_SECOND)
        with self.floor.store.read() as session:
            open_ones = session.scalars(
                select(col(FollowUp.id)).where(col(FollowUp.state) == "open")
            ).all()
        if open_ones:
            ids = tuple(one for one in open_ones if one is not None)
            self.floor.do(do_follow_ups, DoFollowUps(ids, self.floor.silva, "all called"))

    def written(self, channel: Channel, purpose: Purpose) -> Written:
        address = MAIL if channel == Channel.EMAIL else PHONE
        return Written(self.client, self.floor.silva, channel, purpose, address, "Hello", "A word")

    @rule(purpose=purposes)
    def an_e_mail_is_queued(self, purpose: Purpose) -> None:
        self.clock.advance(A_SECOND)
        if self.handed:
            return
        what = QueueMessage(self.written(Channel.EMAIL, purpose))
        made = self.judged(Channel.EMAIL, purpose, queue_message, what)
        if made is not None:
            self.waiting.append(made)

    @rule(
        which=st.integers(0, 3),
        how=st.sampled_from([Ending.SENT, Ending.SENT, Ending.UNSURE, Ending.LATER]),
    )
    def an_e_mail_is_sent(self, which: int, how: Ending) -> None:
        self.clock.advance(A_SECOND)
        if not self.waiting:
            return
        key = self.waiting[which % len(self.waiting)]
        with self.floor.store.read() as session:
            account = leaves_by(session, self.floor.silva)
            row = session.get(Message, key)
            assert account is not None
            assert row is not None
            purpose = Purpose(row.purpose)
        allowed = self.oracle.allows(Channel.EMAIL, purpose, self.now)
        if self.floor.do(begin, Begin(key, account)).subject is None:
            self._still_there(key)
            return
        assert allowed, "it leaves, and it is not allowed"
        self.floor.do(mark_dot, MarkDot(key))
        self.floor.do(ended, Ended(key, account, Outcome(how, Step.DOT)))
        if how != Ending.LATER:
            self.oracle.count(purpose, self.now)
            self.arrived += how == Ending.SENT
            self.waiting.remove(key)

    def _still_there(self, key: int) -> None:
        with self.floor.store.read() as session:
            row = session.get(Message, key)
            assert row is not None
            state = row.state
        if state == "refused":
            with suppress(NotToBeReached):  # whoever asks again is asked again
                self.floor.do(decide_mail, DecideMail(key, self.floor.silva, MailMove.AGAIN))

    @rule(channel=channels, purpose=purposes)
    def a_message_is_handed_over(self, channel: Channel, purpose: Purpose) -> None:
        self.clock.advance(A_SECOND)
        if self.handed:
            return
        way = Way.PROGRAM if channel == Channel.EMAIL else Way.PHONE
        what = HandOver(self.written(channel, purpose), way)
        made = self.judged(channel, purpose, hand_over, what)
        if made is not None:
            self.handed.append((made, purpose))

    @rule(sent=st.booleans())
    def it_is_said_whether_it_was_sent(self, sent: bool) -> None:
        self.clock.advance(A_SECOND)
        if not self.handed:
            return
        key, purpose = self.handed.pop()
        with self.floor.store.read() as session:
            row = session.get(Message, key)
            assert row is not None
            at = row.queued_at
        self.floor.do(say_if_sent, SayIfSent(key, self.floor.silva, sent))
        if sent:
            self.oracle.count(purpose, at)
            self.arrived += 1

    @invariant()
    def every_contact_was_allowed_or_says_that_it_was_not(self) -> None:
        with self.floor.store.read() as session:
            rows = session.scalars(select(ContactMade)).all()
            out = [row for row in rows if not row.incoming]
            assert sum(not row.against for row in out) == self.arrived
            assert sum(bool(row.against) for row in out) == self.all_the_same


def test_no_sequence_of_acts_reaches_a_client_who_is_not_to_be_reached(
    empty_book: Path, tmp_path: Path
) -> None:
    names = count()
    machine: Any = lambda: NoWayAround(tmp_path, empty_book, names)  # noqa: E731
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples(12),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
