"""What stands in the draft of a form, when two become one, and when a card number was typed?"""

from __future__ import annotations

import json
from typing import Final

from clientele.domain.rules.card_numbers import masked

TYPED: Final = frozenset(
    {
        "about", "amount", "cost", "fit", "garment", "given", "goods", "liked", "measurements",
        "note", "price", "problem", "reason", "receipt", "time", "to", "value", "what", "word",
        "words",
    }
)  # fmt: skip
"""Fields of forms in which somebody types."""

CHOSEN: Final = frozenset(
    {
        "along", "category", "channel", "client", "colleague", "day", "decision", "due",
        "evidence", "kind", "length", "line", "member", "never sold", "part", "purpose",
        "remind", "repeat", "system", "told", "until",
    }
)  # fmt: skip
"""Fields in which one of several is chosen, or a day: there can be but one."""

HAND_OVER: Final = "hand over"
"""There ``to`` is a colleague who is chosen."""

BETWEEN: Final = " / "


def of_both(place: str, one: str, other: str) -> str:
    """The words of two drafts for ``place``, as one draft.

    Plain words stand one below the other. Of two forms each field in which somebody types holds
    both, ``one`` first, where they say different; of what is chosen that of ``one`` counts, and
    that of ``other`` where ``one`` has none. An amount or a time that holds both is refused with
    its own sentence when the form is kept, so that whoever keeps it decides.
    """
    if one == other:
        return one
    mine, theirs = _form(one), _form(other)
    if mine is None or theirs is None:
        return f"{one}\n{other}"
    chosen = {"to"} if place.startswith(HAND_OVER) else set()
    whole = {**theirs, **{name: words for name, words in mine.items() if words.strip()}}
    for name in mine.keys() & theirs.keys() & (TYPED - chosen):
        whole[name] = _both(mine[name], theirs[name])
    return json.dumps(whole, ensure_ascii=False)


def covered(body: str) -> str:
    """A draft with the card numbers in it covered.

    Of a form each field by itself: written down, what parts the digits (a tab, a new line) is
    letters, behind which a number would not be seen.
    """
    form = _form(body)
    if form is None:
        return masked(body)
    plain = {name: masked(words) for name, words in form.items()}
    return body if plain == form else json.dumps(plain, ensure_ascii=False)


def _form(body: str) -> dict[str, str] | None:
    """The fields of a form; None for plain words."""
    try:
        fields = json.loads(body)
    except ValueError:
        return None
    if not isinstance(fields, dict) or not all(isinstance(one, str) for one in fields.values()):
        return None
    return fields


def _both(one: str, other: str) -> str:
    there = [part.strip() for part in one.split(BETWEEN)]
    if not other.strip() or other.strip() in there:
        return one
    return f"{one}{BETWEEN}{other}" if one.strip() else other
