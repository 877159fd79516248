"""May two clients be one? A score from 0 to 100, and what speaks for it and against it.

Evidence adds up: a whole name and a number of one's own are the same person. A contradiction sets
a limit that no further evidence lifts: two given names on one telephone are a family.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from clientele.domain.rules.alike_names import Likeness, alike, words_of
from clientele.domain.rules.names import folded

LIKELY: Final = 60
"""From here on a pair is kept to be looked at."""

WORTH_A_LOOK: Final = 35
"""From here on somebody who is being entered is shown whom the book has."""

SURE: Final = 95

ANOTHER_PERSON: Final = 45
"""As far as two people of one household come."""


class What(StrEnum):
    """What speaks for one person, or against it."""

    REFERENCE = "reference"
    PHONE = "phone"
    PHONE_NEAR = "phone, one digit off"
    EMAIL = "email"
    EMAIL_NEAR = "email at another provider"
    NAME = "name"
    NAME_ALIKE = "name alike"
    NAME_SWAPPED = "name the other way round"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    POSTCODE = "postcode"
    OTHER_GIVEN = "another given name"
    OTHER_FAMILY = "another family name"
    OTHER_BIRTHDAY = "another birthday"
    OTHER_ENDING = "junior or senior"


_WHATS: Final = frozenset(map(str, What))

AGAINST: Final = frozenset(
    {What.OTHER_GIVEN, What.OTHER_FAMILY, What.OTHER_BIRTHDAY, What.OTHER_ENDING}
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against; a name alike says which two: “Jon” and “John”."""

    what: What
    one: str = ""
    other: str = ""

    def __str__(self) -> str:
        return "\t".join((self.what, self.one, self.other)).rstrip("\t")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How likely two clients are one, from 0 to 100, and why."""

    score: int
    reasons: tuple[Reason, ...] = ()

    @property
    def as_text(self) -> str:
        """The reasons as a pair keeps them, one a line."""
        return "\n".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody.

    Numbers and e-mail addresses as ``contact_points.normalised`` has them; a birthday as month,
    day, year, each None where it is not known.
    """

    given: str = ""
    family: str = ""
    preferred: str = ""
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    birthday: tuple[int | None, int | None, int | None] = (None, None, None)
    addresses: frozenset[tuple[str, str, str]] = frozenset()
    """Street, postcode and city."""
    references: frozenset[str] = frozenset()


def reasons_of(text: str) -> tuple[Reason, ...]:
    """What ``Verdict.as_text`` wrote; lines that this version does not know are left out."""
    found: list[Reason] = []
    for line in text.splitlines():
        what, one, other = (*line.split("\t"), "", "")[:3]
        if what in _WHATS:
            found.append(Reason(What(what), one, other))
    return tuple(found)


def compare(one: Facts, other: Facts) -> Verdict:
    """How likely these two are one person."""
    reasons: list[Reason] = []
    if one.references & other.references:
        reasons.append(Reason(What.REFERENCE))
    names, limit = _names(one, other, reasons)
    points = names
    points += _contacts(one, other, names, reasons)
    birthday, day_limit = _birthday(one.birthday, other.birthday, reasons)
    points += birthday + _address(one, other, reasons)
    if one.references & other.references:
        return Verdict(100, tuple(reasons))
    score = max(0, min(points, limit, day_limit, 100))
    return Verdict(score, tuple(reasons))


_GIVEN: Final = {
    Likeness.SAME: 25, Likeness.NICKNAME: 22, Likeness.PART: 20, Likeness.SOUND: 20,
    Likeness.NEAR: 17, Likeness.INITIAL: 10, Likeness.UNKNOWN: 0,
}  # fmt: skip
_FAMILY: Final = {
    Likeness.SAME: 25, Likeness.PART: 20, Likeness.SOUND: 20, Likeness.NEAR: 17,
    Likeness.UNKNOWN: 0, Likeness.OTHER: -20,
}  # fmt: skip


