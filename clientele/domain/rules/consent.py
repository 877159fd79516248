"""Did the client say yes or no to being reached on one channel about one subject?

The client's words are rows that are added and never changed. A row may be narrow (no news by
e-mail) or broad (no channel named: on all of them; no purpose named: about everything, as in
rows from before purposes were asked for). These rules weigh them:

1. A no counts at once for all that it covers, however broad or narrow it is and whatever yes
   went before. One word is enough, so withdrawing is as easy as giving (GDPR article 7(3)), and
   an objection to direct marketing closes news on every channel (article 21(2) and (3)).
2. A no is lifted only by a yes that is later and names all that the no named. “You may e-mail
   me” does not lift “no news”, nor does “news is fine” lift “no news by e-mail”; “yes, news by
   e-mail” lifts both for e-mail. A refusal of a whole channel is thus lifted by a later yes to
   news on it for news alone.
3. Of a yes and a no at the same instant the no counts.
4. Where no refusal stands, any yes that covers the subject is a yes; silence is neither.

Whichever word on a subject is the newest, if it is a no the answer is no; and no order of the
rows, no more of them and no repetition makes a refusal weaker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.instants import in_utc

NEXT = timedelta(microseconds=1)
"""A word is at least so much later than those before it, also where a clock was set back."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the client allowed or refused, at an aware instant.

    ``channel`` None: on every channel. ``purpose`` None: about everything.
    """

    channel: Channel | None
    purpose: Purpose | None
    allowed: bool
    at: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))

    def covers(self, channel: Channel, purpose: Purpose) -> bool:
        """Whether it speaks of ``purpose`` on ``channel``."""
        return self.channel in (None, channel) and self.purpose in (None, purpose)

    def lifts(self, no: Said) -> bool:
        """Whether it is a yes that ends the refusal ``no`` where both apply."""
        return (
            self.allowed
            and self.at > no.at
            and no.channel in (None, self.channel)
            and no.purpose in (None, self.purpose)
        )


def kept_word(channel: str, purpose: str, allowed: bool, at: datetime) -> Said | None:
    """A word as it is kept: empty for every channel, or everything.

    Where a newer version wrote what this one does not know, a no counts as broadly as can be, and
    a yes for nothing (None).
    """
    known = channel in ("", *Channel) and purpose in ("", *Purpose)
    if not known and allowed:
        return None
    return Said(
        Channel(channel) if channel in tuple(Channel) else None,
        Purpose(purpose) if purpose in tuple(Purpose) else None,
        allowed,
        at,
    )


def objection(at: datetime) -> Said:
    """The objection to direct marketing (GDPR article 21): no news, on any channel."""
    return Said(None, Purpose.NEWS, False, at)


def refusals(said: Iterable[Said], channel: Channel, purpose: Purpose) -> tuple[Said, ...]:
    """The refusals that stand, the newest first; of each breadth only the newest."""
    there = [one for one in said if one.covers(channel, purpose)]
    yes = [one for one in there if one.allowed]
    newest: dict[tuple[Channel | None, Purpose | None], Said] = {}
    for one in there:
        if one.allowed or any(other.lifts(one) for other in yes):
            continue
        breadth = (one.channel, one.purpose)
        if breadth not in newest or newest[breadth].at < one.at:
            newest[breadth] = one
    return tuple(sorted(newest.values(), key=_newest_and_broadest))


def agreed(
    said: Iterable[Said], channel: Channel, purpose: Purpose, *, named: bool = False
) -> bool | None:
    """Yes, no, or None where the client said nothing that covers it.

    ``named``: only a yes that names the purpose is one (consent is specific, GDPR article 4(11)).
    """
    there = tuple(said)
    if refusals(there, channel, purpose):
        return False
    covering = (one for one in there if one.allowed and one.covers(channel, purpose))
    return True if any(one.purpose == purpose or not named for one in covering) else None


@dataclass(frozen=True, slots=True)
class Stands:
    """What a client's words come to: by channel whether they may be reached, and where no news.

    ``reached`` True: the client said yes to news; False: they refused even their own things; a
    channel that is missing was not asked about. ``no_news``: news alone are refused there.
    """

    reached: dict[str, bool]
    no_news: frozenset[str] = frozenset()


def stands(said: Iterable[Said]) -> Stands:
    """The client's words as a page tells them in short."""
    there = tuple(said)
    news = {one.value: agreed(there, one, Purpose.NEWS) for one in Channel}
    service = {one.value: agreed(there, one, Purpose.SERVICE) for one in Channel}
    closed = {one: False for one, yes in service.items() if yes is False}
    return Stands(
        closed | {one: True for one, yes in news.items() if yes and one not in closed},
        frozenset(one for one, yes in news.items() if yes is False and one not in closed),
    )


def _newest_and_broadest(one: Said) -> tuple[float, bool, bool]:
    return (-one.at.timestamp(), one.channel is not None, one.purpose is not None)
