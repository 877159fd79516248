"""Which books are measured? Generated ones of any number of clients, kept between runs."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from clientele.services.pins import hashed
from clientele.store import fts, keys
from clientele.store.bulk import (
    BOOK_MEMBERSHIP,
    CLIENT,
    CONTACT_POINT,
    PURCHASE,
    PURCHASE_LINE,
    Bulk,
)
from clientele.store.session import Profile, Store, create_store, open_store
from scripts.measuring.names import Names

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / "build" / "bench-books"
DATA_KEY: Final = hashlib.sha256(b"a book that is only measured").digest()
PASSPHRASE: Final = "measured only"
PIN: Final = "2468"
NOW: Final = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""The moment at which these books were left."""

ME: Final = 1
"""The associate at whose desk everything is measured."""

BUSY: Final = 7
"""A client with thousands of purchases, as of a shop that buys for its staff."""

BUSY_TICKETS: Final = 5_000

_FORM: Final = 2
"""Counted up when these books change, so that older ones are built anew."""

_DEPARTMENTS: Final = (
    "Men's Suits", "Men's Shoes", "Men's Furnishings", "Women's Sportswear", "Women's Shoes",
    "Handbags", "Jewellery", "Cosmetics",
)  # fmt: skip
_ITEMS: Final = (
    "Suit, navy 42R", "Oxford shirt", "Silk tie", "Loafer, brown", "Cashmere coat", "Wool trousers",
    "Linen blazer", "Silk blouse", "Court shoe", "Leather belt", "Tote, cognac", "Scarf, emerald",
    "Pearl studs", "Eau de parfum", "Hand cream", "Gloves, lined", "Chelsea boot", "Cardigan",
)  # fmt: skip
_MAIL: Final = ("gmail.com", "outlook.com", "icloud.com", "ziggo.nl", "gmx.de", "yahoo.co.uk")
_BATCH: Final = 20_000


def book_of(clients: int) -> Path:
    """The book with so many clients; built (a million takes some minutes) unless it is there."""
    path = KEPT / f"book-{clients}-{_FORM}.clientele"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        for leftover in KEPT.glob(f"{unfinished.name}*"):
            leftover.unlink()
        begun = time.perf_counter()
        _build(unfinished, clients)
        unfinished.rename(path)
        print(f"  made a book of {clients:,} clients in {time.perf_counter() - begun:.0f} s")
    return path


def open_book(path: Path) -> Store:
    """Open one of these books."""
    return open_store(path, DATA_KEY)


def give_passphrase(path: Path) -> None:
    """Let ``PASSPHRASE`` open the book, as for the program where there is no keyring."""
    keys.set_passphrase(path, path.read_bytes()[:16], DATA_KEY, PASSPHRASE)


def _build(path: Path, clients: int) -> None:
    profile = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")
    store = create_store(path, DATA_KEY, profile, now=NOW)
    try:
        with store.write() as session, fts.suspended(session.connection()):
            _Filling(Bulk(session), clients).all()
    finally:
        store.close()


