"""Lists: a filter with a name, kept for oneself or shared, and worked through client by client."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import NotThere, Refusal
from clientele.domain.rules.filter_texts import filter_json, filter_of
from clientele.domain.rules.filters import Filter
from clientele.domain.tables import Associate, Client, SavedList, SavedListMark
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.called import called


class ListWithoutName(Refusal):
    """Nothing to find the list by."""

    template = "A list needs a name. What you built is still there; give it one."


class ListNameTaken(Refusal):
    """One's own list of that name would not be known from this one."""

    template = "You have a list “{name}” already. Nothing was changed; choose another name."


class NotYourList(Refusal):
    """A colleague's list is theirs to change."""

    template = "“{name}” is {owner}'s list. Nothing was changed; make a copy and change that."


class NothingAsked(Refusal):
    """A list of everybody is the book."""

    template = "Nothing is filtered yet. Nothing was kept; add a condition first."


@dataclass(frozen=True, slots=True)
class SaveList:
    """Keep a filter under a name; ``shared`` shows it to everybody."""

    by: int
    name: str
    asked: Filter
    shared: bool = False


@dataclass(frozen=True, slots=True)
class RenameList:
    """Another name for a list of one's own."""

    list_id: int
    by: int
    name: str


@dataclass(frozen=True, slots=True)
class ShareList:
    """Show a list of one's own to everybody, or to nobody else any more."""

    list_id: int
    by: int
    shared: bool


@dataclass(frozen=True, slots=True)
class AskOtherwise:
    """Another filter for a list of one's own; whom one is done with stays done."""

    list_id: int
    by: int
    asked: Filter


@dataclass(frozen=True, slots=True)
class CopyList:
    """A private list of one's own that asks the same; ``name`` as it is to be called."""

    list_id: int
    by: int
    name: str


@dataclass(frozen=True, slots=True)
class DeleteList:
    """Take a list of one's own away, with what everybody marked on it."""

    list_id: int
    by: int


@dataclass(frozen=True, slots=True)
class MarkClient:
    """Say that one is done with a client of a list, or not after all."""

    list_id: int
    client_id: int
    by: int
    done: bool = True


@dataclass(frozen=True, slots=True)
class BeginAgain:
    """Nobody of the list is done any more, for this associate."""

    list_id: int
    by: int


@verb
def save_list(session: Session, what: SaveList, /, *, now: datetime) -> int | None:
    """Keep a list and answer its id.

    Raises:
        ListWithoutName, ListNameTaken, NothingAsked: see there.
        UnknownFilter: it could not be read again.
    """
    question = _question(what.asked)
    name = _free_name(session, what.by, what.name)
    return new_id(
        session,
        SavedList(
            associate_id=what.by,
            name=name,
            question=question,
            shared=what.shared,
            created_at=now,
            updated_at=now,
        ),
    )


@verb
def rename_list(session: Session, what: RenameList, /, *, now: datetime) -> int | None:
    """Call it otherwise.

    Raises:
        NotYourList, ListWithoutName, ListNameTaken: see there.
    """
    row = _own(session, what.list_id, what.by)
    row.name, row.updated_at = _free_name(session, what.by, what.name, row.id), now
    return row.id


@verb
def share_list(session: Session, what: ShareList, /, *, now: datetime) -> int | None:
    """Share it, or keep it for oneself.

    Raises:
        NotYourList: it is a colleague's.
    """
    row = _own(session, what.list_id, what.by)
    if row.shared != what.shared:
        row.shared, row.updated_at = what.shared, now
    return row.id


@verb
def ask_otherwise(session: Session, what: AskOtherwise, /, *, now: datetime) -> int | None:
    """Let it ask for others from now on.

    Raises:
        NotYourList, NothingAsked: see there.
        UnknownFilter: it could not be read again.
    """
    row = _own(session, what.list_id, what.by)
    row.question, row.updated_at = _question(what.asked), now
    return row.id


@verb
def copy_list(session: Session, what: CopyList, /, *, now: datetime) -> int | None:
    """Make a private copy and answer its id.

    Raises:
        NotThere: it is gone, or a colleague's own.
        ListWithoutName, ListNameTaken: see there.
    """
    row = _seen(session, what.list_id, what.by)
    return new_id(
        session,
        SavedList(
            associate_id=what.by,
            name=_free_name(session, what.by, what.name),
            question=row.question,
            created_at=now,
            updated_at=now,
        ),
    )


@verb
def delete_list(session: Session, what: DeleteList, /, *, now: datetime) -> int | None:
    """Take it away; Undo brings back what was marked on it as well.

    Raises:
        NotYourList: it is a colleague's.
    """
    row = _own(session, what.list_id, what.by)
    # One by one, and not by the cascade: only what the session removes can come back.
    for mark in session.scalars(
        select(SavedListMark).where(col(SavedListMark.saved_list_id) == row.id)
    ):
        session.delete(mark)
    session.flush()
    session.delete(row)
    return None


@verb
def mark_client(session: Session, what: MarkClient, /, *, now: datetime) -> int | None:
    """Done with this client, or not; twice is once.

    Raises:
        NotThere: the list or the client is gone, or the list is a colleague's own.
    """
    _seen(session, what.list_id, what.by)
    the(session, Client, what.client_id)
    mark = session.scalars(
        select(SavedListMark).where(
            col(SavedListMark.saved_list_id) == what.list_id,
            col(SavedListMark.client_id) == what.client_id,
            col(SavedListMark.associate_id) == what.by,
        )
    ).first()
    if what.done and mark is None:
        session.add(
            SavedListMark(
                saved_list_id=what.list_id,
                client_id=what.client_id,
                associate_id=what.by,
                done_at=now,
            )
        )
    elif not what.done and mark is not None:
        session.delete(mark)
    return what.client_id


@verb
def begin_again(session: Session, what: BeginAgain, /, *, now: datetime) -> int | None:
    """Take away all marks of this associate on the list."""
    _seen(session, what.list_id, what.by)
    for mark in session.scalars(
        select(SavedListMark).where(
            col(SavedListMark.saved_list_id) == what.list_id,
            col(SavedListMark.associate_id) == what.by,
        )
    ):
        session.delete(mark)
    return what.list_id


def _question(asked: Filter) -> str:
    """What is kept of a filter; read at once, since a list that nobody can open is worth nothing.

    Raises:
        NothingAsked: it asks for everybody.
        UnknownFilter: it has a condition without its value, or more of them than anybody reads.
    """
    if not asked.parts:
        raise NothingAsked
    question = filter_json(asked)
    filter_of(question)
    return question


def _seen(session: Session, key: int, by: int) -> SavedList:
    """A list that ``by`` may look at."""
    row = the(session, SavedList, key)
    if row.associate_id != by and not row.shared:
        raise NotThere
    return row


def _own(session: Session, key: int, by: int) -> SavedList:
    """A list that ``by`` may change."""
    row = _seen(session, key, by)
    if row.associate_id != by:
        raise NotYourList(name=row.name, owner=the(session, Associate, row.associate_id).name)
    return row


def _free_name(session: Session, by: int, typed: str, but: int | None = None) -> str:
    name = " ".join(typed.split())
    if not name:
        raise ListWithoutName
    others = col(SavedList.id) != but if but is not None else true()
    if called(session, SavedList, name, col(SavedList.associate_id) == by, others) is not None:
        raise ListNameTaken(name=name)
    return name
