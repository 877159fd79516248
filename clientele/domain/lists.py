"""Lists that are kept to be worked through; pairs that may be one client; merges."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class SavedList(Table, table=True):
    """A filter with a name. It keeps the question and not the clients, who change."""

    __tablename__ = "saved_list"

    id: int | None = Field(default=None, primary_key=True)
    associate_id: int = Field(foreign_key="associate.id", index=True)
    """Whose list it is."""
    name: str
    question: str
    """The filter as JSON (``rules.filters``)."""
    shared: bool = False
    """Seen by everybody; else only by whose it is."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SavedListMark(Table, table=True):
    """A client of a list with whom an associate is done, until the list is begun again."""

    __tablename__ = "saved_list_mark"
    __table_args__ = (UniqueConstraint("saved_list_id", "client_id", "associate_id"),)

    id: int | None = Field(default=None, primary_key=True)
    saved_list_id: int = Field(foreign_key="saved_list.id", ondelete="CASCADE")
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    done_at: datetime = Field(sa_type=UtcDateTime)


class PairState(StrEnum):
    """What is known of a pair that may be one client."""

    FOUND = "found"
    NOT_THE_SAME = "not the same"


class DuplicatePair(Table, table=True):
    """Two clients who may be one, with the score and its reasons; ``first_id`` is the lower."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (UniqueConstraint("first_id", "second_id"), Index(None, "state", "score"))

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    second_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    score: int
    """0 to 100 (``rules.duplicates``)."""
    reasons: str
    """What speaks for it, as words of ``rules.duplicates``, one a line."""
    state: str = PairState.FOUND
    found_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class DuplicateLook(Table, table=True):
    """One look through the book for pairs: how far it is, so that it can be gone on with."""

    __tablename__ = "duplicate_look"

    id: int | None = Field(default=None, primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    stage: str = ""
    """By what pairs are being laid together (``queries.duplicate_blocks``)."""
    position: str = ""
    """What of it has been looked at."""
    compared: int = 0
    found: int = 0
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the whole book had been looked through; since then only what was written anew is."""


class ClientMerge(Table, table=True):
    """Two clients who became one, with every row that moved or went as it was.

    The client who stays is the one with the higher id, so that the id of the other is never given
    to somebody else and can come back; whose facts are kept is chosen field by field.
    """

    __tablename__ = "client_merge"
    __table_args__ = (UniqueConstraint("gone_id"),)

    id: int | None = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    gone_id: int
    """The id of the client who went into the other; nothing has it now."""
    moved: str
    """Images of the rows, as JSON."""
    merged_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
