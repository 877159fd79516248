"""A story of twenty years: thousands of entries of every kind, some at the very same instant."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import insert

from clientele.domain.base import Table
from clientele.domain.tables import (
    Consent,
    ContactMade,
    CreditShare,
    HandOff,
    LineReturn,
    MadeRight,
    MadeRightStep,
    Note,
    PartPayment,
    Promise,
    PromiseStep,
    Purchase,
    PurchaseLine,
    ShownItem,
    Visit,
    VisitStop,
)
from tests.services.floor import Floor

SHARES = (
    ("purchase", 32), ("visit", 14), ("note", 20), ("contact", 20), ("promise", 4), ("right", 2),
    ("consent", 2), ("hand-off", 2), ("part", 4),
)  # fmt: skip
GOODS = ("Loafer, navy", "Linen blazer, camel", "Silk scarf", "Small tote", "Derby, black")
SAID = ("walks a lot", "wedding in June", "likes Müller & Söhne", "no wool on the skin", "to Rome")


def tell(floor: Floor, entries: int, *, years: int = 20, seed: int = 7) -> dict[str, int]:
    """Write about so many entries for Daniel; answers how many rows of each table."""
    pen = _Pen(floor, years, Random(seed))
    kinds, weights = zip(*SHARES, strict=True)
    for kind in pen.rng.choices(kinds, weights, k=entries):
        pen.write(kind)
    with floor.store.write() as session:
        for table, rows in pen.rows.items():
            session.execute(insert(table), rows)
    return {str(table.__tablename__): len(rows) for table, rows in pen.rows.items()}


class _Pen:
    def __init__(self, floor: Floor, years: int, rng: Random) -> None:
        self.floor, self.rng = floor, rng
        self.minutes = years * 365 * 24 * 60
        self.rows: dict[type[Table], list[dict[str, Any]]] = {}
        self.at = floor.clock.now()

    def add(self, table: type[Table], **values: Any) -> int:
        """A row of values; what is left out takes the default of its table."""
        rows = self.rows.setdefault(table, [])
        whole = {
            name: field.default
            for name, field in table.model_fields.items()
            if not field.is_required()
        }
        rows.append({**whole, **values, "id": len(rows) + 1})
        return len(rows)

    def write(self, kind: str) -> None:
        """An entry of a kind, now and then at the instant of the one before."""
        if self.rng.random() < 0.7:
            back = timedelta(minutes=self.rng.randrange(self.minutes))
            self.at = self.floor.clock.now() - back
        {
            "purchase": self.purchase, "visit": self.visit, "note": self.note,
            "contact": self.contact, "promise": self.promise, "right": self.right,
            "consent": self.consent, "hand-off": self.hand_off, "part": self.part,
        }[kind]()  # fmt: skip

    def who(self) -> int:
        return self.rng.choice((self.floor.okafor, self.floor.silva))

    def place(self) -> int:
        return self.rng.choice((self.floor.suits, self.floor.shoes, self.floor.accessories))

    def purchase(self) -> None:
        in_visit = self.visit() if self.rng.random() < 0.4 else None
        key = self.add(
            Purchase, client_id=self.floor.daniel, visit_id=in_visit, sold_at=self.at,
            sold_on=self.at.date(), associate_id=self.who(), currency="EUR", total=0,
            receipt=f"R{len(self.rows.get(Purchase, ()))}",
        )  # fmt: skip
        for _ in range(self.rng.randint(1, 4)):
            line = self.add(
                PurchaseLine, purchase_id=key, department_id=self.place(),
                item=self.rng.choice(GOODS), amount=self.rng.randint(1_000, 50_000),
                associate_id=self.who(),
            )  # fmt: skip
            if self.rng.random() < 0.05:
                self.add(
                    CreditShare, purchase_line_id=line, associate_id=self.floor.okafor, amount=500
                )
        if self.rng.random() < 0.06:
            back = self.add(
                PurchaseLine, purchase_id=key, department_id=self.place(), item="Boot, brown",
                amount=-9_000, associate_id=self.who(),
            )  # fmt: skip
            self.add(LineReturn, sold_line_id=1, return_line_id=back, why="too narrow")

    def visit(self) -> int:
        key = self.add(
            Visit, client_id=self.floor.daniel, associate_id=self.who(), arrived_at=self.at,
            left_at=self.at, here_for="a look around",
        )  # fmt: skip
        for position in range(self.rng.randint(1, 2)):
            stop = self.add(
                VisitStop, visit_id=key, department_id=self.place(), position=position,
                started_at=self.at,
            )  # fmt: skip
            self.add(
                ShownItem, stop_id=stop, item=self.rng.choice(GOODS), outcome="no",
                why="too formal",
            )  # fmt: skip
        return key

    def note(self) -> None:
        self.add(
            Note, client_id=self.floor.daniel, department_id=self.place(),
            associate_id=self.who(), body=self.rng.choice(SAID), written_at=self.at,
        )  # fmt: skip

    def contact(self) -> None:
        self.add(
            ContactMade, client_id=self.floor.daniel, associate_id=self.who(), channel="call",
            summary=self.rng.choice(SAID), took_place_at=self.at,
        )  # fmt: skip

    def promise(self) -> None:
        kept = self.at + timedelta(days=3)
        key = self.add(
            Promise, client_id=self.floor.daniel, associate_id=self.who(), kind="alteration",
            what="take in the waist", due_on=kept.date(), promised_at=self.at,
            last_word_at=self.at, ended_at=kept, state="kept", ending="fits",
            department_id=self.place(),
        )  # fmt: skip
        for day, what in enumerate(("fitted", "sent", "heard", "ready", "collected")):
            self.add(
                PromiseStep, promise_id=key, what=what, associate_id=self.who(),
                at=self.at + timedelta(hours=1 + day),
            )  # fmt: skip

    def right(self) -> None:
        key = self.add(
            MadeRight, client_id=self.floor.daniel, associate_id=self.who(),
            problem="heel tip came off", state="solved", opened_at=self.at,
        )  # fmt: skip
        self.add(MadeRightStep, made_right_id=key, what="repaired", word="free", at=self.at)

    def consent(self) -> None:
        self.add(
            Consent, client_id=self.floor.daniel, channel="call", allowed=True, said_at=self.at,
            associate_id=self.who(),
        )  # fmt: skip

    def hand_off(self) -> None:
        self.add(
            HandOff, client_id=self.floor.daniel, from_id=self.floor.okafor,
            to_id=self.floor.silva, note="needs shoes for the suit", state="given back",
            offered_at=self.at, answered_at=self.at, ended_at=self.at + timedelta(days=9),
        )  # fmt: skip

    def part(self) -> None:
        self.add(
            PartPayment, client_id=self.floor.daniel, what="half of a coat", receipt="P1",
            amount=10_000, currency="EUR", paid_at=self.at, associate_id=self.who(),
        )  # fmt: skip
