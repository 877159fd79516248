"""How fast is it? Measures the program beside a yardstick and writes build/bench.json.

`make bench` measures books of 10,000, 100,000 and 1,000,000 clients with ten purchase lines each,
which are built once and kept in build/bench-books; `make bench ARGS="--clients 100000"` only one;
`--quick` a small book, to see that everything still works. Nothing else heavy should run meanwhile:
the ratios bear it, the times do not.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from scripts.measuring import quality, worth
from scripts.measuring.books import ROOT, book_of, open_book
from scripts.measuring.duplicates import measure as duplicates_measured
from scripts.measuring.results import Result, growth, keep, result, run, table

SIZES = (10_000, 100_000, 1_000_000)
REPORT = ROOT / "build" / "bench.json"


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--rounds", type=int, default=12, help="of each kind of question")
    parser.add_argument("--starts", type=int, default=7, help="of the program")
    parser.add_argument("--lines", type=int, default=200_000, help="to import")
    parser.add_argument("--each", type=int, default=1_000, help="of each kind of misspelling")
    parser.add_argument("--histories", type=int, default=1_000_000, help="of clients to rank")
    parser.add_argument("--quick", action="store_true", help="2,000 clients, one round")
    parser.add_argument("--output", type=Path, default=REPORT, metavar="FILE")
    asked = parser.parse_args()
    if asked.quick:
        asked.clients, asked.rounds, asked.starts, asked.lines = [2_000], 2, 1, 12_000
        asked.each, asked.histories = 10, 2_000
    return asked


def quality_of(book: Path, each: int) -> str:
    """How often the right client is among the first five, by kind of slip."""
    store = open_book(book)
    try:
        with store.read() as session:
            return quality.table(quality.measure(session, each=each))
    finally:
        store.close()


def duplicates_of(book: Path) -> str:
    """How long looking for duplicates through a whole book takes."""
    with tempfile.TemporaryDirectory() as folder:
        took = duplicates_measured(book, Path(folder))
    return (
        f"{took.clients:,} clients looked through for duplicates in {took.seconds:,.1f} s (600 "
        f"wanted for a million), {took.put_in_found:,} of {took.put_in:,} put in were found"
    )


def main() -> None:
    """Measure, print, keep."""
    asked = arguments()
    begun = time.perf_counter()
    results: list[Result] = []
    qualities: list[tuple[int, str]] = []
    duplicates: list[str] = []
    for clients in asked.clients:
        print(f"{clients:,} clients, encrypted", flush=True)
        book = str(book_of(clients))
        for module, amount in (
            ("layers", asked.rounds),
            ("lists", max(2, asked.rounds // 6)),  # a list of a million takes seconds
            ("starting", asked.starts),
            ("window", asked.rounds),
            ("worth", asked.rounds),
            ("importing", asked.lines),
        ):
            print(f"  {module} …", flush=True)
            results += [result(clients, samples) for samples in run(module, book, str(amount))]
        qualities.append((clients, quality_of(Path(book), asked.each)))
        duplicates.append(duplicates_of(Path(book)))
    print("worth a call …", flush=True)
    results += [result(asked.histories, samples) for samples in run("worth", str(asked.histories))]
    foreseen = worth.told()
    keep(results, asked.output)
    print()
    print(table(results))
    print()
    for line in growth(results):
        print(line)
    for clients, told in qualities:
        print(f"\nRight among the first five of {clients:,} clients:\n{told}")
    print(*duplicates, sep="\n")
    print(f"\n{foreseen}")
    for one in results:
        if one.unit == "µs a line":
            print(
                f"\n{one.size:,} clients: {1e6 / one.p50:,.0f} lines a second are imported", end=""
            )
    print(f"\n\n{asked.output}, after {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
