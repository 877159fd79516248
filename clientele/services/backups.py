"""Backing the book up: when, what is written down of it, and the second place.

What takes long runs on the caller's thread (never the window's): the copy, its check, the second
place. Only the short writes go through the store's writer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.keeping_copies import OF_THE_DAY, Why, is_due
from clientele.domain.rules.rights import PROGRAM, SET_UP, Acting, Right
from clientele.domain.tables import BackupMade
from clientele.services.acting import acting as acting_of
from clientele.services.acting import require, require_at_the_door
from clientele.services.audit import record
from clientele.services.changes import Changes, Kind
from clientele.services.rows import new_id
from clientele.store import copies
from clientele.store.copies import Found
from clientele.store.copying import Leave, Told
from clientele.store.queries.reading import store_facts
from clientele.store.restore import forget
from clientele.store.second_place import SecondPlace
from clientele.store.session import Store

HERE, SECOND = "here", "second"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to copy the book, and how it ended."""

    why: Why
    place: str
    file: str = ""
    size: int = 0
    refused: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of backing up. Where ``refused`` is None, there is a good copy beside the book."""

    made: Found | None = None
    refused: Refusal | None = None
    carried: int = 0
    """Copies that were brought to the second place."""
    second_refused: Refusal | None = None
    tell: bool = False
    """Whether what went wrong was not told today."""
    changes: Changes = field(default_factory=Changes)


class Backups:
    """Makes the copies of one open book.

    ``clock`` answers the present instant; ``second`` is asked each time for the second place, and
    answers None where there is none.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        second: Callable[[], SecondPlace | None] = lambda: None,
    ) -> None:
        self._store, self._now, self._second = store, clock, second

    def is_due(self) -> bool:
        """Whether the copy of the day is still to be made."""
        with self._store.read(acting=SET_UP) as session:
            return is_due(last_of_the_day(session), self._now(), store_facts(session).zone)

    def clear_away(self) -> None:
        """Clear away what a restore that was killed left; only for who has the book to itself."""
        forget(self._store.path)

    def make(
        self,
        why: Why,
        *,
        acting: Acting = PROGRAM,
        told: Told = lambda *_: None,
        leave: Leave = lambda: False,
    ) -> Outcome:
        """Copy the book beside itself, and to the second place; let old copies go.

        By hand it needs the right; what is due by itself is the program's. What cannot be done is
        in the outcome, as it is written down. Raises ``NotAllowed``, and ``Cancelled`` where
        ``leave`` wants it, which is written down nowhere.
        """
        with self._store.read(acting=acting) as session:
            require(session, Right.COPY if why is Why.BY_HAND else Right.BY_ITSELF)
            zone = store_facts(session).zone
        try:
            made = copies.make(
                self._store.path,
                self._store.data_key,
                why,
                now=self._now(),
                told=told,
                leave=leave,
            )
        except Refusal as refusal:
            tell, changes = self._write(Attempt(why, HERE, refused=refusal), acting)
            return Outcome(refused=refusal, tell=tell, changes=changes)
        folder = made.path.parent
        kept = copies.listed(folder, self._store.data_key, self._store.path.name)
        copies.let_go(folder, kept, zone, made.head)
        _, changes = self._write(Attempt(why, HERE, made.path.name, made.size), acting)
        second = self.catch_up(why=why, acting=acting, leave=leave)
        return Outcome(
            made,
            carried=second.carried,
            second_refused=second.second_refused,
            tell=second.tell,
            changes=changes,
        )

    def catch_up(
        self,
        *,
        why: Why = Why.DAILY,
        acting: Acting = PROGRAM,
        leave: Leave = lambda: False,
    ) -> Outcome:
        """Bring to the second place what it lacks, the newest first; nothing where there is none.

        What it lacks are copies that are kept beside the book and newer than what it would let go.
        """
        place = self._second()
        if place is None:
            return Outcome()
        stem, key = self._store.path.name, self._store.data_key
        here = copies.listed(copies.folder_of(self._store.path), key, stem)
        with self._store.read(acting=SET_UP) as session:
            zone = store_facts(session).zone
        good = [one for one in here if one.good]
        if not good:
            return Outcome()
        newest, carried, changes = good[0], 0, Changes()
        try:
            there = place.listed(key, stem)
            stays = copies.staying((*good, *there), zone, newest.head)
            for one in good:
                if one.path.name in stays and place.carry(one.path, leave=leave):
                    carried += 1
                    brought = Attempt(one.why, SECOND, one.path.name, one.size)
                    _, changes = self._write(brought, acting)
            place.within(lambda: copies.let_go(place.folder, there, zone, newest.head))
        except Refusal as refusal:
            trouble = Attempt(why, SECOND, newest.path.name, refused=refusal)
            tell, changes = self._write(trouble, acting)
            return Outcome(carried=carried, second_refused=refusal, tell=tell, changes=changes)
        return Outcome(carried=carried, changes=changes)

    def lacks(self) -> bool:
        """Whether the second place is behind, going by what the book says; asks no disk."""
        if self._second() is None:
            return False
        with self._store.read(acting=SET_UP) as session:
            return not second_is_up_to_date(session)

    def _write(self, attempt: Attempt, acting: Acting) -> tuple[bool, Changes]:
        """Write an attempt down; whether its refusal was not told on this day of the store.

        A full disk may keep it from being written: what is true of the copies stays true.
        """
        try:
            with self._store.write(acting=acting) as session:
                return write_down(session, attempt, now=self._now())
        except Refusal:
            return True, Changes()


