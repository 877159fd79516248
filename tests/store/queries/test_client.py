"""Does the client page hear everything it shows, of this client and of nobody else?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.tables import BookMembership, Department, Visit
from clientele.services.clients import NewClient, new_client
from clientele.services.notes import KeepNote, keep_note
from clientele.services.rows import new_id
from clientele.store.queries.client import ClientPage, client_page
from tests.services.floor import Floor


def page(floor: Floor, key: int | None = None) -> ClientPage:
    found = floor.ask(client_page, key or floor.daniel, now=floor.clock.now())
    assert isinstance(found, ClientPage)
    return found


def buy(floor: Floor, ago: int, lines: list[tuple[int, int]], currency: str = "EUR") -> None:
    """A ticket so many days ago, of (department, minor units)."""
    at = floor.clock.now() - timedelta(days=ago)
    with floor.store.write() as session:
        key = new_id(
            session,
            Purchase(
                client_id=floor.daniel, sold_at=at, sold_on=at.date(), currency=currency,
                total=sum(amount for _, amount in lines), receipt=f"{ago} {currency}",
            ),
        )  # fmt: skip
        for department, amount in lines:
            session.add(PurchaseLine(purchase_id=key, department_id=department, amount=amount))


def test_a_client_who_is_not_there_is_none(floor: Floor) -> None:
    assert floor.ask(client_page, 4711, now=floor.clock.now()) is None


def test_a_client_of_whom_nothing_is_known(floor: Floor) -> None:
    found = page(floor)
    assert found.named.name == "Daniel Tran"
    assert (found.owner, found.say_first, found.last_in, found.birthday) == (None,) * 4
    assert (found.points, found.sizes, found.likes, found.household, found.across) == ((),) * 5
    assert (found.visits, found.spent, found.tickets, found.lines) == (0, 0, 0, 0)
    assert found.not_yet == ("Men's Suits", "Men's Shoes", "Accessories")


def test_purchases_add_up_over_departments(floor: Floor) -> None:
    buy(floor, 3, [(floor.suits, 60_000), (floor.shoes, 20_000)])
    buy(floor, 400, [(floor.shoes, 50_000), (floor.shoes, -10_000)])
    buy(floor, 900, [(floor.accessories, 9_000)])
    buy(floor, 5, [(floor.suits, 7_700)], "USD")
    found = page(floor)
    assert (found.spent, found.tickets, found.lines) == (129_000, 4, 4)
    assert [(share.department, share.amount, share.lines) for share in found.across] == [
        ("Men's Suits", 60_000, 2),
        ("Men's Shoes", 60_000, 1),
    ]
    assert found.departments_ever == 3
    assert found.not_yet == ()
    assert found.last_in == floor.clock.now() - timedelta(days=3)


def test_departments_never_bought_in_are_named_in_the_store_s_order(floor: Floor) -> None:
    floor.add(Department(name="Coats", position=0))
    buy(floor, 900, [(floor.shoes, 100)])
    assert page(floor).not_yet[:2] == ("Men's Suits", "Coats")
    assert "Men's Shoes" not in page(floor).not_yet


def visited(floor: Floor, at: datetime) -> None:
    floor.add(
        Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=at, left_at=at)
    )  # fmt: skip


def test_a_day_with_a_visit_and_a_ticket_is_one_visit(floor: Floor) -> None:
    now = floor.clock.now()
    buy(floor, 3, [(floor.suits, 100)])
    visited(floor, now - timedelta(days=3, hours=1))
    visited(floor, now - timedelta(days=10))
    visited(floor, now - timedelta(days=1))
    found = page(floor)
    assert found.visits == 3
    assert found.last_in == now - timedelta(days=1)


def test_who_is_in_the_store_has_a_visit_that_goes_on(floor: Floor) -> None:
    visited(floor, floor.clock.now())
    assert page(floor).open_visit_id is None
    key = floor.add(
        Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=floor.clock.now())
    )
    assert page(floor).open_visit_id == key


def test_a_visit_near_midnight_counts_for_the_store_s_day(floor: Floor) -> None:
    visited(floor, datetime.fromisoformat("2026-11-10T22:30:00+00:00"))
    visited(floor, datetime.fromisoformat("2026-11-10T23:30:00+00:00"))
    assert page(floor).visits == 2
    visited(floor, datetime.fromisoformat("2026-11-11T22:59:00+00:00"))
    assert page(floor).visits == 2


def test_only_a_present_owner_owns(floor: Floor) -> None:
    now = floor.clock.now()
    floor.add(
        BookMembership(client_id=floor.daniel, associate_id=floor.okafor, since=now, until=now)
    )
    assert page(floor).owner is None
    floor.add(BookMembership(client_id=floor.daniel, associate_id=floor.silva, since=now))
    owner = page(floor).owner
    assert owner is not None
    assert (owner.name, owner.since) == ("M. Silva", now)


def test_nothing_of_another_client_is_seen(floor: Floor) -> None:
    other = floor.new(new_client, NewClient(floor.silva, "Ada", phone="020 555 0118"))
    floor.do(keep_note, KeepNote(other, "likes emerald", floor.silva))
    buy(floor, 3, [(floor.suits, 100)])
    assert page(floor).points == ()
    assert page(floor).say_first is None
    assert page(floor, other).spent == 0
    first = page(floor, other).say_first
    assert first is not None
    assert (first.body, first.associate, first.associate_id) == (
        "likes emerald",
        "M. Silva",
        floor.silva,
    )


def test_it_is_seen_as_of_the_moment_asked(floor: Floor) -> None:
    buy(floor, 0, [(floor.suits, 100)])
    floor.clock.advance(timedelta(days=731))
    assert page(floor).across == ()
    assert page(floor).spent == 100
    assert page(floor).last_in is not None
    assert date(2026, 11, 21) == page(floor).last_in.date()  # type: ignore[union-attr]
