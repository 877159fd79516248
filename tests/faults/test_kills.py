"""Kills at random moments: nothing acknowledged is lost, nothing is half-written."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.faults.killing import Victims, lost, troubles
from tests.faults.workplace import Workplace, came, counts, write_customers, write_purchases

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

EDITS = 16
KILLS_PER_FILE = 4
WORK = {
    "visit",
    "purchase",
    "part_payment",
    "promise",
    "made_right",
    "hand_off",
    "book_membership",
}
"""What has to have been done before some of the kills, and was acknowledged."""


def test_a_kill_in_the_midst_of_edits_loses_nothing(place: Workplace, killers: Victims) -> None:
    rng = Random(20261121)
    acknowledged: list[str] = []
    for seed in range(EDITS):
        heard = killers.kill(rng, most=60, longest=0.05, work="edit", seed=seed, **place.order())
        store = place.open()
        try:
            assert lost(store, heard) == []
            assert troubles(store) == []
        finally:
            store.close()
        acknowledged += [said["table"] for said in heard.kept]
    assert len(acknowledged) > EDITS
    assert set(acknowledged) >= WORK


@pytest.mark.parametrize("kind", ["purchases", "customers"])
def test_a_kill_in_the_midst_of_an_import_loses_nothing(
    kind: str, place: Workplace, killers: Victims, tmp_path: Path
) -> None:
    rng = Random(20261122)
    files = 2 if kind == "purchases" else 1
    for number in range(files):
        path = tmp_path / f"{kind} {number}.csv"
        rows = (write_purchases if kind == "purchases" else write_customers)(path, number)
        order = {"work": "import", "file": str(path), **place.order()}
        before = counts(place)
        for _ in range(KILLS_PER_FILE):
            heard = killers.kill(rng, most=2, longest=0.25, **order)
            store = place.open()
            try:
                assert troubles(store) == []
            finally:
                store.close()
            if heard.kept:
                assert came(before, counts(place), kind) >= heard.kept[-1]["added"]
        done = killers.work(**order).done
        assert done is not None
        assert done["added"] + done["known"] == rows
        assert done["rejected"] == 0
        assert came(before, counts(place), kind) == rows
        again = killers.work(**order).done
        assert again == {"added": 0, "known": rows, "rejected": 0}
        store = place.open()
        try:
            assert troubles(store) == []
        finally:
            store.close()
