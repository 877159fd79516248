"""The rules of reaching a client, read plainly: they share no code with the gate.

What was said and done is a list; nothing is worked out before somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, product
from zoneinfo import ZoneInfo

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.permission import Policy

HOME = "America/New_York"
A_WEEK = timedelta(days=7)
Place = tuple[str, str]
PLACES: tuple[Place, ...] = tuple(
    (channel.value, purpose.value) for channel, purpose in product(Channel, Purpose)
)


@dataclass(frozen=True, slots=True)
class Word:
    """A yes or no of a client's; ``only`` says where a no still stood as two became one."""

    number: int
    channel: str
    purpose: str
    yes: bool
    only: Place | None = None

    def covers(self, place: Place) -> bool:
        if self.only not in (None, place):
            return False
        return self.channel in ("", place[0]) and self.purpose in ("", place[1])

    def lifts(self, no: Word) -> bool:
        return no.channel in ("", self.channel) and no.purpose in ("", self.purpose)


@dataclass
class PlainRules:
    """What clients said, in the order in which they said it, and how often they were reached."""

    policies: list[Policy] = field(default_factory=list)
    words: dict[int, list[Word]] = field(default_factory=dict)
    """By client."""
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def policy(self) -> Policy:
        return self.policies[-1] if self.policies else Policy()

    def says(self, client: int, channel: str, purpose: str, yes: bool) -> Word:
        word = Word(next(self.numbers), channel, purpose, yes)
        self.words[client].append(word)
        return word

    def takes_back(self, word: Word) -> None:
        for client, words in self.words.items():
            self.words[client] = [one for one in words if one.number != word.number]

    def become_one(self, kept: int, gone: int) -> None:
        """What either refused is refused, what either allowed is allowed."""
        both = self.words[kept], self.words.pop(gone)
        self.words[kept] = [one for words in both for one in words if one.yes] + [
            replace(no, only=place)
            for words in both
            for place in PLACES
            for no in standing(words, place)
        ]

    def become_two(self, kept: int, gone: int, before: dict[int, list[Word]]) -> None:
        """Each has their own words again, and both what was refused since."""
        old = {word.number for words in before.values() for word in words}
        since = [word for word in self.words[kept] if word.number not in old]
        self.words[kept] = before[kept] + since
        stands = {no.number for place in PLACES for no in standing(self.words[kept], place)}
        self.words[gone] = before[gone] + [word for word in since if word.number in stands]

    def consents(self, client: int, channel: Channel, purpose: Purpose) -> bool:
        place = (channel.value, purpose.value)
        words = self.words[client]
        if standing(words, place):
            return False
        asks = {"call": self.policy.call, "email": self.policy.email, "text": self.policy.text}[
            channel.value
        ]
        said = [word for word in words if word.yes and word.covers(place)]
        if not asks.used:
            return False
        if purpose == Purpose.NEWS and asks.news_named:
            return any(word.purpose == purpose for word in said)
        return bool(said) or (purpose == Purpose.SERVICE and not asks.service_needs_yes)

    def hours(self, channel: Channel, at: datetime) -> bool:
        if channel == Channel.EMAIL and self.policy.email_at_any_hour:
            return True
        there = at.astimezone(ZoneInfo(HOME))
        day = self.policy.hours.week[there.weekday()]
        return day is not None and day.opens <= there.time() < day.closes

    def room(self, purpose: Purpose, at: datetime, past: Past) -> bool:
        counts, open_question = past.read()
        if purpose == Purpose.SERVICE and open_question is not None:
            since = at - open_question
            if timedelta() <= since < A_WEEK:
                return True
        for limit in self.policy.limits:
            if limit.purpose not in (None, purpose):
                continue
            near = [
                when
                for when, about in counts
                if limit.purpose in (None, about) and abs(at - when) < timedelta(days=limit.days)
            ]
            if len(near) >= limit.most:
                return False
        return True

    def allows(
        self, client: int, channel: Channel, purpose: Purpose, at: datetime, past: Past
    ) -> bool:
        return (
            self.consents(client, channel, purpose)
            and self.hours(channel, at)
            and self.room(purpose, at, past)
        )


@dataclass(frozen=True, slots=True)
class Past:
    """When a client was reached about what, and when they wrote."""

    reached: tuple[tuple[datetime, Purpose], ...]
    wrote: tuple[datetime, ...]

    def read(self) -> tuple[list[tuple[datetime, Purpose]], datetime | None]:
        """What counts against the limits, and the newest message that nobody answered."""
        counts, answered = [], set()
        for when, about in sorted(self.reached):
            before = [one for one in self.wrote if one <= when and one not in answered]
            if about != Purpose.SERVICE or not before or when - max(before) >= A_WEEK:
                counts.append((when, about))
            if about == Purpose.SERVICE:
                answered.update(before)
        return counts, max((one for one in self.wrote if one not in answered), default=None)


def standing(words: Iterable[Word], place: Place) -> list[Word]:
    """The refusals that hold in a place."""
    left: list[Word] = []
    for word in words:
        if word.covers(place):
            left = [no for no in left if not word.lifts(no)] if word.yes else [*left, word]
    return left
