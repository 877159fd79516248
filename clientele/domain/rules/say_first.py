"""What is said first when a client comes? A table of reasons, the weightier above the lighter.

What we owe is said before anything else: a client with a problem wants to hear of nothing else.
Then the latest of what somebody asked to be said and of what the client waits for, then what is
near, then the newest words there are. Within a row of the table the latest wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Because(StrEnum):
    """Why something is said first."""

    NOT_SOLVED = "a problem that the client has not called solved"
    LATE = "a promise that is late"
    MARKED = "a note marked to be said first, not said yet"
    READY = "a promise that is ready to collect"
    AT_RISK = "a promise at risk"
    ASKS = "a note that asks something"
    OCCASION = "an occasion that is near"
    NEWEST = "the newest note"


ORDER: tuple[frozenset[Because], ...] = (
    frozenset({Because.NOT_SOLVED, Because.LATE}),
    frozenset({Because.MARKED, Because.READY, Because.AT_RISK}),
    frozenset({Because.ASKS, Because.OCCASION}),
    frozenset({Because.NEWEST}),
)
"""The first row that has anything decides."""

NEAR = timedelta(days=14)
"""An occasion is spoken of from so long before."""

ASKED_FOR = timedelta(days=180)
"""A question that nobody marked is asked for so long; later nobody knows what it was about."""

_QUESTION = re.compile(r"\?|\b(?:ask|find out|frag|nachfragen|vraag|navragen)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that might be said first: why, since which day of the store, and whose key it is.

    ``key`` tells two of the same day apart: the higher is the later.
    """

    because: Because
    since: date
    key: int = 0


def asks(words: str) -> bool:
    """Whether a note asks something of whoever reads it: “How was Italy?”, “ask about the hem”."""
    return bool(_QUESTION.search(words))


def note_says(
    words: str, *, marked: bool, sensitive: bool, said: bool, written: date, today: date
) -> Because | None:
    """What a note is good for, a sensitive one for nothing; ``said``: the client was here since."""
    if sensitive or not words.strip():
        return None
    if marked and not said:
        return Because.MARKED
    if asks(words) and not said and today - written <= ASKED_FOR:
        return Because.ASKS
    return Because.NEWEST


def first(reasons: Iterable[Reason]) -> Reason | None:
    """The one that is said, or None where there is nothing to say."""
    there = tuple(reasons)
    for row in ORDER:
        found = [reason for reason in there if reason.because in row]
        if found:
            return max(found, key=lambda one: (one.since, -_place(one.because), one.key))
    return None


def _place(because: Because) -> int:
    """Of one day the reason that stands higher in the list of reasons."""
    return list(Because).index(because)
