"""What does a text in the one box mean, and whom does it find?"""

from __future__ import annotations

import pytest

from clientele.services.clients import NewClient, new_client
from clientele.services.team import AddAssociate, add_associate
from clientele.store.asked import Asked, read_text
from clientele.store.queries.meant import associate_meant, clients_meant
from clientele.store.search import search
from clientele.store.session import Store
from clientele.system.clock import FixedClock

PEOPLE = (
    ("Ann", "Eleanor", "Marsh", "06 1234 0118", "e.marsh@example.com"),
    ("Ann", "Jonas", "Smit", "", "jonas_smit@example.nl"),
    ("Bo", "Ada", "Marshall", "020 555 0118", ""),
    ("Bo", "Søren", "Müller", "", "s.muller@example.de"),
    ("Bo", "Marie", "O'Brien", "06 5500 1234", "marie@obrien.example"),
)


@pytest.fixture
def ids(store: Store, clock: FixedClock) -> dict[str, int]:
    """Two associates and five clients by their given names."""
    now, found = clock.now(), {}
    with store.write() as session:
        for name in ("Ann", "Bo"):
            found[name] = add_associate(session, AddAssociate(name, "Suits"), now=now).subject or 0
        for owner, given, family, phone, email in PEOPLE:
            what = NewClient(found[owner], given, family, phone=phone, email=email)
            found[given] = new_client(session, what, now=now).subject or 0
    return found


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Jon  SMI", Asked(words=("jon", "smi"))),
        ("0118", Asked(digits="0118")),
        ("06 12-34", Asked(digits="061234")),
        ("42", Asked(words=("42",))),
        ("o'brien", Asked(words=("o", "brien"))),
        ("e.marsh", Asked(pieces=("e.marsh",))),
        ("marsh 0118", Asked(words=("marsh",), digits="0118")),
        ('" OR *', Asked(words=("or",))),
        ("  ", Asked()),
    ],
)
def test_a_text_is_taken_apart(typed: str, asked: Asked) -> None:
    assert read_text(typed) == asked


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("mar", "Marie Eleanor Ada"),
        ("marsh", "Eleanor Ada"),
        ("marsh ada", "Ada"),
        ("muller", "Søren"),
        ("soren", "Søren"),
        ("brien", "Marie"),
        ("0118", "Eleanor Ada"),
        ("61234", "Eleanor"),
        ("marshall 0118", "Ada"),
        ("arsh@ex", "Eleanor"),
        ("jonas_s", "Jonas"),
        ("obrien", "Marie"),
        ("nobody", ""),
    ],
)
def test_clients_are_found(store: Store, ids: dict[str, int], typed: str, names: str) -> None:
    with store.read() as session:
        found = search(session, typed, associate_id=None)
    assert sorted(found.ids) == sorted(ids[name] for name in names.split())


def test_one_s_own_clients_come_first(store: Store, ids: dict[str, int]) -> None:
    with store.read() as session:
        assert search(session, "marsh", associate_id=ids["Bo"]).ids[0] == ids["Ada"]
        assert search(session, "marsh", associate_id=ids["Ann"]).ids[0] == ids["Eleanor"]
        first = search(session, "0118", associate_id=ids["Bo"], limit=1)
    assert (first.ids, first.more) == ((ids["Ada"],), True)


@pytest.mark.parametrize("typed", ["e", "118", "@example", "exam 118"])
def test_of_very_many_the_first_are_given(
    store: Store, clock: FixedClock, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.search.SORTABLE", 10)
    with store.write() as session:
        by = add_associate(session, AddAssociate("Ann", "Suits"), now=clock.now()).subject or 0
        for at in range(30):
            what = NewClient(
                by,
                f"Eve{at}",
                f"Example{at}",
                phone=f"06 1118 {at:04d}",
                email=f"e{at}@example.com",
            )
            new_client(session, what, now=clock.now())
    with store.read() as session:
        found = search(session, typed, limit=4)
    assert len(set(found.ids)) == 4
    assert found.more


@pytest.mark.parametrize("noise", ["\x00", "\ud800", '"', "NEAR(", "^", "*:", "' OR 1=1 --", "😀"])
def test_no_sign_is_more_than_a_sign(store: Store, ids: dict[str, int], noise: str) -> None:
    marshall = (ids["Ada"],)
    with store.read() as session:
        assert search(session, f"marshall{noise}").ids in (marshall, ())
        assert search(session, f"marshall@{noise}x").ids == ()
        assert search(session, noise * 3).ids == ()
        assert clients_meant(session, f"marshall {noise}") in (marshall, ())
        assert associate_meant(session, f"Ann{noise}") in (None, ids["Ann"])


def test_a_text_of_any_length_costs_little(store: Store, ids: dict[str, int]) -> None:
    assert len(read_text("a@b " * 2_500).pieces) <= 50
    with store.read() as session:
        assert search(session, "marshall " + "x" * 10_000).ids == ()


def test_one_s_own_come_first_of_very_many(
    store: Store, clock: FixedClock, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.search.SORTABLE", 1)
    with store.read() as session:
        assert search(session, "marsh", associate_id=ids["Bo"]).ids[0] == ids["Ada"]
        assert search(session, "marsh", associate_id=ids["Ann"]).ids[0] == ids["Eleanor"]
        everybody = search(session, "mar", associate_id=ids["Ann"], limit=2)
    assert (everybody.ids, everybody.more) == ((ids["Eleanor"], ids["Ada"]), True)
