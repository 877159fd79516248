"""Open problems by whose they are, one with its history, and the month's review."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from clientele.domain.recovery import Decision
from clientele.domain.rules import made_right as rules
from clientele.domain.tables import Absence, Purchase, PurchaseLine, Visit
from clientele.services.made_right import (
    ClientSays,
    Decide,
    OpenMadeRight,
    client_says,
    decide,
    open_made_right,
)
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.counts import RailCounts, rail_counts
from clientele.store.queries.made_right import (
    MadeRightRow,
    asked_by,
    could_be_about,
    made_right,
    open_made_rights,
    open_made_rights_of_client,
    solved_since,
)
from clientele.store.queries.right_review import Review, first_month, review
from clientele.system.clock import FixedClock
from tests.services.floor import Floor

STORE = WhoseBook(Book.STORE, 0)


def opened(floor: Floor, goods: str, by: int | None = None, **known: Any) -> int:
    owner = floor.okafor if by is None else by
    return floor.new(open_made_right, OpenMadeRight(floor.daniel, owner, goods, **known))


def counted(floor: Floor, associate: int) -> int:
    """The number in the rail."""
    found: RailCounts = floor.ask(rail_counts, associate, now=floor.clock.now())
    return found.made_rights


def listed(floor: Floor, whose: WhoseBook) -> list[str]:
    found: tuple[MadeRightRow, ...] = floor.ask(open_made_rights, whose, now=floor.clock.now())
    return [row.goods for row in found]


def reviewed(floor: Floor, month: date, whose: WhoseBook = STORE) -> Review:
    found = floor.ask(review, whose, month, now=floor.clock.now())
    assert isinstance(found, Review)
    return found


def little(one: Review) -> dict[str, list[str]]:
    return {
        each.row.goods: [reason.template for reason in each.too_little] for each in one.too_little
    }


def well(one: Review) -> dict[str, list[str]]:
    return {each.row.goods: [reason.template for reason in each.praised] for each in one.well_done}


def test_whose_and_in_which_order(floor: Floor, clock: FixedClock) -> None:
    opened(floor, "boots", decision=Decision.REPAIRED, department_id=floor.suits)
    clock.advance(timedelta(hours=1))
    opened(floor, "a tie", department_id=floor.suits)
    opened(floor, "loafers", by=floor.silva)
    assert listed(floor, STORE) == ["a tie", "loafers", "boots"], "nothing decided leads"
    assert listed(floor, WhoseBook(Book.MINE, floor.okafor)) == ["a tie", "boots"]
    mine = WhoseBook(Book.DEPARTMENT, floor.okafor, floor.suits)
    assert listed(floor, mine) == ["a tie", "boots"]
    theirs = WhoseBook(Book.DEPARTMENT, floor.silva, floor.shoes)
    assert listed(floor, theirs) == ["loafers"], "without a department it is its owner's"


def test_of_an_absent_colleague_it_is_the_covers(floor: Floor, clock: FixedClock) -> None:
    opened(floor, "loafers", by=floor.silva)
    floor.add(
        Absence(
            associate_id=floor.silva,
            cover_id=floor.okafor,
            away_from=date(2026, 11, 20),
            back_on=date(2026, 11, 23),
            created_at=clock.now(),
        )
    )
    mine = WhoseBook(Book.MINE, floor.okafor)
    assert listed(floor, mine) == ["loafers"]
    assert counted(floor, floor.okafor) == 1
    clock.advance(timedelta(days=2))
    assert listed(floor, mine) == []
    assert counted(floor, floor.okafor) == 0
    assert counted(floor, floor.silva) == 1


def test_one_with_its_history(floor: Floor, clock: FixedClock) -> None:
    key = opened(floor, "boots", problem="heel tip", decision=Decision.REPAIRED, cost=1200)
    clock.advance(timedelta(days=1))
    floor.do(decide, Decide(key, floor.silva, Decision.GIFT, "shoe cream", 900))
    one = floor.ask(made_right, key)
    assert (one.named.name, one.associate, one.cost) == ("Daniel Tran", "R. Okafor", 2100)
    assert [(step.what, step.associate, step.cost) for step in one.steps] == [
        ("repaired", "R. Okafor", 1200),
        ("gift", "M. Silva", 900),
    ]
    assert one.ask_on == date(2026, 11, 25)
    assert floor.ask(made_right, key + 1) is None


def test_solved_ones_leave_the_list_and_reopened_ones_return(
    floor: Floor, clock: FixedClock
) -> None:
    key = opened(floor, "boots", decision=Decision.REPAIRED)
    assert counted(floor, floor.okafor) == 1
    floor.do(client_says, ClientSays(key, floor.okafor, solved=True))
    assert counted(floor, floor.okafor) == 0
    assert floor.ask(open_made_rights_of_client, floor.daniel) == ()
    since = clock.now() - timedelta(days=1)
    assert len(floor.ask(solved_since, STORE, since=since, now=clock.now())) == 1
    floor.do(client_says, ClientSays(key, floor.okafor, solved=False))
    assert counted(floor, floor.okafor) == 1
    assert [row.goods for row in floor.ask(open_made_rights_of_client, floor.daniel)] == ["boots"]
    assert floor.ask(solved_since, STORE, since=since, now=clock.now()) == ()


def test_which_problem_a_follow_up_asks_about(floor: Floor) -> None:
    key = opened(floor, "boots", decision=Decision.REPAIRED)
    assert floor.ask(asked_by, 1) == key
    assert floor.ask(asked_by, 2) is None
    floor.do(client_says, ClientSays(key, floor.okafor, solved=False))
    assert floor.ask(asked_by, 1) is None


def test_what_it_could_be_about(floor: Floor, clock: FixedClock) -> None:
    bought: dict[str, int] = {}
    for item, currency in (("boots", "EUR"), ("tie", "EUR"), ("belt", "GBP"), ("boots", "EUR")):
        purchase = Purchase(
            client_id=floor.daniel,
            sold_at=clock.now(),
            sold_on=date(2026, 11, 21),
            currency=currency,
            total=9000,
        )
        key = floor.add(purchase)
        line = PurchaseLine(purchase_id=key, department_id=floor.shoes, item=item, amount=9000)
        bought[item] = floor.add(line)
        clock.advance(timedelta(hours=1))

    def offered(**known: Any) -> list[int]:
        return [line.id for line in floor.ask(could_be_about, floor.daniel, **known)]

    assert offered() == [bought["boots"], bought["tie"]], "each once, the newest, in euros"
    assert offered(limit=1) == [bought["boots"]]
    assert offered(limit=1, wanted=bought["tie"]) == [bought["boots"], bought["tie"]]


def test_the_tyres_are_praised_and_nothing_is_said_of_their_cost(floor: Floor) -> None:
    opened(floor, "four tyres", decision=Decision.CASH_BACK, cost=48000, sold_here=False)
    november = reviewed(floor, date(2026, 11, 21))
    assert (november.month, november.heard) == (date(2026, 11, 1), 1)
    assert well(november) == {"four tyres": [rules.ON_THE_SPOT, rules.NEVER_SOLD, rules.NO_RECEIPT]}
    assert little(november) == {}


def test_the_order_is_when_it_was_heard_never_the_cost(floor: Floor, clock: FixedClock) -> None:
    for goods, cost in (("a tie", 900), ("a coat", 64000), ("socks", 300)):
        opened(floor, goods, decision=Decision.CASH_BACK, cost=cost)
        clock.advance(timedelta(minutes=5))
    assert list(well(reviewed(floor, date(2026, 11, 1)))) == ["a tie", "a coat", "socks"]


def test_a_month_is_the_stores(floor: Floor, clock: FixedClock) -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # half past midnight in the store
    clock.advance(late - clock.now())
    opened(floor, "socks", decision=Decision.CASH_BACK)
    assert reviewed(floor, date(2026, 11, 1)).heard == 0
    assert reviewed(floor, date(2026, 12, 1)).heard == 1
    assert floor.ask(first_month) == date(2026, 12, 1)


def test_an_old_one_comes_back_until_it_is_solved(floor: Floor, clock: FixedClock) -> None:
    key = opened(floor, "boots", decision=Decision.REPAIRED)
    clock.advance(timedelta(days=40))
    december = reviewed(floor, date(2026, 12, 31))
    assert december.heard == 0
    assert little(december) == {"boots": [rules.NOBODY_ASKED, rules.TAKES_LONG]}
    assert well(december) == {}, "praised once, in the month it was heard"
    floor.do(client_says, ClientSays(key, floor.okafor, solved=True))
    clock.advance(timedelta(days=10))
    assert little(reviewed(floor, date(2027, 1, 10))) == {}


def test_a_client_who_stays_away_is_noticed_in_that_month(floor: Floor, clock: FixedClock) -> None:
    key = opened(floor, "boots", decision=Decision.REPAIRED)
    floor.do(client_says, ClientSays(key, floor.okafor, solved=True))
    clock.advance(timedelta(days=70))
    assert little(reviewed(floor, date(2027, 1, 1))) == {"boots": [rules.NOT_BACK]}
    assert little(reviewed(floor, date(2026, 12, 1))) == {}
    arrived = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    floor.add(Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=arrived))
    assert little(reviewed(floor, date(2027, 1, 1))) == {}


def test_the_same_day_is_not_back(floor: Floor, clock: FixedClock) -> None:
    key = opened(floor, "boots", decision=Decision.REPAIRED)
    floor.do(client_says, ClientSays(key, floor.okafor, solved=True))
    later = clock.now() + timedelta(minutes=5)
    floor.add(Visit(client_id=floor.daniel, associate_id=floor.okafor, arrived_at=later))
    clock.advance(timedelta(days=70))
    assert little(reviewed(floor, date(2027, 1, 1))) == {"boots": [rules.NOT_BACK]}


def test_nothing_in_an_empty_book(floor: Floor) -> None:
    assert reviewed(floor, date(2026, 11, 1)) == Review(date(2026, 11, 1), 0, (), ())
    assert floor.ask(first_month) is None
