"""Languages and time zones in a file, by tag, name or neither."""

from __future__ import annotations

import pytest

from clientele.exchange.languages import language_tag, zone_name


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("nl", "nl"),
        ("en_GB", "en-GB"),
        ("Dutch", "nl"),
        ("Deutsch", "de"),
        ("FRANÇAIS", "fr"),
        ("español", "es"),
        ("Klingon of the north", ""),
        ("xx", ""),
        ("", ""),
    ],
)
def test_a_language(text: str, tag: str) -> None:
    assert language_tag(text) == tag


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("america/new_york", "America/New_York"),
        ("Eastern Time (US & Canada)", ""),
        ("", ""),
    ],
)
def test_a_time_zone(text: str, zone: str) -> None:
    assert zone_name(text) == zone
