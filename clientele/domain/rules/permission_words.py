"""What are people told when a client may not be reached: why, what is allowed instead, and when?

English sentences as templates with named values, as in every refusal. The window passes its
translation of a template, its names of channels and purposes, and its formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from clientele.domain.client import Channel, Purpose
from clientele.domain.errors import Refusal
from clientele.domain.rules.client_zones import ZoneSource
from clientele.domain.rules.consent import Said
from clientele.domain.rules.contact_limits import Contact, Reached
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
)
from clientele.system.formats import Formats
from clientele.system.places import city_of

UNREAD = (
    "How clients may be reached was kept in a way that this version cannot read (“{part}”), so "
    "nobody is reached. Update the program, or have a manager set it anew."
)
NOT_USED = "This store does not reach clients by {channel}."
NO_ALL = "The client does not want to be reached at all (said on {day})."
NO_CHANNEL = "The client does not want to be reached by {channel} (said on {day})."
NO_PURPOSE = "The client does not want to hear about {purpose}, however it is sent (said on {day})."
NO_BOTH = "The client does not want to hear about {purpose} by {channel} (said on {day})."
NO_YES = "The client has not said yes to hearing about {purpose} by {channel}; ask them first."
NO_ADDRESS = "Nothing is written down to reach the client by {channel}."
UNREADABLE = "What is written down to reach the client by {channel} cannot be read; correct it."
QUIET = "It is {clock} where the client is ({city}): quiet until {until} there."
QUIET_DAY = "It is {weekday} where the client is ({city}), a day to leave them alone until {until}."
QUIET_MAYBE = (
    "It is {clock} in {city}, and the client may be there, since their time zone is not written "
    "down: quiet until {until} there."
)
QUIET_DAY_MAYBE = (
    "It is {weekday} in {city}, and the client may be there, since their time zone is not written "
    "down: a day to leave them alone until {until}."
)
QUIET_NEVER = (
    "The client may be in {city} or far from it, and no hour of the coming year suits every place "
    "where they may be; write down their time zone."
)
QUIET_ALWAYS = "The store's hours leave no time in the coming year to reach the client in {city}."
# Once or several times, a day or several, about anything or one purpose.
LIMITS = {
    (True, True, False): "A client is reached at most once a day over all departments",
    (True, False, False): (
        "A client is reached at most once within {days} days over all departments"
    ),
    (False, True, False): "A client is reached at most {most} times a day over all departments",
    (False, False, False): (
        "A client is reached at most {most} times within {days} days over all departments"
    ),
    (True, True, True): ("A client hears about {purpose} at most once a day over all departments"),
    (True, False, True): (
        "A client hears about {purpose} at most once within {days} days over all departments"
    ),
    (False, True, True): (
        "A client hears about {purpose} at most {most} times a day over all departments"
    ),
    (False, False, True): (
        "A client hears about {purpose} at most {most} times within {days} days over all "
        "departments"
    ),
}
TOO_MANY = "{limit}: {contacts}. There is room again on {until}."
INSTEAD_CHANNELS = "Allowed now instead: {channels}."
INSTEAD_PURPOSE = "Allowed now by {channel}: only what is about {purpose}."
INSTEAD_NOTHING = "Nothing else is allowed now."
WHEN = "It will be allowed on {moment}."
WHEN_THERE = "It will be allowed on {moment}, {there} in {city}."
NEVER_WITHOUT_YES = "It stays so, whatever the time, until the client says yes."
NEVER = "It stays so, whatever the time, until that is put right."
BOUNCED = "The last message by {channel} came back on {day}; look at the address first."


@dataclass(frozen=True, slots=True)
class Names:
    """What channels, purposes and contacts are called in one language.

    A channel as it stands after “by”, a purpose as it stands after “hear about”.
    """

    channels: Mapping[Channel, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                Channel.CALL: "telephone",
                Channel.EMAIL: "e-mail",
                Channel.TEXT: "text message",
            }
        )
    )
    purposes: Mapping[Purpose, str] = field(
        default_factory=lambda: MappingProxyType(
            {
                Purpose.SERVICE: "their own orders, promises and appointments",
                Purpose.NEWS: "news",
            }
        )
    )
    contact: str = "{who} ({department}) by {channel} on {moment}"
    contact_alone: str = "{who} by {channel} on {moment}"
    planned: str = "{who} ({department}) by {channel}, planned for {moment}"
    planned_alone: str = "{who} by {channel}, planned for {moment}"


@dataclass(frozen=True, slots=True)
class Explained:
    """A refusal in words: a sentence for each reason, what is allowed instead, when it will be."""

    why: tuple[str, ...]
    instead: tuple[str, ...]
    when: str
    doubts: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it, in this order."""
        return " ".join((*self.why, *self.instead, self.when, *self.doubts))


class NotToBeReached(Refusal):
    """A client may not be reached in this way now. ``answer`` lets a window word it anew."""

    template = "{why} {instead} {when}"

    def __init__(self, answer: Refused, formats: Formats) -> None:
        self.answer = answer
        said = explained(answer, formats)
        super().__init__(
            why=" ".join(said.why),
            instead=" ".join(said.instead),
            when=" ".join((said.when, *said.doubts)),
        )


def _as_it_is(template: str) -> str:
    return template


