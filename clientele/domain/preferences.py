"""What a client likes, avoids and wears."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class PreferenceKind(StrEnum):
    """A like or an avoid."""

    LIKE = "like"
    AVOID = "avoid"


class Preference(Table, table=True):
    """One like or avoid, of the client or one of the household, for all departments or one."""

    __table_args__ = (Index(None, "client_id"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", ondelete="CASCADE"
    )
    department_id: int | None = Field(default=None, foreign_key="department.id")
    """None: in every department."""
    kind: str
    what: str
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    created_at: datetime = Field(sa_type=UtcDateTime)


class Evidence(StrEnum):
    """How a size is known, in falling weight."""

    KEPT = "kept"
    RETURNED_TOO_SMALL = "returned, too small"
    RETURNED_TOO_LARGE = "returned, too large"
    TRIED_ON = "tried on"
    TOLD_US = "told us"


class Size(Table, table=True):
    """One piece of evidence of a size; the newest for a category and brand is the one that fits."""

    __table_args__ = (Index(None, "client_id", "category"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", ondelete="CASCADE"
    )
    department_id: int | None = Field(default=None, foreign_key="department.id")
    category: str
    """Suit, Coat, Shoe · loafer, Ring."""
    brand: str = ""
    value: str
    """As it is said on the floor: 42R, UK 12, 7½ B."""
    fit: str = ""
    """How it sits: “sleeves −2 cm”, “narrow heel”."""
    evidence: str = Evidence.TOLD_US
    evidence_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
