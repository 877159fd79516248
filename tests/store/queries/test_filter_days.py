"""Do lists find the days that come just when ``rules.dates`` says that they come?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clientele.domain.rules.dates import PartialDate, next_on
from clientele.domain.rules.filters import Condition, Filter, What
from clientele.domain.tables import Client, Occasion
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.filtered import Asker, By, Listed, filtered_ids
from clientele.store.session import Store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
BIRTHDAY, YEARLY, ONCE = "birthday", "yearly", "once"
WHENS = [
    PartialDate(month, day, year)
    for month, day in ((2, 29), (2, 28), (2, None), (3, 1), (12, 31), (1, 1))
    for year in (None, 2000, 2028, 2032)
]
DAYS = [(kind, when) for kind in (BIRTHDAY, YEARLY, ONCE) for when in WHENS]
TODAYS = [
    date(*day)
    for day in (
        (2026, 2, 1), (2026, 2, 28), (2026, 3, 1), (2027, 12, 31), (2028, 1, 1), (2028, 2, 1),
        (2028, 2, 28), (2028, 2, 29), (2028, 3, 1), (2100, 2, 28),
    )
]  # fmt: skip


@pytest.fixture
def book(store: Store) -> Store:
    """A client for each of ``DAYS``, in their order from 1 on."""
    with store.write() as session:
        for at, (kind, when) in enumerate(DAYS, start=1):
            born = when if kind is BIRTHDAY else None
            session.add(
                Client(
                    id=at,
                    given_name=kind,
                    birth_month=born.month if born else None,
                    birth_day=born.day if born else None,
                    birth_year=born.year if born else None,
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
            session.flush()
            if kind is not BIRTHDAY:
                session.add(
                    Occasion(client_id=at, kind="other", title="", month=when.month, day=when.day,
                             year=when.year, every_year=kind is YEARLY)
                )  # fmt: skip
    return store


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_what_comes_within_some_days_is_found(book: Store, today: date) -> None:
    for most in (0, 1, 2, 30, 364, 365, 366, 800):
        asked = Filter(parts=(Condition(What.OCCASION_WITHIN, most=most),))
        listed = Listed(asked, WhoseBook(Book.STORE, 1, None), By.NAME, Asker(1, None, today))
        with book.read() as session:
            found = {DAYS[key - 1] for key in filtered_ids(session, listed)}
        assert found == {day for day in DAYS if _comes(*day, today, most)}


def _comes(kind: str, when: PartialDate, today: date, most: int) -> bool:
    born = PartialDate(when.month, when.day) if kind is BIRTHDAY else when
    on = next_on(born, kind is not ONCE, today)
    return on is not None and (on - today).days <= most
