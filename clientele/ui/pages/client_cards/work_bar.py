"""Where on the list is this client? A calm line over the page while a list is worked through."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from clientele.ui.actions import NEXT_CLIENT, PREVIOUS_CLIENT
from clientele.ui.desk import Desk
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow
from clientele.ui.working import Working


class WorkBar(Flow):
    """“3 of 42 · Spring list”, done, the next one and the one before; hidden beside any list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, across=Space.SMALL, down=Space.TIGHT)
        self._desk = desk
        self._working: Working | None = None
        self._client_id = 0
        self.words = label("", "strong", wrap=False)
        self.left = label("", "sub", wrap=False)
        self.done_chip = Chip(self.tr("done"), Tone.GREEN)
        self.done_button = Button(self.tr("Done"), self.toggle, key="D")
        self.next_button = Button(self.tr("Next"), self.next, key=NEXT_CLIENT.key)
        self.previous_button = Button(
            self.tr("Before"), self.previous, kind="quiet", key=PREVIOUS_CLIENT.key
        )
        for widget in (
            self.words,
            self.left,
            self.done_chip,
            self.done_button,
            self.next_button,
            self.previous_button,
        ):
            self.add(widget)
        self.hide()

    def follow(self, working: Working) -> None:
        """Show where one is on this list from now on."""
        self._working = working
        working.changed.connect(self._show)

    def show_client(self, client_id: int) -> None:
        """The client whose page this is."""
        self._client_id = client_id
        self._show()

    @property
    def can_be_done(self) -> bool:
        """Whether “done” can be said here: on a list that is kept."""
        return not self.isHidden() and not self.done_button.isHidden()

    def toggle(self) -> None:
        """Done, and on to the next one; or not done after all."""
        working, key = self._working, self._client_id
        if working is not None:
            done = not working.is_done(key)
            working.mark(key, done=done, then_next=done)

    def next(self) -> None:
        """To the next one with whom one is not done."""
        if self._working is not None:
            self._working.step(1, self._client_id)

    def previous(self) -> None:
        """To the one before."""
        if self._working is not None:
            self._working.step(-1, self._client_id)

    def _show(self) -> None:
        working, number = self._working, self._desk.formats.number
        at = working.position(self._client_id) if working is not None else 0
        self.setVisible(at > 0)
        if working is None or not at:
            return
        words = self.tr("{at} of {count} · {name}")
        self.words.setText(
            words.format(at=number(at), count=number(working.count), name=working.name)
        )
        kept = working.opened is not None
        done = working.is_done(self._client_id)
        left = self.tr("%n to go", "", working.count - working.done_here)
        self.left.setText(left)
        self.left.setVisible(kept)
        self.done_chip.setVisible(done)
        self.done_button.setVisible(kept)
        self.done_button.set_words(self.tr("Not done yet") if done else self.tr("Done"))
        self.done_button.set_key("D")
        self.next_button.setEnabled(working.next(self._client_id) is not None)
        self.previous_button.setEnabled(at > 1)
        self.updateGeometry()
        self.place()
