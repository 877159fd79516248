"""What do the client and their household like and avoid, where, and how is it known?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.preferences import PreferenceKind
from clientele.services.changes import Kind
from clientele.services.likes import (
    AddPreferences,
    MovePreference,
    SetPreferenceDepartment,
    SettlePreference,
    add_preferences,
    move_preference,
    set_preference_department,
    settle_preference,
)
from clientele.services.preferences import EditPreference, edit_preference
from clientele.store.queries.likes import LikeRow, Likes, likes_seen
from clientele.store.queries.seen import Seen
from clientele.ui.card_numbers import to_keep
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.models.likes import like_rows, side_words
from clientele.ui.models.rows import Key
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import Line, label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList

ALL = "0"


class LikesSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset(
        {Kind.PREFERENCE, Kind.HOUSEHOLD_MEMBER, Kind.PURCHASE_LINE, Kind.WISH, Kind.NOTE}
    )

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("LikesSheet", "Likes and avoids")
        super().__init__(desk, over, title, width=680)
        self._client_id = client_id
        self._likes = Likes((), (), ())
        self._changing: LikeRow | None = None
        self._choices: object = None
        self.asks = label("", "label")
        self.body.addWidget(self.asks)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        self.words = Field(
            self.tr("Likes and avoids"), hint=self.tr("emerald, silk; avoids: wool, logos")
        )
        self.words.returnPressed.connect(self._keep)
        self.words.typed.connect(self._typed)
        row.addWidget(self.words, 1)
        self.leave = Button(self.tr("Leave it"), self._begin_anew, kind="quiet")
        self.keep = Button("", self._keep)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self._choosing = QWidget()
        self._flow = QVBoxLayout(self._choosing)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(0)
        self.who: Choice | None = None
        self.where: Choice | None = None
        self.body.addWidget(self._choosing)
        self.body.addWidget(Line())
        self.none = label(
            self.tr(
                "Nothing is known yet. Write what they like, then what they avoid: "
                "“emerald, silk; avoids: wool”."
            ),
            "label",
        )
        self.none.hide()
        self.body.addWidget(self.none)
        self.list = RowList(desk.theme, title, style=Style(inset=0, small_headings=True))
        self.list.acted.connect(self._act)
        self.list.opened.connect(self._change)
        self.body.addWidget(self.list)
        self.add_button(self.tr("Done"), self.close_sheet, primary=True)
        self._begin_anew()
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with more of them."""
        super().open_sheet(focus or self.words)

    # what is known

    def look(self) -> None:
        """All likes and avoids, and what their words may be about."""
        key = self._client_id

        self._desk.ask(
            lambda session: likes_seen(session, key), self._show, owner=self, slot="likes"
        )

    def _show(self, known: tuple[Likes, dict[int, Seen]]) -> None:
        self._likes, found = known
        self._make_choices()
        rows = like_rows(self._likes.rows, found, self._desk)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if not self.isHidden():
            self._place()

    def _make_choices(self) -> None:
        """For whom and where, made anew only where people or departments are others."""
        shown = (self._likes.people, self._likes.departments)
        if shown == self._choices:
            return
        self._choices = shown
        for old in (self.who, self.where):
            if old is not None:
                old.hide()
                old.deleteLater()
        people = [(ALL, self.tr("the client")), *((str(k), name) for k, name in shown[0])]
        places = [(ALL, self.tr("everywhere")), *((str(k), name) for k, name in shown[1])]
        self.who = Choice(self.tr("Who"), people, wraps=True)
        self.where = Choice(self.tr("Where"), places, wraps=True)
        self._flow.addWidget(self.who)
        self._flow.addWidget(self.where)
        self.who.setVisible(len(people) > 1)
        if self._changing is not None:
            self._change(self._changing.id)

    # what is done

    def _typed(self, text: str) -> None:
        self.say("")

    def _keep(self) -> None:
        words = to_keep(self._desk, self.words, self.words.value).strip()
        if self.who is None or self.where is None or self.words.property("cardNumber"):
            return
        place = int(self.where.value or ALL) or None
        if self._changing is not None:
            self._keep_changed(self._changing, words, place)
            return
        if not words:
            return
        what = AddPreferences(
            self._client_id,
            words,
            self._desk.me.id,
            PreferenceKind.LIKE,
            place,
            int(self.who.value or ALL) or None,
        )
        self._desk.do(
            add_preferences, what, said=self.tr("Kept: {what}").format(what=words), failed=self.say
        )
        self.words.clear()

    def _keep_changed(self, one: LikeRow, words: str, place: int | None) -> None:
        if words != one.what:
            self._desk.do(edit_preference, EditPreference(one.id, words), failed=self.say)
        if words and place != one.department_id:
            self._desk.do(
                set_preference_department, SetPreferenceDepartment(one.id, place), failed=self.say
            )
        self._begin_anew()

    def _act(self, key: Key, name: str) -> None:
        one = next((row for row in self._likes.rows if row.id == key), None)
        if one is None:
            return
        if name == "change":
            self._change(key)
        elif name == "remove":
            said = self.tr("Removed: {what}").format(what=one.what)
            self._desk.do(edit_preference, EditPreference(one.id, ""), said=said)
        elif name == "move":
            like = one.kind == PreferenceKind.LIKE
            words = self.tr("Avoids: {what}") if like else self.tr("Likes: {what}")
            self._desk.do(move_preference, MovePreference(one.id), said=words.format(what=one.what))
        else:
            said = f"{side_words(one.kind)}: {one.what}"
            self._desk.do(settle_preference, SettlePreference(one.id), said=said)

    def _change(self, key: Key) -> None:
        one = next((row for row in self._likes.rows if row.id == key), None)
        if one is None or self.who is None or self.where is None:
            return
        self._changing = one
        self.asks.setText(self.tr("Other words, or another department"))
        self.words.setText(one.what)
        self.who.hide()
        self.where.choose(str(one.department_id or ALL))
        self.keep.set_words(self.tr("Keep"))
        self.leave.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_anew(self) -> None:
        self._changing = None
        self.asks.setText(self.tr("What they like; after “avoids:” what they avoid"))
        self.words.clear()
        self.keep.set_words(self.tr("Add"))
        self.leave.hide()
        if self.who is not None and self.where is not None:
            self.who.setVisible(len(self._likes.people) > 0)
            self.where.choose(ALL)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
