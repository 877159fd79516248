"""Does each input of a verb say who acts in a way that is looked at, and nothing else by that name?

Whoever an input names in a field of ``ACTS`` has to be who is signed in (``services.verb``).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from clientele.domain.rules.rights import Right
from clientele.services.acting import right_of
from clientele.services.verb import ACTS
from tests.services.test_rights import VERBS

NOT_WHO_ACTS = {
    "appointments.move_appointment": "whose appointment it becomes",
    "calendar_import.take_calendar": "whose calendar it is; the verb asks who may by itself",
    "promises.make_promise": "who promised, such as the owner of the visit that an item is held in",
}
"""What the associate is whom an input names that says nobody who acts."""

Field = tuple[str, Any]


def test_who_is_said_to_act_is_an_associate() -> None:
    """Else ``by`` of another meaning would be taken for somebody who is not signed in."""
    for name, kind in inputs():
        for field, hint in looked_at(kind):
            assert field not in ACTS or hint in (int, int | None), f"{name}: {field} is {hint}"


def test_nobody_is_said_to_act_where_it_is_not_looked_at() -> None:
    """What an input holds many of is not gone through."""
    for name, kind in inputs():
        for field, hint in everything_in(kind) - looked_at(kind):
            assert field not in ACTS or hint not in (int, int | None), f"{name}: {field}"


def test_every_field_that_says_who_acts_is_looked_at() -> None:
    said = {field for _, kind in inputs() for field, _ in looked_at(kind)}
    assert {one for one in said if one == "by" or one.endswith("_by")} == ACTS


def test_an_associate_beside_nobody_who_acts_is_somebody_it_is_about() -> None:
    """Of what every associate may do; what managers may is done to the one who is named."""
    found = set()
    for name, kind in inputs():
        names = {field for field, _ in looked_at(kind)}
        if right_of(VERBS[name]) is Right.SERVE and not names & ACTS:
            found |= {name for one in names if one.endswith("associate_id")}
    assert found == set(NOT_WHO_ACTS)


def inputs() -> Iterator[tuple[str, Any]]:
    """Each verb and the kind of its input."""
    for name, verb in VERBS.items():
        hints = get_type_hints(inspect.unwrap(verb))
        yield name, next(one for key, one in hints.items() if key != "session")


def looked_at(kind: Any) -> set[Field]:
    """The fields of an input, and of inputs that stand in it, with their types."""
    if get_origin(kind) in (Union, UnionType):
        return set[Field]().union(*(looked_at(one) for one in get_args(kind)))
    if not is_dataclass(kind):
        return set()
    hints = get_type_hints(kind)
    return set(hints.items()).union(*(looked_at(one) for one in hints.values()))


def everything_in(kind: Any) -> set[Field]:
    """Those, and the fields of what it holds many of."""
    within = get_type_hints(kind) if is_dataclass(kind) else {}
    further = (*within.values(), *get_args(kind))
    return set(within.items()).union(*(everything_in(one) for one in further))
