"""Habits are counts and medians of rows that are there, in any order, or say what is missing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from clientele.domain.rules.colours import Colour, colour_in
from clientele.domain.rules.habits import (
    LEAST,
    OF_TICKETS,
    Habit,
    Ledger,
    Line,
    Of,
    habits,
    ledger,
    quarter,
)

FIRST = date(2024, 2, 29)
ITEMS = ("Derby, navy, 10 D", "Oxford shirt, weiß, 41", "Trui, grijs, M", "Tote", "Suit, navy, 42R")


def line(
    key: int, day: int = 0, amount: int = 900, item: str = "Derby", *, ticket: int = 0,
    quantity: int = 1000, currency: str = "EUR", brand: str = "", department: int = 1,
    of: int | None = None, why: str = "",
) -> Line:  # fmt: skip
    on = FIRST + timedelta(days=day)
    return Line(
        key, ticket or key, on, department, f"D{department}", item, "", brand, "", quantity, amount,
        currency, of, why,
    )  # fmt: skip


def back(key: int, day: int, item: str = "Derby", of: int | None = None) -> Line:
    return line(key, day, -900, item, quantity=-1000, of=of, why="too narrow")


def of(told: tuple[Habit, ...], kind: Of) -> Habit:
    return next(habit for habit in told if habit.of == kind)


def told(*lines: Line, given_away: frozenset[int] = frozenset(), brands: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    return habits(ledger(lines), "EUR", given=given_away, brands=brands)


LINES = st.lists(
    st.builds(
        lambda day, amount, item, department, ticket, gone: (
            day, amount, item, department, ticket, gone,
        ),
        st.integers(0, 900),
        st.integers(0, 90_000),
        st.sampled_from(ITEMS),
        st.integers(1, 3),
        st.integers(1, 9),
        st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


def _book(drawn: list[tuple[int, int, str, int, int, bool]]) -> list[Line]:
    """Sold lines, some of them brought back by their own return; a ticket has one day."""
    lines = []
    days = {ticket: day for day, _, _, _, ticket, _ in drawn}
    for at, (_, amount, item, department, ticket, gone) in enumerate(drawn):
        key = 2 * at + 1
        sold = line(key, days[ticket], amount, item, ticket=ticket, department=department)
        lines.append(sold)
        if gone:
            lines.append(back(key + 1, days[ticket] + 5, item, of=key)._replace(amount=-amount))
    return lines


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    drawn: list[tuple[int, int, str, int, int, bool]], random: Random
) -> None:
    lines = _book(drawn)
    other = list(lines)
    random.shuffle(other)

    def plain(book: Ledger) -> set[object]:
        return {
            (one.of, one.name, one.count, one.total, one.amount, one.number, one.spread,
             one.last_on, one.lacking, frozenset(one.rows))
            for one in habits(book, "EUR")
        }  # fmt: skip

    assert plain(ledger(lines)) == plain(ledger(other))


@given(LINES)
def test_medians_are_right_and_every_number_is_of_its_rows(
    drawn: list[tuple[int, int, str, int, int, bool]],
) -> None:
    lines = _book(drawn)
    book = ledger(lines)
    found = habits(book, "EUR")
    sums: dict[int, int] = {}
    for one in book.bought:
        sums[one.line.purchase_id] = sums.get(one.line.purchase_id, 0) + one.line.amount
    kept = {one.line.id for one in book.bought if one.left > 0}
    if not book.bought:
        assert found == ()
        return
    basket = of(found, Of.BASKET)
    assert set(basket.rows) == set(sums)
    if basket.spread is not None:
        assert basket.spread.middle == round(median(sums.values()))
        assert basket.spread.low <= basket.spread.middle <= basket.spread.high
    days = sorted({one.line.on for one in book.bought})
    rhythm = of(found, Of.RHYTHM)
    assert rhythm.last_on == days[-1]
    if rhythm.spread is not None:
        gaps = [(later - day).days for day, later in pairwise(days)]
        assert rhythm.spread.middle == round(median(gaps))
    for habit in found:
        assert 0 <= habit.count <= habit.total
        assert bool(habit.lacking) == (habit.total < LEAST[habit.of])
        assert habit.lacking == max(LEAST[habit.of] - habit.total, 0)
        if habit.name:
            assert len(habit.rows) == habit.count
            assert set(habit.rows) <= kept
        if habit.of in OF_TICKETS:
            assert set(habit.rows) <= set(sums)


RETURNS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(ITEMS), st.integers(1, 3), st.booleans()), max_size=30
)


@given(RETURNS)
def test_returns_never_make_less_than_nothing(
    moved: list[tuple[bool, str, int, bool]],
) -> None:
    lines = []
    for key, (comes_back, item, many, named) in enumerate(moved, 1):
        sign = -1 if comes_back else 1
        lines.append(
            line(
                key, key, sign * 500 * many, item, quantity=sign * 1000 * many,
                of=1 if comes_back and named else None,
            )
        )  # fmt: skip
    book = ledger(lines)
    sold = [one for one in lines if one.amount > 0]
    assert len(book.bought) == len(sold)
    assert all(0 <= one.left <= one.line.quantity for one in book.bought)
    assert all(0 <= one.left_amount <= one.line.amount for one in book.bought)
    matched = sum(len(one.back) for one in book.bought)
    assert matched + len(book.unknown) == len(lines) - len(sold)
    for habit in habits(book, "EUR"):
        assert habit.count >= 0
        assert habit.amount >= 0


def test_too_few_rows_say_how_many_more_are_needed() -> None:
    found = told(line(1, 0), line(2, 7))
    assert of(found, Of.RHYTHM).lacking == LEAST[Of.RHYTHM] - 2
    assert of(found, Of.BASKET).lacking == LEAST[Of.BASKET] - 2
    assert of(found, Of.BASKET).spread is None
    assert told() == ()


def test_a_rhythm_over_the_29th_of_february_and_two_tickets_on_a_day() -> None:
    found = told(line(1, 0), line(2, 14), line(3, 14), line(4, 28), line(5, 366))
    rhythm = of(found, Of.RHYTHM)
    assert rhythm.total == 4
    assert rhythm.spread is not None
    assert rhythm.spread.middle == 14
    assert rhythm.last_on == date(2025, 3, 1)
    assert set(rhythm.rows) == {1, 2, 3, 4, 5}


def test_amounts_of_another_currency_are_left_out_and_said() -> None:
    lines = [line(key, key, 1000 * key) for key in (1, 2, 3)]
    found = told(*lines, line(4, 9, 999_999, currency="USD"))
    basket, department = of(found, Of.BASKET), of(found, Of.DEPARTMENT)
    assert basket.spread is not None
    assert (basket.spread.middle, basket.total, basket.left_out) == (2000, 3, 1)
    assert (department.count, department.amount, department.left_out) == (4, 6000, 1)


def test_makers_sizes_and_colours_are_read_from_words_but_not_from_gifts() -> None:
    lines = (
        line(1, 1, item="Arden derby, navy, 10 D"),
        line(2, 2, item="Derby, dunkelblau, 10 D", brand="ARDEN"),
        line(3, 3, item="Derby, zwart, 9 D"),
        line(4, 4, item="Derby, black, 9 D", brand="Arden"),
        line(5, 5, item="Derby, black, 9 D", brand="Arden"),
    )
    found = told(*lines, given_away=frozenset({5}), brands=("Arden",))
    brand, size, colour = (of(found, one) for one in (Of.BRAND, Of.SIZE, Of.COLOUR))
    assert (brand.name.casefold(), brand.count, brand.total) == ("arden", 3, 3)
    assert (size.count, size.total) == (2, 4)
    assert [habit.name for habit in found if habit.of == Of.COLOUR] == ["black", "navy"]
    assert set(colour.rows) == {3, 4}


def test_a_maker_is_not_read_out_of_half_a_word() -> None:
    items = ("Garden scent", "Ardennes ham", "Gardenia")
    lines = [line(key, key, item=item) for key, item in enumerate(items, 1)]
    found = told(*lines, brands=("Arden",))
    assert of(found, Of.BRAND).lacking == LEAST[Of.BRAND]


def test_a_weekday_is_a_habit_only_where_it_stands_out() -> None:
    weekly = [line(key, 7 * key) for key in range(1, 7)]
    thursday = of(told(*weekly), Of.WEEKDAY)
    assert (thursday.number, thursday.count) == (3, 6)
    each = [line(key, key) for key in range(1, 8)]
    assert of(told(*each), Of.WEEKDAY).number is None
    tie = [line(key, key % 2 + 7 * key) for key in range(1, 7)]
    assert of(told(*tie), Of.WEEKDAY).number is None


def test_quarters_begin_with_december() -> None:
    months = [quarter(date(2024, month, 1)) for month in range(1, 13)]
    assert months == [12, 12, 3, 3, 3, 6, 6, 6, 9, 9, 9, 12]


def test_what_came_back_counts_lines_and_names_them() -> None:
    lines = [line(key, key, item=f"Tie {key}") for key in range(1, 7)]
    found = told(*lines, back(9, 20, "Tie 2"), back(10, 21, "Cap"))
    assert of(found, Of.BACK).rows == (2,)
    assert (of(found, Of.BACK).count, of(found, Of.BACK).total) == (1, 6)


def test_colours_are_read_in_three_languages() -> None:
    read = [colour_in(words) for words in ("Mantel, schwarz", "Trui, grijs", "Tan loafer", "Tote")]
    assert read == [Colour.BLACK, Colour.GREY, Colour.BROWN, None]
    assert colour_in("Predator boots") is None
