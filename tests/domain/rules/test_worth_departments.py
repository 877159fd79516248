"""Is it counted rightly which department clients take up next, and said when too few are known?"""

from __future__ import annotations

from clientele.domain.rules.returning import Learnt
from clientele.domain.rules.worth_a_call_texts import learnt_in, learnt_text
from clientele.domain.rules.worth_departments import (
    FIRST,
    LEAST,
    Followed,
    course_in,
    course_of,
    likely_next,
    text_of,
)

SHOES, SUITS, BAGS, RINGS = 1, 2, 3, 4


def test_what_those_with_the_same_departments_took_up_next() -> None:
    clients = [(SHOES, BAGS)] * 12 + [(SHOES,)] * 10 + [(SHOES, SUITS)] * 8 + [(BAGS, SHOES)] * 30
    course = course_of(clients)
    assert likely_next(course, [SHOES]) == Followed(BAGS, 12, 30, (SHOES,))
    assert likely_next(course, [BAGS]) == Followed(SHOES, 30, 30, (BAGS,))


def test_in_which_order_they_came_to_them_does_not_matter() -> None:
    clients = [(SHOES, BAGS, RINGS)] * 10 + [(BAGS, SHOES, RINGS)] * 10
    assert likely_next(course_of(clients), (BAGS, SHOES)) == Followed(RINGS, 20, 20, (SHOES, BAGS))


def test_too_few_say_nothing() -> None:
    course = course_of([(SHOES, BAGS)] * (LEAST - 1))
    assert likely_next(course, [SHOES]) is None
    assert course.seen([SHOES]) == LEAST - 1


def test_where_nothing_stands_out_nothing_is_said() -> None:
    course = course_of([(SHOES, BAGS)] * 29 + [(SHOES,)] * 71)
    assert likely_next(course, [SHOES]) is None
    assert likely_next(course_of([(SHOES, BAGS)] * 30 + [(SHOES,)] * 70), [SHOES]) is not None


def test_nobody_is_known_who_bought_in_just_these() -> None:
    assert likely_next(course_of([]), [SHOES]) is None
    assert course_of([]).seen([SHOES]) == 0


def test_whoever_bought_in_many_is_not_counted() -> None:
    course = course_of([(SHOES, SUITS, BAGS, RINGS)] * LEAST)
    assert course.seen((SHOES, SUITS, BAGS, RINGS)) == 0
    assert course.seen((SHOES, SUITS, BAGS)) == LEAST
    assert FIRST == 3


def test_of_equals_the_first_department() -> None:
    course = course_of([(SHOES, BAGS)] * 10 + [(SHOES, SUITS)] * 10)
    assert likely_next(course, [SHOES]) == Followed(SUITS, 10, 20, (SHOES,))


def test_what_was_learnt_comes_back_from_its_text() -> None:
    course = course_of([(SHOES, BAGS)] * 12 + [(BAGS,)] * 3)
    assert course_in(text_of(course)) == course
    learnt = Learnt(soon=0.31, back=(1, 2, 3, 4, 5, 6, 7.5), stays=(0, 0, 0, 0, 0, 0, 1), rows=9)
    for one in (learnt, Learnt()):
        assert learnt_in(learnt_text(one, course)) == (one, course)


def test_a_text_of_another_form_is_learnt_anew() -> None:
    for text in ("", "{}", '[2,{},""]', '[1,{"strange":1},"[20,[]]"]'):
        assert learnt_in(text) is None
