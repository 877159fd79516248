"""A chance is learnt from days before, a rhythm is counted, and too few days are said to be few."""

from __future__ import annotations

from datetime import date, timedelta
from math import log
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientele.domain.rules.habits import Spread
from clientele.domain.rules.returning import (
    NEEDED,
    SPANS,
    Learnt,
    Scored,
    chance,
    faded,
    ranked,
    returning,
    scored,
    scorer,
    signals,
)
from clientele.domain.rules.returning_learnt import AT_LEAST, fitted, learn
from tests.examples import examples

TODAY = date(2026, 10, 1)
NOW = TODAY.toordinal()
WEIGHED = Learnt(
    soon=0.4,
    back=(0.4, -0.1, 0.3, -0.1, 0.3, 0.6, -1.5),
    stays=(-0.2, 0.1, -0.1, 0.2, -0.5, -0.7, 1.2),
    rows=1000,
)
PLAIN = Learnt()

AGES = st.lists(st.integers(0, 2000), min_size=1, max_size=30, unique=True)


def ago(*ages: int) -> list[date]:
    return [TODAY - timedelta(age) for age in ages]


def numbers(ages: list[int]) -> list[int]:
    return sorted(NOW - age for age in ages)


def store(clients: int, seed: int = 1, *, until: int = NOW) -> list[list[int]]:
    """Half come about weekly, half every three months; of both, some have stopped."""
    rng = Random(seed)
    made = []
    for at in range(clients):
        gap = 7 if at % 2 else 90
        end = until - (rng.randrange(400) if at % 5 == 0 else 0)
        day = until - 700 + rng.randrange(gap)
        days = []
        while day < end:
            days.append(day)
            day += 1 + int(rng.expovariate(1 / gap))
        made.append(days)
    return [days for days in made if days]


@pytest.fixture(scope="module")
def learnt() -> Learnt:
    return learn(store(600), TODAY)


def test_usually_every_24_days_and_41_ago() -> None:
    told = returning(ago(137, 113, 90, 65, 41), TODAY, PLAIN).rhythm
    assert told is not None
    assert told.gaps == Spread(24, 24, 24)
    assert (told.of, told.since, told.late, told.longer) == (4, 41, 17, 0)
    assert told.expected == TODAY - timedelta(41 - 24)


def test_they_have_been_away_so_long_before() -> None:
    told = returning(ago(200, 150, 140, 100, 40), TODAY, PLAIN).rhythm
    assert told is not None
    assert told.longer == 3
    assert told.gaps == Spread(32, 45, 52)
    assert (told.expected, told.late) == (TODAY + timedelta(5), 0)


@pytest.mark.parametrize("days", range(NEEDED + 2))
def test_with_too_few_days_there_is_no_rhythm(days: int) -> None:
    told = returning(ago(*range(10, 10 + 7 * days, 7)), TODAY, WEIGHED)
    assert told.lacking == max(NEEDED - days, 0)
    assert (told.rhythm is None) == (days < NEEDED)
    assert len(told.days) == days


def test_who_never_bought_is_not_expected() -> None:
    for known in (PLAIN, WEIGHED):
        told = returning([], TODAY, known)
        assert (told.comes, told.stays, told.days) == (0.0, 1.0, ())
    assert list(scored([(1, []), (2, [NOW + 3])], TODAY, WEIGHED)) == []


@given(AGES, st.randoms(use_true_random=False))
def test_order_days_twice_and_days_to_come_change_nothing(ages: list[int], rng: Random) -> None:
    days = ago(*ages)
    mixed = [*days, *days[:3], TODAY + timedelta(1), TODAY + timedelta(900)]
    rng.shuffle(mixed)
    told = returning(mixed, TODAY, WEIGHED)
    assert told == returning(days, TODAY, WEIGHED)
    assert told.days == tuple(sorted(days, reverse=True))
    later = [*numbers(ages), NOW + 1]
    for known in (PLAIN, WEIGHED):
        assert list(scored([(7, later)], TODAY, known)) == list(
            scored([(7, later[:-1])], TODAY, known)
        )
        assert scorer(TODAY, known)(later) == scorer(TODAY, known)(later[:-1])


