"""What was promised, until it is kept."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class PromiseKind(StrEnum):
    """What was promised."""

    ALTERATION = "alteration"
    SPECIAL_ORDER = "special order"
    TRANSFER = "transfer"
    HOLD = "hold"
    REPAIR = "repair"
    CALL_BACK = "call back"
    REQUEST = "colleague's request"


class PromiseState(StrEnum):
    """How it stands."""

    OPEN = "open"
    READY = "ready"
    KEPT = "kept"
    BROKEN = "broken"


class Promise(Table, table=True):
    """A promise to a client: it has a date, an owner and a state, and stays in sight until kept."""

    __table_args__ = (
        Index(None, "client_id"),
        Index(None, "associate_id", "state", "due_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    colleague_id: int | None = Field(default=None, foreign_key="associate.id", index=True)
    """Who has the work in hand; the associate who promised answers for it all the same."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    kind: str
    what: str
    garment: str = ""
    """For an alteration: “navy suit 42R, trousers”."""
    measurements: str = ""
    """For an alteration: “inside leg 81 cm, no break”."""
    tag: str = Field(default="", index=True)
    """What stands on the printed tag, and in its barcode: “A-2291”."""
    step: str = ""
    """The last of its kind's steps that was reached (``rules.promise_steps``); empty: none."""
    due_on: date
    due_time: time | None = None
    """In the store's zone; None: some time that day."""
    state: str = PromiseState.OPEN
    promised_at: datetime = Field(sa_type=UtcDateTime)
    last_word_at: datetime = Field(sa_type=UtcDateTime)
    """When anything was last heard about it."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: str = ""
    """The word with which it was kept or broken."""


class PromiseStep(Table, table=True):
    """What happened to a promise: a step reached, a word heard, another date, a tag printed."""

    __tablename__ = "promise_step"

    id: int | None = Field(default=None, primary_key=True)
    promise_id: int = Field(foreign_key="promise.id", index=True, ondelete="CASCADE")
    what: str
    """A step of its kind, or one of ``Happened``."""
    word: str = ""
    moved_from: date | None = None
    """Where it was moved: the day that it was promised for until then."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Happened(StrEnum):
    """What else than a step happens to a promise."""

    ASKED = "asked"
    HEARD = "heard"
    NOT_YET = "not yet"
    MOVED = "moved"
    PASSED_ON = "passed on"
    PRINTED = "printed"
    KEPT = "kept"
    BROKEN = "broken"
