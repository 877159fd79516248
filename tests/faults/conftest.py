"""A store at work, to be killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.killing import Victims, victims
from tests.faults.workplace import Workplace, make_workplace


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """The book of all kills of one file of tests."""
    return make_workplace(tmp_path_factory.mktemp("kills") / "book.clientele")


@pytest.fixture(scope="module")
def killers() -> Iterator[Victims]:
    """The program whose children are killed."""
    with victims() as running:
        yield running
