"""A copy is to take the place of the book: what would go, what stays seen to, and the decision."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from clientele.services.restoring import (
    Preview,
    forget_preview,
    preview,
    refuse_to_restore,
    restore,
)
from clientele.store.errors import Cancelled
from clientele.store.restore import AnotherKey, KeyOfNeither
from clientele.store.session import Store
from clientele.system.memory import wipe
from clientele.ui.background import Background
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.backup_words import careful_words, last_row, newer_words
from clientele.ui.start.between import After, Between, Closed
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList

WIDTH = 680


class RestoreSheet(PassingSheet):
    """Call ``open_sheet``: the copy is then opened, checked and compared.

    Emits ``between(Between)`` when it was decided.
    """

    between = Signal(object)

    def __init__(self, desk: Desk, store: Store, over: QWidget, copy: Path, named: str) -> None:
        title = QCoreApplication.translate("RestoreSheet", "Restore a backup")
        super().__init__(desk, over, title, width=WIDTH)
        self._store, self._copy, self._named = store, copy, named
        self._work = Background(self)
        self._leave = threading.Event()
        self._preview: Preview | None = None
        self.words = label("", "label")
        self.body.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.body.addWidget(self.bar)
        self.key = Field(self.tr("Recovery key of that time"), hint="XXXX-XXXX-…")
        self.add_field(self.tr("Recovery key of that time"), self.key)
        self.gone = label("", "")
        self.body.addWidget(self.gone)
        self.careful = label("", "label")
        self.body.addWidget(self.careful)
        lost = self.tr("The last things that would be lost")
        self.last = RowList(desk.theme, lost, hug=True, style=Style(inset=0))
        self.last_title = label(lost, "strong")
        self.body.addWidget(self.last_title)
        self.body.addWidget(self.last)
        self.way_back = label(
            self.tr(
                "The book as it is now is copied first and stands on top of the list, so a restore "
                "can be taken back. Everybody signs in anew, with the PIN of now."
            ),
            "sub",
        )
        self.body.addWidget(self.way_back)
        self.leave_button = self.add_button(self.tr("Leave the book as it is"), self.close_sheet)
        self.again_button = self.add_button(self.tr("Try this key"), self.look)
        self.restore_button = self.add_button(
            self.tr("Restore this backup"), self._decide, primary=True
        )
        self.closed.connect(self._end)
        self.look()

    def idle(self) -> bool:
        """Whether nothing is being looked at."""
        return not self._work.busy()

    def look(self) -> None:
        """Open, check and compare the copy, beside the window."""
        self.say("")
        self._show_stage(looking=True)
        self.words.setText(
            self.tr("The backup “{copy}” is being opened and checked.").format(copy=self._named)
        )
        store, copy, typed = self._store, self._copy, self.key.value
        book, key, acting = store.path, store.data_key, self._desk.acting

        def task() -> Preview:
            with store.read(acting=acting) as session:
                refuse_to_restore(session)
            return preview(book, key, copy, old_recovery_key=typed, leave=self._leave.is_set)

        self._work.run(task, self._show, self._refused)

    def _refused(self, error: Exception, sentence: str) -> None:
        if isinstance(error, Cancelled):
            return
        asks = isinstance(error, AnotherKey | KeyOfNeither) or bool(self.key.value)
        self.words.setText(self._named)
        self.say(sentence)
        self._show_stage(asking=asks)
        if asks:
            self.key.setFocus()

    def _show(self, found: Preview) -> None:
        self._preview = found
        formats = self._desk.formats
        looked, newer = found.looked, found.newer
        said = [self.tr("The backup “{copy}” was opened and is whole.").format(copy=self._named)]
        if looked.other_key:
            said.append(
                self.tr("It has an earlier key; once restored, the key of now opens the book.")
            )
        if looked.older:
            said.append(self.tr("It is of an older form and is brought up to date."))
        self.words.setText(" ".join(said))
        if newer is None:
            self.gone.setText(self.tr("The book itself cannot be read, so it cannot be compared."))
        elif newer.nothing:
            self.gone.setText(self.tr("The book is as it was then: nothing would change."))
        else:
            self.gone.setText("\n".join(newer_words(newer, formats)))
        self.careful.setText("" if newer is None else "\n".join(careful_words(newer, formats)))
        now = self._desk.now()
        rows = () if newer is None else newer.last
        self.last.set_rows([last_row(at, one, formats, now) for at, one in enumerate(rows)])
        self._show_stage(shown=True)

    def _decide(self) -> None:
        found = self._preview
        if found is None:
            return
        now, acting, looked = self._desk.now(), self._desk.acting, found.looked
        said = self.tr("The backup “{copy}” was restored. The book of before is in the backups.")
        said = said.format(copy=self._named)

        def work(closed: Closed) -> After:
            restore(
                closed.path,
                closed.data_key,
                looked,
                now=now,
                acting=acting,
                told=closed.told,
                leave=closed.leave,
            )
            return After(closed.data_key, said)

        self._preview = None  # what was fetched for it is still needed
        self.between.emit(
            Between(
                self.tr("Restoring a backup"),
                self.tr(
                    "The book is copied as it is, then the backup takes its place. "
                    "This may take some minutes with a large book."
                ),
                work,
                kept=self.tr("The restore was left. The book is as it was."),
            )
        )

    def _end(self) -> None:
        self._leave.set()
        if self._preview is not None:
            wipe(self._preview.looked.data_key)
            forget_preview(self._store.path)

    def _show_stage(
        self, *, looking: bool = False, asking: bool = False, shown: bool = False
    ) -> None:
        rows = bool(self.last.rows())
        stages: dict[QWidget, bool] = {
            self.bar: looking,
            self.again_button: asking,
            self.gone: shown and bool(self.gone.text()),
            self.careful: shown and bool(self.careful.text()),
            self.last_title: shown and rows,
            self.last: shown and rows,
            self.way_back: shown,
            self.restore_button: shown,
        }
        for widget, visible in stages.items():
            widget.setVisible(visible)
        holder = self.key.parentWidget()
        assert holder is not None
        holder.setVisible(asking)
        if self.isVisible():
            self._place()
