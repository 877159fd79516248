"""The clients that a typed text means, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from clientele.store.queries.client_rows import ClientRow, rows_of
from clientele.store.queries.found_in import with_words
from clientele.store.queries.promise_history import Tagged, promise_by_tag
from clientele.store.search import Hit, Why, search


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a text: the first rows, and whether there are more.

    ``hits`` says for each of the rows why it is there and in which words it shows. ``tagged`` is
    the promise whose tag was typed or scanned.
    """

    typed: str
    rows: tuple[ClientRow, ...]
    more: bool
    tagged: Tagged | None = None
    hits: tuple[Hit, ...] = ()


def answer(session: Session, typed: str, *, associate_id: int, limit: int) -> Answer:
    """The first clients that ``typed`` means, those of the associate first; or a tag's promise."""
    found = search(session, typed, associate_id=associate_id, limit=limit)
    rows = rows_of(session, found.ids)
    there = [hit for hit in found.hits if hit.client_id in rows]

    def only_shown(hit: Hit) -> tuple[bool, bool]:
        """Who was only shown it comes after those who have it, of one's own book and of others."""
        mine = rows[hit.client_id].is_in_book_of(associate_id)
        return not mine, hit.why is Why.SHOWN

    hits: list[Hit] = []
    told = zip(there, with_words(session, there, typed), strict=True)
    for known, some in groupby(told, lambda both: both[0].why is Why.KNOWN):
        group = [hit for _, hit in some]
        hits += sorted(group, key=only_shown) if known else group
    return Answer(
        typed,
        tuple(rows[hit.client_id] for hit in hits),
        found.more,
        promise_by_tag(session, typed),
        tuple(hits),
    )


def found_rows(
    session: Session, typed: str, *, associate_id: int | None = None, limit: int = 20
) -> tuple[ClientRow, ...]:
    """The likeliest clients first, those of ``associate_id`` before others."""
    found = search(session, typed, associate_id=associate_id, limit=limit)
    rows = rows_of(session, found.ids)
    return tuple(rows[key] for key in found.ids if key in rows)
