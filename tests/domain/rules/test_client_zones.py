"""Is a client whose zone nobody wrote down looked for in every place where they may be?"""

from __future__ import annotations

import pytest

from clientele.domain.rules.client_zones import Zones, ZoneSource, possible_zones

STORE = "Europe/Berlin"


def test_the_zone_that_is_written_down_is_the_zone() -> None:
    found = possible_zones("Asia/Kolkata", ["+12125550142"], STORE)
    assert found == Zones(("Asia/Kolkata",), ZoneSource.OWN)


@pytest.mark.parametrize("own", ["Mars/Olympus", "../etc/passwd", "Etc/Unknown"])
def test_a_zone_that_does_not_exist_is_not_known(own: str) -> None:
    assert possible_zones(own, [], STORE) == Zones((STORE,), ZoneSource.STORE)


def test_a_number_stands_for_its_whole_country() -> None:
    found = possible_zones("", ["+12125550142"], STORE)
    assert found.source == ZoneSource.NUMBER
    assert {"America/New_York", "America/Los_Angeles", "Pacific/Honolulu"} <= set(found.names)
    assert "Europe/Berlin" not in found.names


def test_a_store_can_trust_area_codes() -> None:
    found = possible_zones("", ["+12125550142"], STORE, trust_area_codes=True)
    assert found == Zones(("America/New_York",), ZoneSource.NUMBER)


@pytest.mark.parametrize(
    ("number", "zones"),
    [
        ("+442079460000", {"Europe/London"}),
        ("+911123456789", {"Asia/Kolkata"}),
        ("+64211234567", {"Pacific/Auckland", "Pacific/Chatham"}),
        ("+5511987654321", {"America/Sao_Paulo", "America/Manaus", "America/Noronha"}),
        ("+61412345678", {"Australia/Sydney", "Australia/Perth", "Australia/Lord_Howe"}),
        ("+38344123456", {"Europe/Belgrade"}),
    ],
)
def test_countries_have_their_zones(number: str, zones: set[str]) -> None:
    assert zones <= set(possible_zones("", [number], STORE).names)


def test_numbers_of_several_countries_stand_for_all_of_them() -> None:
    found = possible_zones("", ["+442079460000", "+911123456789"], STORE)
    assert set(found.names) == {"Europe/London", "Asia/Kolkata"}
    assert found == possible_zones("", ["+911123456789", "+442079460000"], STORE)


@pytest.mark.parametrize("number", ["", "4711", "+", "+870773111632", "+999", "ask Marta"])
def test_a_number_that_tells_nothing_leaves_the_store_s_zone(number: str) -> None:
    assert possible_zones("", [number], STORE) == Zones((STORE,), ZoneSource.STORE)


def test_a_client_is_somewhere() -> None:
    with pytest.raises(ValueError, match=r"\(\)"):
        Zones((), ZoneSource.STORE)
