"""The form that brings a file in: choose it, check what its columns mean, import, look back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from clientele.domain.history import ImportKind
from clientele.domain.rules.rights import Right
from clientele.exchange.fields import missing
from clientele.exchange.mapping import Mapping, guess
from clientele.exchange.plan import ImportPlan, PreviewRow, preview, with_mapping
from clientele.exchange.sniff import CsvShape, sniff
from clientele.services.changes import Changes, Kind
from clientele.services.duplicates import look_after_import
from clientele.services.imports import ImportResult, Progress, import_file, store_ways
from clientele.store.session import Store
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.importing.columns_form import ColumnsForm
from clientele.ui.importing.field_words import field_words
from clientele.ui.importing.preview_table import PreviewTable
from clientele.ui.refusals import CONTEXT
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.sheet import Sheet

TOUCHED = frozenset(
    {
        Kind.CLIENT,
        Kind.CONTACT_POINT,
        Kind.PURCHASE,
        Kind.PURCHASE_LINE,
        Kind.NOTE,
        Kind.BOOK_MEMBERSHIP,
        Kind.DEPARTMENT,
        Kind.IMPORT_BATCH,
    }
)
"""What an import may change, for the pages that show it."""


class ImportSheet(Sheet):
    """Opens over the window. Emits ``done(ImportResult)``; the window stays usable meanwhile.

    ``show_duplicates`` asks for those who may be in the book already.
    """

    done = Signal(object)
    show_duplicates = Signal()
    _progressed = Signal(object)

    def __init__(self, desk: Desk, store: Store, over: QWidget) -> None:
        super().__init__(
            over, QCoreApplication.translate("ImportSheet", "Bring in a file"), width=940
        )
        self._desk, self._store = desk, store
        self._work = Background(self)
        self._cancel = threading.Event()
        self._leave = threading.Event()
        self._stopping = threading.Event()
        self._shape: CsvShape | None = None
        self._plan: ImportPlan | None = None
        self._asked: Mapping | None = None
        self._result: ImportResult | None = None
        self.sentence = label(
            self.tr(
                "A CSV file of customers or of purchases, from the till, the shop system or a "
                "spreadsheet. Nothing is kept before you have seen how it would be read."
            ),
            "label",
        )
        self.body.addWidget(self.sentence)
        self.kind = Choice(
            self.tr("What the file holds"),
            [
                (ImportKind.CUSTOMERS, self.tr("customers")),
                (ImportKind.PURCHASES, self.tr("purchases")),
            ],
        )
        self.kind.chosen.connect(self._other_kind)
        self.whose = Choice(
            self.tr("Whose new clients are they"),
            [("store", self.tr("nobody's yet")), ("mine", self.tr("mine"))],
        )
        choices = QWidget()
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(label(self.tr("The file holds"), "label", wrap=False))
        row.addWidget(self.kind)
        row.addSpacing(Space.PAGE_X)
        row.addWidget(label(self.tr("New clients are"), "label", wrap=False))
        row.addWidget(self.whose)
        row.addStretch(1)
        self.choices = choices
        self.body.addWidget(choices)
        self.columns = ColumnsForm()
        self.columns.changed.connect(self._replan)
        self.body.addWidget(self.columns)
        self.preview = PreviewTable(self.tr("The first rows as they would be read"), desk.formats)
        self.preview.setMinimumHeight(200)
        self.body.addWidget(self.preview, 1)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the import is"))
        self.body.addWidget(self.bar)
        self.choose_button = self.add_button(self.tr("Choose a file…"), self._choose)
        self.rejects_button = self.add_button(self.tr("Show the rejected rows"), self._rejects)
        self.pairs_button = self.add_button(self.tr("Look at them"), self._look_at_them)
        self.cancel_button = self.add_button(self.tr("Cancel the import"), self._cancel.set)
        self.leave_button = self.add_button(self.tr("Leave that for later"), self._leave.set)
        self.import_button = self.add_button(self.tr("Import"), self._import, primary=True)
        self._progressed.connect(self._progress)
        self._show_stage(choosing=True)
        desk.allowed.close_form(self, Right.IMPORT, self.choose_button, self.import_button)

    @property
    def result(self) -> ImportResult | None:
        """What the last import did."""
        return self._result

    def idle(self) -> bool:
        """Whether nothing is being read or imported."""
        return not self._work.busy()

    def stop(self) -> None:
        """Cancel what runs and wait until its last chunk is kept."""
        self._cancel.set()
        self._leave.set()
        self._stopping.set()
        self._work.stop()

    def open_file(self, path: Path) -> None:
        """Look at a file and show how it would be read."""
        self.say("")
        self._work.run(lambda: sniff(path), self._sniffed, lambda _, why: self.say(why))

    # choosing and correcting

    def _choose(self) -> None:
        if self._desk.allowed.refuses(Right.IMPORT):
            return
        dialog = QFileDialog(self, self.tr("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("CSV files (*.csv *.txt *.tsv);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.open_file(Path(name)))
        dialog.open()

    def _sniffed(self, shape: CsvShape) -> None:
        self._shape = shape
        self.kind.choose(shape.kind)
        self._replan(guess(shape.header, shape.kind))

    def _other_kind(self, kind: str) -> None:
        if self._shape is not None:
            self._replan(guess(self._shape.header, ImportKind(kind)))

    def _replan(self, mapping: Mapping) -> None:
        shape = self._shape
        if shape is None:
            return
        self.columns.show_mapping(mapping)
        self._show_stage(mapping=True)
        self._plan = None
        self.import_button.setEnabled(False)
        lacking = missing(mapping.kind, frozenset(mapping.columns))
        if lacking:
            self._say_lacking(mapping.kind, lacking)
            return

        self._asked = mapping
        acting = self._desk.acting

        def look() -> tuple[ImportPlan, tuple[PreviewRow, ...]]:
            plan = with_mapping(shape, mapping, store_ways(self._store, acting=acting))
            return plan, preview(plan)

        def planned(answer: tuple[ImportPlan, tuple[PreviewRow, ...]]) -> None:
            if self._asked is mapping:  # not corrected again meanwhile
                self._planned(*answer)

        self._work.run(look, planned, lambda _, why: self.say(why))

    def _say_lacking(self, kind: ImportKind, lacking: tuple[str, ...]) -> None:
        if kind is ImportKind.CUSTOMERS:
            self.say(self.tr("Say which column holds a number, a name, an e-mail or a telephone."))
            return
        words = ", ".join(field_words(field) for field in lacking)
        self.say(self.tr("Say which column holds: {fields}.").format(fields=words))

    def _planned(self, plan: ImportPlan, rows: tuple[PreviewRow, ...]) -> None:
        self._plan = plan
        translate = QCoreApplication.translate
        doubts = [
            translate(CONTEXT, doubt.template).format(**doubt.values) for doubt in plan.doubts
        ]
        self.say(" ".join(doubts), Tone.BLUE)
        shape = plan.shape
        self.sentence.setText(
            self.tr(
                "{file}: {columns} columns, separated by {mark}, written in {encoding}."
            ).format(
                file=shape.path.name,
                columns=len(shape.header),
                mark=self._mark(shape.delimiter),
                encoding=shape.encoding,
            )
        )
        self.preview.show_rows(plan.mapping, rows)
        self.import_button.setEnabled(True)

    def _mark(self, delimiter: str) -> str:
        names = {
            ",": self.tr("commas"),
            ";": self.tr("semicolons"),
            "\t": self.tr("tabs"),
            "|": self.tr("bars"),
        }
        return names.get(delimiter, delimiter)

    # importing

    def _import(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self._cancel.clear()
        self._leave.clear()
        self.say("")
        self.bar.setValue(0)
        self._show_stage(importing=True)
        self._work.run(self._task(plan), self._imported, self._broken)

    def _task(self, plan: ImportPlan) -> Callable[[], ImportResult]:
        by, own, acting = self._desk.me.id, self.whose.value == "mine", self._desk.acting
        return lambda: import_file(
            self._store,
            plan,
            now=self._desk.now(),
            progress=self._progressed.emit,
            cancelled=self._cancel.is_set,
            leave=self._leave.is_set,
            by=by,
            own=own,
            acting=acting,
        )

    def _progress(self, progress: Progress) -> None:
        if progress.to_find:
            self._finding(progress)
            return
        self.bar.setValue(round(progress.share * 1000))
        self.sentence.setText(self._counts(progress))

    def _finding(self, progress: Progress) -> None:
        """All rows are in, and those they are about are being made findable."""
        number = self._desk.formats.number
        words = self.tr("They are in. Making them findable, {found} of {all}.").format(
            found=number(progress.found), all=number(progress.to_find)
        )
        self.sentence.setText(f"{self._counts(progress)} {words}")
        self.bar.setValue(round(1000 * progress.found / progress.to_find))
        self.cancel_button.hide()
        self.leave_button.show()

    def _imported(self, result: ImportResult) -> None:
        self._result = result
        self._plan = None
        self.bar.setValue(1000)
        counts = self._counts(result)
        if result.cancelled:
            self.sentence.setText(
                self.tr("Cancelled. {counts} Import the same file again to add the rest.").format(
                    counts=counts
                )
            )
        else:
            self.sentence.setText(self.tr("Done. {counts}").format(counts=counts))
        self._say_further(result)
        if result.rejected:
            self.say(
                self.tr(
                    "The rejected rows are in {file}, each with its reason. Correct them there "
                    "and bring in that file; what is known already is not added twice."
                ).format(file=result.reject_path and result.reject_path.name)
            )
        self._show_stage(ended=True)
        self._tell()
        self.done.emit(result)
        self._look_for_duplicates(result)

    def _say_further(self, result: ImportResult) -> None:
        """What known lines were told, and who is not found yet."""
        number = self._desk.formats.number
        further = []
        if result.completed:
            words = self.tr("{count} of those known were told their brand or size.")
            further.append(words.format(count=number(result.completed)))
        if result.left:
            words = self.tr(
                "{count} clients are found by what is new about them once the book is opened "
                "again; it catches up by itself."
            )
            further.append(words.format(count=number(result.left)))
        self.sentence.setText(" ".join([self.sentence.text(), *further]))

    def _look_for_duplicates(self, result: ImportResult) -> None:
        """Compare whom the file brought with the book, once what it did is already said."""
        if not result.clients_added:
            return
        store, now, said = self._store, self._desk.now(), self.sentence.text()
        acting = self._desk.acting

        def look() -> int:
            return look_after_import(
                store, result.batch_id, now=now, cancelled=self._stopping.is_set, acting=acting
            )

        def found(likely: int) -> None:
            if likely and self._result is result:
                words = self.tr("%n new client(s) may be in the book already.", "", likely)
                self.sentence.setText(f"{said} {words}")
                self.pairs_button.show()
                self._desk.changed.emit(Changes(ids={Kind.DUPLICATE_PAIR: frozenset()}))

        self._work.run(look, found, lambda *_: None)

    def _look_at_them(self) -> None:
        self.close_sheet()
        self.show_duplicates.emit()

    def _broken(self, _error: Exception, sentence: str) -> None:
        self.say(sentence)
        self._show_stage(choosing=True)
        self._tell()

    def _tell(self) -> None:
        self._desk.changed.emit(Changes(ids=dict.fromkeys(TOUCHED, frozenset())))

    def _counts(self, so_far: Progress | ImportResult) -> str:
        number = self._desk.formats.number
        return self.tr(
            "{read} rows read: {added} added, {known} known already, {bad} rejected."
        ).format(
            read=number(so_far.read),
            added=number(so_far.added),
            known=number(so_far.known),
            bad=number(so_far.rejected),
        )

    def _rejects(self) -> None:
        if self._result is not None and self._result.reject_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.reject_path)))

    def _show_stage(
        self,
        *,
        choosing: bool = False,
        mapping: bool = False,
        importing: bool = False,
        ended: bool = False,
    ) -> None:
        shown: dict[QWidget, bool] = {
            self.choices: mapping,
            self.columns: mapping,
            self.preview: mapping,
            self.bar: importing or ended,
            self.choose_button: choosing or mapping or ended,
            self.pairs_button: False,
            self.rejects_button: ended and bool(self._result and self._result.rejected),
            self.cancel_button: importing,
            self.leave_button: False,
            self.import_button: mapping,
        }
        for widget, visible in shown.items():
            widget.setVisible(visible)
        self.cross.setEnabled(not importing)
        if self.isVisible():
            self._place()