DAYS = st.dates(max_value=date(2200, 1, 1))


@given(st.lists(DAYS, max_size=12), DAYS, st.sampled_from([PLAIN, WEIGHED]))
def test_chances_are_chances_whatever_the_days(
    days: list[date], today: date, known: Learnt
) -> None:
    told = returning(days, today, known)
    assert 0 <= told.comes <= 1
    assert 0 <= told.stays <= 1


@given(AGES, st.integers(1, 40), st.floats(0.02, 0.98))
def test_signals_are_what_their_words_say(ages: list[int], within: int, soon: float) -> None:
    ages.sort(reverse=True)
    short, middle, long = map(faded, SPANS)
    told = signals(numbers(ages), NOW, within, soon, short, middle, long)
    for signal, span in zip(told, SPANS, strict=False):
        assert signal == pytest.approx(log(sum(0.5 ** (age / span) for age in ages) + 0.1))
    assert told[3:5] == pytest.approx((log(1 + ages[-1]), log(1 + ages[0])))
    yes = no = 0.0
    for day in range(ages[0], 0, -1):  # each day of the past, by its age
        worth = middle[day - 1] - middle[day]
        if any(day - within <= age < day for age in ages):
            yes += worth
        elif day > within:  # else it is too early to say
            no += worth
    assert told[5] == pytest.approx(log((yes + 0.1 * soon) / (no + 0.1 * (1 - soon))), abs=1e-6)


@given(st.lists(AGES, max_size=8), st.integers(0, 9), st.sampled_from([PLAIN, WEIGHED]))
def test_many_are_ranked_as_each_alone(
    histories: list[list[int]], most: int, known: Learnt
) -> None:
    rows = [(at, numbers(ages)) for at, ages in enumerate(histories)]
    each = list(scored(rows, TODAY, known))
    for (_, ages), one in zip(rows, each, strict=True):
        alone = returning(map(date.fromordinal, ages), TODAY, known)
        assert (one.comes, one.stays, one.since) == (alone.comes, alone.stays, NOW - ages[-1])
        assert one.usual == (alone.rhythm.gaps.middle if alone.rhythm else None)
    first = ranked(rows, TODAY, known, most=most)
    assert first == sorted(each, key=lambda one: (-one.stays, one.id))[:most]


def test_whom_nobody_is_to_call_is_left_out() -> None:
    rows = [(9, numbers([400])), (3, numbers([2, 9])), (4, numbers([2, 9]))]

    def soonest(one: Scored) -> float:
        return one.comes if one.since < 100 else -1

    assert [one.id for one in ranked(rows, TODAY, PLAIN, most=5, worth=soonest)] == [3, 4]


def test_plain_rates_tell_the_frequent_from_the_lapsed() -> None:
    chances = scorer(TODAY, PLAIN)
    weekly, lapsed, once = (
        chances(numbers(ages)) for ages in (list(range(3, 400, 7)), list(range(203, 600, 7)), [350])
    )
    assert weekly[0] > 0.8
    assert 0.5 > lapsed[0] > once[0]
    assert weekly[1] < 0.1
    assert lapsed[1] < once[1]
    # One in seven days, early and late: two weeks without one are unlikely.
    assert weekly[0] == pytest.approx(1 - 2.718 ** (-14 / 7), abs=0.05)


def test_a_store_teaches_who_comes_back(learnt: Learnt) -> None:
    assert learnt.rows > 3000
    assert 0.3 < learnt.soon < 0.7
    weekly = returning(ago(*range(3, 400, 7)), TODAY, learnt)
    seldom = returning(ago(*range(30, 600, 90)), TODAY, learnt)
    lapsed = returning(ago(*range(203, 600, 7)), TODAY, learnt)
    assert weekly.comes > 0.75
    assert 0.4 > seldom.comes > lapsed.comes
    assert weekly.stays < 0.15
    assert 0.5 < seldom.stays < lapsed.stays


