"""The ground of a page: it scrolls when it must, has a header, and looks again when it is due."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clientele.services.changes import Changes
from clientele.ui.actions import Action
from clientele.ui.desk import Desk, Me
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Avatar, Chip, label
from clientele.ui.widgets.layouts import Flow, Stack
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.touch import scroll_with_a_finger


class Page(QScrollArea):
    """Subclass it, put things into ``body``, and write ``refresh``.

    ``refresh`` is called when the page is first shown, and again when something of ``kinds``
    changes: at once while the page is in sight, otherwise when it comes into sight.
    """

    def __init__(
        self, desk: Desk, name: str, kinds: Collection[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._kinds = frozenset(kinds)
        self._due = True
        self.setAccessibleName(name)
        self.setProperty("surface", "page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("surface", "page")
        self.body = Stack(inner)
        self.body.setContentsMargins(Space.PAGE_X, Space.PAGE_Y, Space.PAGE_X, Space.PAGE_Y)
        self.setWidget(inner)
        self._handlers: dict[Action, Callable[[], object]] = {}
        self._shown_to: int | None = None
        scroll_with_a_finger(self)
        self.verticalScrollBar().rangeChanged.connect(self._keep_edges)
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)

    def on(self, action: Action, handler: Callable[[], object]) -> None:
        """What an action of the window does while this page is shown."""
        self._handlers[action] = handler

    def handler(self, action: Action) -> Callable[[], object] | None:
        """What an action does here, or None where it does nothing."""
        return self._handlers.get(action)

    def place(self) -> object:
        """Where on the page one is, such as the client shown, to come back to with Back."""
        return None

    def go_to(self, place: object) -> None:
        """Go back to what ``place`` answered."""

    def client_at_hand(self) -> int | None:
        """The client whom the page is about, or whose row is chosen, for forms opened over it."""
        return None

    def visit_at_hand(self) -> int | None:
        """The visit that the page is about, which goes along with such a form."""
        return None

    def refresh(self) -> None:
        """Ask the desk again for everything the page shows."""

    def concerns(self, changes: Changes) -> bool:
        """Whether a change is one this page shows; narrow it to one client by overriding."""
        return bool(self._kinds & changes.kinds)

    def take_keyboard(self) -> None:
        """Put the keyboard into the first list, where J and K move at once, or nowhere."""
        for rows in self.findChildren(RowList):
            if rows.isVisibleTo(self) and rows.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                rows.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_keyboard_to_list(self) -> None:
        """A list has come into sight: it takes the keyboard that nothing on the page could take."""
        if self.hasFocus():
            self.take_keyboard()

    def make_due(self) -> None:
        """Look again: now when in sight, else when it comes into sight."""
        self._due = True
        if self.isVisible():
            self._refresh_if_due()

    def showEvent(self, event: QShowEvent) -> None:
        """Look again if something changed meanwhile."""
        super().showEvent(event)
        self._refresh_if_due()

    def _refresh_if_due(self) -> None:
        if self._due:
            self._due = False
            self.refresh()

    def _keep_edges(self, _least: int, most: int) -> None:
        """What is on the page stays as wide and where it is when the scroll bar comes."""
        bar = self.verticalScrollBar().sizeHint().width() if most > 0 else 0
        right = max(Space.PAGE_X - bar, Space.SMALL)
        self.body.setContentsMargins(Space.PAGE_X, Space.PAGE_Y, right, Space.PAGE_Y)

    def _signed(self, me: Me | None) -> None:
        if me is not None and me.id != self._shown_to:
            self._shown_to = me.id
            self.make_due()

    def _heard(self, changes: Changes) -> None:
        if self.concerns(changes):
            self.make_due()


class PageHeader(QWidget):
    """The title of a page, chips beside it, a line below, and buttons at the right."""

    def __init__(
        self,
        title: str = "",
        sub: str = "",
        buttons: Sequence[QWidget] = (),
        *,
        avatar: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        self._row = row
        self._avatar: Avatar | None = None
        if avatar:
            self.set_avatar(avatar)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.title = label(title, "title", wrap=False)
        self._title_line = Flow(across=6, down=2)
        self._title_line.add(self.title)
        words.addWidget(self._title_line)
        self.sub = label(sub, "sub", wrap=True)
        words.addWidget(self.sub)
        row.addLayout(words, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_avatar(self, initials: str, size: int = 52) -> None:
        """Put initials at the left, or change them."""
        if self._avatar is None:
            self._avatar = Avatar(initials, size)
            self._row.insertWidget(0, self._avatar)
        self._avatar.setText(initials)

    def set_words(self, title: str, sub: str = "", chips: Sequence[Chip] = ()) -> None:
        """Another title, line and chips."""
        self.title.setText(title)
        self.sub.setText(sub)
        self.sub.setVisible(bool(sub))
        self._title_line.keep(self.title)
        for chip in chips:
            self._title_line.add(chip)
