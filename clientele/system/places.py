"""Which time zone is a city in, and what is a zone called for people: by its city.

Zones are IANA's, the names of cities and countries CLDR's, through Babel.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@lru_cache(maxsize=8)
def cities(locale: str) -> tuple[tuple[str, str, str], ...]:
    """Zone, city and country of every zone that a country has, in the order of the cities."""
    from babel import Locale
    from babel.core import get_global

    spoken = Locale.parse(locale.replace("-", "_"))
    territories = get_global("zone_territories")
    found = []
    for zone, territory in territories.items():
        if "/" in zone and territory not in ("001", "ZZ") and not zone.startswith("Etc/"):
            country = spoken.territories.get(territory, territory)
            found.append((zone, city_of(zone, locale), country))
    return tuple(sorted(found, key=lambda one: _plain(one[1])))


def city_of(zone: str, locale: str) -> str:
    """What people call a zone; empty for none."""
    if not zone:
        return ""
    from babel import Locale

    known = Locale.parse(locale.replace("-", "_")).time_zones.get(zone, {})
    return str(known.get("city") or zone.rpartition("/")[2].replace("_", " "))


def find_cities(typed: str, locale: str, limit: int = 8) -> tuple[tuple[str, str, str], ...]:
    """Zones whose city begins as typed, in the language of the window or in English.

    Then those with a word of the city, or a country, that begins so.
    """
    wanted = _plain(typed)
    if not wanted:
        return ()
    found: list[tuple[int, int, str, str, str]] = []
    for zone, city, country in cities(locale):
        names = (_plain(city), _plain(zone.rpartition("/")[2].replace("_", " ")))
        place = _plain(country)
        if any(name.startswith(wanted) for name in names):
            rank = 0
        elif any(part.startswith(wanted) for name in names for part in name.split()):
            rank = 1
        elif place.startswith(wanted):
            rank = 2
        else:
            continue
        found.append((rank, len(found), zone, city, country))
    return tuple((zone, city, country) for _, _, zone, city, country in sorted(found)[:limit])


def at_home(now: datetime, zone: str) -> datetime | None:
    """The moment ``now`` as the clock in ``zone`` shows it; None where there is no such zone."""
    if not zone:
        return None
    try:
        return now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in bare if not unicodedata.combining(one)).strip()
