"""Likes and avoids: read as they are said quickly, and known again in another form of the word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.names import folded

_LIKES = r"likes?|loves?|adores?|mag|liebt|houdt\s+van"
_AVOIDS = r"avoids?|dislikes?|hates?|meidet|vermeidet|hasst|vermijdt|mijdt|haat"
_SAID = re.compile(rf"\s*(?:(?P<like>{_LIKES})|(?P<avoid>{_AVOIDS}))(?:\s*:|\s)\s*", re.IGNORECASE)
"""How a piece begins that says on which side it stands, in English, German and Dutch."""

_ARTICLES = frozenset(
    ["a", "an", "the", "der", "die", "das", "ein", "eine", "einen", "de", "het", "een"]
)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is liked or avoided (``PreferenceKind``), as it was typed."""

    kind: str
    what: str


def read_likes(text: str, kind: str) -> tuple[Said, ...]:
    """The things named in “emerald, silk; avoids: wool”; those before any such word are ``kind``.

    Commas part things, semicolons and lines part sides. The same thing twice is named once.
    """
    found: dict[tuple[str, frozenset[str]], Said] = {}
    for piece in re.split(r"[;\n]", text):
        side = kind
        if begins := _SAID.match(piece):
            side = PreferenceKind.LIKE if begins["like"] else PreferenceKind.AVOID
        for thing in piece[begins.end() if begins else 0 :].split(","):
            words = " ".join(thing.split())
            if words:
                found.setdefault((side, essence(words)), Said(side, words))
    return tuple(found.values())


def essence(words: str) -> frozenset[str]:
    """What two forms of one thing share: “Logos” and “a logo”, “Schuh” and “Schuhe”.

    Words without their articles, accents and endings of number; their order says nothing.
    """
    parts = re.findall(r"\w+", folded(words))
    stems = [_stem(part) for part in parts if part not in _ARTICLES]
    return frozenset(stems or parts or [folded(words)])


def same_thing(one: str, other: str) -> bool:
    """Whether both say the same thing, whatever its form."""
    return essence(one) == essence(other)


@dataclass(frozen=True, slots=True)
class Held:
    """A like or avoid as it is compared.

    ``member_id`` None is the client, ``department_id`` None every department.
    """

    id: int
    kind: str
    what: str
    member_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The same thing liked and avoided by one person, where both count in some department."""

    like: Held
    avoid: Held


def meet(one: Held, other: Held) -> bool:
    """Whether both are of one person and thing, and there is a department in which both count."""
    everywhere = one.department_id is None or other.department_id is None
    return (
        one.member_id == other.member_id
        and (everywhere or one.department_id == other.department_id)
        and same_thing(one.what, other.what)
    )


def conflicts(held: Iterable[Held]) -> tuple[Conflict, ...]:
    """What is liked and avoided at once, in the order of the likes."""
    rows = tuple(held)
    avoids = [row for row in rows if row.kind == PreferenceKind.AVOID]
    return tuple(_conflicts(rows, avoids))


def _conflicts(rows: tuple[Held, ...], avoids: list[Held]) -> Iterator[Conflict]:
    for like in rows:
        if like.kind == PreferenceKind.LIKE:
            yield from (Conflict(like, avoid) for avoid in avoids if meet(like, avoid))


def _stem(word: str) -> str:
    """A word without its endings of number in the three languages, doubled letters once."""
    while (shorter := _without_ending(word)) != word:
        word = shorter
    return re.sub(r"(.)\1", r"\1", word)


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|sh|ch)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        return word[:-1]
    for ending in ("en", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
