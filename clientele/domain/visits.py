"""A client in the store: the visit, its stops in departments, what was shown."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime
from clientele.domain.history import QUANTITY_UNIT


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
    fitting_room: str = ""
    """Where they try things on, as it is called in the store: “3”."""
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
    colleague_id: int | None = Field(default=None, foreign_key="associate.id", index=True)
    """Who is to help there; with the client since ``joined_at``."""
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    colleague_alone: bool = False
    """The visit's associate stepped away meanwhile; the colleague is with the client."""
    position: int = 0
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class VisitCompanion(Table, table=True):
    """Who came along: someone of the household, or a name."""

    __tablename__ = "visit_companion"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True, ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", ondelete="SET NULL"
    )
    name: str = ""


class Outcome(StrEnum):
    """What became of a shown item; a return is an article that the client brings back."""

    SHOWN = "shown"
    KEEPING = "keeping"
    NO = "no"
    WISH_LIST = "wish list"
    HOLD = "hold"
    RETURN = "return"


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
    """Minor units of the store's currency for one (of a quantity of 1); None until it is known.
    For a return what is given back for one, as a positive amount."""
    quantity: int = Field(default=QUANTITY_UNIT, sa_type=BigInteger)
    """In thousandths."""
    mark_down: int = Field(default=0, sa_type=BigInteger)
    """Minor units taken off the whole line."""
    mark_down_why: str = ""
    outcome: str = Outcome.SHOWN
    why: str = ""
    """Why not, or why it comes back: “too narrow”."""
    hold_until: date | None = None
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", index=True, ondelete="SET NULL"
    )
    """For whom it is; None: for the client. Rung, it becomes a gift to them."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who is credited, where no ``item_credit`` shares it out."""
    returns_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="SET NULL"
    )
    """The line that a return brings back; None: goods the store has no record of."""
    promise_id: int | None = Field(
        default=None, foreign_key="promise.id", index=True, ondelete="SET NULL"
    )
    """The promise to hold it, while it is held."""
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="SET NULL"
    )
    position: int = 0


class ItemCredit(Table, table=True):
    """A part in the credit for a shown item; parts are weights: 1 and 1 are halves."""

    __tablename__ = "item_credit"
    __table_args__ = (UniqueConstraint("shown_item_id", "associate_id"),)

    id: int | None = Field(default=None, primary_key=True)
    shown_item_id: int = Field(foreign_key="shown_item.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    parts: int = 1
