"""What does the window say where a client may not be reached: in a word or two, and in full?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.permission_answers import (
    Answer,
    NoAddress,
    NotUsed,
    NoYes,
    PolicyUnread,
    Quiet,
    Reason,
    Refused,
    SaidNo,
)
from clientele.domain.rules.permission_words import Names, explained
from clientele.system.formats import Formats
from clientele.system.places import city_of

translate = QCoreApplication.translate


def names() -> Names:
    """What channels and purposes are called in a refusal, in the window's language."""
    return Names(
        channels={
            Channel.CALL: translate("Reaching", "telephone"),
            Channel.EMAIL: translate("Reaching", "e-mail"),
            Channel.TEXT: translate("Reaching", "text message"),
        },
        purposes={
            Purpose.SERVICE: translate("Reaching", "their own orders, promises and appointments"),
            Purpose.NEWS: translate("Reaching", "news"),
        },
        contact=translate("Reaching", "{who} ({department}) by {channel} on {moment}"),
        contact_alone=translate("Reaching", "{who} by {channel} on {moment}"),
        planned=translate("Reaching", "{who} ({department}) by {channel}, planned for {moment}"),
        planned_alone=translate("Reaching", "{who} by {channel}, planned for {moment}"),
    )


def refused_words(answer: Refused, formats: Formats) -> str:
    """Why not, what is allowed instead, and when: in full."""
    said = explained(answer, formats, names(), lambda words: translate("refusal", words))
    return said.sentence


def short_words(answer: Answer, formats: Formats) -> str:
    """The first reason in a few words, for a line; empty where it is allowed."""
    return "" if not isinstance(answer, Refused) else _short(answer.reasons[0], formats)


def against_words(against: str) -> str:
    """What spoke against a contact that took place all the same (``ContactMade.against``)."""
    words = {
        "policy": translate("Reaching", "how clients may be reached could not be read"),
        "channel": translate("Reaching", "the store does not use this way"),
        "no": translate("Reaching", "the client had said no"),
        "yes": translate("Reaching", "without the client's yes"),
        "address": translate("Reaching", "without a number or address in the book"),
        "hours": translate("Reaching", "in quiet hours"),
        "limit": translate("Reaching", "more often than the store allows"),
    }
    return ", ".join(words[one] for one in against.split(",") if one in words)


def _short(reason: Reason, formats: Formats) -> str:
    match reason:
        case PolicyUnread() | NotUsed():
            return _of_the_store(reason)
        case SaidNo(said):
            if said.purpose == Purpose.NEWS:
                return translate("Reaching", "wants no news")
            return _wants_no(said.channel)
        case NoYes(_, purpose):
            if purpose == Purpose.NEWS:
                return translate("Reaching", "has not said yes to news")
            return translate("Reaching", "has not said yes")
        case NoAddress(channel, unreadable):
            return _no_address(channel, unreadable)
        case Quiet():
            return _quiet(reason, formats)
        case _:
            return translate("Reaching", "reached often enough for now")


def _of_the_store(reason: PolicyUnread | NotUsed) -> str:
    if isinstance(reason, PolicyUnread):
        return translate("Reaching", "how clients may be reached cannot be read")
    words = translate("Reaching", "no {channel} from this store")
    return words.format(channel=names().channels[reason.channel])


def _wants_no(channel: Channel | None) -> str:
    if channel is None:
        return translate("Reaching", "wants to be left alone")
    return {
        Channel.CALL: translate("FollowUpRow", "does not want calls"),
        Channel.EMAIL: translate("FollowUpRow", "does not want e-mail"),
        Channel.TEXT: translate("FollowUpRow", "does not want messages"),
    }[channel]


def _no_address(channel: Channel, unreadable: bool) -> str:
    if channel == Channel.EMAIL:
        if unreadable:
            return translate("Reaching", "the e-mail address cannot be read")
        return translate("FollowUpRow", "no e-mail address yet")
    if unreadable:
        return translate("Reaching", "the telephone number cannot be read")
    return translate("FollowUpRow", "no telephone number yet")


def _quiet(quiet: Quiet, formats: Formats) -> str:
    if quiet.until is None:
        return translate("Reaching", "quiet there at any hour")
    there = Formats(formats.locale, quiet.zone)
    day, clock = there.local_day(quiet.until), there.clock_time(quiet.until)
    if day != there.local_day(quiet.at):
        clock = f"{there.weekday(day)} {clock}"
    if quiet.zone == formats.zone:
        return translate("Reaching", "quiet until {clock}").format(clock=clock)
    city = city_of(quiet.zone, formats.locale)
    words = translate("Reaching", "quiet until {clock} in {city}")
    return words.format(clock=clock, city=city)
