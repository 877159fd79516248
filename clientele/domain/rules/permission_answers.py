"""What is asked and answered about reaching a client: the wish, the reasons against it, the answer.

Every reason carries its data, so that a screen can word it (``permission_words``) and lead to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.consent import Said
from clientele.domain.rules.contact_limits import Reached


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do.

    ``answers``: when the client's own message came that this answers. ``for_promise``: it is
    about a promise to the client that is open. Both count for service alone.
    """

    channel: Channel
    purpose: Purpose
    answers: datetime | None = None
    for_promise: bool = False


@dataclass(frozen=True, slots=True)
class PolicyUnread:
    """What the store asks of everybody who reaches a client cannot be read: it begins so."""

    part: str


@dataclass(frozen=True, slots=True)
class NotUsed:
    """The store does not reach clients on this channel."""

    channel: Channel


@dataclass(frozen=True, slots=True)
class SaidNo:
    """The client's refusal, which stands."""

    said: Said


@dataclass(frozen=True, slots=True)
class NoYes:
    """The client did not say yes to this purpose on this channel, and it needs one."""

    channel: Channel
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class NoAddress:
    """There is no number or address for the channel, or (``unreadable``) none that can be read."""

    channel: Channel
    unreadable: bool


@dataclass(frozen=True, slots=True)
class Quiet:
    """At ``at`` it is too early, too late or a day off where the client is or may be.

    ``quiet_in``: the zones in which it is; ``zone``: the one of them that opens last. ``until``:
    the first instant (UTC) within the hours of all zones, None where there is none within a year.
    ``day_off``: nobody is reached on this day at all in ``zone``. ``source``: how the zones are
    known; ``only_zone``: there is but one.
    """

    at: datetime
    quiet_in: tuple[str, ...]
    zone: str
    until: datetime | None
    day_off: bool
    source: ZoneSource
    only_zone: bool


@dataclass(frozen=True, slots=True)
class TooMany:
    """The store's limit is used up: which, by whom and when, and until which instant (UTC)."""

    reached: Reached


Reason = PolicyUnread | NotUsed | SaidNo | NoYes | NoAddress | Quiet | TooMany


@dataclass(frozen=True, slots=True)
class Bounced:
    """A doubt: the last message on this channel came back, at this instant."""

    channel: Channel
    at: datetime


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may be done at the instant (UTC) that was asked about; ``doubts`` are to be shown."""

    at: datetime
    doubts: tuple[Bounced, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be done at ``at`` (UTC), for every one of ``reasons``.

    ``channels``: on which others it may be done at that instant, those in doubt last.
    ``purposes``: about what else the client may be reached on the same channel at that instant.
    ``earliest``: the first instant (UTC) at which it may be done as things stand; None where time
    alone changes nothing: somebody has to ask the client or put something right.
    """

    wish: Wish
    at: datetime
    reasons: tuple[Reason, ...]
    channels: tuple[Channel, ...]
    purposes: tuple[Purpose, ...]
    earliest: datetime | None
    doubts: tuple[Bounced, ...] = ()


Answer = Allowed | Refused


_AGAINST: dict[type[Reason], str] = {
    PolicyUnread: "policy",
    NotUsed: "channel",
    SaidNo: "no",
    NoYes: "yes",
    NoAddress: "address",
    Quiet: "hours",
    TooMany: "limit",
}


def against(answer: Answer) -> str:
    """Why it was not allowed, as a contact that took place all the same keeps it.

    One word for each kind of reason with commas between, empty where it was allowed: ``policy``
    (what the store asks could not be read), ``channel`` (the store does not use it), ``no`` (the
    client's), ``yes`` (theirs is missing), ``address``, ``hours``, ``limit``.
    """
    reasons = answer.reasons if isinstance(answer, Refused) else ()
    return ",".join(dict.fromkeys(_AGAINST[type(one)] for one in reasons))
