"""When was the book last backed up, where are its copies, and how is one brought back?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar

from clientele.domain.rules.rights import Right
from clientele.services.backups import Outcome
from clientele.services.changes import Kind
from clientele.store import copies
from clientele.store.copies import Found
from clientele.store.errors import StoreRefusal
from clientele.store.queries.backups import BackupState, backup_state
from clientele.store.session import Store
from clientele.ui.background import Background
from clientele.ui.backing_up import BackingUp
from clientele.ui.desk import Desk
from clientele.ui.dialogs.restore import RestoreSheet
from clientele.ui.models.backup_words import (
    copy_row,
    size_words,
    when_words,
    why_words,
    wrong_words,
)
from clientele.ui.models.rows import Key
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Tone
from clientele.ui.widgets.basics import LabelledRows, label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner, Card, EmptyState
from clientele.ui.widgets.layouts import Columns, Flow, ground_of
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList

SIDE, MAIN = 360, 480

_Listed = tuple[tuple[Found, ...], tuple[Found, ...], str]


class BackupsPage(Page):
    """Emits ``between(Between)`` for a restore that was decided on."""

    between = Signal(object)

    def __init__(self, desk: Desk, store: Store, backing_up: BackingUp) -> None:
        name = QCoreApplication.translate("BackupsPage", "Backups")
        super().__init__(desk, name, {Kind.BACKUP_MADE})
        self._store, self._backing = store, backing_up
        self._work = Background(self)
        self._copies: dict[Key, Found] = {}
        self._places: tuple[set[str], set[str]] = (set(), set())
        self._state = BackupState()
        self.now_button = Button(self.tr("Back up now"), self.back_up, kind="primary")
        self.header = PageHeader(name, " ", buttons=[self.now_button])
        self.body.addWidget(self.header)
        self.banner = Banner()
        self.banner.hide()
        self.body.addWidget(self.banner)
        columns = Columns()
        columns.set_main_at_least(MAIN)
        main, side = columns.column(), columns.column(SIDE)
        self.body.addWidget(columns)
        self.list = RowList(desk.theme, self.tr("All backups"), hug=False)
        self.list.acted.connect(lambda key, _: self.restore_copy(key))
        self.list.opened.connect(self.restore_copy)
        self.nothing = EmptyState(
            self.tr(
                "The backups will be here: one for each day on which Clientele is open, "
                "and one before each great change."
            )
        )
        self.card = Card(self.tr("All backups"), fill=True)
        self.file_button = Button(self.tr("Restore another file…"), self._choose_copy)
        self.card.add_beside_title(self.file_button)
        self.card.add(self.nothing)
        self.card.add(self.list)
        main.addWidget(self.card)
        columns.let_grow(self.list)
        side.addWidget(self._made_last())
        side.addWidget(self._made_second())
        desk.allowed.close(self.now_button, Right.COPY)
        desk.allowed.close(self.choose_button, Right.COPY)
        desk.allowed.close(self.none_button, Right.COPY)
        desk.allowed.close(self.file_button, Right.RESTORE)
        desk.allowed.tell(self, self._show_rows)
        backing_up.went_on.connect(self._went_on)
        backing_up.told.connect(self._show_progress)

    def _made_last(self) -> Card:
        card = Card(self.tr("Last good backup"))
        self.last = LabelledRows()
        card.add(self.last)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the backup is"))
        self.bar.hide()
        card.add(self.bar)
        card.add(
            label(
                self.tr(
                    "The newest backup of each of seven days, four weeks and twelve months stays, "
                    "and so do all that were made by hand. They are encrypted like the book."
                ),
                "sub",
            )
        )
        return card

    def _made_second(self) -> Card:
        card = Card(self.tr("Second place"))
        self.second = LabelledRows()
        self.second_words = label("", "")
        card.add(self.second_words)
        card.add(self.second)
        self.second_banner = Banner(tone=Tone.AMBER)
        self.second_banner.hide()
        card.add(self.second_banner)
        self.choose_button = Button(self.tr("Choose a folder…"), self._choose_folder)
        self.none_button = Button(self.tr("Use none"), self._use_none, kind="quiet")
        buttons = Flow(across=8, down=8)
        buttons.set_widgets([self.choose_button, self.none_button])
        card.add(buttons)
        return card

    # reading

    def refresh(self) -> None:
        """Ask the book for what was done, and the folders for what is there."""
        if self.desk.is_signed_in:
            self.desk.ask(backup_state, self._show_state, owner=self, slot="state")
            self._look_at_folders()

    def _look_at_folders(self) -> None:
        book, key, place = self._store.path, self._store.data_key, self._backing.place

        def look() -> _Listed:
            here = copies.listed(copies.folder_of(book), key, book.name)
            here += copies.of_migrations(book, key)
            if place is None:
                return here, (), ""
            try:
                there = place.listed(key, book.name)
            except StoreRefusal as refusal:
                return here, (), sentence_of(refusal)
            return here, there, ""

        self._work.run(look, self._show_copies, lambda *_: None)

    def _show_state(self, state: BackupState) -> None:
        self._state = state
        formats, now = self.desk.formats, self.desk.now()
        self.last.clear()
        here = state.here
        if here is None:
            self.header.set_words(self.accessibleName(), self.tr("No backup was made yet"))
            self.last.add(self.tr("When"), self.tr("none yet"))
        else:
            when = when_words(here.at, formats, now)
            self.header.set_words(
                self.accessibleName(), self.tr("Last good one: {when}").format(when=when)
            )
            self.last.add(self.tr("When"), "", strong=when)
            self.last.add(self.tr("Kind"), why_words(here.why))
            self.last.add(self.tr("Size"), size_words(here.size, formats))
        folder = copies.folder_of(self._store.path)
        self.last.add(self.tr("Where"), str(folder))
        words = self.tr("tomorrow, when Clientele is open") if self._is_of_today() else (
            self.tr("in a moment")
        )  # fmt: skip
        self.last.add(self.tr("Next"), words)
        wrong = state.here_wrong
        self.banner.say("" if wrong is None else wrong_words(wrong, str(folder), ""))
        self._show_second()

    def _is_of_today(self) -> bool:
        here = self._state.here
        return here is not None and self.desk.formats.local_day(here.at) == self.desk.today()

    def _show_second(self) -> None:
        place, state = self._backing.place, self._state
        self.second.clear()
        self.none_button.setVisible(place is not None)
        self.choose_button.set_words(
            self.tr("Choose a folder…") if place is None else self.tr("Choose another…")
        )
        self.second_words.setVisible(place is None)
        self.second.setVisible(place is not None)
        if place is None:
            self.second_words.setText(
                self.tr(
                    "A computer that is stolen or breaks takes its backups along. Choose a USB "
                    "stick, another disk or a network share, and each backup is kept there too."
                )
            )
            self.second_banner.say("")
            return
        self.second.add(self.tr("Where"), str(place.chosen))
        last = state.second
        when = self.tr("none yet")
        if last is not None:
            when = when_words(last.at, self.desk.formats, self.desk.now())
        self.second.add(self.tr("Last"), when)
        wrong = state.second_wrong
        self.second_banner.say("" if wrong is None else wrong_words(wrong, "", str(place.chosen)))

    def _show_copies(self, listed: _Listed) -> None:
        here, there, wrong = listed
        self._places = ({one.path.name for one in here}, {one.path.name for one in there})
        both = {one.path.name: one for one in (*there, *here)}
        self._copies = dict(sorted(both.items(), key=lambda item: item[1].at, reverse=True))
        self.list.setVisible(bool(both))
        self.nothing.setVisible(not both)
        self._show_rows()
        self.give_keyboard_to_list()
        if wrong:
            self.second_banner.say(wrong)

    def _show_rows(self) -> None:
        if not self._copies:
            return
        here, there = self._places
        closed = self.desk.allowed.why_not(Right.RESTORE)
        self.list.set_rows(
            [
                copy_row(
                    one,
                    here=name in here,
                    second=name in there,
                    formats=self.desk.formats,
                    now=self.desk.now(),
                    closed=closed,
                )
                for name, one in self._copies.items()
            ]
        )

    # backing up

    def back_up(self) -> None:
        """Make a copy now."""
        self._backing.now(self.desk.acting, self._done)

    def _done(self, outcome: Outcome) -> None:
        if outcome.refused is not None:
            self.desk.refused.emit(sentence_of(outcome.refused))
        elif outcome.second_refused is not None:
            self.desk.refused.emit(sentence_of(outcome.second_refused))
        else:
            self.desk.said.emit(self.tr("Backed up, opened and checked"), False)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _went_on(self) -> None:
        running = self._backing.is_running
        self.bar.setVisible(running)
        if running:
            self.bar.setRange(0, 0)
        self.now_button.setEnabled(not running)
        self.choose_button.setEnabled(not running)
        if not running and self.isVisible():
            self.refresh()

    # the second place

    def _choose_folder(self) -> None:
        if self.desk.allowed.refuses(Right.COPY):
            return
        dialog = QFileDialog(self, self.tr("Choose the second place"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, lambda name: self.choose(Path(name)))

    def choose(self, folder: Path | None) -> None:
        """Keep each backup in ``folder`` too; None: in no second place."""
        self._backing.choose(folder, self.desk.acting, self.desk.refused.emit)

    def _use_none(self) -> None:
        if not self.desk.allowed.refuses(Right.COPY):
            self.choose(None)

    # restoring

    def _choose_copy(self) -> None:
        if self.desk.allowed.refuses(Right.RESTORE):
            return
        dialog = QFileDialog(self, self.tr("Choose a backup"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Backups (*.backup);;All files (*)"))
        self._open(dialog, lambda name: self.restore(Path(name)))

    def restore_copy(self, key: Key) -> None:
        """Look at one of the list, and offer to restore it."""
        if not self.desk.allowed.refuses(Right.RESTORE) and key in self._copies:
            one = self._copies[key]
            self.restore(one.path, when_words(one.at, self.desk.formats, self.desk.now()))

    def restore(self, copy: Path, named: str = "") -> None:
        """Look at a copy, and offer to restore it."""
        sheet = RestoreSheet(self.desk, self._store, ground_of(self), copy, named or copy.name)
        sheet.between.connect(self.between)
        sheet.open_sheet()

    def _open(self, dialog: QFileDialog, then: Callable[[str], None]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def stop(self) -> None:
        """Wait for nothing: what is looked at ends by itself."""
        if self._backing.place is not None:
            self._backing.place.let_be()
        self._work.stop()
