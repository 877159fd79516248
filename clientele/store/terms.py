"""Which names are meant by one that is spelt otherwise?

All words that names are made of (tens of thousands in a book of a million clients) are held in
memory, some megabytes, from the first misspelling on. A word is compared with all of them in one
to two milliseconds by rapidfuzz; then the names that were meant are asked for as any others.
Whoever writes a client hands in the words of the name, so that somebody entered a moment ago is
found misspelt too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from clientele.domain.rules.alike_names import spoken
from clientele.store.known_words import BOOK

SHORTEST: Final = 3
"""Letters of a word below which every other word would be near it."""

MOST: Final = 40
"""Words that one word may stand for; more are not what anybody meant."""

_FURTHER: Final = 4
"""From so many letters on a word may have two slips in it."""


_TWO_OR_ONE: Final = re.compile("(?<![aeiou])(ae|oe|ue|[aou](?![aeiou]))(?=.)")


@dataclass(frozen=True, slots=True)
class Near:
    """A word of a name that may be meant."""

    word: str
    cost: int
    """1: one slip, or it sounds the same; 2: two slips; 3: two in a word of four letters."""
    whole: bool = True
    """False: only the beginning of the word was compared, since more may be typed yet."""


class Terms:
    """The words of all names in an open book. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._words: set[str] = set()
        self._sorted: list[str] = []
        self._by_length: dict[int, list[str]] = {}
        self._beginnings: dict[int, list[str]] = {}
        self._ready = False

    def load(self, connection: Any) -> None:
        """Read them by a driver's connection, once: a third of a second for a million clients."""
        if self._ready:
            return
        words = [row[0] for row in connection.execute("SELECT term FROM client_terms")]
        words = [word for word in words if not word.startswith(BOOK)]
        with self._lock:
            self._take(words)
            self._ready = True

    def learn(self, words: Iterable[str]) -> None:
        """Take in the words of a name that was written."""
        with self._lock:
            if self._ready:
                self._take(words)

    def forget(self) -> None:
        """Read them again when they are needed next: very many names were written."""
        with self._lock:
            self._words, self._sorted, self._by_length, self._beginnings = set(), [], {}, {}
            self._ready = False

    def knows(self, word: str) -> bool:
        """Whether a name has this word; False too where they were not read yet."""
        return word in self._words

    def lacks(self, word: str) -> bool:
        """Whether no word of a name begins so. False where they were not read yet."""
        if not self._ready:
            return False
        words = self._sorted
        at = bisect_left(words, word)
        return at == len(words) or not words[at].startswith(word)

    def near(self, word: str, *, growing: bool) -> list[Near]:
        """The words that may be meant by a folded ``word``, the nearest first, at most ``MOST``.

        ``growing``: it is the word at which somebody still types, so words are near too that go
        on after their first letters, which are near. The word itself is none of them.
        """
        length = len(word)
        if length < SHORTEST:
            return []
        slips = 2 if length >= _FURTHER else 1
        found: dict[tuple[str, bool], Near] = {}
        for letters in range(length - slips, length + slips + 1):
            for other, distance, _ in _within(word, self._by_length.get(letters, ()), slips):
                cost = _cost(word, other, distance)
                if distance and not other.startswith(word):
                    found[other, True] = Near(other, cost)
        if growing and length >= _FURTHER:
            for letters in (length - 1, length, length + 1):
                for other, _, _ in _within(word, self._beginning(letters), 1):
                    if not other.startswith(word) and not word.startswith(other):
                        found.setdefault((other, False), Near(other, 2, whole=False))
        for other in _umlauts(word):
            if len(other) >= SHORTEST and not self.lacks(other):
                found[other, False] = Near(other, 1, whole=False)
        nearest = sorted(found.values(), key=lambda one: (one.cost, not one.whole, one.word))
        return nearest[:MOST]

    def _take(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self._words:
                self._words.add(word)
                insort(self._sorted, word)
                self._by_length.setdefault(len(word), []).append(word)
                for letters, beginnings in self._beginnings.items():
                    if len(word) > letters and word[:letters] not in beginnings:
                        beginnings.append(word[:letters])

    def _beginning(self, letters: int) -> list[str]:
        """The first ``letters`` letters of all words that are longer."""
        there = self._beginnings.get(letters)
        if there is None:
            there = list({word[:letters] for word in list(self._words) if len(word) > letters})
            self._beginnings[letters] = there
        return there


def _umlauts(word: str) -> set[str]:
    """``word`` as it is where somebody wrote an umlaut as two letters, or two letters as one.

    Names with an umlaut are held in both spellings; this is for Mueller and Muller.
    """
    return {
        word[: found.start(1)] + other + word[found.end(1) :]
        for found in _TWO_OR_ONE.finditer(word)
        for other in ((found[1][0],) if len(found[1]) > 1 else (found[1] + "e",))
    }


def _within(word: str, others: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    return process.extract(word, others, scorer=OSA.distance, score_cutoff=slips, limit=None)


def _cost(word: str, other: str, distance: int) -> int:
    if distance <= 1 or spoken(word) == spoken(other):
        return 1
    return 2 if len(word) > _FURTHER else 3
