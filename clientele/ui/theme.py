"""How does the window look? Colours, fonts and sizes, from the theme files, switched while it runs.

The one place that knows pixels: widgets and delegates ask for a colour by name, a font by its
role and a length through ``px``. Every font size follows from one base size times the text scale.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QGuiApplication,
    QIcon,
    QPalette,
)
from PySide6.QtWidgets import QApplication

from clientele.system.resources import resource

BASE_SIZE = 13
"""The size of running text in pixels at a text scale of one."""

NAMELESS = frozenset({"", "sans", "sans serif", "sans-serif", "ms shell dlg 2", "fixed"})
"""Families a platform reports when it has no interface font of its own."""

PREFERRED = ("Inter", "Inter Variable", "Noto Sans", "DejaVu Sans")
"""What to use instead, the first that is installed."""


class Tone(StrEnum):
    """What a colour says, always beside a word. Red is a broken promise and nothing else."""

    PLAIN = "plain"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    BLUE = "blue"


class Scheme(StrEnum):
    """Which theme: that of the system, or always one."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Role(StrEnum):
    """What a text is, from which its font follows."""

    BASE = "base"
    MEDIUM = "medium"
    STRONG = "strong"
    SMALL = "small"
    SMALL_STRONG = "small_strong"
    CHIP = "chip"
    TITLE = "title"
    NUMBER = "number"
    STRONG_NUMBER = "strong_number"


SIZES: dict[Role, tuple[float, int]] = {
    Role.BASE: (13, 400),
    Role.MEDIUM: (13, 500),
    Role.STRONG: (13, 700),
    Role.SMALL: (12, 400),
    Role.SMALL_STRONG: (12, 700),
    Role.CHIP: (11.5, 500),
    Role.TITLE: (21, 700),
    Role.NUMBER: (13, 400),
    Role.STRONG_NUMBER: (13, 700),
}
"""Size at scale one and weight (550 and 650 fall on the nearest weight a family has)."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The tokens of a theme file."""

    background: QColor
    card: QColor
    rail: QColor
    selected: QColor
    hover: QColor
    pressed: QColor
    ink: QColor
    ink2: QColor
    line: QColor
    edge: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    tint: QColor
    amber: QColor
    amber_tint: QColor
    red: QColor
    red_tint: QColor
    blue: QColor
    blue_tint: QColor
    toast: QColor
    on_toast: QColor
    toast_action: QColor
    scrim: QColor


class Space:
    """Distances between things, in steps of four, at any text size."""

    TIGHT = 4
    SMALL = 8
    ROW = 10
    GAP = 14
    CARD_X = 16
    CARD_Y = 14
    PAGE_X = 20
    PAGE_Y = 18
    TARGET = 36
    RADIUS = 8


def read_colours(name: str) -> Colours:
    """The colours of the theme file ``name``; raises KeyError when a token is missing."""
    tokens = tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8"))["colours"]
    return Colours(**{field.name: QColor(tokens[field.name]) for field in fields(Colours)})


def px(length: float) -> int:
    """A length that grows with the text, such as the width of a column of text."""
    return round(length * max(QApplication.font().pixelSize(), 1) / BASE_SIZE)


def set_words(widget: Any, name: str, description: str = "") -> None:
    """Give a focusable widget the name, and if need be the words, that a screen reader says."""
    widget.setAccessibleName(name)
    if description:
        widget.setAccessibleDescription(description)


