"""All of today's briefs in one print: those of everybody whom one expects, a page each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clientele.services.audit_verbs import TakenOut, say_taken_out
from clientele.ui.desk import Desk

if TYPE_CHECKING:
    from clientele.services.briefs import ToSet
    from clientele.ui.printing.printer import Printing


class ExpectedBriefs(QObject):
    """Gathers the briefs on a reader, then asks for a printer."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self.printing: Printing | None = None

    def print_all(self) -> None:
        """Print the briefs of everybody expected today; with nobody, say so."""
        desk = self._desk
        if not desk.is_signed_in:
            return
        from clientele.services.briefs import of_expected
        from clientele.ui.models.brief_say import brief_say

        me, now, formats = desk.me.id, desk.now(), desk.formats

        desk.ask(
            lambda session: of_expected(session, formats, now=now, me=me, say=brief_say),
            self._gathered,
            owner=self,
            slot="briefs",
        )

    def _gathered(self, found: ToSet) -> None:
        if not found.sheets:
            self._desk.said.emit(self.tr("Nobody is expected today, so nothing is printed."), False)
            return
        from clientele.ui.models.brief_say import brief_say
        from clientele.ui.printing.brief_document import brief_pages, printed_words
        from clientele.ui.printing.pdf import paper_of
        from clientele.ui.printing.printer import Printing

        title = self.tr("Briefs, {day}").format(day=self._desk.formats.long_day(self._desk.today()))
        pages = brief_pages(found.sheets, title, paper_of(found.country), brief_say)
        words = printed_words(len(found.sheets))
        self.printing = Printing(pages, self._over)
        self.printing.told.connect(lambda sentence: self._desk.said.emit(sentence, False))
        clients = tuple(sheet.named.client_id for sheet in found.sheets)
        self.printing.printed.connect(lambda: self._printed(words, clients))
        self.printing.ask()

    def _printed(self, words: str, clients: tuple[int, ...]) -> None:
        if self._desk.is_signed_in:
            what = TakenOut("print_brief", self._desk.me.id, "printer", clients=clients)
            self._desk.do(say_taken_out, what)
        self._desk.said.emit(words, False)
