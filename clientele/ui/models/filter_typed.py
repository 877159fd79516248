"""Which conditions does what is typed mean? “bought shoes”, “tag vip”, “last 90”, or just “vip”.

What can be meant is offered, the likeliest first; nothing is put on the list before it is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.known import CustomKind
from clientele.domain.money import parse_price
from clientele.domain.rules.filters import SHAPES, Condition, Value, What
from clientele.domain.rules.names import folded
from clientele.ui.models.filter_words import Ground, condition_words, what_words

MOST = 8
"""How many are offered."""

_NUMBER = re.compile(r"\d{1,5}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A condition that may be meant, in words; one that is not ``whole`` needs more said."""

    condition: Condition
    words: str


def offers(typed: str, ground: Ground) -> list[Offer]:
    """What ``typed`` may mean; of an empty text nothing."""
    text = folded(" ".join(typed.split()))
    if not text:
        return []
    turned, rest = _turned(text)
    found: dict[Condition, None] = {}
    for meant in _meant(rest, ground):
        condition = _as_typed(meant, typed)
        found[replace(condition, turned=turned != condition.turned)] = None
    whole = [condition for condition in found if condition.whole]
    begun = [condition for condition in found if not condition.whole]
    words = [Condition(What.WORDS, words=" ".join(typed.split())[:100])] if not turned else []
    return [
        Offer(
            condition, condition_words(condition, ground) if condition.whole else _begun(condition)
        )
        for condition in [*whole, *begun, *words][:MOST]
    ]


def _as_typed(condition: Condition, typed: str) -> Condition:
    """The words of a text as they were typed: “42R”, and not as they are compared."""
    if condition.shape.value not in (Value.TEXT, Value.FIELD_TEXT) or not condition.words:
        return condition
    said = typed.split()[-len(condition.words.split()) :]
    return replace(condition, words=" ".join(said))


def _begun(condition: Condition) -> str:
    return f"{what_words(condition.what)}…"


def _turned(text: str) -> tuple[bool, str]:
    """“not tag vip”, “never bought shoes”: those of whom it is not so."""
    for word in _words("not,no,never,without"):
        if text.startswith(word + " "):
            return True, text[len(word) + 1 :]
    return False, text


def _meant(text: str, ground: Ground) -> Iterator[Condition]:
    for what in SHAPES:
        for begins in _words(TYPED[what]):
            if text == begins or text.startswith(begins + " "):
                yield from _filled(what, text[len(begins) :].strip(), ground)
            elif begins.startswith(text):
                yield from _filled(what, "", ground)
    yield from _named(text, ground)


def _named(text: str, ground: Ground) -> Iterator[Condition]:
    """A tag, department, colleague or own field by its name alone."""
    if len(text) < 2:
        return
    yield from _filled(What.TAG, text, ground)
    yield from _filled(What.BOUGHT_IN, text, ground)
    yield from _filled(What.COLLEAGUE, text, ground)
    for own in ground.choices.fields:
        name = folded(own.name)
        if not (name.startswith(text) or text.startswith(name + " ")):
            continue
        said = text.removeprefix(name).strip() if text.startswith(name) else ""
        what = OF_KIND.get(own.kind, What.FIELD_TEXT)
        blank = Condition(what, about=own.id)
        if own.kind == CustomKind.YES_NO:
            yield replace(blank, words="yes")
            yield replace(blank, words="no")
        elif own.kind == CustomKind.CHOICE:
            for choice in own.choices:
                if folded(choice).startswith(said):
                    yield replace(blank, words=choice)
        elif own.kind == CustomKind.TEXT and said:
            yield replace(blank, words=said)
        else:
            yield blank


def _filled(what: What, said: str, ground: Ground) -> Iterator[Condition]:
    """The condition with what was said of it; without anything said, as it is offered."""
    blank = Condition(what)
    value, choices = blank.shape.value, ground.choices
    if value is Value.NOTHING:
        found = [] if said else [blank]
    elif value is Value.CHANNEL:
        meant = (at for at, names in CHANNELS.items() if _begins(said, _words(names)))
        found = [replace(blank, words=channel) for channel in meant]
    elif not said:
        found = [blank]
    elif value in NAMED:
        named = {
            Value.TAG: choices.tags,
            Value.DEPARTMENT: choices.departments,
            Value.COLLEAGUE: choices.colleagues,
        }[value]
        found = [replace(blank, about=key) for key in _like(said, named)]
    elif value is Value.MONTH:
        month = ground.formats.month
        meant_months = (at for at in range(1, 13) if folded(month(at)).startswith(said))
        found = [replace(blank, words=str(at)) for at in meant_months]
    elif value is Value.TEXT:
        found = [replace(blank, words=said)]
    else:
        number = _NUMBER.search(said)
        found = [] if number is None else list(_numbered(blank, int(number[0]), said, ground))
    yield from found


