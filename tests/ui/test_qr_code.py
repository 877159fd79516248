"""Is a code on the screen dark on white, whole pixels to a module, and what the reader wants?"""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from clientele.domain.rules.links import qr_text
from clientele.ui.theme import Scheme, Theme
from clientele.ui.widgets.qr_code import QUIET, QrCode, modules_of

TEXT = qr_text("+31612345678", "Hallo Nell,\nalles über die Änderung: €\u202f40.")


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_each_module_is_painted_dark_on_white(
    theme: Theme, scheme: Scheme, scale: float, qtbot: QtBot
) -> None:
    theme.switch(scheme, scale)
    code = QrCode("a code", TEXT)
    qtbot.addWidget(code)
    code.resize(code.sizeHint())
    code.show()
    image = code.grab().toImage()
    across = len(code.modules) + 2 * QUIET
    module = image.width() // across
    assert image.width() == module * across
    assert module >= 3
    for down in range(across):
        for along in range(across):
            inside = QUIET <= down < across - QUIET and QUIET <= along < across - QUIET
            dark = inside and bool(code.modules[down - QUIET][along - QUIET])
            corners = (0, module - 1)
            found = {
                image.pixelColor(along * module + x, down * module + y).lightness()
                for x in corners
                for y in corners
            }
            assert found == ({0} if dark else {255})


def test_it_is_never_a_micro_code_and_says_nothing_aloud(qtbot: QtBot) -> None:
    assert len(modules_of("tel:+31205550118")) >= 21
    code = QrCode("for your telephone", TEXT)
    qtbot.addWidget(code)
    assert code.accessibleName() == "for your telephone"
    code.set_text("")
    assert code.modules == ()


def test_what_no_code_holds_is_refused() -> None:
    with pytest.raises(ValueError, match="data"):
        modules_of("x" * 3_000)
