"""Which language, and which time zone, does a cell name? What neither knows is left aside.

A file of clients is not held up by either: an unknown word is no reason to reject somebody.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from zoneinfo import available_timezones

from clientele.domain.rules.names import folded

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED_IN = ("en", "de", "nl", "fr")


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str:
    """The BCP 47 tag that ``text`` is (``nl``, ``en_GB``) or names (``Dutch``); empty: unknown."""
    text = text.strip()
    if _TAG.fullmatch(text):
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(text.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError):
            pass
        else:
            return text.replace("_", "-")
    return _names().get(folded(text), "")


def zone_name(text: str) -> str:
    """The IANA time zone that ``text`` names, in whatever case; empty: unknown."""
    return _zones().get(text.strip().casefold(), "")


@cache
def _names() -> dict[str, str]:
    """Languages by what they call themselves, and by their names in the common languages."""
    from babel import Locale

    found: dict[str, str] = {}
    for told in _NAMED_IN:
        for tag, name in Locale(told).languages.items():
            found.setdefault(folded(name), tag.replace("_", "-"))
    for tag in ("es", "it", "pt", "pl", "ru", "tr", "zh", "ja", "ar", "uk", "sv", "da", "nb", "fi"):
        found.setdefault(folded(Locale(tag).languages[tag]), tag)
    return found


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
