"""May this client be reached, now or at a moment to come, on this channel, for this purpose?

The one gate: every screen, command and bulk action asks here before anything is sent, dialled or
offered, and whatever waits to go out is asked again at the moment it would go. The answer is
``Allowed``, or ``Refused`` with every reason that holds, what is allowed instead now, and the
first instant at which it will be allowed as things stand.

In the way are: the store (it does not use a channel), the client's own words (``consent``: news
need a yes, service is allowed unless refused), a missing or unreadable address, the hours on the
client's clock (``quiet_hours``, in every zone of ``client_zones``) and the store's limits over all
departments (``contact_limits``). Quiet hours hold for answers and promises as well; only e-mail,
which rings nowhere, is let out of them where the store says so. A message that came back does not
forbid the next; it is a doubt that goes with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import Zones
from clientele.domain.rules.consent import Said, agreed, refusals
from clientele.domain.rules.contact_limits import (
    LIMITS,
    Contact,
    Limit,
    is_free,
    next_free,
    reached,
)
from clientele.domain.rules.instants import in_utc
from clientele.domain.rules.permission_answers import (
    Allowed,
    Answer,
    Bounced,
    NoAddress,
    NotUsed,
    NoYes,
    PolicyUnread,
    Quiet,
    Reason,
    Refused,
    SaidNo,
    TooMany,
    Wish,
)
from clientele.domain.rules.quiet_hours import (
    HORIZON,
    Hours,
    is_day_off,
    next_open,
    quiet_in,
    within_law,
)

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """How the store uses one channel. News need the client's yes on each; that is no setting.

    ``service_needs_yes``: so does service. ``news_named``: a yes from before purposes were asked
    for, which names none, is not enough for news.
    """

    used: bool = True
    service_needs_yes: bool = False
    news_named: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """What the store asks of everybody who reaches a client.

    ``unread``: how what was kept begins, where it cannot be read; then nobody may be reached.

    Raises:
        HoursTooWide: the hours are wider than the law lets anybody keep.
    """

    call: ChannelRule = ChannelRule()
    email: ChannelRule = ChannelRule()
    text: ChannelRule = ChannelRule()
    hours: Hours = field(default_factory=Hours)
    email_at_any_hour: bool = False
    limits: tuple[Limit, ...] = LIMITS
    unread: str = ""

    def __post_init__(self) -> None:
        within_law(self.hours)

    def rule(self, channel: Channel) -> ChannelRule:
        """How the store uses ``channel``."""
        return {Channel.CALL: self.call, Channel.EMAIL: self.email, Channel.TEXT: self.text}[
            channel
        ]

    def keeps_hours(self, channel: Channel) -> bool:
        """Whether quiet hours hold on ``channel``."""
        return channel != Channel.EMAIL or not self.email_at_any_hour


@dataclass(frozen=True, slots=True)
class Point:
    """A number or address on one channel: whether it was understood, and when it last bounced."""

    channel: Channel
    readable: bool = True
    bounced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the book knows of one client that bears on reaching them; rows in any order.

    ``contacts`` are those of the longest limit at least, of all departments, with the planned
    ones but without the one that is asked about. A channel without a point has no address.
    ``unanswered``: when the client's own message came that nobody answered yet; a wish for service
    answers it, where it names no other.
    """

    zones: Zones
    said: tuple[Said, ...] = ()
    contacts: tuple[Contact, ...] = ()
    points: tuple[Point, ...] = ()
    unanswered: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reachable:
    """One client and one purpose, to be asked about again as the day goes on."""

    known: Known
    policy: Policy
    purpose: Purpose
    for_promise: bool = False

    def answer(self, channel: Channel, at: datetime) -> Answer:
        """Whether they may be reached on ``channel`` at ``at`` (aware), as the book stood."""
        wish = Wish(channel, self.purpose, for_promise=self.for_promise)
        return permission(wish, self.known, self.policy, at)


def permission(wish: Wish, known: Known, policy: Policy, at: datetime) -> Answer:
    """Whether the wish may be done at the instant ``at``: now, or when a message would go out.

    Raises:
        ValueError: ``at`` has no zone.
    """
    moment = in_utc(at)
    reasons = _lasting(wish, known, policy) + _passing(wish, known, policy, moment)
    doubts = _doubts(wish.channel, known)
    if not reasons:
        return Allowed(moment, doubts)
    others = [one for one in Channel if one != wish.channel]
    others.sort(key=lambda one: len(_doubts(one, known)))
    return Refused(
        wish,
        moment,
        reasons,
        tuple(one for one in others if _may(replace(wish, channel=one), known, policy, moment)),
        tuple(
            one
            for one in Purpose
            if one != wish.purpose and _may(replace(wish, purpose=one), known, policy, moment)
        ),
        earliest(wish, known, policy, moment),
        doubts,
    )


