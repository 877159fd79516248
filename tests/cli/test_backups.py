"""Backing up and restoring by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.system import settings
from clientele.system.clock import FixedClock
from clientele.system.settings import Settings
from tests.cli.conftest import INIT, Clientele

PEOPLE = "reference,given_name,family_name\n1,Ada,Lovelace\n"


@pytest.fixture
def book(clientele: Clientele, tmp_path: Path) -> Path:
    assert clientele(*INIT).code == 0
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path / "book.clientele"


def found(clientele: Clientele, name: str) -> bool:
    return bool(clientele("search", name, "--json").json)


def test_there_and_back(
    clientele: Clientele, book: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = clientele("backup")
    assert made.code == 0
    copy = Path(made.out.strip())
    assert copy.parent == book.parent / "backups"
    assert clientele("import", "people.csv").code == 0
    listed = clientele("backups", "--json").json
    assert [(one["file"], one["where"], one["opens"]) for one in listed] == [
        (str(copy), "here", True)
    ]
    asked = clientele("restore", str(copy))
    assert asked.code == 2
    assert "--yes" in asked.err
    assert "Ada Lovelace" in asked.err
    assert found(clientele, "lovelace")
    done = clientele("restore", "1", "--yes")
    assert done.code == 0
    assert not found(clientele, "lovelace")
    before = done.out.strip().splitlines()[-1]
    assert clientele("restore", before, "--yes").code == 0
    assert found(clientele, "lovelace")


def test_to_a_folder_and_the_second_place(clientele: Clientele, book: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    gone = clientele("backup", "--to", str(stick))
    assert gone.code == 2
    assert "cannot be reached" in gone.err
    stick.mkdir()
    assert clientele("backup", "--to", str(stick)).code == 0
    assert len(list((stick / "Clientele backups").iterdir())) == 1
    settings.save(Settings(second_place=str(stick)))
    assert [one["where"] for one in clientele("backups", "--json").json] == ["both"]
    stick.rename(tmp_path / "away")
    late = clientele("backup")
    assert late.code == 1
    assert "caught up by itself" in late.err
    assert clientele("backups").code == 1


def test_what_is_no_copy(clientele: Clientele, book: Path) -> None:
    wrong = clientele("restore", "17", "--yes")
    assert wrong.code == 2
    assert "There is no copy 17" in wrong.err
    no_book = clientele("restore", "people.csv", "--yes")
    assert no_book.code == 2
    assert "is not a book" in no_book.err


def test_the_doctor_asks_for_a_copy(clientele: Clientele, book: Path) -> None:
    def said() -> bool:
        findings = clientele("doctor", "--quick", "--json").json
        return next(bool(one["ok"]) for one in findings if one["name"] == "backups")

    assert not said()
    clientele("backup")
    assert said()
