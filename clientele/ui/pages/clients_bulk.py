"""What is done with the chosen clients at once: tagged, followed up, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clientele.domain.rules.rights import Right
from clientele.services.audit_verbs import TakenOut, say_taken_out
from clientele.services.many import FollowUpMany, TagMany, follow_up_many, tag_many
from clientele.services.messages_many import WriteMany, write_many
from clientele.store.errors import Cancelled
from clientele.ui.desk import Desk
from clientele.ui.in_pieces import InPieces

WRITTEN = 20
"""E-mails that are queued in one piece."""

LOOK = 150
"""Milliseconds between two looks how far a file is."""


class Bulk(QObject):
    """Emits ``at_work(words)`` with a count while it goes on, and with nothing when it ended.

    ``ended`` says that it was done; ``stop`` ends it early, and what was done stays with its Undo.
    """

    at_work = Signal(str)
    ended = Signal()

    def __init__(self, desk: Desk, over: QWidget, chosen: Callable[[], tuple[int, ...]]) -> None:
        super().__init__(over)
        self._desk, self._over, self._chosen = desk, over, chosen
        self._doing = ""
        self._written = self._of = 0
        self._exporting = self._stopping = False
        self.pieces = InPieces(desk, self)
        self.pieces.went.connect(self._went)
        self.pieces.ended.connect(self._ended)
        self.pieces.refused.connect(self._refused)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether something goes on."""
        return self.pieces.busy or self._exporting

    def stop(self) -> None:
        """End it."""
        if self._exporting:
            self._stopping = True
            self._desk.ask(lambda _: None, self._stopped, owner=self, slot="export")
        self.pieces.stop()

    # tags

    def tag(self) -> None:
        """Ask which tag, and put it on or take it off."""
        from clientele.ui.dialogs.tag_many import TagManySheet

        if not self.busy and (clients := self._chosen()):
            sheet = TagManySheet(self._desk, self._over, clients)
            sheet.said.connect(self._tag)
            sheet.open_sheet(sheet.field)

    def _tag(self, word: str, on: bool) -> None:
        def said(count: int, stopped: bool) -> str:
            words = self.tr("%n client(s) tagged {tag}", "", count)
            if not on:
                words = self.tr("{tag} taken off %n client(s)", "", count)
            return self._cut(words.format(tag=word), stopped)

        self._doing = self.tr("Tagging {done} of {all}")
        self._begin()
        self.pieces.run(tag_many, lambda some: TagMany(some, word, on), self._chosen(), said=said)

    # follow-ups

    def follow_up(self) -> None:
        """Ask what is to be done, and keep it for each."""
        from clientele.ui.dialogs.follow_up_many import FollowUpManySheet

        if not self.busy and (clients := self._chosen()):
            sheet = FollowUpManySheet(self._desk, self._over, clients)
            sheet.said.connect(self._follow_up)
            sheet.open_sheet(sheet.reason)

    def _follow_up(self, what: FollowUpMany) -> None:
        def said(count: int, stopped: bool) -> str:
            day = self._desk.formats.near_day(what.due_on, self._desk.today())
            words = self.tr("%n follow-up(s) kept for {day}", "", count).format(day=day)
            return self._cut(words, stopped)

        self._doing = self.tr("Follow-ups for {done} of {all}")
        self._begin()
        self.pieces.run(
            follow_up_many, lambda some: replace(what, clients=some), what.clients, said=said
        )

    # e-mail

    def write_to(self) -> None:
        """Ask by which words, show whom they reach, and queue an e-mail for each."""
        from clientele.ui.dialogs.write_many import WriteManySheet

        if not self.busy and (clients := self._chosen()):
            sheet = WriteManySheet(self._desk, self._over, clients)
            sheet.said.connect(self._write_to)
            sheet.open_sheet()

    def _write_to(self, what: WriteMany) -> None:
        def said(count: int, stopped: bool) -> str:
            return self._cut(self.tr("%n e-mail(s) queued", "", count), stopped)

        self._doing = self.tr("Queued {done} of {all}")
        self._begin()
        self.pieces.run(
            write_many,
            lambda some: replace(what, clients=some),
            what.clients,
            said=said,
            at_once=WRITTEN,
        )

    # a file

    def export(self) -> None:
        """Ask where the file goes, and write them there."""
        if self.busy or not self._chosen() or self._desk.allowed.refuses(Right.EXPORT):
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        offered = Path(folder) / (self.tr("clients") + ".csv")
        dialog = QFileDialog(self._over, self.tr("Save as CSV"), str(offered))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._export_to)
        dialog.open()

    def _export_to(self, chosen: str) -> None:
        self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write the chosen clients to ``path``, beside the window's own thread."""
        from clientele.services.exports import export_clients

        clients, book = self._chosen(), self._desk.book

        def there(count: int) -> None:
            words = self.tr("%n client(s) written to {file}", "", count)
            self._desk.said.emit(words.format(file=str(path)), False)
            self._ended("")

        self._doing = self.tr("Writing {done} of {all}")
        self._stopping = False
        self._exporting, self._written, self._of = True, 0, len(clients)
        self._begin()
        self._timer.start()
        written = partial(export_clients, book=book, clients=clients, path=path, told=self._count)
        # Entered before it is written: no list of clients leaves without that.
        self._desk.do(
            say_taken_out,
            TakenOut("export_clients", self._desk.me.id, path, clients=tuple(clients)),
            then=lambda _: self._desk.ask(
                written, there, owner=self, slot="export", failed=self._refused
            ),
            failed=self._refused,
        )

    def _count(self, written: int) -> None:
        """Heard on the reader's thread: only a number is set, or the writing ended."""
        self._written = written
        if self._stopping:
            raise Cancelled

    def _look(self) -> None:
        self._went(self._written, self._of)

    def _stopped(self, _: None) -> None:
        self._desk.said.emit(self.tr("Stopped. No file was written."), False)
        self._ended("")

    # how far it is

    def _begin(self) -> None:
        self._went(0, len(self._chosen()))

    def _went(self, done: int, of: int) -> None:
        number = self._desk.formats.number
        self.at_work.emit(self._doing.format(done=number(done), all=number(of)))

    def _ended(self, _: str) -> None:
        self._timer.stop()
        self._exporting = False
        self.at_work.emit("")
        self.ended.emit()

    def _refused(self, sentence: str) -> None:
        self._timer.stop()
        self._exporting = False
        self.at_work.emit("")
        self._desk.refused.emit(sentence)

    def _cut(self, words: str, stopped: bool) -> str:
        return self.tr("Stopped · {words}").format(words=words) if stopped else words
