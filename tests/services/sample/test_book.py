"""Is the sample store whole, the same each time, and alive on any day?"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

from clientele.domain.rules import card_numbers
from clientele.domain.rules.names import sort_name
from clientele.services.sample.phones import FORMS, numbers
from clientele.store.doctor import examine, is_sound
from clientele.store.queries.today import today_page
from clientele.store.session import Profile, Store, create_store
from tests.conftest import DATA_KEY
from tests.services.full_book import TRAIL
from tests.services.sample.looking import AMSTERDAM, NOW, dump, filled, local, rows


def test_the_book_has_the_size_that_the_first_start_promises(sample: Store) -> None:
    owned = dict(
        rows(
            sample,
            "SELECT a.name, count(*) FROM book_membership m "
            "JOIN associate a ON a.id = associate_id "
            "WHERE m.role = 'owner' AND until IS NULL GROUP BY a.name",
        )
    )

    assert rows(sample, "SELECT count(*) FROM client") == [(400,)]
    assert rows(sample, "SELECT count(*) FROM department") == [(8,)]
    assert owned.pop("Ruth Okafor") == 120
    assert len(owned) == 10
    assert sum(owned.values()) == 268
    assert rows(sample, "SELECT count(*) FROM associate WHERE pin_hash IS NOT NULL") == [(1,)]
    [(first, last)] = rows(sample, "SELECT min(sold_on), max(sold_on) FROM purchase")
    assert date.fromisoformat(first) < date(2024, 12, 15)
    assert date(2026, 11, 14) < date.fromisoformat(last) < NOW.date()


def test_the_doctor_calls_it_sound(sample: Store) -> None:
    findings = examine(sample)

    assert is_sound(findings), [finding.sentence for finding in findings if not finding.ok]


@pytest.mark.parametrize("country", sorted({*FORMS, "JP"}))
def test_there_are_numbers_for_every_client_in_every_country(country: str) -> None:
    found = [number for number, _ in zip(numbers(country), range(600), strict=False)]

    assert len(set(found)) == 600
    for number in found:
        parsed = phonenumbers.parse(number, country)
        assert phonenumbers.is_possible_number(parsed), number
        # Ireland's number for films is none that the library knows.
        assert phonenumbers.is_valid_number(parsed) or country == "IE", number


def test_no_text_looks_like_a_card_number(sample: Store) -> None:
    for table, lines in dump(sample).items():
        for line in lines:
            for value in line:
                assert not (isinstance(value, str) and card_numbers.found_in(value)), table


def test_names_sort_as_the_rules_say_and_no_two_are_the_same(sample: Store) -> None:
    names = rows(sample, "SELECT given_name, family_name, sort_name FROM client")

    assert all(sort_name(given, family) == order for given, family, order in names)
    assert len({(given, family) for given, family, _ in names}) == 400


def test_couples_who_are_both_clients_know_each_other(sample: Store) -> None:
    links = set(
        rows(
            sample,
            "SELECT client_id, linked_client_id FROM household_member "
            "WHERE linked_client_id IS NOT NULL",
        )
    )

    assert len(links) > 20
    assert links == {(other, one) for one, other in links}


def test_words_are_filled_in_and_none_is_said_twice_to_one_client(sample: Store) -> None:
    texts = rows(
        sample,
        "SELECT body FROM note UNION ALL SELECT reason FROM follow_up UNION ALL "
        "SELECT summary FROM contact_made UNION ALL SELECT what FROM promise UNION ALL "
        "SELECT about FROM household_member UNION ALL SELECT here_for FROM visit UNION ALL "
        "SELECT about FROM appointment",
    )
    first = rows(sample, "SELECT count(*) FROM note WHERE say_first GROUP BY client_id")
    bodies = [body for (body,) in rows(sample, "SELECT body FROM note")]

    assert not [words for (words,) in texts if re.search(r"[{}<>|]|\bNone\b|  ", words)]
    assert set(first) == {(1,)}
    assert len(first) > 120
    assert max(map(bodies.count, set(bodies))) < 25


def test_the_same_day_gives_the_same_book_whatever_the_hour(sample: Store, store: Store) -> None:
    filled(store, NOW.replace(hour=17, minute=5))
    morning, evening = dump(sample), dump(store)

    assert [key for key in morning if morning[key] != evening[key] and key not in TRAIL] == [
        "associate",
        "appointment",
        "promise",
    ]
    assert morning["associate"][1:] == evening["associate"][1:], "only who signs in is new"
    without_hour = [
        [tuple(value for value in row if not isinstance(value, datetime)) for row in book]
        for book in (morning["appointment"], evening["appointment"])
    ]
    assert without_hour[0] == without_hour[1]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 11, 21, 10, 20, tzinfo=AMSTERDAM),
        datetime(2027, 3, 28, 13, 40, tzinfo=AMSTERDAM),  # the clocks went forward this night
        datetime(2028, 2, 29, 23, 50, tzinfo=AMSTERDAM),
        datetime(2026, 12, 26, 8, 0, tzinfo=AMSTERDAM),
    ],
    ids=["a year on", "clocks change", "leap day", "after Christmas"],
)
def test_every_day_is_alive(store: Store, now: datetime) -> None:
    by = filled(store, now)
    today = now.date()
    with store.read() as session:
        page = today_page(session, by, now=now)

    assert {one.named.name for one in page.expected} > {"Eleanor Marsh", "Daniel Tran"}
    hours = [one.starts_at.astimezone(AMSTERDAM) for one in page.expected]
    assert all(10 <= hour.hour < 20 and hour.date() == today for hour in hours)
    assert all(earlier < later for earlier, later in pairwise(hours))
    if 10 <= now.hour < 19:
        assert hours[0] > now, "still to come"
    due = [one.due_on for one in page.follow_ups if one.associate_id == by]
    assert len([day for day in due if day < today]) == 2
    assert 5 <= due.count(today) <= 8
    wedding = next(one for one in page.occasions if one.named.name == "Daniel Tran")
    assert wedding.on == today + timedelta(days=14)
    [(sold, left, written)] = rows(
        store,
        "SELECT (SELECT max(sold_at) FROM purchase), (SELECT max(left_at) FROM visit), "
        "(SELECT max(written_at) FROM note)",
    )
    assert max(local(sold), local(left), local(written)).date() < today
    assert is_sound(examine(store, quick=True))


def test_an_open_visit_is_at_its_second_stop(store: Store) -> None:
    by = filled(store, visit_open=True)

    [(visit, arrived, greeted)] = rows(
        store, "SELECT id, arrived_at, greeted_at FROM visit WHERE left_at IS NULL"
    )
    stops = rows(
        store,
        "SELECT d.name, started_at IS NOT NULL, ended_at IS NOT NULL FROM visit_stop "
        "JOIN department d ON d.id = department_id WHERE visit_id = :visit "
        "ORDER BY visit_stop.position",
        visit=visit,
    )
    assert NOW.replace(minute=0) <= local(arrived) < local(greeted) < NOW
    assert stops == [
        ("Men's Suits", 1, 1),
        ("Men's Shoes", 1, 0),
        ("Men's Furnishings", 0, 0),
        ("Women's Sportswear", 0, 0),
    ]
    kept = rows(
        store,
        "SELECT sum(price) FROM shown_item JOIN visit_stop t ON t.id = stop_id "
        "WHERE t.visit_id = :visit AND outcome = 'keeping'",
        visit=visit,
    )
    assert kept == [(41_200,)]
    assert rows(store, "SELECT associate_id, place, body FROM draft") == [
        (
            by,
            f"note of visit {visit}",
            "wants a gift for fiancée, she likes emerald, ring size 6, wedding 5 Dec",
        )
    ]
    with store.read() as session:
        here = [one for one in today_page(session, by, now=NOW).expected if one.arrived]
    assert [one.named.name for one in here] == ["Daniel Tran"]


def test_a_department_that_is_there_is_used_whatever_its_case(store: Store) -> None:
    filled(store, department="women's sportswear")

    assert rows(store, "SELECT count(*) FROM department") == [(8,)]
    assert rows(
        store,
        "SELECT count(*) FROM purchase_line JOIN department d ON d.id = department_id "
        "WHERE d.name = 'women''s sportswear'",
    ) > [(500,)]


def test_a_store_elsewhere_has_its_own_money_and_one_department_more(tmp_path: Path) -> None:
    profile = Profile(currency="JPY", country="JP", time_zone="Asia/Tokyo", name="Ginza")
    now = datetime(2026, 11, 21, 10, 20, tzinfo=ZoneInfo("Asia/Tokyo"))
    store = create_store(tmp_path / "ginza.clientele", DATA_KEY, profile, now=now)
    by = filled(store, now, department="Stationery")
    departments = rows(store, "SELECT count(*) FROM department")
    prices = rows(store, "SELECT DISTINCT amount FROM purchase_line WHERE amount > 0")
    [(owned,)] = rows(
        store,
        "SELECT count(*) FROM book_membership WHERE associate_id = :by AND role = 'owner'",
        by=by,
    )
    store.close()

    assert departments == [(9,)]
    assert all(price % 100 == 0 and price < 1_000_000 for (price,) in prices)
    assert owned == 120
