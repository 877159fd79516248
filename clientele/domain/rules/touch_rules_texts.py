"""How is a rule kept? As JSON with the number of its form, read back strictly.

A rule that lost a condition in silence would write to clients whom nobody meant; so what a newer
version wrote, or what was damaged, is said and not guessed. The id, the version and whether it is
on stand beside the text, where they are asked for. The rules that a store starts with are data:
``resources/touch_rules.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.money import Money, exponent
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.touch_rules import Gets, Rule, Trigger, Unit, Whose, checked
from clientele.system.resources import resource

FORM = 1
"""Of the text below; it changes where its structure does."""

_NUMBERS = ("wait", "overdue", "years", "once_in", "expires")
_IDS = ("departments", "tags", "not_on")
_KNOWN = {
    *_NUMBERS,
    *_IDS,
    "form",
    "name",
    "trigger",
    "template",
    "channel",
    "otherwise",
    "unit",
    "least",
    "book",
    "kinds",
    "whose",
    "gets",
    "among_all",
}
_PLAIN = Rule("-", Trigger.PURCHASE, "-", Channel.CALL)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_BIGGEST = (1 << 63) - 1

_Word = TypeVar("_Word", bound=StrEnum)


class UnknownRule(Refusal):
    """A kept rule says something that this version cannot read."""

    template = (
        "This rule says something that this version does not know (“{part}”). "
        "It creates nothing; update the program, or make the rule anew."
    )


def rule_json(rule: Rule) -> str:
    """What a manager said in the rule, as text, always the same for the same rule."""
    values: dict[str, Any] = {
        "form": FORM,
        "name": rule.name,
        "trigger": rule.trigger.value,
        "template": rule.template,
        "channel": rule.channel.value,
    }
    if rule.otherwise:
        values["otherwise"] = [one.value for one in rule.otherwise]
    for name in (*_NUMBERS, "book", "among_all"):
        if (value := getattr(rule, name)) != getattr(_PLAIN, name):
            values[name] = value
    for name in (*_IDS, "kinds"):
        if found := getattr(rule, name):
            values[name] = sorted(found)
    for name in ("unit", "whose", "gets"):
        if (word := getattr(rule, name)) is not getattr(_PLAIN, name):
            values[name] = word.value
    if rule.least is not None:
        values["least"] = {"minor": rule.least.minor, "currency": rule.least.currency}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def rule_of(text: str, *, id: int = 0, version: int = 1, on: bool = True) -> Rule:
    """Read what ``rule_json`` wrote; ``id``, ``version`` and ``on`` stand beside it.

    Raises:
        UnknownRule: it is of a newer form, holds a part that is unknown, or is damaged.
        Refusal: it can be read and makes no sense (``checked``).
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise UnknownRule(part=text[:40]) from None
    if not isinstance(values, dict) or values.get("form") != FORM:
        found = values.get("form") if isinstance(values, dict) else text[:40]
        raise UnknownRule(part=f"form {found}")
    return replace(_rule(values), id=id, version=version, on=on)


def starting_rules(currency: str, language: str = "en") -> tuple[Rule, ...]:
    """The rules that a store starts with, all on, none of them kept yet (``id`` 0).

    Amounts are round ones of the store's currency. Names are in ``language`` (en, de, nl; else
    English): from then on they are the manager's own words.
    """
    data = _data()
    many = 10 ** exponent(currency) * data["about_one"].get(currency, 1)
    found = []
    for row in data["rule"]:
        names = row["name"]
        values = {**row, "name": names.get(language[:2], names["en"])}
        if "least" in row:
            values["least"] = {"minor": row["least"] * many, "currency": currency}
        found.append(_rule(values))
    return tuple(found)


@cache
def _data() -> dict[str, Any]:
    with resource("touch_rules.toml").open("rb") as file:
        return tomllib.load(file)


def _rule(values: dict[str, Any]) -> Rule:
    for name in values:
        if name not in _KNOWN:
            raise UnknownRule(part=name[:40])
    numbers = {name: _number(values, name) for name in _NUMBERS}
    ids = {name: frozenset(_ids(values, name)) for name in _IDS}
    if not ids["not_on"] <= frozenset(range(7)):
        raise UnknownRule(part="not_on")
    among_all = values.get("among_all", True)
    if not isinstance(among_all, bool):
        raise UnknownRule(part="among_all")
    kinds = frozenset(_word(OccasionKind, one).value for one in _list(values, "kinds"))
    return checked(
        Rule(
            name=_text(values, "name"),
            trigger=_word(Trigger, values.get("trigger")),
            template=_text(values, "template"),
            channel=_word(Channel, values.get("channel")),
            otherwise=tuple(_word(Channel, one) for one in _list(values, "otherwise")),
            unit=_word(Unit, values.get("unit", Unit.DAYS)),
            least=_money(values.get("least")) if "least" in values else None,
            book=_whole(values["book"], "book") if "book" in values else None,
            kinds=kinds,
            whose=_word(Whose, values.get("whose", Whose.ANYBODY)),
            gets=_word(Gets, values.get("gets", Gets.OWNER)),
            among_all=among_all,
            departments=ids["departments"],
            tags=ids["tags"],
            not_on=ids["not_on"],
            wait=numbers["wait"],
            overdue=numbers["overdue"],
            years=numbers["years"],
            once_in=numbers["once_in"],
            expires=numbers["expires"],
        )
    )


def _word(words: type[_Word], value: Any) -> _Word:
    if not isinstance(value, str) or value not in {one.value for one in words}:
        raise UnknownRule(part=str(value)[:40])
    return words(value)


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise UnknownRule(part=name)
    return value


def _number(values: dict[str, Any], name: str) -> int:
    return _whole(values.get(name, getattr(_PLAIN, name)), name)


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _BIGGEST:
        raise UnknownRule(part=name)
    return value


def _list(values: dict[str, Any], name: str) -> list[Any]:
    found = values.get(name, [])
    if not isinstance(found, list):
        raise UnknownRule(part=name)
    return found


def _ids(values: dict[str, Any], name: str) -> list[int]:
    return [_whole(one, name) for one in _list(values, name)]


def _money(value: Any) -> Money:
    if not isinstance(value, dict) or set(value) != {"minor", "currency"}:
        raise UnknownRule(part="least")
    currency = value["currency"]
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise UnknownRule(part="least")
    return Money(_whole(value["minor"], "least"), currency)
