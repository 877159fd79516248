"""What took place: purchases with their lines, notes, and the imports that brought them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime

QUANTITY_UNIT = 1000
"""Quantities are kept as whole thousandths, so that 1.5 m of cloth adds up exactly."""


class Purchase(Table, table=True):
    """A ticket that was rung, over any number of departments; a return is one with negative lines.

    A ticket of another system is known again by client, receipt and day (tills reuse receipt
    numbers), or by client and moment where it has no receipt.
    """

    __table_args__ = (
        Index(
            "uq_purchase_receipt",
            "client_id",
            "receipt",
            "sold_on",
            unique=True,
            sqlite_where=text("receipt <> ''"),
            postgresql_where=text("receipt <> ''"),
        ),
        Index(None, "client_id", "sold_at", "currency"),
        Index(None, "sold_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    receipt: str = ""
    """The till's reference. Never a card number."""
    sold_at: datetime = Field(sa_type=UtcDateTime)
    sold_on: date
    """The day in the store's zone."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who rang it."""
    currency: str
    total: int = Field(sa_type=BigInteger)
    """Minor units; always the sum of the lines, written with them."""
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)


class PurchaseLine(Table, table=True):
    """One article on a ticket."""

    __tablename__ = "purchase_line"
    __table_args__ = (
        Index(None, "purchase_id", "department_id", "amount", "quantity"),
        Index(
            None,
            "sku",
            sqlite_where=text("sku <> ''"),
            postgresql_where=text("sku <> ''"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    purchase_id: int = Field(foreign_key="purchase.id", ondelete="CASCADE")
    department_id: int = Field(foreign_key="department.id")
    item: str = ""
    sku: str = ""
    quantity: int = Field(default=QUANTITY_UNIT, sa_type=BigInteger)
    """In thousandths."""
    amount: int = Field(sa_type=BigInteger)
    """The line's total in minor units of the purchase's currency; negative for a return."""
    mark_down: int = Field(default=0, sa_type=BigInteger)
    """Minor units that were taken off, already out of ``amount``."""
    mark_down_why: str = ""
    brand: str = ""
    """As the till or the file names it; empty where it does not."""
    size: str = ""
    """As the till or the file gives it; empty where only the article's words may say it."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    """Who is credited. A line shared with a colleague has its shares in credit_share."""
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id")


class CreditShare(Table, table=True):
    """A colleague's share in a line that several are credited for."""

    __tablename__ = "credit_share"
    __table_args__ = (UniqueConstraint("purchase_line_id", "associate_id"),)

    id: int | None = Field(default=None, primary_key=True)
    purchase_line_id: int = Field(foreign_key="purchase_line.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    amount: int = Field(sa_type=BigInteger)
    """Minor units; the shares of a line add up to its amount."""


class LineReturn(Table, table=True):
    """Which sold line a returned one brings back, and why; quantities say how much of it."""

    __tablename__ = "line_return"
    __table_args__ = (UniqueConstraint("return_line_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sold_line_id: int = Field(foreign_key="purchase_line.id", index=True, ondelete="CASCADE")
    return_line_id: int = Field(foreign_key="purchase_line.id", ondelete="CASCADE")
    why: str = ""


class PartPayment(Table, table=True):
    """Money paid ahead, before the article is rung; taken off the ticket that it is used for."""

    __tablename__ = "part_payment"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    what: str
    """What it was paid for, in words."""
    receipt: str
    """The till's reference. Never a card number."""
    amount: int = Field(sa_type=BigInteger)
    """Minor units, above zero."""
    currency: str
    paid_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    purchase_id: int | None = Field(
        default=None, foreign_key="purchase.id", index=True, ondelete="SET NULL"
    )
    """The ticket that it was taken off; None while it waits."""


class Note(Table, table=True):
    """Plain words about a client, kept as they were typed."""

    __table_args__ = (Index(None, "client_id", "written_at"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    visit_id: int | None = Field(default=None, foreign_key="visit.id", index=True)
    department_id: int | None = Field(default=None, foreign_key="department.id")
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    body: str
    say_first: bool = False
    """To be said first when the client returns."""
    sensitive: bool = False
    """Known, and never to be spoken of: nothing says it first, no slip prints it."""
    written_at: datetime = Field(sa_type=UtcDateTime)
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id")


class ContactMade(Table, table=True):
    """A message, call or meeting that took place."""

    __tablename__ = "contact_made"
    __table_args__ = (Index(None, "client_id", "took_place_at"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", index=True)
    channel: str
    summary: str = ""
    took_place_at: datetime = Field(sa_type=UtcDateTime)
    purpose: str = ""
    """About what (``Purpose``); empty: nobody said, as in older books."""
    incoming: bool = False
    """The client wrote or called."""
    for_promise: bool = False
    """It was about a promise that was open, which the limits do not count."""
    against: str = ""
    """Why the gate did not allow it, where it took place all the same; empty: it was allowed."""


class ImportKind(StrEnum):
    """What a file held."""

    CUSTOMERS = "customers"
    PURCHASES = "purchases"


class ImportState(StrEnum):
    """How an import stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


class ImportBatch(Table, table=True):
    """One file that was brought in, with its counts."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    file_name: str
    """The name alone: the folder may tell more than the store should know."""
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = ImportState.RUNNING
    rows_read: int = 0
    rows_added: int = 0
    rows_known: int = 0
    rows_rejected: int = 0
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class ImportSeen(Table, table=True):
    """Lines of a ticket that a running import has already matched, set aside from memory.

    A file may scatter a ticket's lines; to tell a repeated file from a repeated line in constant
    memory, what was matched is kept here until the import ends.
    """

    __tablename__ = "import_seen"

    batch_id: int = Field(primary_key=True, foreign_key="import_batch.id", ondelete="CASCADE")
    purchase_id: int = Field(primary_key=True)
    matched: str
