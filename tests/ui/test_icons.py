"""Each icon of an action is in the family, and is drawn in its colour."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from clientele.ui import actions
from clientele.ui.icons import icon

NAMES = sorted({action.icon for action in (*actions.ANYWHERE, *actions.PAGES) if action.icon})


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_its_colour(qapp: QApplication, name: str) -> None:
    picture = icon(name, QColor("#17624F")).pixmap(48, 48).toImage()
    places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    seen = [picture.pixelColor(x, y) for x, y in places]
    inked = [one for one in seen if one.alpha() > 200]
    assert 40 < len(inked) < len(places) / 2
    for one in inked:  # a half covered point is rounded
        assert (one.red(), one.green(), one.blue()) == pytest.approx((0x17, 0x62, 0x4F), abs=3)


def test_a_name_that_is_not_in_the_family_is_a_mistake(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("nothing-of-the-kind", QColor("black"))


def test_the_package_of_the_font_is_not_imported() -> None:
    said = "import sys, clientele.ui.icons as i; i._family; print('qtawesome' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
