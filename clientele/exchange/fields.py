"""Which fields can a file fill, for customers and for purchases, and which are needed?"""

from __future__ import annotations

from typing import Final

from clientele.domain.history import ImportKind

CUSTOMER_FIELDS: Final = (
    "reference",
    "given_name",
    "family_name",
    "preferred_name",
    "email",
    "phone",
    "street",
    "city",
    "postcode",
    "country",
    "birthday",
    "tags",
    "note",
)
"""The columns of a customers file, in the order in which an export writes them."""

PURCHASE_FIELDS: Final = (
    "reference",
    "receipt",
    "sold_at",
    "department",
    "item",
    "sku",
    "quantity",
    "amount",
    "currency",
    "associate",
    "brand",
    "size",
)
"""The columns of a purchases file, in the order in which an export writes them.

``reference`` is the client's, ``amount`` the total of the line.
"""

ALSO_CUSTOMERS: Final = ("name", "language", "time_zone", "phone_labels", "email_labels")
"""A name in one column, which is split into given and family name; and what an export writes only
where the book says it of anybody. Labels stand in the order of the numbers and addresses."""

ALSO_PURCHASES: Final = ("unit_price", "discount")
"""Where a file has no line total: quantity times ``unit_price``, less ``discount``."""

NEEDED_OF_CUSTOMERS: Final = ("reference", "name", "given_name", "family_name", "email", "phone")
"""One of these is enough."""

REASON: Final = "reason"
"""The last column of a rejects file; it is ignored when the file is imported again."""

SEVERAL: Final = {
    "given_name": " ",
    "name": " ",
    "email": " ::: ",
    "phone": " ::: ",
    "email_labels": " ::: ",
    "phone_labels": " ::: ",
    "street": ", ",
    "tags": " ::: ",
    "note": " ::: ",
    "sold_at": " ",
}
"""Fields that several columns may fill, and what stands between them; of others the first filled
column counts."""


def fields_of(kind: ImportKind) -> tuple[str, ...]:
    """All fields that a file of this kind can fill."""
    if kind is ImportKind.CUSTOMERS:
        return CUSTOMER_FIELDS + ALSO_CUSTOMERS
    return PURCHASE_FIELDS + ALSO_PURCHASES


def missing(kind: ImportKind, filled: frozenset[str]) -> tuple[str, ...]:
    """What is still needed, in words of the mapping; empty when a file can be imported."""
    if kind is ImportKind.CUSTOMERS:
        return () if filled & set(NEEDED_OF_CUSTOMERS) else ("reference, a name, email or phone",)
    lacking = [field for field in ("reference", "sold_at") if field not in filled]
    if not filled & {"amount", "unit_price"}:
        lacking.append("amount")
    return tuple(lacking)
