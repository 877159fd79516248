"""The client: names, how to reach them, who owns them, the people they buy for."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from clientele.domain.base import Table, UtcDateTime


class Client(Table, table=True):
    """One person whom the store serves."""

    __table_args__ = (
        Index("ix_client_sort_name_id", "sort_name", "id"),
        Index(None, "birth_month", "birth_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    say_it: str = ""
    """How the name is said, as an associate would write it."""
    language: str = ""
    """BCP 47 tag, empty when not known."""
    time_zone: str = ""
    """IANA name, empty for the store's own."""
    birth_month: int | None = None
    birth_day: int | None = None
    birth_year: int | None = None
    sort_name: str = ""
    """Folded family and given name (see ``rules.names.sort_name``): the order of every list."""
    referred_by_id: int | None = Field(default=None, foreign_key="client.id", index=True)
    import_batch_id: int | None = Field(default=None, foreign_key="import_batch.id", index=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ClientReference(Table, table=True):
    """The number under which another system knows this client; a merged client keeps several."""

    __tablename__ = "client_reference"
    __table_args__ = (UniqueConstraint("reference"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    reference: str


class ContactKind(StrEnum):
    """What a contact point is."""

    PHONE = "phone"
    EMAIL = "email"


class ContactPoint(Table, table=True):
    """A telephone number or e-mail address of a client."""

    __tablename__ = "contact_point"
    __table_args__ = (Index(None, "normalised"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    kind: str
    value: str
    """As it was typed."""
    normalised: str = ""
    """E.164 for a number that could be read, else its digits; an e-mail address in lower case."""
    label: str = ""
    position: int = 0
    """The lowest is the preferred one."""


class Address(Table, table=True):
    """A postal address of a client."""

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""
    position: int = 0


class Channel(StrEnum):
    """How a client may be reached."""

    CALL = "call"
    EMAIL = "email"
    TEXT = "text"


class Purpose(StrEnum):
    """What a client is written to or called about."""

    SERVICE = "service"
    """Their own things: an alteration, an order, a promise, an appointment, a problem."""
    NEWS = "news"
    """All else that might bring them back: arrivals, invitations, occasions, a hello."""


class Consent(Table, table=True):
    """What a client allowed or refused on one channel, and when: the newest row counts.

    Rows are added, never changed, because the store must be able to show when and how consent
    was given (GDPR article 7(1)).
    """

    __table_args__ = (Index(None, "client_id", "channel", "said_at"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    channel: str
    """Empty: on every channel."""
    allowed: bool
    said_at: datetime = Field(sa_type=UtcDateTime)
    how: str = ""
    """In the client's or the associate's words: “told me in the fitting room”."""
    associate_id: int | None = Field(default=None, foreign_key="associate.id")
    purpose: str = ""
    """About what (``Purpose``); empty: about everything."""
    words: str = ""
    """What the client was asked, word for word, where it was read out or signed."""


class BookRole(StrEnum):
    """How an associate stands to a client."""

    OWNER = "owner"
    DEPARTMENT = "department"


class BookMembership(Table, table=True):
    """A client in an associate's book: as owner, or as who knows them in one department."""

    __tablename__ = "book_membership"
    __table_args__ = (
        Index(
            "uq_book_membership_owner",
            "client_id",
            unique=True,
            sqlite_where=text("role = 'owner' AND until IS NULL"),
            postgresql_where=text("role = 'owner' AND until IS NULL"),
        ),
        Index(None, "associate_id", "until", "client_id"),
        Index(None, "department_id", "until", "client_id"),
        Index(None, "client_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    associate_id: int = Field(foreign_key="associate.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    role: str = BookRole.OWNER
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it ended; a membership is never deleted, so that the past can be told."""
    why: str = ""


class HandOffState(StrEnum):
    """How a hand-off stands (the moves between them: ``rules.hand_offs``)."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    GIVEN_BACK = "given back"


class HandOff(Table, table=True):
    """A client, or what they need in one department, offered by an associate to a colleague.

    It counts only once accepted. With ``until_on`` it lends: the owner stays the owner and has
    the client back after that day by itself. Without, an accepted one moves the membership.
    """

    __tablename__ = "hand_off"
    __table_args__ = (Index(None, "client_id"), Index(None, "to_id", "state"))

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    from_id: int = Field(foreign_key="associate.id", index=True)
    to_id: int = Field(foreign_key="associate.id")
    department_id: int | None = Field(default=None, foreign_key="department.id")
    """One department's part of the client; None: the whole client."""
    visit_id: int | None = Field(default=None, foreign_key="visit.id")
    promise_id: int | None = Field(default=None, foreign_key="promise.id", ondelete="SET NULL")
    """The promise whose work goes along, such as a hem to Alterations."""
    note: str = ""
    until_on: date | None = None
    """The last day of it, in the store's zone; None: for good."""
    client_told: bool = False
    state: str = HandOffState.OFFERED
    offered_at: datetime = Field(sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str = ""
    """The word with which it was accepted or declined."""
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was withdrawn or given back."""
    ending: str = ""
    """The word with which it was given back."""


class HouseholdMember(Table, table=True):
    """Someone the client buys for or lives with; may be a client of their own."""

    __tablename__ = "household_member"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True, ondelete="CASCADE")
    linked_client_id: int | None = Field(
        default=None, foreign_key="client.id", index=True, ondelete="SET NULL"
    )
    name: str
    relation: str = ""
    """As the client says it: wife, fiancé, daughter."""
    about: str = ""
    """What to know about them, in plain words."""
    back_relation: str = ""
    """What the client is to a linked client, as that one says it: husband, mother."""


class Tag(Table, table=True):
    """A word that groups clients."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class ClientTag(Table, table=True):
    """A tag on a client."""

    __tablename__ = "client_tag"
    __table_args__ = (UniqueConstraint("client_id", "tag_id"),)

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", ondelete="CASCADE")
    tag_id: int = Field(foreign_key="tag.id", index=True, ondelete="CASCADE")
