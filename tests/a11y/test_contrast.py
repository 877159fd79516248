"""Every text can be read on every ground it is set on (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from clientele.ui.theme import Colours, read_colours

GROUNDS = ("background", "card", "rail", "selected", "hover", "pressed")
TINTS = ("tint", "amber_tint", "red_tint", "blue_tint")
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink2") for ground in (*GROUNDS, *TINTS)),
    *((ink, ground) for ink in ("accent", "amber", "red", "blue") for ground in ("card", "hover")),
    ("accent", "background"),
    ("accent", "tint"),
    ("amber", "amber_tint"),
    ("red", "red_tint"),
    ("blue", "blue_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
]
EDGES = [
    *((edge, ground) for edge in ("edge", "accent", "red") for ground in ("card", "background")),
    ("accent", "selected"),
    ("accent", "rail"),
]
"""What is no text but has to be seen: a field's frame, where the keyboard is, dots and bars."""


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colours: Colours, one: str, other: str) -> float:
    lights = sorted(luminance(getattr(colours, name)) for name in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    colours = read_colours("light")
    black, white = QColor("#000000"), QColor("#FFFFFF")
    assert round((luminance(white) + 0.05) / (luminance(black) + 0.05), 2) == 21.0
    assert contrast(colours, "ink", "ink") == 1.0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_a_text_stands_out(theme: str, ink: str, ground: str) -> None:
    assert contrast(read_colours(theme), ink, ground) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_an_edge_stands_out(theme: str, edge: str, ground: str) -> None:
    assert contrast(read_colours(theme), edge, ground) >= 3.0
