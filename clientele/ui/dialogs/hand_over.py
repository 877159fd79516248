"""To whom is this client handed over, what of them, until when, and with which words?"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.rules.due_days import Soon
from clientele.services.changes import Changes
from clientele.services.hand_offs import Offer, offer
from clientele.store.queries.hand_over import HandOver, hand_over
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.client_names import shown_name
from clientele.ui.theme import Space, px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.colleague_tiles import ColleagueTiles
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import TextField
from clientele.ui.widgets.layouts import Flow, Stack

DAYS = (Soon.TODAY, Soon.TOMORROW, Soon.NEXT_MONDAY, Soon.NEXT_WEEK)
WHOLE, GOOD, LENT, TOLD, NONE = "whole", "good", "lent", "told", "none"
WIDE = 880
"""Of the form, at a text scale of one: three colleagues beside each other."""
SHORT = 64
"""Letters of a suggestion on its button; all of them go into the note."""


class HandOverSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(hand-off id)``.

    ``department_id`` chooses that part, ``promise_id`` lets the work of a promise go along.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int,
        visit_id: int | None = None,
        department_id: int | None = None,
        promise_id: int | None = None,
        note: str = "",
    ) -> None:
        title = QCoreApplication.translate("HandOverSheet", "Hand over")
        super().__init__(desk, over, title, f"hand over {client_id}", width=WIDE)
        self._client_id, self._visit_id, self._promise_id = client_id, visit_id, promise_id
        self._wanted = "" if department_id is None else str(department_id)
        self._seen: HandOver | None = None
        self._brought: dict[str, str] = {}
        self._options: list[str] = [WHOLE]
        self._offered_along: set[str] = set()
        self.now = label("", "sub")
        self.body.addWidget(self.now)
        self.colleagues = ColleagueTiles(
            desk,
            self.tr("To whom"),
            without=(desk.me.id,),
            across=3 if over.window().width() > px(WIDE) else 2,
        )
        self.add_field(self.tr("To whom"), self.colleagues)
        self._parts = Stack(holder := QWidget(), gap=0)
        self.part = Choice(self.tr("What"), [(WHOLE, self.tr("Whole client"))], wraps=True)
        self._parts.addWidget(self.part)
        self.add_field(self.tr("What"), holder)
        self.along = Choice(self.tr("Goes along"), [(NONE, self.tr("No promise"))], wraps=True)
        self._along_place = QWidget()
        self._promises = Stack(self._along_place, gap=0)
        self._promises.addWidget(self.along)
        self.add_field(self.tr("Work that goes along"), self._along_place)
        self.until = Choice(
            self.tr("Until"),
            [(GOOD, self.tr("For good")), (LENT, self.tr("Until a day"))],
            wraps=True,
        )
        self.day = DayChoice(desk.formats, self.tr("Last day"), desk.today(), DAYS)
        self.day.hide()
        self.told = Choice(
            self.tr("The client"),
            [("", self.tr("Not told yet")), (TOLD, self.tr("Knows"))],
            wraps=True,
        )
        self.body.addWidget(self._beside(self.until, self.told))
        self.body.addWidget(self.day)
        self.note = TextField(
            self.tr("What they should know"),
            note,
            hint=self.tr("Looking for a winter wardrobe, hates wool"),
        )
        self.add_field(self.tr("What they should know"), self.note)
        self.words = Flow(across=Space.SMALL, down=0)
        self.body.addWidget(self.words)
        self.button = self.add_button(self.tr("Offer"), self.offer, primary=True)
        self._join()
        today, by = desk.today(), desk.me.id
        desk.ask(
            lambda session: hand_over(session, client_id, by=by, today=today, visit_id=visit_id),
            self._show,
            owner=self,
            slot="hand over",
        )
        self.look_for_draft()

    @staticmethod
    def _beside(*choices: Choice) -> QWidget:
        """Choices beside each other, each under its name."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for choice in choices:
            column = QVBoxLayout()
            column.setSpacing(3)
            column.addWidget(label(choice.accessibleName(), "label"))
            column.addWidget(choice)
            row.addLayout(column, 1)
        return holder

    def _join(self) -> None:
        self.colleagues.loaded.connect(self._loaded)
        self.colleagues.chosen.connect(self._changed)
        self.until.chosen.connect(self._until)
        self.day.chosen.connect(self._changed)
        self.note.typed.connect(self._changed)
        self.told.chosen.connect(self._changed)

    def typed_now(self) -> dict[str, str]:
        """Everything chosen and written; empty while there is no colleague and no word."""
        to = self.colleagues.value
        if to is None and not self.note.value.strip():
            return {}
        return {
            "to": str(to or ""),
            "part": self.part.value,
            "along": self.along.value,
            "until": self._last_day.isoformat() if self._last_day else "",
            "note": self.note.value,
            "told": self.told.value,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was chosen and written before."""
        self._brought = fields
        self.note.set_value(fields.get("note", ""))
        if fields.get("told"):
            self.told.choose(TOLD)
        if fields.get("to"):
            self.colleagues.choose(int(fields["to"]))
        if fields.get("until"):
            self.until.choose(LENT)
            self.day.set_day(max(date.fromisoformat(fields["until"]), self.desk.today()))
            self.day.show()
        self._choose_part()
        self._choose_along()
        self._place()

    def offer(self) -> None:
        """Offer it, or say what is missing."""
        to = self.colleagues.value
        if to is None:
            self.say(self.tr("To whom? Choose a colleague; what you typed is still there."))
            return
        if self._seen is not None and not self.part.value:
            self.say(self.tr("What do you hand over? Choose it; what you typed is still there."))
            return
        if self.until.value == LENT and self.day.day is None:
            self.say(self.tr("Until when? Choose a day; what you typed is still there."))
            self.day.field.setFocus()
            return
        name = self.colleagues.chosen_name
        self.keep_as(
            offer,
            Offer(
                client_id=self._client_id,
                to_id=to,
                by=self.desk.me.id,
                department_id=None if self.part.value in ("", WHOLE) else int(self.part.value),
                visit_id=self._visit_id,
                promise_id=self._goes_along,
                note=self.note.value,
                until_on=self._last_day,
                client_told=self.told.value == TOLD,
                draft=self.place,
            ),
            said=self.tr("Offered to {name}; it counts once they accept").format(name=name),
            then=self._made,
        )

    # what is shown

    @property
    def _last_day(self) -> date | None:
        return self.day.day if self.until.value == LENT else None

    def _show(self, found: HandOver | None) -> None:
        if found is None:
            self.close_sheet()
            return
        self._seen = found
        client = shown_name(found.named)
        self.title.setText(self.tr("Hand over {client}").format(client=client))
        self.frame.setAccessibleName(self.title.text())
        self.now.setText(self._stands(found))
        options = [(str(one.id), one.name) for one in found.departments]
        if found.whole:
            options.insert(0, (WHOLE, self.tr("Whole client")))
        self._options = [value for value, _ in options]
        self.part.hide()
        self.part.deleteLater()
        self.part = Choice(self.tr("What"), options, wraps=True)
        self.part.chosen.connect(self._changed)
        self._parts.addWidget(self.part)
        self._choose_part()
        self._offer_promises(found)
        self.words.set_widgets([self._suggestion(words) for words in found.words])
        self.words.setVisible(bool(found.words))
        self._mark()
        self._place()
        self._to_first()

    @property
    def _goes_along(self) -> int | None:
        chosen = self.along.value
        return int(chosen) if chosen.isdigit() else self._promise_id

    def _offer_promises(self, found: HandOver) -> None:
        """The hem can go to Alterations with the client, or stay where it is."""
        options = [(str(one.id), _short(one.what)) for one in found.promises]
        self.along.hide()
        self.along.deleteLater()
        self.along = Choice(
            self.tr("Goes along"), [(NONE, self.tr("No promise")), *options], wraps=True
        )
        self._offered_along = {value for value, _ in options}
        self._choose_along()
        self.along.chosen.connect(self._changed)
        self._promises.addWidget(self.along)
        if (field := self._along_place.parentWidget()) is not None:
            field.setVisible(bool(options))

    def _choose_along(self) -> None:
        wanted = self._brought.get("along") or str(self._promise_id or "")
        self.along.choose(wanted if wanted in self._offered_along else NONE)

    def _choose_part(self) -> None:
        offered = [value for value in (self._brought.get("part", ""), self._wanted) if value]
        for value in offered:
            if value in self._options:
                self.part.choose(value)
                return

    def _stands(self, found: HandOver) -> str:
        """Whose the client is now, and that nothing changes before the colleague says yes."""
        whole = found.now.whole
        if whole.associate_id is None:
            return self.tr("Nobody owns this client yet.")
        if whole.associate_id == self.desk.me.id:
            return self.tr("Yours until your colleague accepts.")
        words = self.tr("With {name} now, and until your colleague accepts.")
        return words.format(name=whole.associate)

    def _suggestion(self, words: str) -> Button:
        button = Button(
            self.tr("+ {words}").format(words=_short(words)),
            lambda: self._put_in(words),
            kind="link",
        )
        button.setAccessibleName(self.tr("Put into the note: {words}").format(words=words))
        button.setToolTip(words)
        return button

    def _put_in(self, words: str) -> None:
        """The words after those that are there already, once."""
        there = self.note.value.strip()
        if words not in there:
            self.note.setPlainText(f"{there}; {words}" if there else words)
            self.note.moveCursor(QTextCursor.MoveOperation.End)
        self.note.setFocus()

    def _loaded(self) -> None:
        self._mark()
        if not self.colleagues.ids:
            self.say(self.tr("Nobody else works here yet. Colleagues who are added stand here."))
        self._place()
        self._to_first()

    def _to_first(self) -> None:
        """The keyboard goes to the first colleague, once they are there."""
        if self.cross.hasFocus() and self.colleagues.ids:
            self.colleagues.tile(self.colleagues.ids[0]).setFocus()

    def _mark(self) -> None:
        if self._seen is None:
            return
        formats, today = self.desk.formats, self.desk.today()
        known = [key for key in self._seen.knowing if key != self.desk.me.id]
        notes = {key: self.tr("knows them") for key in known}
        for key, day in self._seen.away.items():
            notes[key] = self.tr("away until {day}").format(day=formats.near_day(day, today))
        there = self.colleagues.working_in(int(self._wanted)) if self._wanted else ()
        first = dict.fromkeys((*there, *known))
        self.colleagues.mark([key for key in first if key not in self._seen.away], notes)

    def _until(self, _: str) -> None:
        self.day.setVisible(self.until.value == LENT)
        self._changed()
        self._place()

    def _changed(self, _: object = None) -> None:
        self.say("")
        self.save_draft()

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)


def _short(words: str) -> str:
    return words if len(words) <= SHORT else words[:SHORT].rsplit(" ", 1)[0] + "…"
