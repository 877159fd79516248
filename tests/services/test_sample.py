"""Is the sample store whole, the same each time, alive on any day, and believable?"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from sqlalchemy import select, text

from clientele.domain.client import ContactKind
from clientele.domain.rules import card_numbers
from clientele.domain.rules.contact_points import normalised
from clientele.domain.rules.names import sort_name
from clientele.domain.tables import metadata
from clientele.services.sample import fill_with_sample
from clientele.services.sample.phones import FORMS, numbers
from clientele.services.sample.wardrobe import COLLARS
from clientele.services.team import AddAssociate, add_associate
from clientele.store.doctor import examine, is_sound
from clientele.store.queries.today import today_page
from clientele.store.session import Profile, Store, create_store, open_store
from tests.conftest import DATA_KEY, ZONE

AMSTERDAM = ZoneInfo(ZONE)
NOW = datetime(2026, 11, 21, 10, 20, tzinfo=AMSTERDAM)
Rows = list[Any]


def filled(
    store: Store, now: datetime = NOW, *, department: str = "Men's Suits", visit_open: bool = False
) -> int:
    with store.write() as session:
        person = AddAssociate("Ruth Okafor", department, "2468")
        by = add_associate(session, person, now=now).subject
        assert by is not None
        fill_with_sample(session, by=by, now=now, visit_open=visit_open)
    return by


@pytest.fixture(scope="module")
def sample(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("sample") / "book.clientele"
    shutil.copyfile(empty_book, path)
    path.chmod(0o600)
    store = open_store(path, DATA_KEY)
    filled(store)
    yield store
    store.close()


def rows(store: Store, sql: str, **values: object) -> Rows:
    with store.read() as session:
        return [tuple(row) for row in session.execute(text(sql), values)]


def dump(store: Store) -> dict[str, Rows]:
    with store.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table))]
            for table in metadata.sorted_tables
        }


def local(moment: object) -> datetime:
    return datetime.fromisoformat(str(moment)).replace(tzinfo=UTC).astimezone(AMSTERDAM)


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


def test_today_is_alive_and_tells_of_the_people_one_meets_first(sample: Store) -> None:
    with sample.read() as session:
        page = today_page(session, 1, now=NOW)

    assert [(one.named.name, local_hour(one.starts_at)) for one in page.expected[:3]] == [
        ("Eleanor Marsh", "11:00"),
        ("Daniel Tran", "14:30"),
        ("Priya Oberoi", "16:00"),
    ]
    assert len(page.expected) == 4
    assert page.expected[2].first_with_you
    due = [one.due_on for one in page.follow_ups]
    assert [day for day in due if day < NOW.date()] == [date(2026, 11, 19), date(2026, 11, 20)]
    assert 5 <= due.count(NOW.date()) <= 8
    assert page.follow_ups[0].named.name == "Marta Lindqvist"
    assert any(str(one.standing) == "at risk" for one in page.promises)
    ahead = {(one.named.name, str(one.kind)): one.on for one in page.occasions}
    assert ahead["Daniel Tran", "wedding"] == date(2026, 12, 5)
    assert ahead["Eleanor Marsh", "birthday"] == date(2026, 11, 27)
    assert len(ahead) >= 6


def local_hour(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).strftime("%H:%M")


def test_the_follow_ups_of_the_one_who_signed_in(sample: Store) -> None:
    states = dict(
        rows(sample, "SELECT state, count(*) FROM follow_up WHERE associate_id = 1 GROUP BY 1")
    )
    upcoming = rows(
        sample,
        "SELECT count(*) FROM follow_up WHERE associate_id = 1 AND state = 'open' "
        "AND due_on > '2026-11-21'",
    )

    assert states["done"] >= 60
    assert 8 <= upcoming[0][0] <= 12
    assert not rows(
        sample,
        "SELECT f.id FROM follow_up f JOIN consent c ON c.client_id = f.client_id "
        "AND c.channel = f.channel WHERE NOT c.allowed",
    )
    assert not rows(sample, "SELECT 1 FROM follow_up WHERE state = 'done' AND outcome = ''")


@pytest.mark.parametrize(
    "column",
    [
        "purchase.sold_at",
        "visit.left_at",
        "note.written_at",
        "contact_made.took_place_at",
        "follow_up.created_at",
        "promise.promised_at",
        "promise.last_word_at",
        "promise.ended_at",
        "size.evidence_at",
        "client.created_at",
        "consent.said_at",
    ],
)
def test_what_is_past_lies_before_today(sample: Store, column: str) -> None:
    table, _, name = column.partition(".")
    [(last,)] = rows(sample, f"SELECT max({name}) FROM {table}")

    assert local(last).date() < NOW.date()


def test_people_come_while_the_store_is_open(sample: Store) -> None:
    for arrived, left in rows(sample, "SELECT arrived_at, left_at FROM visit"):
        begun, over = local(arrived), local(left)
        assert begun < over
        assert begun.hour >= 10
        assert over <= begun.replace(hour=20, minute=0, second=0)
        assert (begun.month, begun.day) not in ((12, 25), (1, 1))
    for (starts,) in rows(sample, "SELECT starts_at FROM appointment"):
        assert 10 <= local(starts).hour < 20


def test_a_ticket_is_rung_within_its_visit_and_holds_what_was_kept(sample: Store) -> None:
    astray = rows(
        sample,
        "SELECT p.id FROM purchase p JOIN visit v ON v.id = p.visit_id "
        "WHERE p.client_id <> v.client_id OR p.sold_at NOT BETWEEN v.arrived_at AND v.left_at",
    )
    unlike = rows(
        sample,
        "SELECT s.id FROM shown_item s JOIN purchase_line l ON l.id = s.purchase_line_id "
        "WHERE s.price <> l.amount OR s.outcome <> 'keeping'",
    )
    per_ticket = rows(
        sample,
        "SELECT count(*), count(DISTINCT department_id) FROM purchase_line GROUP BY purchase_id",
    )

    assert not astray
    assert not unlike
    assert rows(sample, "SELECT count(*) FROM purchase WHERE visit_id IS NULL") == [(0,)]
    assert {departments for _, departments in per_ticket} == {1, 2, 3, 4}
    assert {lines for lines, _ in per_ticket} >= {1, 2, 3, 4, 5, 6}
    several = sum(departments > 1 for _, departments in per_ticket) / len(per_ticket)
    assert 0.3 < several < 0.6


def test_some_things_come_back(sample: Store) -> None:
    back = rows(
        sample,
        "SELECT b.amount, l.amount, b.quantity, l.quantity FROM purchase_line b "
        "JOIN purchase bp ON bp.id = b.purchase_id JOIN purchase_line l ON l.item = b.item "
        "JOIN purchase p ON p.id = l.purchase_id AND p.client_id = bp.client_id "
        "AND p.sold_at < bp.sold_at WHERE b.amount < 0 AND l.amount > 0",
    )
    [(returned,)] = rows(sample, "SELECT count(*) FROM purchase_line WHERE amount < 0")

    assert returned > 30
    assert len(back) == returned, "only what was bought comes back"
    assert all((taken, pieces) == (-paid, -bought) for taken, paid, pieces, bought in back), (
        "for what was paid"
    )


def test_prices_end_as_prices_do(sample: Store) -> None:
    for item, price in rows(sample, "SELECT item, amount * 1000 / quantity FROM purchase_line"):
        assert price % 100 in (0, 50, 95), (item, price)


def test_sizes_belong_together(sample: Store) -> None:
    worn: dict[tuple[int, str], str] = {}
    for client, category, value in rows(
        sample,
        "SELECT client_id, category, value FROM size WHERE household_member_id IS NULL "
        "AND brand = '' ORDER BY evidence_at",
    ):
        worn[client, category] = value
    both = [client for client, category in worn if category == "Suit" and (client, "Shirt") in worn]

    assert len(both) > 60
    for client in both:
        chest, collar = worn[client, "Suit"][:-1], worn[client, "Shirt"].partition("/")[0]
        assert COLLARS[int(chest)] == collar
    assert worn[2, "Suit"] == "42R"
    assert worn[2, "Shirt"] == "16/34"


def test_what_is_kept_is_of_a_size_that_is_known(sample: Store) -> None:
    known: dict[int, set[str]] = {}
    for client, value in rows(sample, "SELECT client_id, value FROM size"):
        known.setdefault(client, set()).add(value)
    for client, item, detail in rows(
        sample,
        "SELECT v.client_id, s.item, s.detail FROM shown_item s "
        "JOIN visit_stop t ON t.id = stop_id JOIN visit v ON v.id = t.visit_id "
        "WHERE s.outcome = 'keeping' AND detail <> ''",
    ):
        assert detail in known[client], (client, item)


def test_nobody_buys_what_they_avoid(sample: Store) -> None:
    for avoided, word in (
        ("patent", "patent"),
        ("logos", "logo"),
        ("linen, it creases", "linen (?!pocket)"),  # pocket squares are presents
    ):
        bought = rows(
            sample,
            "SELECT l.item FROM purchase_line l JOIN purchase p ON p.id = purchase_id "
            "JOIN preference a ON a.client_id = p.client_id AND a.kind = 'avoid' AND what = :what "
            "JOIN shown_item s ON s.purchase_line_id = l.id",
            what=avoided,
        )
        own = [item for (item,) in bought if re.search(rf"\b{word}", item, re.IGNORECASE)]
        assert bought
        assert not own


def test_every_number_rings_nobody_and_every_address_is_an_example(sample: Store) -> None:
    values = rows(sample, "SELECT kind, value, normalised FROM contact_point")

    assert len({normal for _, _, normal in values}) == len(values)
    for kind, value, normal in values:
        assert normalised(kind, value, "NL") == normal
        if kind == ContactKind.EMAIL:
            assert re.fullmatch(r"[a-z0-9.\-]+@example\.(com|org|net)", value)
        else:
            assert normal.startswith("+31200")
            assert phonenumbers.is_valid_number(phonenumbers.parse(normal))


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

    assert [key for key in morning if morning[key] != evening[key]] == [
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
    due = [one.due_on for one in page.follow_ups]
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
