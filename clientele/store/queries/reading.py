"""What the queries share: the store's zone, a name for every client, days as instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.rules.names import full_name
from clientele.domain.tables import StoreProfile
from clientele.store.prepared import Prepared


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """Which store this is: name, ISO 4217 currency, ISO 3166 country, zone."""

    name: str
    currency: str
    country: str
    zone: ZoneInfo

    def day_of(self, moment: datetime) -> date:
        """The store's day at an instant."""
        return moment.astimezone(self.zone).date()

    def begins(self, day: date) -> datetime:
        """The instant at which a day of the store begins, in UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def span(self, day: date) -> tuple[datetime, datetime]:
        """A day of the store as instants: from (included) to (not included)."""
        return self.begins(day), self.begins(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Named:
    """A client by name, as lists and headings show them.

    ``reference`` is for one known by a number only; the window says “Client 900”.
    """

    client_id: int
    given_name: str
    family_name: str
    preferred_name: str = ""
    reference: str = ""

    @property
    def name(self) -> str:
        """Given and family name; empty where neither is known."""
        return full_name(self.given_name, self.family_name) or self.preferred_name


def store_facts(session: Session) -> StoreFacts:
    """The store of this book; a reader sees one moment of it, and so asks once."""
    known = session.info.get(StoreFacts)
    if known is None or session.autoflush:
        name, currency, country, zone = _FACTS.rows(session)[0]
        known = session.info[StoreFacts] = StoreFacts(name, currency, country, ZoneInfo(zone))
    return known


_FACTS = Prepared(
    select(
        col(StoreProfile.name),
        col(StoreProfile.currency),
        col(StoreProfile.country),
        col(StoreProfile.time_zone),
    )
)
