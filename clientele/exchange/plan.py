"""What would an import of this file do? Everything that is decided before the first row is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from clientele.domain.client import ContactKind
from clientele.domain.history import ImportKind
from clientele.domain.money import plain
from clientele.domain.rules.dates import plain_day
from clientele.exchange.conventions import Conventions, Doubt, StoreWays, conventions
from clientele.exchange.customer_rows import CustomerRead, CustomerReader
from clientele.exchange.fields import fields_of
from clientele.exchange.mapping import Mapping, changed, guess
from clientele.exchange.purchase_rows import Line, PurchaseReader
from clientele.exchange.reading import CsvFile
from clientele.exchange.rows import Bad
from clientele.exchange.sniff import CsvShape, sniff

PREVIEW_ROWS: Final = 20
CHUNK: Final = {ImportKind.PURCHASES: 10_000, ImportKind.CUSTOMERS: 2_000}
"""Rows that are read, and kept, together."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A file, what its columns mean and how its values are written."""

    shape: CsvShape
    mapping: Mapping
    ways: Conventions

    @property
    def kind(self) -> ImportKind:
        """Customers or purchases."""
        return self.mapping.kind

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What the file leaves open and how it will be read."""
        return self.ways.doubts


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it would be read: the fields' texts, or the reason why it cannot be."""

    cells: tuple[str, ...]
    """The row as it stands in the file."""
    read: dict[str, str]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a whole file would give: rows read and rejected, and the first rejected ones."""

    read: int
    rejected: int
    first_rejected: tuple[Bad, ...]


def plan(
    path: Path,
    store: StoreWays,
    *,
    kind: ImportKind | None = None,
    columns: Iterable[tuple[str, str]] = (),
) -> ImportPlan:
    """Look at a file and decide how to read it.

    ``kind`` None decides by the columns; ``columns`` are pairs of a field and the column that
    fills it, over what the columns' names suggest.

    Raises:
        Refusal: the file cannot be read, a needed field has no column, or a pair names a field or
            column that is not there. Nothing is changed by any of them.
    """
    shape = sniff(path)
    pairs = tuple(columns)
    mapping = changed(guess(shape.header, kind or _kind_told(pairs)), pairs)
    return with_mapping(shape, mapping, store)


def _kind_told(pairs: Iterable[tuple[str, str]]) -> ImportKind | None:
    """The kind that has a field which the other has not."""
    for kind, other in (tuple(ImportKind), tuple(ImportKind)[::-1]):
        if any(name in fields_of(kind) and name not in fields_of(other) for name, _ in pairs):
            return kind
    return None


def with_mapping(shape: CsvShape, mapping: Mapping, store: StoreWays) -> ImportPlan:
    """The plan for a mapping that was corrected by hand.

    Raises:
        FieldMissing: a needed field has no column.
    """
    mapping.check()
    with CsvFile(shape) as file:
        ways = conventions(mapping, file.rows(), store)
    return ImportPlan(replace(shape, kind=mapping.kind), mapping, ways)


def preview(plan: ImportPlan, limit: int = PREVIEW_ROWS) -> tuple[PreviewRow, ...]:
    """The first rows as they would be read."""
    reader = reader_of(plan)
    rows: list[PreviewRow] = []
    with CsvFile(plan.shape) as file:
        for row in islice(file.rows(), limit):
            good, bad = reader.read([row])
            if bad:
                rows.append(PreviewRow(tuple(row), {}, bad[0][1]))
            else:
                rows.append(PreviewRow(tuple(row), _shown(good[0], plan.ways.store.zone)))
    return tuple(rows)


def count(plan: ImportPlan, shown: int = PREVIEW_ROWS) -> Counted:
    """Read the whole file and keep nothing: how many rows can be read, and why others cannot."""
    reader = reader_of(plan)
    read = rejected = 0
    first: list[Bad] = []
    with CsvFile(plan.shape) as file:
        for chunk in chunks(file.rows(), CHUNK[plan.kind]):
            _, bad = reader.read(chunk)
            read += len(chunk)
            rejected += len(bad)
            first += bad[: max(0, shown - len(first))]
    return Counted(read, rejected, tuple(first))


def chunks(rows: Iterator[list[str]], size: int) -> Iterator[list[list[str]]]:
    """The rows in lists of ``size``, the last one shorter."""
    while chunk := list(islice(rows, size)):
        yield chunk


def reader_of(plan: ImportPlan) -> PurchaseReader | CustomerReader:
    """The reader for the rows of this file."""
    if plan.kind is ImportKind.PURCHASES:
        return PurchaseReader(plan.mapping, plan.ways)
    return CustomerReader(plan.mapping, plan.ways)


def _shown(read: Line | CustomerRead, zone: ZoneInfo) -> dict[str, str]:
    if isinstance(read, CustomerRead):
        return {
            "reference": read.reference,
            "given_name": read.given_name,
            "family_name": read.family_name,
            "preferred_name": read.preferred_name,
            "email": ", ".join(c.value for c in read.contacts if c.kind == "email"),
            "phone": ", ".join(c.value for c in read.contacts if c.kind == "phone"),
            "street": read.street,
            "city": read.city,
            "postcode": read.postcode,
            "country": read.country,
            "language": read.language,
            "time_zone": read.time_zone,
            "phone_labels": _labels(read, ContactKind.PHONE),
            "email_labels": _labels(read, ContactKind.EMAIL),
            "birthday": plain_day(read.birthday) if read.birthday else "",
            "tags": ", ".join(read.tags),
            "note": " ::: ".join(read.notes),
        }
    reference, receipt, sold_at, _, department, item, sku, quantity, amount, currency, by = read[
        :11
    ]
    local = datetime.fromisoformat(sold_at).replace(tzinfo=UTC).astimezone(zone)
    return {
        "reference": reference,
        "receipt": receipt,
        "sold_at": local.replace(tzinfo=None).isoformat(" ", "seconds"),
        "department": department,
        "item": item,
        "sku": sku,
        "quantity": f"{quantity / 1000:g}",
        "amount": plain(amount, currency),
        "currency": currency,
        "associate": by,
        "brand": read[11],
        "size": read[12],
    }


def _labels(read: CustomerRead, kind: ContactKind) -> str:
    return ", ".join(c.label for c in read.contacts if c.kind is kind and c.label)