def write_down(session: Session, attempt: Attempt, *, now: datetime) -> tuple[bool, Changes]:
    """Keep how an attempt ended; answers whether that is to be told, and what changed.

    The same trouble with the same place is told, and written down, once a day.
    """
    require(session, Right.BY_ITSELF)
    refused = attempt.refused
    if refused is not None and _told_today(session, attempt, now):
        return False, Changes()
    who = acting_of(session)
    key = new_id(
        session,
        BackupMade(
            at=now,
            why=attempt.why,
            place=attempt.place,
            file=attempt.file,
            size=attempt.size,
            ok=refused is None,
            said="" if refused is None else refused.template,
            associate_id=who.associate_id,
        ),
    )
    record(
        session,
        "back_up" if refused is None else "back_up_failed",
        subject="backup_made",
        subject_id=key,
        detail={"place": attempt.place, "why": attempt.why.value},
        now=now,
    )
    return refused is not None, Changes({Kind.BACKUP_MADE.value: frozenset({key})})


def choose_second_place(
    store: Store, place: SecondPlace | None, *, acting: Acting, now: datetime
) -> None:
    """See that a folder can be the second place, and enter that it was chosen; None: none any more.

    The choice itself is this terminal's, and kept in its settings by whoever calls.

    Raises:
        NotAllowed: who acts may not back up.
        SecondPlaceTrouble: it cannot be reached or written, or is where the book is.
    """
    require_at_the_door(store, Right.COPY, acting=acting)
    if place is not None:
        place.prepare(store.path)
    with store.write(acting=acting) as session:
        record(session, "choose_second_place", detail={"chosen": place is not None}, now=now)


def before_import(store: Store, *, now: datetime, acting: Acting = PROGRAM) -> None:
    """Copy the book before a large file is brought in.

    Raises:
        NoCopyBefore: it could not be made; nothing was brought in.
    """
    outcome = Backups(store, lambda: now).make(Why.IMPORT, acting=acting)
    if outcome.refused is not None:
        raise NoCopyBefore(why=outcome.refused.sentence)


class NoCopyBefore(Refusal):
    """A great change is not begun without a copy of what was there before."""

    template = (
        "The backup that is made before a large file is brought in did not succeed, so nothing was "
        "brought in. {why}"
    )


def last_of_the_day(session: Session) -> datetime | None:
    """When the copy was made that was made last of those that count for a day."""
    return session.scalar(
        select(col(BackupMade.at))
        .where(
            col(BackupMade.place) == HERE,
            col(BackupMade.ok).is_(True),
            col(BackupMade.why).in_([one.value for one in OF_THE_DAY]),
        )
        .order_by(col(BackupMade.id).desc())
        .limit(1)
    )


def second_is_up_to_date(session: Session) -> bool:
    """Whether the newest copy beside the book is in the second place too."""
    newest = session.scalar(
        select(col(BackupMade.file))
        .where(col(BackupMade.place) == HERE, col(BackupMade.ok).is_(True))
        .order_by(col(BackupMade.id).desc())
        .limit(1)
    )
    if newest is None:
        return True
    found = session.scalar(
        select(func.count())
        .select_from(BackupMade)
        .where(
            col(BackupMade.place) == SECOND,
            col(BackupMade.ok).is_(True),
            col(BackupMade.file) == newest,
        )
    )
    return bool(found)


def _told_today(session: Session, attempt: Attempt, now: datetime) -> bool:
    facts = store_facts(session)
    begins, ends = facts.span(facts.day_of(now))
    assert attempt.refused is not None
    found = session.scalar(
        select(func.count())
        .select_from(BackupMade)
        .where(
            col(BackupMade.at) >= begins,
            col(BackupMade.at) < ends,
            col(BackupMade.place) == attempt.place,
            col(BackupMade.ok).is_(False),
            col(BackupMade.said) == attempt.refused.template,
        )
    )
    return bool(found)


def second_place(chosen: str) -> SecondPlace | None:
    """The place of the settings; None where none was chosen."""
    return SecondPlace(Path(chosen)) if chosen else None
