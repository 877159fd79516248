"""What do the fields of a message say for this client, in the language that was taken?

Values are made of what the book knows, as ``resources/template_fields.toml`` says of each. What
is not known has no value here, so that it is asked for before the message goes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from clientele.domain.plans import OccasionKind
from clientele.domain.rules.names import full_name
from clientele.domain.rules.shipped_templates import how_to_stop
from clientele.domain.rules.templates import Variant
from clientele.system.formats import Formats


@dataclass(frozen=True, slots=True)
class Who:
    """Who writes to whom: names of the client, the associate and the store."""

    given_name: str
    family_name: str
    preferred_name: str
    associate: str
    store: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What a message is about; all of it may be empty.

    ``day`` is a day of the store, ``at`` an aware instant; ``amount`` minor units and currency.
    ``occasion`` is its kind, whose it is (empty: the client's own) and its title.
    """

    item: str = ""
    promise: str = ""
    problem: str = ""
    department: str = ""
    occasion: tuple[str, str, str] | None = None
    day: date | None = None
    at: datetime | None = None
    bought_on: date | None = None
    amount: tuple[int, str] | None = None


NOTHING: Final = Matter()

_OWN: Final = {
    "en": {
        OccasionKind.BIRTHDAY: "birthday",
        OccasionKind.ANNIVERSARY: "anniversary",
        OccasionKind.WEDDING: "wedding",
        OccasionKind.GRADUATION: "graduation",
    },
    "de": {
        OccasionKind.BIRTHDAY: "Geburtstag",
        OccasionKind.ANNIVERSARY: "Jahrestag",
        OccasionKind.WEDDING: "Hochzeit",
        OccasionKind.GRADUATION: "Abschluss",
    },
    "nl": {
        OccasionKind.BIRTHDAY: "verjaardag",
        OccasionKind.ANNIVERSARY: "jubileum",
        OccasionKind.WEDDING: "bruiloft",
        OccasionKind.GRADUATION: "afstuderen",
    },
}
_WHOSE: Final = {"en": "{who}’s {what}", "de": "{what} von {who}", "nl": "{what} van {who}"}


def values(who: Who, matter: Matter, variant: Variant, zone: str) -> dict[str, str]:
    """The values by the fields' names, in the language of ``variant``; ``zone`` is the store's."""
    formats = Formats(variant.language, zone)
    whole = full_name(who.given_name, who.family_name)
    found = {
        "preferred name": who.preferred_name or who.given_name or whole,
        "full name": whole or who.preferred_name,
        "associate": who.associate,
        "store": who.store,
        "department": matter.department,
        "item": matter.item,
        "promise": matter.promise,
        "problem": matter.problem,
        "occasion": _occasion(matter, variant.language),
        "how to stop": _stop(variant),
    }
    if matter.day is not None:
        found["day"] = formats.long_day(matter.day)
    if matter.at is not None:
        found["time"] = formats.clock_time(matter.at)
    if matter.bought_on is not None:
        found["month bought"] = formats.month_year(matter.bought_on)
    if matter.amount is not None:
        found["amount"] = formats.money(*matter.amount)
    return {field: value.strip() for field, value in found.items() if value.strip()}


def _occasion(matter: Matter, language: str) -> str:
    """“Grace’s birthday”, “wedding”, or its title; empty where there are no words for it."""
    if matter.occasion is None:
        return ""
    kind, whose, title = matter.occasion
    words = _OWN.get(language, {})
    what = title or next((said for one, said in words.items() if one == kind), "")
    if not whose or title or not what:
        return what
    return _WHOSE[language].format(who=whose, what=what)


def _stop(variant: Variant) -> str:
    try:
        return how_to_stop(variant.language, variant.address)
    except KeyError:
        return ""
