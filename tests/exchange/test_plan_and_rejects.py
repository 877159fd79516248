"""What a preview shows, and rejects that can be corrected and imported again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange.plan import count, plan, preview
from clientele.exchange.refusals import FieldMissing, NotWritable, RejectsIntoItself
from clientele.exchange.rejects import Rejects, free_rejects_path
from clientele.exchange.sniff import sniff
from tests.exchange.files import AMSTERDAM, planned, purchases, written

PURCHASES = "reference;sold_at;amount;item\n"
CARD = "4111111111111111"


def test_a_preview_shows_what_is_read_and_why_not(tmp_path: Path) -> None:
    rows = "".join(f"{n};2026-05-{n:02} 10:00;{n},50;Coat\n" for n in range(1, 29))
    planned_file = planned(tmp_path, f"{PURCHASES}x;soon;1,00;Tie\n{rows}")
    shown = preview(planned_file)
    assert len(shown) == 20
    assert shown[0].reason == "“soon” is not a date"
    assert shown[0].cells == ("x", "soon", "1,00", "Tie")
    assert shown[1].read["sold_at"] == "2026-05-01 10:00:00"
    assert shown[1].read["amount"] == "1.50"
    assert shown[1].reason == ""
    counted = count(planned_file)
    assert (counted.read, counted.rejected) == (29, 1)
    assert counted.first_rejected[0][1] == "“soon” is not a date"


def test_a_preview_of_customers(tmp_path: Path) -> None:
    shown = preview(
        planned(tmp_path, "name,email,tags,birthday\nAda Lovelace,a@b.org,x;y,--1210\n")
    )
    assert shown[0].read["given_name"] == "Ada"
    assert shown[0].read["tags"] == "x, y"
    assert shown[0].read["birthday"] == "--12-10"


def test_a_field_by_hand_tells_the_kind(tmp_path: Path) -> None:
    path = written(tmp_path, "who,when,what\nAda,2026-05-01,5\n")
    pairs = [("reference", "who"), ("sold_at", "when"), ("amount", "what")]
    assert plan(path, AMSTERDAM, columns=pairs).kind is ImportKind.PURCHASES
    assert plan(path, AMSTERDAM, columns=[("name", "who")]).kind is ImportKind.CUSTOMERS
    with pytest.raises(FieldMissing):
        plan(path, AMSTERDAM, kind=ImportKind.PURCHASES)


def test_rejects_are_corrected_and_read_again(tmp_path: Path) -> None:
    first = planned(
        tmp_path, f'{PURCHASES}1;soon;1,00;"Tie; silk"\n1;2026-05-01;2;{CARD}\n1;2;3;4;5\n'
    )
    path = tmp_path / "rows.rejects.csv"
    with Rejects(path, first.shape) as rejects:
        assert not path.exists()
        rejects.add([(["1", "soon", "1,00", "Tie; silk"], "no date")])
        rejects.add(
            [(["1", "2026-05-01", "2", CARD], "a card"), (["1", "2", "3", "4", "5"], "wide")]
        )
        assert rejects.count == 3
    assert rejects.path == path
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines() == [
        "reference;sold_at;amount;item;reason",
        '1;soon;1,00;"Tie; silk";no date',
        "1;2026-05-01;2;•••• 1111;a card",
        "1;2;3;4;wide;5",
    ]
    path.write_bytes(raw.replace(b"soon", b"2026-05-01"))
    again = plan(path, AMSTERDAM)
    lines, bad = purchases(again)
    assert [(line.item, line.amount) for line in lines] == [("Tie; silk", 100), ("•••• 1111", 200)]
    assert bad == ["the row has 6 cells where the header has 5"]
    with Rejects(tmp_path / "twice.csv", again.shape) as rejects:
        rejects.add([(["1", "x", "1", "Tie", "an old reason"], "a new reason")])
    assert (tmp_path / "twice.csv").read_text("utf-8-sig").splitlines() == [
        "reference;sold_at;amount;item;reason",
        "1;x;1;Tie;a new reason",
    ]


def test_without_a_rejected_row_there_is_no_file(tmp_path: Path) -> None:
    shape = sniff(written(tmp_path, f"{PURCHASES}1;2026-05-01;1;x\n"))
    with Rejects(tmp_path / "r.csv", shape) as rejects:
        rejects.add([])
    assert rejects.path is None
    assert not (tmp_path / "r.csv").exists()


def test_rejects_never_overwrite(tmp_path: Path) -> None:
    path = written(tmp_path, f"{PURCHASES}1;2026-05-01;1;x\n")
    assert free_rejects_path(path).name == "rows.rejects.csv"
    (tmp_path / "rows.rejects.csv").touch()
    assert free_rejects_path(path).name == "rows.rejects-2.csv"
    with pytest.raises(RejectsIntoItself, match=r"rows\.csv"):
        Rejects(path, sniff(path))


def test_rejects_that_cannot_be_written(tmp_path: Path) -> None:
    path = written(tmp_path, f"{PURCHASES}1;2026-05-01;1;x\n")
    with Rejects(tmp_path / "gone" / "r.csv", sniff(path)) as rejects, pytest.raises(NotWritable):
        rejects.add([(["1"], "why")])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file(tmp_path: Path) -> None:
    from clientele.exchange.refusals import FileNotReadable

    path = written(tmp_path, PURCHASES)
    path.chmod(0)
    with pytest.raises(FileNotReadable, match="denied"):
        sniff(path)
