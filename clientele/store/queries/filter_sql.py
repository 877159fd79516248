"""What does a filter ask of the database? Every condition as a set of client ids, put together.

A set says of whom a condition holds, or of whom it does not, whichever is the smaller thing to
look up. Texts are always bound values; conditions over words ask the index of ``store.known``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.rules.filters import Condition, Filter, Group, Match, What
from clientele.domain.tables import BookMembership, Client
from clientele.store.queries import filter_days as days
from clientele.store.queries import filter_known as known
from clientele.store.queries import filter_sums as sums
from clientele.store.queries import filter_touches as touches
from clientele.store.queries.acting import covering
from clientele.store.queries.clients import Book, WhoseBook, in_book
from clientele.store.queries.columns import ident
from clientele.store.queries.filter_sets import in_set, led
from clientele.store.queries.reading import StoreFacts, store_facts
from clientele.store.search import SORTABLE, search


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and on which day of the store: “mine” and “in the next 30 days” go by it."""

    associate_id: int
    department_id: int | None
    today: date


def condition_of(session: Session, asked: Filter, asker: Asker) -> ColumnElement[bool]:
    """What must be true of ``Client`` for a client to be on the list."""
    compiler = _Compiler(session, asker)
    parts = [compiler.part(part) for part in asked.parts]
    if parts and asked.match is Match.ALL:
        return led(session, parts)
    return compiler.together(asked.match, parts)


class _Compiler:
    """Turns conditions into SQL for one who asks."""

    def __init__(self, session: Session, asker: Asker) -> None:
        self._session = session
        self._asker = asker
        self._facts = store_facts(session)

    def part(self, part: Condition | Group) -> ColumnElement[bool]:
        """One condition, or a few together."""
        if isinstance(part, Group):
            return self.together(part.match, [self.part(one) for one in part.parts])
        holds = self._holds(part)
        return not_(holds) if part.turned else holds

    @staticmethod
    def together(match: Match, parts: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        """All, any or none of these; of nothing at all everything is true."""
        if not parts:
            return true()
        if match is Match.ALL:
            return and_(*parts)
        return or_(*parts) if match is Match.ANY else not_(or_(*parts))

    def _holds(self, asked: Condition) -> ColumnElement[bool]:
        today = self._asker.today
        if not asked.whole:
            return true()
        if asked.what in WHOSE:
            return self._whose(asked)
        if asked.what is What.WORDS:
            return self._found(asked.words)
        if asked.what in (What.NEW, What.NEW_ON):
            return sums.came(asked, today, self._facts)
        if asked.what in TOUCHES:
            return TOUCHES[asked.what](asked, today, self._facts)
        if asked.what in SUMS:
            return SUMS[asked.what](asked, today)
        return KNOWN[asked.what](asked)

    def _whose(self, asked: Condition) -> ColumnElement[bool]:
        me = self._asker
        if asked.what is What.COLLEAGUE:
            return in_set(_owned().where(col(BookMembership.associate_id) == asked.about))
        if asked.what is What.NOBODYS:
            return not_(in_set(_owned()))
        book = Book.MINE if asked.what is What.MINE else Book.DEPARTMENT
        whose = WhoseBook(book, me.associate_id, me.department_id)
        return in_set(in_book(covering(self._session, whose, me.today)))

    def _found(self, words: str) -> ColumnElement[bool]:
        """Those whom the search box finds; of very many, those whose words begin so."""
        me = self._asker.associate_id
        found = search(self._session, words, associate_id=me, limit=SORTABLE)
        if found.more and (many := known.by_beginnings(words)) is not None:
            return many
        return ident(Client.id).in_(found.ids) if found.ids else false()


def _owned() -> Select[Any]:
    return select(col(BookMembership.client_id)).where(
        col(BookMembership.role) == BookRole.OWNER, col(BookMembership.until).is_(None)
    )


WHOSE = frozenset({What.MINE, What.MY_DEPARTMENT, What.COLLEAGUE, What.NOBODYS})

SUMS: dict[What, Callable[[Condition, date], ColumnElement[bool]]] = {
    What.SPENT: sums.between,
    What.TICKETS: sums.between,
    What.LAST_BOUGHT: sums.last_bought,
    What.LAST_BOUGHT_ON: sums.last_bought_on,
    What.FIRST_BOUGHT: sums.first_bought,
    What.FIRST_BOUGHT_ON: sums.first_bought_on,
    What.EVER_BOUGHT: sums.ever_bought,
    What.BIRTHDAY_WITHIN: days.birthday_within,
    What.BIRTHDAY_IN: days.birthday_in,
    What.OCCASION_WITHIN: days.occasion_within,
    What.OCCASION_IN: days.occasion_in,
}

TOUCHES: dict[What, Callable[[Condition, date, StoreFacts], ColumnElement[bool]]] = {
    What.PLANNED: touches.planned,
    What.NEXT_WITHIN: touches.next_within,
    What.NEXT_ON: touches.next_on,
}

KNOWN: dict[What, Callable[[Condition], ColumnElement[bool]]] = {
    What.TAG: known.tagged,
    What.BOUGHT_IN: known.bought_in,
    What.BOUGHT: known.bought,
    What.BRAND: known.brand,
    What.WEARS: known.wears,
    What.LIKES: known.likes,
    What.AVOIDS: known.avoids,
    What.HOUSEHOLD: known.household,
    What.WISHES: known.wishes,
    What.FIELD_TEXT: known.field_text,
    What.FIELD_CHOICE: known.field_choice,
    What.FIELD_NUMBER: known.field_number,
    What.FIELD_DATE: known.field_date,
    What.FIELD_YES: known.field_choice,
    What.REFERRED: known.referred,
    What.LANGUAGE: known.language,
    What.TIME_ZONE: known.time_zone,
    What.PLACE: known.place,
    What.PHONE: known.phone,
    What.EMAIL: known.email,
    What.MAY: known.may,
    What.REFUSED: known.refused,
    What.PROMISE: known.promise,
    What.FOLLOW_UP: known.follow_up,
    What.MERGED: known.merged,
    What.TWICE: known.twice,
}
