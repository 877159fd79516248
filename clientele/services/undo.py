"""Going back: bring rows to how they were before a verb, and keep what was written since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.tables import (
    Absence,
    BookMembership,
    ShownItem,
    Visit,
    VisitStop,
    metadata,
)
from clientele.services.acting import require
from clientele.services.audit import enter, one_act
from clientele.services.calling_off import that_wait
from clientele.services.changes import Changes, Undo
from clientele.services.images import RowImage
from clientele.services.verb import changes_of, forgotten


class CannotUndo(Refusal):
    """Going back would take away what was written since."""

    template = (
        "This cannot be undone any more: something was added to it since. "
        "Nothing was changed; remove what was added first, then undo again."
    )


ANSWERED = {"hand_off": "state", "message": "state"}
"""Rows with which a colleague or the sending goes on, and the column that says how far they are."""

RUNG = {"shown_item": "purchase_line_id", "part_payment": "purchase_id"}
"""Rows that a ticket takes up as they stand, and the column that says which: then they stay."""

KEPT_UP = frozenset({"client_card", "client_sum", "worth_call"})
"""Rows that only follow from others: they stand in nobody's way."""


def undo(session: Session, what: Undo, /, *, now: datetime) -> Changes:
    """Undo a verb and answer what that changed, with the way forward again as its own undo.

    A column that was written again since then keeps its newer value.

    Raises:
        CannotUndo: a row that would go was written again, answered by another, or has others
            hanging on it that came later; one that would change was rung meanwhile; one that would
            return has lost its place to another, such as an owner to the next; or a client would
            be in two departments at once, be known twice by one associate, or an associate be
            away twice.
        LastStoreManager: nobody would be left who may set up the team.
        NotAllowed: who acts might not have done it.
    """
    require(session, what.right)
    session.flush()
    merges = (image for image in what.images if image.table == "client_merge")
    merged = next((image for image in merges if image.before is None), None)
    if merged is not None:
        from clientele.services.unmerging import Unmerge, undo_merge

        gone_id = (merged.after or {}).get("gone_id")
        return undo_merge(session, Unmerge(merged.key[0], gone_id), now=now)
    try:
        images = reversed(that_wait(session, what.images))
        written = [image for image in (_back(session, image) for image in images) if image]
    except IntegrityError as taken:
        raise CannotUndo from taken
    session.expire_all()
    _refuse_two_places(session, written)
    _refuse_twice(session, written)
    _refuse_no_manager(session, written)
    with one_act(session):
        changes = changes_of(session, [*written, *forgotten(session, written)], None, what.right)
        enter(session, "undo", changes, now=now, each=True)
    return changes


def _back(session: Session, image: RowImage) -> RowImage | None:
    table = metadata.tables[image.table]
    here = and_(
        *(column == value for column, value in zip(table.primary_key, image.key, strict=True))
    )
    now_there = session.execute(select(table).where(here)).mappings().one_or_none()
    if image.before is None:
        if now_there is None:
            return None
        _refuse_if_answered(image, now_there)
        _refuse_if_another(table, image, now_there)
        _refuse_if_rung(session, image, now_there)
        _refuse_if_needed(session, table, image.key[0])
        session.execute(delete(table).where(here))
        return RowImage(image.table, image.key, dict(now_there), None)
    if now_there is None:
        if image.after is not None:
            return None
        session.execute(insert(table).values(dict(image.before)))
        return RowImage(image.table, image.key, None, dict(image.before))
    if image.after is None:
        _refuse_if_taken(table)
        return None
    _refuse_if_answered(image, now_there)
    _refuse_if_rung(session, image, now_there)
    after: Any = image.after
    untouched = [name for name in image.before if now_there[name] == after.get(name)]
    if not untouched:
        return None
    values = {name: image.before[name] for name in untouched}
    session.execute(update(table).where(here).values(values))
    return RowImage(image.table, image.key, {name: now_there[name] for name in untouched}, values)


def _refuse_if_answered(image: RowImage, now_there: Any) -> None:
    """Going back behind what another made of it since would pass over their word."""
    state, after = ANSWERED.get(image.table), image.after or {}
    if state is not None and state in after and now_there[state] != after[state]:
        raise CannotUndo


