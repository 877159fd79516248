"""A column that scrolls by itself, so that the page around it need not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from clientele.ui.widgets.touch import scroll_with_a_finger


class OwnScroll(QScrollArea):
    """Holds ``inside``, as high as it needs or scrolled; its bar stands in the gap beside it."""

    def __init__(self, inside: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("surface", "page")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        inside.setProperty("surface", "page")
        self._inside = inside
        self.setWidget(inside)
        scroll_with_a_finger(self)

    def let_scroll(self, scrolls: bool) -> None:
        """Whether it may be too low for what is inside; else no bar takes of its width."""
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not bar:
            self.setVerticalScrollBarPolicy(bar)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is where nothing need be scrolled."""
        if self._inside.hasHeightForWidth():
            return max(self._inside.heightForWidth(width), 0)
        return self._inside.sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside must be."""
        return QSize(self._inside.minimumSizeHint().width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever places this wants to know when what is inside became higher."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self._inside:
            self.updateGeometry()
        return super().eventFilter(watched, event)
