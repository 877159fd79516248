"""``import``: what it answers, what it refuses, and how it ends."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange import plan as planning
from clientele.store.beside import claim
from tests.cli.conftest import Clientele

SOLD = "reference,receipt,sold_at,amount,item\n900,B1,2026-05-01,12.50,Tie\n"


@pytest.fixture
def sold(tmp_path: Path, book: Path) -> Path:
    path = tmp_path / "sold.csv"
    path.write_text(SOLD, encoding="utf-8")
    return path


def test_done(clientele: Clientele, sold: Path) -> None:
    said = clientele("import", str(sold))
    assert said.code == 0
    assert [line.split() for line in said.out.splitlines()] == [
        ["rows", "read", "1"],
        ["rows", "added", "1"],
        ["known", "already", "0"],
        ["rejected", "0"],
        ["clients", "added", "1"],
        ["tickets", "added", "1"],
    ]
    assert "purchases, utf-8, delimiter ," in said.err
    assert "sold_at = sold_at" in said.err
    again = clientele("import", str(sold), "--json").json
    assert (again["read"], again["added"], again["known"]) == (1, 0, 1)


def test_done_with_rejects(clientele: Clientele, sold: Path, tmp_path: Path) -> None:
    with sold.open("a") as file:
        file.write("901,B2,soon,1.00,Belt\n")
    said = clientele("import", str(sold), "--rejects", "bad.csv", "--json")
    assert said.code == 1
    assert said.json["reject_path"] == "bad.csv"
    assert "Rejected rows, each with its reason: bad.csv" in said.err
    assert (tmp_path / "bad.csv").read_text("utf-8-sig").endswith(",“soon” is not a date\n")
    assert clientele("import", str(sold)).code == 1
    assert (tmp_path / "sold.rejects.csv").exists()


def test_a_dry_run_keeps_nothing(clientele: Clientele, sold: Path, tmp_path: Path) -> None:
    with sold.open("a") as file:
        file.write("901,B2,soon,1.00,Belt\n")
    said = clientele("import", str(sold), "--dry-run")
    assert said.code == 1
    assert said.out.splitlines()[0].split() == [
        "reference", "receipt", "sold_at", "item", "amount", "reason",
    ]  # fmt: skip
    assert "“soon” is not a date" in said.out
    assert "2 rows, 1 of them cannot be read. Nothing was kept." in said.err
    shown = clientele("import", str(sold), "--dry-run", "--json").json
    assert (shown["kind"], shown["read"], shown["rejected"]) == ("purchases", 2, 1)
    assert shown["rows"][0]["read"]["amount"] == "12.50"
    assert clientele("search", "900").out == ""
    assert not list(tmp_path.glob("*rejects*"))


def test_columns_by_hand(clientele: Clientele, book: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Who|Day|Clock|Cost\n7|2026-05-01|10:30|5\n")
    pairs = ("reference=Who", "sold_at=Day", "sold_at=clock", "amount=Cost")
    maps = [part for pair in pairs for part in ("--map", pair)]
    assert clientele("import", "odd.csv").code == 2
    said = clientele("import", "odd.csv", "--kind", "purchases", *maps)
    assert said.code == 0
    assert "sold_at = Day + Clock" in said.err
    assert "T10:30:00+02:00" in clientele("export", "purchases", "-").out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("gone.csv",), "“gone.csv” cannot be read"),
        (("sold.csv", "--map", "amount"), "does not say FIELD=COLUMN"),
        (("sold.csv", "--map", "price=item"), "There is no field “price” for purchases"),
        (("sold.csv", "--map", "amount=Total"), "The file has no column “Total”"),
        (("sold.csv", "--map", "amount="), "No column was found for amount"),
        (("sold.csv", "--rejects", "sold.csv"), "cannot be written over “sold.csv”"),
        (("sold.csv", "--own", "Nobody"), "Nobody of the name “Nobody” works here"),
        (("sold.csv", "--kind", "letters"), "invalid choice"),
    ],
)
def test_refused(
    clientele: Clientele, sold: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    said = clientele("import", *arguments)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.err
    assert clientele("search", "900").out == ""


def test_refused_while_the_window_has_the_book(
    clientele: Clientele, sold: Path, book: Path
) -> None:
    with claim(book):
        said = clientele("import", str(sold))
        assert clientele("search", "900").code == 0
    assert said.code == 2
    assert str(book) in said.err


def test_an_owner_for_the_new_clients(clientele: Clientele, sold: Path) -> None:
    assert clientele("import", str(sold), "--own", "margaret vos").code == 0
    assert clientele("search", "900", "--json").json[0]["owner"] == "Margaret Vos"


def test_ctrl_c_keeps_what_is_in(
    clientele: Clientele,
    sold: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(planning.CHUNK, ImportKind.PURCHASES, 1)
    sold.write_text(SOLD + "901,B2,2026-05-01,1,Belt\n902,B3,2026-05-01,1,Hat\n")
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    told: list[int] = []

    def interrupt(_formats: object) -> object:
        def show(progress: planning.Counted) -> None:
            told.append(progress.read)
            if len(told) == 2:
                os.kill(os.getpid(), signal.SIGINT)

        return show

    monkeypatch.setattr("clientele.cli.bringing_in._progress", interrupt)
    said = clientele("import", str(sold), "--json")
    assert said.code == 2
    assert (said.json["cancelled"], said.json["added"], told) == (True, 2, [1, 2])
    assert "What was brought in stays" in said.err
    assert signal.getsignal(signal.SIGINT) is before
    assert clientele("import", str(sold), "--json").json["added"] == 1


def test_progress_at_a_terminal(
    clientele: Clientele, sold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    said = clientele("import", str(sold))
    assert "100%  1 rows" in said.err
