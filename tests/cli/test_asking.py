"""``search``, ``brief``, ``today``, ``export``, ``doctor``, and no command at all."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clientele.services.opening import open_by_passphrase
from tests.cli.conftest import PASSPHRASE, Clientele
from tests.services.imports.bringing import bring, tell

PEOPLE = (
    "reference,given_name,family_name,preferred_name,email,phone,street,city,postcode,country,"
    "birthday,tags,note\n"
    "7,Ada,Lovelace,,ada@example.org,020 1234567,,,,,--11-25,navy,Likes emerald\n"
    "8,Adam,Smith,,,,,,,,,,\n"
)
SOLD = (
    "reference,receipt,sold_at,department,item,amount\n"
    "7,B1,2026-05-01 10:00,Jewelry,Emerald ring,1250.00\n"
    "9,B2,2026-05-02 10:00,Shoes,Laces,7.90\n"
)


@pytest.fixture(scope="session")
def filled_once(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book with two files brought in."""
    folder = tmp_path_factory.mktemp("filled")
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, folder / name)
    store = open_by_passphrase(folder / "book.clientele", PASSPHRASE)
    bring(store, folder, PEOPLE, by=1, own=True)
    bring(store, folder, SOLD, by=1, own=True)
    store.close()
    return folder


@pytest.fixture(autouse=True)
def book(filled_once: Path, tmp_path: Path) -> Path:
    """The filled book, where ``CLIENTELE_BOOK`` says."""
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(filled_once / name, tmp_path / name)
    return tmp_path / "book.clientele"


def test_search(clientele: Clientele) -> None:
    said = clientele("search", "ada")
    assert (said.code, said.err) == (0, "")
    assert [line.split()[:4] for line in said.out.splitlines()] == [
        ["id", "reference", "name", "phone"],
        ["1", "7", "Ada", "Lovelace"],
        ["2", "8", "Adam", "Smith"],
    ]
    assert "€1,250.00" in said.out
    assert [one["id"] for one in clientele("search", "ada", "--json").json] == [1, 2]
    assert [one["id"] for one in clientele("search", "ada", "--json", "--limit", "1").json] == [1]
    assert clientele("search", "1234567", "--json").json[0]["email"] == "ada@example.org"
    assert [one["name"] for one in clientele("search", "9", "--json").json] == ["Client 9"]


def test_what_the_book_holds_commands_no_terminal(
    clientele: Clientele, book: Path, tmp_path: Path
) -> None:
    store = open_by_passphrase(book, PASSPHRASE)
    tell(store, "UPDATE client SET family_name = 'Love' || char(27) || '[2Jlace' WHERE id = 1")
    store.close()
    for command, name in ((("search", "love"), "Love\ufffd[2Jlace"), (("brief", "7"), "Love [2J")):
        said = clientele(*command)
        assert name in said.out
        assert "\x1b" not in said.out + said.err


def test_search_for_nobody(clientele: Clientele) -> None:
    said = clientele("search", "zzz", "zz")
    assert (said.code, said.out, said.err) == (0, "", "Nobody is found.\n")
    assert clientele("search", "zzz", "--json").json == []
    assert clientele("search", "x", "--limit", "0").code == 2


@pytest.mark.parametrize("client", ["7", "lovelace", "ada@example.org", "020 123 45"])
def test_a_brief(clientele: Clientele, client: str) -> None:
    said = clientele("brief", client)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Ada Lovelace\n")
    assert "Emerald ring" in said.out
    assert "Likes emerald" in said.out


def test_a_brief_by_id_where_no_reference_is_meant(clientele: Clientele) -> None:
    assert clientele("brief", "2").out.startswith("Adam Smith\n")
    assert clientele("brief", "9").out.startswith("Client 9\n")
    assert clientele("brief", "2", "--json").json["title"] == "Adam Smith"


def test_a_brief_of_nobody_or_several(clientele: Clientele) -> None:
    said = clientele("brief", "zzz")
    assert (said.code, said.out) == (2, "")
    assert "Nobody is found for “zzz”" in said.err
    said = clientele("brief", "ada")
    assert said.code == 2
    assert "may mean several clients" in said.err
    assert "Ada Lovelace" in said.out
    assert "Adam Smith" in said.out


