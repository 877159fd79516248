"""Who is this, at a glance? A round photo, or initials where there is none; a click enlarges it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clientele.ui.theme import Theme, px
from clientele.ui.widgets.buttons import Pressable

SIZE = 52


class Face(Pressable):
    """A round button of ``SIZE`` pixels at a text scale of one, as the style sheet has it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._jpeg: bytes | None = None
        self._image = QImage()
        self._initials = "·"
        self.setProperty("face", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_face("·", None, "")

    def set_face(self, initials: str, jpeg: bytes | None, name: str) -> None:
        """Show this photo, or the initials where there is none, of whoever has this name."""
        self._initials = initials
        words = self.tr("Photo of {name}") if jpeg else self.tr("Add a photo of {name}")
        self.setAccessibleName(words.format(name=name).strip())
        self.setToolTip(self.accessibleName())
        if jpeg != self._jpeg:
            self._jpeg = jpeg
            self._image = QImage.fromData(jpeg) if jpeg else QImage()
        self.update()

    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return not self._image.isNull()

    def initials(self) -> str:
        """What stands where there is no photo."""
        return self._initials

    def sizeHint(self) -> QSize:
        """Round."""
        return QSize(px(SIZE), px(SIZE))

    def minimumSizeHint(self) -> QSize:
        """Never an oval."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photo or the initials, and a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        colours = self._theme.colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        painter.drawEllipse(place)
        if self._image.isNull():
            font = QFont(self.font())
            font.setPixelSize(max(round(side / 3), 1))
            font.setWeight(QFont.Weight.Bold)
            painter.setFont(font)
            painter.setPen(colours.accent)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._initials)
        else:
            round_off = QPainterPath()
            round_off.addEllipse(place)
            painter.setClipPath(round_off)
            painter.drawImage(place, self._image, self._middle())
            painter.setClipping(False)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(colours.accent)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawEllipse(place.adjusted(1, 1, -1, -1))
        painter.end()

    def _middle(self) -> QRectF:
        """The largest square of the photo: its middle, of a tall one nearer the top."""
        wide, high = self._image.width(), self._image.height()
        side = min(wide, high)
        return QRectF((wide - side) / 2, (high - side) / 3, side, side)
