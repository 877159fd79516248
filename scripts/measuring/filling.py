"""Whom does a measured book hold, and what did they buy? A store's life, ten lines a client."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from clientele.services.pins import hashed
from scripts.measuring.articles import DEPARTMENTS, Articles
from scripts.measuring.names import Names

PIN: Final = "2468"
NOW: Final = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""The moment at which these books were left."""

BUSY: Final = 7
"""A client with thousands of purchases, as of a shop that buys for its staff."""

BUSY_TICKETS: Final = 5_000

_MAIL: Final = ("gmail.com", "outlook.com", "icloud.com", "ziggo.nl", "gmx.de", "yahoo.co.uk")
_BATCH: Final = 20_000
_DAYS: Final = 1_500
_TICKETS: Final = ((0, 1, 2, 3, 4, 5, 6, 8, 12, 20), (14, 18, 15, 12, 10, 9, 8, 6, 5, 3))
_LINES: Final = ((1, 2, 3, 4, 5, 8), (28, 26, 20, 13, 9, 4))
_TAGS: Final = (
    "architect", "golf", "opera", "sailing", "wedding", "VIP", "press", "neighbour", "teacher",
    "surgeon", "student", "collector", "vegetarian", "allergies", "gifts", "loyal", "tailor",
    "barrister", "musician", "skiing", "riding", "dinner", "races", "garden",
)  # fmt: skip
_NOTES: Final = (
    "Prefers to be called in the morning, {colour} suits her best",
    "Looks for a {colour} coat before the winter",
    "Daughter marries in June, wants {colour} for the day",
    "Came in with a colleague, tried the {colour} loafers",
    "Moves house to Utrecht, will need a new wardrobe there",
    "No wool next to the skin, cotton or silk",
    "Husband likes {colour}, anniversary in October",
    "Travels a lot, asks for what does not crease",
)
_COLOURS: Final = ("navy", "emerald", "camel", "burgundy", "charcoal", "ivory")
_SIZES: Final = (
    (1, "Suit", ("38R", "40R", "42R", "42L", "44R", "46L")),
    (3, "Shirt", ("15", "15½", "16", "16½", "17")),
    (4, "Dress", ("8", "10", "12", "14", "16")),
    (2, "Shoe", ("8", "8½", "9", "9½", "10")),
    (7, "Ring", ("5", "6", "7")),
)
_LIKES: Final = ("emerald", "linen", "soft shoulders", "gold", "stripes", "cashmere", "pockets")
_RELATIONS: Final = ("wife", "husband", "daughter", "son", "mother", "fiancée")


