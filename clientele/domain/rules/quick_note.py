"""Which entries do plain words offer? Read from a note, and nothing until an associate keeps them.

Words such as “fiancée likes emerald, ring size 6, wedding 5 dec” are looked up in a table
(``quick_note_rules``), sentence by sentence. A question, a condition or what somebody else said
offers nothing: an entry missed costs a click, a wrong one costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clientele.domain.rules.card_numbers import masked
from clientele.domain.rules.quick_note_days import SaidDay, days
from clientele.domain.rules.quick_note_heard import Heard
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.rules.quick_note_meaning import meaning
from clientele.domain.rules.quick_note_people import Mention, Person, Who, mentions
from clientele.domain.rules.quick_note_points import points
from clientele.domain.rules.quick_note_rules import (
    DAY,
    POINT,
    TAKEN,
    WHO,
    Rule,
    forms,
)
from clientele.domain.rules.quick_note_speaking import (
    clauses,
    hushed,
    sentences,
    speaking,
)

FOR = (" for", " für", " voor")

LONGEST = 2000
"""Of a longer note only so many letters are read: no associate types more about one visit."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry, and where in the note it was read.

    ``fields`` by kind, all as text, a day as ``2026-12-05``, ``--12-05`` or ``--12``:
    person (name, relation) · size (category, value, system, brand) · like and avoid (what,
    department) · occasion (occasion, title, when) · birthday (when) · promise (promise, what, due)
    · follow-up (channel, reason, due) · contact point (value) · language (tag) · preferred name
    (name) · wish (item). Of whom: for_name and for_relation, both empty for the client.
    """

    kind: OfferKind
    start: int
    end: int
    said: str
    fields: Mapping[str, str] = field(default_factory=dict)


def offers(
    text: str,
    *,
    today: date,
    people: Sequence[Person] = (),
    departments: Sequence[str] = (),
    region: str = "",
) -> tuple[Offer, ...]:
    """The entries that ``text`` offers, in the order of their words.

    ``people`` are those of the household who are known, ``departments`` the store's, ``region``
    its country (ISO 3166 alpha-2), for telephone numbers and for days such as 12/5. ``today`` is
    the day in the store; a promise is never offered for a day that is gone.
    """
    text = _one_to_one(text[:LONGEST])
    if not text.strip():
        return ()
    low = text.lower()
    month_first = region == "US"
    bare = low = _cover_cards(text, low)
    contact_points = points(low, region)
    for start, end in contact_points:
        low = _cover(low, start, end, POINT)
    said_days = days(low, today, month_first=month_first)
    for day in said_days:
        low = _cover(low, day.start, day.end, DAY)
    named = mentions(text, low, people)
    for one in named:
        low = _cover(low, one.start, one.end, WHO)
    note = _Note(text, low, today, said_days, named, tuple(departments))
    found = [*note.read(), *note.contact_points(contact_points)]
    found = [*note.people(found), *found]
    return tuple(_unlike([one for one in found if TAKEN not in bare[one.start : one.end]]))


class _Note:
    """A note on its way from words to entries."""

    def __init__(
        self,
        text: str,
        low: str,
        today: date,
        said_days: tuple[SaidDay, ...],
        named: tuple[Mention, ...],
        departments: tuple[str, ...],
    ) -> None:
        self._text, self._low, self._today = text, low, today
        self._days, self._named, self._departments = said_days, named, departments
        self._spoken_of: set[Person] = set()
        self._hushed = [span for start, end in sentences(low) for span in hushed(low, start, end)]

    def read(self) -> Iterator[Offer]:
        """What the table finds, sentence by sentence and clause by clause."""
        for begin, stop in sentences(self._low):
            whole = self._low[begin:stop]
            left = list(clauses(self._low, begin, stop))
            for rule, form in forms():
                for start, end in left:
                    for match in form.finditer(self._low, start, end):
                        offer = self._offer(rule, match, (begin, stop), end)
                        if offer is not None:
                            yield offer
                            self._low = _cover(self._low, *_words_of(match, offer), TAKEN, keep=DAY)
            assert len(whole) == stop - begin, "covering keeps the length"

    def contact_points(self, found: Sequence[tuple[int, int]]) -> Iterator[Offer]:
        """Numbers and addresses that are the client's own."""
        for start, end in found:
            if self._silent(start) or self._of_whom(start, end) is not Who.CLIENT:
                continue
            value = self._text[start:end].strip()
            yield Offer(OfferKind.CONTACT, start, end, self._text[start:end], {"value": value})

    def people(self, found: Sequence[Offer]) -> Iterator[Offer]:
        """Those of the household who are new and of whom something is said, or for whom one buys.

        A relation that is only mentioned (“his father's coat”) is nobody to remember.
        """
        for one in self._named:
            if one.known or self._silent(one.start):
                continue
            before = self._low[: one.start].rstrip()
            if one.person.name or one.person in self._spoken_of or before.endswith(FOR):
                fields = {"name": one.person.name, "relation": one.person.relation}
                said = self._text[one.start : one.end].strip()
                yield Offer(OfferKind.PERSON, one.start, one.end, said, fields)

    def _offer(
        self, rule: Rule, match: re.Match[str], sentence: tuple[int, int], end: int
    ) -> Offer | None:
        if self._silent(match.start()):
            return None
        whom = self._of_whom(match.start(), match.end())
        if whom is Who.OTHER:
            return None
        person = whom if isinstance(whom, Person) else None
        rest = (match.end(), sentence[1])
        heard = Heard(
            self._text, self._low, match, person, self._today, self._days, self._departments, rest
        )
        meant = meaning(rule, heard)
        if meant is None:
            return None
        start, stop = meant.span
        said = self._text[start:stop]
        start += len(said) - len(said.lstrip())
        said = said.strip(" ,;")
        if person is not None:
            self._spoken_of.add(person)
        return Offer(meant.kind, start, start + len(said), said, meant.fields)

    def _of_whom(self, start: int, end: int) -> Person | Who:
        return speaking(self._low, self._named, start, end)

    def _silent(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._hushed)


def _words_of(match: re.Match[str], offer: Offer) -> tuple[int, int]:
    """The words that are taken by an offer: all that was matched up to its last word."""
    return min(match.start(), offer.start), max(offer.end, match.start() + 1)


def _unlike(found: Sequence[Offer]) -> Iterator[Offer]:
    """Each entry once, in the order of the words."""
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for offer in sorted(found, key=lambda one: (one.start, one.end)):
        key = (
            offer.kind.value,
            tuple(sorted((name, value.casefold()) for name, value in offer.fields.items())),
        )
        if key not in seen:
            seen.add(key)
            yield offer


def _one_to_one(text: str) -> str:
    """``text`` with as many letters as in lower case, without those that words are covered with."""
    signs = {"\n": "\n", "\t": " ", "\r": " ", "’": "'", "‘": "'", "\u00a0": " "}
    return "".join(
        signs.get(sign, sign) if len(sign.lower()) == 1 and sign not in _COVERS else " "
        for sign in text
    )


_COVERS = (DAY, POINT, WHO, TAKEN)


def _cover_cards(text: str, low: str) -> str:
    """No digit of what may be a card number is ever read."""
    if masked(text) == text:
        return low
    return "".join(TAKEN if sign.isdecimal() else sign for sign in low)


def _cover(low: str, start: int, end: int, sign: str, *, keep: str = "") -> str:
    covered = "".join(
        letter if letter == keep or letter in (WHO, POINT) else sign for letter in low[start:end]
    )
    return low[:start] + covered + low[end:]
