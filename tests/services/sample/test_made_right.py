"""What went wrong for the people of the sample, and how the review sees it."""

from __future__ import annotations

from datetime import date

import pytest

from clientele.domain.rules import made_right as rules
from clientele.services.made_right import ClientSays, client_says
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.made_right import open_made_rights, solved_since
from clientele.store.queries.right_review import review
from clientele.store.session import Store
from tests.services.sample.looking import NOW, filled, rows

STORE = WhoseBook(Book.STORE, 0)


def test_one_waits_to_be_asked_about_and_one_came_back(sample: Store) -> None:
    with sample.read() as session:
        found = open_made_rights(session, STORE, now=NOW)
        solved = solved_since(session, STORE, since=NOW.replace(year=2025), now=NOW)
    assert [(row.named.name, row.state) for row in found] == [
        ("Tom Becker", "open"),
        ("Aisha Rahman", "decided"),
    ]
    assert found[1].ask_on is not None
    assert found[0].ask_on is None
    assert {(row.goods, row.steps[-1].word) for row in solved} == {
        ("four winter tyres", "told the whole harbour about it"),
        ("tall boots", "she wrote to thank us"),
    }


def test_the_review_of_this_month_and_of_the_last(sample: Store) -> None:
    with sample.read() as session:
        november = review(session, STORE, date(2026, 11, 1), now=NOW)
        october = review(session, STORE, date(2026, 10, 1), now=NOW)
    assert [
        (one.row.goods, [reason.template for reason in one.too_little])
        for one in november.too_little
    ] == [("suede loafers", [rules.NOTHING_FOLLOWED, rules.TAKES_LONG])]
    (tyres,) = october.well_done
    assert [reason.template for reason in tyres.praised] == [
        rules.ON_THE_SPOT,
        rules.NEVER_SOLD,
        rules.NO_RECEIPT,
    ]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 1, 31), date(2028, 2, 29)])
def test_on_any_day(store: Store, day: date) -> None:
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    by = filled(store, now)
    assert rows(store, "SELECT count(*) FROM made_right_step WHERE at > :now", now=now) == [(0,)]
    (tyres,) = rows(store, "SELECT opened_at FROM made_right WHERE goods LIKE '%tyres%'")
    before = day.replace(day=1).toordinal() - 1
    assert tyres[0].startswith(date.fromordinal(before).strftime("%Y-%m"))
    (open_one,) = rows(store, "SELECT id FROM made_right WHERE state = 'decided'")
    with store.write() as session:
        client_says(session, ClientSays(open_one[0], by, solved=True), now=now)
