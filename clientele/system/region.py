"""Where does this machine stand: which country, currency and time zone are likely the store's?"""

from __future__ import annotations

import locale
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Region:
    """ISO 3166 country, ISO 4217 currency, IANA time zone, and the locale of the user's words."""

    country: str
    currency: str
    time_zone: str
    language: str


FALLBACK = Region("US", "USD", "UTC", "en")


def local_region(today: date, tag: str = "") -> Region:
    """A guess from the settings of this user, to be shown and corrected.

    ``tag`` is a locale like ``nl_NL``; empty asks the system. ``today`` decides between currencies
    that a country had one after the other.
    """
    _, _, territory = _tag(tag).partition("_")
    territory = territory.split(".")[0].split("@")[0].upper()
    zone = _zone()
    country = territory if len(territory) == 2 else _country_of(zone)
    return Region(
        country=country,
        currency=_currency_of(country, today),
        time_zone=zone,
        language=local_language(tag),
    )


def local_language(tag: str = "") -> str:
    """The locale of the user's words alone, which costs nothing to find out."""
    tag = _tag(tag)
    return tag if len(tag.partition("_")[0]) == 2 else FALLBACK.language


def _tag(tag: str) -> str:
    return tag or locale.getlocale()[0] or ""


def _zone() -> str:
    import tzlocal

    try:
        return tzlocal.get_localzone_name() or FALLBACK.time_zone
    except Exception:  # a system may name its zone in ways nobody knows
        return FALLBACK.time_zone


def _country_of(zone: str) -> str:
    from babel.core import get_global

    country = get_global("zone_territories").get(zone, "")
    known = len(country) == 2 and country.isalpha() and country != "ZZ"
    return country if known else FALLBACK.country


def _currency_of(country: str, today: date) -> str:
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country, today, today)
    return found[0] if found else FALLBACK.currency