def is_open(wish: Wish, known: Known, policy: Policy) -> bool:
    """Whether a channel is open for a purpose at all, at whichever hour and within the limits."""
    return not _lasting(wish, known, policy)


def earliest(wish: Wish, known: Known, policy: Policy, after: datetime) -> datetime | None:
    """The first instant (UTC) from ``after`` on at which the wish is allowed, as things stand.

    None where there is none within a year, or only the client's word or a correction opens it.

    Raises:
        ValueError: ``after`` has no zone.
    """
    if _lasting(wish, known, policy):
        return None
    moment = in_utc(after)
    end = moment + HORIZON
    while moment <= end:
        # Each step leaves out only instants that the limits, or the hours, forbid.
        free = moment
        if not _is_free(wish, known, moment):
            free = next_free(policy.limits, known.contacts, wish.purpose, moment)
        opening: datetime | None = free
        if policy.keeps_hours(wish.channel):
            opening = next_open(policy.hours, known.zones.names, free)
        if opening is None or opening == moment:
            return opening
        moment = opening
    return None


def overview(known: Known, policy: Policy, at: datetime) -> dict[tuple[Channel, Purpose], Answer]:
    """The answer for every channel and purpose at one instant, for a screen that shows them all."""
    return {
        (channel, purpose): permission(Wish(channel, purpose), known, policy, at)
        for channel in Channel
        for purpose in Purpose
    }


def _may(wish: Wish, known: Known, policy: Policy, at: datetime) -> bool:
    """Whether nothing is in the way at ``at``, without saying what."""
    if _lasting(wish, known, policy):
        return False
    if policy.keeps_hours(wish.channel) and quiet_in(policy.hours, known.zones.names, at):
        return False
    return _is_free(wish, known, at) or not reached(policy.limits, known.contacts, wish.purpose, at)


def _lasting(wish: Wish, known: Known, policy: Policy) -> tuple[Reason, ...]:
    """The reasons that no waiting ends."""
    if policy.unread:
        return (PolicyUnread(policy.unread),)
    channel, purpose = wish.channel, wish.purpose
    rule = policy.rule(channel)
    reasons: list[Reason] = [] if rule.used else [NotUsed(channel)]
    refused = refusals(known.said, channel, purpose)
    reasons += [SaidNo(one) for one in refused]
    news = purpose == Purpose.NEWS
    if not refused and (news or rule.service_needs_yes):
        named = news and rule.news_named
        if agreed(known.said, channel, purpose, named=named) is not True:
            reasons.append(NoYes(channel, purpose))
    points = [one for one in known.points if one.channel == channel]
    if not any(one.readable for one in points):
        reasons.append(NoAddress(channel, unreadable=bool(points)))
    return tuple(reasons)


def _passing(wish: Wish, known: Known, policy: Policy, at: datetime) -> tuple[Reason, ...]:
    """The reasons that hold at one instant."""
    if policy.unread:
        return ()
    reasons: list[Reason] = []
    if policy.keeps_hours(wish.channel):
        quiet = quiet_in(policy.hours, known.zones.names, at)
        if quiet:
            reasons.append(_quiet(quiet, known.zones, policy.hours, at))
    if not _is_free(wish, known, at):
        full = reached(policy.limits, known.contacts, wish.purpose, at)
        reasons += [TooMany(one) for one in full]
    return tuple(reasons)


def _quiet(quiet: tuple[str, ...], zones: Zones, hours: Hours, at: datetime) -> Quiet:
    opens = {zone: next_open(hours, (zone,), at) for zone in quiet}
    zone = max(quiet, key=lambda one: (opens[one] or _NEVER, one))
    until = next_open(hours, zones.names, at)
    return Quiet(
        at=at,
        quiet_in=quiet,
        zone=zone,
        until=until,
        day_off=is_day_off(hours, zone, at),
        source=zones.source,
        only_zone=len(zones.names) == 1,
    )


def _is_free(wish: Wish, known: Known, at: datetime) -> bool:
    answers = wish.answers or known.unanswered
    return is_free(wish.purpose, at, answers=answers, for_promise=wish.for_promise)


def _doubts(channel: Channel, known: Known) -> tuple[Bounced, ...]:
    """Whether the last on the channel came back; not where another point there is in no doubt."""
    points = [one for one in known.points if one.channel == channel and one.readable]
    bounced = [one.bounced_at for one in points if one.bounced_at is not None]
    if not bounced or len(bounced) < len(points):
        return ()
    return (Bounced(channel, in_utc(max(bounced))),)
