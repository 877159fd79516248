"""What is typed or scanned into the item box comes apart as an associate means it."""

from __future__ import annotations

import pytest

from clientele.domain.rules.item_text import TypedItem, parse_item


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Suede loafer", TypedItem("Suede loafer")),
        (
            "Cap-toe oxford, black calf, 10½ D 285.00",
            TypedItem("Cap-toe oxford", "black calf, 10½ D", price=28500),
        ),
        ("Plain derby, 10½ D, 260,00", TypedItem("Plain derby", "10½ D", price=26000)),
        ("Plain derby,10½ D,260.00", TypedItem("Plain derby", "10½ D", price=26000)),
        ("Coat, 42R 1,285.50", TypedItem("Coat", "42R", price=128550)),
        ("Coat, 42R 1.285,50", TypedItem("Coat", "42R", price=128550)),
        ("Coat, 42 285.00", TypedItem("Coat", "42", price=28500)),
        ("Coat, 42R €285", TypedItem("Coat", "42R", price=28500)),
        ("Coat, 42R 285 €", TypedItem("Coat", "42R", price=28500)),
        ("Coat, 42R EUR 285", TypedItem("Coat", "42R", price=28500)),
        ("Coat, 42", TypedItem("Coat", "42")),
        ("Loafer 10.5", TypedItem("Loafer 10.5")),
        ("Shirt, 16/34", TypedItem("Shirt", "16/34")),
        ("T-shirt 3 XXL", TypedItem("T-shirt 3 XXL")),
        ("Coat USD 285", TypedItem("Coat USD 285")),
        ("  Coat ,  42R  ", TypedItem("Coat", "42R")),
        ("4006381333931", TypedItem("4006381333931", sku="4006381333931")),
        ("4006381333931 12.50", TypedItem("4006381333931", sku="4006381333931", price=1250)),
        ("285.00", TypedItem("285.00")),
        ("12345", TypedItem("12345")),
        ("", TypedItem("")),
    ],
)
def test_an_item_as_typed(text: str, item: TypedItem) -> None:
    assert parse_item(text, "EUR") == item


def test_a_currency_without_cents() -> None:
    assert parse_item("Coat ¥28,500", "JPY") == TypedItem("Coat", price=28500)
