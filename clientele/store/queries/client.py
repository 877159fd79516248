"""Everything the client page shows beside the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.consent import Stands, stands
from clientele.domain.rules.contact_points import shown
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Address,
    Associate,
    BookMembership,
    Client,
    ClientTag,
    Consent,
    ContactPoint,
    Tag,
    Visit,
)
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import said_of
from clientele.store.queries.household import MemberRow, OccasionRow, household_of, occasions_of
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, StoreFacts, store_facts
from clientele.store.queries.say_first import SayFirst, say_first
from clientele.store.queries.spending import Share, Sold, elsewhere, shares_of, sold_of, sums_of
from clientele.store.queries.wearing import PreferenceRow, SizeRow, newest, preferences_of, sizes_of

ACROSS = timedelta(days=730)
"""How far back “across the store” looks: 24 months."""


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point as shown to people."""

    id: int
    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns the client, since when."""

    associate_id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ClientPage:
    """All of a client but the story, the follow-ups and the promises.

    Amounts are minor units of ``currency``. ``sizes``, ``likes`` and ``avoids`` are the client's
    own; those of the household stand with each member.
    """

    named: Named
    say_it: str
    language: str
    time_zone: str
    birthday: PartialDate | None
    owner: Owner | None
    points: tuple[Point, ...]
    address: tuple[str, str, str, str]
    """Street, city, postcode, country."""
    tags: tuple[str, ...]
    consents: dict[str, bool]
    """By channel: a yes to news, or a no to everything (``rules.consent.Stands``)."""
    say_first: SayFirst | None
    sizes: tuple[SizeRow, ...]
    likes: tuple[PreferenceRow, ...]
    avoids: tuple[PreferenceRow, ...]
    household: tuple[MemberRow, ...]
    occasions: tuple[OccasionRow, ...]
    visits: int
    """Days on which they visited or bought."""
    last_in: datetime | None
    open_visit_id: int | None
    """The visit that is going on, if the client is in the store."""
    spent: int
    currency: str
    tickets: int
    lines: int
    across: tuple[Share, ...]
    """The last 24 months by department, the largest first."""
    departments_ever: int
    not_yet: tuple[str, ...]
    """Departments in which nothing was ever bought."""
    no_news: frozenset[str] = frozenset()
    """Channels on which news alone are refused (``rules.consent.Stands``)."""


def client_page(session: Session, client_id: int, *, now: datetime) -> ClientPage | None:
    """The client, or None if they are not there."""
    head = _HEAD.first(session, client_id=client_id)
    if head is None:
        return None
    store = store_facts(session)
    say_it, language, zone, month, day, year = head[NAME_WIDTH:]
    sizes = sizes_of(session, client_id)
    preferences = preferences_of(session, client_id)
    occasions = occasions_of(session, client_id)
    recent = shares_of(session, client_id, store.currency, since=now - ACROSS)
    others, not_yet = elsewhere(session, client_id, recent)
    spent, lines = sums_of(session, client_id)
    sold = sold_of(session, client_id, store)
    visits, last_in, open_visit = _visits(session, client_id, store, sold)
    own_sizes = tuple(size for size in sizes if size.member_id is None)
    own = tuple(row for row in preferences if row.member_id is None)
    said = _stands(session, client_id)
    return ClientPage(
        named=Named(*head[:NAME_WIDTH]),
        say_it=say_it,
        language=language,
        time_zone=zone,
        birthday=PartialDate(month, day, year) if month else None,
        owner=_owner(session, client_id),
        points=_points(session, client_id, store.country),
        address=_address(session, client_id),
        tags=_tags(session, client_id),
        consents=said.reached,
        say_first=say_first(session, client_id, now=now),
        sizes=newest(own_sizes),
        likes=tuple(row for row in own if row.kind == PreferenceKind.LIKE),
        avoids=tuple(row for row in own if row.kind == PreferenceKind.AVOID),
        household=household_of(session, client_id, sizes, preferences, occasions),
        occasions=tuple(row for row in occasions if row.member_id is None),
        visits=visits,
        open_visit_id=open_visit,
        last_in=last_in,
        spent=spent,
        currency=store.currency,
        tickets=sold.tickets,
        lines=lines,
        across=recent,
        departments_ever=len(recent) + others,
        not_yet=not_yet,
        no_news=said.no_news,
    )


def _owner(session: Session, client_id: int) -> Owner | None:
    row = _OWNER.first(session, client_id=client_id)
    return None if row is None else Owner(row[0], row[1], row[2])


def _points(session: Session, client_id: int, country: str) -> tuple[Point, ...]:
    rows = _POINTS.rows(session, client_id=client_id)
    return tuple(
        Point(key, kind, shown(kind, value, normal, country), label)
        for key, kind, value, normal, label in rows
    )


def _address(session: Session, client_id: int) -> tuple[str, str, str, str]:
    row = None
    if may_have(session, client_id, Address):
        row = _ADDRESS.first(session, client_id=client_id)
    return ("", "", "", "") if row is None else (row[0], row[1], row[2], row[3])


def _stands(session: Session, client_id: int) -> Stands:
    if not may_have(session, client_id, Consent):
        return Stands({})
    return stands(said_of(session, [client_id]).get(client_id, ()))


def _tags(session: Session, client_id: int) -> tuple[str, ...]:
    if not may_have(session, client_id, ClientTag):
        return ()
    return tuple(_TAGS.column(session, client_id=client_id))


def _visits(
    session: Session, client_id: int, store: StoreFacts, sold: Sold
) -> tuple[int, datetime | None, int | None]:
    """On how many days they visited or bought, when last, and the visit that is going on."""
    rows = []
    if may_have(session, client_id, Visit):
        rows = _VISITS.rows(session, client_id=client_id)
    going_on = next((key for key, _, left in rows if left is None), None)
    days = sold.days.union(store.day_of(arrived) for _, arrived, _ in rows)
    instants = [arrived for _, arrived, _ in rows]
    if sold.last_at is not None:
        instants.append(sold.last_at)
    return len(days), max(instants, default=None), going_on


_HEAD = Prepared(
    select(
        *name_columns(),
        col(Client.say_it),
        col(Client.language),
        col(Client.time_zone),
        col(Client.birth_month),
        col(Client.birth_day),
        col(Client.birth_year),
    ).where(ident(Client.id) == given("client_id"))
)
_OWNER = Prepared(
    select(ident(Associate.id), col(Associate.name), col(BookMembership.since))
    .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
    .where(
        col(BookMembership.client_id) == given("client_id"),
        col(BookMembership.role) == BookRole.OWNER,
        col(BookMembership.until).is_(None),
    )
)
_POINTS = Prepared(
    select(
        ident(ContactPoint.id),
        col(ContactPoint.kind),
        col(ContactPoint.value),
        col(ContactPoint.normalised),
        col(ContactPoint.label),
    )
    .where(col(ContactPoint.client_id) == given("client_id"))
    .order_by(col(ContactPoint.position), ident(ContactPoint.id))
)
_ADDRESS = Prepared(
    select(col(Address.street), col(Address.city), col(Address.postcode), col(Address.country))
    .where(col(Address.client_id) == given("client_id"))
    .order_by(col(Address.position), ident(Address.id))
)
_TAGS = Prepared(
    select(col(Tag.name))
    .join(ClientTag, col(ClientTag.tag_id) == ident(Tag.id))
    .where(col(ClientTag.client_id) == given("client_id"))
    .order_by(col(Tag.name))
)
_VISITS = Prepared(
    select(ident(Visit.id), col(Visit.arrived_at), col(Visit.left_at)).where(
        col(Visit.client_id) == given("client_id")
    )
)
