"""The lists that an associate may open, what they ask, and with whom one is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.custom_values import choices_of
from clientele.domain.rules.filter_texts import UnknownFilter, filter_of
from clientele.domain.rules.filters import Filter, Value
from clientele.domain.rules.names import full_name
from clientele.domain.tables import (
    Associate,
    Client,
    CustomField,
    Department,
    SavedList,
    SavedListMark,
    Tag,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.reading import store_facts


@dataclass(frozen=True, slots=True)
class ListRow:
    """A saved list; ``asked`` is None where this version cannot read it, ``trouble`` says why."""

    id: int
    name: str
    asked: Filter | None
    trouble: str
    shared: bool
    associate_id: int
    associate: str
    done: int
    """Clients with whom the one who asks is done."""


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the store's own."""

    id: int
    name: str
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a condition can name: departments, colleagues, tags and own fields, by name."""

    departments: tuple[tuple[int, str], ...]
    colleagues: tuple[tuple[int, str], ...]
    tags: tuple[tuple[int, str], ...]
    fields: tuple[OwnField, ...]
    currency: str

    def department(self, key: int | None) -> str:
        """Its name; empty when it is gone."""
        return next((name for at, name in self.departments if at == key), "")

    def colleague(self, key: int | None) -> str:
        """Their name; empty when they are gone."""
        return next((name for at, name in self.colleagues if at == key), "")

    def tag(self, key: int | None) -> str:
        """Its word; empty when it is gone."""
        return next((name for at, name in self.tags if at == key), "")

    def field(self, key: int | None) -> OwnField | None:
        """The field; None when it is gone."""
        return next((field for field in self.fields if field.id == key), None)


def saved_lists(session: Session, by: int) -> tuple[ListRow, ...]:
    """One's own lists by name, then those that colleagues share."""
    done = (
        select(col(SavedListMark.saved_list_id), func.count().label("count"))
        .where(col(SavedListMark.associate_id) == by)
        .group_by(col(SavedListMark.saved_list_id))
        .subquery()
    )
    rows = session.execute(
        select(
            ident(SavedList.id),
            col(SavedList.name),
            col(SavedList.question),
            col(SavedList.shared),
            col(SavedList.associate_id),
            col(Associate.name),
            func.coalesce(done.c.count, 0),
        )
        .join(Associate, ident(Associate.id) == col(SavedList.associate_id))
        .outerjoin(done, done.c.saved_list_id == ident(SavedList.id))
        .where(or_(col(SavedList.associate_id) == by, col(SavedList.shared).is_(True)))
        .order_by(
            col(SavedList.associate_id) != by, func.lower(col(SavedList.name)), ident(SavedList.id)
        )
    )
    return tuple(_row(*row) for row in rows)


def saved_list(session: Session, key: int, by: int) -> ListRow | None:
    """One list that ``by`` may open."""
    return next((row for row in saved_lists(session, by) if row.id == key), None)


def done_with(session: Session, list_id: int, by: int) -> frozenset[int]:
    """The clients of a list with whom an associate is done."""
    marked = select(col(SavedListMark.client_id)).where(
        col(SavedListMark.saved_list_id) == list_id, col(SavedListMark.associate_id) == by
    )
    return frozenset(session.scalars(marked))


def choices(session: Session) -> Choices:
    """All that conditions can name."""
    departments = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(col(Department.position))
    )
    colleagues = session.execute(
        select(ident(Associate.id), col(Associate.name)).order_by(col(Associate.name))
    )
    tags = session.execute(select(ident(Tag.id), col(Tag.name)).order_by(func.lower(col(Tag.name))))
    fields = session.execute(
        select(
            ident(CustomField.id),
            col(CustomField.name),
            col(CustomField.kind),
            col(CustomField.choices),
        ).order_by(col(CustomField.position), ident(CustomField.id))
    )
    return Choices(
        tuple((key, name) for key, name in departments),
        tuple((key, name) for key, name in colleagues),
        tuple((key, name) for key, name in tags),
        tuple(OwnField(key, name, kind, choices_of(words)) for key, name, kind, words in fields),
        store_facts(session).currency,
    )


def name_of_client(session: Session, key: int) -> str:
    """How a client is called, for a condition that names one."""
    row = session.execute(
        select(col(Client.given_name), col(Client.family_name)).where(ident(Client.id) == key)
    ).first()
    return "" if row is None else full_name(*row)


def names_for(session: Session, asked: Iterable[Filter | None]) -> tuple[Choices, dict[int, str]]:
    """All that conditions can name, and the clients whom these filters do name."""
    clients = {
        condition.about
        for one in asked
        if one is not None
        for condition in one.conditions()
        if condition.shape.value is Value.CLIENT and condition.about is not None
    }
    return choices(session), {key: name_of_client(session, key) for key in clients}


def lists_with_names(
    session: Session, by: int
) -> tuple[tuple[ListRow, ...], Choices, dict[int, str]]:
    """The lists of ``saved_lists`` with ``names_for`` all of them."""
    lists = saved_lists(session, by)
    return lists, *names_for(session, (one.asked for one in lists))


def _row(key: int, name: str, question: str, shared: bool, by: int, who: str, done: int) -> ListRow:
    try:
        return ListRow(key, name, filter_of(question), "", shared, by, who, done)
    except UnknownFilter as trouble:
        return ListRow(key, name, None, trouble.sentence, shared, by, who, done)
