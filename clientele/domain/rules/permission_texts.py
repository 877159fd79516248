"""How is kept why a client may not be reached? By its reasons, so that each language can word it.

What waits to go out keeps the gate's last answer with it (``Message.answer``); a sentence that was
kept would stay in the language and the zone of whoever was at the terminal then.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.consent import Said
from clientele.domain.rules.contact_limits import Contact, Limit, Reached
from clientele.domain.rules.permission_answers import (
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


def answer_text(answer: Refused) -> str:
    """The answer as text, always the same for the same answer."""
    wish = answer.wish
    return json.dumps(
        {
            "wish": [wish.channel, wish.purpose, _moment(wish.answers), wish.for_promise],
            "at": answer.at.isoformat(),
            "reasons": [_kept(one) for one in answer.reasons],
            "channels": answer.channels,
            "purposes": answer.purposes,
            "earliest": _moment(answer.earliest),
            "doubts": [[one.channel, one.at.isoformat()] for one in answer.doubts],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def answer_of(text: str) -> Refused | None:
    """Read what ``answer_text`` wrote; None for anything else, as a sentence of before."""
    try:
        kept = json.loads(text)
        channel, purpose, answers, promise = kept["wish"]
        return Refused(
            Wish(Channel(channel), Purpose(purpose), _at(answers), for_promise=promise),
            datetime.fromisoformat(kept["at"]),
            tuple(_reason(*one) for one in kept["reasons"]),
            tuple(Channel(one) for one in kept["channels"]),
            tuple(Purpose(one) for one in kept["purposes"]),
            _at(kept["earliest"]),
            tuple(Bounced(Channel(one), datetime.fromisoformat(at)) for one, at in kept["doubts"]),
        )
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _kept(reason: Reason) -> list[Any]:
    match reason:
        case PolicyUnread(part):
            return ["policy", part]
        case NotUsed(channel):
            return ["channel", channel]
        case SaidNo(said):
            return ["no", said.channel, said.purpose, said.at.isoformat()]
        case NoYes(channel, purpose):
            return ["yes", channel, purpose]
        case NoAddress(channel, unreadable):
            return ["address", channel, unreadable]
        case Quiet():
            return ["hours", *_quiet(reason)]
        case TooMany(full):
            contacts = [_contact(one) for one in full.contacts]
            limit = full.limit
            return ["limit", limit.most, limit.days, limit.purpose, contacts, _moment(full.until)]


def _quiet(quiet: Quiet) -> list[Any]:
    return [
        quiet.at.isoformat(),
        quiet.quiet_in,
        quiet.zone,
        _moment(quiet.until),
        quiet.day_off,
        quiet.source,
        quiet.only_zone,
    ]


def _contact(one: Contact) -> list[Any]:
    return [
        one.at.isoformat(),
        one.channel,
        one.purpose,
        one.who,
        one.department,
        one.is_reply,
        one.for_promise,
        one.planned,
    ]


def _reason(kind: str, *kept: Any) -> Reason:
    reason: Reason = _REASONS[kind](*kept)
    return reason


def _no(channel: str | None, purpose: str | None, at: str) -> Reason:
    of, about = channel and Channel(channel), purpose and Purpose(purpose)
    return SaidNo(Said(of or None, about or None, False, datetime.fromisoformat(at)))


def _hours(
    at: str,
    quiet_in: list[str],
    zone: str,
    until: str | None,
    day_off: bool,
    source: str,
    only_zone: bool,
) -> Reason:
    where = ZoneSource(source)
    moment = datetime.fromisoformat(at)
    return Quiet(moment, tuple(quiet_in), zone, _at(until), day_off, where, only_zone)


def _limit(most: int, days: int, purpose: str | None, contacts: list[Any], until: str) -> Reason:
    limit = Limit(most, days, None if purpose is None else Purpose(purpose))
    found = tuple(
        Contact(datetime.fromisoformat(at), Channel(channel), Purpose(about), *more)
        for at, channel, about, *more in contacts
    )
    return TooMany(Reached(limit, found, datetime.fromisoformat(until)))


_REASONS: dict[str, Any] = {
    "policy": PolicyUnread,
    "channel": lambda channel: NotUsed(Channel(channel)),
    "no": _no,
    "yes": lambda channel, purpose: NoYes(Channel(channel), Purpose(purpose)),
    "address": lambda channel, unreadable: NoAddress(Channel(channel), unreadable),
    "hours": _hours,
    "limit": _limit,
}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
