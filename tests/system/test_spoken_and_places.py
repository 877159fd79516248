"""Are languages and time zones found by the words that people use for them?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clientele.system.places import at_home, city_of, find_cities
from clientele.system.spoken import find_languages, language_name


@pytest.mark.parametrize(
    ("typed", "locale", "tag"),
    [
        ("dut", "en", "nl"),
        ("nied", "de", "nl"),
        ("duits", "nl", "de"),
        ("français", "en", "fr"),
        ("deutsch", "en", "de"),
        ("turk", "en", "tr"),
    ],
)
def test_a_language_is_found_by_its_name_here_or_there(typed: str, locale: str, tag: str) -> None:
    assert find_languages(typed, locale)[0][0] == tag
    assert find_languages(" ", locale) == ()


def test_a_language_is_called_as_people_do() -> None:
    assert language_name("nl", "de") == "Niederländisch"
    assert language_name("en-XX", "en") == "English"
    assert language_name("qqq", "en") == "qqq"
    assert language_name("", "en") == ""


@pytest.mark.parametrize(
    ("typed", "locale", "zone"),
    [
        ("wien", "de", "Europe/Vienna"),
        ("vienna", "de", "Europe/Vienna"),
        ("york", "en", "America/New_York"),
        ("netherl", "en", "Europe/Amsterdam"),
        ("são", "en", "America/Sao_Paulo"),
    ],
)
def test_a_zone_is_found_by_its_city_or_country(typed: str, locale: str, zone: str) -> None:
    assert find_cities(typed, locale)[0][0] == zone


def test_a_zone_is_called_by_its_city() -> None:
    assert city_of("Europe/Vienna", "de") == "Wien"
    assert city_of("America/New_York", "en") == "New York"
    assert city_of("", "en") == ""


def test_the_clock_of_the_client_is_shown_or_none() -> None:
    noon = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    there = at_home(noon, "America/New_York")
    assert there is not None
    assert there.hour == 7
    assert at_home(noon, "Nowhere/At_All") is None
    assert at_home(noon, "") is None