def test_a_brief_as_pdf(clientele: Clientele, tmp_path: Path) -> None:
    said = clientele("brief", "7", "--pdf", "ada.pdf")
    assert (said.code, said.out) == (0, "")
    assert (tmp_path / "ada.pdf").read_bytes().startswith(b"%PDF")
    said = clientele("brief", "7", "--pdf", "gone/ada.pdf")
    assert said.code == 2
    assert "ada.pdf could not be written" in said.err


@pytest.mark.parametrize("name", ["book.clientele", "book.clientele.key", "diary.txt"])
def test_a_brief_never_takes_the_place_of_another_file(
    clientele: Clientele, book: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "diary.txt").write_text("my diary")
    before = (tmp_path / name).read_bytes()
    said = clientele("brief", "7", "--pdf", str(tmp_path / name))
    assert said.code == 2
    assert name in said.err
    assert (tmp_path / name).read_bytes() == before


def test_today(clientele: Clientele) -> None:
    said = clientele("today")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0].endswith(", Margaret Vos")
    assert "Occasions (1)" in said.out
    assert "Ada Lovelace" in said.out
    assert clientele("today", "--json").json["day"] == "2026-11-21"
    said = clientele("today", "--associate", "Nobody")
    assert said.code == 2
    assert "there are: Margaret Vos" in said.err


def test_export_to_a_file_and_to_stdout(clientele: Clientele, tmp_path: Path) -> None:
    said = clientele("export", "purchases", "out.csv")
    assert (said.code, said.out, said.err) == (0, "", "2 purchases rows.\n")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    said = clientele("export", "purchases", "-")
    assert said.out == text
    assert text.splitlines()[1] == (
        "7,B1,2026-05-01T10:00:00+02:00,Jewelry,Emerald ring,,1,1250.00,EUR,,,"
    )
    assert (
        clientele("export", "customers", "-").out.splitlines()[1].startswith("7,Ada,Lovelace,,ada@")
    )
    assert clientele("export", "customers", "gone/out.csv").code == 2
    assert clientele("export", "letters", "-").code == 2


def test_doctor(clientele: Clientele) -> None:
    assert clientele("backup").code == 0  # without one, that is what it finds
    said = clientele("doctor")
    assert said.code == 1
    assert "ok   totals: All 2 purchases add up." in said.out
    findings = clientele("doctor", "--quick", "--json").json
    # Printed by init, and never shown in the window, which is where it is put on paper.
    assert [finding["name"] for finding in findings if not finding["ok"]] == ["paper"]


def test_doctor_finds_what_is_wrong(clientele: Clientele, book: Path) -> None:
    store = open_by_passphrase(book, PASSPHRASE)
    tell(store, "UPDATE purchase SET total = total + 1 WHERE id = 1")
    store.close()
    said = clientele("doctor")
    assert said.code == 1
    assert "BAD  totals" in said.out


def test_without_a_display_today_comes_as_text(
    clientele: Clientele, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said = clientele()
    assert said.code == 0
    assert "To see the window" in said.err
    assert "Margaret Vos" in said.out
    book.unlink()
    said = clientele()
    assert (said.code, said.out) == (0, "")
    assert "clientele init --help" in said.err


def test_without_a_command_the_window_opens(
    clientele: Clientele, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path | None] = []

    def run(path: Path | None) -> int:
        shown.append(path)
        return 0

    monkeypatch.setattr("clientele.app.run", run)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert clientele().code == 0
    monkeypatch.delenv("CLIENTELE_BOOK")
    assert clientele().code == 0
    assert shown == [book, None]


def test_help_names_every_command_and_needs_no_book(
    clientele: Clientele, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    said = clientele("--help")
    assert said.code == 0
    for word in (
        "init",
        "import",
        "search",
        "brief",
        "today",
        "export",
        "doctor",
        "CLIENTELE_BOOK",
    ):
        assert word in said.out
    assert clientele("--version").out.startswith("clientele 0.")
    assert clientele("dance").code == 2


def test_the_program_as_it_is_started(book: Path) -> None:
    program = [sys.executable, "-m", "clientele"]
    found = subprocess.run(
        [*program, "search", "ada", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        timeout=120,
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert [one["id"] for one in json.loads(found.stdout)] == [1, 2]


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys; from clientele.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print([m for m in ('PySide6', 'sqlmodel', 'alembic', 'keyring') if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert said.stdout.splitlines()[-1] == "[]"
