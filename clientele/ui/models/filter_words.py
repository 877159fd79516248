"""How is a filter read? Every condition as the words of a chip, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.rules.filters import Condition, Filter, Group, Match, Part, Value, What
from clientele.store.queries.lists import Choices
from clientele.system.formats import Formats

NO_CHOICES = Choices((), (), (), (), "EUR")


@dataclass(frozen=True, slots=True)
class Ground:
    """What words stand on: formats, what conditions name, and clients by id."""

    formats: Formats
    choices: Choices = NO_CHOICES
    clients: Mapping[int, str] = field(default_factory=dict)


def part_words(part: Part) -> str:
    """The heading under which conditions are offered."""
    return {
        Part.WHO: _tr("Who"),
        Part.BOUGHT: _tr("What they bought"),
        Part.DAYS: _tr("Days"),
        Part.KNOWN: _tr("What is known"),
        Part.REACHED: _tr("How to reach them"),
        Part.OPEN: _tr("What is open"),
    }[part]


def what_words(what: What) -> str:
    """What a condition asks, before anything was said: “Bought in a department”."""
    return {
        What.MINE: _tr("In my book"),
        What.MY_DEPARTMENT: _tr("In my department's book"),
        What.COLLEAGUE: _tr("A colleague's client"),
        What.NOBODYS: _tr("Nobody's client"),
        What.WORDS: _tr("Found by words"),
        What.TAG: _tr("Tag"),
        What.FIELD_TEXT: _tr("Own field: text"),
        What.FIELD_CHOICE: _tr("Own field: choice"),
        What.FIELD_NUMBER: _tr("Own field: number"),
        What.FIELD_DATE: _tr("Own field: date"),
        What.FIELD_YES: _tr("Own field: yes or no"),
        What.BIRTHDAY_WITHIN: _tr("Birthday soon"),
        What.BIRTHDAY_IN: _tr("Birthday in a month"),
        What.OCCASION_WITHIN: _tr("Occasion soon"),
        What.OCCASION_IN: _tr("Occasion in a month"),
        What.BOUGHT_IN: _tr("Bought in a department"),
        What.BOUGHT: _tr("Bought an article"),
        What.BRAND: _tr("Bought a brand"),
        What.WEARS: _tr("Wears a size"),
        What.LIKES: _tr("Likes"),
        What.AVOIDS: _tr("Avoids"),
        What.HOUSEHOLD: _tr("Buys for somebody"),
        What.WISHES: _tr("Wishes for"),
        What.SPENT: _tr("Spent"),
        What.TICKETS: _tr("Tickets"),
        What.LAST_BOUGHT: _tr("Last bought, days ago"),
        What.LAST_BOUGHT_ON: _tr("Last bought, from day to day"),
        What.FIRST_BOUGHT: _tr("First bought, days ago"),
        What.FIRST_BOUGHT_ON: _tr("First bought, from day to day"),
        What.EVER_BOUGHT: _tr("Ever bought anything"),
        What.NEW: _tr("New in the book, days ago"),
        What.NEW_ON: _tr("New in the book, from day to day"),
        What.LANGUAGE: _tr("Language"),
        What.TIME_ZONE: _tr("Time zone"),
        What.PLACE: _tr("City or postcode"),
        What.PHONE: _tr("Has a telephone number"),
        What.EMAIL: _tr("Has an e-mail address"),
        What.MAY: _tr("Said yes to a channel"),
        What.REFUSED: _tr("Said no to a channel"),
        What.PROMISE: _tr("A promise is open"),
        What.FOLLOW_UP: _tr("A follow-up is open"),
        What.PLANNED: _tr("Something is planned, or nothing"),
        What.NEXT_WITHIN: _tr("Next touch soon"),
        What.NEXT_ON: _tr("Next touch, from day to day"),
        What.REFERRED: _tr("Referred by somebody"),
        What.MERGED: _tr("Merged from two"),
        What.TWICE: _tr("May be in the book twice"),
    }[what]


def filter_words(asked: Filter, ground: Ground) -> str:
    """The whole filter in one line."""
    words = [part_in_words(part, ground) for part in asked.parts]
    if asked.match is Match.ANY:
        return _tr(" or ").join(words)
    if asked.match is Match.NONE:
        return _tr("none of: {words}").format(words=", ".join(words))
    return " · ".join(words)


def part_in_words(part: Condition | Group, ground: Ground) -> str:
    """One chip."""
    if isinstance(part, Condition):
        return condition_words(part, ground)
    words = [condition_words(one, ground) for one in part.parts]
    if part.match is Match.NONE:
        return _tr("none of: {words}").format(words=", ".join(words))
    return (_tr(" and ") if part.match is Match.ALL else _tr(" or ")).join(words)


def condition_words(asked: Condition, ground: Ground) -> str:
    """One condition: “bought in Women's Shoes”, “last bought 90 days ago or more”."""
    plain, turned = _pair(asked, ground)
    return turned if asked.turned else plain


