"""A store with people in it, for tests of what happens on the floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from clientele.domain.base import Table
from clientele.domain.rules.rights import SET_UP, Acting
from clientele.domain.tables import Associate, Client
from clientele.services.changes import Changes, Undo
from clientele.services.rows import new_id
from clientele.services.team import AddAssociate, add_associate, department_named
from clientele.services.undo import undo
from clientele.services.verb import Verb
from clientele.store.session import Store
from clientele.system.clock import FixedClock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Floor:
    """Two associates in three departments, and Daniel Tran."""

    store: Store
    clock: FixedClock
    okafor: int
    silva: int
    suits: int
    shoes: int
    accessories: int
    daniel: int

    def do(self, verb: Verb[T], what: T, *, acting: Acting = SET_UP) -> Changes:
        """Run a verb in a write of its own."""
        with self.store.write(acting=acting) as session:
            return verb(session, what, now=self.clock.now())

    def new(self, verb: Verb[T], what: T) -> int:
        """Run a verb and answer the id of what it made."""
        subject = self.do(verb, what).subject
        assert subject is not None
        return subject

    def undo(self, changes: Changes) -> Changes:
        """Take back what a verb did."""
        assert isinstance(changes.undo, Undo)
        with self.store.write() as session:
            return undo(session, changes.undo, now=self.clock.now())

    def lets_go(self, associate: int) -> None:
        """An associate no longer works here."""
        with self.store.write() as session:
            row = session.get(Associate, associate)
            assert row is not None
            row.active = False

    def ask(self, query: Any, *arguments: Any, **named: Any) -> Any:
        """Ask the book."""
        with self.store.read() as session:
            return query(session, *arguments, **named)

    def add(self, row: Table) -> int:
        """Write a row as it stands."""
        with self.store.write() as session:
            return new_id(session, row)


def a_floor(store: Store, clock: FixedClock) -> Floor:
    """Fill an empty book; the fixture ``floor`` is one that was filled already."""
    return Floor(store, clock, **write_floor(store, clock.now()))


def write_floor(store: Store, now: datetime) -> dict[str, int]:
    """Fill an empty book: ids by their names in a ``Floor``."""

    def associate(session: Session, name: str, department: str) -> int:
        made = add_associate(session, AddAssociate(name, department), now=now).subject
        assert made is not None
        return made

    with store.write() as session:
        okafor = associate(session, "R. Okafor", "Men's Suits")
        silva = associate(session, "M. Silva", "Men's Shoes")
        return {
            "okafor": okafor,
            "silva": silva,
            "suits": department_named(session, "Men's Suits"),
            "shoes": department_named(session, "Men's Shoes"),
            "accessories": department_named(session, "Accessories"),
            "daniel": new_id(
                session,
                Client(
                    given_name="Daniel",
                    family_name="Tran",
                    sort_name="tran daniel",
                    created_at=now,
                    updated_at=now,
                ),
            ),
        }
