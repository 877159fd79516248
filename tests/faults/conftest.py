"""A store at work, to be killed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clientele.services.team import AddAssociate, add_associate, department_named
from clientele.store.session import Profile as StoreKind
from clientele.store.session import Store, create_store, open_store
from tests.conftest import DATA_KEY, ZONE
from tests.faults.killing import Victims, victims
from tests.faults.victim import NOW


@dataclass(frozen=True, slots=True)
class Workplace:
    """A book that grows, with its associate and departments."""

    path: Path
    by: int
    departments: list[int]

    def order(self) -> dict[str, object]:
        """What every victim must know."""
        return {
            "book": str(self.path),
            "key": DATA_KEY.hex(),
            "by": self.by,
            "departments": self.departments,
        }

    def open(self) -> Store:
        """Open the book, as the next start of the program does."""
        return open_store(self.path, DATA_KEY)


def make_workplace(path: Path) -> Workplace:
    """Make the book at ``path``."""
    store = create_store(path, DATA_KEY, StoreKind("EUR", "NL", ZONE), now=NOW)
    try:
        with store.write() as session:
            person = AddAssociate("R. Okafor", "Men's Suits")
            by = add_associate(session, person, now=NOW).subject or 0
            places = [department_named(session, name) for name in ("Men's Suits", "Men's Shoes")]
    finally:
        store.close()
    return Workplace(path, by, places)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The book of all kills of one file of tests."""
    return make_workplace(tmp_path_factory.mktemp("kills") / "book.clientele")


@pytest.fixture(scope="module")
def killers() -> Iterator[Victims]:
    """The program whose children are killed."""
    with victims() as running:
        yield running
