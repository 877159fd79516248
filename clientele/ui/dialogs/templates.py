"""Which templates does the store write with? All of them, and the way to change each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.templates import Template, Variant
from clientele.services.changes import Kind
from clientele.services.templates import (
    OfferTemplate,
    ShippedWordsAgain,
    offer_template,
    shipped_words_again,
)
from clientele.store.queries.templates import StoreTemplate, TemplateList, template_list
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.edit_template import EditTemplateSheet
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.rows import Key
from clientele.ui.models.template_words import CHANGE, OFFER, template_row
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList


class TemplatesSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset({Kind.MESSAGE_TEMPLATE})

    def __init__(self, desk: Desk, over: QWidget) -> None:
        title = QCoreApplication.translate("TemplatesSheet", "Message templates")
        super().__init__(desk, over, title, width=760)
        self._over = over
        self._templates: tuple[StoreTemplate, ...] = ()
        self._may_change = False
        self.about = label(
            self.tr(
                "What you change here is offered to everybody. A message itself can always be "
                "worded otherwise before it goes out."
            ),
            "label",
        )
        self.not_yours = label(
            self.tr("A manager changes these. A message itself you word as you like."), "label"
        )
        self.not_yours.hide()
        self.body.addWidget(self.about)
        self.body.addWidget(self.not_yours)
        self.list = RowList(desk.theme, title, style=Style(inset=0))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._change)
        self.body.addWidget(self.list)
        self.new = self.add_button(self.tr("New template"), self._new)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin in the list."""
        super().open_sheet(focus or self.list)

    def look(self) -> None:
        """All templates of the store."""
        by, language = self._by, self._desk.formats.language
        self._desk.ask(
            lambda session: template_list(session, by, language),
            self._show,
            owner=self,
            slot="templates",
        )

    def _show(self, found: TemplateList) -> None:
        self._templates, self._may_change = found.templates, found.may_change
        formats = self._desk.formats
        self.list.set_rows(
            [template_row(one, formats, may_change=found.may_change) for one in found.templates]
        )
        self.about.setVisible(found.may_change)
        self.not_yours.setVisible(not found.may_change)
        self.new.setVisible(found.may_change)
        if not self.isHidden():
            self._place()

    def _act(self, key: Key, name: str) -> None:
        one = self._named(key)
        if one is None:
            return
        if name == CHANGE:
            self._change(key)
        elif name == OFFER:
            words = self.tr("Offered again: {name}") if one.retired else self.tr("Put away: {name}")
            self._desk.do(
                offer_template,
                OfferTemplate(one.template, one.retired, self._by),
                said=words.format(name=one.template.name),
                failed=self.say,
            )
        else:
            self._desk.do(
                shipped_words_again,
                ShippedWordsAgain(one.key, self._by),
                said=self.tr("As it came with the program: {name}").format(name=one.template.name),
                failed=self.say,
            )

    def _change(self, key: Key) -> None:
        one = self._named(key)
        if one is not None and self._may_change:
            self._edit(one.template)

    def _new(self) -> None:
        variant = Variant(self._desk.formats.language, "")
        self._edit(Template("", Purpose.SERVICE, (Channel.TEXT, Channel.EMAIL), (variant,)))

    def _edit(self, template: Template) -> None:
        """Open the form over this list, which goes away and is opened anew by whoever wants it."""
        sheet = EditTemplateSheet(self._desk, self._over, template)
        self.close_sheet()
        sheet.open_sheet()

    def _named(self, key: Key) -> StoreTemplate | None:
        return next((one for one in self._templates if one.key == key), None)
