"""In which time zone is the client, or in which may they be?

Where the client's own zone is written down, it is that. Else the country of their telephone
numbers tells: all zones of it, since numbers move along with people and an area code is no
address; what is done has to be right in every one. A store that trusts area codes can have the
zones of the area alone. Else nothing is known, and the store's own zone stands in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class ZoneSource(StrEnum):
    """How a client's zone is known."""

    OWN = "own"
    NUMBER = "number"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones (IANA names) in one of which the client is, and how that is known."""

    names: tuple[str, ...]
    source: ZoneSource

    def __post_init__(self) -> None:
        if not self.names:
            raise ValueError(self.names)


def possible_zones(
    own: str, numbers: Iterable[str], store: str, *, trust_area_codes: bool = False
) -> Zones:
    """Where the client may be.

    ``own`` is the client's zone (empty: not known; one that does not exist counts as not known),
    ``numbers`` all their telephone numbers in E.164 (others are passed over), ``store`` the
    store's zone. With ``trust_area_codes`` a number tells its area instead of its whole country.
    """
    if own and _exists(own):
        return Zones((own,), ZoneSource.OWN)
    found: set[str] = set()
    for number in numbers:
        found.update(_zones_of(number, trust_area_codes))
    if found:
        return Zones(tuple(sorted(found)), ZoneSource.NUMBER)
    return Zones((store,), ZoneSource.STORE)


@lru_cache(maxsize=4_096)
def _zones_of(number: str, area_alone: bool) -> frozenset[str]:
    """The zones of a number in E.164; none where it tells nothing, as one of a satellite."""
    if not number.startswith("+"):
        return frozenset()
    import phonenumbers
    from babel.core import get_global
    from phonenumbers import timezone

    try:
        read = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return frozenset()
    newer = get_global("zone_aliases")
    area = {newer.get(zone, zone) for zone in timezone.time_zones_for_number(read)}
    known = frozenset(zone for zone in area if _exists(zone))
    country = phonenumbers.region_code_for_number(read)
    if country is None or (area_alone and known):
        return known
    return known | _zones_in(country)


@lru_cache(maxsize=256)
def _zones_in(country: str) -> frozenset[str]:
    """The zones of a country (ISO 3166 alpha-2, CLDR); none for what is no country."""
    from babel.core import get_global

    return frozenset(
        zone
        for zone, territory in get_global("zone_territories").items()
        if territory == country and territory != "001" and _exists(zone)
    )


@lru_cache(maxsize=1_024)
def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)  # also raises for what Babel calls Etc/Unknown
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
