"""How may the client be reached? Chips that say it in short and lead to all that was said."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from clientele.domain.client import Channel
from clientele.ui.desk import Desk
from clientele.ui.dialogs.consents import ConsentSheet
from clientele.ui.models.plan_words import channel_words
from clientele.ui.theme import Role, Space, Theme, Tone
from clientele.ui.widgets.layouts import Flow

PAD = 8


class PressChip(QPushButton):
    """A chip to be clicked: as high as a finger needs, painted as low as a chip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = Tone.PLAIN
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, tone: Tone, name: str) -> None:
        """What stands in it, in which tone, and what a screen reader says."""
        self._tone = tone
        self.setText(words)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words and their air."""
        words = self._theme.metrics(Role.CHIP).horizontalAdvance(self.text())
        return QSize(round(words) + 2 * PAD + 2, Space.TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chip, with a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = self._theme.tone(self._tone)
        high = self._theme.line_height(Role.CHIP) + 2
        place = QRectF(1, (self.height() - high) / 2, self.width() - 2, high)
        ringed = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(ink, 1.2) if ringed else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, high / 2, high / 2)
        painter.setFont(self._theme.font(Role.CHIP))
        painter.setPen(ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self.text())


class Consents(Flow):
    """A chip for each channel: allowed, refused, no news alone, or not asked yet.

    One click leads to where each yes and no is given and taken back (``ConsentSheet``).
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(across=Space.TIGHT, down=0)
        self._desk = desk
        self._client_id = 0
        self.chips: dict[str, PressChip] = {}
        for channel in Channel:
            chip = PressChip(desk.theme)
            chip.clicked.connect(lambda _=False: self.open_sheet())
            self.chips[channel.value] = chip
            self.add(chip)

    def show_client(
        self, client_id: int, said: dict[str, bool], no_news: Collection[str] = ()
    ) -> None:
        """What this client's words come to (``rules.consent.Stands``)."""
        self._client_id = client_id
        for channel, chip in self.chips.items():
            words = channel_words(channel)
            if channel in no_news:
                name = self.tr("{channel}: no news").format(channel=words)
                chip.set_words(name, Tone.AMBER, name)
            elif channel not in said:
                name = self.tr("{channel}: not asked yet").format(channel=words)
                chip.set_words(f"{words}?", Tone.PLAIN, name)
            elif said[channel]:
                name = self.tr("{channel}: allowed").format(channel=words)
                chip.set_words(words, Tone.GREEN, name)
            else:
                name = self.tr("{channel}: refused").format(channel=words)
                chip.set_words(self.tr("no {channel}").format(channel=words), Tone.RED, name)
            chip.setToolTip(self.tr("What they said, and a yes or no to it"))
        self.updateGeometry()
        self.place()

    def open_sheet(self) -> None:
        """Everything that the client said, and a yes or no for each channel and purpose."""
        ConsentSheet(self._desk, self, self._client_id).open_sheet()