def _names(one: Facts, other: Facts, reasons: list[Reason]) -> tuple[int, int]:
    """Points for the names, and the limit that they set."""
    if not (one.given or one.family) or not (other.given or other.family):
        return 15, 100
    straight = _as_they_stand(one, other)
    points, limit, found = straight
    if points < _SWAPPED and _swapped(one, other):
        reasons.append(Reason(What.NAME_SWAPPED))
        return _SWAPPED, 100
    reasons += found
    return points, limit


_SWAPPED: Final = 42


def _swapped(one: Facts, other: Facts) -> bool:
    """Whether the given name of each is the family name of the other."""
    return all(
        alike(given, family, given=False) in (Likeness.SAME, Likeness.SOUND)
        for given, family in ((one.given, other.family), (other.given, one.family))
    )


def _as_they_stand(one: Facts, other: Facts) -> tuple[int, int, list[Reason]]:
    reasons: list[Reason] = []
    limit = 100
    given = _given(one, other)
    family = alike(one.family, other.family, given=False)
    if _ending(one) != _ending(other) and _ending(one) and _ending(other):
        reasons.append(Reason(What.OTHER_ENDING, _ending(one), _ending(other)))
        limit = ANOTHER_PERSON
    if given is Likeness.OTHER:
        reasons.append(Reason(What.OTHER_GIVEN, one.given, other.given))
        limit = ANOTHER_PERSON
    if family is Likeness.OTHER:
        reasons.append(Reason(What.OTHER_FAMILY, one.family, other.family))
    if given is Likeness.SAME and family is Likeness.SAME:
        reasons.insert(0, Reason(What.NAME))
    else:
        if given in _GIVEN and given not in (Likeness.SAME, Likeness.UNKNOWN):
            reasons.append(Reason(What.NAME_ALIKE, one.given, other.given))
        if family not in (Likeness.SAME, Likeness.UNKNOWN, Likeness.OTHER):
            reasons.append(Reason(What.NAME_ALIKE, one.family, other.family))
    return _GIVEN.get(given, -15) + _FAMILY.get(family, -20), limit, reasons


def _given(one: Facts, other: Facts) -> Likeness:
    """The given names, or what they are called by where that is nearer."""
    found = alike(one.given, other.given, given=True)
    if found is not Likeness.OTHER:
        return found
    calls = [(one.preferred, other.given), (one.given, other.preferred)]
    if any(a and b and alike(a, b, given=True) is Likeness.SAME for a, b in calls):
        return Likeness.NICKNAME
    return found


def _ending(facts: Facts) -> str:
    found = _JUNIOR.search(folded(f"{facts.given} {facts.family}"))
    return "" if found is None else found[1][:2]


_JUNIOR: Final = re.compile(r"\b(jr|sr|junior|senior|jun|sen)\b")


def _contacts(one: Facts, other: Facts, names: int, reasons: list[Reason]) -> int:
    points = 0
    if one.phones & other.phones:
        points += 50
        reasons.append(Reason(What.PHONE))
    elif names >= 40 and any(
        near_number(a, b) for a in sorted(one.phones) for b in sorted(other.phones)
    ):
        points += 20
        reasons.append(Reason(What.PHONE_NEAR))
    mine, theirs = set(map(mailbox, one.emails)), set(map(mailbox, other.emails))
    if same := mine & theirs:
        points += 30 if all(_is_shared(box) for box in same) else 55
        reasons.append(Reason(What.EMAIL))
    elif {before for box in mine if (before := own_part(box))} & set(map(own_part, theirs)):
        points += 20
        reasons.append(Reason(What.EMAIL_NEAR))
    return points


DOTS_DO_NOT_COUNT: Final = frozenset({"gmail.com", "googlemail.com"})
PLUS_IS_A_NOTE: Final = frozenset(
    ["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "live.nl",
     "icloud.com", "me.com", "fastmail.com", "proton.me", "protonmail.com", "pm.me"]
)  # fmt: skip
_OF_AN_OFFICE: Final = frozenset(
    ["info", "office", "mail", "post", "kontakt", "contact", "hello", "hallo", "admin", "sales",
     "service", "shop", "team", "noreply", "no-reply", "none", "unknown", "test", "family",
     "familie", "buero", "receptie", "reception"]
)  # fmt: skip


