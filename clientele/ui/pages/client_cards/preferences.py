"""What the client likes and avoids: chips that are changed where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.preferences import PreferenceKind
from clientele.domain.rules.likes import Conflict, Held, conflicts
from clientele.services.changes import Changes
from clientele.services.likes import (
    AddPreferences,
    SettlePreference,
    add_preferences,
    settle_preference,
)
from clientele.services.preferences import EditPreference, edit_preference
from clientele.store.queries.client import ClientPage
from clientele.store.queries.wearing import PreferenceRow
from clientele.ui.desk import Desk
from clientele.ui.models.likes import conflict_words, side_words
from clientele.ui.pages.client_cards.as_typed import AsTyped, HugEdit
from clientele.ui.pages.client_cards.corner import Corner
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.emptying import empty
from clientele.ui.widgets.layouts import Flow


class PreferenceChip(AsTyped):
    """One like or avoid: its words, and a cross while the pointer or the keyboard is on it."""

    def __init__(self, desk: Desk, key: int | None, tone: Tone) -> None:
        super().__init__(desk, key)
        self.tone = tone
        self.setProperty("pill", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", tone.value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        words = HugEdit(self.tr("Like or avoid"))
        words.setProperty("pill", tone.value)
        row.addWidget(self.field("what", words))
        away = Button("×", self.remove, kind="link")
        away.setProperty("pill", tone.value)
        away.setAccessibleName(self.tr("Remove"))
        self._away = away
        row.addWidget(away)
        self._place = label("", "", wrap=False)
        self._place.setProperty("pill", tone.value)
        self._place.hide()
        row.insertWidget(1, self._place)
        self.show_in_use(away)

    def set_place(self, department: str) -> None:
        """For which department alone it counts."""
        self._place.setText(f"· {department}" if department else "")
        self._place.setVisible(bool(department))

    def begin(self, values: Mapping[str, str], then: Callable[[Changes], None]) -> None:
        """Chips are begun by the field below them."""

    def edit(self, name: str, value: str) -> None:
        """Other words."""
        assert self.key is not None
        self.desk.do(
            edit_preference, EditPreference(self.key, value), merge=("preference", self.key)
        )

    def remove(self) -> None:
        """Take it away."""
        assert self.key is not None
        words = self.values()["what"].strip()
        said = self.tr("Removed: {what}").format(what=words) if words else self.tr("Removed")
        self.desk.do(edit_preference, EditPreference(self.key, ""), said=said)

    def set_words(self, words: str) -> None:
        """What it says."""
        self.set_values({"what": words})
        self._away.setAccessibleName(self.tr("Remove {what}").format(what=words))


class PreferencesCard(Card):
    """Likes and avoids, each with a field that adds one with Return."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("PreferencesCard", "Likes and avoids"))
        self._desk = desk
        self._client_id = 0
        self._chips: dict[int, PreferenceChip] = {}
        self.flows = {PreferenceKind.LIKE: Flow(), PreferenceKind.AVOID: Flow()}
        self.adders = {
            PreferenceKind.LIKE: HugEdit(self.tr("Add a like"), hint=self.tr("+ like")),
            PreferenceKind.AVOID: HugEdit(self.tr("Add an avoid"), hint=self.tr("+ avoid")),
        }
        self._found: tuple[Conflict, ...] = ()
        Corner(self, Button(self.tr("All"), self._show_all, kind="link"))
        self.against = QWidget()
        self._conflicts = QVBoxLayout(self.against)
        self._conflicts.setContentsMargins(0, 0, 0, 0)
        self._conflicts.setSpacing(0)
        self.against.hide()
        self.add(self.against)
        for kind, flow in self.flows.items():
            self.adders[kind].returnPressed.connect(lambda of=kind: self._add(of))
            self.adders[kind].left.connect(lambda of=kind: self._add(of))
            flow.add(self.adders[kind])
            self.add(flow)
        self.body.setSpacing(Space.TIGHT)

    def show_client(self, client_id: int, page: ClientPage) -> None:
        """The likes and avoids of the client's own."""
        if client_id != self._client_id:
            self._client_id = client_id
            self._chips.clear()
            for adder in self.adders.values():
                adder.clear()
        self._show_conflicts(page)
        rows = [
            (PreferenceKind.LIKE, Tone.GREEN, page.likes),
            (PreferenceKind.AVOID, Tone.RED, page.avoids),
        ]
        shown = {row.id: self._chip(row, tone) for _, tone, of in rows for row in of}
        for kind, _, of in rows:
            self.flows[kind].arrange([*(shown[row.id] for row in of), self.adders[kind]])
        self._chips = shown

    def _chip(self, row: PreferenceRow, tone: Tone) -> PreferenceChip:
        chip = self._chips.get(row.id)
        if chip is None or chip.tone is not tone:  # one that changed sides is another's to show
            chip = PreferenceChip(self._desk, row.id, tone)
        chip.set_words(row.what)
        chip.set_place(row.department)
        return chip

    def _add(self, kind: PreferenceKind) -> None:
        words = self.adders[kind].text().strip()
        if not words:
            return
        self.adders[kind].clear()
        what = AddPreferences(self._client_id, words, self._desk.me.id, kind)
        self._desk.do(add_preferences, what)

    def _show_conflicts(self, page: ClientPage) -> None:
        """What is liked and avoided at once, with a click for each way it can be."""
        held = [
            Held(row.id, row.kind, row.what, row.member_id, row.department_id)
            for row in (*page.likes, *page.avoids)
        ]
        found = conflicts(held)
        if found == self._found:
            return
        self._found = found
        empty(self._conflicts)
        for one in found:
            self._conflicts.addWidget(self._conflict(one))
        self.against.setVisible(bool(found))

    def _conflict(self, one: Conflict) -> QWidget:
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(conflict_words(one), "sub"))
        line = Flow(across=Space.ROW, down=0)
        column.addWidget(line)
        for words, held in ((self.tr("Likes it"), one.like), (self.tr("Avoids it"), one.avoid)):
            line.add(Button(words, partial(self._settle, held), kind="link"))
        return both

    def _settle(self, held: Held) -> None:
        said = f"{side_words(held.kind)}: {held.what}"
        self._desk.do(settle_preference, SettlePreference(held.id), said=said)

    def _show_all(self) -> None:
        from clientele.ui.dialogs.likes import LikesSheet

        LikesSheet(self._desk, self, self._client_id).open_sheet()
