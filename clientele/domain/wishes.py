"""What a client wishes for, and what they gave to those they buy for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class WishState(StrEnum):
    """How a wish stands."""

    OPEN = "open"
    BOUGHT = "bought"
    DROPPED = "dropped"


class Wish(Table, table=True):
    """An article that a client, or someone they buy for, would like to have.

    It leaves the list when it is bought, on whatever ticket, and comes back if that is undone.
    """

    __table_args__ = (Index(None, "client_id", "state"), Index(None, "state", "sku"))

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", index=True, ondelete="SET NULL"
    )
    """For whom it is; None: for the client."""
    department_id: int | None = Field(default=None, foreign_key="department.id")
    shown_item_id: int | None = Field(
        default=None, foreign_key="shown_item.id", index=True, ondelete="SET NULL"
    )
    """Where it was seen."""
    promise_id: int | None = Field(
        default=None, foreign_key="promise.id", index=True, ondelete="SET NULL"
    )
    """The promise to hold it or to send for it."""
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="SET NULL"
    )
    """The line on which it was bought."""
    item: str
    detail: str = ""
    """Size, colour, as typed."""
    brand: str = ""
    sku: str = ""
    price: int | None = Field(default=None, sa_type=BigInteger)
    """Minor units of the store's currency when it was wished for; None where nobody said."""
    note: str = ""
    state: str = WishState.OPEN
    wished_at: datetime = Field(sa_type=UtcDateTime)
    arrived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it came in; None while it is not here or was here all along."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: str = ""
    """Why it was dropped, in plain words."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class Gift(Table, table=True):
    """What a client gave to someone of the household, so that nobody is given it twice.

    A line that was a gift says something of the size of who got it, and nothing of the client's.
    """

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    household_member_id: int | None = Field(
        default=None, foreign_key="household_member.id", index=True, ondelete="CASCADE"
    )
    """Who got it; None: somebody outside the household."""
    occasion_id: int | None = Field(
        default=None, foreign_key="occasion.id", index=True, ondelete="SET NULL"
    )
    purchase_line_id: int | None = Field(
        default=None, foreign_key="purchase_line.id", index=True, ondelete="CASCADE"
    )
    """Where it was bought here."""
    what: str
    given_on: date | None = None
    """The day it was or will be given, in the store's zone; None: not known."""
    liked: str = ""
    """How it was received, in plain words."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    created_at: datetime = Field(sa_type=UtcDateTime)
