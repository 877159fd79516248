"""What can be told of a client, and what does each entry of the story say?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Told(StrEnum):
    """Kinds of entries, in the order in which those of one moment come about.

    What came about last is told first, since the story begins with the newest.
    """

    BOOK = "book"
    BOOK_ENDED = "book ended"
    MERGED = "merged"
    CONSENT = "consent"
    APPOINTMENT = "appointment"
    VISIT = "visit"
    PURCHASE = "purchase"
    PART_PAYMENT = "part payment"
    MADE_RIGHT = "made right"
    PROMISE = "promise"
    PROMISE_STEP = "promise step"
    PROMISE_ENDED = "promise ended"
    HAND_OFF = "hand-off"
    HAND_OFF_ANSWERED = "hand-off answered"
    HAND_OFF_ENDED = "hand-off ended"
    CONTACT = "contact"
    NOTE = "note"


class Among(StrEnum):
    """What can be asked for that is no kind of its own: it is told as what it is."""

    VISITS = "visits"
    """Visits, with or without a ticket."""
    RETURNS = "returns"
    """Tickets on which something was brought back."""


RANK: dict[str, int] = {kind.value: at for at, kind in enumerate(Told)}
"""A number for each kind, which every database sorts alike."""


@dataclass(frozen=True, slots=True)
class StoryMark:
    """Where a page of the story ended, for the next one to begin."""

    at: datetime
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A line of a ticket; amounts are minor units of the ticket's currency.

    ``quantity`` is in thousandths, ``amount`` below zero for what was ``back``, then with the
    reason in ``why`` and the day it was bought where that is known. ``credits``: who and how much,
    where several share it.
    """

    item: str
    department: str
    quantity: int
    amount: int
    sku: str = ""
    mark_down: int = 0
    mark_down_why: str = ""
    back: bool = False
    why: str = ""
    bought_on: date | None = None
    by: str = ""
    credits: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StoryItem:
    """An article shown in a visit, and what became of it."""

    item: str
    detail: str
    department: str
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class StoryStep:
    """What happened to a promise, or about a problem; ``cost`` in the store's minor units."""

    what: str
    word: str
    at: datetime
    by: str = ""
    cost: int = 0


@dataclass(frozen=True, slots=True)
class StoryEntry:
    """One entry: what took place, when, by whom, in which departments.

    ``items`` are articles (of a purchase, or shown in a visit); ``amount`` is minor units of
    ``currency`` for a purchase or a part payment, else None; ``channel`` of a contact or consent,
    the kind of a promise; ``receipt`` of the till; ``about`` is what else is said of it: the
    garment of a promise, the article of a problem. ``to`` is whom a hand-off was offered to,
    ``on`` a promise's day or the last day of a hand-off, ``meant_at`` of an appointment.
    """

    kind: str
    id: int
    at: datetime
    associate_id: int | None
    associate: str
    words: str = ""
    departments: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()
    amount: int | None = None
    currency: str = ""
    receipt: str = ""
    channel: str = ""
    state: str = ""
    about: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    lines: tuple[StoryLine, ...] = ()
    shown: tuple[StoryItem, ...] = ()
    steps: tuple[StoryStep, ...] = ()
    to: str = ""
    to_id: int | None = None
    on: date | None = None
    meant_at: datetime | None = None
    purpose: str = ""
    """What a contact was about (``Purpose``); empty where nobody said."""
    of: int | None = None
    """The promise, hand-off or visit that a step, an answer or a ticket belongs to."""

    @property
    def mark(self) -> StoryMark:
        """Where the story goes on after this entry."""
        return StoryMark(self.at, self.kind, self.id)

    def said(self) -> str:
        """Everything in it that somebody may look for, piece by piece."""
        return "\n".join(piece for piece in self._pieces() if piece)

    def _pieces(self) -> Iterator[str]:
        yield self.words
        yield from self.about
        yield from self.items
        yield from self.departments
        yield self.associate
        yield from self.colleagues
        yield from self.companions
        yield self.to
        yield self.receipt
        for line in self.lines:
            yield from (line.sku, line.why, line.mark_down_why, line.department)
        for item in self.shown:
            yield from (item.item, item.detail, item.why, item.department)
        for step in self.steps:
            yield from (step.word, step.by)
