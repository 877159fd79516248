"""The book is damaged: restore the newest good backup, or recover what is readable of it?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from clientele.system.clock import Clock
from clientele.system.region import Region
from clientele.ui.background import Background
from clientele.ui.start.step import Step
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field

if TYPE_CHECKING:
    from clientele.services.recovering import Outcome
    from clientele.store.copies import Found

T = TypeVar("T")

EVERY = 200
"""Milliseconds between two looks how far it is."""
RECOVERED = ".recovered"


class DamagedStep(Step):
    """Emits ``whole()`` when a whole book has the damaged one's place, ``end()`` to close.

    The key is found as at the start: by the keyring, by what was typed, else it is asked for.
    """

    whole = Signal()
    end = Signal()

    def __init__(
        self,
        sentence: str,
        book: Path,
        clock: Clock,
        find_region: Callable[[], Region],
        *,
        passphrase: str = "",
        typed: str = "",
        data_key: bytearray | None = None,
    ) -> None:
        super().__init__(width=640)
        self._book, self._clock, self._find_region = book, clock, find_region
        self._passphrase, self._typed = passphrase, typed
        self._data_key = data_key
        self._copy: Found | None = None
        self._outcome: Outcome | None = None
        self._work = Background(self)
        self._leave = threading.Event()
        self._course = (0, 0)
        self._running = False
        self.set_words(self.tr("The book is damaged"), sentence)
        self.key = Field(self.tr("Recovery key"), hint="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.add_field(self.tr("Recovery key"), self.key)
        self.words = label("", "")
        self.body.addWidget(self.words)
        self.far = label("", "sub")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.far)
        self.close_button = self.add_button(self.tr("Close"), self._close)
        self.recover_button = self.add_button(self.tr("Recover what is readable"), self.recover)
        self.restore_button = self.add_button(
            self.tr("Restore the newest backup"), self.restore, primary=True
        )
        self.use_button = self.add_button(self.tr("Use the recovered book"), self.use, primary=True)
        self.look_button = self.add_button(self.tr("Go on"), self.look, primary=True)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._show_course)
        self.look()

    def idle(self) -> bool:
        """Whether nothing slow is running."""
        return not self._running

    def look(self) -> None:
        """Find the key and the newest good copy."""
        typed, known = self.key.text() or self._typed, self._data_key

        def task() -> tuple[bytearray, Found | None]:
            from clientele.services.recovering import good_copies, key_of
            from clientele.system.secrets import vault_as_it_is

            key = known or key_of(
                self._book, vault=vault_as_it_is, passphrase=self._passphrase, recovery_key=typed
            )
            return key, next(good_copies(self._book, key), None)

        def found(both: tuple[bytearray, Found | None]) -> None:
            self._data_key, self._copy = both
            self._tell_what_can_be_done(self._copy)
            self._end()

        self._run(task, found, self._no_key)

    def _tell_what_can_be_done(self, copy: Found | None) -> None:
        if copy is None:
            words = self.tr("{path} is damaged. It was left as it is.")
            self.sentence.setText(words.format(path=self._book))
            self.words.setText(
                self.tr(
                    "There is no good backup on this computer. Recovering reads every page of the "
                    "damaged book and makes a new one of what is whole; the damaged one is kept."
                )
            )
            return
        from clientele.system.formats import Formats

        region = self._find_region()
        words = self.tr(
            "The newest good backup is of {when}. Restoring takes the book back to that moment. "
            "Recovering reads every page of the damaged book, makes a new one of what is whole, "
            "and takes from the backup what is missing. The damaged book is kept either way."
        )
        when = Formats(region.language, region.time_zone).moment(copy.at)
        self.words.setText(words.format(when=when))

    def _no_key(self, _error: Exception, sentence: str) -> None:
        self._end()
        self.say(sentence)
        self._passphrase = ""

    def recover(self) -> None:
        """Make a new book beside the damaged one, and show what came of it."""
        if self._data_key is None:
            self.look()
            return
        key, copy, now = self._data_key, self._copy, self._clock.now()
        target = self._book.with_name(self._book.name + RECOVERED)

        def task() -> Outcome:
            from clientele.services.recovering import recover

            target.unlink(missing_ok=True)  # of a time before, and not used
            return recover(
                self._book, key, target, now=now, copy=None if copy is None else copy.path,
                told=self._told, leave=self._leave.is_set,
            )  # fmt: skip

        self._run(task, self._recovered, self._refused)

    def _recovered(self, outcome: Outcome) -> None:
        self._outcome = outcome
        done = outcome.recovered
        lost = sum(kind.lost for kind in done.kinds.values())
        from_copy = sum(kind.from_copy for kind in done.kinds.values())
        read = sum(kind.read + kind.from_index for kind in done.kinds.values())
        more = any(kind.at_least for kind in done.kinds.values())
        if lost:
            missing = (
                self.tr("{lost} are lost, perhaps more.") if more else self.tr("{lost} are lost.")
            )
        elif more:
            missing = self.tr("None is known to be lost, but some may be.")
        else:
            missing = self.tr("None is lost.")
        sentences = [
            self.tr(
                "{bad} of {pages} pages were damaged. {read} entries were read from the damaged "
                "book, {copied} came from the backup."
            ).format(bad=done.bad, pages=done.pages, read=read, copied=from_copy),
            missing.format(lost=lost),
            self.tr("The new book was looked at and is whole in itself.")
            if outcome.sound
            else self.tr("The new book is not whole either: run the doctor once it is open."),
            self.tr("What is missing is told by kind in {file}.").format(file=outcome.report.name),
        ]
        self.words.setText(" ".join(sentences))
        self.set_words(
            self.tr("A new book was recovered"),
            self.tr(
                "It stands beside the damaged one. Use it, and the damaged one is kept under "
                "another name; close, and everything stays as it is."
            ),
        )
        self._end()

    def use(self) -> None:
        """Let the recovered book take the damaged one's name."""
        outcome, now = self._outcome, self._clock.now()
        if outcome is None:
            return

        def task() -> None:
            from clientele.services.recovering import take_place

            take_place(self._book, outcome.recovered.path, now)

        self._run(task, lambda _: self._whole(), self._refused)

    def restore(self) -> None:
        """Put the newest good copy in the place of the damaged book, which is kept."""
        if self._data_key is None or self._copy is None:
            self.look()
            return
        key, copy, now = self._data_key, self._copy.path, self._clock.now()

        def task() -> None:
            from clientele.domain.rules.rights import SET_UP
            from clientele.services.restoring import preview, restore

            looked = preview(self._book, key, copy, leave=self._leave.is_set).looked
            restore(
                self._book, key, looked, now=now, acting=SET_UP, told=self._told,
                leave=self._leave.is_set,
            )  # fmt: skip

        self._run(task, lambda _: self._whole(), self._refused)

    def stop(self) -> None:
        """End what runs."""
        self._leave.set()
        self._timer.stop()
        self._work.stop()

    def _whole(self) -> None:
        self._end()
        self.whole.emit()

    def _close(self) -> None:
        if self._running:
            self._leave.set()
        else:
            self.end.emit()

    def _told(self, done: int, total: int) -> None:
        self._course = (done, total)

    def _run(
        self,
        task: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception, str], None],
    ) -> None:
        if self._running:
            return
        self._running = True
        self._leave.clear()
        self._course = (0, 0)
        self.say("")
        self.bar.setRange(0, 0)
        self.bar.show()
        self.close_button.set_words(self.tr("Leave it"))
        self._show_course()
        self._show_choices()
        self._timer.start()
        self._work.run(task, then, failed)

    def _refused(self, error: Exception, sentence: str) -> None:
        from clientele.store.errors import Cancelled

        self._end()
        cancelled = isinstance(error, Cancelled)
        self.say(self.tr("Left. The damaged book is as it was.") if cancelled else sentence)

    def _end(self) -> None:
        self._running = False
        self._timer.stop()
        self.bar.hide()
        self.far.hide()
        self.close_button.set_words(self.tr("Close"))
        self._show_choices()
        self._take_keyboard()

    def _show_choices(self) -> None:
        """Only what can be done now: first the key, then one of two ways, then to use the book."""
        asks, made = self._data_key is None, self._outcome is not None
        shown: dict[Button, bool] = {
            self.look_button: asks and not self._running,
            self.recover_button: not asks and not made,
            self.restore_button: not asks and not made and self._copy is not None,
            self.use_button: made,
        }
        for button, visible in shown.items():
            button.setVisible(visible)
            button.setEnabled(not self._running)
        holder = self.key.parentWidget()
        assert holder is not None
        holder.setVisible(asks and not self._running)
        self.words.setVisible(bool(self.words.text()))

    def _take_keyboard(self) -> None:
        """To what is to be typed or to go on with; of the two ways, to that which replaces nothing.

        So Return, pressed once too often, never takes the book back to an older one.
        """
        if self._data_key is None:
            self.set_primary(self.look_button)
            to: Button | Field = self.key
        elif self._outcome is None:
            self.set_primary(None)
            to = self.recover_button
        else:
            self.set_primary(self.use_button)
            to = self.use_button
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_course(self) -> None:
        done, total = self._course
        self.far.setVisible(bool(total) and self._running)
        if total:
            self.far.setText(self.tr("{share} % done").format(share=100 * done // total))
            self.bar.setRange(0, total)
            self.bar.setValue(done)