@lru_cache(maxsize=65_536)
def mailbox(email: str) -> str:
    """The mailbox that an address reaches, whatever dots or note after a plus it was given with.

    Only where the provider says so: elsewhere j.smith and jsmith are two people.
    """
    before, at, provider = email.lower().rpartition("@")
    if not at:
        return email
    if provider in PLUS_IS_A_NOTE:
        before = before.split("+")[0]
    if provider in DOTS_DO_NOT_COUNT:
        before, provider = before.replace(".", ""), "gmail.com"
    return f"{before}@{provider}"


def own_part(box: str) -> str:
    """What stands before the @ of a mailbox, where it is long enough to be somebody's own."""
    before = box.partition("@")[0]
    bare = before.replace(".", "").replace("_", "").replace("-", "")
    return bare if len(bare) >= 7 and not _is_shared(box) else ""


def _is_shared(box: str) -> bool:
    return box.partition("@")[0] in _OF_AN_OFFICE


def near_number(one: str, other: str) -> bool:
    """Whether two numbers of seven digits or more differ by one slip: a digit, or two swapped."""
    return (
        min(len(one), len(other)) >= 8
        and abs(len(one) - len(other)) <= 1
        and DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1
    )


Birthday = tuple[int | None, int | None, int | None]


def _birthday(one: Birthday, other: Birthday, reasons: list[Reason]) -> tuple[int, int]:
    """Points for the birthday, and the limit that another one sets."""
    month, day, year = one
    month_, day_, year_ = other
    if month is None or month_ is None:
        return 0, 100
    whole = day is not None and day_ is not None
    years = year is not None and year_ is not None
    same_day = month == month_ and (day == day_ or not whole)
    if same_day and (not years or year == year_):
        reasons.append(Reason(What.BIRTHDAY))
        return (40 if years and whole else 25 if whole else 5), 100
    apart = (month != month_) + (whole and day != day_) + (years and year != year_)
    turned = month == day_ and day == month_ and (not years or year == year_)
    if turned or (years and whole and apart == 1 and (year == year_ or _near_year(year, year_))):
        reasons.append(Reason(What.OTHER_BIRTHDAY))
        return -15, 100
    reasons.append(Reason(What.OTHER_BIRTHDAY))
    return -40, LIKELY - 5


def _near_year(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) in (1, 10)


def _address(one: Facts, other: Facts, reasons: list[Reason]) -> int:
    mine, theirs = places(one.addresses), places(other.addresses)
    if mine & theirs:
        reasons.append(Reason(What.ADDRESS))
        return 30
    codes = {code for _, code in mine if code} & {code for _, code in theirs if code}
    if codes:
        reasons.append(Reason(What.POSTCODE))
        return 5
    return 0


def places(addresses: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Street and postcode (or town where it has none), written in one way."""
    return {
        (place, code)
        for street, postcode, city in addresses
        if (place := one_street(street)) and (code := one_code(postcode) or folded(city))
    }


_STREET: Final = re.compile(r"(strasse|straat|street|str|st|avenue|ave|road|rd|weg|laan|ln|lane)\b")
_SHORT: Final = {
    "strasse": "str", "straat": "str", "street": "str", "str": "str", "st": "str",
    "avenue": "av", "ave": "av", "road": "rd", "rd": "rd", "weg": "weg", "laan": "ln",
    "lane": "ln", "ln": "ln",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def one_street(street: str) -> str:
    """A street with its number, written in one way; empty without a number, which is nowhere."""
    if not any(map(str.isdigit, street)):
        return ""
    plain = _STREET.sub(lambda found: _SHORT[found[1]], folded(street))
    words = re.findall(r"[^\W\d_]+|\d+", plain)
    numbers = [word for word in words if word.isdigit()]
    rest = [word for word in words if not word.isdigit()]
    return " ".join(("".join(rest), *numbers))


def one_code(postcode: str) -> str:
    """A postcode in capitals and without blanks."""
    return "".join(filter(str.isalnum, postcode)).upper()


def whole_name(facts: Facts) -> tuple[str, ...]:
    """Family and given name in words, as names are laid together."""
    return (*words_of(facts.family), *words_of(facts.given))
