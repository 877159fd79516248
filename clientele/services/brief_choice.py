"""What goes onto a brief, in which order, and what goes first when there is too little room.

The window, the printed page and the command line all say what is chosen here. Words are English
templates handed through ``say``, so that the window can translate them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from clientele.store.queries.reading import Named

Say = Callable[[str], str]
"""Gives an English template in the reader's language."""

PARAGRAPH = 700
"""How long a note may be before its later sentences are left in the book, in letters."""

LINE = 220
"""The same for what stands on a line beside others."""

SHORT = 32
"""Up to so many letters it is a word or two."""

FAR_TOO_LONG = 3
"""A single sentence may be this many times as long, because a sentence is not torn apart."""


class Topic(StrEnum):
    """The parts of a brief, in the order in which they stand; the value is the English title."""

    SAY_FIRST = "Say this first"
    NEVER_SAY = "Never say"
    EXPECTED = "Expected"
    PROBLEMS = "To make right"
    PROMISES = "Open promises"
    PAID_AHEAD = "Paid ahead"
    WHOSE = "In whose hands"
    FITS = "What fits"
    LIKES = "Likes"
    PURCHASES = "Last purchases"
    WISHES = "Wish list"
    OCCASIONS = "Coming up"
    HOUSEHOLD = "Household"
    COMES_WITH = "Comes with"
    FOLLOW_UPS = "To do"
    NOTES = "Last notes"
    GLANCE = "At a glance"
    KNOWN_TO = "Who knows them"
    NOT_YET = "Departments not visited yet"
    CONTACT = "Contact"

    @property
    def inline(self) -> bool:
        """Whether its entries go on in one line, as single words do."""
        return self in (Topic.LIKES, Topic.KNOWN_TO, Topic.NOT_YET, Topic.COMES_WITH)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a brief says. With too little room the lowest ``weight`` goes first.

    ``name`` says what it is (“Coat”, “Thu 26 Nov”), ``strong`` is said louder, ``words`` follow
    it, ``aside`` is where it comes from. ``warns`` marks what must not be got wrong.
    """

    words: str
    weight: int
    name: str = ""
    strong: str = ""
    aside: str = ""
    warns: bool = False

    @property
    def is_short(self) -> bool:
        """Whether it is a word or two, which may stand in one line with others."""
        return len(self.words) <= SHORT

    @property
    def text(self) -> str:
        """All of it in one line."""
        said = ", ".join(part for part in (self.strong, self.words) if part)
        whole = f"{self.name}: {said}" if self.name and said else self.name or said
        return f"{whole} ({self.aside})" if self.aside else whole


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one topic under its title."""

    topic: Topic
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class BriefSheet:
    """A brief ready to be set: who, then sections, and how many entries had no room.

    ``called`` is how the client is spoken to, ``say_it`` how that is said, ``under`` one line of
    who owns the client and how they are known, ``made`` when and for which store it was made.
    """

    named: Named
    title: str
    called: str
    say_it: str
    under: str
    made: str
    made_at: datetime
    sections: tuple[Section, ...]
    left_out: int = 0

    @property
    def size(self) -> int:
        """How many entries it has."""
        return sum(len(section.entries) for section in self.sections)

    def heaviest(self, count: int) -> BriefSheet:
        """The brief with its ``count`` weightiest entries, in their places; empty topics go."""
        if count >= self.size:
            return self
        ranked = sorted(
            ((entry.weight, -at, entry) for at, entry in enumerate(self._entries())), reverse=True
        )
        kept = {id(entry) for _, _, entry in ranked[: max(count, 0)]}
        sections = (
            replace(section, entries=tuple(entry for entry in section.entries if id(entry) in kept))
            for section in self.sections
        )
        return replace(
            self,
            sections=tuple(section for section in sections if section.entries),
            left_out=self.left_out + self.size - max(count, 0),
        )

    def fitting(self, fits: Callable[[BriefSheet], bool]) -> BriefSheet:
        """The most of this brief for which ``fits`` says yes, the least weighty left out."""
        low, high = 0, self.size
        if fits(self):
            return self
        while low < high:
            middle = (low + high + 1) // 2
            if fits(self.heaviest(middle)):
                low = middle
            else:
                high = middle - 1
        return self.heaviest(low)

    def section(self, topic: Topic) -> Section | None:
        """The section of a topic, or None where there is nothing to say."""
        return next((section for section in self.sections if section.topic is topic), None)

    def _entries(self) -> Iterator[Entry]:
        for section in self.sections:
            yield from section.entries


def shortened(text: str, most: int) -> str:
    """``text`` up to the last sentence that ends within ``most`` letters, marked where it goes on.

    A first sentence that is longer stays whole, unless it is far too long: then it ends after a
    word, and only a word that is itself far too long is broken.
    """
    text = plain(text)
    if len(text) <= most:
        return text
    ends = [found.end() for found in _END.finditer(text)]
    within = [end for end in ends if end <= most]
    if within:
        return f"{text[: within[-1]]} […]"
    first = ends[0] if ends else len(text)
    if first <= most * FAR_TOO_LONG:
        return text[:first] + ("" if first == len(text) else " […]")
    words, space, _ = text[: most + 1].rpartition(" ")
    return f"{words} […]" if space else f"{text[:most]}[…]"


def first_sentence(text: str, most: int) -> str:
    """The first sentence of a text, what it is about; shortened as ``shortened`` does."""
    text = plain(text)
    end = _END.search(text)
    return shortened(text[: end.end()] if end else text, most)


def plain(text: str) -> str:
    """One line, without what no reader sees: controls, and marks that turn a whole line round."""
    return " ".join(_UNSEEN.sub(" ", text).split())


_END = re.compile(r"[.!?…。！？][”\"')]*(?=\s)")  # noqa: RUF001 - sentences of other scripts end too
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
