"""Which clients does a text mean? From the one box: names, numbers, addresses, all that is known.

The text never becomes SQL or full-text syntax: it is taken apart into words, each folded, quoted
and bound. Every step asks an index for a limited number of clients, the likeliest step first, and
the next step is only asked while there is room; only few are ever put in order, because ordering
everybody whose name begins with two letters would take longer than a key press.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product
from typing import Any, Final

from sqlalchemy.orm import Session

from clientele.store import digit_pairs, prepared
from clientele.store import search_sql as sql
from clientele.store.asked import Asked, plain, read_text
from clientele.store.engine import terms_of
from clientele.store.known_words import BOOK
from clientele.store.terms import SHORTEST, Terms

SORTABLE = 2_000
"""So many hits are put in order where all are wanted; of a number so many are looked at."""

RANKED: Final = 32
"""So many at most are put in the order of their names, where not more are wanted."""

_LONG: Final = 4
"""From so many letters on, the index must gather the words that begin so; it keeps lists of
clients for the first one, two and three letters of all words."""

_A_FACT = re.compile(r"[dta]\d*")


class Why(StrEnum):
    """Why a client is found."""

    NAME = "name"
    SOUNDS_LIKE = "sounds like"
    PHONE = "phone"
    EMAIL = "e-mail"
    REFERENCE = "reference"
    TAG = "tag"
    NOTE = "note"
    BOUGHT = "bought"
    SHOWN = "shown"
    WISHES = "wishes"
    WEARS = "wears"
    AVOIDS = "avoids"
    HOUSEHOLD = "household"
    FIELD = "field"
    KNOWN = "known"
    """Something that is known of them; ``store.queries.found`` says what it is."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A client who was found, why, and the words in which it shows."""

    client_id: int
    why: Why = Why.NAME
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The clients that a text means, the likeliest first; ``more`` when there are others."""

    hits: tuple[Hit, ...]
    more: bool = False

    @property
    def ids(self) -> tuple[int, ...]:
        """The clients alone."""
        return tuple(hit.client_id for hit in self.hits)


def search(
    session: Session, typed: str, *, associate_id: int | None = None, limit: int = 50
) -> Found:
    """The clients that ``typed`` means, at most ``limit``.

    Names that begin so come before numbers and addresses, these before all else that is known,
    names that are spelt otherwise last; within each, the clients of ``associate_id`` are first.
    """
    asked = read_text(typed)
    if not asked or limit < 1:
        return Found(())
    session.flush()
    connection = session.connection()
    looking = _Looking(
        connection.connection.driver_connection,
        terms_of(connection),
        associate_id,
        limit,
        frozenset(asked.words),
        " ".join(plain(typed).split()),
    )
    if asked.digits or asked.pieces:
        looking.for_numbers(asked)
    else:
        looking.for_words(asked.words)
    return looking.found()


@dataclass(slots=True)
class _Looking:
    """One search under way: who was found so far, in order."""

    connection: Any
    terms: Terms
    associate_id: int | None
    limit: int
    words: frozenset[str]
    typed: str
    hits: dict[int, Why] = field(default_factory=dict)
    more: bool = False

    def found(self) -> Found:
        """What was found."""
        first = [Hit(key, why) for key, why in list(self.hits.items())[: self.limit]]
        return Found(tuple(first), self.more or len(self.hits) > self.limit)

    def for_words(self, words: tuple[str, ...]) -> None:
        """Names, whole and begun; then what is known; then names that are spelt otherwise."""
        self._names(words)
        if self._room() and any(map(str.isdigit, self.typed)):
            self._references()
        if self._room():
            self._known(words)
        if len(words) == 1 and len(words[0]) >= 3 and self._room():
            self._take_some(self._reach(f"addresses : {_quoted(words[0])}"), Why.EMAIL)
        if self._room():
            self._misspelt(words)

    def for_numbers(self, asked: Asked) -> None:
        """Pieces of numbers and addresses, of clients of whom all other words are known too."""
        parts = [f"addresses : {_quoted(piece)}" for piece in asked.pieces if len(piece) >= 3]
        if len(parts) < len(asked.pieces):
            return
        others = (*asked.words, *((asked.digits,) if asked.digits else ()))
        for digits in _written(asked.digits):
            number = [f"numbers : {digit_pairs.asked(digits)}"] if digits else []
            match, why = " AND ".join([*parts, *number]), Why.PHONE if digits else Why.EMAIL
            if asked.words:
                self._take(self._who_also(_numbers(self._reach(match, _WIDE)), asked.words), why)
            else:
                self._take_some(self._reach(match), why)
            if self.hits:
                break
        if self._room() and not asked.pieces:
            self._known(others)

    def _names(self, words: tuple[str, ...]) -> None:
        """One's own clients; of others those whose whole words are asked for, then the begun."""
        if any(map(self.terms.lacks, words)):
            return
        whole = " AND ".join(map(_quoted, words))
        quick, begun = _levels(words)
        found = self._ids(sql.NAMES, quick, self._wide + 1) if quick != begun else []
        others: list[int] = []
        all_of_them = False
        if len(found) <= self._wide:
            most = self._wide if len(words) == 1 else _SOME
            others = self._ids(sql.NAMES, begun, most + 1)
            if len(others) <= self._wide:
                self._take(others, Why.NAME)
                return
            all_of_them = len(others) <= most
        self.more = True
        if all_of_them and self.associate_id is not None:
            self._add(self._ordered(list(self._of_my_book(others))), Why.NAME)
        for match in () if all_of_them else dict.fromkeys((quick, begun)):
            if self._room():
                book = f'"{BOOK}{self.associate_id}"'
                self._add(self._own(sql.NAMES, f"{book} AND ({match})"), Why.NAME)
        if whole != quick and self._room():
            self._add(self._ordered(self._ids(sql.NAMES, whole, RANKED)), Why.NAME)
        if len(words) == 1 and self._room():
            self._add(self._family_names(words[0]), Why.NAME)
        for some in (found, others):
            if self._room():
                self._add(self._ordered(some), Why.NAME)

    def _references(self) -> None:
        """The number itself, then numbers of which it is a piece."""
        rows = prepared.run(self.connection, sql.REFERENCE, (self.typed, self.typed.upper()))
        self._add([row[0] for row in rows], Why.REFERENCE)
        if len(self.typed) >= 3:
            self._take_some(self._reach(f"refs : {_quoted(self.typed.lower())}"), Why.REFERENCE)

    def _known(self, words: Sequence[str]) -> None:
        """Who has all words anywhere; long words are asked for whole and then begun."""
        if all(len(word) == 1 and not word.isdigit() for word in words):
            return
        apart = "- facts : " if any(map(_A_FACT.fullmatch, words)) else ""
        for level in dict.fromkeys(_levels(words, letters=False)):
            if not self._room():
                return
            match = f"{apart}({level})"
            found = self._ids(sql.KNOWN, match, self._wide + 1)
            if len(found) > self._wide:
                own = f"facts : a{self.associate_id} AND ({match})"
                self._add(self._own(sql.KNOWN, own), Why.KNOWN)
                self._add(found, Why.KNOWN)
                self.more = True
            else:
                self._take(found, Why.KNOWN)

    def _misspelt(self, words: tuple[str, ...]) -> None:
        """Names of which one word or more is spelt otherwise, those with fewer slips first.

        Where somebody was found already, only one slip: the text may have been right.
        """
        if all(len(word) < SHORTEST for word in words):
            return
        self.terms.load(self.connection)
        most = 1 if self.hits else _MOST_SLIPS
        self._spelt(words, most, growing=False)
        if not self.hits:
            self._spelt(words, most, growing=True)

    def _spelt(self, words: tuple[str, ...], most: int, *, growing: bool) -> None:
        ways: list[dict[int, list[str]]] = []
        for at, word in enumerate(words):
            way: dict[int, list[str]] = {}
            if self.terms.knows(word) and len(word) >= _LONG:
                way[0] = [_quoted(word)]
            elif not self.terms.lacks(word):
                way[0] = [f"{_quoted(word)}*"]
            if not word.isdigit():
                for near in self.terms.near(word, growing=growing and at == len(words) - 1):
                    way.setdefault(near.cost, []).append(
                        _quoted(near.word) + ("" if near.whole else "*")
                    )
            ways.append(way)
        costs = sorted((cost for cost in product(*ways) if 0 < sum(cost) <= most), key=_by_slips)
        for cost in costs:
            match = " AND ".join(
                f"({' OR '.join(way[one])})" for way, one in zip(ways, cost, strict=True)
            )
            self._take(self._ids(sql.NAMES, match, RANKED), Why.SOUNDS_LIKE)
            if not self._room():
                return

    def _who_also(self, found: list[int], words: tuple[str, ...]) -> list[int]:
        """Those of ``found`` of whom all ``words`` are known."""
        if not found:
            return []
        match = " AND ".join(f"{_quoted(word)}*" for word in words)
        if any(map(_A_FACT.fullmatch, words)):
            match = f"- facts : ({match})"
        if len(found) <= RANKED:
            rows = prepared.run(self.connection, sql.KNOWN_OF, (match, json.dumps(found)))
            return [row[0] for row in rows]
        also = set(self._ids(sql.KNOWN, match, _WIDE))
        return [key for key in found if key in also]

    def _reach(self, match: str, limit: int = SORTABLE + 1) -> str:
        """Ids as one text: of hundreds only those that are shown are made into numbers."""
        found: str | None = prepared.run(self.connection, sql.REACH, (match, limit))[0][0]
        return found or ""

    def _own(self, asked: str, match: str) -> list[int]:
        """One's own clients among very many, as the index itself finds them."""
        if self.associate_id is None:
            return []
        return self._ordered(self._ids(asked, match, RANKED))

    def _family_names(self, word: str) -> list[int]:
        values = (word, word + "\U0010ffff", self.limit)
        return [row[0] for row in prepared.run(self.connection, sql.FAMILY, values)]

    def _ids(self, asked: str, match: str, limit: int) -> list[int]:
        """Ids that SQLite puts into one text: thousands of rows would cost more than finding."""
        return _numbers(prepared.run(self.connection, asked, (match, limit))[0][0] or "")

    def _take_some(self, found: str, why: Why) -> None:
        """Add those of one step, given as one text: of very many one's own, and as many as fit."""
        many = found.count(",") + 1
        if many <= self._wide:
            self._take(_numbers(found), why)
            return
        mine: list[int] = []
        if self.associate_id is not None:
            rows = prepared.run(self.connection, sql.MINE, (self.associate_id, f"[{found}]"))
            mine = [row[0] for row in rows]
            self._add(self._ordered([key for key in mine if key not in self.hits]), why)
        enough = len(self.hits) + len(mine) + self.limit + 1
        self._add(map(int, found.split(",", enough)[:enough]), why)
        self.more = self.more or many > self.limit

    def _take(self, found: list[int], why: Why) -> None:
        """Add those of one step, one's own first, few of them in the order of their names."""
        if len(found) > SORTABLE:
            self.more = True
        new = [key for key in found if key not in self.hits]
        if len(new) > 1 and self.associate_id is not None:
            mine = self._of_my_book(new)
            self._add(self._ordered([key for key in new if key in mine]), why)
            new = [key for key in new if key not in mine]
        if self._room():
            self._add(self._ordered(new), why)
        elif new:
            self.more = True

    def _add(self, found: Iterable[int], why: Why) -> None:
        for key in found:
            self.hits.setdefault(key, why)

    def _ordered(self, found: list[int]) -> list[int]:
        """Few in the order of their names, those first who are called exactly so."""
        if not 1 < len(found) <= self._wide:
            return found
        rows = prepared.run(self.connection, sql.ORDER, (json.dumps(found),))
        if self.words:
            rows.sort(key=lambda row: -len(self.words.intersection(row[1].split())))
        return [row[0] for row in rows]

    def _of_my_book(self, found: list[int]) -> frozenset[int]:
        """Those of ``found`` who are in one's own book, which may be far longer."""
        rows = prepared.run(self.connection, sql.MINE, (self.associate_id, json.dumps(found)))
        return frozenset(row[0] for row in rows)

    @property
    def _wide(self) -> int:
        """So many hits of one question are put in order; of more, one's own are asked for."""
        return max(RANKED, self.limit)

    def _room(self) -> bool:
        return len(self.hits) <= self.limit


def _numbers(found: str) -> list[int]:
    return [int(key) for key in found.split(",")] if found else []


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _levels(words: Sequence[str], *, letters: bool = True) -> tuple[str, str]:
    """Two questions for all ``words``: a quick one with long words whole, then all of them begun.

    A single letter begins a word only where ``letters`` says so.
    """
    least = 1 if letters else 2
    quick = [_quoted(word) + ("*" if least <= len(word) < _LONG else "") for word in words]
    begun = [_quoted(word) + ("*" if len(word) >= least else "") for word in words]
    return " AND ".join(quick), " AND ".join(begun)


def _written(digits: str) -> tuple[str, ...]:
    """A number as it may stand in the book: with or without the noughts before it."""
    bare = digits.lstrip("0")
    return (digits, bare) if len(bare) >= 5 and bare != digits else (digits,)


def _by_slips(cost: tuple[int, ...]) -> tuple[int, int]:
    return sum(cost), max(cost)


_SOME: Final = 400
"""So many who have several names asked for are found at once: cheaper than to ask again for those
of one's own book."""

_MOST_SLIPS: Final = 4
"""In all words together, as ``terms.Near`` counts them."""

_WIDE: Final = 20_000
"""Hits of one part that are laid beside those of another."""
