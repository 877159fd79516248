"""How do the rows of a purchases file become purchase lines?

A million lines pass here, so a chunk of rows is read in one loop over local names, and values
are looked up in bounded caches. A line is a plain tuple, in the order of ``PurchaseLine``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final, NamedTuple

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.money import exponent
from clientele.exchange.cells import Texts
from clientele.exchange.conventions import Conventions
from clientele.exchange.mapping import Mapping
from clientele.exchange.moments import Moments
from clientele.exchange.numbers import Numbers
from clientele.exchange.rows import Bad, layout
from clientele.exchange.unreadable import Unreadable, quoted
from clientele.exchange.variants import sizes_of

OTHER: Final = "Other"
"""The department of a line that names none."""


class PurchaseLine(NamedTuple):
    """One line as it was read."""

    reference: str
    """The client's, in the system that the file comes from."""
    receipt: str
    sold_at: str
    """UTC, as the store writes it: ``2026-05-01 08:00:00.000000``."""
    sold_on: str
    """The day in the store's zone: ``2026-05-01``."""
    department: str
    item: str
    sku: str
    quantity: int
    """Thousandths."""
    amount: int
    """Minor units of ``currency``."""
    currency: str
    associate: str
    brand: str
    size: str
    row: list[str]
    """The row as it stands in the file."""


Line = tuple[str, str, str, str, str, str, str, int, int, str, str, str, str, list[str]]
"""A ``PurchaseLine`` as a plain tuple, which costs a tenth of the time to make."""


class PurchaseReader:
    """Reads rows in the file's order: later rows of a receipt may leave out what the first said."""

    def __init__(self, mapping: Mapping, ways: Conventions) -> None:
        self._where, self._fitted = layout(mapping)
        self._width = len(mapping.header)
        self._plain = all(len(places) == 1 for places in mapping.columns.values())
        self._ways = ways
        self._moments = Moments(ways.store.zone, day_first=ways.day_first.get("sold_at", True))
        self._references = Texts("reference", identifier=True)
        self._receipts = Texts("receipt", identifier=True)
        self._skus = Texts("sku", identifier=True)
        self._departments = Texts("department")
        self._items = Texts("item")
        self._associates = Texts("associate")
        self._brands = Texts("brand")
        self._sizes = _sizes(mapping)
        self._quantities = Numbers(3, ways.marks.get("quantity", "."), what="quantity")
        self._by_currency: dict[str, Callable[[list[str], int], int]] = {}
        self._currencies: dict[str, str] = {}
        self._last = ("", "", "", "", "")

    def read(self, rows: Iterable[list[str]]) -> tuple[list[Line], list[Bad]]:  # noqa: PLR0915
        """The lines of these rows, and the rows that cannot be read with their reasons."""
        where, width, plain, fitted = self._where, self._width, self._plain, self._fitted
        place = {field: where.get(field, width) for field in PurchaseLine._fields}
        at_reference, at_receipt, at_sold = place["reference"], place["receipt"], place["sold_at"]
        at_department, at_item, at_sku = place["department"], place["item"], place["sku"]
        at_quantity, at_currency, at_associate = (
            place["quantity"],
            place["currency"],
            place["associate"],
        )
        at_brand, at_size = place["brand"], place["size"]
        at_amount = where.get("amount", -1)
        references, receipts, moments = self._references, self._receipts, self._moments
        departments, items, skus = self._departments, self._items, self._skus
        quantities, associates = self._quantities, self._associates
        brands, sizes = self._brands, self._sizes
        home = self._ways.store.currency
        amounts = self._numbers("amount", home)
        last_receipt, last_reference, last_sold, last_currency, last_associate = self._last
        lines: list[Line] = []
        bad: list[Bad] = []
        add = lines.append
        for row in rows:
            try:
                if plain and len(row) == width and type(row) is list:
                    cells = [*row, ""]
                else:
                    cells = fitted(row)
                reference = references[cells[at_reference]]
                receipt = receipts[cells[at_receipt]]
                sold = cells[at_sold]
                currency = cells[at_currency]
                associate = associates[cells[at_associate]]
                if sold or not receipt or receipt != last_receipt:
                    last_receipt = receipt
                    last_reference, last_sold = reference, sold
                    last_currency, last_associate = currency, associate
                else:  # only the first line of a Shopify order says when, and for whom
                    sold = last_sold
                    reference = reference or last_reference
                    currency = currency or last_currency
                    associate = associate or last_associate
                if not reference:
                    raise Unreadable("no client is named (reference is empty)")
                sold_at, sold_on = moments[sold]
                text = cells[at_quantity]
                quantity = quantities[text] if text else QUANTITY_UNIT
                if currency:
                    currency = self._currency(currency)
                    amount = self._amount(cells, quantity, currency)
                elif at_amount >= 0:
                    currency = home
                    amount = amounts[cells[at_amount]]
                else:
                    currency = home
                    amount = self._amount(cells, quantity, home)
                add(
                    (
                        reference,
                        receipt,
                        sold_at,
                        sold_on,
                        departments[cells[at_department]] or OTHER,
                        items[cells[at_item]],
                        skus[cells[at_sku]],
                        quantity,
                        amount,
                        currency,
                        associate,
                        brands[cells[at_brand]],
                        sizes[cells[at_size]],
                        row,
                    )
                )
            except Unreadable as problem:
                bad.append((row, problem.reason))
        self._last = (last_receipt, last_reference, last_sold, last_currency, last_associate)
        return lines, bad

    def _numbers(self, field: str, currency: str) -> Numbers:
        return Numbers(exponent(currency), self._ways.marks.get(field, "."), what="amount")

    def _currency(self, text: str) -> str:
        found = self._currencies.get(text)
        if found is None:
            from babel.numbers import list_currencies

            found = text.strip().upper() or self._ways.store.currency
            if found not in list_currencies():
                raise Unreadable(f"{quoted(text)} is not a currency")
            self._currencies[text] = found
        return found

    def _amount(self, cells: list[str], quantity: int, currency: str) -> int:
        read = self._by_currency.get(currency)
        if read is None:
            read = self._by_currency[currency] = self._amount_reader(currency)
        return read(cells, quantity)

    def _amount_reader(self, currency: str) -> Callable[[list[str], int], int]:
        if "amount" in self._where:
            place, amounts = self._where["amount"], self._numbers("amount", currency)
            return lambda cells, quantity: amounts[cells[place]]
        at_price, at_discount = self._where["unit_price"], self._where.get("discount")
        prices = self._numbers("unit_price", currency)
        discounts = self._numbers("discount", currency)

        def worked_out(cells: list[str], quantity: int) -> int:
            gross = Decimal(prices[cells[at_price]] * quantity) / QUANTITY_UNIT
            discount = "" if at_discount is None else cells[at_discount]
            less = discounts[discount] if discount else 0
            return int(gross.to_integral_value(ROUND_HALF_EVEN)) - less

        return worked_out


def _sizes(mapping: Mapping) -> dict[str, str]:
    """Cells to sizes: the cell's text, or what a variant's or the article's words say."""
    columns = mapping.names("size")
    if len(columns) != 1:
        return Texts("size")
    is_item = mapping.columns["size"] == mapping.columns.get("item")
    sizes = sizes_of(columns[0], is_item=is_item)
    return Texts("size") if sizes is None else sizes
