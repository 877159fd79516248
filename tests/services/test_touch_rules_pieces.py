"""Does looking for who is overdue piece by piece find the same clients as all at once?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from clientele.domain.rules.touch_rules import Trigger
from clientele.services.touch_rules import clients_to_look_at, late_to_look_at, near_to_look_at
from clientele.store.queries import rule_candidates
from tests.services.floor import Floor
from tests.services.ruling import a_manager, another, bought, ruled


def test_piece_by_piece_the_same_are_found(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    today = floor.clock.now().date()
    late = []
    for at in range(5):
        client = another(floor, f"Ana {at}")
        for back in (76, 56, 36, 26) if at % 2 else (61, 41, 21, 1):
            bought(floor, client, today - timedelta(days=back))
        if at % 2:
            late.append(client)
    ruled(floor, a_manager(floor), Trigger.RHYTHM)
    now = floor.clock.now()
    assert floor.ask(near_to_look_at, now=now) == []
    assert set(floor.ask(clients_to_look_at, now=now)) == set(late)
    monkeypatch.setattr(rule_candidates, "BUYERS", 2)
    found: list[int] = []
    after: int | None = 0
    pieces = 0
    while after is not None:
        some, after = floor.ask(late_to_look_at, after, now=now)
        found += some
        pieces += 1
    assert (found, pieces) == (late, 3)
    assert floor.ask(clients_to_look_at, now=now) == sorted(late, reverse=True)
