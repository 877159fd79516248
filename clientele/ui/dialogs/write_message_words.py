"""What does the message say? About what, by which template, in which language, with what filled in.

What stands in the fields is what goes out: values from the book are marked in it, and whatever is
missing is asked for above. Words that somebody changed are theirs: another template or language
brings other words, and theirs are there again when they come back to it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.field_values import NOTHING, values
from clientele.domain.rules.shipped_templates import call_sheet_key
from clientele.domain.rules.template_filling import Filled, Piece, fill, still_missing
from clientele.domain.rules.templates import Taken, Template, Variant, take
from clientele.domain.rules.text_length import text_length
from clientele.store.queries.message_fields import About, ToWrite
from clientele.ui.desk import Desk
from clientele.ui.models.message_words import (
    about_words,
    because_words,
    field_words,
    language_words,
    length_words,
    purpose_name,
)
from clientele.ui.pages.client_cards.story_filter import MenuButton
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.layouts import Flow, Stack

GAP_WIDTH, GAP_MOST, GAP_EDGES = 260, 590, 40
"""How wide a field for what is missing is, in pixels at a text scale of one."""

OWN = ""
"""The key of no template: the associate's own words."""


class WordsForm(QWidget):
    """Emits ``changed`` when anything is another: channel, purpose, promise or words."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: ToWrite | None = None
        self._templates: tuple[Template, ...] = ()
        self._channel = Channel.TEXT
        self._about: About | None = None
        self._key = OWN
        self._variant: Variant | None = None
        self._taken: Taken | None = None
        self._bare: Filled | None = None
        """With what the book knows alone."""
        self._added: dict[str, str] = {}
        self._theirs: dict[tuple[str, ...], tuple[str, str]] = {}
        self._written = ("", "")
        self._pieces: tuple[Piece, ...] = ()
        self._putting = False
        column = Stack(self)
        self.about = MenuButton(self.tr("About"))
        self.template = MenuButton(self.tr("Words"))
        self.language = MenuButton(self.tr("Language"))
        self.purpose = Choice(
            self.tr("Why it is written"),
            [(one.value, purpose_name(one)) for one in (Purpose.SERVICE, Purpose.NEWS)],
        )
        self.why = label("", "sub", wrap=False)
        self.within = label(self.tr("In"), "label", wrap=False)
        line = Flow(across=6)
        for part in (
            label(self.tr("About"), "label", wrap=False),
            self.about,
            label(self.tr("Words"), "label", wrap=False),
            self.template,
            self.within,
            self.language,
            self.purpose,
            self.why,
        ):
            line.add(part)
        column.addWidget(line)
        self.asked = label(self.tr("The book does not say yet:"), "label")
        self.gaps = Flow(across=Space.SMALL, down=Space.TIGHT)
        self.fields: dict[str, Field] = {}
        self.subject = Field(self.tr("Subject"), hint=self.tr("Subject"))
        self.body = TextField(self.tr("Message"), hint=self.tr("What you would say"), lines=4)
        self.length = label("", "sub")
        for below in (self.asked, self.gaps, self.subject, self.body, self.length):
            column.addWidget(below)
        self.about.chosen.connect(self._chose_about)
        self.template.chosen.connect(self._chose_template)
        self.language.chosen.connect(self._chose_variant)
        self.purpose.chosen.connect(lambda _: self.changed.emit())
        self.subject.typed.connect(lambda _: self._typed())
        self.body.typed.connect(lambda _: self._typed())
        desk.theme.changed.connect(self._mark)

    # what it says

    @property
    def chosen(self) -> Template | None:
        """The template, None for own words."""
        return next((one for one in self._templates if self._key and one.key == self._key), None)

    @property
    def matter(self) -> About | None:
        """What it is about."""
        return self._about

    @property
    def reason(self) -> Purpose:
        """Why it is written: the template's purpose, else as it was chosen."""
        template = self.chosen
        return template.purpose if template is not None else Purpose(self.purpose.value)

    @property
    def language_tag(self) -> str:
        """The language that it is in; of own words nobody knows."""
        return self._taken.variant.language if self._taken is not None else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields for which the book has no value."""
        return self._bare.missing if self._bare is not None else ()

    @property
    def gap(self) -> Field | None:
        """The first field that is missing still."""
        left = still_missing(self.missing, self._subject_now(), self.body.value)
        return next((self.fields[one] for one in left if one in self.fields), None)

    def typed_now(self) -> dict[str, str]:
        """What was chosen and typed; empty while nobody typed a word."""
        theirs = self._is_theirs() and bool(self.subject.value.strip() or self.body.value.strip())
        if not theirs and not any(self._added.values()):
            return {}
        return {
            "kind": _about_key(self._about),
            "line": self._key,
            "system": "" if self._variant is None else _variant_key(self._variant),
            "part": self.reason.value,
            "value": json.dumps(self._added, ensure_ascii=False),
            "what": self.subject.value if theirs else "",
            "words": self.body.value if theirs else "",
        }

    def bring_back(self, kept: dict[str, str]) -> None:
        """What was chosen and typed before, as far as it is there still."""
        if self._facts is None:
            return
        abouts = {_about_key(one): one for one in self._facts.abouts}
        self._about = abouts.get(kept.get("kind", ""))
        self._key = kept.get("line", OWN)
        chosen = kept.get("system", "")
        self._variant = next((v for v in self._variants() if _variant_key(v) == chosen), None)
        if kept.get("part") in set(Purpose):
            self.purpose.choose(kept["part"])
        self._added = _values_read(kept.get("value", ""))
        if kept.get("words") or kept.get("what"):
            self._theirs[self._place()] = (kept.get("what", ""), kept.get("words", ""))
        self._show()

    # what is shown

    def show_facts(self, facts: ToWrite, templates: tuple[Template, ...]) -> None:
        """Begin with what is meant for this client."""
        self._facts, self._templates = facts, templates
        self._about = facts.about
        self._key = self._for_channel(facts.template)
        self._show()

    def set_channel(self, channel: Channel) -> None:
        """The words for another channel: the sheet for a call, a subject for e-mail."""
        self._keep_theirs()
        self._channel = channel
        self._key = self._for_channel(self._key)
        self._show()

    def _show(self) -> None:
        facts, formats, today = self._facts, self._desk.formats, self._desk.today()
        if facts is None:
            return
        abouts: list[tuple[object, str]] = [
            (one, about_words(one, formats, today)) for one in (*facts.abouts, None)
        ]
        self.about.offer(abouts)
        self.about.show_words(about_words(self._about, formats, today))
        fitting = [one for one in self._templates if self._channel in one.channels]
        own = self.tr("my own words")
        self.template.offer([*((one.key, one.name) for one in fitting), (OWN, own)])
        template = self.chosen
        self.template.show_words(own if template is None else template.name)
        self.purpose.setVisible(template is None)
        self._taken = self._take(template)
        for part in (self.within, self.language, self.why):
            part.setVisible(self._taken is not None)
        self._bare = None
        if self._taken is not None:
            self.language.offer([(one, language_words(one)) for one in self._variants()])
            self.language.show_words(language_words(self._taken.variant))
            parts = [purpose_name(self._taken.template.purpose)]
            if self._variant is None:
                parts.append(because_words(self._taken, bool(facts.language)))
            self.why.setText(" · ".join(parts))
            self._bare = fill(self._taken, self._channel, self._known(facts, self._taken))
        self._show_gaps()
        self.subject.setVisible(self._channel == Channel.EMAIL)
        self.body.setReadOnly(self._channel == Channel.CALL and self._taken is not None)
        self._put(self._theirs.get(self._place()))
        self.changed.emit()

    def _take(self, template: Template | None) -> Taken | None:
        if template is None or self._facts is None:
            return None
        taken = take(template, self._facts.language, self._desk.formats.language)
        return taken if self._variant is None else replace(taken, variant=self._variant)

    def _known(self, facts: ToWrite, taken: Taken) -> dict[str, str]:
        matter = NOTHING if self._about is None else self._about.matter
        return values(facts.who, matter, taken.variant, facts.zone)

    def _put(self, theirs: tuple[str, str] | None) -> None:
        """Show the words of the template with what is known by now, or those that were typed."""
        filled = None
        if self._taken is not None and self._facts is not None:
            known = self._known(self._facts, self._taken)
            filled = fill(self._taken, self._channel, {**known, **self._added})
        self._pieces = () if filled is None else filled.body_pieces
        self._written = ("", "") if filled is None else (filled.subject, filled.body)
        subject, body = self._written if theirs is None else theirs
        self._putting = True
        self.subject.setText(subject)
        if body != self.body.value:
            self.body.setPlainText(body)
            self.body.moveCursor(QTextCursor.MoveOperation.End)
        self._putting = False
        self._mark()
        self._measure()

    def _show_gaps(self) -> None:
        """A field for each that has no value; what is not needed may stay empty."""
        bare = self._bare
        wanted = (*bare.missing, *bare.left_out) if bare is not None else ()
        self.gaps.keep()
        self.fields = {}
        for field in wanted:
            means = field_words(field, self._desk.formats.language)
            if bare is not None and field in bare.left_out:
                means = self.tr("{means} (may stay empty)").format(means=means)
            entry = Field(means, self._added.get(field, ""), hint=means)
            whole = entry.fontMetrics().horizontalAdvance(means) + px(GAP_EDGES)
            entry.setMinimumWidth(min(max(px(GAP_WIDTH), whole), px(GAP_MOST)))
            entry.typed.connect(partial(self._added_to, field))
            entry.left.connect(self._fill_in)
            self.fields[field] = entry
            self.gaps.add(entry)
        self.gaps.setVisible(bool(wanted))
        self.asked.setVisible(bool(wanted))

    def _mark(self) -> None:
        """Tint what came from the book, and in amber what is missing still."""
        found: list[QTextEdit.ExtraSelection] = []
        at = 0
        for piece in () if self._is_theirs() else self._pieces:
            end = at + len(piece.words.encode("utf-16-le")) // 2
            if piece.field:
                found.append(self._tinted(at, end, missing=piece.missing))
            at = end
        self.body.setExtraSelections(found)

    def _tinted(self, start: int, end: int, *, missing: bool) -> QTextEdit.ExtraSelection:
        colours = self._desk.theme.colours
        look = QTextCharFormat()
        look.setBackground(colours.amber_tint if missing else colours.tint)
        look.setForeground(colours.amber if missing else colours.accent)
        cursor = QTextCursor(self.body.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        tinted = QTextEdit.ExtraSelection()
        tinted.cursor = cursor
        tinted.format = look
        return tinted

    def _measure(self) -> None:
        """How long a text is, in the signs in which it goes."""
        text = self._channel == Channel.TEXT
        if text:
            self.length.setText(length_words(text_length(self.body.value), self._desk.formats))
        self.length.setVisible(text and bool(self.body.value))

    # what is typed and chosen

    def _typed(self) -> None:
        if self._putting:
            return
        self._mark()
        self._measure()
        self.changed.emit()

    def _added_to(self, field: str, value: str) -> None:
        self._added[field] = value
        if not self._is_theirs():
            self._put(None)
        self.changed.emit()

    def _fill_in(self) -> None:
        """In words that were changed a gap is filled once its value is whole."""
        if not self._is_theirs():
            return
        for field, value in self._added.items():
            if value.strip():
                place = "{" + field + "}"
                self.subject.setText(self.subject.value.replace(place, value))
                if place in self.body.value:
                    self.body.setPlainText(self.body.value.replace(place, value))

    def _chose_about(self, about: object) -> None:
        self._keep_theirs()
        self._about = about if isinstance(about, About) else None
        if self._about is not None and self._about.template:
            self._key = self._for_channel(self._about.template)
            self._variant = None
        self._show()

    def _chose_template(self, key: object) -> None:
        self._keep_theirs()
        self._key, self._variant = str(key), None
        self._show()

    def _chose_variant(self, variant: object) -> None:
        self._keep_theirs()
        self._variant = variant if isinstance(variant, Variant) else None
        self._show()

    def _keep_theirs(self) -> None:
        if self._is_theirs():
            self._theirs[self._place()] = (self.subject.value, self.body.value)
        else:
            self._theirs.pop(self._place(), None)

    def _is_theirs(self) -> bool:
        return (self.subject.value, self.body.value) != self._written

    def _place(self) -> tuple[str, ...]:
        variant = "" if self._variant is None else _variant_key(self._variant)
        return (self._channel, self._key, variant, _about_key(self._about))

    def _subject_now(self) -> str:
        return self.subject.value if self._channel == Channel.EMAIL else ""

    def _variants(self) -> tuple[Variant, ...]:
        template = self.chosen
        return () if template is None else template.variants

    def _for_channel(self, key: str) -> str:
        """The template about the same for the channel at hand; own words where there is none."""
        written = key.removesuffix(call_sheet_key(""))
        wanted = (key, call_sheet_key(written) if self._channel == Channel.CALL else written)
        fitting = {one.key for one in self._templates if self._channel in one.channels}
        return next((one for one in wanted if one in fitting), OWN)


def _about_key(about: About | None) -> str:
    return "" if about is None else f"{about.kind} {about.id}"


def _variant_key(variant: Variant) -> str:
    return f"{variant.language} {variant.address}"


def _values_read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(field): str(value) for field, value in found.items()} if found else {}
