"""How is something told in passing? Calmly, at the bottom, with Undo, not taking the focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clientele.ui import actions
from clientele.ui.speech import announce
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button

STAYS = 8_000
"""How long a toast stays, in milliseconds; longer for a sentence that takes longer to read."""

PER_LETTER = 60
OFFER_STAYS = 15_000
"""An offer stays longer: it has to be read and decided."""


class Toast(QFrame):
    """Floats over the bottom of ``over``. Emits ``undo`` when its button is clicked.

    What was just said can be followed by an offer: one more step, with one click or its key.
    """

    undo = Signal()

    def __init__(self, over: QWidget, left: int = 0) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self._left = left
        self._over = over
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.CARD_X, Space.TIGHT, Space.SMALL, Space.TIGHT)
        self.words = label("")
        self.words.setMinimumHeight(Space.TARGET)
        row.addWidget(self.words, 1)
        self._offered: Callable[[], object] | None = None
        self.offer_button = Button(self.tr("Take up"), self.take_up)
        row.addWidget(self.offer_button)
        self.button = Button(self.tr("Undo"), self._undo, key="Ctrl+Z")
        row.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        self._waiting: list[str] = []
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Show a sentence, in the place of the one before."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.setVisible(can_undo)
        self._no_offer()
        self._place()
        self.show()
        self.raise_()
        announce(self, sentence)
        self._timer.start(max(STAYS, PER_LETTER * len(sentence)))

    def say_after(self, sentence: str) -> None:
        """Show what came by itself, once nothing stands there that can still be undone or done."""
        if self.isHidden() or (self.button.isHidden() and self.offer_button.isHidden()):
            self.say(sentence)
        else:
            self._waiting.append(sentence)

    def offer(self, words: str, do: Callable[[], object]) -> None:
        """One more step beside what was just said, for as long as that stands there."""
        if self.isHidden():
            return
        self._offered = do
        self.offer_button.set_words(words)
        self.offer_button.set_key(actions.TAKE_UP.key)
        self.offer_button.show()
        self._place()
        announce(self, words)
        self._timer.start(OFFER_STAYS)

    def take_up(self) -> None:
        """Do what is offered, if anything is."""
        do, self._offered = self._offered, None
        if do is None or self.isHidden():
            return
        self._end()
        do()

    def _no_offer(self) -> None:
        self._offered = None
        self.offer_button.hide()

    def dismiss(self) -> None:
        """Away with it at once and with all that waits, as when the window is locked."""
        self._waiting.clear()
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._no_offer()
        self.words.setText("")
        self.hide()
        if self._waiting:
            self.say(self._waiting.pop(0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        over = self._over
        widest = min(px(560), over.width() - self._left - 2 * Space.PAGE_X)
        words = self.words.fontMetrics().horizontalAdvance(self.words.text())
        shown = [one for one in (self.offer_button, self.button) if not one.isHidden()]
        button = sum(one.sizeHint().width() + Space.SMALL for one in shown)
        width = min(words + button + 2 * Space.CARD_X + 4, widest)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        if words + button + 2 * Space.CARD_X + 4 <= widest:
            height = self.button.sizeHint().height() + 2 * Space.TIGHT
        x = self._left + (over.width() - self._left - width) // 2
        self.setGeometry(x, over.height() - height - Space.PAGE_Y, width, height)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def _undo(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._end()
        self._waiting = waiting  # until it was said what became of it
        self.undo.emit()
