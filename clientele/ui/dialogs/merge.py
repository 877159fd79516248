"""Two clients beside each other: which words are kept, and what comes together."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes
from clientele.services.duplicates import SetApart, set_apart
from clientele.services.merging import Merge, better, merge_clients
from clientele.store.queries.side_by_side import Side, SideBySide, side_by_side
from clientele.system.places import city_of
from clientele.system.spoken import language_name
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.duplicate_words import birthday_words
from clientele.ui.models.plan_words import channel_words
from clientele.ui.models.stayed import counted_words
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Choice


class MergeSheet(PassingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed.

    Emits ``merged(id)`` with the client who stays.
    """

    merged = Signal(int)

    def __init__(self, desk: Desk, over: QWidget, one_id: int, other_id: int) -> None:
        title = QCoreApplication.translate("MergeSheet", "Make one client of two")
        super().__init__(desk, over, title, width=680)
        self._ids = (one_id, other_id)
        self.choices: dict[str, Choice] = {}
        self.together = label("", "sub")
        self.careful = label("", "strong")
        self.careful.hide()
        self.apart = self.add_button(self.tr("Not the same"), self._set_apart)
        self.merge = self.add_button(self.tr("Make one client"), self._merge, primary=True)
        self.merge.setEnabled(False)
        desk.ask(
            lambda session: (
                side_by_side(session, one_id, other_id),
                better(session, one_id, other_id),
            ),
            lambda found: self._show(*found),
            owner=self,
            failed=self.say,
        )

    def _show(self, found: SideBySide | None, chosen: dict[str, int]) -> None:
        if found is None:
            self.say(self.tr("One of them is no longer in the book. Nothing was changed."))
            return
        one, other = found.one, found.other
        for name, words, sides in self._fields(found):
            self._add_choice(name, words, sides, chosen[name])
        if not self.choices:
            self.body.addWidget(label(self.tr("Nothing needs to be chosen.")))
        self.together.setText("\n".join(filter(None, (self._brings(one), self._brings(other)))))
        self.body.addWidget(label(self.tr("Everything else comes together"), "label"))
        self.body.addWidget(self.together)
        self.body.addWidget(self.careful)  # first: on its own it would be a window
        self._be_careful(one, other)
        self.merge.setEnabled(True)
        self._place()
        first = next(iter(self.choices.values()), None)
        if self.isVisible() and first is not None:
            first.take_keyboard()
        elif self.isVisible():
            self.merge.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fields(self, found: SideBySide) -> list[tuple[str, str, tuple[str, str]]]:
        """What differs: its name here, in words, and what each of the two says."""
        one, other = found.one, found.other
        named = {
            "given_name": self.tr("Given name"),
            "family_name": self.tr("Family name"),
            "preferred_name": self.tr("Preferred name"),
            "say_it": self.tr("How to say it"),
            "language": self.tr("Language"),
            "time_zone": self.tr("Time zone"),
            **found.fields,
        }
        formats = self._desk.formats
        said = {"language": language_name, "time_zone": city_of}

        def words_of(side: Side, name: str) -> str:
            kept = side.words.get(name, "")
            return said[name](kept, formats.locale) if kept and name in said else kept

        rows = [
            (name, words, (words_of(one, name), words_of(other, name)))
            for name, words in named.items()
        ]
        days = tuple(birthday_words(side.birthday, formats) for side in (one, other))
        rows.insert(3, ("birthday", self.tr("Birthday"), (days[0], days[1])))
        rows.append(("owner", self.tr("Whose client"), (one.row.owner, other.row.owner)))
        if one.has_photo and other.has_photo:
            sides = (shown_name(one.row.named), shown_name(other.row.named))
            rows.append(("photo", self.tr("Photo of"), sides))
        return [row for row in rows if row[2][0] != row[2][1]]

    def _add_choice(self, name: str, words: str, sides: tuple[str, str], chosen: int) -> None:
        empty = self.tr("not said")
        options = [(str(key), said or empty) for key, said in zip(self._ids, sides, strict=True)]
        choice = Choice(words, options, wraps=True)
        choice.choose(str(chosen))
        self.choices[name] = choice
        self.add_field(words, choice)

    def _brings(self, side: Side) -> str:
        parts = [*side.phones, *side.emails, *side.addresses, *counted_words(side.counts)]
        if not parts:
            return ""
        return f"{shown_name(side.row.named)}: {' · '.join(parts)}"

    def _be_careful(self, one: Side, other: Side) -> None:
        """A refusal of either is one of the client."""
        refused = sorted(one.refused ^ other.refused)
        if refused:
            words = ", ".join(channel_words(channel) for channel in refused)
            said = self.tr("One of them refused this, so it stays refused: {channels}.")
            self.careful.setText(said.format(channels=words))
        self.careful.setVisible(bool(refused))

    def _merge(self) -> None:
        chosen = {name: int(choice.value) for name, choice in self.choices.items()}
        what = Merge(*self._ids, by=self._desk.me.id, chosen=chosen)
        self._desk.do(
            merge_clients,
            what,
            said=self.tr("Two clients are one now"),
            then=self._done,
            failed=self.say,
        )

    def _done(self, changes: Changes) -> None:
        self.close_sheet()
        if changes.subject is not None:
            self.merged.emit(changes.subject)

    def _set_apart(self) -> None:
        self._desk.do(
            set_apart,
            SetApart(*self._ids, by=self._desk.me.id),
            said=self.tr("Not the same: they stay two clients"),
            then=self.close_after,
            failed=self.say,
        )
