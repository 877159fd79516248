"""Fifty kills at random moments: nothing acknowledged is lost, nothing is half-written."""

from __future__ import annotations

import csv
import os
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import Workplace
from tests.faults.killing import Told, Victims, lost, troubles

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

EDITS, IMPORTS = 25, 25
KILLS_PER_FILE = 5
LINES = 24_000
CUSTOMERS = 10_400


def test_a_kill_in_the_midst_of_edits_loses_nothing(place: Workplace, killers: Victims) -> None:
    rng = Random(20261121)
    all_acknowledged = 0
    for seed in range(EDITS):
        heard = killers.kill(rng, most=30, longest=0.05, work="edit", seed=seed, **place.order())
        store = place.open()
        try:
            assert lost(store, heard) == []
            assert troubles(store) == []
        finally:
            store.close()
        all_acknowledged += len(heard.kept)
    assert all_acknowledged > EDITS


@pytest.mark.parametrize("kind", ["purchases", "customers"])
def test_a_kill_in_the_midst_of_an_import_loses_nothing(
    kind: str, place: Workplace, killers: Victims, tmp_path: Path
) -> None:
    rng = Random(20261122)
    files = 4 if kind == "purchases" else 1
    for number in range(files):
        path = tmp_path / f"{kind} {number}.csv"
        rows = (write_purchases if kind == "purchases" else write_customers)(path, number)
        order = {"work": "import", "file": str(path), **place.order()}
        before = counts(place)
        for _ in range(KILLS_PER_FILE):
            heard = killers.kill(rng, most=2, longest=0.25, **order)
            store = place.open()
            try:
                assert troubles(store) == []
            finally:
                store.close()
            if heard.kept:
                assert came(before, counts(place), kind) >= heard.kept[-1]["added"]
        done = killers.work(**order).done
        assert done is not None
        assert done["added"] + done["known"] == rows
        assert done["rejected"] == 0
        assert came(before, counts(place), kind) == rows
        again = killers.work(**order).done
        assert again == {"added": 0, "known": rows, "rejected": 0}
        store = place.open()
        try:
            assert troubles(store) == []
        finally:
            store.close()


def counts(place: Workplace) -> Told:
    """How many rows of each kind the book has."""
    store = place.open()
    try:
        with store.read() as session:
            run = session.connection().exec_driver_sql
            return {
                table: run(f"SELECT count(*) FROM {table}").scalar_one()
                for table in ("client", "purchase", "purchase_line", "contact_point")
            }
    finally:
        store.close()


def came(before: Told, after: Told, kind: str) -> int:
    """How many rows of a file of that kind came into the book meanwhile."""
    table = "purchase_line" if kind == "purchases" else "client"
    return int(after[table] - before[table])


def write_purchases(path: Path, number: int) -> int:
    """Write a file of lines, four to a ticket, two of which are alike; answer how many."""
    rng = Random(number)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["reference", "receipt", "sold_at", "department", "item", "amount"])
        for line in range(LINES):
            ticket = line // 4
            day = date(2026, 1, 1) + timedelta(days=ticket % 300)
            rows.writerow(
                [f"{number}-{ticket % 700}", f"T{number}-{ticket}", f"{day} 12:00:00",
                 f"Department {ticket % 5}", f"Item {line // 2}", f"{rng.randrange(1, 900)}.{50}"]
            )  # fmt: skip
    return LINES


def write_customers(path: Path, number: int) -> int:
    """Write a file of customers; answer how many."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["reference", "given_name", "family_name", "phone", "email", "note"])
        for line in range(CUSTOMERS):
            name = f"{number}x{line}"
            rows.writerow(
                [f"C{name}", f"Ann{line}", f"Abel{number}", f"06 {number + 1}{line:07d}",
                 f"a{name}@example.com", f"likes {line}" if line % 7 == 0 else ""]
            )  # fmt: skip
    return CUSTOMERS
