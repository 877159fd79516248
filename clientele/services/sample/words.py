"""What words is the sample made of? Names, articles, notes and phrases from resources/sample."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from clientele.system.resources import resource


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name, what friends make of it, and how to say it; the latter two may be empty."""

    name: str
    preferred: str = ""
    say_it: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The names of one part of the world; ``weight`` of a hundred clients have them."""

    weight: float
    women: tuple[Spoken, ...]
    men: tuple[Spoken, ...]
    families: tuple[Spoken, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Article:
    """Something the store sells, in several names, brands and colours. Prices in major units."""

    department: str
    kind: str
    wearer: str
    names: tuple[str, ...]
    brands: tuple[str, ...]
    colours: tuple[str, ...]
    price: tuple[int, int]
    season: str
    weight: float
    traits: frozenset[str]
    gift: bool
    pieces: int
    why: str
    """Which list of phrases.toml says why somebody leaves it."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note and, with it, what to say first when the client returns."""

    text: str
    first: str
    after: str
    days: tuple[int, int] | None
    wearer: str
    department: str
    needs: str


@dataclass(frozen=True, slots=True)
class Avoid:
    """What a client may avoid, the traits and the colour that it rules out, and where."""

    what: str
    traits: frozenset[str]
    colour: str
    wearer: str
    department: str


@dataclass(frozen=True, slots=True)
class Town:
    """Where clients of a country live: streets, how a house is written, towns with postcodes."""

    streets: tuple[str, ...]
    form: str
    towns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All of it. ``phrases``, ``team``, ``cast`` and ``open_visit`` are as in their files."""

    origins: tuple[Origin, ...]
    articles: tuple[Article, ...]
    notes: tuple[NoteText, ...]
    avoids: tuple[Avoid, ...]
    towns: dict[str, Town]
    phrases: dict[str, Any]
    team: dict[str, Any]
    cast: tuple[dict[str, Any], ...]
    open_visit: dict[str, Any]
    hand_offs: tuple[dict[str, Any], ...]


@cache
def words() -> Words:
    """Read the files once."""
    phrases, told = _read("phrases"), _read("cast")
    return Words(
        origins=tuple(_origin(row) for row in _read("names")["origin"]),
        articles=tuple(_article(row) for row in _read("articles")["article"]),
        notes=tuple(_note(row) for row in _read("notes")["note"]),
        avoids=tuple(_avoid(row) for row in phrases["avoid"]),
        towns={country: _town(row) for country, row in _read("places").items()},
        phrases=phrases,
        team=_read("team"),
        cast=tuple(told["person"]),
        open_visit=told["open_visit"],
        hand_offs=tuple(_read("hand_offs")["hand_off"]),
    )


def _read(name: str) -> dict[str, Any]:
    with resource("sample", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _spoken(text: str) -> Spoken:
    name, preferred, say_it = (*text.split("|"), "", "")[:3]
    return Spoken(name, preferred, say_it)


def _origin(row: dict[str, Any]) -> Origin:
    return Origin(
        weight=row["weight"],
        women=tuple(map(_spoken, row["women"])),
        men=tuple(map(_spoken, row["men"])),
        families=tuple(map(_spoken, row["families"])),
        language=row["language"],
    )


def _article(row: dict[str, Any]) -> Article:
    low, high = row["price"]
    return Article(
        department=row["department"],
        kind=row.get("kind", ""),
        wearer=row["wearer"],
        names=tuple(row["names"]),
        brands=tuple(row.get("brands", [""])),
        colours=tuple(row["colours"]),
        price=(low, high),
        season=row.get("season", ""),
        weight=row["weight"],
        traits=frozenset(row.get("traits", [])),
        gift=row.get("gift", False),
        pieces=row.get("pieces", 1),
        why=row["why"],
    )


def _note(row: dict[str, Any]) -> NoteText:
    days = row.get("days")
    return NoteText(
        text=row["text"],
        first=row.get("first", ""),
        after=row.get("after", ""),
        days=(days[0], days[1]) if days else None,
        wearer=row.get("wearer", "any"),
        department=row.get("department", ""),
        needs=row.get("needs", ""),
    )


def _avoid(row: dict[str, Any]) -> Avoid:
    return Avoid(
        what=row["what"],
        traits=frozenset(row.get("traits", [])),
        colour=row.get("colour", ""),
        wearer=row.get("wearer", "any"),
        department=row.get("department", ""),
    )


def _town(row: dict[str, Any]) -> Town:
    towns = []
    for text in row["towns"]:
        city, _, postcode = text.partition("|")
        towns.append((city, postcode))
    return Town(tuple(row["streets"]), row["form"], tuple(towns))
