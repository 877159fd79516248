"""Nobody who no longer works here is asked for anything, whatever an older page still offers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clientele.domain.promises import PromiseKind
from clientele.domain.tables import Promise, VisitStop
from clientele.services.colleagues import BringIn, bring_in
from clientele.services.promise_words import PassPromise, pass_promise
from clientele.services.promises import MakePromise, make_promise
from clientele.services.rows import ColleagueGone
from clientele.services.visits import PlanStop, StartVisit, plan_stop, start_visit
from tests.services.floor import Floor

DUE = date(2026, 11, 28)


def hem(floor: Floor, **more: Any) -> MakePromise:
    return MakePromise(floor.daniel, floor.okafor, PromiseKind.ALTERATION, "hem", DUE, **more)


def test_a_colleague_who_left_is_not_asked_for_anything(floor: Floor) -> None:
    visit = floor.new(start_visit, StartVisit(floor.daniel, floor.okafor, floor.suits))
    promise = floor.new(make_promise, hem(floor))
    floor.lets_go(floor.silva)
    asked: tuple[tuple[Any, Any], ...] = (
        (bring_in, BringIn(visit, floor.silva)),
        (plan_stop, PlanStop(visit, floor.shoes, floor.silva)),
        (pass_promise, PassPromise(promise, floor.silva, floor.okafor)),
        (make_promise, hem(floor, colleague_id=floor.silva)),
    )
    for verb, what in asked:
        with pytest.raises(ColleagueGone, match="Silva no longer works here"):
            floor.do(verb, what)
    for table, count in ((VisitStop, 1), (Promise, 1)):
        rows = floor.ask(lambda s, t=table: s.query(t).all())
        assert [row.colleague_id for row in rows] == [None] * count


def test_the_work_comes_back_to_whoever_promised_also_when_they_left(floor: Floor) -> None:
    promise = floor.new(make_promise, hem(floor, colleague_id=floor.silva))
    floor.lets_go(floor.okafor)
    floor.do(pass_promise, PassPromise(promise, None, floor.silva))
    assert floor.ask(lambda s: s.get(Promise, promise)).colleague_id is None
