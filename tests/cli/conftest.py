"""A book that a passphrase opens, and the command line to type into."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from clientele.cli import main
from clientele.system.clock import FixedClock

PASSPHRASE = "three plain words"
INIT = (
    "init", "--associate", "Margaret Vos", "--department", "Men's Suits", "--store", "Herengracht",
    "--currency", "eur", "--country", "nl", "--time-zone", "Europe/Amsterdam",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result, which must be JSON."""
        return json.loads(self.out)


Clientele = Callable[..., Said]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLIENTELE_BOOK", str(tmp_path / "book.clientele"))
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clientele(
    capsys: pytest.CaptureFixture[str], clock: FixedClock, qapp: QApplication
) -> Clientele:
    """Type a command; answers its code and what it said.

    A PDF makes an application without windows where there is none, and the tests of the window
    could have none of their own after that: so there is one.
    """

    def typed(*arguments: str) -> Said:
        try:
            code = main(arguments, clock=clock)
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return typed


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a book that the passphrase opens; to be copied."""
    from clientele.services.opening import FirstAssociate, begin_book
    from clientele.services.team import SetUpStore
    from tests.services.imports.bringing import NOW

    folder = tmp_path_factory.mktemp("made")
    begun = begin_book(
        folder / "book.clientele",
        SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
        FirstAssociate("Margaret Vos", "Men's Suits", "", "store manager"),
        vault=None,
        passphrase=PASSPHRASE,
        now=NOW,
    )
    begun.store.close()
    return folder


@pytest.fixture
def book(made_once: Path, tmp_path: Path) -> Path:
    """The book that ``CLIENTELE_BOOK`` names."""
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    return tmp_path / "book.clientele"
