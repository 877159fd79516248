"""Would an associate who flips through the sample store believe it?"""

from __future__ import annotations

import re
from datetime import date, datetime

import phonenumbers
import pytest

from clientele.domain.client import ContactKind
from clientele.domain.rules.contact_points import normalised
from clientele.domain.rules.promise_steps import place_of, state_after, steps_of
from clientele.domain.rules.promise_tags import tag_of
from clientele.services.sample.wardrobe import COLLARS
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from tests.services.sample.looking import AMSTERDAM, NOW, local, rows


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
    due = [one.due_on for one in page.follow_ups if one.associate_id == 1]
    covered = [one for one in page.follow_ups if one.associate_id != 1]
    assert 1 <= len(covered) <= 4, "those of the colleague who is away"
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
        "AND due_on > '2026-11-21' AND rule_id IS NULL",
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
        "WHERE s.price * s.quantity / 1000 - s.mark_down <> l.amount OR s.outcome <> 'keeping'",
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


def test_a_ticket_has_everything_that_a_ticket_can_have(sample: Store) -> None:
    back = rows(
        sample,
        "SELECT sold.amount + back.amount, r.why, sold.associate_id = back.associate_id "
        "FROM line_return r JOIN purchase_line sold ON sold.id = r.sold_line_id "
        "JOIN purchase_line back ON back.id = r.return_line_id",
    )
    assert len(back) > 20
    assert {(0, "too small", 1), (0, "changed their mind", 1)} >= set(back)
    assert rows(sample, "SELECT mark_down_why FROM purchase_line WHERE mark_down > 0") == [
        ("display piece",)
    ]
    [(shared,)] = rows(sample, "SELECT count(DISTINCT purchase_line_id) FROM credit_share")
    [(parted,)] = rows(
        sample,
        "SELECT count(DISTINCT s.purchase_line_id) FROM item_credit c "
        "JOIN shown_item s ON s.id = c.shown_item_id",
    )
    assert shared >= parted > 20
    [(what, name)] = rows(
        sample,
        "SELECT what, c.family_name FROM part_payment p JOIN client c ON c.id = p.client_id "
        "WHERE purchase_id IS NULL",
    )
    assert (what, name) == ("white waistcoat, ordered", "Tran")


def test_prices_end_as_prices_do(sample: Store) -> None:
    for item, price in rows(
        sample, "SELECT item, (amount + mark_down) * 1000 / quantity FROM purchase_line"
    ):
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


def test_every_promise_has_a_tag_and_a_history_that_leads_to_where_it_is(sample: Store) -> None:
    steps: dict[int, list[str]] = {}
    for key, what in rows(sample, "SELECT promise_id, what FROM promise_step ORDER BY at, id"):
        steps.setdefault(key, []).append(what)
    promises = rows(sample, "SELECT id, kind, state, step, tag FROM promise")

    assert len(promises) > 100
    for key, kind, state, step, tag in promises:
        assert tag == tag_of(kind, key)
        own = [what for what in steps.get(key, []) if what in steps_of(kind)]
        assert own == sorted(own, key=lambda what: place_of(kind, what))
        assert step == (own[-1] if own else "")
        if state == "broken":
            assert steps[key][-1] == "broken"
        else:
            assert state == state_after(kind, step)
    early = rows(
        sample,
        "SELECT count(*) FROM promise_step s JOIN promise p ON p.id = promise_id "
        "WHERE s.at < p.promised_at OR s.at > coalesce(p.ended_at, p.last_word_at)",
    )
    assert early == [(0,)]