def _begins(said: str, names: list[str]) -> bool:
    return any(name.startswith(said) for name in names)


def _numbered(blank: Condition, number: int, said: str, ground: Ground) -> Iterator[Condition]:
    value = blank.shape.value
    if value is Value.AHEAD or blank.what is What.NEW:
        yield replace(blank, most=number)
    elif value is Value.AGO:
        yield replace(blank, least=number)
        yield replace(blank, most=number)
    elif value is Value.COUNT:
        yield replace(blank, least=number)
    elif value is Value.AMOUNT:
        try:
            amount = parse_price(said.rsplit(" ", 1)[-1], ground.choices.currency)
        except Refusal:
            return
        if amount is not None:
            yield replace(blank, least=amount)


def _like(said: str, named: Sequence[tuple[int, str]]) -> list[int]:
    """Those with a word that begins so, those that begin with it first."""
    first: list[int] = []
    later: list[int] = []
    for key, name in named:
        plain = folded(name)
        if plain.startswith(said):
            first.append(key)
        elif any(word.startswith(said) for word in plain.split()):
            later.append(key)
    return [*first, *later][:5]


def _words(listed: str) -> list[str]:
    words = QCoreApplication.translate("FilterTyped", listed)
    return [folded(word) for word in words.split(",")]


NAMED = frozenset({Value.TAG, Value.DEPARTMENT, Value.COLLEAGUE})
"""What is said by a name that the store knows."""

OF_KIND = {
    CustomKind.TEXT.value: What.FIELD_TEXT,
    CustomKind.CHOICE.value: What.FIELD_CHOICE,
    CustomKind.NUMBER.value: What.FIELD_NUMBER,
    CustomKind.DATE.value: What.FIELD_DATE,
    CustomKind.YES_NO.value: What.FIELD_YES,
}
"""Which condition asks for an own field of a kind."""

CHANNELS = {
    Channel.CALL.value: "call,calls,phone",
    Channel.EMAIL.value: "email,e-mail,mail",
    Channel.TEXT.value: "text,message,messages",
}

TYPED = {
    What.MINE: "mine,my book",
    What.MY_DEPARTMENT: "my department",
    What.COLLEAGUE: "of,colleague,owner",
    What.NOBODYS: "nobody,nobody's",
    What.WORDS: "found by,words",
    What.TAG: "tag,tagged",
    What.FIELD_TEXT: "own field text",
    What.FIELD_CHOICE: "own field choice",
    What.FIELD_NUMBER: "own field number",
    What.FIELD_DATE: "own field date",
    What.FIELD_YES: "own field yes",
    What.BIRTHDAY_WITHIN: "birthday,birthday in,birthday within",
    What.BIRTHDAY_IN: "birthday,birthday in",
    What.OCCASION_WITHIN: "occasion,occasion in,occasion within",
    What.OCCASION_IN: "occasion,occasion in",
    What.BOUGHT_IN: "bought,bought in",
    What.BOUGHT: "bought,bought a",
    What.BRAND: "brand",
    What.WEARS: "wears,size",
    What.LIKES: "likes,like",
    What.AVOIDS: "avoids,avoid",
    What.HOUSEHOLD: "buys for,household,has",
    What.WISHES: "wishes,wishes for,wish",
    What.SPENT: "spent,spent more than",
    What.TICKETS: "tickets",
    What.LAST_BOUGHT: "last,last bought,last in",
    What.LAST_BOUGHT_ON: "last bought from",
    What.FIRST_BOUGHT: "first,first bought",
    What.FIRST_BOUGHT_ON: "first bought from",
    What.EVER_BOUGHT: "bought anything,bought something,bought",
    What.NEW: "new,new in",
    What.NEW_ON: "new since,new from",
    What.LANGUAGE: "language,speaks",
    What.TIME_ZONE: "time zone,zone",
    What.PLACE: "city,lives in,postcode",
    What.PHONE: "phone,telephone",
    What.EMAIL: "email,e-mail",
    What.MAY: "may,yes to,said yes to",
    What.REFUSED: "no to,said no to,refused",
    What.PROMISE: "promise,open promise",
    What.FOLLOW_UP: "follow-up,open follow-up,followup",
    What.PLANNED: "planned,something planned,next touch",
    What.NEXT_WITHIN: "next touch,next touch in,next touch within",
    What.NEXT_ON: "next touch before,next touch from",
    What.REFERRED: "referred,referred by",
    What.MERGED: "merged",
    What.TWICE: "twice,duplicate",
}
"""How what is typed begins, by commas, to be translated as a whole."""
