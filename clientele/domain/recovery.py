"""Made right: a problem with one owner until the client says that it is solved."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class RightState(StrEnum):
    """How it stands (the moves between them: ``rules.made_right``)."""

    OPEN = "open"
    DECIDED = "decided"
    SOLVED = "solved"


class Decision(StrEnum):
    """What was done for the client."""

    CASH_BACK = "cash back"
    REPLACED = "replaced"
    REPAIRED = "repaired"
    CREDIT = "store credit"
    GIFT = "gift"
    APOLOGY = "apology"
    OTHER = "other"


class MadeRight(Table, table=True):
    """A problem, and whose it is. No receipt and no approval is needed to decide."""

    __tablename__ = "made_right"
    __table_args__ = (Index(None, "client_id"), Index(None, "associate_id", "state"))

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    """The one who owns it until the client says it is solved."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="SET NULL"
    )
    """The article, where the store sold it and somebody said which."""
    goods: str = ""
    """What it is about: “four winter tyres”."""
    problem: str = ""
    sold_here: bool = True
    """Whether the store sells such goods at all; it is made right either way."""
    state: str = RightState.OPEN
    opened_at: datetime = Field(sa_type=UtcDateTime, index=True)
    solved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", ondelete="SET NULL")
    """The follow-up that asks whether it is truly solved."""


class MadeRightStep(Table, table=True):
    """What was done about it: decided, said by the client to be solved or not."""

    __tablename__ = "made_right_step"

    id: int | None = Field(default=None, primary_key=True)
    made_right_id: int = Field(foreign_key="made_right.id", index=True, ondelete="CASCADE")
    what: str
    """A ``Decision``, “solved”, or “not solved”."""
    word: str = ""
    cost: int = Field(default=0, sa_type=BigInteger)
    """Minor units of the store's currency, what it cost the store."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    at: datetime = Field(sa_type=UtcDateTime)
