"""A day that matters, as a line: why it matters, and when it is, both as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from clientele.domain.errors import Refusal
from clientele.domain.plans import OccasionKind
from clientele.domain.rules.dates import PartialDate, parse_day
from clientele.services.changes import Changes
from clientele.services.household import (
    AddOccasion,
    EditOccasion,
    RemoveOccasion,
    add_occasion,
    edit_occasion,
    remove_occasion,
)
from clientele.store.queries.household import OccasionRow
from clientele.ui.desk import Desk
from clientele.ui.models.day_words import EXAMPLE, day_words
from clientele.ui.models.household_rows import ahead_words
from clientele.ui.models.plan_words import occasion_words
from clientele.ui.pages.client_cards.as_typed import INSET, AsTyped, HugEdit
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import Chip
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.fields import Field


def read_day(field: Field) -> PartialDate | None:
    """The day in a field, which is marked while it is none; None where it is empty or wrong."""
    try:
        when = parse_day(field.text())
    except Refusal as refusal:
        field.set_wrong(sentence_of(refusal))
        return None
    field.set_wrong("")
    return when


class OccasionLine(AsTyped):
    """One occasion, of the client or of someone in the household."""

    def __init__(
        self, desk: Desk, client_id: int, key: int | None, member_id: int | None = None
    ) -> None:
        super().__init__(desk, key)
        self._client_id, self._member_id = client_id, member_id
        self._row: OccasionRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(Space.TIGHT)
        column.addLayout(row)
        why = HugEdit(self.tr("What the day is"), hint=self.tr("birthday, wedding …"))
        row.addWidget(self.field("why", why))
        self.day = HugEdit(self.tr("Day"), hint=desk.formats.day(EXAMPLE))
        row.addWidget(self.field("day", self.day))
        self.soon = Chip("", Tone.AMBER)
        self.soon.hide()
        ahead = QHBoxLayout()
        ahead.setContentsMargins(INSET, 0, 0, 2)
        ahead.addWidget(self.soon)
        ahead.addStretch(1)
        column.addLayout(ahead)
        self.once = Button("", self._toggle_once, kind="link")
        row.addWidget(self.once)
        away = Button("×", self.remove, kind="link")
        away.setAccessibleName(self.tr("Remove this day"))
        row.addWidget(away)
        row.addStretch(1)
        self.show_in_use(self.once)
        self.show_in_use(away)

    def is_bare(self) -> bool:
        """Without a day that can be read there is nothing to keep."""
        return read_day(self.day) is None and (self.key is None or not self.day.text().strip())

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """A new day."""
        when = read_day(self.day)
        assert when is not None
        kind, title = kind_and_title(values["why"])
        what = AddOccasion(self._client_id, when, kind, title, self._member_id)
        self.desk.do(add_occasion, what, then=then)

    def edit(self, name: str, value: str) -> None:
        """The day or its reason; a day that cannot be read waits until it can."""
        assert self.key is not None
        when = read_day(self.day)
        if when is None:
            return
        kind, title = kind_and_title(self.values()["why"])
        self.desk.do(
            edit_occasion, EditOccasion(self.key, when, kind, title), merge=("occasion", self.key)
        )

    def remove(self) -> None:
        """Take it away."""
        if self.key is None:
            self.dropped.emit()
            return
        self.desk.do(remove_occasion, RemoveOccasion(self.key), said=self.tr("Day removed"))

    def set_row(self, row: OccasionRow) -> None:
        """What the book says."""
        plain = row.kind == OccasionKind.OTHER and not row.title
        words = "" if plain else occasion_words(row.kind, row.title, None)
        self.set_values({"why": words, "day": day_words(row.when, self.desk.formats)})
        ahead, tone = ahead_words(row, self.desk)
        self.soon.setText(ahead)
        self.soon.set_tone(tone)
        self.soon.setVisible(bool(ahead))
        self._row = row
        self.once.set_words(self.tr("every year") if row.every_year else self.tr("once"))

    def _toggle_once(self) -> None:
        """A day with a year comes once, such as a wedding ahead, or every year from then on."""
        row = self._row
        if row is None or self.key is None:
            return
        what = EditOccasion(self.key, row.when, row.kind, row.title, not row.every_year)
        said = self.tr("Once") if row.every_year else self.tr("Every year")
        self.desk.do(edit_occasion, what, said=said)


def kind_and_title(words: str) -> tuple[str, str]:
    """The kind that the words name in the reader's language, else another day with that title."""
    words = " ".join(words.split())
    for kind in OccasionKind:
        if kind is not OccasionKind.OTHER and words.casefold() == _name_of(kind).casefold():
            return kind.value, ""
    return OccasionKind.OTHER, words


def _name_of(kind: OccasionKind) -> str:
    return QCoreApplication.translate("Occasion", kind.value)
