"""What one check of the doctor's answers, and what can be done about it here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Connection


class Repair(StrEnum):
    """What can be put right without changing what a person wrote."""

    NONE = ""
    SEARCH = "search"
    """Make the search, the cards and the sums anew from the rows."""
    INDEXES = "indexes"
    """Make the indexes of all tables anew from the rows."""
    PERMISSIONS = "permissions"
    """Take away what other users of the computer may do with the files."""
    LEFTOVERS = "leftovers"
    """Clear away what programs that were ended left half-made."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check."""

    name: str
    """One word for the check: “pages”, “totals” …"""
    ok: bool
    template: str
    """English, with ``{named}`` values, as in ``Refusal``."""
    values: dict[str, int] = field(default_factory=dict)
    """Counts, never anything of a client."""
    content: bool = True
    """Whether it is about what the book holds, and not about its surroundings."""
    repair: Repair = Repair.NONE

    @property
    def sentence(self) -> str:
        """The template, filled in."""
        return self.template.format(**self.values)


Look: TypeAlias = Callable[[Connection, bool], Iterator[Finding]]
"""A check: the book, and whether only a quick look is wanted."""
