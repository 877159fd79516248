"""What is written to these clients, by which template, and who is left out? All said before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.messages_many import WriteMany
from clientele.store.queries.message_many import ForMany, Left, LeftOut, Letter, Letters, for_many
from clientele.store.queries.message_many import letters as letters_of
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.message_words import field_words
from clientele.ui.models.reaching_words import short_words
from clientele.ui.models.rows import Key, Row
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.row_list import RowList

AT_ONCE = 40
"""Clients of one question to a reader: some tenths of a second."""

MOST = 1_000
"""More are written to in several goes: each letter is worked out beforehand."""

HIGH = 260
"""How high the list of letters is, in pixels at scale one."""


class WriteManySheet(PassingSheet):
    """Emits ``said(WriteMany)``, with those who can be written to, once it is known what."""

    said = Signal(object)

    def __init__(self, desk: Desk, over: QWidget, clients: Sequence[int]) -> None:
        count = len(clients)
        title = QCoreApplication.translate("WriteManySheet", "Write to %n client(s)", "", count)
        super().__init__(desk, over, title, width=620)
        self._clients = tuple(clients)
        self._offered = ForMany((), False)
        self._ready: list[Letter] = []
        self._left: list[Left] = []
        self._at = 0
        self.templates: Choice | None = None
        self.told = label(self.tr("Reading the templates…"), "strong")
        self.letters = RowList(
            desk.theme, self.tr("Who is written to, and who is left out"), hug=False,
            style=Style(small_headings=True, inset=0),
        )  # fmt: skip
        self.letters.setFixedHeight(desk.theme.px(HIGH))
        self.letters.hide()
        self.letters.moved.connect(self._show_letter)
        self.letter = label("", "sub")
        for part in (self.told, self.letters, self.letter):
            self.body.addWidget(part)
        self.button = self.add_button(self.tr("Queue"), self.keep, primary=True)
        self.button.setEnabled(False)
        by, language = desk.me.id, desk.formats.language
        desk.ask(
            lambda s: for_many(s, by, language=language), self.offer, owner=self, slot="offered"
        )

    def keep(self) -> None:
        """Say whom, or that it is not known yet."""
        key = self.templates.value if self.templates is not None else ""
        if not key or not self._ready or self._at < len(self._clients):
            return
        clients = tuple(one.named.client_id for one in self._ready)
        what = WriteMany(clients, self._desk.me.id, key, self._desk.formats.language)
        self.close_sheet()
        self.said.emit(what)

    def offer(self, found: ForMany) -> None:
        """These can be written, unless there is no account or too many are chosen."""
        self._offered = found
        if len(self._clients) > MOST:
            words = self.tr("At most {n} at once can be written to; choose fewer.")
            self.told.setText(words.format(n=self._desk.formats.number(MOST)))
            return
        if not found.by_account:
            self.told.setText(
                self.tr("There is no mail account yet; see Mail account… under More.")
            )
            return
        named = [(one.key, one.name) for one in found.templates]
        self.templates = Choice(self.tr("Words"), named, wraps=True)
        self.templates.choose("")
        self.templates.chosen.connect(self._chosen)
        self.body.insertWidget(0, self.templates)
        self.told.setText(self.tr("Choose the words; each gets them in their own language."))

    def _chosen(self, _: str) -> None:
        self._ready, self._left, self._at = [], [], 0
        self.letters.set_rows([])
        self.letter.setText("")
        self.button.setEnabled(False)
        self._go_on()

    def _go_on(self) -> None:
        key = self.templates.value if self.templates is not None else ""
        template = next((one for one in self._offered.templates if one.key == key), None)
        if template is None:
            return
        some = self._clients[self._at : self._at + AT_ONCE]
        by, language, now = self._desk.me.id, self._desk.formats.language, self._desk.now()
        self._desk.ask(
            lambda s: letters_of(s, some, template, by, language=language, now=now),
            self._take,
            owner=self,
            slot="letters",
            failed=self.say,
        )

    def _take(self, found: Letters) -> None:
        self._ready += found.ready
        self._left += found.left
        self._at = min(self._at + AT_ONCE, len(self._clients))
        if self._at < len(self._clients):
            number = self._desk.formats.number
            words = self.tr("Looked at {done} of {all}…")
            self.told.setText(words.format(done=number(self._at), all=number(len(self._clients))))
            self._go_on()
            return
        words = self.tr("%n client(s) will be written to", "", len(self._ready))
        if self._left:
            words += " · " + self.tr("%n left out", "", len(self._left))
        self.told.setText(words)
        self.letters.show()
        self.letters.set_rows([*map(self._out, self._left), *map(self._row, self._ready)])
        self.button.set_words(self.tr("Queue %n e-mail(s)", "", len(self._ready)))
        self.button.setEnabled(bool(self._ready))

    def _row(self, one: Letter) -> Row:
        later = ""
        if one.not_before is not None:
            later = self.tr(" · waits until {when}").format(
                when=self._desk.formats.moment(one.not_before)
            )
        return Row(
            one.named.client_id,
            shown_name(one.named),
            sub=f"{one.subject}{later}",
            section=self.tr("Written to"),
        )

    def _out(self, one: Left) -> Row:
        return Row(
            one.named.client_id,
            shown_name(one.named),
            sub=self._why(one),
            section=self.tr("Left out"),
        )

    def _why(self, one: Left) -> str:
        formats = self._desk.formats
        if one.refused is not None:
            return short_words(one.refused, formats)
        if one.why is LeftOut.MISSING:
            fields = ", ".join(field_words(field, formats.language) for field in one.missing)
            return self.tr("The book does not say yet: {fields}").format(fields=fields)
        return self.tr("Say first whether what was handed over before was sent.")

    def _show_letter(self, key: Key) -> None:
        one = next((one for one in self._ready if one.named.client_id == key), None)
        self.letter.setText("" if one is None else one.body.strip())
