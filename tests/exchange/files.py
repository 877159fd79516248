"""Small files for the tests of reading them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from clientele.domain.history import ImportKind
from clientele.exchange.conventions import StoreWays
from clientele.exchange.customer_rows import CustomerRead
from clientele.exchange.plan import ImportPlan, plan, reader_of
from clientele.exchange.purchase_rows import PurchaseLine
from clientele.exchange.reading import CsvFile

AMSTERDAM = StoreWays(ZoneInfo("Europe/Amsterdam"), "EUR", "NL")
NEW_YORK = StoreWays(ZoneInfo("America/New_York"), "USD", "US")


def written(folder: Path, text: str, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def planned(
    folder: Path,
    text: str,
    *,
    store: StoreWays = AMSTERDAM,
    kind: ImportKind | None = None,
    encoding: str = "utf-8",
    columns: tuple[tuple[str, str], ...] = (),
) -> ImportPlan:
    """The plan for a file with this text."""
    return plan(written(folder, text, encoding=encoding), store, kind=kind, columns=columns)


def purchases(plan: ImportPlan) -> tuple[list[PurchaseLine], list[str]]:
    """The purchase lines of a file, and the reasons of its bad rows."""
    with CsvFile(plan.shape) as file:
        good, bad = reader_of(plan).read(list(file.rows()))
    lines = [PurchaseLine(*line) for line in good if not isinstance(line, CustomerRead)]
    return lines, [reason for _, reason in bad]


def customers(plan: ImportPlan) -> tuple[list[CustomerRead], list[str]]:
    """The customers of a file, and the reasons of its bad rows."""
    with CsvFile(plan.shape) as file:
        good, bad = reader_of(plan).read(list(file.rows()))
    return [row for row in good if isinstance(row, CustomerRead)], [reason for _, reason in bad]
