"""What happened to a promise so far, and which promise does a tag belong to?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.promise_tags import read_tag
from clientele.domain.tables import Associate, Client, Promise, PromiseStep
from clientele.store.queries.columns import ident
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a promise: a step of its kind, or one of ``Happened``."""

    what: str
    word: str
    moved_from: date | None
    associate_id: int | None
    associate: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tagged:
    """The promise that a tag belongs to."""

    promise_id: int
    named: Named
    kind: str
    what: str
    tag: str
    state: str


def promise_history(session: Session, promise_id: int) -> tuple[Happening, ...]:
    """All that was written down of a promise, the earliest first."""
    rows = session.execute(
        select(
            col(PromiseStep.what),
            col(PromiseStep.word),
            col(PromiseStep.moved_from),
            col(PromiseStep.associate_id),
            col(Associate.name),
            col(PromiseStep.at),
        )
        .outerjoin(Associate, ident(Associate.id) == col(PromiseStep.associate_id))
        .where(col(PromiseStep.promise_id) == promise_id)
        .order_by(col(PromiseStep.at), ident(PromiseStep.id))
    )
    return tuple(
        Happening(what, word, moved_from, by, name or "", at)
        for what, word, moved_from, by, name, at in rows
    )


def promise_by_tag(session: Session, text: str) -> Tagged | None:
    """The promise whose tag was typed or scanned (“A-2290”, “a2290”); None where it is none."""
    tag = read_tag(text)
    if tag is None:
        return None
    row = session.execute(
        select(
            *name_columns(),
            ident(Promise.id),
            col(Promise.kind),
            col(Promise.what),
            col(Promise.tag),
            col(Promise.state),
        )
        .join(Client, ident(Client.id) == col(Promise.client_id))
        .where(col(Promise.tag) == tag)
        .limit(1)
    ).first()
    if row is None:
        return None
    key, kind, what, tag, state = row[NAME_WIDTH:]
    return Tagged(key, Named(*row[:NAME_WIDTH]), kind, what, tag, state)
