"""Is an offered entry not quite right? Its fields, saved as they are typed, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.dates import PartialDate, parse_day, plain_day
from clientele.domain.rules.due_days import parse_day_ahead
from clientele.services.note_offers import (
    CorrectOffer,
    DropOffer,
    KeepOffer,
    correct_offer,
    drop_offer,
    keep_offer,
)
from clientele.store.queries.note_offers import OfferRow
from clientele.system.formats import Formats
from clientele.ui.card_numbers import to_keep
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.offer_words import day_of_offer, offer_kind_words
from clientele.ui.models.plan_words import channel_act, kind_words, occasion_words
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.fields import Field

CHOICES = {
    "promise": tuple(kind for kind in PromiseKind if kind != PromiseKind.REQUEST),
    "channel": tuple(Channel),
    "occasion": tuple(OccasionKind),
}
HIDDEN = ("system", "department")
"""What the words say by themselves, or the page asks elsewhere."""


class CorrectOfferSheet(PassingSheet):
    """One offer: a field for each of its parts, and the words of the note above them."""

    def __init__(self, desk: Desk, over: QWidget, offer: OfferRow) -> None:
        words = offer_kind_words(offer.kind)
        super().__init__(desk, over, words[:1].upper() + words[1:], width=440)
        self._offer = offer
        quoted = QCoreApplication.translate("Offer", "“{words}”").format(words=offer.said)
        self.body.addWidget(label(quoted, "sub"))
        self.fields: dict[str, Field | Choice] = {}
        for name, value in _in_order(offer.fields):
            if name in CHOICES:
                self._add_choice(name, value)
            elif name not in HIDDEN:
                self._add_field(name, value)
        self.add_button(self.tr("Drop"), self._drop)
        self.add_button(self.tr("Keep"), self._keep, primary=True)

    def first_field(self) -> Field | None:
        """Where the keyboard goes: into the first words, not onto what is chosen already."""
        return next((one for one in self.fields.values() if isinstance(one, Field)), None)

    def _add_choice(self, name: str, value: str) -> None:
        options = [(str(one), _choice_words(name, str(one))) for one in CHOICES[name]]
        choice = Choice(self._name_of(name), options, wraps=True)
        choice.choose(value)
        choice.chosen.connect(partial(self._save, name))
        self.fields[name] = choice
        self.add_field(self._name_of(name), choice)

    def _add_field(self, name: str, value: str) -> None:
        if name == "when":
            value = day_of_offer(value, self._desk.formats)
        elif name == "due":
            value = _due_day(value, self._desk.formats)
        field = Field(self._name_of(name), value)
        field.typed.connect(partial(self._typed, name))
        self.fields[name] = field
        self.add_field(self._name_of(name), field)

    def _name_of(self, name: str) -> str:
        return {
            "name": self.tr("Name"),
            "relation": self.tr("Who it is: wife, son, mother …"),
            "category": self.tr("What for"),
            "value": self.tr("Size") if "category" in self._offer.fields else self.tr("Number"),
            "brand": self.tr("Brand"),
            "what": self.tr("What"),
            "title": self.tr("What it is called"),
            "when": self.tr("When"),
            "due": self.tr("On which day")
            if "channel" in self._offer.fields
            else self.tr("Until when"),
            "reason": self.tr("Why"),
            "tag": self.tr("Language"),
            "item": self.tr("What they wish for"),
            "for_name": self.tr("Of whom, if not of the client: name"),
            "for_relation": self.tr("Of whom: wife, son, mother …"),
            "promise": self.tr("What was promised"),
            "channel": self.tr("How"),
            "occasion": self.tr("Occasion"),
        }[name]

    def _typed(self, name: str, words: str) -> None:
        field = self.fields[name]
        assert isinstance(field, Field), "only a field is typed in"
        try:
            value = self._as_kept(name, words)
        except Refusal as wrong:
            field.set_wrong(sentence_of(wrong))
            return
        field.set_wrong("")
        self._save(name, to_keep(self._desk, field, value))

    def _as_kept(self, name: str, words: str) -> str:
        """What was typed as an offer holds it; a day is refused where it is none."""
        if name == "when":
            when: PartialDate | None = parse_day(words)
            return plain_day(when) if when else ""
        if name == "due":
            day = parse_day_ahead(words, self._desk.today())
            return day.isoformat() if day else ""
        return words

    def _save(self, name: str, value: str) -> None:
        what = CorrectOffer(self._offer.id, name, value)
        merge = ("offer", self._offer.id, name)
        self._desk.do(correct_offer, what, merge=merge, failed=self.say)

    def _keep(self) -> None:
        what = KeepOffer(self._offer.id, self._desk.me.id)
        self._desk.do(
            keep_offer, what, said=self.tr("Kept"), then=self.close_after, failed=self.say
        )

    def _drop(self) -> None:
        what = DropOffer(self._offer.id, self._desk.me.id)
        self._desk.do(
            drop_offer, what, said=self.tr("Dropped"), then=self.close_after, failed=self.say
        )


ORDER = (
    "name", "relation", "promise", "channel", "occasion", "category", "value", "what", "item",
    "reason", "tag", "title", "brand", "when", "due", "for_name", "for_relation",
)  # fmt: skip


def _in_order(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """The fields as a form asks for them: what, then when, then of whom."""
    return [(name, fields[name]) for name in ORDER if name in fields]


def _choice_words(name: str, value: str) -> str:
    if name == "promise":
        return kind_words(value)
    if name == "channel":
        return channel_act(value)
    words = occasion_words(value, "", None)
    return words[:1].upper() + words[1:]


def _due_day(due: str, formats: Formats) -> str:
    """The day until which, as it can be typed again; what is none stands as it is."""
    try:
        return formats.day_year(date.fromisoformat(due))
    except ValueError:
        return due
