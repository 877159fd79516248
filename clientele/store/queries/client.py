"""Everything the client page shows beside the story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.contact_points import shown
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import (
    Address,
    Associate,
    BookMembership,
    Client,
    ClientTag,
    ContactPoint,
    Department,
    HouseholdMember,
    Note,
    Occasion,
    Preference,
    Purchase,
    PurchaseLine,
    Size,
    Tag,
    Visit,
)
from clientele.store.queries.columns import ident
from clientele.store.queries.contact_points import consents
from clientele.store.queries.naming import NAME_WIDTH, name_columns
from clientele.store.queries.reading import Named, store_facts

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
class SizeRow:
    """One size with its evidence; ``member_id`` None is the client's own."""

    id: int
    member_id: int | None
    department_id: int | None
    category: str
    brand: str
    value: str
    fit: str
    evidence: str
    evidence_at: datetime


@dataclass(frozen=True, slots=True)
class PreferenceRow:
    """One like or avoid; ``department`` empty for all departments."""

    id: int
    member_id: int | None
    department_id: int | None
    department: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """A day that matters, of the client or of someone in the household."""

    id: int
    member_id: int | None
    kind: str
    title: str
    when: PartialDate
    every_year: bool


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Someone of the household with what is known of them."""

    id: int
    name: str
    relation: str
    about: str
    linked_client_id: int | None
    sizes: tuple[SizeRow, ...]
    preferences: tuple[PreferenceRow, ...]
    occasions: tuple[OccasionRow, ...]


@dataclass(frozen=True, slots=True)
class SayFirstNote:
    """What to say first, and where it comes from."""

    note_id: int
    body: str
    associate_id: int | None
    associate: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Share:
    """What was bought in one department: minor units, lines, the last time."""

    department_id: int
    department: str
    amount: int
    lines: int
    last_at: datetime


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
    say_first: SayFirstNote | None
    sizes: tuple[SizeRow, ...]
    likes: tuple[PreferenceRow, ...]
    avoids: tuple[PreferenceRow, ...]
    household: tuple[MemberRow, ...]
    occasions: tuple[OccasionRow, ...]
    visits: int
    """Days on which they visited or bought."""
    last_in: datetime | None
    spent: int
    currency: str
    tickets: int
    lines: int
    across: tuple[Share, ...]
    """The last 24 months by department, the largest first."""
    departments_ever: int
    not_yet: tuple[str, ...]
    """Departments in which nothing was ever bought."""


def client_page(session: Session, client_id: int, *, now: datetime) -> ClientPage | None:
    """The client, or None if they are not there."""
    head = session.execute(
        select(
            *name_columns(),
            col(Client.say_it),
            col(Client.language),
            col(Client.time_zone),
            col(Client.birth_month),
            col(Client.birth_day),
            col(Client.birth_year),
        ).where(ident(Client.id) == client_id)
    ).first()
    if head is None:
        return None
    store = store_facts(session)
    say_it, language, zone, month, day, year = head[NAME_WIDTH:]
    sizes = _sizes(session, client_id)
    preferences = _preferences(session, client_id)
    occasions = _occasions(session, client_id)
    shares = shares_of(session, client_id)
    recent = shares_of(session, client_id, since=now - ACROSS)
    spent, tickets, lines, last_sold = _totals(session, client_id, store.currency)
    visits, last_visit = _visits(session, client_id)
    own_sizes = tuple(size for size in sizes if size.member_id is None)
    own = tuple(row for row in preferences if row.member_id is None)
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
        consents=consents(session, [client_id]).get(client_id, {}),
        say_first=_say_first(session, client_id),
        sizes=newest(own_sizes),
        likes=tuple(row for row in own if row.kind == PreferenceKind.LIKE),
        avoids=tuple(row for row in own if row.kind == PreferenceKind.AVOID),
        household=_household(session, client_id, sizes, preferences, occasions),
        occasions=tuple(row for row in occasions if row.member_id is None),
        visits=visits,
        last_in=max(filter(None, (last_sold, last_visit)), default=None),
        spent=spent,
        currency=store.currency,
        tickets=tickets,
        lines=lines,
        across=recent,
        departments_ever=len(shares),
        not_yet=_not_yet(session, shares),
    )


def newest(sizes: tuple[SizeRow, ...]) -> tuple[SizeRow, ...]:
    """The newest evidence for each category and brand, the newest first; ``sizes`` newest first."""
    seen: dict[tuple[str, str], SizeRow] = {}
    for size in sizes:
        seen.setdefault((size.category.casefold(), size.brand.casefold()), size)
    return tuple(seen.values())


def shares_of(
    session: Session, client_id: int, *, since: datetime | None = None
) -> tuple[Share, ...]:
    """What was bought by department, the largest amount first, then the most lines."""
    amount = func.sum(col(PurchaseLine.amount))
    asked = (
        select(
            ident(Department.id),
            col(Department.name),
            amount,
            func.count(),
            func.max(col(Purchase.sold_at)),
        )
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .join(Department, ident(Department.id) == col(PurchaseLine.department_id))
        .where(col(Purchase.client_id) == client_id)
        .group_by(ident(Department.id), col(Department.name))
        .order_by(amount.desc(), func.count().desc(), col(Department.name))
    )
    if since is not None:
        asked = asked.where(col(Purchase.sold_at) >= since)
    return tuple(
        Share(key, name, int(total), lines, last)
        for key, name, total, lines, last in session.execute(asked)
    )


def _owner(session: Session, client_id: int) -> Owner | None:
    row = session.execute(
        select(ident(Associate.id), col(Associate.name), col(BookMembership.since))
        .join(Associate, ident(Associate.id) == col(BookMembership.associate_id))
        .where(
            col(BookMembership.client_id) == client_id,
            col(BookMembership.role) == BookRole.OWNER,
            col(BookMembership.until).is_(None),
        )
    ).first()
    return None if row is None else Owner(row[0], row[1], row[2])


def _points(session: Session, client_id: int, country: str) -> tuple[Point, ...]:
    rows = session.execute(
        select(
            ident(ContactPoint.id),
            col(ContactPoint.kind),
            col(ContactPoint.value),
            col(ContactPoint.normalised),
            col(ContactPoint.label),
        )
        .where(col(ContactPoint.client_id) == client_id)
        .order_by(col(ContactPoint.position), ident(ContactPoint.id))
    )
    return tuple(
        Point(key, kind, shown(kind, value, normal, country), label)
        for key, kind, value, normal, label in rows
    )


def _address(session: Session, client_id: int) -> tuple[str, str, str, str]:
    row = session.execute(
        select(col(Address.street), col(Address.city), col(Address.postcode), col(Address.country))
        .where(col(Address.client_id) == client_id)
        .order_by(col(Address.position), ident(Address.id))
    ).first()
    return ("", "", "", "") if row is None else (row[0], row[1], row[2], row[3])


def _tags(session: Session, client_id: int) -> tuple[str, ...]:
    rows = session.scalars(
        select(col(Tag.name))
        .join(ClientTag, col(ClientTag.tag_id) == ident(Tag.id))
        .where(col(ClientTag.client_id) == client_id)
        .order_by(col(Tag.name))
    )
    return tuple(rows)


def _say_first(session: Session, client_id: int) -> SayFirstNote | None:
    """The newest note marked to be said first, else the newest note."""
    row = session.execute(
        select(
            ident(Note.id),
            col(Note.body),
            col(Note.associate_id),
            col(Associate.name),
            col(Note.written_at),
        )
        .outerjoin(Associate, ident(Associate.id) == col(Note.associate_id))
        .where(col(Note.client_id) == client_id)
        .order_by(col(Note.say_first).desc(), col(Note.written_at).desc(), ident(Note.id).desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return SayFirstNote(row[0], row[1], row[2], row[3] or "", row[4])


def _sizes(session: Session, client_id: int) -> tuple[SizeRow, ...]:
    rows = session.execute(
        select(
            ident(Size.id),
            col(Size.household_member_id),
            col(Size.department_id),
            col(Size.category),
            col(Size.brand),
            col(Size.value),
            col(Size.fit),
            col(Size.evidence),
            col(Size.evidence_at),
        )
        .where(col(Size.client_id) == client_id)
        .order_by(col(Size.evidence_at).desc(), ident(Size.id).desc())
    )
    return tuple(SizeRow(row[0], *row[1:]) for row in rows)


def _preferences(session: Session, client_id: int) -> tuple[PreferenceRow, ...]:
    rows = session.execute(
        select(
            ident(Preference.id),
            col(Preference.household_member_id),
            col(Preference.department_id),
            func.coalesce(col(Department.name), ""),
            col(Preference.kind),
            col(Preference.what),
        )
        .outerjoin(Department, ident(Department.id) == col(Preference.department_id))
        .where(col(Preference.client_id) == client_id)
        .order_by(ident(Preference.id))
    )
    return tuple(PreferenceRow(row[0], *row[1:]) for row in rows)


def _occasions(session: Session, client_id: int) -> tuple[OccasionRow, ...]:
    rows = session.execute(
        select(
            ident(Occasion.id),
            col(Occasion.household_member_id),
            col(Occasion.kind),
            col(Occasion.title),
            col(Occasion.month),
            col(Occasion.day),
            col(Occasion.year),
            col(Occasion.every_year),
        )
        .where(col(Occasion.client_id) == client_id)
        .order_by(col(Occasion.month), col(Occasion.day), ident(Occasion.id))
    )
    return tuple(
        OccasionRow(key, member, kind, title, PartialDate(month, day, year), yearly)
        for key, member, kind, title, month, day, year, yearly in rows
    )


def _household(
    session: Session,
    client_id: int,
    sizes: tuple[SizeRow, ...],
    preferences: tuple[PreferenceRow, ...],
    occasions: tuple[OccasionRow, ...],
) -> tuple[MemberRow, ...]:
    rows = session.execute(
        select(
            ident(HouseholdMember.id),
            col(HouseholdMember.name),
            col(HouseholdMember.relation),
            col(HouseholdMember.about),
            col(HouseholdMember.linked_client_id),
        )
        .where(col(HouseholdMember.client_id) == client_id)
        .order_by(ident(HouseholdMember.id))
    )
    return tuple(
        MemberRow(
            id=key,
            name=name,
            relation=relation,
            about=about,
            linked_client_id=linked,
            sizes=newest(tuple(size for size in sizes if size.member_id == key)),
            preferences=tuple(row for row in preferences if row.member_id == key),
            occasions=tuple(row for row in occasions if row.member_id == key),
        )
        for key, name, relation, about, linked in rows
    )


def _totals(
    session: Session, client_id: int, currency: str
) -> tuple[int, int, int, datetime | None]:
    """Spent (minor units of ``currency``), tickets, lines, the last purchase."""
    spent, tickets, last = session.execute(
        select(
            func.sum(col(Purchase.total)).filter(col(Purchase.currency) == currency),
            func.count(),
            func.max(col(Purchase.sold_at)),
        ).where(col(Purchase.client_id) == client_id)
    ).one()
    lines = session.scalar(
        select(func.count())
        .select_from(PurchaseLine)
        .join(Purchase, ident(Purchase.id) == col(PurchaseLine.purchase_id))
        .where(col(Purchase.client_id) == client_id)
    )
    return int(spent or 0), tickets, lines or 0, last


def _visits(session: Session, client_id: int) -> tuple[int, datetime | None]:
    """Days on which they visited or bought, and the last visit."""
    visited = session.scalars(
        select(col(Visit.arrived_at)).where(col(Visit.client_id) == client_id)
    ).all()
    bought = session.scalars(
        select(col(Purchase.sold_on)).where(col(Purchase.client_id) == client_id).distinct()
    ).all()
    store = store_facts(session)
    days = {store.day_of(at) for at in visited} | set(bought)
    return len(days), max(visited, default=None)


def _not_yet(session: Session, shares: tuple[Share, ...]) -> tuple[str, ...]:
    bought = {share.department_id for share in shares}
    rows = session.execute(
        select(ident(Department.id), col(Department.name)).order_by(col(Department.position))
    )
    return tuple(name for key, name in rows if key not in bought)
