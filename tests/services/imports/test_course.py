"""An import may be cancelled or killed anywhere, rejects what it must, and tells how far it is."""

from __future__ import annotations

import gc
import os
import stat
from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange import plan as planning
from clientele.exchange.refusals import NotWritable, RejectsIntoItself
from clientele.services.imports import Progress
from clientele.store.doctor import examine, is_sound
from clientele.store.errors import OverTheBook
from clientele.store.session import Store
from tests.services.imports.bringing import HEAD, ask, bring, counts, unsound

CARD = "4111 1111 1111 1111"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(planning.CHUNK, ImportKind.PURCHASES, 10)


def rows(count: int) -> str:
    return HEAD + "".join(
        f"{n // 3 % 5},B{n // 3},2026-05-01 10:00,,item {n},,,1.00,,\n" for n in range(count)
    )


def test_rejects_never_take_the_place_of_the_book(store: Store, tmp_path: Path) -> None:
    bring(store, tmp_path, rows(5))
    bad = HEAD + "1,B1,2026-05-01,,a,,,much,,\n"
    with pytest.raises(OverTheBook):
        bring(store, tmp_path, bad, name="bad.csv", rejects=store.path)
    assert ask(store, "SELECT count(*) FROM purchase_line") == [(5,)]
    assert is_sound(examine(store, vault=None))


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_rejects_are_for_this_user_alone(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, HEAD + "1,B1,2026-05-01,,a,,,much,,\n")
    assert done.reject_path is not None
    assert stat.S_IMODE(done.reject_path.stat().st_mode) == 0o600


def test_one_bad_row_never_stops_the_rest(store: Store, tmp_path: Path) -> None:
    bad = (
        f"1,B1,2026-05-01,,{CARD},,,1.00,,\n"
        "1,B1,2026-05-01,,a,,,much,,\n"
        '1,B1,2026-05-01,,"a,,,1.00,,\n'
    )
    done = bring(store, tmp_path, rows(15) + bad + rows(35).removeprefix(rows(15)))
    assert counts(done) == (38, 35, 0, 3)
    assert done.reject_path == tmp_path / "rows.rejects.csv"
    assert done.reject_path.read_text("utf-8-sig").splitlines() == [
        HEAD.strip() + ",reason",
        "1,B1,2026-05-01,,•••• 1111,,,1.00,,,"
        '"item holds what looks like a card number, which is never kept"',
        "1,B1,2026-05-01,,a,,,much,,,“much” is not an amount",
        '1,B1,2026-05-01,,"""a",,,1.00,,,a quotation mark is opened and not closed',
    ]
    assert ask(store, "SELECT rows_read, rows_rejected FROM import_batch") == [(38, 3)]
    assert not ask(store, "SELECT 1 FROM purchase_line WHERE item LIKE '%1111%'")


def test_rejects_can_be_corrected_and_imported(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, HEAD + "1,B1,2026-05-01,,a,,,much,,\n")
    assert done.reject_path is not None
    corrected = done.reject_path.read_text("utf-8-sig").replace("much", "9.50", 1)
    again = bring(store, tmp_path, corrected, name="corrected.csv")
    assert counts(again) == (1, 1, 0, 0)
    assert ask(store, "SELECT amount FROM purchase_line") == [(950,)]


def test_progress_is_told_after_each_chunk(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    bring(store, tmp_path, rows(25), progress=told.append)
    assert [(one.read, one.added) for one in told] == [(10, 10), (20, 20), (25, 25)]
    assert told[-1].share == 1.0


def test_cancelled_it_keeps_what_is_in_and_the_rest_follows(store: Store, tmp_path: Path) -> None:
    told: list[Progress] = []
    done = bring(store, tmp_path, rows(45), progress=told.append, cancelled=lambda: len(told) == 2)
    assert done.cancelled
    assert counts(done) == (20, 20, 0, 0)
    assert ask(store, "SELECT state, rows_added FROM import_batch") == [("cancelled", 20)]
    again = bring(store, tmp_path, rows(45))
    assert counts(again) == (45, 25, 20, 0)
    assert not again.cancelled
    assert ask(store, "SELECT count(*), sum(amount) FROM purchase_line") == [(45, 4500)]
    assert not unsound(store)
    assert is_sound(examine(store))


def test_cancelled_before_it_began(store: Store, tmp_path: Path) -> None:
    done = bring(store, tmp_path, rows(5), cancelled=lambda: True)
    assert (done.cancelled, done.read) == (True, 0)
    assert ask(store, "SELECT count(*) FROM purchase") == [(0,)]


def test_torn_apart_it_keeps_whole_chunks(store: Store, tmp_path: Path) -> None:
    class Torn(Exception):
        pass

    def tear(progress: Progress) -> None:
        if progress.read == 30:
            raise Torn

    thresholds = gc.get_threshold()
    with pytest.raises(Torn):
        bring(store, tmp_path, rows(45), progress=tear)
    assert gc.get_threshold() == thresholds
    assert ask(store, "SELECT count(*) FROM purchase_line") == [(30,)]
    assert ask(store, "SELECT state, rows_read FROM import_batch") == [("running", 30)]
    assert counts(bring(store, tmp_path, rows(45))) == (45, 15, 30, 0)
    assert ask(store, "SELECT state FROM import_batch") == [("cancelled",), ("done",)]
    assert not unsound(store)


def test_rejects_that_cannot_be_written_keep_their_chunk_out(store: Store, tmp_path: Path) -> None:
    text = rows(12) + "1,B1,soon,,a,,,1.00,,\n"
    with pytest.raises(NotWritable, match=r"r\.csv"):
        bring(store, tmp_path, text, rejects=tmp_path / "gone" / "r.csv")
    assert ask(store, "SELECT count(*) FROM purchase_line") == [(10,)]
    with pytest.raises(RejectsIntoItself):
        bring(store, tmp_path, text, rejects=tmp_path / "rows.csv")
