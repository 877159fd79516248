"""The book that victims work on, and files to bring into it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from clientele.services.team import AddAssociate, add_associate, department_named
from clientele.store.session import Profile, Store, create_store, open_store
from tests.faults.killing import Told
from tests.faults.victim import NOW

KEY = bytes(range(32))
LINES = 14_000
CUSTOMERS = 6_400


@dataclass(frozen=True, slots=True)
class Workplace:
    """A book that grows, with two associates and their departments."""

    path: Path
    by: int
    colleague: int
    departments: list[int]

    def order(self) -> dict[str, object]:
        """What every victim must know."""
        return {
            "book": str(self.path),
            "key": KEY.hex(),
            "by": self.by,
            "colleague": self.colleague,
            "departments": self.departments,
        }

    def open(self) -> Store:
        """Open the book, as the next start of the program does."""
        return open_store(self.path, KEY)


def make_workplace(path: Path) -> Workplace:
    """Make the book at ``path``."""
    store = create_store(path, KEY, Profile("EUR", "NL", "Europe/Amsterdam"), now=NOW)
    try:
        with store.write() as session:
            person = AddAssociate("R. Okafor", "Men's Suits")
            by = add_associate(session, person, now=NOW).subject or 0
            other = AddAssociate("L. Sato", "Men's Shoes")
            colleague = add_associate(session, other, now=NOW).subject or 0
            places = [department_named(session, name) for name in ("Men's Suits", "Men's Shoes")]
    finally:
        store.close()
    return Workplace(path, by, colleague, places)


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
