"""Where does each part of a row stand? One computation for painting, measuring and clicking."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont

from clientele.ui.delegates.row_text import Marks, Part, RowText, set_text
from clientele.ui.models.rows import ChipSpec, Dot, Heading, Initials, Row, RowAction
from clientele.ui.theme import Role, Space, Theme, Tone

AVATAR = 34
DOT = 8
CHIP_PAD = 8
BUTTON_PAD = 13


@dataclass(frozen=True, slots=True)
class Style:
    """How a list lays out its rows.

    ``inset`` is the air at both sides; ``small_headings`` sets headings in small second ink;
    ``max_lines`` is where a text is cut with an ellipsis; ``even`` makes all rows equally high,
    which lists of many thousands need.
    """

    inset: int = Space.CARD_X
    small_headings: bool = False
    max_lines: int = 2
    even: bool = False


@dataclass(slots=True)
class Text:
    """A laid out text and where its first line begins."""

    set: RowText
    at: QPointF
    second: bool = False


@dataclass(slots=True)
class Laid:
    """A row with everything in place, in coordinates of its own top left corner."""

    height: int
    texts: list[Text] = field(default_factory=list)
    chips: list[tuple[ChipSpec, QRectF]] = field(default_factory=list)
    avatar: QRectF | None = None
    dot: QRectF | None = None
    trailing: QRectF | None = None
    buttons: list[tuple[RowAction, QRectF]] = field(default_factory=list)

    def action_at(self, point: QPointF) -> RowAction | None:
        """The button under a point."""
        return next((act for act, place in self.buttons if place.contains(point)), None)


def lay_out(
    item: Row | Heading, width: int, theme: Theme, style: Style, right: int | None = None
) -> Laid:
    """Place every part of a row, or of a heading, within ``width`` pixels.

    ``right`` is the air at the right where it is not the ``inset``, as beside a scroll bar.
    """
    if isinstance(item, Heading):
        return _heading(item, width, theme, style)
    inset = style.inset if right is None else right
    return _RowLayout(item, width - inset, theme, style).laid()


def _heading(item: Heading, width: int, theme: Theme, style: Style) -> Laid:
    role = Role.SMALL if style.small_headings else Role.STRONG
    above, below = (10, 2) if style.small_headings else (18, 8)
    line = theme.line_height(role)
    heading = set_text([Part(item.text, theme.font(role))], width - 2 * style.inset, 1)
    heading.spread(line)
    at = QPointF(style.inset, above)
    return Laid(above + line + below, [Text(heading, at, style.small_headings)])


class _RowLayout:
    def __init__(self, row: Row, right: int, theme: Theme, style: Style) -> None:
        self._row, self._theme, self._style = row, theme, style
        self._left = float(style.inset)
        self._right = float(right)
        self._top = float(Space.SMALL + (4 if row.total else 0))
        self._line = theme.line_height(Role.BASE)
        self._small = theme.line_height(Role.SMALL)
        self._lines = 1 if style.even else style.max_lines
        self._marks = Marks(row.marked, theme.tone(Tone.AMBER)[1]) if row.marked else None
        self._laid = Laid(0)

    def laid(self) -> Laid:
        self._ends()
        self._lead()
        y = self._head(self._top)
        base, small = self._theme.font(Role.BASE), self._theme.font(Role.SMALL)
        if self._row.body:
            y = self._lines_of(self._row.body, base, self._line, y, second=False)
        if self._row.sub or self._style.even:
            y = self._lines_of(self._row.sub, small, self._small, y, second=True)
        bottom = max(y, self._lead_bottom)
        if self._below:
            bottom = self._buttons_below(bottom + Space.TIGHT)
        bottom = max(bottom, self._ends_bottom)
        self._laid.height = max(int(bottom) + Space.SMALL + 1, Space.TARGET)
        return self._laid

    # what stands at the right

    def _ends(self) -> None:
        self._ends_bottom = self._top
        shown = [act for act in self._row.actions if act.shown]
        sizes = [(act, self._button_width(act)) for act in shown]
        room = sum(size for _, size in sizes) + Space.ROW * len(sizes)
        available = self._right - self._left
        self._below: list[tuple[RowAction, float]] = []
        if sizes and available - room < max(available * 0.42, self._theme.px(150)):
            self._below = sizes
        else:
            for act, size in reversed(sizes):
                place = QRectF(self._right - size, self._top, size, self._button_height())
                self._laid.buttons.insert(0, (act, place))
                self._right = place.left() - Space.ROW
                self._ends_bottom = place.bottom()
        if self._row.trailing:
            role = Role.STRONG_NUMBER if self._row.total else Role.NUMBER
            size = self._theme.metrics(role).horizontalAdvance(self._row.trailing) + 1
            self._laid.trailing = QRectF(self._right - size, self._top, size, self._line)
            self._right -= size + Space.ROW
        for chip in reversed(self._row.end_chips):
            place = self._chip(chip, self._right, self._top, from_right=True)
            self._right = place.left() - Space.ROW

    def _buttons_below(self, y: float) -> float:
        x = self._left
        for act, size in self._below:
            if x > self._left and x + size > self._right:
                x, y = self._left, y + self._button_height() + Space.SMALL
            self._laid.buttons.append((act, QRectF(x, y, size, self._button_height())))
            x += size + Space.SMALL
        return y + self._button_height()

    def _button_height(self) -> float:
        return float(max(Space.TARGET, self._line + 14))

    def _button_width(self, act: RowAction) -> float:
        words = self._theme.metrics(Role.MEDIUM).horizontalAdvance(act.label)
        return float(round(max(words + 2 * BUTTON_PAD + 2, Space.TARGET)))

    # what stands at the left

    def _lead(self) -> None:
        lead = self._row.lead
        self._lead_bottom = self._top
        if isinstance(lead, ChipSpec):
            place = self._chip(lead, self._left, self._top)
            self._left = place.right() + Space.ROW
        elif isinstance(lead, Initials):
            side = self._theme.px(AVATAR)
            self._laid.avatar = QRectF(self._left, self._top, side, side)
            self._left += side + Space.ROW
            self._lead_bottom = self._top + side
        elif isinstance(lead, Dot):
            side = self._theme.px(DOT)
            place = QRectF(self._left, self._top + (self._line - side) / 2, side, side)
            self._laid.dot = place
            self._left += side + Space.ROW

    # the words

    def _head(self, y: float) -> float:
        row, theme = self._row, self._theme
        parts = [
            Part(row.title, self._struck(Role.STRONG)),
            Part(f" {row.after_title}" if row.title else row.after_title, self._struck(Role.BASE)),
            Part(f" {row.aside}", theme.font(Role.SMALL), theme.colours.ink2),
        ]
        parts = [part for part in parts if part.words.strip()]
        width = self._right - self._left
        chips = [(chip, self._chip_width(chip)) for chip in row.chips]
        if self._style.even and chips:
            width -= min(sum(size + Space.TIGHT for _, size in chips), width * 0.6)
        head = set_text(parts, width, self._lines, self._marks)
        x = self._left
        if head.lines:
            self._place(head, y, self._line)
            x += head.last_width + Space.TIGHT
        y += (max(head.lines, 1) - 1) * self._line
        for chip, size in chips:
            if x > self._left and x + size > self._right and not self._style.even:
                x, y = self._left, y + self._line + 1
            self._chip(chip, x, y)
            x += size + Space.TIGHT
        return y + self._line

    def _struck(self, role: Role) -> QFont:
        font = self._theme.font(role)
        if self._row.strike:
            font = QFont(font)
            font.setStrikeOut(True)
        return font

    def _lines_of(self, words: str, font: QFont, line: int, y: float, *, second: bool) -> float:
        width = self._right_below() - self._left
        text = set_text([Part(words, font)], width, self._lines, self._marks)
        self._place(text, y, line, second=second)
        return y + max(text.lines, 1) * line

    def _right_below(self) -> float:
        """Chips and an amount stand beside the first line only; buttons are higher."""
        if self._laid.buttons:
            return self._right
        return self._right if self._style.even else self._outer_right()

    def _outer_right(self) -> float:
        places = [place for _, place in self._laid.chips if place.left() > self._right]
        if self._laid.trailing is not None:
            places.append(self._laid.trailing)
        return max((place.right() for place in places), default=self._right)

    def _place(self, text: RowText, y: float, line: int, *, second: bool = False) -> None:
        """The lines of a text at an even distance; its position is that of the row."""
        text.spread(line)
        self._laid.texts.append(Text(text, QPointF(self._left, y), second))

    def _chip_width(self, chip: ChipSpec) -> float:
        words = self._theme.metrics(Role.CHIP).horizontalAdvance(chip.text)
        return float(round(words + 2 * CHIP_PAD))

    def _chip(self, chip: ChipSpec, x: float, y: float, *, from_right: bool = False) -> QRectF:
        width = min(self._chip_width(chip), max(self._right - self._left, 2 * CHIP_PAD))
        place = QRectF(x - width if from_right else x, y, width, self._line)
        self._laid.chips.append((chip, place))
        return place
