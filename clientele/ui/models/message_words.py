"""What does the window say of a message: about what, in which language, how long, what is shut?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.rules.permission_answers import Allowed, Answer, Quiet, Refused
from clientele.domain.rules.permission_words import Names, explained
from clientele.domain.rules.template_fields import fields
from clientele.domain.rules.templates import Address, Because, Taken, Variant, language_name
from clientele.domain.rules.text_length import Alphabet, TextLength
from clientele.store.queries.message_fields import About, MatterKind, Waiting
from clientele.system.formats import Formats
from clientele.ui.models.plan_words import occasion_words

translate = QCoreApplication.translate

SHOWN = 40
"""How many characters of something are shown in a menu."""


def channel_name(channel: Channel) -> str:
    """“Text”, “E-mail”, “Call”."""
    return {
        Channel.TEXT: translate("Message", "Text"),
        Channel.EMAIL: translate("Message", "E-mail"),
        Channel.CALL: translate("Message", "Call"),
    }[channel]


def purpose_name(purpose: Purpose) -> str:
    """“Their own things”, “News”."""
    if purpose == Purpose.NEWS:
        return translate("Message", "News")
    return translate("Message", "Their own things")


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


def answer_words(answer: Answer, formats: Formats) -> str:
    """“Allowed now.”, or why not, what is allowed instead, and when."""
    if isinstance(answer, Refused):
        said = explained(answer, formats, names(), lambda words: translate("refusal", words))
        return said.sentence
    doubts = [doubt_words(answer, formats)] if answer.doubts else []
    return " ".join([translate("Message", "Allowed now."), *doubts])


def doubt_words(answer: Allowed, formats: Formats) -> str:
    """That the last message came back."""
    day = formats.day_year(formats.local_day(answer.doubts[0].at))
    words = translate("Message", "The last one came back on {day}; look at the address first.")
    return words.format(day=day)


def about_words(about: About | None, formats: Formats, today: date) -> str:
    """“Promise: navy suit, trousers”, “Appointment tomorrow 14:30”, or nothing in particular."""
    if about is None:
        return translate("Message", "nothing in particular")
    matter, what = about.matter, shortened(about.words)
    day = formats.near_day(matter.day, today) if matter.day is not None else ""
    at = formats.clock_time(matter.at) if matter.at is not None else ""
    if about.kind is MatterKind.OCCASION and matter.occasion is not None:
        kind, member, title = matter.occasion
        what = " · ".join(part for part in (member, occasion_words(kind, title, None)) if part)
    words = {
        MatterKind.PROMISE: translate("Message", "promise: {what}"),
        MatterKind.APPOINTMENT: translate("Message", "appointment {day} {at}"),
        MatterKind.PURCHASE: translate("Message", "bought {day}: {what}"),
        MatterKind.VISIT: translate("Message", "visit {day}"),
        MatterKind.MADE_RIGHT: translate("Message", "made right: {what}"),
        MatterKind.WISH: translate("Message", "wish: {what}"),
        MatterKind.OCCASION: translate("Message", "{day}: {what}"),
    }[about.kind]
    return words.format(what=what or "…", day=day, at=at)


def shortened(words: str) -> str:
    """So much of it as a menu has room for."""
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"


def language_words(variant: Variant) -> str:
    """“German”, “Dutch, formal”, in the window's language."""
    said = {
        "en": translate("Language", "English"),
        "de": translate("Language", "German"),
        "nl": translate("Language", "Dutch"),
    }.get(variant.language, language_name(variant.language))
    address = address_words(variant)
    return f"{said}, {address}" if address else said


def address_words(variant: Variant) -> str:
    """“formal (Sie)”, “informal (je)”; empty where the language knows no difference."""
    you = {
        ("de", Address.FORMAL): "Sie",
        ("de", Address.INFORMAL): "du",
        ("nl", Address.FORMAL): "u",
        ("nl", Address.INFORMAL): "je",
    }.get((variant.language, variant.address), "")
    said = {
        Address.FORMAL: translate("Language", "formal"),
        Address.INFORMAL: translate("Language", "informal"),
        Address.EITHER: "",
    }[variant.address]
    return f"{said} ({you})" if said and you else said


def because_words(taken: Taken, known: bool) -> str:
    """Why it is in its language; ``known``: whether the client's is."""
    if not known:
        return translate("Message", "which language the client speaks is not written down")
    return {
        Because.CLIENT: translate("Message", "the client's language"),
        Because.STORE: translate("Message", "there are no such words in the client's language"),
        Because.FIRST: translate("Message", "there are no such words in the client's language"),
    }[taken.because]


def length_words(length: TextLength, formats: Formats) -> str:
    """“132 characters, one message”; “180 …, 2 messages; “ő” makes it longer”."""
    many = formats.number(length.units)
    words = translate("Message", "{many} characters · %n message(s)", "", length.parts)
    said = words.format(many=many)
    if length.alphabet is Alphabet.UCS:
        signs = " ".join(length.because[:5])
        because = translate("Message", "{signs} leave less room in each")
        said = f"{said} · {because.format(signs=signs)}"
    return said


def field_words(field: str, language: str) -> str:
    """What a field means, in the window's language where it is known there."""
    means = fields()[field].means
    return means.get(language, means["en"])


def waiting_words(waiting: Waiting, formats: Formats) -> str:
    """What was handed over or waits, since when, and what is asked."""
    at = formats.clock_time(waiting.queued_at)
    if waiting.state == MessageState.DRAFT:
        words = {
            Channel.CALL.value: translate("Message", "A call was begun on {day} at {at}. Was it?"),
        }.get(
            waiting.channel,
            translate("Message", "“{start}” was handed over on {day} at {at}. Was it sent?"),
        )
    else:
        words = translate("Message", "An e-mail waits: “{start}”.")
        if waiting.not_before is not None:
            words = translate("Message", "An e-mail waits until {until}: “{start}”.")
    until = "" if waiting.not_before is None else formats.moment(waiting.not_before)
    return words.format(
        start=shortened(waiting.subject or waiting.body),
        day=formats.day(formats.local_day(waiting.queued_at)),
        at=at,
        until=until,
    )


def way_done(way: Way) -> str:
    """What was just done with the words."""
    return {
        Way.PROGRAM: translate("Message", "It is open in the other program now."),
        Way.PHONE: translate("Message", "Point the camera of your telephone at the code."),
        Way.COPY: translate("Message", "Copied; the clipboard is emptied in a minute."),
        Way.SMTP: "",
    }[way]


def later_words(answer: Refused, formats: Formats) -> str:
    """“Send Sun 22 Nov at 08:00 their time”, as the button says it."""
    assert answer.earliest is not None, "there is a time at which it is allowed"
    quiet = next((one for one in answer.reasons if isinstance(one, Quiet)), None)
    there = Formats(formats.locale, formats.zone if quiet is None else quiet.zone)
    words = translate("Message", "Send {day} at {clock} their time")
    if quiet is None:
        words = translate("Message", "Send {day} at {clock}")
    day = there.weekday_day(there.local_day(answer.earliest))
    return words.format(day=day, clock=there.clock_time(answer.earliest))
