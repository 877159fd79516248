"""The store, its departments and the people who work there."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class Role(StrEnum):
    """What an associate may do beyond serving clients."""

    ASSOCIATE = "associate"
    DEPARTMENT_MANAGER = "department manager"
    STORE_MANAGER = "store manager"


class StoreProfile(Table, table=True):
    """The one row that says which store this book belongs to."""

    __tablename__ = "store_profile"

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    currency: str
    """ISO 4217 code: what prices are in where a file does not say."""
    country: str
    """ISO 3166 alpha-2: how telephone numbers without a country are read."""
    time_zone: str
    """IANA name: the zone in which a due date or a day begins."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class Department(Table, table=True):
    """A department of the store, such as Men's Suits."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    position: int = 0


class Associate(Table, table=True):
    """A person who sells. Without a PIN (known from an import only) they cannot sign in."""

    __table_args__ = (Index(None, "name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    department_id: int | None = Field(default=None, foreign_key="department.id", index=True)
    role: str = Role.ASSOCIATE
    pin_hash: str | None = None
    """Argon2id, in its own encoded form with salt and parameters."""
    wrong_pins: int = 0
    """Wrong tries in a row; kept here so that a restart does not forget them."""
    pin_again_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """No try is taken before this instant."""
    pin_locked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """After too many wrong tries: none is taken until somebody gives a new PIN."""
    pin_given: bool = False
    """Whether another chose the PIN: at the next sign-in they choose their own."""
    pin_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when the PIN is this one."""
    pin_trying: bool = False
    """A try was counted and no PIN compared yet; without one none is compared."""
    active: bool = True
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they left the store; they are not active since."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class Absence(Table, table=True):
    """An associate is away, and who covers: a loan of the book that ends by itself.

    Nothing moves. What the absent associate owns is the cover's on the days from ``away_from`` up
    to and without ``back_on`` (see ``rules.cover``), and theirs again on that day.
    """

    __table_args__ = (Index(None, "associate_id", "back_on"), Index(None, "cover_id", "back_on"))

    id: int | None = Field(default=None, primary_key=True)
    associate_id: int = Field(foreign_key="associate.id")
    cover_id: int = Field(foreign_key="associate.id")
    away_from: date
    """The first day away, in the store's zone."""
    back_on: date
    """The first day back."""
    why: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
