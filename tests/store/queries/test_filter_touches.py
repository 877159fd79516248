"""Does a list filter and sort by the next touch exactly as the next touch of each client says?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from clientele.domain.rules.filters import Condition, Filter, What
from clientele.domain.rules.names import sort_name
from clientele.domain.rules.next_touch import Planned
from clientele.domain.tables import (
    Appointment,
    Associate,
    Client,
    Department,
    FollowUp,
    HouseholdMember,
    Occasion,
    Promise,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.filtered import Asker, By, Listed, filtered_ids
from clientele.store.queries.next_touch import next_touches
from clientele.store.session import Store

NOW = datetime(2026, 12, 27, 9, 0, tzinfo=UTC)
ME = 1
MANY = 60


@pytest.fixture
def book(store: Store) -> Store:
    """Sixty clients, of whom each has something else ahead, overdue or behind, over New Year."""
    with store.write() as session:
        session.add(Department(id=1, name="Suits"))
        session.flush()
        session.add(Associate(id=ME, name="A", department_id=1, created_at=NOW))
        session.add_all(
            Client(id=at, given_name=f"C{at:02}", family_name="X", created_at=NOW, updated_at=NOW,
                   sort_name=sort_name(f"C{at:02}", "X"))
            for at in range(1, MANY + 1)
        )  # fmt: skip
        session.flush()
        for at in range(1, MANY + 1):
            session.add_all(_of(at))
            if at % 7 == 3:
                born = session.get(Client, at)
                assert born is not None
                born.birth_month, born.birth_day = (1, at % 28 + 1) if at % 2 else (2, 29)
    return store


def _of(at: int) -> list[object]:
    on = NOW.date() + timedelta(days=at % 23 - 5)
    late = datetime(on.year, on.month, on.day, 22, 40, tzinfo=UTC)
    state = {0: "kept", 1: "ready"}.get(at % 3, "open")
    made: list[object] = []
    if at % 5 == 0:
        made.append(FollowUp(client_id=at, associate_id=ME, channel="call", reason="x", due_on=on,
                             state="done" if at % 2 else "open", created_at=NOW))  # fmt: skip
    if at % 5 == 1:
        made.append(Promise(client_id=at, associate_id=ME, kind="hold", what="x", due_on=on,
                            step="put aside" if at % 2 else "", state=state,
                            promised_at=NOW, last_word_at=NOW))  # fmt: skip
    if at % 5 == 2:
        made.append(Appointment(client_id=at, associate_id=ME, starts_at=late,
                                outcome="came" if at % 4 == 0 else "",
                                cancelled_at=NOW if at % 11 == 0 else None))  # fmt: skip
    if at % 5 == 3:
        year = None if at % 2 else on.year
        day = None if at % 4 == 0 else on.day
        made.append(Occasion(client_id=at, kind="other", title="x", month=on.month, year=year,
                             day=day, every_year=at % 3 == 0))  # fmt: skip
    if at % 6 == 4:
        made.append(HouseholdMember(client_id=at, name="M", linked_client_id=(at * 7) % MANY + 1))
    return made


DAYS = [date(2026, 12, 20), NOW.date(), date(2027, 1, 1), date(2027, 2, 20), date(2028, 2, 20)]


@pytest.mark.parametrize("today", DAYS)
def test_a_list_knows_the_next_touch_as_the_client_s_page_does(book: Store, today: date) -> None:
    with book.read() as session:
        nexts = next_touches(session, list(range(1, MANY + 1)), today=today)

    def on(at: int) -> date | None:
        touch = nexts[at].next.touch
        return None if touch is None else max(touch.on, today) if touch.waits else touch.on

    def listed(asked: Filter, by: By = By.NAME) -> list[int]:
        whose = WhoseBook(Book.STORE, ME, 1)
        with book.read() as session:
            return list(filtered_ids(session, Listed(asked, whose, by, Asker(ME, 1, today))))

    def holds(asked: Condition) -> set[int]:
        return set(listed(Filter(parts=(asked,))))

    known = {at: day for at in nexts if (day := on(at)) is not None}
    assert holds(Condition(What.PLANNED)) == set(known)
    nothing = {at for at, one in nexts.items() if one.next.planned == Planned.NOTHING}
    assert holds(Condition(What.PLANNED, turned=True)) == nothing
    for ahead in range(20):
        last = today + timedelta(days=ahead)
        near = {at for at, day in known.items() if day <= last}
        assert holds(Condition(What.NEXT_WITHIN, most=ahead)) == near, ahead
        within = {at for at in near if known[at] >= today + timedelta(days=2)}
        first = today + timedelta(days=2)
        assert holds(Condition(What.NEXT_ON, first=first, last=last)) == within, ahead
    in_order = sorted(nexts, key=lambda at: (known.get(at, date.max), at))
    assert listed(Filter(), By.NEXT_TOUCH) == in_order