def _pair(asked: Condition, ground: Ground) -> tuple[str, str]:
    value = asked.shape.value
    said = _said(asked, ground)
    if value in (Value.AGO, Value.DAYS):
        words = {
            What.LAST_BOUGHT: _tr("last bought {when}"),
            What.LAST_BOUGHT_ON: _tr("last bought {when}"),
            What.FIRST_BOUGHT: _tr("first bought {when}"),
            What.FIRST_BOUGHT_ON: _tr("first bought {when}"),
            What.NEW: _tr("new in the book {when}"),
            What.NEW_ON: _tr("new in the book {when}"),
            What.NEXT_ON: _tr("next touch {when}"),
        }[asked.what].format(when=said)
        return words, _tr("not {words}").format(words=words)
    if value in FIELDS:
        own = ground.choices.field(asked.about)
        name = own.name if own is not None else _tr("a field that is gone")
        verb = _tr("{field} says {said}") if value is Value.FIELD_TEXT else _tr("{field}: {said}")
        words = verb.format(field=name, said=said)
        return words, _tr("not {words}").format(words=words)
    plain, turned = WORDS[asked.what]
    if not said and asked.shape.may_be_empty:
        plain, turned = EMPTY[asked.what]
    return _tr(plain).format(said=said), _tr(turned).format(said=said)


FIELDS = frozenset(
    {
        Value.FIELD_TEXT,
        Value.FIELD_CHOICE,
        Value.FIELD_NUMBER,
        Value.FIELD_DAYS,
        Value.FIELD_YES,
    }
)


def _said(asked: Condition, ground: Ground) -> str:
    """The values of a condition in words."""
    value = asked.shape.value
    if value in NAMED:
        return _named(asked, ground)
    if value in NUMBERS:
        return _numbers(asked, ground)
    return asked.words.strip()


NAMED = frozenset(
    {
        Value.TAG,
        Value.COLLEAGUE,
        Value.DEPARTMENT,
        Value.CLIENT,
        Value.CHANNEL,
        Value.MONTH,
        Value.FIELD_YES,
    }
)
NUMBERS = frozenset(
    {
        Value.AHEAD,
        Value.AGO,
        Value.DAYS,
        Value.FIELD_DAYS,
        Value.AMOUNT,
        Value.COUNT,
        Value.FIELD_NUMBER,
    }
)


def channel_words(channel: str) -> str:
    """A channel as something that one says yes to."""
    return {
        Channel.CALL.value: _tr("calls"),
        Channel.EMAIL.value: _tr("e-mail"),
        Channel.TEXT.value: _tr("messages"),
    }.get(channel, channel)


def _named(asked: Condition, ground: Ground) -> str:
    value, choices, about = asked.shape.value, ground.choices, asked.about
    if value is Value.CLIENT:
        return "" if about is None else ground.clients.get(about, _tr("a client"))
    if value is Value.TAG:
        return choices.tag(about) or _tr("with a tag that is gone")
    if value is Value.COLLEAGUE:
        return choices.colleague(about) or _tr("somebody who is gone")
    if value is Value.DEPARTMENT:
        return choices.department(about) or _tr("a department that is gone")
    if value is Value.CHANNEL:
        return channel_words(asked.words)
    if value is Value.MONTH:
        return ground.formats.month(int(asked.words)) if asked.whole else ""
    return _tr("yes") if asked.words == "yes" else _tr("no")


def _numbers(asked: Condition, ground: Ground) -> str:
    value, formats = asked.shape.value, ground.formats
    if value is Value.AHEAD:
        return formats.number(asked.most or 0)
    if value is Value.AGO:
        return _ago(asked, formats)
    if value in (Value.DAYS, Value.FIELD_DAYS):
        return _days(asked, formats)
    ends: list[str | None] = []
    for at in (asked.least, asked.most):
        if at is None:
            ends.append(None)
        elif value is Value.AMOUNT:
            ends.append(formats.money(at, ground.choices.currency))
        else:
            write = formats.quantity if value is Value.FIELD_NUMBER else formats.number
            ends.append(write(at))
    return _between(*ends)


