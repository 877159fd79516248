"""Who saw and changed what, in a chain that shows if it was altered; and copies of the book."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class AuditEntry(Table, table=True):
    """One thing that somebody did. Ids, kinds and counts: never a word of a client.

    ``seal`` is the hash of this entry and of the seal before it (``rules.sealing``). Nothing here
    refers to a client by foreign key: an entry outlives the client who was erased, and merging
    two clients changes no entry.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "client_id", "id"),
        Index(None, "associate_id", "id"),
        Index(None, "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    """Without gaps: one more than the entry before."""
    at: datetime = Field(sa_type=UtcDateTime)
    who: str
    """“associate”, “set-up” (who holds the key of the book), “program” or “nobody”."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    act: str
    """The verb, as it is called in the source: “edit_client”, “see_client”."""
    subject: str = ""
    """The table of what it was about; empty where it is not one row."""
    subject_id: int | None = None
    client_id: int | None = None
    """The client it concerns, where it is one."""
    clients: int = 0
    """How many clients it concerns."""
    detail: str = ""
    """As JSON: tables with how many rows came, changed and went, names of columns, numbers of
    clients as ranges. No value of any column."""
    seal: str
    """64 signs of hexadecimal: SHA-256."""


class AuditSeal(Table, table=True):
    """The one row that says where the chain of entries begins and ends."""

    __tablename__ = "audit_seal"

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = 1
    """The oldest entry that is kept."""
    before: str = ""
    """The seal of the entry before that one, which was let go; empty where there was none."""
    last_id: int = 0
    last_seal: str = ""


class BackupMade(Table, table=True):
    """One attempt to copy the book, and how it ended. The copy itself says nothing of this."""

    __tablename__ = "backup_made"
    __table_args__ = (Index(None, "at"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    why: str
    """“daily”, “by hand”, “before an import”, “before a migration”, “before a restore”, “before a
    new key”."""
    place: str
    """“here” (beside the book) or “second” (the other folder)."""
    file: str = ""
    """The name of the copy, without its folder."""
    size: int = 0
    """Bytes."""
    ok: bool = True
    """Whether it was made, opened and checked."""
    said: str = ""
    """What was wrong, as a template of a refusal, to be told in the language of who looks."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
