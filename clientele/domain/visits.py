"""A client in the store: the visit, its stops in departments, what was shown."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class Visit(Table, table=True):
    """From arriving to leaving. Open while ``left_at`` is None."""

    __table_args__ = (
        Index(None, "client_id", "arrived_at"),
        Index(
            "uq_visit_open",
            "client_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id", index=True)
    here_for: str = ""
    arrived_at: datetime = Field(sa_type=UtcDateTime)
    greeted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VisitStop(Table, table=True):
    """One department within a visit: planned until ``started_at``, current until ``ended_at``."""

    __tablename__ = "visit_stop"
    __table_args__ = (Index(None, "visit_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", ondelete="CASCADE")
    department_id: int = Field(foreign_key="department.id")
    colleague_id: int | None = Field(default=None, foreign_key="associate.id")
    position: int = 0
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Outcome(StrEnum):
    """What became of a shown item."""

    SHOWN = "shown"
    KEEPING = "keeping"
    NO = "no"
    WISH_LIST = "wish list"
    HOLD = "hold"


class ShownItem(Table, table=True):
    """An article shown at a stop. Those kept form the ticket; rung, they name their line."""

    __tablename__ = "shown_item"
    __table_args__ = (Index(None, "stop_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    stop_id: int = Field(foreign_key="visit_stop.id", ondelete="CASCADE")
    item: str
    detail: str = ""
    """Size, colour, article number, as typed."""
    sku: str = ""
    price: int | None = Field(default=None, sa_type=BigInteger)
    """Minor units of the store's currency for the whole quantity; None until it is known."""
    outcome: str = Outcome.SHOWN
    why: str = ""
    """Why not: “too narrow”."""
    hold_until: date | None = None
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who is credited."""
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="SET NULL"
    )
    position: int = 0
