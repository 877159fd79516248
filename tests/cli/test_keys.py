"""The keys of a book from the command line, with no secret in an argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.store import slots
from clientele.store.beside import claim
from tests.cli.conftest import INIT, PASSPHRASE, Clientele
from tests.cli.test_beginning import KEY

NEW = "four other plain words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_MEMORY_KIB", 1024)
    monkeypatch.setattr(slots, "_ROUNDS", 1)


@pytest.fixture
def paper(clientele: Clientele) -> str:
    """A new book's recovery key."""
    return clientele(*INIT).out.strip()


def test_the_paper_is_checked(
    clientele: Clientele, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", paper)
    said = clientele("key", "check")
    assert (said.code, "is right" in said.out) == (0, True)
    assert "A passphrase of" in said.err
    monkeypatch.setenv("CLIENTELE_BOOK", "other.clientele")
    other = clientele(*INIT).out.strip()
    monkeypatch.setenv("CLIENTELE_BOOK", "book.clientele")
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", other)
    said = clientele("key", "check")
    assert (said.code, "another book" in said.out) == (1, True)
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", paper[:-1])
    said = clientele("key", "check")
    assert (said.code, "28 letters and digits" in said.err) == (2, True)


def test_checking_needs_a_key(clientele: Clientele, paper: str) -> None:
    said = clientele("key", "check")
    assert (said.code, "CLIENTELE_RECOVERY_KEY" in said.err) == (2, True)


def test_rotating_prints_the_new_key_alone_and_the_passphrase_stays(
    clientele: Clientele, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = clientele("key", "rotate")
    assert said.code == 0
    assert KEY.fullmatch(said.out)
    assert said.out.strip() != paper
    assert "old" in said.err
    assert clientele("today").code == 0
    monkeypatch.delenv("CLIENTELE_PASSPHRASE")
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", paper)
    assert clientele("today").code == 2
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", said.out.strip())
    assert clientele("today").code == 0
    left = {one.name for one in Path().glob("book.clientele*")}
    assert left <= {f"book.clientele{ending}" for ending in ("", ".key", ".lock", ".rekeying.lock")}


def test_a_mistyped_passphrase_does_not_become_the_new_one(
    clientele: Clientele, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", paper)
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", PASSPHRASE + "x")
    said = clientele("key", "rotate")
    assert (said.code, "is another" in said.err) == (2, True)
    monkeypatch.delenv("CLIENTELE_RECOVERY_KEY")
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", PASSPHRASE)
    assert clientele("today").code == 0


def test_a_passphrase_is_changed_given_and_taken(
    clientele: Clientele, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_NEW_PASSPHRASE", NEW)
    assert clientele("key", "passphrase", "--for", "anna").code == 0
    said = clientele("key", "passphrase", "--for", "anna")
    assert (said.code, "is another" in said.err) == (2, True)
    assert clientele("key", "passphrase").code == 0
    said = clientele("today")
    assert (said.code, "does not open" in said.err) == (2, True)
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", NEW)
    assert clientele("today").code == 0
    assert clientele("key", "passphrase", "--for", "anna", "--remove").code == 0
    said = clientele("key", "passphrase", "--remove")
    assert (said.code, "only passphrase" in said.err) == (2, True)
    assert clientele("today").code == 0


def test_without_a_keyring_none_can_open_the_book(clientele: Clientele, paper: str) -> None:
    said = clientele("key", "keyring")
    assert (said.code, "shows no keyring" in said.err) == (2, True)
    assert clientele("today").code == 0


def test_a_book_that_a_window_has_open_keeps_its_key(clientele: Clientele, paper: str) -> None:
    book = Path("book.clientele").absolute()
    before = book.read_bytes()[:16]
    with claim(book):
        said = clientele("key", "rotate")
    assert (said.code, "already open" in said.err) == (2, True)
    assert book.read_bytes()[:16] == before


def test_who_lost_everything_but_the_paper_rotates_with_it(
    clientele: Clientele, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("book.clientele.key").unlink()
    monkeypatch.delenv("CLIENTELE_PASSPHRASE")
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", paper)
    monkeypatch.setenv("CLIENTELE_NEW_PASSPHRASE", NEW)
    assert clientele("key", "rotate").code == 0
    monkeypatch.delenv("CLIENTELE_RECOVERY_KEY")
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", NEW)
    assert clientele("today").code == 0
    assert PASSPHRASE not in Path("book.clientele.key").read_text()
