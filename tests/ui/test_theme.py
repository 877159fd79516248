"""The look: tokens, sizes, fonts, and switching while the window runs."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clientele.system.resources import resource
from clientele.ui.theme import Colours, Role, Scheme, Theme, Tone, fill, read_colours
from clientele.ui.widgets.basics import Avatar, Chip, label

SHEET = resource("app.qss").read_text("utf-8")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_token_is_a_colour(name: str) -> None:
    colours = read_colours(name)
    assert all(getattr(colours, field.name).isValid() for field in fields(Colours))


def test_the_style_sheet_has_no_colours_of_its_own() -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", SHEET)


def test_the_style_sheet_sets_every_font_size_by_the_text_scale() -> None:
    sizes = re.findall(r"font-size:\s*([^;}]+)", SHEET)
    assert sizes
    assert all(re.fullmatch(r"[\d.]+sp", size.strip()) for size in sizes)


def test_the_template_is_filled_whole() -> None:
    filled = fill("a { color: @ink; font-size: 13sp; padding: 7px; }", read_colours("light"), 2.0)
    assert filled == "a { color: #1c1e22; font-size: 26px; padding: 7px; }"
    assert not re.search(r"@\w|\dsp\b", fill(SHEET, read_colours("dark"), 1.3))


def test_switching_changes_everything_that_is_shown(theme: Theme, qtbot: QtBot) -> None:
    words = label("Eleanor Marsh")
    qtbot.addWidget(words)
    words.show()
    before = words.palette().color(QPalette.ColorRole.WindowText)
    high = words.sizeHint().height()
    with qtbot.waitSignal(theme.changed):
        theme.switch(Scheme.DARK, 2.0)
    assert theme.dark
    assert words.palette().color(QPalette.ColorRole.WindowText) != before
    assert words.palette().color(QPalette.ColorRole.WindowText) == theme.colours.ink
    assert words.sizeHint().height() >= 1.8 * high


def test_the_theme_follows_the_system_unless_one_is_forced(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, theme: Theme
) -> None:
    hints = qapp.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    seen = [theme.dark]
    theme.switch(Scheme.SYSTEM)
    seen.append(theme.dark)
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Light)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert [*seen, theme.dark] == [False, True, False]


@pytest.mark.parametrize("role", list(Role))
def test_every_font_grows_with_the_text_scale(theme: Theme, role: Role) -> None:
    small = theme.font(role).pixelSize()
    theme.switch(text_scale=2.0)
    assert abs(theme.font(role).pixelSize() - 2 * small) <= 1


def test_numbers_stand_in_columns(theme: Theme) -> None:
    metrics = theme.metrics(Role.NUMBER)
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_a_chip_takes_its_tone_from_the_theme(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("at risk", Tone.RED)
    qtbot.addWidget(chip)
    chip.show()
    ink, ground = theme.tone(Tone.RED)
    assert chip.palette().color(QPalette.ColorRole.WindowText) == ink
    middle = chip.grab().toImage().pixelColor(4, chip.height() // 2)
    assert middle == ground
    chip.set_tone(Tone.BLUE)
    assert chip.palette().color(QPalette.ColorRole.WindowText) == theme.tone(Tone.BLUE)[0]


def test_every_window_has_the_programs_icon(theme: Theme, qapp: QApplication) -> None:
    picture = qapp.windowIcon().pixmap(64, 64).toImage()
    assert picture.pixelColor(32, 6) == read_colours("light").accent


def test_an_avatar_is_round(theme: Theme, qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    avatar = Avatar("EM", 52)
    avatar.setParent(ground)
    ground.show()
    avatar.adjustSize()
    picture = ground.grab().toImage()
    assert avatar.width() == avatar.height() == 52
    assert picture.pixelColor(26, 4) == theme.colours.tint
    assert picture.pixelColor(1, 1) != theme.colours.tint