def test_what_is_foreseen_is_about_as_frequent_as_what_happens(learnt: Learnt) -> None:
    later = store(900, seed=2, until=NOW + 60)
    pasts = [[day for day in days if day < NOW] for days in later]
    known = [(past, days) for past, days in zip(pasts, later, strict=True) if past]
    chances = [scorer(TODAY, learnt)(past) for past, _ in known]
    came = [any(NOW <= day < NOW + 14 for day in days) for _, days in known]
    gone = [not any(NOW <= day < NOW + 30 for day in days) for _, days in known]
    count = len(known)
    assert sum(comes for comes, _ in chances) / count == pytest.approx(sum(came) / count, abs=0.05)
    assert sum(stays for _, stays in chances) / count == pytest.approx(sum(gone) / count, abs=0.05)


def test_today_and_later_teach_nothing_and_the_same_days_teach_the_same(learnt: Learnt) -> None:
    longer = [[*days, NOW, NOW + 1, NOW + 9] for days in store(600)]
    assert learn([*longer, [NOW], []], TODAY) == learnt


def test_a_day_that_cannot_be_teaches_nothing(learnt: Learnt) -> None:
    first, *others = store(600)
    assert learn([[5], [5, *first], *others], TODAY) == learnt


def test_too_short_a_past_teaches_nothing() -> None:
    days = [[NOW - 60, NOW - 5 - 40 * (at % 2)] for at in range(500)]
    assert learn(days, TODAY).rows == 0
    assert learn([[NOW - 200], *days], TODAY).rows > 0
    assert learn([], TODAY) == Learnt(soon=0.02)
    assert learn(store(AT_LEAST // 4), TODAY).back is None


def test_of_many_clients_only_some_are_learnt_from(monkeypatch: pytest.MonkeyPatch) -> None:
    days = store(600)
    monkeypatch.setattr("clientele.domain.rules.returning_learnt.AT_MOST", 200)
    every_third = learn(days, TODAY)
    assert every_third == learn(days[::3], TODAY)
    assert every_third.back is not None


@settings(max_examples=examples(10))
@given(st.integers(0, 10_000))
def test_weights_stand_where_nothing_is_likelier(seed: int) -> None:
    rng = Random(seed)
    rows = []
    for _ in range(300):
        row = tuple(rng.gauss(at, 1 + at) for at in range(6))
        rows.append((row, float(rng.random() < chance(row[0] - row[2] / 3 + 0.5))))
    weights = fitted(rows)  # type: ignore[arg-type]
    assert weights[0] > 0 > weights[2]

    def unlikely(weights: tuple[float, ...]) -> float:
        lost = 0.0
        for row, right in rows:
            thought = chance(sum(w * x for w, x in zip(weights, (*row, 1.0), strict=True)))
            lost -= log(thought if right else 1 - thought)
        for at in range(6):
            column = [row[at] for row, _ in rows]
            mean = sum(column) / len(column)
            spread = sum((x - mean) ** 2 for x in column) / len(column)
            lost += 10.0 / 2 * weights[at] ** 2 * spread
        return lost

    least = unlikely(weights)
    for at in range(7):
        for step in (-0.02, 0.02):
            moved = (*weights[:at], weights[at] + step, *weights[at + 1 :])
            assert unlikely(moved) > least


def test_a_signal_that_says_nothing_gets_no_weight() -> None:
    rows = [((float(at % 7), 5.0, 0.0, 1.0, 2.0, 3.0), float(at % 7 > 2)) for at in range(200)]
    weights = fitted(rows)
    assert weights[0] > 0.5
    assert weights[1:6] == (0.0, 0.0, 0.0, 0.0, 0.0)
