"""What does one line say of a size? “coat UK 12, sleeves −2 cm”, “ring 6 for Mai”, “schuh 42 weit”.

The garment by its word, the size by the systems of such a garment, a maker after “in” or “by” (or
one that is known already, or a name with a capital), somebody of the household after “for”; what
is left says how it sits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from clientele.domain.rules.names import folded
from clientele.domain.rules.size_systems import (
    Garment,
    Sized,
    could_be,
    garment_of,
    in_full,
    parse_size,
    show,
)
from clientele.domain.rules.wishing import Person

_FOR: Final = re.compile(
    r"(?:for|fur|voor)\s+(?:(?:his|her|their|my|the|ihren?|seinen?|haar|zijn)\s+)?"
)
_BY: Final = "in|by|from|von|van|bei|bij"
_NAME: Final = re.compile(r"(?<!\S)[A-ZÄÖÜ][\w'.-]+(?: (?:& )?[A-ZÄÖÜ][\w'.-]+)*$")
_MAKER: Final = re.compile(rf"\b(?:{_BY}) ([A-ZÄÖÜ][\w'.-]+(?: (?:& )?[A-ZÄÖÜ][\w'.-]+)*)")
_LONGEST: Final = 4
"""Words that a size has at most: US women 7½ B."""

_EMPTY: Final = frozenset({"size", "grosse", "gr", "gr.", "maat", "wears", "tragt", "draagt", "a"})


@dataclass(frozen=True, slots=True)
class SizeLine:
    """What was understood. ``system`` is its label (UK), empty where none or several have it.

    ``choices`` are the labels of the systems that the number may be of.
    """

    category: str = ""
    value: str = ""
    system: str = ""
    fit: str = ""
    brand: str = ""
    member: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it says both what it is for and the size."""
        return bool(self.category and self.value)


def read_size_line(
    text: str, people: Iterable[Person] = (), brands: Iterable[str] = (), system: str = ""
) -> SizeLine:
    """Read one line; ``system`` is the label that was chosen where several have the number."""
    people, brands = tuple(people), tuple(brands)
    member, kept = None, list[str]()
    for part in re.split(r",(?!\d)", text):
        words, found = _without_person(" ".join(part.split()), people)
        member = member or found
        kept += [words] if words else []
    brand, kept = _maker(kept, brands)
    if not kept:
        return SizeLine(brand=brand, member=member)
    head, *more = kept
    garment = garment_of(head)
    family = garment.family if garment else ""
    found_size = _sized(head, family)
    if found_size is None and more and parse_size(more[0], family):
        head = f"{head} {more.pop(0)}"
        found_size = _sized(head, family)
    if found_size is None:
        category = garment.category if garment else _written(head)
        return SizeLine(category, fit=", ".join(more), brand=brand, member=member)
    size, before, after = found_size
    category = garment.category if garment else _written(before)
    left = [] if garment is None else _other_words(before, garment)
    left += _other_words(after, garment)
    rest = " ".join(left)
    if not brand and (match := _NAME.search(rest)):
        brand, rest = match[0], rest[: match.start()].strip()
    options = could_be(size, family)
    chosen = next((one for one in options if one.label == system), None)
    value = show(size, family) if chosen is None else in_full(chosen)
    return SizeLine(
        category,
        value,
        (chosen or size).label,
        ", ".join([*([rest] if rest else []), *more]),
        brand,
        member,
        tuple(one.label for one in options),
    )


def _without_person(part: str, people: Iterable[Person]) -> tuple[str, int | None]:
    """The words without “for Mai” at their end, and whose id that is."""
    words = part.split(" ")
    for at in range(len(words)):
        match = _FOR.match(folded(" ".join(words[at:])))
        if match is None:
            continue
        asked = folded(" ".join(words[at:]))[match.end() :].strip()
        known = {
            one.id
            for one in people
            if asked
            and asked in (folded(one.name), folded(one.name).split(" ")[0], folded(one.relation))
        }
        if len(known) == 1:
            return " ".join(words[:at]), known.pop()
    return part, None


def _maker(parts: list[str], brands: Sequence[str]) -> tuple[str, list[str]]:
    """A maker who is named after “in” or “by”, or is known already, and the words without."""
    kept, brand = [], ""
    for part in parts:
        words = part
        for known in sorted(brands, key=len, reverse=True):
            found = re.search(rf"(?:\b(?:{_BY}) )?(?<!\w){re.escape(known)}(?!\w)", part, re.I)
            if not brand and known and found:
                brand, words = known, f"{part[: found.start()]} {part[found.end() :]}"
        if not brand and (found := _MAKER.search(part)):
            brand, words = found[1], f"{part[: found.start()]} {part[found.end() :]}"
        if words := " ".join(words.split()):
            kept.append(words)
    return brand, kept


def _sized(words: str, family: str) -> tuple[Sized, str, str] | None:
    """The size among words, the longest that is one, and what stands before and after it."""
    there = words.split(" ")
    for many in range(_LONGEST, 0, -1):
        for at in range(len(there) - many + 1):
            said = " ".join(there[at : at + many])
            if many == 1 and len(said) == 1 and said.islower() and family != "ring":
                continue  # “a” and “s” in plain words are no size
            size = parse_size(said, family)
            if size is None:
                continue
            start, end = at, at + many
            while start + 1 < end and parse_size(" ".join(there[start + 1 : end]), family) == size:
                start += 1  # “collar 15½”: a word before that says nothing more
            if there[end : end + 1] in (["cm"], ["mm"]):
                there.pop(end)
            return size, " ".join(there[:start]), " ".join(there[end:])
    return None


def _other_words(words: str, garment: Garment | None) -> list[str]:
    """The words that name neither the garment nor say “size”."""
    return [
        word
        for word in words.split()
        if folded(word) not in _EMPTY and (garment is None or garment_of(word) is None)
    ]


def _written(words: str) -> str:
    kept = " ".join(_other_words(words, None))
    return kept[:1].upper() + kept[1:]