def _refuse_if_another(table: Table, image: RowImage, now_there: Any) -> None:
    """A row that would go was written again: by a colleague, whose words would go with it.

    Or it was removed, and another has its number by now.
    """
    after = image.after or {}
    changed = any(now_there[name] != value for name, value in after.items())
    if changed and table.primary_key.columns.keys() == ["id"]:
        raise CannotUndo


def _refuse_if_rung(session: Session, image: RowImage, now_there: Any) -> None:
    """What stands on a ticket is as it was rung; only undoing the ticket itself frees it."""
    after = image.after or {}
    ticket = RUNG.get(image.table)
    if ticket is not None and now_there[ticket] not in (None, after.get(ticket)):
        raise CannotUndo
    if image.table == "item_credit":
        item = session.get(ShownItem, now_there["shown_item_id"])
        if item is not None and item.purchase_line_id is not None:
            raise CannotUndo


def _refuse_two_places(session: Session, written: Sequence[RowImage]) -> None:
    """A client is in one department at a time, in none that they never came to, or have left."""
    stops = {image.key[0] for image in written if image.table == "visit_stop"}
    if not stops:
        return
    visits = select(col(VisitStop.visit_id)).where(col(VisitStop.id).in_(stops))
    here: set[int] = set()
    for visit_id, started_at, ended_at, left_at in session.execute(
        select(
            col(VisitStop.visit_id),
            col(VisitStop.started_at),
            col(VisitStop.ended_at),
            col(Visit.left_at),
        )
        .join(Visit, col(Visit.id) == col(VisitStop.visit_id))
        .where(col(VisitStop.visit_id).in_(visits))
    ):
        if started_at is None and ended_at is not None:
            raise CannotUndo
        if started_at is not None and ended_at is None:
            if left_at is not None or visit_id in here:
                raise CannotUndo
            here.add(visit_id)


def _refuse_twice(session: Session, written: Sequence[RowImage]) -> None:
    """What ended and was said anew meanwhile does not come back beside it."""

    def back(table: str) -> set[int]:
        return {image.key[0] for image in written if image.table == table}

    known = aliased(BookMembership)
    away = aliased(Absence)
    twice = (
        select(col(BookMembership.id))
        .join(
            known,
            and_(
                col(known.id) != col(BookMembership.id),
                col(known.client_id) == col(BookMembership.client_id),
                col(known.associate_id) == col(BookMembership.associate_id),
                col(known.department_id) == col(BookMembership.department_id),
                col(known.until).is_(None),
            ),
        )
        .where(
            col(BookMembership.id).in_(back("book_membership")), col(BookMembership.until).is_(None)
        ),
        select(col(Absence.id))
        .join(
            away,
            and_(
                col(away.id) != col(Absence.id),
                col(away.associate_id) == col(Absence.associate_id),
                col(away.away_from) < col(Absence.back_on),
                col(away.back_on) > col(Absence.away_from),
            ),
        )
        .where(col(Absence.id).in_(back("absence"))),
    )
    if any(session.scalars(asked.limit(1)).first() is not None for asked in twice):
        raise CannotUndo


def _refuse_no_manager(session: Session, written: Sequence[RowImage]) -> None:
    """Going back behind what was done since does not leave the store to nobody."""
    from clientele.services.team import refuse_without_manager

    if any(i.table == "associate" and {"role", "active"} & (i.after or {}).keys() for i in written):
        refuse_without_manager(session)


def _refuse_if_taken(table: Table) -> None:
    """What was removed cannot come back: another row has its key by now.

    The words of a draft that was typed anew are newer and stand; but SQLite gives the number of a
    removed row to the next one, of an import perhaps, which is not to be touched.
    """
    if table.primary_key.columns.keys() == ["id"]:
        raise CannotUndo


def _refuse_if_needed(session: Session, table: Table, key: Any) -> None:
    """Refuse to remove a row on which others hang: a cascade would take them along unseen."""
    for other in metadata.tables.values():
        if other.description in KEPT_UP:
            continue
        for column in other.columns:
            if any(foreign.column.table is table for foreign in column.foreign_keys):
                hanging = session.scalar(
                    select(func.count()).select_from(other).where(column == key)
                )
                if hanging:
                    raise CannotUndo