def explained(
    answer: Refused,
    formats: Formats,
    names: Names | None = None,
    translate: Callable[[str], str] = _as_it_is,
) -> Explained:
    """The answer in words.

    ``formats`` are the store's: moments are written in its zone, hours of quiet in the client's.
    ``translate`` gives a template of this module in the language of ``names`` and ``formats``.
    """
    words = _Words(formats, names or Names(), translate)
    return Explained(
        tuple(words.reason(one) for one in answer.reasons),
        tuple(words.instead(answer)),
        words.when(answer),
        tuple(words.doubt(one) for one in answer.doubts),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """One language and zone to say things in."""

    formats: Formats
    names: Names
    translate: Callable[[str], str]

    def reason(self, reason: Reason) -> str:
        """Why."""
        match reason:
            case PolicyUnread(part):
                return self._say(UNREAD, part=part)
            case NotUsed(channel):
                return self._say(NOT_USED, channel=self.names.channels[channel])
            case SaidNo(said):
                return self._no(said)
            case NoYes(channel, purpose):
                return self._say(
                    NO_YES,
                    channel=self.names.channels[channel],
                    purpose=self.names.purposes[purpose],
                )
            case NoAddress(channel, unreadable):
                template = UNREADABLE if unreadable else NO_ADDRESS
                return self._say(template, channel=self.names.channels[channel])
            case Quiet():
                return self._quiet(reason)
            case TooMany(reached):
                return self._too_many(reached)

    def instead(self, answer: Refused) -> list[str]:
        """What is allowed at the same moment."""
        found = []
        if answer.channels:
            listed = self.formats.listed([self.names.channels[one] for one in answer.channels])
            found.append(self._say(INSTEAD_CHANNELS, channels=listed))
        found += [
            self._say(
                INSTEAD_PURPOSE,
                channel=self.names.channels[answer.wish.channel],
                purpose=self.names.purposes[one],
            )
            for one in answer.purposes
        ]
        return found or [self._say(INSTEAD_NOTHING)]

    def when(self, answer: Refused) -> str:
        """From when on."""
        if answer.earliest is not None:
            moment = self._moment(answer.earliest, self.formats.zone)
            quiet = next((one for one in answer.reasons if isinstance(one, Quiet)), None)
            there = None if quiet is None else self._moment(answer.earliest, quiet.zone)
            if quiet is None or there == moment:
                return self._say(WHEN, moment=moment)
            return self._say(WHEN_THERE, moment=moment, there=there, city=self._city(quiet.zone))
        asked = any(isinstance(one, SaidNo | NoYes) for one in answer.reasons)
        return self._say(NEVER_WITHOUT_YES if asked else NEVER)

    def doubt(self, doubt: Bounced) -> str:
        """What speaks against it without forbidding it."""
        day = self.formats.day_year(self.formats.local_day(doubt.at))
        return self._say(BOUNCED, channel=self.names.channels[doubt.channel], day=day)

    def _no(self, said: Said) -> str:
        day = self.formats.day_year(self.formats.local_day(said.at))
        if said.channel is None:
            if said.purpose is None:
                return self._say(NO_ALL, day=day)
            return self._say(NO_PURPOSE, purpose=self.names.purposes[said.purpose], day=day)
        channel = self.names.channels[said.channel]
        if said.purpose is None:
            return self._say(NO_CHANNEL, channel=channel, day=day)
        purpose = self.names.purposes[said.purpose]
        return self._say(NO_BOTH, purpose=purpose, channel=channel, day=day)

    def _quiet(self, quiet: Quiet) -> str:
        city = self._city(quiet.zone)
        if quiet.until is None:
            return self._say(QUIET_ALWAYS if quiet.only_zone else QUIET_NEVER, city=city)
        certain = quiet.source != ZoneSource.STORE and quiet.only_zone
        there = Formats(self.formats.locale, quiet.zone)
        until = self._moment(quiet.until, quiet.zone)
        if quiet.day_off:
            weekday = there.weekday_name(there.local_day(quiet.at))
            template = QUIET_DAY if certain else QUIET_DAY_MAYBE
            return self._say(template, weekday=weekday, city=city, until=until)
        clock = there.clock_time(quiet.at)
        template = QUIET if certain else QUIET_MAYBE
        return self._say(template, clock=clock, city=city, until=until)

    def _too_many(self, full: Reached) -> str:
        limit = full.limit
        template = LIMITS[limit.most == 1, limit.days == 1, limit.purpose is not None]
        purpose = "" if limit.purpose is None else self.names.purposes[limit.purpose]
        said = self._say(template, most=limit.most, days=limit.days, purpose=purpose)
        contacts = self.formats.listed([self._contact(one) for one in full.contacts])
        until = self._moment(full.until, self.formats.zone)
        return self._say(TOO_MANY, limit=said, contacts=contacts, until=until)

    def _contact(self, contact: Contact) -> str:
        """Who reached the client how and when; a phrase of the names, already translated."""
        names = self.names
        if contact.planned:
            phrase = names.planned if contact.department else names.planned_alone
        else:
            phrase = names.contact if contact.department else names.contact_alone
        return phrase.format(
            who=contact.who,
            department=contact.department,
            channel=names.channels[contact.channel],
            moment=self._moment(contact.at, self.formats.zone),
        )

    def _moment(self, at: datetime, zone: str) -> str:
        """“Sat 21 Nov 14:30” on the clock of a zone."""
        there = Formats(self.formats.locale, zone)
        return f"{there.weekday_day(there.local_day(at))} {there.clock_time(at)}"

    def _city(self, zone: str) -> str:
        return city_of(zone, self.formats.locale)

    def _say(self, template: str, **values: object) -> str:
        return self.translate(template).format(**values)
