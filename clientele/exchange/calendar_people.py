"""Who may a calendar's appointment be about? Names, addresses and numbers to find clients by.

Nothing here decides who it is: it only collects what somebody wrote, for the book to compare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from clientele.domain.rules.contact_points import is_email
from clientele.exchange.calendar_lines import Part, Property

_MOST: Final = 50
_LONGEST: Final = 5_000
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_WORD: Final = r"[^\W\d_](?:[^\W\d_]|['’.\-]){0,30}"
_WORDS: Final = re.compile(_WORD)
_BETWEEN: Final = frozenset(
    ("van", "von", "de", "der", "den", "ter", "ten", "zu", "zum", "la", "le", "da", "dos", "di")
)
_TITLES: Final = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "dhr", "mevr", "mw", "heer"),
        *("mevrouw", "meneer"),
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the appointment names as invited, or as who invites."""

    name: str
    email: str
    invites: bool = False


def people_of(part: Part) -> tuple[Person, ...]:
    """Who is invited and who invites; rooms and things are left out."""
    found: dict[tuple[str, str], Person] = {}
    for one in part.properties:
        if one.name not in ("ATTENDEE", "ORGANIZER") or len(found) >= _MOST:
            continue
        if one.params.get("CUTYPE", "").upper() in ("ROOM", "RESOURCE"):
            continue
        email = _address(one)
        name = one.params.get("CN", "").strip()[:200]
        name = "" if is_email(name) else name
        if email or name:
            found.setdefault((name, email), Person(name, email, one.name == "ORGANIZER"))
    return tuple(found.values())


def emails_in(text: str, people: Iterable[Person] = ()) -> tuple[str, ...]:
    """The addresses of those invited, and those in the text; in lower case, each once."""
    written = [one.rstrip(".-").lower() for one in _EMAIL.findall(text[:_LONGEST])]
    invited = [one.email for one in people if one.email and not one.invites]
    return tuple(dict.fromkeys([*invited, *written]))[:_MOST]


def phones_in(text: str, country: str) -> tuple[str, ...]:
    """The telephone numbers in the text in E.164, read for ``country`` (ISO 3166), each once."""
    text = text[:_LONGEST]
    if sum(map(str.isdecimal, text)) < 6:
        return ()
    import phonenumbers

    found = phonenumbers.PhoneNumberMatcher(text, country or None, max_tries=100)
    style = phonenumbers.PhoneNumberFormat.E164
    numbers = [phonenumbers.format_number(match.number, style) for match in found]
    return tuple(dict.fromkeys(numbers))[:_MOST]


def names_in(summary: str, people: Iterable[Person] = ()) -> tuple[str, ...]:
    """What may be names: of those invited, and words with capitals side by side in the summary.

    “Fitting with Ada van der Berg” gives “Ada van der Berg”; after a title one word is enough.
    """
    found = [one.name for one in people if one.name and not one.invites]
    run: list[str] = []
    titled, end = False, 0
    for match in _WORDS.finditer(summary[:500]):
        word = match[0].rstrip(".-'’")
        apart = bool(summary[end : match.start()].strip(" .")) or summary[end : match.start()] == ""
        if apart:
            found += _name(run, titled)
            run, titled = [], False
        end = match.end()
        if word.casefold() in _TITLES:
            found += _name(run, titled)
            run, titled = [], True
        elif word[:1].isupper() or (run and word in _BETWEEN):
            run.append(word)
        else:
            found += _name(run, titled)
            run, titled = [], False
    return tuple(dict.fromkeys([*found, *_name(run, titled)]))[:_MOST]


def _name(run: list[str], titled: bool) -> list[str]:
    while run and run[-1] in _BETWEEN:
        run = run[:-1]
    return [" ".join(run)] if (2 <= len(run) <= 6) or (run and titled) else []


def _address(one: Property) -> str:
    told = one.params.get("EMAIL", "") or one.value.strip()
    told = told[7:] if told[:7].lower() == "mailto:" else told
    told = told.partition("?")[0].strip().lower()
    return told if is_email(told) and len(told) <= 320 else ""
