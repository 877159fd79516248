"""``clientele doctor --repair`` and ``clientele recover``, as typed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientele.system.clock import FixedClock
from tests.cli.conftest import INIT, Clientele

PEOPLE = "reference,given_name,family_name\n1,Ada,Lovelace\n"
PAGE = 4096


@pytest.fixture
def book(clientele: Clientele, tmp_path: Path) -> Path:
    assert clientele(*INIT).code == 0
    (tmp_path / "people.csv").write_text(PEOPLE)
    assert clientele("import", "people.csv").code == 0
    return tmp_path / "book.clientele"


def damage(book: Path) -> bytes:
    content = bytearray(book.read_bytes())
    for number in (1, 3, 5):
        content[(number - 1) * PAGE + 300] ^= 4
    book.write_bytes(content)
    return bytes(content)


def test_a_damaged_book_is_recovered_and_left_as_it_was(
    clientele: Clientele, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = damage(book)
    refused = clientele("doctor")
    assert refused.code == 2
    assert "is damaged" in refused.err
    new = tmp_path / "new.clientele"
    done = clientele("recover", str(book), "--to", str(new))
    assert done.code in (0, 1), done.err
    assert book.read_bytes() == before
    report = new.with_name(new.name + ".report.txt").read_text("utf-8")
    assert "pages were damaged" in report
    assert "Lovelace" not in report
    assert os.name == "nt" or new.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("CLIENTELE_BOOK", str(new))
    assert clientele("search", "lovelace", "--json").json


def test_recovering_refuses_before_it_begins(
    clientele: Clientele, book: Path, tmp_path: Path
) -> None:
    there = clientele("recover", str(book), "--to", str(book))
    assert there.code == 2
    assert "already a file" in there.err
    gone = clientele("recover", str(tmp_path / "nowhere"), "--to", str(tmp_path / "new"))
    assert gone.code == 2
    assert "There is no book" in gone.err


def test_a_repair_is_asked_for_and_told(
    clientele: Clientele, book: Path, clock: FixedClock
) -> None:
    left = book.with_name(book.name + ".rescued.new")
    left.write_bytes(b"half")
    os.utime(left, (1_000_000_000, 1_000_000_000))
    assert "--repair" in clientele("doctor").err
    asked = clientele("doctor", "--repair")
    assert "--yes" in asked.err
    assert left.exists()
    assert "cleared away" in clientele("doctor", "--repair", "--yes").err
    assert not left.exists()
