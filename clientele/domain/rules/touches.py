"""Does what was said in one department touch another? A table of subjects and departments.

A department is known by the words of its name, a subject by the words of a sentence, in English,
German and Dutch. What touches is the one sentence, never the whole note. When in doubt nothing
touches: an associate who is shown what does not matter stops reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from clientele.domain.rules.department_words import DEPARTMENTS, GOODS, PEOPLE, Goods, Who
from clientele.domain.rules.subject_words import (
    CHILD,
    COLOURS,
    DISLIKED,
    FOR_A_MAN,
    FOR_A_WOMAN,
    SUBJECTS,
    WANTED,
    Subject,
)

YEAR = timedelta(days=365)

HOLDS: dict[Subject, timedelta | None] = {
    Subject.WEDDING: timedelta(days=180),
    Subject.BIRTHDAY: timedelta(days=90),
    Subject.ANNIVERSARY: timedelta(days=90),
    Subject.GIFT: timedelta(days=120),
    Subject.TRAVEL: timedelta(days=120),
    Subject.EVENT: timedelta(days=120),
    Subject.NEW_JOB: timedelta(days=180),
    Subject.BABY: YEAR,
    Subject.SPORT: YEAR,
    Subject.WEATHER: YEAR,
    Subject.FEET: None,
    Subject.SKIN: None,
    Subject.METAL: None,
    Subject.CLOTH: None,
    Subject.LEATHER: None,
    Subject.SCENT: None,
    Subject.FIGURE: YEAR,
}
"""How long a sentence about a subject counts; None: as long as nobody says otherwise."""

WORN = frozenset({Goods.SUITS, Goods.CLOTHES, Goods.SHIRTS, Goods.COATS, Goods.NIGHT})
DRESSING = WORN - {Goods.NIGHT, Goods.COATS} | {Goods.SHOES, Goods.ACCESSORIES}
GIFTS = frozenset(
    {Goods.JEWELLERY, Goods.COSMETICS, Goods.BAGS, Goods.ACCESSORIES, Goods.HOME, Goods.SHIRTS}
)
GIVEN = GIFTS | {Goods.CLOTHES, Goods.NIGHT, Goods.CHILDREN}
"""What is given to somebody of the kind that a department is for."""

COLOURED = WORN - {Goods.NIGHT} | {Goods.SHOES, Goods.BAGS, Goods.ACCESSORIES}

TOUCHES: dict[Subject, frozenset[Goods]] = {
    Subject.WEDDING: DRESSING | {Goods.JEWELLERY, Goods.COSMETICS, Goods.BAGS},
    Subject.BIRTHDAY: GIVEN,
    Subject.ANNIVERSARY: GIVEN,
    Subject.GIFT: GIVEN,
    Subject.TRAVEL: frozenset({Goods.SHOES, Goods.LUGGAGE, Goods.BAGS, Goods.COATS, Goods.CLOTHES}),
    Subject.EVENT: DRESSING | {Goods.JEWELLERY, Goods.COSMETICS, Goods.BAGS},
    Subject.NEW_JOB: DRESSING | {Goods.BAGS},
    Subject.BABY: frozenset({Goods.CHILDREN}),
    Subject.SPORT: frozenset({Goods.SPORT, Goods.SHOES}),
    Subject.WEATHER: frozenset({Goods.COATS, Goods.SHOES, Goods.ACCESSORIES}),
    Subject.FEET: frozenset({Goods.SHOES}),
    Subject.SKIN: WORN | {Goods.COSMETICS, Goods.JEWELLERY, Goods.CHILDREN},
    Subject.METAL: frozenset({Goods.JEWELLERY}),
    Subject.CLOTH: WORN | {Goods.ACCESSORIES, Goods.CHILDREN},
    Subject.LEATHER: frozenset({Goods.SHOES, Goods.BAGS, Goods.ACCESSORIES, Goods.COATS}),
    Subject.SCENT: frozenset({Goods.COSMETICS}),
    Subject.FIGURE: WORN,
}
"""Which goods each subject is of matter to."""

OF_PRESENTS = frozenset({Subject.BIRTHDAY, Subject.ANNIVERSARY, Subject.GIFT})

OCCASIONS = timedelta(days=60)
"""An occasion touches departments from so long before."""


class Because(StrEnum):
    """How a sentence touches a department."""

    NAMED = "the department is named"
    GOODS = "its goods are spoken of"
    SUBJECT = "a subject that matters there"
    COLOUR = "a colour that they look for or avoid"


@dataclass(frozen=True, slots=True)
class Place:
    """A department as the table knows it: its goods, and for whom they are."""

    name: str
    goods: frozenset[Goods]
    who: Who | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A sentence that touches, and why; ``subject`` None where it is not by subject."""

    sentence: str
    because: Because
    subject: Subject | None = None


