"""How far is it? What was asked about a promise, and what was heard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.promise_words import (
    AskAboutPromise,
    WordOnPromise,
    ask_about_promise,
    word_on_promise,
)
from clientele.store.queries.promises import PromiseRow
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.promise_rows import heard_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field


class AskPromiseSheet(DraftedSheet):
    """Heard, with a word; or only asked, which its colleague sees beside the promise."""

    def __init__(self, desk: Desk, over: QWidget, row: PromiseRow) -> None:
        title = QCoreApplication.translate("AskPromiseSheet", "Ask how far it is")
        super().__init__(desk, over, title, f"asking {row.id}")
        self._row = row
        who = row.colleague or row.department or row.associate
        heard = heard_words(row, desk.now(), desk.formats)
        self.body.addWidget(label(f"{shown_name(row.named)} · {row.what}", "label"))
        self.body.addWidget(label(self.tr("In hand: {who} · {heard}").format(who=who, heard=heard)))
        self.word = Field(self.tr("What they say"), hint=self.tr("On the rail, ready by noon"))
        self.add_field(self.tr("What they say"), self.word)
        self.word.typed.connect(lambda _: self.save_draft())
        self.word.returnPressed.connect(self.heard)
        self.asked_button = self.add_button(self.tr("Asked, no word yet"), self.asked)
        self.heard_button = self.add_button(self.tr("Heard"), self.heard, primary=True)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with what they say."""
        super().open_sheet(focus or self.word)

    def typed_now(self) -> dict[str, str]:
        """The words."""
        return {"word": self.word.value} if self.word.value.strip() else {}

    def bring_back(self, fields: dict[str, str]) -> None:
        """The words that were typed before."""
        self.word.set_value(fields.get("word", ""))

    def heard(self) -> None:
        """There is a word: the silence is over."""
        self.keep_as(
            word_on_promise,
            WordOnPromise(self._row.id, self.word.value, self.desk.me.id, self.place),
            said=self.tr("Heard of: {what}").format(what=self._row.what),
        )

    def asked(self) -> None:
        """It was asked, and the answer is waited for."""
        self.keep_as(
            ask_about_promise,
            AskAboutPromise(self._row.id, self.desk.me.id, self.word.value, self.place),
            said=self.tr("Asked about: {what}").format(what=self._row.what),
        )
