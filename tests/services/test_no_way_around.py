"""Is there a sequence of acts by which a client is reached in a way that is not allowed?

Random acts on a real book: words of the client's, other policies, hours that pass, clocks set
back, follow-ups that are done, messages queued, sent, handed over and answered, several done at
once, two entries of one client merged, and any of it taken back. Whatever was reached is held
against a plain reading of the rules that shares no code with them (``plain_rules``).
"""

from __future__ import annotations

from contextlib import suppress
from datetime import time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import Message, Way
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.rules.policy_texts import Practice
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.domain.rules.sending import MailMove
from clientele.domain.tables import ContactMade, FollowUp
from clientele.services.changes import Changes
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import (
    DoFollowUp,
    NewFollowUp,
    do_follow_up,
    new_follow_up,
)
from clientele.services.follow_ups_many import DoFollowUps, do_follow_ups
from clientele.services.merging import Merge, merge_clients
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
from clientele.services.undo import CannotUndo
from clientele.store.queries.mail_accounts import leaves_by
from clientele.system.mail_answers import Ending, Outcome, Step
from tests.examples import examples
from tests.services.two_entries import MAIL, PHONE, TwoEntries

channels, purposes = st.sampled_from(Channel), st.sampled_from(Purpose)
no_or_channel = st.sampled_from(["", *(one.value for one in Channel)])
no_or_purpose = st.sampled_from(["", *(one.value for one in Purpose)])
a_client = st.integers(0, 1)
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


