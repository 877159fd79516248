"""How quickly does a file of purchases come in, and in how much memory?

Run with a book and a number of lines, in a process of its own; see ``results.run``. The yardstick
writes the very same rows into another copy of the book: no file to read, nothing to check, match
or add up.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from clientele.exchange.plan import plan
from clientele.services.imports import Progress, import_file, store_ways
from clientele.store.engine import connect, prepare
from scripts.measuring.books import DATA_KEY, NOW, open_book
from scripts.measuring.memory import memory
from scripts.measuring.results import Samples, hand_over

CHUNK = 10_000
TABLES = {
    "client": "import_batch_id = ?",
    "client_reference": "client_id IN (SELECT id FROM client WHERE import_batch_id = ?)",
    "purchase": "import_batch_id = ?",
    "purchase_line": "import_batch_id = ?",
}


def write_file(path: Path, lines: int) -> None:
    """Write a till's export: about two and a half lines to a ticket, nine lines to a client."""
    rng = Random(lines)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["customer", "receipt", "date", "department", "article", "quantity", "amount"]
        )
        line = ticket = 0
        while line < lines:
            ticket += 1
            customer = f"H{rng.randrange(lines // 9 + 1):06d}"
            at = NOW - timedelta(minutes=60 * (lines - line) // 10)
            for _ in range(min(rng.randrange(1, 5), lines - line)):
                line += 1
                rows.writerow(
                    [
                        customer,
                        f"T{ticket:08d}",
                        f"{at:%Y-%m-%d %H:%M:%S}",
                        f"Department {rng.randrange(12)}",
                        f"Article {rng.randrange(5_000)}",
                        1,
                        f"{rng.randrange(100, 90_000) / 100:.2f}",
                    ]
                )


def ours(book: Path, file: Path) -> tuple[list[float], int]:
    """Import the file: microseconds a line, chunk by chunk, and the batch."""
    store = open_book(book)
    at = [time.perf_counter()]
    read = [0]

    def told(progress: Progress) -> None:
        if progress.read == read[-1]:
            at[-1] = time.perf_counter()  # what comes after the last line belongs to it
            return
        at.append(time.perf_counter())
        read.append(progress.read)

    try:
        result = import_file(store, plan(file, store_ways(store)), now=NOW, progress=told)
    finally:
        store.close()
    if result.rejected:
        raise RuntimeError(f"{result.rejected} lines were rejected")
    took = [
        (at[step] - at[step - 1]) * 1e6 / (read[step] - read[step - 1])
        for step in range(1, len(at))
    ]
    return took, result.batch_id


def theirs(book: Path, done: Path, batch: int) -> list[float]:
    """Write the rows of that batch into another copy of the book, as many at a time."""
    rows, columns = _rows_of(done, batch)
    connection = connect(book, DATA_KEY)
    prepare(connection, writer=True)
    connection.execute("PRAGMA foreign_keys = OFF")  # the batch itself is not in this copy
    took: list[float] = []
    lines = rows.pop("purchase_line")
    for start in range(0, len(lines), CHUNK):
        share = lines[start : start + CHUNK]
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for table, all_rows in rows.items():
            first = len(all_rows) * start // len(lines)
            last = len(all_rows) * (start + len(share)) // len(lines)
            connection.executemany(_insert(table, columns[table]), all_rows[first:last])
        connection.executemany(_insert("purchase_line", columns["purchase_line"]), share)
        connection.execute("COMMIT")
        took.append((time.perf_counter() - begun) * 1e6 / len(share))
    connection.close()
    return took


def _rows_of(book: Path, batch: int) -> tuple[dict[str, list[Any]], dict[str, list[str]]]:
    connection = connect(book, DATA_KEY)
    prepare(connection, writer=False)
    rows: dict[str, list[Any]] = {}
    columns: dict[str, list[str]] = {}
    for table, mine in TABLES.items():
        found = connection.execute(f"SELECT * FROM {table} WHERE {mine} ORDER BY id", (batch,))
        columns[table] = [column[0] for column in found.description]
        rows[table] = found.fetchall()
    connection.close()
    return rows, columns


def _insert(table: str, columns: list[str]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def measure(book: Path, lines: int) -> list[Samples]:
    """Import into one copy of the book, write the same rows into another."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        file, first, second = place / "till.csv", place / "first", place / "second"
        write_file(file, lines)
        shutil.copyfile(book, first)
        shutil.copyfile(book, second)
        before = memory("VmRSS")
        took, batch = ours(first, file)
        most = memory("VmHWM")
        bare = theirs(second, first, batch)
    return [
        Samples(
            "import of purchases", "µs a line", took, "same rows, executemany of sqlcipher3", bare
        ),
        Samples("memory at most while importing", "MiB", [most], "before it", [before]),
    ]


def main() -> None:
    """Measure the book that is named, with so many lines."""
    hand_over(measure(Path(sys.argv[1]), int(sys.argv[2])))


if __name__ == "__main__":
    main()
