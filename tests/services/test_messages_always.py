"""Whatever is handed over, said and undone: was every contact let through at its moment?"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import LIMITS
from clientele.domain.rules.permission_answers import Allowed, Wish
from clientele.domain.rules.permission_words import NotToBeReached
from clientele.domain.tables import Consent, ContactMade, ContactPoint, Message
from clientele.services.messages import (
    HandOver,
    LogReply,
    SayIfSent,
    Written,
    hand_over,
    log_reply,
    say_if_sent,
)
from clientele.services.permission import require
from clientele.store.queries.permission import answer
from clientele.store.session import open_store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor

PHONE, MAIL = "+31612345678", "daniel@example.com"

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from([1, 5, 60, 600, 1_500])),
        st.tuples(st.just("hand"), st.sampled_from(list(Channel)), st.sampled_from(list(Purpose))),
        st.tuples(st.just("say"), st.booleans()),
        st.tuples(st.just("consent"), st.sampled_from(["", *Channel]), st.booleans()),
        st.tuples(st.just("reply")),
        st.tuples(st.just("undo")),
    ),
    min_size=4,
    max_size=18,
)


class Deeds:
    """An associate who tries everything, and what was allowed at each hand-over."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.steps: list[Any] = []
        self.allowed: list[tuple[Any, str]] = []
        for kind, value in (("phone", PHONE), ("email", MAIL)):
            floor.add(
                ContactPoint(client_id=floor.daniel, kind=kind, value=value, normalised=value)
            )

    def do(self, step: tuple[Any, ...]) -> None:
        """One step; what is refused changes nothing."""
        name, *rest = step
        with suppress(Refusal):
            getattr(self, f"_{name}")(*rest)

    def _wait(self, minutes: int) -> None:
        self.floor.clock.advance(timedelta(minutes=minutes))

    def _hand(self, channel: Channel, purpose: Purpose) -> None:
        floor = self.floor
        address = MAIL if channel == Channel.EMAIL else PHONE
        written = Written(
            floor.daniel, floor.okafor, channel, purpose, address, "Hello", subject="Hello"
        )
        now = floor.clock.now()
        asked = floor.ask(answer, floor.daniel, Wish(channel, purpose), at=now)
        floor.do(hand_over, HandOver(written, Way.COPY))
        assert isinstance(asked, Allowed), "what was shut was handed over"
        self.allowed.append((now, channel))

    def _say(self, sent: bool) -> None:
        for row in self._rows(Message):
            if row.state == MessageState.DRAFT:
                what = SayIfSent(row.id, self.floor.okafor, sent)
                self.steps.append(self.floor.do(say_if_sent, what))

    def _consent(self, channel: str, allowed: bool) -> None:
        now = self.floor.clock.now()
        self.floor.add(
            Consent(client_id=self.floor.daniel, channel=channel, allowed=allowed, said_at=now)
        )

    def _reply(self) -> None:
        what = LogReply(self.floor.daniel, self.floor.okafor, Channel.TEXT)
        self.floor.do(log_reply, what)

    def _undo(self) -> None:
        if self.steps:
            changes = self.steps.pop()
            if changes.undo is not None:
                self.floor.undo(changes)

    def _rows(self, table: Any) -> list[Any]:
        with self.floor.store.read() as session:
            found = list(session.scalars(select(table)))
            session.expunge_all()
        return found

    def check(self) -> None:
        """Every contact was let through at its moment, and no limit is passed."""
        made = [one for one in self._rows(ContactMade) if not one.incoming]
        for one in made:
            assert (one.took_place_at, one.channel) in self.allowed
        news = sorted(one.took_place_at for one in made if one.purpose == Purpose.NEWS)
        for limit in LIMITS:
            for at in news:
                within = [one for one in news if at <= one < at + limit.length]
                assert len(within) <= limit.most
        assert sum(one.state == MessageState.DRAFT for one in self._rows(Message)) <= 2


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_sequence_reaches_a_client_past_the_gate(
    steps: list[tuple[Any, ...]], tmp_path_factory: Any, empty_book: Path, clock: FixedClock
) -> None:
    from tests.conftest import DATA_KEY

    path = tmp_path_factory.mktemp("deeds") / "book.clientele"
    path.write_bytes(empty_book.read_bytes())
    store = open_store(path, DATA_KEY)
    try:
        deeds = Deeds(a_floor(store, FixedClock(clock.now())))
        for step in steps:
            deeds.do(step)
        deeds.check()
    finally:
        store.close()


def test_it_is_tried_where_something_gets_through(floor: Floor) -> None:
    deeds = Deeds(floor)
    for step in (
        ("consent", "", True),
        ("hand", Channel.TEXT, Purpose.NEWS),
        ("say", True),
        ("wait", 1_500),
        ("hand", Channel.EMAIL, Purpose.SERVICE),
        ("say", True),
    ):
        deeds.do(step)
    deeds.check()
    assert len(deeds.allowed) == 2
    with pytest.raises(NotToBeReached), floor.store.write() as session:
        require(session, floor.daniel, Wish(Channel.TEXT, Purpose.SERVICE), at=floor.clock.now())