@lru_cache(maxsize=256)
def place_of(name: str) -> Place:
    """What a department sells, by the words of its name; none for a name that says nothing."""
    found = {goods for goods, words in DEPARTMENTS.items() if words.search(name)}
    if Goods.CHILDREN in found:
        found -= WORN | {Goods.SPORT}
    if Goods.CLOTHES in found and re.search(r"sportswear|activewear", name, re.IGNORECASE):
        found.add(Goods.SPORT)
    who = next((who for who, words in PEOPLE.items() if words.search(name)), None)
    if who is not None and not found:
        found = {Goods.CLOTHES}
    if who is Who.MEN and Goods.CLOTHES in found:
        found.add(Goods.SUITS)
    return Place(name, frozenset(found), who)


def touches(note: str, department: str, *, age: timedelta = timedelta(0)) -> tuple[Touch, ...]:
    """The sentences of a note, written ``age`` ago, that touch a department; mostly none."""
    place = place_of(department)
    return tuple(touch for one in sentences(note) if (touch := _touch(one, place, age)) is not None)


def occasion_touches(kind: str, department: str, *, relation: str = "") -> bool:
    """Whether an occasion (``OccasionKind``) matters to a department.

    ``relation`` is that of the person of the household whose day it is; empty for the client.
    """
    place = place_of(department)
    if kind in ("wedding", "graduation") and not relation:
        return bool(place.goods & TOUCHES[Subject.WEDDING])
    if kind in ("birthday", "anniversary", "wedding", "graduation"):
        if not relation and kind == "birthday":
            return False  # what they give themselves, they say
        return _is_present(place, relation)
    return False


def speaks_of(kind: str, sentence: str) -> bool:
    """Whether a sentence tells of an occasion of this kind (``OccasionKind``)."""
    subject = next((one for one in Subject if one.value == kind), None)
    return subject is not None and bool(SUBJECTS[subject].search(sentence))


def sells(category: str, department: str) -> bool:
    """Whether a department has goods of a kind, such as “jacket” or “Shoe · loafer”."""
    place = place_of(department)
    return any(GOODS[goods].search(category) for goods in place.goods if goods in GOODS)


def is_of_goods(category: str) -> bool:
    """Whether it is known which goods a category is of, so that other departments do without."""
    return any(words.search(category) for words in GOODS.values())


def sentences(note: str) -> Iterator[str]:
    """The sentences of a note; a semicolon or a new line ends one as well."""
    for part in re.split(r"(?<=[.!?…;])\s+|\n+", note):
        words = " ".join(part.split()).rstrip(";")
        if words:
            yield words


def _touch(sentence: str, place: Place, age: timedelta) -> Touch | None:
    if age <= YEAR and _names(sentence, place):
        return Touch(sentence, Because.NAMED)
    if age <= YEAR and _speaks_of_goods(sentence, place):
        return Touch(sentence, Because.GOODS)
    for subject, words in SUBJECTS.items():
        held = HOLDS[subject]
        if not (place.goods & TOUCHES[subject]) or (held is not None and age > held):
            continue
        if not words.search(sentence):
            continue
        if subject in OF_PRESENTS and not _is_present(place, sentence):
            continue
        return Touch(sentence, Because.SUBJECT, subject)
    if place.goods & COLOURED and COLOURS.search(sentence):
        liked = WANTED.search(sentence) or DISLIKED.search(sentence)
        others = any(GOODS[goods].search(sentence) for goods in GOODS if goods not in place.goods)
        if liked and not others:
            return Touch(sentence, Because.COLOUR)
    return None


def _names(sentence: str, place: Place) -> bool:
    """Whether it names the department as it is called."""
    name = re.escape(place.name.strip()).replace("'", "['’]")
    return bool(place.name.strip()) and bool(
        re.search(rf"(?<!\w){name}(?!\w)", sentence, re.IGNORECASE)
    )


def _speaks_of_goods(sentence: str, place: Place) -> bool:
    """Whether its goods are spoken of, for those whom it serves."""
    if not any(GOODS[goods].search(sentence) for goods in place.goods if goods in GOODS):
        return False
    man, woman = FOR_A_MAN.search(sentence), FOR_A_WOMAN.search(sentence)
    if place.who is Who.MEN:
        return not (woman and not man)
    if place.who is Who.WOMEN:
        return not (man and not woman)
    return True


def _is_present(place: Place, words: str) -> bool:
    """Whether a present for whoever ``words`` speak of might come from here.

    From a department for men or women only what is for one of them; shoes, suits and coats are
    seldom given, because they must be tried on.
    """
    man, woman = bool(FOR_A_MAN.search(words)), bool(FOR_A_WOMAN.search(words))
    if Goods.CHILDREN in place.goods:
        return bool(CHILD.search(words))
    if place.who is not None:
        theirs, others = (man, woman) if place.who is Who.MEN else (woman, man)
        return bool(place.goods & (GIVEN if theirs else GIFTS)) and (theirs or not others)
    seldom_his = place.goods <= {Goods.BAGS, Goods.COSMETICS} and man and not woman
    return bool(place.goods & GIFTS) and not seldom_his
