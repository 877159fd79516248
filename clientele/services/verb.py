"""What makes a function a verb: it writes through the session and answers what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from clientele.domain.errors import NotThere
from clientele.domain.rules.rights import EVERYBODY, Right
from clientele.domain.tables import metadata
from clientele.services.acting import needs, require, right_of
from clientele.services.audit import act_of, enter, one_act
from clientele.services.changes import Changes, Undo, fold
from clientele.services.images import RowImage, watching

What_contra = TypeVar("What_contra", contravariant=True)

PARENTS = {
    "appointment_import": ("appointment_id", "appointment"),
    "visit_stop": ("visit_id", "visit"),
    "shown_item": ("stop_id", "visit_stop"),
    "purchase_line": ("purchase_id", "purchase"),
    "credit_share": ("purchase_line_id", "purchase_line"),
    "item_credit": ("shown_item_id", "shown_item"),
    "line_return": ("sold_line_id", "purchase_line"),
    "made_right_step": ("made_right_id", "made_right"),
    "promise_step": ("promise_id", "promise"),
    "visit_companion": ("visit_id", "visit"),
}
"""Where a row says only through another row which client it concerns."""

ENDS_ANOTHER = frozenset({"wish", "promise"})
"""Rows with whose end a follow-up that is for them ends too."""


class Body(Protocol[What_contra]):
    """What is written down for a verb: it answers the id of its subject, if it has one."""

    def __call__(self, session: Session, what: What_contra, /, *, now: datetime) -> int | None: ...


class Verb(Protocol[What_contra]):
    """A change to the book: a session inside a write, what to do, and the moment (aware UTC)."""

    def __call__(self, session: Session, what: What_contra, /, *, now: datetime) -> Changes: ...


def verb(body: Body[What_contra]) -> Verb[What_contra]:
    """Turn ``body`` into a verb that answers ``Changes`` with the way back.

    Whoever acts in the session must have the right that ``body`` is marked with (``acting.needs``).
    That it was done is entered into the audit trail, in the same transaction (``audit.enter``).
    What it names and somebody removed meanwhile, such as a visit or one of the household, is
    refused with ``NotThere`` like the row it is about.
    """
    right, act = right_of(body), act_of(body)

    @wraps(body)
    def run(session: Session, what: What_contra, /, *, now: datetime) -> Changes:
        for by in said_to_act(what) or (None,):
            require(session, right, by=by)
        with one_act(session) as whole:
            try:
                with watching(session) as images:
                    subject = body(session, what, now=now)
                    passed(session, images, now)
            except IntegrityError as error:
                if "FOREIGN KEY" in str(error.orig).upper():
                    raise NotThere from error
                raise
            changes = changes_of(session, [*images, *forgotten(session, images)], subject, right)
            if whole:
                enter(session, act, changes, right=right, now=now)
        return changes

    return needs(right)(run)


ACTS = frozenset({"by", "drafted_by", "given_by"})
"""Fields of an input that say who acts."""


def said_to_act(what: object) -> frozenset[int]:
    """Who an input says that acts, also one that stands in it, as a message in what sends it."""
    found = {by for name in ACTS if (by := getattr(what, name, None)) is not None}
    if is_dataclass(what):
        for one in fields(what):
            within = getattr(what, one.name)
            if is_dataclass(within):
                found |= said_to_act(within)
    return frozenset(found)


def forgotten(session: Session, images: Sequence[RowImage]) -> Sequence[RowImage]:
    """What is written because these remove rows of which a merge knows (``merge_forgets``)."""
    if all(image.after is not None for image in images):
        return ()
    from clientele.services.merge_forgets import forget_removed

    return forget_removed(session, images)


def passed(session: Session, images: Sequence[RowImage], now: datetime) -> None:
    """End what was only there for a wish or hold that ends here (``follow_ups_expiry``)."""
    session.flush()
    if any(image.table in ENDS_ANOTHER for image in images):
        from clientele.services.follow_ups_expiry import expire_with

        expire_with(session, tuple(images), now)


def lasting(verb: Verb[What_contra]) -> Verb[What_contra]:
    """A verb that offers no way back, such as signing in."""

    @wraps(verb)
    def run(session: Session, what: What_contra, /, *, now: datetime) -> Changes:
        changes = verb(session, what, now=now)
        return Changes(changes.ids, changes.clients, changes.subject)

    return run


def changes_of(
    session: Session,
    images: Sequence[RowImage],
    subject: int | None,
    right: Right = Right.SERVE,
) -> Changes:
    """What these images say was changed; going back needs ``right``, or at least to serve."""
    images = fold(images)
    back = Right.SERVE if right in EVERYBODY else right
    ids: dict[str, set[int]] = defaultdict(set)
    clients: set[int] = set()
    find_client = _ClientOf(session)
    for image in images:
        if isinstance(image.key[0], int):
            ids[image.table].add(image.key[0])
        clients |= find_client(image)
    return Changes(
        ids={table: frozenset(rows) for table, rows in ids.items()},
        clients=frozenset(clients),
        subject=subject,
        undo=Undo(images, back) if images else None,
    )


class _ClientOf:
    """Finds the clients that a row concerns, going up to the visit or purchase where needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._columns: dict[str, Callable[[RowImage], Any]] = {}

    def __call__(self, image: RowImage) -> set[int]:
        if image.table == "client":
            return {image.key[0]}
        values = {**(image.before or {}), **(image.after or {})}
        found = {
            side["client_id"]
            for side in (image.before, image.after)
            if side is not None and side.get("client_id") is not None
        }
        if found:
            return found
        table = metadata.tables[image.table]
        if "client_id" in table.c:
            return self._look(image.table, "client_id", image.key[0])
        if image.table not in PARENTS:
            return set()
        column, parent = PARENTS[image.table]
        up = (
            {values[column]}
            if values.get(column)
            else self._look(image.table, column, image.key[0])
        )
        return {client for key in up for client in self(RowImage(parent, (key,), {}, {}))}

    def _look(self, table: str, column: str, key: int) -> set[int]:
        place = metadata.tables[table]
        value = self._session.scalar(select(place.c[column]).where(place.c.id == key))
        return set() if value is None else {value}