def _between(least: str | None, most: str | None) -> str:
    if least is not None and most is not None:
        words = _tr("{n}") if least == most else _tr("{n} to {most}")
        return words.format(n=least, most=most)
    if least is not None:
        return _tr("{n} or more").format(n=least)
    return _tr("{n} or less").format(n=most or "")


def _ago(asked: Condition, formats: Formats) -> str:
    least, most = asked.least, asked.most
    if least is not None and most is not None:
        words = _tr("{n} to {most} days ago")
        return words.format(n=formats.number(least), most=formats.number(most))
    if least is not None:
        return _tr("{n} days ago or more").format(n=formats.number(least))
    return _tr("in the last {n} days").format(n=formats.number(most or 0))


def _days(asked: Condition, formats: Formats) -> str:
    first = None if asked.first is None else formats.day_year(asked.first)
    last = None if asked.last is None else formats.day_year(asked.last)
    if first is not None and last is not None:
        return _tr("from {first} to {last}").format(first=first, last=last)
    if first is not None:
        return _tr("on {first} or later").format(first=first)
    return _tr("on {last} or before").format(last=last or "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("Filter", words)


WORDS = {
    What.MINE: ("in my book", "not in my book"),
    What.MY_DEPARTMENT: ("in my department's book", "not in my department's book"),
    What.COLLEAGUE: ("{said}'s client", "not {said}'s client"),
    What.NOBODYS: ("nobody's client", "somebody's client"),
    What.WORDS: ("found by “{said}”", "not found by “{said}”"),
    What.TAG: ("tagged {said}", "not tagged {said}"),
    What.BIRTHDAY_WITHIN: (
        "birthday in the next {said} days",
        "no birthday in the next {said} days",
    ),
    What.BIRTHDAY_IN: ("birthday in {said}", "birthday not in {said}"),
    What.OCCASION_WITHIN: (
        "occasion in the next {said} days",
        "no occasion in the next {said} days",
    ),
    What.OCCASION_IN: ("occasion in {said}", "no occasion in {said}"),
    What.BOUGHT_IN: ("bought in {said}", "never bought in {said}"),
    What.BOUGHT: ("bought “{said}”", "never bought “{said}”"),
    What.BRAND: ("bought of {said}", "never bought of {said}"),
    What.WEARS: ("wears {said}", "does not wear {said}"),
    What.LIKES: ("likes {said}", "likes no {said}"),
    What.AVOIDS: ("avoids {said}", "does not avoid {said}"),
    What.HOUSEHOLD: ("buys for {said}", "does not buy for {said}"),
    What.WISHES: ("wishes for {said}", "does not wish for {said}"),
    What.SPENT: ("spent {said}", "did not spend {said}"),
    What.TICKETS: ("tickets: {said}", "tickets: not {said}"),
    What.EVER_BOUGHT: ("bought something", "never bought"),
    What.LANGUAGE: ("speaks {said}", "does not speak {said}"),
    What.TIME_ZONE: ("lives at {said} time", "does not live at {said} time"),
    What.PLACE: ("lives in {said}", "does not live in {said}"),
    What.PHONE: ("has a telephone number", "no telephone number"),
    What.EMAIL: ("has an e-mail address", "no e-mail address"),
    What.MAY: ("said yes to {said}", "has not said yes to {said}"),
    What.REFUSED: ("said no to {said}", "has not said no to {said}"),
    What.PROMISE: ("a promise is open", "no promise is open"),
    What.FOLLOW_UP: ("a follow-up is open", "no follow-up ahead"),
    What.PLANNED: ("something is planned", "nothing planned"),
    What.NEXT_WITHIN: (
        "next touch in the next {said} days",
        "no next touch in the next {said} days",
    ),
    What.REFERRED: ("referred by {said}", "not referred by {said}"),
    What.MERGED: ("merged from two", "not merged"),
    What.TWICE: ("may be in the book twice", "not in the book twice"),
}
"""What holds, and what holds when it is turned round."""

EMPTY = {
    What.HOUSEHOLD: ("buys for somebody", "buys for nobody else"),
    What.WISHES: ("has a wish list", "no wish list"),
    What.REFERRED: ("referred by a client", "referred by nobody"),
}
"""The same where nothing more was said."""
