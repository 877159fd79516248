"""How is kept what the store asks of everybody who reaches a client? As JSON, read back strictly.

A policy that lost a limit in silence would let clients be reached whom it means to leave in peace;
so what a newer version wrote, or what was damaged, is said and not guessed. A store that decided
nothing yet has the defaults.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, time
from functools import lru_cache
from typing import Any

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.quiet_hours import DayHours, Hours

FORM = 1
"""Of the text below; it changes where its structure does."""

_RULE = ("used", "service_needs_yes", "news_named")


class UnknownPolicy(Refusal):
    """What was kept says something that this version cannot read."""

    template = (
        "How clients may be reached was kept in a way that this version cannot read (“{part}”), "
        "so nobody is reached by it. Update the program, or have a manager set it anew."
    )


@dataclass(frozen=True, slots=True)
class Practice:
    """The policy, how zones are found, and the days on which the store is closed.

    ``trust_area_codes``: a telephone number tells its area, not only its country
    (``client_zones``). ``closed_weekdays``: 0 is Monday. ``opens``: when the store is open, on its
    own clock, Monday first; None where nobody said, and empty where that is so of every day.
    """

    policy: Policy = field(default_factory=Policy)
    trust_area_codes: bool = False
    closed_weekdays: frozenset[int] = frozenset()
    closed_on: frozenset[date] = frozenset()
    opens: tuple[DayHours | None, ...] = ()


def practice_json(practice: Practice) -> str:
    """The practice as text, always the same for the same practice."""
    policy = practice.policy
    # Kept only where a store says it: what was kept before knows no opening hours.
    opens = {"opens": [_times(day) for day in practice.opens]} if any(practice.opens) else {}
    return json.dumps(
        {
            "form": FORM,
            "channels": {
                channel.value: {name: getattr(policy.rule(channel), name) for name in _RULE}
                for channel in Channel
            },
            "hours": [_times(day) for day in policy.hours.week],
            "days_off": sorted(day.isoformat() for day in policy.hours.days_off),
            "email_at_any_hour": policy.email_at_any_hour,
            "limits": [
                {"most": one.most, "days": one.days, "purpose": one.purpose}
                for one in policy.limits
            ],
            "trust_area_codes": practice.trust_area_codes,
            "closed_weekdays": sorted(practice.closed_weekdays),
            "closed_on": sorted(day.isoformat() for day in practice.closed_on),
            **opens,
        },
        separators=(",", ":"),
    )


@lru_cache(maxsize=8)
def practice_of(text: str) -> Practice:
    """Read what ``practice_json`` wrote.

    Raises:
        UnknownPolicy: it is of a newer form, lacks a part, or is damaged.
        HoursTooWide: its hours are wider than anybody may keep.
    """
    try:
        values = json.loads(text)
        if values["form"] != FORM:
            raise UnknownPolicy(part=f"form {values['form']}")
        return _practice(values)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        raise UnknownPolicy(part=text[:40]) from None


def _practice(values: dict[str, Any]) -> Practice:
    channels = {one: _rule(values["channels"][one.value]) for one in Channel}
    week = tuple(None if day is None else _hours(day) for day in values["hours"])
    weekdays = frozenset(values["closed_weekdays"])
    if not weekdays <= frozenset(range(7)):
        raise ValueError(weekdays)
    opens = tuple(None if day is None else _hours(day) for day in values.get("opens", ()))
    if len(opens) not in (0, 7):
        raise ValueError(opens)
    return Practice(
        Policy(
            call=channels[Channel.CALL],
            email=channels[Channel.EMAIL],
            text=channels[Channel.TEXT],
            hours=Hours(week, _days(values["days_off"])),
            email_at_any_hour=_flag(values["email_at_any_hour"]),
            limits=tuple(_limit(one) for one in values["limits"]),
        ),
        _flag(values["trust_area_codes"]),
        weekdays,
        _days(values["closed_on"]),
        opens,
    )


def _times(day: DayHours | None) -> list[str] | None:
    return None if day is None else [f"{day.opens:%H:%M}", f"{day.closes:%H:%M}"]


def _rule(values: dict[str, Any]) -> ChannelRule:
    return ChannelRule(*(_flag(values[name]) for name in _RULE))


def _hours(day: list[str]) -> DayHours:
    opens, closes = day
    return DayHours(time.fromisoformat(opens), time.fromisoformat(closes))


def _limit(values: dict[str, Any]) -> Limit:
    purpose = values["purpose"]
    most, days = values["most"], values["days"]
    if type(most) is not int or type(days) is not int:
        raise ValueError(values)
    return Limit(most, days, None if purpose is None else Purpose(purpose))


def _days(values: list[str]) -> frozenset[date]:
    return frozenset(date.fromisoformat(one) for one in values)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value
