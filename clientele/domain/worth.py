"""Whom it is worth calling: what was worked out for each book, what was set aside, how many."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class WorthCall(Table, table=True):
    """A client whom it is worth calling, and why, as it was last worked out.

    Only the foremost of each book stand here. It follows from other rows and is written by
    ``services.worth_a_call`` alone; whoever is shown is asked about again as things stand then.
    """

    __tablename__ = "worth_call"
    __table_args__ = (Index(None, "associate_id", "value"),)

    client_id: int = Field(primary_key=True, foreign_key="client.id", ondelete="CASCADE")
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Whose client they are; None: nobody's yet."""
    value: int
    """In millionths; of two the greater comes first."""
    reasons: str
    """Their kinds (``rules.worth_a_call.Because``), commas between, the strongest first."""
    worked_at: datetime = Field(sa_type=UtcDateTime)


class WorthAside(Table, table=True):
    """A client whom somebody does not want to be shown, for one reason or for all."""

    __tablename__ = "worth_aside"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    """Who said so; it holds for everybody."""
    reason: str = ""
    """A reason's kind (``rules.worth_a_call.Because``); empty: for none."""
    until_on: date | None = None
    """The first day of the store on which they may be shown again; None: never again."""
    said_at: datetime = Field(sa_type=UtcDateTime)


class WorthDay(Table, table=True):
    """How many clients a day of an associate can hold; without a row it is the usual number."""

    __tablename__ = "worth_day"

    id: int | None = Field(default=None, primary_key=True)
    associate_id: int = Field(unique=True, foreign_key="associate.id")
    most: int


class WorthRun(Table, table=True):
    """The one row that says when all clients were last gone through, and what was learnt."""

    __tablename__ = "worth_run"

    id: int | None = Field(default=None, primary_key=True)
    worked_on: date
    """The day of the store."""
    worked_at: datetime = Field(sa_type=UtcDateTime)
    learnt: str
    """What the store's past taught, as JSON (``rules.worth_a_call_texts``)."""
    clients: int
    """So many were gone through."""
