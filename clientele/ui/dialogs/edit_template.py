"""What does a template say, in each language? Its words, what is wrong with them, and how it looks.

What cannot be read is said as it is typed, with its place; the preview shows it with examples.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QWidget

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.template_fields import fields
from clientele.domain.rules.template_texts import (
    channels_read,
    channels_text,
    variants_read,
    variants_text,
)
from clientele.domain.rules.templates import LANGUAGE_NAMES, Address, Template, Variant
from clientele.services.templates import KeepTemplate, keep_template
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.message_words import (
    channel_name,
    field_words,
    language_words,
    length_words,
    purpose_name,
)
from clientele.ui.models.template_words import fault_words, shown_filled
from clientele.ui.pages.client_cards.story_filter import MenuButton
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.card import Banner
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.layouts import Flow

MOST_FAULTS = 3
"""So many are said at once; the others stand there when these are gone."""

ADDRESSES = {"de": (Address.FORMAL, Address.INFORMAL), "nl": (Address.FORMAL, Address.INFORMAL)}
"""Languages in which one says you in two ways."""


class EditTemplateSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. A template without a key is a new one."""

    def __init__(self, desk: Desk, over: QWidget, template: Template) -> None:
        title = template.name or QCoreApplication.translate("EditTemplateSheet", "New template")
        place = f"template {template.key}" if template.key else "new template"
        super().__init__(desk, over, title, place, width=760)
        self._before = template
        self._variants = list(template.variants)
        self._at = 0
        self._putting = False
        self.name = Field(self.tr("Name"), template.name, hint=self.tr("What it is for"))
        self.add_field(self.tr("Name"), self.name)
        line = Flow(across=Space.GAP)
        self.purpose = Choice(
            self.tr("Purpose"),
            [(one.value, purpose_name(one)) for one in (Purpose.SERVICE, Purpose.NEWS)],
        )
        self.purpose.choose(template.purpose)
        line.add(self.purpose)
        self.channels: dict[Channel, QCheckBox] = {}
        for one in (Channel.TEXT, Channel.EMAIL, Channel.CALL):
            box = QCheckBox(channel_name(one))
            box.setChecked(one in template.channels)
            box.setMinimumHeight(Space.TARGET)
            box.toggled.connect(lambda _: self._typed())
            self.channels[one] = box
            line.add(box)
        self.body.addWidget(line)
        self._make_words()
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.name.typed.connect(lambda _: self._typed())
        self.purpose.chosen.connect(lambda _: self._typed())
        self.subject.typed.connect(lambda _: self._typed())
        self.words.typed.connect(lambda _: self._typed())
        self.another.chosen.connect(self._add)
        self.insert.chosen.connect(self._insert)
        self._show_languages()
        self._show_variant()
        self.look_for_draft()

    def _make_words(self) -> None:
        """Which language, its words, what is wrong with them and how they read."""
        self.tabs = Flow(across=Space.TIGHT, down=0)
        self.languages: Choice | None = None
        self.another = MenuButton(self.tr("Another language"))
        self.another.show_words(self.tr("Another language"))
        self.remove = Button(self.tr("Remove this language"), self._remove, kind="link")
        self.body.addWidget(self.tabs)
        self.subject = Field(self.tr("Subject"), hint=self.tr("Subject"))
        self.words = TextField(self.tr("Words"), hint=self.tr("The words, with fields"), lines=6)
        self.insert = MenuButton(self.tr("Put in a field"))
        self.insert.show_words(self.tr("Put in a field"))
        language = self.desk.formats.language
        self.insert.offer([(one, f"{{{one}}}  {field_words(one, language)}") for one in fields()])
        self.help = label(
            self.tr("A part in [[ ]] is left out when a field in it has no value."),
            "sub",
            wrap=False,
        )
        beside = Flow(across=Space.SMALL)
        beside.add(self.insert)
        beside.add(self.help)
        self.faults = Banner(tone=Tone.AMBER)
        self.shown = label("")
        self.length = label("", "sub")
        for part in (self.subject, self.words, beside, self.faults):
            self.body.addWidget(part)
        self.examples = label(self.tr("With examples"), "label")
        self.body.addWidget(self.examples)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.length)

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the words, or with the name of a new one."""
        super().open_sheet(focus or (self.words if self._before.name else self.name))

    def template(self) -> Template:
        """As it stands."""
        chosen = {one for one, box in self.channels.items() if box.isChecked()}
        kept = [one for one in self._before.channels if one in chosen]
        return Template(
            self.name.value,
            Purpose(self.purpose.value),
            (*kept, *(one for one in self.channels if one in chosen and one not in kept)),
            tuple(self._variants),
            self._before.key,
        )

    def typed_now(self) -> dict[str, str]:
        """Everything; empty while it is as it was."""
        now = self.template()
        if now == self._before:
            return {}
        return {
            "what": now.name,
            "part": now.purpose.value,
            "channel": channels_text(now.channels),
            "words": variants_text(now.variants),
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before and not kept."""
        try:
            variants = list(variants_read(fields.get("words", "")))
        except ValueError:
            return
        self.name.set_value(fields.get("what", ""))
        if fields.get("part") in set(Purpose):
            self.purpose.choose(fields["part"])
        wanted = channels_read(fields.get("channel", ""))
        for one, box in self.channels.items():
            self._putting = True
            box.setChecked(one in wanted)
            self._putting = False
        self._variants = variants or self._variants
        self._at = 0
        self._show_languages()
        self._show_variant()

    def keep(self) -> None:
        """Keep it, or say what is wrong with it."""
        said = self.tr("Kept: {name}").format(name=self.name.value.strip())
        what = KeepTemplate(self.template(), self._by, self.place)
        self.keep_as(keep_template, what, said=said)

    # languages

    @property
    def variant(self) -> Variant:
        """The one that is being written."""
        return self._variants[self._at]

    def _show_languages(self) -> None:
        """A chip for each, and what may be added."""
        options = [(str(at), language_words(one)) for at, one in enumerate(self._variants)]
        self.languages = Choice(self.tr("Language"), options, wraps=True)
        self.languages.choose(str(self._at))
        self.languages.chosen.connect(self._chose)
        self.tabs.arrange([self.languages, self.another, self.remove])
        known = {(one.language, one.address) for one in self._variants}
        more = [
            Variant(language, "", address=address)
            for language in LANGUAGE_NAMES
            for address in ADDRESSES.get(language, (Address.EITHER,))
            if (language, address) not in known and (language, Address.EITHER) not in known
        ]
        self.another.offer([(one, language_words(one)) for one in more])
        self.another.setVisible(bool(more))
        self.remove.setVisible(len(self._variants) > 1)

    def _chose(self, at: str) -> None:
        self._at = int(at)
        self._show_variant()

    def _add(self, variant: object) -> None:
        if isinstance(variant, Variant):
            self._variants.append(variant)
            self._at = len(self._variants) - 1
            self._show_languages()
            self._show_variant()
            self.words.setFocus()

    def _remove(self) -> None:
        """Its words stay in the book until the template is kept."""
        del self._variants[self._at]
        self._at = 0
        self._show_languages()
        self._show_variant()
        self.save_draft()

    def _show_variant(self) -> None:
        one = self.variant
        self.subject.setText(one.subject)
        if self.words.value != one.body:
            self._putting = True
            self.words.setPlainText(one.body)
            self.words.moveCursor(QTextCursor.MoveOperation.End)
            self._putting = False
        self._look()

    # words

    def _insert(self, field: object) -> None:
        self.words.insertPlainText(f"{{{field}}}")
        self.words.setFocus()

    def _typed(self) -> None:
        if self._putting:
            return
        one = replace(self.variant, subject=self.subject.value, body=self.words.value)
        self._variants[self._at] = one
        self._look()
        self.save_draft()

    def _look(self) -> None:
        """What is wrong, and how it reads."""
        template = self.template()
        mail = Channel.EMAIL in template.channels
        self.subject.setVisible(mail)
        found = fault_words(template, self.variant)
        self.faults.say("\n".join(found[:MOST_FAULTS]))
        channel = next(iter(template.channels), Channel.TEXT)
        text = Channel.TEXT in template.channels
        filled = None
        if template.channels:
            filled = shown_filled(template, self.variant, Channel.TEXT if text else channel)
        for part in (self.examples, self.shown):
            part.setVisible(filled is not None)
        self.length.setVisible(filled is not None and filled.length is not None)
        if filled is not None:
            self.shown.setText(filled.body)
            if filled.length is not None:
                self.length.setText(length_words(filled.length, self.desk.formats))