class NoWayAround(TwoEntries):
    """Everything that reaches a client, in any order."""

    @rule(
        which=a_client,
        channel=no_or_channel,
        purpose=no_or_purpose,
        yes=st.sampled_from([True, True, False]),
    )
    def the_client_says(self, which: int, channel: str, purpose: str, yes: bool) -> None:
        self.begins()
        client = self.client(which)
        what = SayConsent(client, channel, yes, self.floor.okafor, purpose=purpose)
        try:
            changes = self.floor.do(say_consent, what)
        except Refusal:
            return
        word = self.plain.says(client, channel, purpose, yes)
        self.acts.append((changes, lambda: self.plain.takes_back(word)))

    @rule(which=a_client)
    def the_client_objects(self, which: int) -> None:
        self.the_client_says(which, "", "news", False)

    @rule(policy=st.sampled_from(POLICIES))
    def the_store_decides(self, policy: Policy) -> None:
        self.begins()
        what = SetReachPolicy(Practice(policy), self.floor.silva)
        changes = self.floor.do(set_reach_policy, what)
        self.plain.policies.append(policy)
        self.acts.append((changes, lambda: self.plain.policies.remove(policy)))

    @rule(minutes=st.sampled_from([1, 61, 240, 600, 1440, 4320, 10_080]))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))

    @rule(minutes=st.sampled_from([5, 61, 1440, 20_160]))
    def the_clock_is_set_back(self, minutes: int) -> None:
        self.clock.advance(-timedelta(minutes=minutes, microseconds=next(self.turns)))

    @rule(which=a_client, channel=channels)
    def the_client_writes(self, which: int, channel: Channel) -> None:
        self.begins()
        what = LogReply(self.client(which), self.floor.okafor, channel)
        changes = self.floor.do(log_reply, what)
        (key,) = changes.ids["contact_made"]
        self.wrote[key] = self.now
        self.acts.append((changes, lambda: void(self.wrote.pop(key))))

    @rule(
        which=a_client,
        channel=channels,
        purpose=purposes,
        other=st.none() | channels,
        although=st.booleans(),
    )
    def a_follow_up_is_done(
        self, which: int, channel: Channel, purpose: Purpose, other: Channel | None, although: bool
    ) -> None:
        self.begins()
        floor, by, client = self.floor, self.floor.okafor, self.client(which)
        made = floor.new(
            new_follow_up,
            NewFollowUp(client, by, channel, "say hello", self.now.date(), purpose=purpose),
        )
        used = other or channel
        done = DoFollowUp(made, by, "said hello", channel=(other or ""), although=although)
        allowed = self.allows(client, used, purpose)
        changes: Changes | None
        if although:
            changes = floor.do(do_follow_up, done)
        else:
            changes = self.judged(client, used, purpose, do_follow_up, done)
        if changes is None:
            return
        (key,) = changes.ids["contact_made"]
        with floor.store.read() as session:
            row = session.get(ContactMade, key)
            assert row is not None
            assert allowed or row.against, "it is kept as what it was"
            kept = self.against if row.against else self.fine
        kept[key] = (self.now, purpose)
        self.acts.append((changes, lambda: void(kept.pop(key))))

    @rule()
    def all_that_is_open_is_done_at_once(self) -> None:
        self.begins()
        with self.floor.store.read() as session:
            open_ones = session.scalars(
                select(col(FollowUp.id)).where(col(FollowUp.state) == "open")
            ).all()
        if open_ones:
            ids = tuple(one for one in open_ones if one is not None)
            what = DoFollowUps(ids, self.floor.silva, "all called")
            self.acts.append((self.floor.do(do_follow_ups, what), nothing))

    def written(self, client: int, channel: Channel, purpose: Purpose) -> Written:
        address = MAIL if channel == Channel.EMAIL else PHONE
        return Written(client, self.floor.silva, channel, purpose, address, "Hello", "A word")

    @rule(which=a_client, purpose=purposes)
    def an_e_mail_is_queued(self, which: int, purpose: Purpose) -> None:
        self.begins()
        if self.handed:
            return
        client = self.client(which)
        what = QueueMessage(self.written(client, Channel.EMAIL, purpose))
        changes = self.judged(client, Channel.EMAIL, purpose, queue_message, what)
        if changes is not None and changes.subject is not None:
            key = changes.subject
            self.waiting.append(key)
            self.acts.append((changes, lambda: self.waiting.remove(key)))

    @rule(
        which=st.integers(0, 3),
        how=st.sampled_from([Ending.SENT, Ending.SENT, Ending.UNSURE, Ending.LATER]),
    )
    def an_e_mail_is_sent(self, which: int, how: Ending) -> None:
        self.begins()
        if not self.waiting:
            return
        key = self.waiting[which % len(self.waiting)]
        with self.floor.store.read() as session:
            account = leaves_by(session, self.floor.silva)
            row = session.get(Message, key)
            assert account is not None
            assert row is not None
            purpose, client = Purpose(row.purpose), row.client_id
        allowed = self.allows(client, Channel.EMAIL, purpose)
        if self.floor.do(begin, Begin(key, account)).subject is None:
            self._still_there(key)
            return
        assert allowed, "it leaves, and it is not allowed"
        self.floor.do(mark_dot, MarkDot(key))
        changes = self.floor.do(ended, Ended(key, account, Outcome(how, Step.DOT)))
        if how == Ending.LATER:
            return
        self.waiting.remove(key)
        if how == Ending.SENT:
            (made,) = changes.ids["contact_made"]
            self.fine[made] = (self.now, purpose)
        else:
            self.unsure[key] = (self.now, purpose)

    def _still_there(self, key: int) -> None:
        with self.floor.store.read() as session:
            row = session.get(Message, key)
            assert row is not None
            state = row.state
        if state == "refused":
            with suppress(NotToBeReached):  # whoever asks again is asked again
                again = DecideMail(key, self.floor.silva, MailMove.AGAIN)
                self.acts.append((self.floor.do(decide_mail, again), nothing))

    @rule(which=st.integers(0, 3), arrived=st.booleans())
    def somebody_decides_on_the_unsure_one(self, which: int, arrived: bool) -> None:
        self.begins()
        asks = sorted(self.unsure.keys() - self.called_off)
        if not asks:
            return
        key = asks[which % len(asks)]
        move = MailMove.ARRIVED if arrived else MailMove.CALL_OFF
        changes = self.floor.do(decide_mail, DecideMail(key, self.floor.silva, move))
        if not arrived:  # it may have arrived all the same, so it goes on counting
            self.called_off.add(key)
            self.acts.append((changes, lambda: self.called_off.remove(key)))
            return
        (made,) = changes.ids["contact_made"]
        self.fine[made] = at = self.unsure.pop(key)

        def back() -> None:
            self.unsure[key] = at
            del self.fine[made]

        self.acts.append((changes, back))

    @rule(which=a_client, channel=channels, purpose=purposes)
    def a_message_is_handed_over(self, which: int, channel: Channel, purpose: Purpose) -> None:
        self.begins()
        if self.handed:
            return
        client = self.client(which)
        way = Way.PROGRAM if channel == Channel.EMAIL else Way.PHONE
        what = HandOver(self.written(client, channel, purpose), way)
        changes = self.judged(client, channel, purpose, hand_over, what)
        if changes is not None and changes.subject is not None:
            self.handed.append((changes.subject, purpose))

    @rule(sent=st.booleans())
    def it_is_said_whether_it_was_sent(self, sent: bool) -> None:
        self.begins()
        if not self.handed:
            return
        key, purpose = one = self.handed.pop()
        with self.floor.store.read() as session:
            row = session.get(Message, key)
            assert row is not None
            at = row.queued_at
        changes = self.floor.do(say_if_sent, SayIfSent(key, self.floor.silva, sent))
        if not sent:
            return
        (made,) = changes.ids["contact_made"]
        self.fine[made] = (at, purpose)

        def back() -> None:
            self.handed.append(one)
            del self.fine[made]

        self.acts.append((changes, back))

    @rule()
    def the_two_entries_become_one(self) -> None:
        self.begins()
        if len(self.clients) < 2:
            return
        gone, kept = self.clients
        before = {client: list(words) for client, words in self.plain.words.items()}
        changes = self.floor.do(merge_clients, Merge(gone, kept, by=self.floor.silva))
        self.plain.become_one(kept, gone)
        self.clients, self.one_to_one = [kept], False

        def back() -> None:
            self.plain.become_two(kept, gone, before)
            self.clients = [gone, kept]

        self.acts.append((changes, back))

    @rule()
    def the_last_is_taken_back(self) -> None:
        self.begins()
        if not self.acts:
            return
        changes, back = self.acts.pop()
        with suppress(CannotUndo):
            self.floor.undo(changes)
            back()


def void(_: object) -> None:
    """What is popped is gone."""


def nothing() -> None:
    """It reached nobody, and nobody said anything."""


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
