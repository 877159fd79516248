"""What else is known of a client: photo, the store's own fields, offers of a note, sums."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class ClientPhoto(Table, table=True):
    """How a client looks; scaled before it is kept, and as encrypted as all else in the book."""

    __tablename__ = "client_photo"
    __table_args__ = (UniqueConstraint("client_id"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    picture: bytes
    """A JPEG of at most 640 pixels a side, without what a camera writes beside it."""
    small: bytes
    """The same at 96 pixels, for lists."""
    taken_at: datetime = Field(sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class CustomKind(StrEnum):
    """What a field of the store's own holds."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes or no"


class CustomField(Table, table=True):
    """A field that a store defines for its clients: a row, so that it needs no migration."""

    __tablename__ = "custom_field"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: str
    choices: str = ""
    """The words to choose from, one a line; empty but for a choice."""
    position: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when it is no longer asked for; what was said stays."""


class CustomValue(Table, table=True):
    """What a field of the store's own says of a client."""

    __tablename__ = "custom_value"
    __table_args__ = (
        UniqueConstraint("client_id", "field_id"),
        Index(None, "field_id", "value"),
        Index(None, "field_id", "number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    field_id: int = Field(foreign_key="custom_field.id", ondelete="CASCADE")
    value: str
    """Text and choice as they are; a date as ISO 8601; ``yes`` or ``no``; a number in digits with
    a point."""
    number: int | None = Field(default=None, sa_type=BigInteger)
    """A number in thousandths, so that it can be compared."""


class OfferState(StrEnum):
    """What became of an offered entry."""

    OFFERED = "offered"
    KEPT = "kept"
    DROPPED = "dropped"


class NoteOffer(Table, table=True):
    """An entry that the words of a note offer; it is nothing until an associate keeps it."""

    __tablename__ = "note_offer"
    __table_args__ = (Index(None, "note_id"), Index(None, "client_id", "state"))

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="note.id", ondelete="CASCADE")
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    position: int = 0
    kind: str
    """What it would become: a person, a size, a like, an avoid, an occasion, a promise."""
    said: str
    """The words of the note that it was read from."""
    fields: str
    """What it would hold, as JSON (``rules.quick_note``)."""
    state: str = OfferState.OFFERED
    made_table: str = ""
    """The table and id of what it became when it was kept."""
    made_id: int | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    associate_id: int | None = Field(default=None, foreign_key="associate.id")


class ClientSum(Table, table=True):
    """What a client's purchases come to, kept up with them so that lists need not add up.

    A client without purchases has no row. Written by ``store.known`` alone, never by a verb.
    """

    __tablename__ = "client_sum"
    __table_args__ = (Index(None, "last_on"), Index(None, "spent"), Index(None, "tickets"))

    client_id: int = Field(primary_key=True, foreign_key="client.id", ondelete="CASCADE")
    spent: int = Field(sa_type=BigInteger)
    """Minor units of the store's currency, returns taken off."""
    tickets: int
    """Purchases, without those that only bring something back."""
    lines: int
    """Lines bought and not brought back."""
    first_on: date
    last_on: date
    """The first and last day of a purchase, in the store's zone."""


class ClientCard(Table, table=True):
    """A client in one place, as a line of a list needs them: the rows themselves lie far apart.

    Written by ``store.known`` alone, in the transaction of what it follows from; who waits to be
    brought up to date (``client_stale``) is read from the rows instead (``store.queries.cards``).
    """

    __tablename__ = "client_card"

    client_id: int = Field(primary_key=True, foreign_key="client.id", ondelete="CASCADE")
    given_name: str
    family_name: str
    preferred_name: str
    reference: str
    """The first of their numbers, empty where there is none."""
    points: str
    """Kind, value and normalised value of each contact point, the preferred first, as JSON."""
    members: str
    """Role, associate and department of whoever has them in the book now, as JSON."""
    last_in: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When they last visited or bought."""
    spent: int = Field(sa_type=BigInteger)
    """As in ``client_sum``."""
    often: str
    """Of one who bought very often (``store.cards.OFTEN``), as JSON: ``tickets``, how many;
    ``days``, on which there are any; ``months``: month, department, amount in minor units of the
    store's currency, lines as in ``client_sum``, and the last instant. Else empty."""
    has: int
    """Of which tables there may be rows of the client (``store.cards.BITS``)."""