class Theme(QObject):
    """The look of a running application. Emits ``changed`` after each switch."""

    changed = Signal()

    def __init__(
        self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, text_scale: float = 1.0
    ) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._scale = text_scale
        self._family = interface_family()
        self._fonts: dict[Role, QFont] = {}
        self._metrics: dict[Role, QFontMetricsF] = {}
        self.dark = False
        self.colours = read_colours("light")
        app.setStyle("Fusion")
        app.setWindowIcon(QIcon(str(resource("icons", "clientele.svg"))))
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply()

    @property
    def scheme(self) -> Scheme:
        """Which theme was asked for."""
        return self._scheme

    @property
    def text_scale(self) -> float:
        """One is the usual size, two twice that."""
        return self._scale

    def switch(self, scheme: Scheme | None = None, text_scale: float | None = None) -> None:
        """Look otherwise from now on; what is not given stays."""
        self._scheme = self._scheme if scheme is None else scheme
        self._scale = self._scale if text_scale is None else min(max(text_scale, 0.8), 2.0)
        self.apply()

    def apply(self) -> None:
        """Put palette, font and style sheet in place and say so."""
        self.dark = self._scheme is Scheme.DARK or (
            self._scheme is Scheme.SYSTEM
            and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        self.colours = read_colours("dark" if self.dark else "light")
        self._fonts.clear()
        self._metrics.clear()
        self._app.setFont(self.font(Role.BASE))
        self._app.setPalette(palette_of(self.colours))
        self._app.setStyleSheet(
            fill(resource("app.qss").read_text("utf-8"), self.colours, self._scale)
        )
        self.changed.emit()

    def font(self, role: Role) -> QFont:
        """The font of a role, shared: copy it before changing it."""
        if role not in self._fonts:
            size, weight = SIZES[role]
            font = QFont(self._family) if self._family else QFont(self._app.font())
            font.setPixelSize(max(1, int(size * self._scale + 0.5)))
            font.setWeight(QFont.Weight(weight))
            if role in (Role.NUMBER, Role.STRONG_NUMBER):
                font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role] = font
        return self._fonts[role]

    def metrics(self, role: Role) -> QFontMetricsF:
        """The measures of a role's font."""
        if role not in self._metrics:
            self._metrics[role] = QFontMetricsF(self.font(role))
        return self._metrics[role]

    def line_height(self, role: Role) -> int:
        """The height of one line of text with the air that reading wants, in pixels."""
        return round(SIZES[role][0] * self._scale * 1.45)

    def px(self, length: float) -> int:
        """A length that grows with the text."""
        return round(length * self._scale)

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Ink and ground of a tone."""
        colours = self.colours
        return {
            Tone.PLAIN: (colours.ink2, colours.selected),
            Tone.GREEN: (colours.accent, colours.tint),
            Tone.AMBER: (colours.amber, colours.amber_tint),
            Tone.RED: (colours.red, colours.red_tint),
            Tone.BLUE: (colours.blue, colours.blue_tint),
        }[tone]

    def icon(self, name: str, colour: QColor | None = None) -> QIcon:
        """An icon of the one family by its name there, in ink unless told otherwise.

        Its font is loaded with the first icon, so ask after the first frame.
        """
        from clientele.ui import icons

        return icons.icon(name, colour or self.colours.ink2)

    def _follow(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.apply()


def interface_family() -> str:
    """The system's interface font, or a good one where the platform has none of its own."""
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    bare = QGuiApplication.platformName() in {"offscreen", "minimal", "vnc"}
    if not bare and family.lower() not in NAMELESS:
        return family
    installed = set(QFontDatabase.families())
    return next((name for name in PREFERRED if name in installed), family)


def fill(template: str, colours: Colours, scale: float) -> str:
    """The style sheet: ``@token`` becomes its colour, ``13sp`` that many pixels times the scale.

    ``max(20px, 16sp)`` is the larger of both.

    ``@icons`` is the folder of the few pictures that a style sheet needs.
    """
    tokens = {field.name: getattr(colours, field.name).name() for field in fields(Colours)}
    scrim = colours.scrim
    tokens["scrim"] = f"rgba({scrim.red()},{scrim.green()},{scrim.blue()},{scrim.alpha()})"
    tokens["icons"] = resource("icons").as_posix()
    text = re.sub(r"@(\w+)", lambda found: tokens[found[1]], template)
    text = re.sub(r"([\d.]+)rp\b", lambda found: f"{int(float(found[1]) * scale)}px", text)
    text = re.sub(r"([\d.]+)sp\b", lambda found: f"{int(float(found[1]) * scale + 0.5)}px", text)
    larger = re.compile(r"max\((\d+)px, (\d+)px\)")
    return larger.sub(lambda found: f"{max(int(found[1]), int(found[2]))}px", text)


def palette_of(colours: Colours) -> QPalette:
    """The palette, for what a style sheet does not reach."""
    part = QPalette.ColorRole
    palette = QPalette()
    for role, colour in {
        part.Window: colours.background,
        part.WindowText: colours.ink,
        part.Base: colours.card,
        part.AlternateBase: colours.background,
        part.Text: colours.ink,
        part.PlaceholderText: colours.ink2,
        part.Button: colours.card,
        part.ButtonText: colours.ink,
        part.BrightText: colours.ink,
        part.Highlight: colours.accent,
        part.HighlightedText: colours.on_accent,
        part.Link: colours.accent,
        part.LinkVisited: colours.accent,
        part.ToolTipBase: colours.toast,
        part.ToolTipText: colours.on_toast,
        part.Accent: colours.accent,
        part.Light: colours.card,
        part.Midlight: colours.selected,
        part.Mid: colours.line,
        part.Dark: colours.line,
        part.Shadow: colours.line,
    }.items():
        palette.setColor(role, colour)
    for role in (part.Text, part.WindowText, part.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, colours.ink2)
    return palette
