"""How is what a store's past taught kept in the book? As JSON, of this form alone."""

from __future__ import annotations

import json
from dataclasses import asdict

from clientele.domain.rules.returning import Learnt
from clientele.domain.rules.worth_departments import Course, course_in, text_of

_FORM = 1


def learnt_text(learnt: Learnt, course: Course) -> str:
    """Both as one text."""
    return json.dumps([_FORM, asdict(learnt), text_of(course)], separators=(",", ":"))


def learnt_in(text: str) -> tuple[Learnt, Course] | None:
    """What ``learnt_text`` wrote; None for another form, which is then learnt anew."""
    try:
        form, values, course = json.loads(text)
        if form != _FORM:
            return None
        for name in ("back", "stays"):
            if values[name] is not None:
                values[name] = tuple(values[name])
        return Learnt(**values), course_in(course)
    except (ValueError, TypeError, KeyError):
        return None
