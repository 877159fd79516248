"""Who may be there already when a client is entered?"""

from __future__ import annotations

import pytest

from clientele.services.clients import NewClient, new_client
from clientele.store.queries.duplicates import alike
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.services.floor import Floor, a_floor


@pytest.fixture
def floor(store: Store, clock: FixedClock) -> Floor:
    made = a_floor(store, clock)
    for who in (
        NewClient(made.okafor, "Eleanor", "Marsh", phone="020 555 0118", email="nell@example.com"),
        NewClient(made.silva, "ELEANOR", "Mársh"),
        NewClient(made.silva, "Robert", "Marsh", phone="+31 20 555 0118"),
        NewClient(made.silva, "Front", "Desk", phone="ext. 12"),
    ):
        made.new(new_client, who)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"phone": "020-5550118"}, [("Eleanor", "phone"), ("Robert", "phone")]),
        ({"email": " NELL@example.com"}, [("Eleanor", "email")]),
        ({"given_name": "eleanor", "family_name": "marsh"},
         [("Eleanor", "name"), ("ELEANOR", "name")]),
        ({"given_name": "Nell", "family_name": "Marsh"},
         [("Eleanor", "name alike"), ("ELEANOR", "name alike")]),
        ({"given_name": "Elanor", "family_name": "Marhs"},
         [("Eleanor", "name alike name alike"), ("ELEANOR", "name alike name alike")]),
        ({"given_name": "Marsh", "family_name": "Eleanor"},
         [("Eleanor", "name the other way round"), ("ELEANOR", "name the other way round")]),
        ({"given_name": "Eleanor", "family_name": "Marsh", "phone": "020 555 0118"},
         [("Eleanor", "name phone"), ("ELEANOR", "name"),
          ("Robert", "another given name phone")]),
        ({"family_name": "Marsh"}, []),
        ({"phone": "12"}, []),
        ({"phone": "020 555 0119"}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_the_most_alike_come_first_with_what_is_the_same(
    floor: Floor, typed: dict[str, str], found: list[tuple[str, str]]
) -> None:
    words = {"given_name": "", "family_name": "", **typed}
    likely = floor.ask(alike, **words)
    assert [
        (one.row.named.given_name, " ".join(reason.what for reason in one.reasons))
        for one in likely
    ] == found
    assert all(0 < one.score <= 100 for one in likely)


def test_there_are_no_more_than_asked_for(floor: Floor) -> None:
    for _ in range(6):
        floor.new(new_client, NewClient(floor.okafor, "Eleanor", "Marsh"))
    assert len(floor.ask(alike, given_name="Eleanor", family_name="Marsh")) == 4
