"""Has the client heard from the store often enough for now?

The limits are the store's own and hold over all departments together, since a client hears one
store. They look at stretches of whole 24 hours before the moment, so that neither midnight nor a
change of clocks shortens one. What does not count, neither against a contact nor as one: service
that answers the client's own message within a week, for they began it, and service about a
promise that is open, for they wait for it. News always counts.

Incoming messages and talks in the store are no contacts here. A contact that is only planned
counts from its moment on, so that it does not keep anybody from an earlier one; one that took
place counts both ways, since a clock that was set back can put it ahead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.instants import in_utc

A_REPLY_WITHIN = timedelta(days=7)
"""For so long after the client's own message it may be answered past the limits."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One time that the store reached the client (call, e-mail or text), or means to.

    ``who`` and ``department`` are names for people. ``is_reply``: it answered the client's own
    message in time; ``for_promise``: it was about a promise that was open; ``planned``: it waits
    to go out at ``at``.
    """

    at: datetime
    channel: Channel
    purpose: Purpose
    who: str
    department: str = ""
    is_reply: bool = False
    for_promise: bool = False
    planned: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))

    @property
    def counts(self) -> bool:
        """Whether it uses up the limits."""
        return self.purpose != Purpose.SERVICE or not (self.is_reply or self.for_promise)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` contacts within ``days`` times 24 hours; ``purpose`` None: of any kind."""

    most: int
    days: int
    purpose: Purpose | None = None

    def __post_init__(self) -> None:
        if self.most < 1 or self.days < 1:
            raise ValueError((self.most, self.days))

    @property
    def length(self) -> timedelta:
        """How long a contact counts."""
        return timedelta(days=self.days)


LIMITS = (Limit(2, 7), Limit(1, 1, Purpose.NEWS))
"""What a store begins with: two contacts a week, and news at most once a day."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that is used up: the contacts that did it, the oldest first, and until when."""

    limit: Limit
    contacts: tuple[Contact, ...]
    until: datetime


def is_free(
    purpose: Purpose, at: datetime, *, answers: datetime | None = None, for_promise: bool = False
) -> bool:
    """Whether a contact stands outside the limits, so that it neither waits for nor uses them.

    ``answers``: when the client's own message came that it answers, if it does. What a clock that
    was set back puts before the message does not answer it, or there would be no end of answers.
    """
    if purpose != Purpose.SERVICE:
        return False
    if for_promise or answers is None:
        return for_promise
    return timedelta() <= in_utc(at) - in_utc(answers) < A_REPLY_WITHIN


def reached(
    limits: Iterable[Limit], contacts: Iterable[Contact], purpose: Purpose, at: datetime
) -> tuple[Reached, ...]:
    """The limits that leave no room for one more contact at ``at``, in the order of their length.

    ``until`` is the first instant (UTC) with room under that limit.
    """
    there, at = tuple(contacts), in_utc(at)
    found = []
    for limit in sorted(set(limits), key=lambda one: (one.days, one.most, one.purpose or "")):
        counted = _counted(limit, there, purpose, at)
        if len(counted) >= limit.most:
            until = next_free((limit,), there, purpose, at)
            found.append(Reached(limit, tuple(sorted(counted, key=_oldest)), until))
    return tuple(found)


def next_free(
    limits: Iterable[Limit], contacts: Iterable[Contact], purpose: Purpose, after: datetime
) -> datetime:
    """The first instant (UTC) from ``after`` on at which every limit has room for one more."""
    binding, there, after = tuple(limits), tuple(contacts), in_utc(after)
    # Room comes only when a contact ceases to count, and after the last of them there is room.
    ends = {one.at + limit.length for one in there for limit in binding}
    for moment in sorted({after, *(end for end in ends if end > after)}):
        if all(len(_counted(limit, there, purpose, moment)) < limit.most for limit in binding):
            return moment
    raise AssertionError("after the last contact there is room")


def _counted(
    limit: Limit, contacts: Iterable[Contact], purpose: Purpose, at: datetime
) -> list[Contact]:
    """The contacts that a limit counts at ``at``; none where it is not for this purpose."""
    if limit.purpose not in (None, purpose):
        return []
    return [
        one
        for one in contacts
        if one.counts
        and limit.purpose in (None, one.purpose)
        and at - one.at < limit.length
        and (one.at <= at or (not one.planned and one.at - at < limit.length))
    ]


def _oldest(one: Contact) -> tuple[object, ...]:
    """Every field, so that the order of the rows shows nowhere."""
    return astuple(one)
