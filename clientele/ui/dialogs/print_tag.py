"""How will the tag and the claim slip look, and where do they go? A printer, or a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from clientele.services.promise_words import TagPrinted, tag_printed
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.reading import StoreFacts, store_facts
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.printing.labels import (
    HEIGHT,
    WIDTH,
    Label,
    label_pages,
    labels_pdf,
    picture,
)
from clientele.ui.printing.pdf_file import PdfFile
from clientele.ui.printing.printer import Printing
from clientele.ui.printing.promise_labels import claim_slip, tag_label, tag_text
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice

BOTH, TAG, SLIP = "both", "tag", "slip"
WIDE = 196
"""Of a label on screen, in pixels at a text scale of one."""


class PrintTagSheet(PassingSheet):
    """Shows both labels as they are printed; printing them is written into the history."""

    def __init__(self, desk: Desk, over: QWidget, row: PromiseRow) -> None:
        title = QCoreApplication.translate("PrintTagSheet", "Tag and claim slip")
        super().__init__(desk, over, f"{title} {tag_text(row)}", width=2 * WIDE + 72)
        self._row = row
        self._tag = tag_label(row, desk.formats)
        self._slip: Label | None = None
        self.pdf_file = PdfFile(self)
        self.pdf_file.saved.connect(self._printed)
        self.pdf_file.failed.connect(self.say)
        self.which = Choice(
            self.tr("Print"),
            [
                (BOTH, self.tr("both")),
                (TAG, self.tr("the tag")),
                (SLIP, self.tr("the claim slip")),
            ],
        )
        self.body.addWidget(self.which)
        self.pictures = (QLabel(), QLabel())
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.GAP)
        for shown in self.pictures:
            shown.setProperty("paper", True)
            line.addWidget(shown)
        line.addStretch(1)
        self.body.addWidget(pair)
        self.body.addWidget(
            label(self.tr("The tag stays with the piece, the slip with the client."), "sub")
        )
        self.pdf_button = self.add_button(self.tr("Save as PDF"), self.ask_where)
        self.print_button = self.add_button(self.tr("Print"), self.print_labels, primary=True)
        self._show(0, self._tag, self.tr("Tag"))
        desk.ask(store_facts, self._store, owner=self)

    def labels(self) -> list[Label]:
        """What is printed."""
        if self._slip is None:
            return [self._tag]
        return {TAG: [self._tag], SLIP: [self._slip]}.get(self.which.value, [self._tag, self._slip])

    def print_labels(self) -> None:
        """Choose a printer and print."""
        self._printing = Printing(label_pages(self.labels(), self.tr("Tag")), self)
        self._printing.told.connect(self.say)
        self._printing.printed.connect(self._printed)
        self._printing.ask()

    def ask_where(self) -> None:
        """Ask where the PDF goes, in the system's own dialog."""
        self.pdf_file.ask(tag_text(self._row), self.save_pdf)

    def save_pdf(self, path: Path) -> None:
        """Write the labels to a file and say so."""
        labels, tag = self.labels(), tag_text(self._row)
        self.pdf_file.write(path, lambda: labels_pdf(labels, tag))

    def _printed(self, said: str = "") -> None:
        words = self.tr("Tag {tag} printed").format(tag=tag_text(self._row))
        self._desk.do(tag_printed, TagPrinted(self._row.id, self._desk.me.id), said=said or words)
        self.close_sheet()

    def _store(self, store: StoreFacts) -> None:
        self._slip = claim_slip(self._row, self._desk.formats, store=store.name)
        self._show(1, self._slip, self.tr("Claim slip"))

    def _show(self, at: int, made: Label, name: str) -> None:
        shown = self.pictures[at]
        sharp = self.devicePixelRatioF()
        wide = round(px(WIDE) * sharp)
        # Set larger and made small, so that the bars keep their widths to the eye.
        image = picture(made, 4 * wide / WIDTH).scaledToWidth(
            wide, Qt.TransformationMode.SmoothTransformation
        )
        image.setDevicePixelRatio(sharp)
        shown.setPixmap(image)
        shown.setFixedSize(px(WIDE) + 2, round(px(WIDE) * HEIGHT / WIDTH) + 2)
        words = ", ".join(line.words for line in made.lines)
        shown.setAccessibleName(f"{name}: {words}")
