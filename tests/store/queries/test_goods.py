"""What a scanned number is known as: the latest ticket, the price of one before any mark-down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from clientele.domain.tables import Purchase, PurchaseLine
from clientele.store.queries.goods import Article, known_article
from tests.services.floor import Floor

SKU = "4006381333931"


def sold(floor: Floor, days_ago: int, item: str, amount: int, **fields: Any) -> None:
    at = floor.clock.now() - timedelta(days=days_ago)
    currency = str(fields.pop("currency", "EUR"))
    purchase = floor.add(
        Purchase(
            client_id=floor.daniel,
            receipt=f"R-{days_ago}",
            sold_at=at,
            sold_on=at.date(),
            associate_id=floor.okafor,
            currency=currency,
            total=amount,
        )
    )
    whole: dict[str, Any] = {"sku": SKU, **fields}
    floor.add(
        PurchaseLine(
            purchase_id=purchase, department_id=floor.shoes, item=item, amount=amount, **whole
        )
    )


def known(floor: Floor) -> Article | None:
    found = floor.ask(known_article, SKU, "EUR")
    assert found is None or isinstance(found, Article)
    return found


def test_the_latest_ticket_says_what_it_is(floor: Floor) -> None:
    assert known(floor) is None
    sold(floor, 40, "Oxford, 10 D", 26000)
    sold(floor, 3, "Cap-toe oxford, 10 D", 28500)
    sold(floor, 20, "Oxford, 10 D", 27000)
    assert known(floor) == Article("Cap-toe oxford, 10 D", 28500)


def test_the_price_is_that_of_one_before_any_mark_down(floor: Floor) -> None:
    sold(floor, 3, "Socks", 2400, quantity=3000, mark_down=600)
    assert known(floor) == Article("Socks", 1000)
    sold(floor, 2, "Cloth", 1000, quantity=1500)
    assert known(floor) == Article("Cloth", 667)


def test_returns_gifts_other_money_and_nameless_lines_say_nothing(floor: Floor) -> None:
    sold(floor, 5, "Oxford", -28500, quantity=-1000)
    sold(floor, 4, "Oxford", 0)
    sold(floor, 3, "Oxford", 31000, currency="USD")
    sold(floor, 2, "", 28500)
    sold(floor, 1, "Loafer", 21000, sku="")
    assert known(floor) is None
    assert floor.ask(known_article, "", "EUR") is None
