"""A book is made and opened with no secret in an argument."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import INIT, PASSPHRASE, Clientele

KEY = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){6}\n")


def test_init_prints_the_recovery_key_and_nothing_else(clientele: Clientele) -> None:
    said = clientele(*INIT)
    assert said.code == 0
    assert KEY.fullmatch(said.out)
    assert "opened by your passphrase" in said.err
    assert "EUR, NL, Europe/Amsterdam" in said.err
    assert "no PIN yet" in said.err
    assert Path("book.clientele").exists()


def test_the_recovery_key_opens_what_the_passphrase_no_longer_does(
    clientele: Clientele, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = clientele(*INIT).out.strip()
    Path("book.clientele.key").unlink()
    assert clientele("today").code == 2
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", key)
    assert clientele("today").code == 0
    monkeypatch.setenv("CLIENTELE_RECOVERY_KEY", key.replace(key[0], "2" if key[0] != "2" else "3"))
    assert clientele("today").code == 2


def test_init_takes_a_pin_from_the_environment(
    clientele: Clientele, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pin, why in (("12", "4 to 8 digits"), ("2468", "6 to 8"), ("123456", "soon guessed")):
        monkeypatch.setenv("CLIENTELE_PIN", pin)
        said = clientele(*INIT)
        assert (said.code, why in said.err) == (2, True)
        assert not Path("book.clientele").exists()
    monkeypatch.setenv("CLIENTELE_PIN", "246813")
    said = clientele(*INIT)
    assert said.code == 0
    assert "no PIN" not in said.err


def test_init_never_touches_a_book_that_is_there(clientele: Clientele, book: Path) -> None:
    before = book.read_bytes()
    said = clientele(*INIT)
    assert (said.code, said.out) == (2, "")
    assert str(book) in said.err
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "complaint"),
    [
        ("--time-zone", "Mars/Olympus", "is not a time zone"),
        ("--currency", "florins", "is not a currency"),
        ("--associate", " ", "name is missing"),
    ],
)
def test_init_refuses_what_makes_no_sense(
    clientele: Clientele, option: str, value: str, complaint: str
) -> None:
    said = clientele(*INIT, option, value)
    assert said.code == 2
    assert complaint in said.err
    assert not Path("book.clientele").exists()


def test_init_guesses_the_store_from_the_machine(clientele: Clientele) -> None:
    said = clientele("init", "--associate", "Ann", "--department", "Shoes")
    assert said.code == 0
    assert "Europe/Amsterdam" in said.err
    assert clientele("export", "customers", "-").code == 0


def test_the_passphrase_must_be_right_and_there(
    clientele: Clientele, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", "something else")
    said = clientele("today")
    assert (said.code, said.out) == (2, "")
    assert "does not open the book" in said.err
    monkeypatch.delenv("CLIENTELE_PASSPHRASE")
    said = clientele("today")
    assert said.code == 2
    assert "put it into CLIENTELE_PASSPHRASE" in said.err


def test_the_passphrase_is_asked_for_at_a_terminal(
    clientele: Clientele, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [PASSPHRASE, "not the same", "", PASSPHRASE, PASSPHRASE, "", PASSPHRASE]
    monkeypatch.setattr("getpass.getpass", lambda *_: answers.pop(0))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.delenv("CLIENTELE_PASSPHRASE")
    monkeypatch.setenv("CLIENTELE_PIN", "")
    answers.remove("")
    answers.remove("")
    said = clientele(*INIT)
    assert said.code == 2
    assert "are not the same" in said.err
    assert clientele(*INIT).code == 0
    assert clientele("today").code == 0
    assert answers == []


def test_the_book_is_named_by_option_then_environment(
    clientele: Clientele, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_BOOK")
    assert "There is no book at" in clientele("today").err
    assert clientele("today", "--book", str(book)).code == 0
    assert clientele("--book", str(book), "today").code == 0
    monkeypatch.setenv("CLIENTELE_BOOK", str(book))
    assert clientele("today").code == 0
    said = clientele("--book", "gone.clientele", "today")
    assert said.code == 2
    assert "gone.clientele" in said.err


def test_a_file_that_is_no_book(clientele: Clientele, tmp_path: Path) -> None:
    (tmp_path / "book.clientele").write_bytes(b"not a book")
    said = clientele("doctor")
    assert said.code == 2
    assert said.err.count("\n") == 1
