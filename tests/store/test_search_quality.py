"""Is the right client among the first five, however the name is typed?

A small sample of what ``make bench`` measures on a million clients (``scripts.measuring.quality``).
"""

from __future__ import annotations

from random import Random

import pytest

from clientele.domain.rules.names import sort_name
from clientele.store import fts
from clientele.store.bulk import CLIENT, Bulk
from clientele.store.session import Store
from scripts.measuring.names import Names
from scripts.measuring.quality import KINDS, measure, table

CLIENTS = 4_000
EACH = 60
AT = "2026-11-20 09:00:00.000000"


@pytest.fixture
def crowd(store: Store) -> Store:
    """Clients with names as unequally common as real ones."""
    people = Names(Random(5)).draw(CLIENTS)
    with store.write() as session, fts.suspended(session.connection()):
        Bulk(session).insert(
            CLIENT,
            [
                (at, given, family, "", "", "", "", None, None, None,
                 sort_name(given, family), None, AT, AT)
                for at, (given, family) in enumerate(people, 1)
            ],
        )  # fmt: skip
    return store


def test_the_right_client_is_among_the_first_five(
    crowd: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with crowd.read() as session:
        measured = measure(session, each=EACH)
    with capsys.disabled():
        print(f"\n{table(measured)}")  # noqa: T201
    assert [one.kind for one in measured] == list(KINDS)
    assert {one.kind: one.asked for one in measured} == dict.fromkeys(KINDS, EACH)
    assert {one.kind: one.share for one in measured if one.share < 0.95} == {}
