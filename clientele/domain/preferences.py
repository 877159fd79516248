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


class Evidence(StrEnum):
    """How a size is known, in falling weight."""

    KEPT = "kept"
    RETURNED_TOO_SMALL = "returned, too small"
    RETURNED_TOO_LARGE = "returned, too large"
    TRIED_ON = "tried on"
    TRIED_TOO_SMALL = "tried on, too small"
    TRIED_TOO_LARGE = "tried on, too large"
    TOLD_US = "told us"


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
    evidence: str = Evidence.TOLD_US
    """How it is known: ``told us``, or ``kept`` and ``tried on`` where it was seen."""


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
    system: str = ""
    """The size system that the value is of (``rules.size_systems``), empty where the value says
    it itself or nobody knows."""


class EvidenceAside(Table, table=True):
    """A purchase or shown item that says nothing of the client's own size, and why not."""

    __tablename__ = "evidence_aside"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="CASCADE"
    )
    shown_item_id: int | None = Field(
        default=None, foreign_key="shown_item.id", index=True, ondelete="CASCADE"
    )
    why: str = ""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