class Filling:
    """Fills an empty book; the same for the same number of clients.

    Purchases lie in the order of their days, as in a shop, and not client by client.
    """

    def __init__(self, connection: Any, clients: int) -> None:
        self._connection = connection
        self._clients = clients
        self._rng = Random(clients)
        self._associates = max(8, min(200, clients // 2_500))

    def all(self) -> None:
        """Fill it."""
        self._team()
        names = Names(self._rng)
        for first in range(1, self._clients + 1, _BATCH):
            ids = range(first, min(first + _BATCH, self._clients + 1))
            self._people(ids, names)
            self._known(ids, names)
        self._purchases()
        self._plans()

    def _many(self, table: str, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
        names = columns.split()
        marks = ", ".join("?" * len(names))
        self._connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows
        )

    def _team(self) -> None:
        created = _stored(NOW - timedelta(days=2_000))
        self._many("department", "name position", [(n, at) for at, n in enumerate(DEPARTMENTS)])
        self._many("tag", "name", [(name,) for name in _TAGS])
        pin = hashed(PIN)
        self._many(
            "associate",
            "name department_id role pin_hash wrong_pins active created_at",
            [
                (name, 1 + at % len(DEPARTMENTS), "associate",
                 pin if at < 6 else None, 0, 1, created)
                for at, name in enumerate(_names_of(self._associates))
            ],
        )  # fmt: skip

    def _people(self, ids: range, names: Names) -> None:
        rng = self._rng
        clients: list[tuple[object, ...]] = []
        contacts: list[tuple[object, ...]] = []
        members: list[tuple[object, ...]] = []
        consents: list[tuple[object, ...]] = []
        for key, (given, family) in zip(ids, names.draw(len(ids)), strict=True):
            created = _stored(NOW - timedelta(days=rng.randrange(1, 2_000)))
            born = (rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(1940, 2008))
            called = given[:3] if rng.random() < 0.05 else ""
            clients.append(
                (key, given, family, called, "", "", "",
                 *(born if rng.random() < 0.5 else (None,) * 3),
                 names.sort_name(given, family), created, created)
            )  # fmt: skip
            if rng.random() < 0.8:
                digits = f"6{rng.randrange(10_000_000, 100_000_000)}"
                shown = f"0{digits[0]} {digits[1:5]} {digits[5:]}"
                contacts.append((key, "phone", shown, f"+31{digits}", "", 0))
            if rng.random() < 0.7:
                box = names.address_part(given, family) + str(rng.randrange(100))
                address = f"{box}@{rng.choice(_MAIL)}"
                contacts.append((key, "email", address, address, "", 1))
            if key % 10 < 8:
                consents.append((key, "", 1, created, "told us", "", ""))
            if rng.random() < 0.4:
                owner = 1 + rng.randrange(self._associates)
                members.append((key, owner, "owner", created, "imported"))
        self._many(
            "client",
            "id given_name family_name preferred_name say_it language time_zone birth_month "
            "birth_day birth_year sort_name created_at updated_at",
            clients,
        )
        self._many("contact_point", "client_id kind value normalised label position", contacts)
        self._many("consent", "client_id channel allowed said_at how purpose words", consents)
        self._many("book_membership", "client_id associate_id role since why", members)

    def _known(self, ids: range, names: Names) -> None:
        """Notes, sizes, likes, the household and tags of some of them."""
        rng = self._rng
        notes: list[tuple[object, ...]] = []
        sizes: list[tuple[object, ...]] = []
        likes: list[tuple[object, ...]] = []
        people: list[tuple[object, ...]] = []
        tags: list[tuple[object, ...]] = []
        at = _stored(NOW - timedelta(days=100))
        for key in ids:
            luck = rng.getrandbits(30)
            who = 1 + luck % self._associates
            if luck & 7 == 0:
                body = _NOTES[luck >> 3 & 7].format(colour=_COLOURS[(luck >> 6) % 6])
                notes.append((key, who, body, luck & 63 == 0, 0, at))
            if luck >> 9 & 3 == 0:
                for step in (luck, luck >> 5):
                    department, category, values = _SIZES[step % 5]
                    value = values[(step >> 3) % len(values)]
                    sizes.append((key, department, category, "", value, "", "told us", at, who, ""))
            if luck >> 12 & 3 == 0:
                likes.append((key, "like", _LIKES[luck % 7], who, at, "told us"))
                likes.append((key, "avoid", _LIKES[(luck >> 4) % 7], who, at, "told us"))
            if luck >> 15 & 7 == 0:
                name = names.draw(1)[0][0]
                people.append((key, name, _RELATIONS[luck % 6], "", ""))
            if luck >> 18 & 3 == 0:
                tags.append((key, 1 + luck % len(_TAGS)))
        self._many("note", "client_id associate_id body say_first sensitive written_at", notes)
        self._many(
            "size",
            "client_id department_id category brand value fit evidence evidence_at associate_id "
            "system",
            sizes,
        )
        self._many("preference", "client_id kind what associate_id created_at evidence", likes)
        self._many("household_member", "client_id name relation about back_relation", people)
        self._many("client_tag", "client_id tag_id", tags)

    def _purchases(self) -> None:
        rng = self._rng
        buyers = array("I", [BUSY]) * BUSY_TICKETS
        counts, weights = _TICKETS
        for key, count in enumerate(rng.choices(counts, weights, k=self._clients), 1):
            buyers.extend([key] * count)
        shuffled = buyers.tolist()
        rng.shuffle(shuffled)
        days = [_day(NOW.date() - timedelta(days=_DAYS - at)) for at in range(_DAYS)]
        hours = [f"{9 + at // 60:02d}:{at % 60:02d}:00.000000" for at in range(480)]
        articles = Articles()
        for first in range(0, len(shuffled), _BATCH):
            some = shuffled[first : first + _BATCH]
            many = rng.choices(*_LINES, k=len(some))
            goods = iter(articles.draw(rng, sum(many)))
            tickets: list[tuple[object, ...]] = []
            lines: list[tuple[object, ...]] = []
            for ticket, (key, count) in enumerate(zip(some, many, strict=True), first + 1):
                luck = rng.getrandbits(30)
                seller = 1 + luck % self._associates
                total = 0
                for _ in range(count):
                    one = next(goods)
                    total += one.price
                    lines.append(
                        (ticket, one.department, one.item, one.sku, 1000, one.price, 0, "",
                         one.brand, one.size, seller)
                    )  # fmt: skip
                day = days[ticket * _DAYS // (len(shuffled) + 1)]
                tickets.append(
                    (ticket, key, f"R{ticket:07d}", f"{day} {hours[luck % 480]}", day, seller,
                     "EUR", total)
                )  # fmt: skip
            self._many(
                "purchase",
                "id client_id receipt sold_at sold_on associate_id currency total",
                tickets,
            )
            self._many(
                "purchase_line",
                "purchase_id department_id item sku quantity amount mark_down mark_down_why "
                "brand size associate_id",
                lines,
            )

    def _plans(self) -> None:
        """For each associate a few things to do, and for the one at the desk a full day."""
        rng = self._rng
        created = _stored(NOW - timedelta(days=9))
        for who in range(1, self._associates + 1):
            many = 400 if who == 1 else 60
            mine = [
                row[0]
                for row in self._connection.execute(
                    "SELECT client_id FROM book_membership WHERE associate_id = ? LIMIT ?",
                    (who, many),
                )
            ]
            due = [NOW.date() + timedelta(days=rng.randrange(-3, 9)) for _ in mine[: many - 35]]
            self._many(
                "follow_up",
                "client_id associate_id channel reason due_on state outcome created_at",
                [
                    (key, who, "call", "How does the coat sit?", _day(day), "open", "", created)
                    for key, day in zip(mine, due, strict=False)
                ],
            )
            self._many(
                "promise",
                "client_id associate_id department_id kind what due_on state promised_at "
                "last_word_at ending",
                [
                    (key, who, 1, "alteration", "Sleeves −2 cm",
                     _day(NOW.date() + timedelta(days=at)), "open", created, created, "")
                    for at, key in enumerate(mine[25:33])
                ],
            )  # fmt: skip
            self._many(
                "appointment",
                "client_id associate_id starts_at about department_id",
                [
                    (key, who, _stored(NOW + timedelta(minutes=45 * at)), "Winter coat", 1)
                    for at, key in enumerate(mine[33:39])
                ],
            )


def _names_of(count: int) -> list[str]:
    rng = Random(7)
    return [f"{chr(65 + rng.randrange(26))}. {family}" for family in Names(rng).family[:count]]


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _day(day: date) -> str:
    return day.isoformat()
