"""How is a filter kept? As JSON with a version, read back strictly: a part unknown is refused.

A list that lost a condition in silence would show clients whom nobody asked for; so what a newer
version wrote, or what was damaged, is said and not guessed.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from clientele.domain.errors import Refusal
from clientele.domain.rules.filters import SHAPES, Condition, Filter, Group, Match, What

VERSION = 1
"""Of the form below; a new kind of condition needs no new version, another structure does."""

MOST_PARTS = 60
"""Conditions of one filter: far more than anybody reads, and few enough to compile."""

LONGEST = 200
"""Letters of a text in a condition."""

_BIGGEST = (1 << 63) - 1


class UnknownFilter(Refusal):
    """A saved list asks for something that this version cannot read."""

    template = (
        "This list asks for something that this version does not know (“{part}”). "
        "Nothing was changed; update the program, or make the list anew."
    )


def filter_json(asked: Filter) -> str:
    """The filter as text, always the same for the same filter."""
    parts: list[dict[str, Any]] = []
    for part in asked.parts:
        if isinstance(part, Group):
            inner = [_written(condition) for condition in part.parts]
            parts.append({"match": part.match.value, "parts": inner})
        else:
            parts.append(_written(part))
    whole = {"version": VERSION, "match": asked.match.value, "parts": parts}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def filter_of(text: str) -> Filter:
    """Read what ``filter_json`` wrote.

    Raises:
        UnknownFilter: it is of a newer version, holds a part that is unknown, or is damaged.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise UnknownFilter(part=text[:40]) from None
    if not isinstance(whole, dict) or whole.get("version") != VERSION:
        found = whole.get("version") if isinstance(whole, dict) else text[:40]
        raise UnknownFilter(part=f"version {found}")
    _refuse_others(whole, {"version", "match", "parts"})
    match = _match(whole.get("match"))
    parts = tuple(_part(part) for part in _parts(whole))
    asked = Filter(match, parts)
    if len(asked.conditions()) > MOST_PARTS:
        raise UnknownFilter(part=f"more than {MOST_PARTS} conditions")
    return asked


def _written(condition: Condition) -> dict[str, Any]:
    values: dict[str, Any] = {"is": condition.what.value}
    if condition.words:
        values["words"] = condition.words
    for name in ("about", "least", "most"):
        if (number := getattr(condition, name)) is not None:
            values[name] = number
    for name in ("first", "last"):
        if (day := getattr(condition, name)) is not None:
            values[name] = day.isoformat()
    if condition.turned:
        values["not"] = True
    return values


def _part(part: Any) -> Condition | Group:
    if isinstance(part, dict) and "parts" in part:
        _refuse_others(part, {"match", "parts"})
        inner = tuple(_condition(one) for one in _parts(part))
        if not inner:
            raise UnknownFilter(part="{}")
        return Group(_match(part.get("match")), inner)
    return _condition(part)


def _condition(part: Any) -> Condition:
    if not isinstance(part, dict):
        raise UnknownFilter(part=str(part)[:40])
    name = part.get("is")
    if not isinstance(name, str) or name not in {what.value for what in SHAPES}:
        raise UnknownFilter(part=str(name)[:40])
    _refuse_others(part, {"is", "words", "about", "least", "most", "first", "last", "not"})
    words = part.get("words", "")
    if not isinstance(words, str) or len(words) > LONGEST or part.get("not", True) is not True:
        raise UnknownFilter(part=name)
    condition = Condition(
        What(name),
        words=words,
        about=_number(part, "about", name),
        least=_number(part, "least", name),
        most=_number(part, "most", name),
        first=_day(part, "first", name),
        last=_day(part, "last", name),
        turned="not" in part,
    )
    if not condition.whole:
        raise UnknownFilter(part=name)
    return condition


def _parts(whole: dict[str, Any]) -> list[Any]:
    parts = whole.get("parts")
    if not isinstance(parts, list):
        raise UnknownFilter(part=str(parts)[:40])
    return parts


def _match(value: Any) -> Match:
    if not isinstance(value, str) or value not in {match.value for match in Match}:
        raise UnknownFilter(part=str(value)[:40])
    return Match(value)


def _number(part: dict[str, Any], key: str, name: str) -> int | None:
    value = part.get(key)
    if value is None and key not in part:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _BIGGEST:
        raise UnknownFilter(part=name)
    return value


def _day(part: dict[str, Any], key: str, name: str) -> date | None:
    value = part.get(key)
    if value is None and key not in part:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise UnknownFilter(part=name) from None


def _refuse_others(part: dict[str, Any], known: set[str]) -> None:
    for name in part:
        if name not in known:
            raise UnknownFilter(part=name[:40])
