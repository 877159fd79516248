"""The size that a variant, or an article with its variant, names; and nothing that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.exchange.variants import sizes_of
from tests.exchange.files import planned, purchases

VARIANTS = {
    "42 / Blue": "42",
    "Blue / XL": "XL",
    "34/32 / Indigo": "34/32",
    "Size: 42, Color: Blue": "42",
    "pa_color: red | pa_size: 42": "42",
    "Large": "L",
    "Regular": "",
    "Default Title": "",
    "One Size": "",
    "": "",
}
ARTICLES = {
    "Oxford shirt - 42 / Blue": "42",
    "T-shirt - XL": "XL",
    "Derby shoe - Brown / UK 9": "UK 9",
    "Oxford shirt": "",
    "Scarf - Blue": "",
    "Gift card - 50": "",
}


@pytest.mark.parametrize("text", VARIANTS)
def test_the_size_of_a_variant(text: str) -> None:
    sizes = sizes_of("Price Point Name", is_item=False)
    assert sizes is not None
    assert sizes[text] == VARIANTS[text]


@pytest.mark.parametrize("text", ARTICLES)
def test_the_size_after_an_article(text: str) -> None:
    for sizes in (sizes_of("Lineitem name", is_item=False), sizes_of("Product", is_item=True)):
        assert sizes is not None
        assert sizes[text] == ARTICLES[text]


def test_a_column_of_sizes_is_taken_as_it_is(tmp_path: Path) -> None:
    assert sizes_of("Größe", is_item=False) is None
    lines, bad = purchases(
        planned(
            tmp_path, "reference,sold_at,item,amount,Marke,Größe\n1,2026-05-01,Hut,9,Mayser,57 \n"
        )
    )
    assert (lines[0].brand, lines[0].size, bad) == ("Mayser", "57", [])


def test_a_shopify_order(tmp_path: Path) -> None:
    lines, bad = purchases(
        planned(
            tmp_path,
            "Name,Email,Created at,Lineitem quantity,Lineitem name,Lineitem price,Vendor\n"
            "#1001,a@example.org,2026-05-01 10:00:00 +0200,1,Oxford shirt - 42 / Blue,99.00,Eton\n"
            "#1001,a@example.org,,1,Gift card - 50,50.00,Us\n",
        )
    )
    assert [(line.item, line.brand, line.size) for line in lines] == [
        ("Oxford shirt - 42 / Blue", "Eton", "42"),
        ("Gift card - 50", "Us", ""),
    ]
    assert bad == []


@pytest.mark.parametrize("field", ["brand", "size", "variation"])
def test_a_card_number_is_never_a_brand_or_size(field: str, tmp_path: Path) -> None:
    text = f"reference,sold_at,item,amount,{field}\n1,2026-05-01,Hat,9,4111 1111 1111 1111\n"
    lines, bad = purchases(planned(tmp_path, text))
    if field == "variation":
        assert [line.size for line in lines] == [""]
    else:
        assert lines == []
        assert "card number" in bad[0]