class _Filling:
    """Fills an empty book with a store's life; the same for the same number of clients."""

    def __init__(self, bulk: Bulk, clients: int) -> None:
        self._bulk = bulk
        self._clients = clients
        self._rng = Random(clients)
        self._associates = max(8, min(200, clients // 2_500))
        self._ticket = 1

    def all(self) -> None:
        """Fill it."""
        self._team()
        names = Names(self._rng)
        for first in range(1, self._clients + 1, _BATCH):
            ids = range(first, min(first + _BATCH, self._clients + 1))
            self._people(ids, names)
            self._purchases(ids)
        self.busy_client()
        self._plans()

    def _team(self) -> None:
        created = _stored(NOW - timedelta(days=2_000))
        self._bulk.run_many(
            "INSERT INTO department (name, position) VALUES (?, ?)",
            [(name, place) for place, name in enumerate(_DEPARTMENTS)],
        )
        pin = hashed(PIN)
        self._bulk.run_many(
            "INSERT INTO associate (name, department_id, role, pin_hash, wrong_pins, active, "
            "created_at) VALUES (?, ?, 'associate', ?, 0, 1, ?)",
            [
                (name, 1 + at % len(_DEPARTMENTS), pin if at < 6 else None, created)
                for at, name in enumerate(_associates(self._associates))
            ],
        )

    def _people(self, ids: range, names: Names) -> None:
        rng, bulk = self._rng, self._bulk
        clients: list[tuple[object, ...]] = []
        contacts: list[tuple[object, ...]] = []
        members: list[tuple[object, ...]] = []
        for key, (given, family) in zip(ids, names.draw(len(ids)), strict=True):
            day = NOW - timedelta(days=rng.randrange(1, 2_000), minutes=rng.randrange(600))
            created = _stored(day)
            born = (rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(1940, 2008))
            clients.append(
                (key, given, family, "", "", "", "", *(born if rng.random() < 0.5 else [None] * 3),
                 names.sort_name(given, family), None, created, created)
            )  # fmt: skip
            if rng.random() < 0.8:
                digits = f"6{rng.randrange(10_000_000, 100_000_000)}"
                shown = f"0{digits[0]} {digits[1:5]} {digits[5:]}"
                contacts.append((key, "phone", shown, f"+31{digits}", "", 0))
            if rng.random() < 0.7:
                box = names.address_part(given, family) + str(rng.randrange(100))
                address = f"{box}@{rng.choice(_MAIL)}"
                contacts.append((key, "email", address, address, "", 1))
            if rng.random() < 0.4:
                owner = 1 + rng.randrange(self._associates)
                members.append((key, owner, "owner", created, "imported"))
        bulk.insert(CLIENT, clients)
        bulk.insert(CONTACT_POINT, contacts)
        bulk.insert(BOOK_MEMBERSHIP, members)

    def _purchases(self, ids: range) -> None:
        rng = self._rng
        tickets: list[tuple[object, ...]] = []
        lines: list[tuple[object, ...]] = []
        for key in ids:
            if len(ids) > 1 and rng.random() >= 0.3:
                continue
            for _ in range(rng.randrange(1, 6) if len(ids) > 1 else BUSY_TICKETS):
                at = NOW - timedelta(days=rng.randrange(1, 900), minutes=rng.randrange(480))
                seller = 1 + rng.randrange(self._associates)
                total = 0
                for _ in range(rng.randrange(1, 4)):
                    amount = 100 * rng.randrange(12, 900) - 5
                    total += amount
                    department = 1 + rng.randrange(len(_DEPARTMENTS))
                    item = rng.choice(_ITEMS)
                    lines.append((self._ticket, department, item, "", 1000, amount, seller, None))
                receipt = f"R{self._ticket:07d}"
                day = at.date().isoformat()
                tickets.append(
                    (self._ticket, key, receipt, _stored(at), day, seller, "EUR", total, None)
                )
                self._ticket += 1
        self._bulk.insert(PURCHASE, tickets)
        self._bulk.insert(PURCHASE_LINE, lines)

    def busy_client(self) -> None:
        """Give one client very many purchases."""
        self._ticket = self._bulk.next_id("purchase")
        self._purchases(range(BUSY, BUSY + 1))

    def _plans(self) -> None:
        """For each associate a few things to do, and for the one at the desk a full day."""
        rng, bulk = self._rng, self._bulk
        created = _stored(NOW - timedelta(days=9))
        for associate in range(1, self._associates + 1):
            mine = [
                row[0]
                for row in bulk.all(
                    "SELECT client_id FROM book_membership WHERE associate_id = ? LIMIT 60",
                    (associate,),
                )
            ]
            due = [NOW.date() + timedelta(days=rng.randrange(-3, 9)) for _ in mine[:25]]
            bulk.run_many(
                "INSERT INTO follow_up (client_id, associate_id, channel, reason, due_on, state, "
                "outcome, created_at) VALUES (?, ?, 'call', 'How does the coat sit?', ?, 'open', "
                "'', ?)",
                [(key, associate, _day(day), created) for key, day in zip(mine, due, strict=False)],
            )
            bulk.run_many(
                "INSERT INTO promise (client_id, associate_id, department_id, kind, what, due_on, "
                "state, promised_at, last_word_at, ending) VALUES (?, ?, 1, 'alteration', "
                "'Sleeves −2 cm', ?, 'open', ?, ?, '')",
                [
                    (key, associate, _day(NOW.date() + timedelta(days=at)), created, created)
                    for at, key in enumerate(mine[25:33])
                ],
            )
            bulk.run_many(
                "INSERT INTO appointment (client_id, associate_id, starts_at, about, "
                "department_id) VALUES (?, ?, ?, 'Winter coat', 1)",
                [
                    (key, associate, _stored(NOW + timedelta(minutes=45 * at)))
                    for at, key in enumerate(mine[33:39])
                ],
            )


def _associates(count: int) -> list[str]:
    rng = Random(7)
    return [f"{chr(65 + rng.randrange(26))}. {family}" for family in Names(rng).family[:count]]


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _day(day: date) -> str:
    return day.isoformat()
