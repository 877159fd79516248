"""How may the client be reached? Chips of which one click changes what was said."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from clientele.domain.client import Channel
from clientele.services.consents import SayConsent, say_consent
from clientele.ui.desk import Desk
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
    """A chip for each channel: allowed, refused, or not asked yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(across=Space.TIGHT, down=0)
        self._desk = desk
        self._client_id = 0
        self._said: dict[str, bool] = {}
        self.chips: dict[str, PressChip] = {}
        for channel in Channel:
            chip = PressChip(desk.theme)
            chip.clicked.connect(lambda _=False, of=channel.value: self._change(of))
            self.chips[channel.value] = chip
            self.add(chip)

    def show_client(self, client_id: int, said: dict[str, bool]) -> None:
        """What this client said last about each channel."""
        self._client_id, self._said = client_id, said
        for channel, chip in self.chips.items():
            words = channel_words(channel)
            if channel not in said:
                name = self.tr("{channel}: not asked yet").format(channel=words)
                chip.set_words(f"{words}?", Tone.PLAIN, name)
            elif said[channel]:
                name = self.tr("{channel}: allowed").format(channel=words)
                chip.set_words(words, Tone.GREEN, name)
            else:
                name = self.tr("{channel}: refused").format(channel=words)
                chip.set_words(self.tr("no {channel}").format(channel=words), Tone.RED, name)
            chip.setToolTip(self.tr("Click when the client says otherwise"))
        self.updateGeometry()
        self.place()

    def _change(self, channel: str) -> None:
        allowed = not self._said.get(channel, False)
        words = channel_words(channel)
        said = self.tr("Noted: {channel} is welcome") if allowed else self.tr("Noted: no {channel}")
        what = SayConsent(self._client_id, channel, allowed, self._desk.me.id)
        self._desk.do(say_consent, what, said=said.format(channel=words))
