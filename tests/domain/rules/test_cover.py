"""Does somebody always answer, and is everything the owner's again on the day they are back?"""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.cover import Away, acting, answers_for

START = date(2026, 11, 21)
TEAM = range(1, 7)
days = st.integers(0, 12).map(lambda number: START + timedelta(days=number))


@st.composite
def an_absence(draw: st.DrawFn, of: int) -> Away:
    cover = draw(st.sampled_from([one for one in TEAM if one != of]))
    first = draw(days)
    return Away(of, cover, first, first + timedelta(days=draw(st.integers(1, 6))))


@st.composite
def absences(draw: st.DrawFn) -> list[Away]:
    """At most one of each associate, as nobody is away twice at once; circles too."""
    away = draw(st.sets(st.sampled_from(list(TEAM))))
    return [draw(an_absence(one)) for one in sorted(away)]


@given(absences(), days)
def test_everybody_s_work_is_somebody_s_and_nobody_s_twice(there: list[Away], day: date) -> None:
    whose = {one: answers_for(one, day, there) for one in TEAM}
    for owner in TEAM:
        who = acting(owner, day, there)
        assert owner in whose[who]
        assert {one for one in TEAM if owner in whose[one]} == {who, owner}


@given(absences(), days)
def test_who_answers_is_there_or_it_stays_with_the_owner(there: list[Away], day: date) -> None:
    away = {one.associate_id for one in there if one.on(day)}
    for owner in TEAM:
        who = acting(owner, day, there)
        assert who == owner or who not in away


@given(absences(), st.sampled_from(list(TEAM)))
def test_before_and_from_the_day_back_on_it_is_the_owner_s(there: list[Away], owner: int) -> None:
    theirs = [one for one in there if one.associate_id == owner]
    for one in theirs:
        assert acting(owner, one.back_on, there) == owner
        assert acting(owner, one.away_from - timedelta(days=1), there) == owner
    if not theirs:
        assert all(acting(owner, START + timedelta(days=n), there) == owner for n in range(20))


@given(absences(), days)
def test_one_who_is_there_answers_for_themselves(there: list[Away], day: date) -> None:
    away = {one.associate_id for one in there if one.on(day)}
    for owner in set(TEAM) - away:
        assert acting(owner, day, there) == owner


@given(st.permutations(list(TEAM)), st.integers(2, 6))
def test_a_chain_leads_to_its_end(order: list[int], length: int) -> None:
    chain = order[:length]
    there = [
        Away(one, cover, START, START + timedelta(days=1))
        for one, cover in itertools.pairwise(chain)
    ]
    assert [acting(one, START, there) for one in chain] == [chain[-1]] * length
    assert answers_for(chain[-1], START, there) == set(chain)


@given(st.permutations(list(TEAM)), st.integers(2, 6))
def test_in_a_circle_it_stays_with_the_owner(order: list[int], length: int) -> None:
    ring = order[:length]
    there = [
        Away(one, cover, START, START + timedelta(days=1))
        for one, cover in zip(ring, [*ring[1:], ring[0]], strict=True)
    ]
    for one in ring:
        assert acting(one, START, there) == one
        assert answers_for(one, START, there) == {one}


@given(st.permutations(list(TEAM)), st.integers(3, 6), st.integers(1, 5))
def test_what_leads_into_a_circle_stays_with_the_owner_too(
    order: list[int], length: int, back_to: int
) -> None:
    walk = order[:length]
    ring = walk[min(back_to, length - 2) :]
    there = [
        Away(one, cover, START, START + timedelta(days=1))
        for one, cover in zip(walk, [*walk[1:], ring[0]], strict=True)
    ]
    assert [acting(one, START, there) for one in walk] == walk
