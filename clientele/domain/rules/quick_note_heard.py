"""What a rule has found in a note, and what that means: how the parts of the grammar speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clientele.domain.rules.quick_note_days import SaidDay
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.rules.quick_note_people import Person


@dataclass(frozen=True, slots=True)
class Heard:
    """What a rule found: where, of whom (None: the client), and all that helps to read it."""

    text: str
    low: str
    match: re.Match[str]
    person: Person | None
    today: date
    days: Sequence[SaidDay]
    departments: Sequence[str]
    rest: tuple[int, int]
    """What is left of the sentence."""

    def group(self, name: str) -> str:
        """The words in that place of the rule, in lower case; empty where there are none."""
        return (self.match.groupdict().get(name) or "").strip()

    def words(self, name: str) -> str:
        """The same as they were typed."""
        if not self.group(name):
            return ""
        return " ".join(self.text[self.match.start(name) : self.match.end(name)].split())

    def day(self, start: int, end: int) -> SaidDay | None:
        """The first day that stands between two places."""
        return next((one for one in self.days if start <= one.start < end), None)


@dataclass(frozen=True, slots=True)
class Meant:
    """The entry: its kind, its fields, and the place of the words that say it."""

    kind: OfferKind
    fields: dict[str, str]
    span: tuple[int, int]
