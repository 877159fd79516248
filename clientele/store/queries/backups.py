"""When was the book last backed up, where to, and what went wrong since?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.tables import BackupMade


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt, as it is written down."""

    at: datetime
    why: str
    place: str
    file: str
    size: int
    ok: bool
    said: str


@dataclass(frozen=True, slots=True)
class BackupState:
    """The last good copy beside the book and in the second place, and what is wrong since."""

    here: AttemptRow | None = None
    second: AttemptRow | None = None
    here_wrong: AttemptRow | None = None
    """The last attempt, if it failed."""
    second_wrong: AttemptRow | None = None


def backup_state(session: Session) -> BackupState:
    """How the copies of the book are."""
    return BackupState(
        here=_last(session, "here", ok=True),
        second=_last(session, "second", ok=True),
        here_wrong=_wrong(session, "here"),
        second_wrong=_wrong(session, "second"),
    )


def _wrong(session: Session, place: str) -> AttemptRow | None:
    last = _last(session, place)
    return last if last is not None and not last.ok else None


def _last(session: Session, place: str, *, ok: bool | None = None) -> AttemptRow | None:
    asked = select(
        col(BackupMade.at),
        col(BackupMade.why),
        col(BackupMade.place),
        col(BackupMade.file),
        col(BackupMade.size),
        col(BackupMade.ok),
        col(BackupMade.said),
    ).where(col(BackupMade.place) == place)
    if ok is not None:
        asked = asked.where(col(BackupMade.ok).is_(ok))
    row = session.execute(asked.order_by(col(BackupMade.id).desc()).limit(1)).one_or_none()
    return None if row is None else AttemptRow(*row)
