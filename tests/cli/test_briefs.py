"""``brief --expected``: a page for each client whom somebody expects, as text, JSON and PDF."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from clientele.domain.tables import Absence, Appointment, Associate, Client
from clientele.services.opening import open_by_passphrase
from clientele.services.rows import new_id
from tests.cli.conftest import PASSPHRASE, Clientele

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def book(made_once: Path, tmp_path: Path) -> Path:
    """Ada at four, Bob at eleven with a colleague who is away, Cleo tomorrow."""
    import shutil

    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    store = open_by_passphrase(tmp_path / "book.clientele", PASSPHRASE)
    with store.write() as session:
        colleague = new_id(session, Associate(name="L. Sato", created_at=NOW))
        session.add(
            Absence(
                associate_id=colleague,
                cover_id=1,
                away_from=date(2026, 11, 20),
                back_on=date(2026, 11, 23),
                created_at=NOW,
            )
        )
        for name, by, day, hour in (
            ("Ada", 1, 21, 15),
            ("Bob", colleague, 21, 10),
            ("Cleo", 1, 22, 10),
        ):
            who = Client(given_name=name, sort_name=name, created_at=NOW, updated_at=NOW)
            session.add(
                Appointment(
                    client_id=new_id(session, who),
                    associate_id=by,
                    starts_at=datetime(2026, 11, day, hour, tzinfo=UTC),
                    about=f"coat for {name}",
                )
            )
    store.close()
    return tmp_path / "book.clientele"


def test_everybody_expected_in_order_of_time_and_for_whom_one_covers(clientele: Clientele) -> None:
    said = clientele("brief", "--expected", "--for", "Margaret Vos")
    assert (said.code, said.err) == (0, "")
    at = [said.out.index(name) for name in ("Bob\n===", "coat for Bob", "Ada\n===")]
    assert at == sorted(at)
    assert "coat for Ada" in said.out
    assert "Cleo" not in said.out
    assert "-" * 78 in said.out
    alone = clientele("brief", "--expected", "--for", "L. Sato", "--json").json
    assert [one["title"] for one in alone] == ["Bob"]


def test_another_day(clientele: Clientele) -> None:
    said = clientele("brief", "--expected", "--day", "2026-11-22", "--json")
    assert [one["title"] for one in said.json] == ["Cleo"]
    said = clientele("brief", "--expected", "--day", "2026-12-24")
    assert (said.code, said.out) == (0, "")
    assert "expects nobody on Thursday, December 24. Nothing was written." in said.err


def test_one_pdf_with_a_page_each(clientele: Clientele, tmp_path: Path) -> None:
    said = clientele("brief", "--expected", "--pdf", "all.pdf")
    assert (said.code, said.out) == (0, "")
    done = subprocess.run(
        ["pdfinfo", tmp_path / "all.pdf"], capture_output=True, text=True, check=True
    )
    assert "Pages:           2\n" in done.stdout
    assert "Briefs, Saturday, November 21" in done.stdout


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ((), "Say whose brief it is"),
        (("Ada", "--expected"), "not both"),
        (("Ada", "--day", "2026-11-22"), "go with --expected"),
        (("--expected", "--day", "tomorrow"), "write it as 2026-11-24"),
        (("--expected", "--for", "Nobody"), "there are:"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    clientele: Clientele, command: tuple[str, ...], why: str
) -> None:
    said = clientele("brief", *command)
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_a_pdf_never_takes_the_place_of_the_book(clientele: Clientele, book: Path) -> None:
    before = book.read_bytes()
    said = clientele("brief", "--expected", "--pdf", str(book))
    assert said.code == 2
    assert book.read_bytes() == before
