"""What a client owns and how they buy, read out of a real book."""

from __future__ import annotations

from datetime import timedelta

from clientele.domain.rules.habits import Of
from clientele.domain.tables import Gift, HouseholdMember, Purchase, PurchaseLine, Size, Wish
from clientele.services.clients import NewClient, new_client
from clientele.services.rows import new_id
from clientele.store.queries.habits import Purchases, purchases
from clientele.store.queries.owned import owning
from tests.services.floor import Floor


def _bought(floor: Floor, item: str, days: int, *, client: int = 0, sign: int = 1) -> int:
    at = floor.clock.now() - timedelta(days=days)
    with floor.store.write() as session:
        ticket = Purchase(
            client_id=client or floor.daniel, sold_at=at, sold_on=at.date(), currency="EUR",
            total=sign * 900,
        )  # fmt: skip
        line = PurchaseLine(
            purchase_id=new_id(session, ticket), department_id=floor.shoes, item=item,
            quantity=sign * 1000, amount=sign * 900,
        )  # fmt: skip
        return new_id(session, line)


def _read(floor: Floor) -> Purchases:
    found = floor.ask(purchases, floor.daniel)
    assert isinstance(found, Purchases)
    return found


def test_only_their_own_lines_the_newest_first(floor: Floor) -> None:
    other = floor.new(new_client, NewClient(floor.okafor, "Ann", "Abel"))
    first, second = _bought(floor, "Derby, 10 D", 40), _bought(floor, "Boot, 10 D", 4)
    _bought(floor, "Pump, 7 B", 2, client=other)
    found = _read(floor)
    assert [one.line.id for one in found.ledger.bought] == [second, first]
    assert found.currency == "EUR"
    assert floor.ask(purchases, other).ledger.bought[0].line.item == "Pump, 7 B"


def test_a_return_without_a_record_is_matched_as_it_is_everywhere(floor: Floor) -> None:
    _bought(floor, "Derby, 10 D", 40)
    later = _bought(floor, "Derby, 10 D", 30)
    _bought(floor, "Derby, 10 D", 20, sign=-1)
    unknown = _bought(floor, "Cap", 10, sign=-1)
    found = _read(floor)
    assert {one.line.id: one.left for one in found.ledger.bought}[later] == 0
    assert [line.id for line in found.ledger.unknown] == [unknown]
    owns = floor.ask(owning, floor.daniel)
    assert [one.sold_line_id for one in owns.back] == [later]
    assert {one.id: one.left for one in owns.lines} == {
        one.line.id: one.left for one in found.ledger.bought
    }


def test_makers_of_sizes_and_wishes_are_known_in_words_and_gifts_are_others(floor: Floor) -> None:
    lines = [_bought(floor, item, 9) for item in ("Arden derby", "Loake boot", "Arden boot", "Cap")]
    given = _bought(floor, "Arden pump, navy", 3)
    now = floor.clock.now()
    with floor.store.write() as session:
        size = Size(
            client_id=floor.daniel, category="Shoe", value="10 D", brand="Arden",
            evidence="told us", evidence_at=now,
        )  # fmt: skip
        new_id(session, size)
        new_id(session, Wish(client_id=floor.daniel, item="boot", brand="Loake", wished_at=now))
        may = new_id(session, HouseholdMember(client_id=floor.daniel, name="May"))
        gift = Gift(
            client_id=floor.daniel, household_member_id=may, purchase_line_id=given,
            what="pump", created_at=now,
        )  # fmt: skip
        new_id(session, gift)
    found = _read(floor)
    assert found.gifts == {given: "May"}
    (brand,) = (habit for habit in found.habits if habit.of == Of.BRAND)
    assert (brand.name, brand.count, brand.total) == ("Arden", 2, 3)
    assert set(brand.rows) == {lines[0], lines[2]}
