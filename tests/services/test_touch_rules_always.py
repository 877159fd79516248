"""Over random days, at two terminals: is each occasion asked for once, and nothing out of turn?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.tables import FollowUp, LineReturn, Purchase, PurchaseLine, TouchMade
from clientele.services.follow_ups import DoFollowUp, DropFollowUp, do_follow_up, drop_follow_up
from clientele.services.merging import Merge, merge_clients
from clientele.services.touch_rule_edits import EditRule, SwitchRule, edit_rule, switch_rule
from clientele.store.queries.reading import store_facts
from clientele.store.queries.touch_rules import rules_by_id
from clientele.store.session import Store, open_store
from tests.conftest import DATA_KEY
from tests.services.floor import Floor
from tests.services.ruling import a_manager, another, bought, follow_ups, ruled, run

STEPS = 25
BETWEEN = 3
"""Days that the store keeps between touches."""


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_an_occasion_is_asked_for_once(floor: Floor, seed: int) -> None:
    other = open_store(floor.store.path, DATA_KEY)
    try:
        _live(floor, other, Random(f"rules {seed}"))
    finally:
        other.close()


def _live(floor: Floor, other: Store, rng: Random) -> None:
    manager = a_manager(floor)
    ahead = _today(floor) + timedelta(days=25)
    clients = [
        another(floor, name, birth_month=ahead.month, birth_day=ahead.day)
        for name in ("Ana", "Ben", "Cem", "Dee")
    ]
    rules = [
        ruled(floor, manager, wait=rng.randint(0, 9), expires=20),
        ruled(floor, manager, Trigger.FIRST, wait=rng.randint(0, 5)),
        ruled(floor, manager, Trigger.OCCASION, wait=14),
    ]
    tickets: list[int] = []
    for _ in range(STEPS):
        what = rng.choice(("buy", "buy", "days", "days", "back", "edit", "switch", "act", "merge"))
        if what == "buy":
            tickets.append(bought(floor, rng.choice(clients), _today(floor)))
        elif what == "days":
            floor.clock.advance(timedelta(hours=rng.randint(1, 90)))
        elif what == "back" and tickets:
            _bring_back(floor, tickets.pop(rng.randrange(len(tickets))))
        elif what == "edit":
            key = rng.choice(rules)
            rule = replace(floor.ask(rules_by_id)[key], wait=rng.randint(0, 12))
            floor.do(edit_rule, EditRule(rule, manager))
        elif what == "switch":
            key = rng.choice(rules)
            floor.do(switch_rule, SwitchRule(key, rng.random() < 0.6, manager))
        elif what == "act":
            _act(floor, rng)
        elif what == "merge" and len(clients) > 2:
            gone, stays = sorted(rng.sample(clients, 2))
            floor.do(merge_clients, Merge(gone, stays, by=floor.okafor))
            clients.remove(gone)
        before = {one.id for one in follow_ups(floor)}
        run(floor, rng.choice((floor.store, other)))
        _check(floor, before)
        if rng.random() < 0.3:
            assert run(floor, other) == 0, "a second look finds nothing to do"


def _check(floor: Floor, before: set[int | None]) -> None:
    today, made = _today(floor), follow_ups(floor)
    with floor.store.read() as session:
        touches = list(session.scalars(select(TouchMade)))
        back = set(session.scalars(select(col(LineReturn.sold_line_id))))
        lines = session.execute(
            select(col(PurchaseLine.purchase_id), col(PurchaseLine.id)).where(
                col(PurchaseLine.id).in_(back)
            )
        )
        returned = {purchase for purchase, _ in lines}
    assert len(touches) == len(made) == len({one.occasion_key for one in touches})
    of_purchases = Counter(one.source_id for one in made if one.source == "purchase")
    assert all(count == 1 for count in of_purchases.values())
    for one in made:
        is_open = one.state == FollowUpState.OPEN
        assert not (is_open and one.source == "purchase" and one.source_id in returned
                    and not _first(floor, one)), "thanked for what was brought back"  # fmt: skip
        if one.id in before:
            continue
        assert one.due_on >= today
        assert one.expires_on is not None
        assert one.due_on <= one.expires_on
        near = [
            other.due_on for other in made
            if other.client_id == one.client_id and other.id != one.id
            and other.state == FollowUpState.OPEN
        ]  # fmt: skip
        assert all(abs((max(day, today) - one.due_on).days) >= BETWEEN for day in near)


def _first(floor: Floor, one: FollowUp) -> bool:
    """A first visit is welcomed even where all of it came back."""
    rule = floor.ask(rules_by_id).get(one.rule_id)
    return rule is not None and rule.trigger is Trigger.FIRST


def _act(floor: Floor, rng: Random) -> None:
    there = [one for one in follow_ups(floor) if one.state == FollowUpState.OPEN]
    if not there:
        return
    key = rng.choice(there).id or 0
    if rng.random() < 0.5:
        floor.do(do_follow_up, DoFollowUp(key, floor.okafor, "well", reached=False))
    else:
        floor.do(drop_follow_up, DropFollowUp(key, floor.okafor))


def _bring_back(floor: Floor, ticket: int) -> None:
    day, now = _today(floor), floor.clock.now()
    with floor.store.read() as session:
        sold = session.get(Purchase, ticket)
        line = session.scalar(
            select(col(PurchaseLine.id)).where(col(PurchaseLine.purchase_id) == ticket)
        )
    assert sold is not None
    back = floor.add(
        Purchase(
            client_id=sold.client_id, sold_at=max(now, sold.sold_at + timedelta(hours=1)),
            sold_on=day, currency="EUR", total=-30_000,
        )
    )  # fmt: skip
    returned = floor.add(
        PurchaseLine(
            purchase_id=back, department_id=floor.suits, item="Coat", amount=-30_000, quantity=-1000
        )
    )
    floor.add(LineReturn(sold_line_id=line or 0, return_line_id=returned))


def _today(floor: Floor) -> date:
    now: datetime = floor.clock.now()
    return date.fromordinal(floor.ask(lambda session: store_facts(session).day_of(now)).toordinal())
