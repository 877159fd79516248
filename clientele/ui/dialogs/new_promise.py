"""What was promised, to whom and until when? The form for a new promise."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.due_days import Soon, parse_time
from clientele.services.changes import Changes
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.team import DepartmentName, departments
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.plan_words import kind_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, set_words
from clientele.ui.widgets.buttons import Choice
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field, TextField

DAYS = (Soon.TODAY, Soon.TOMORROW, Soon.THREE_DAYS, Soon.NEXT_WEEK)


class NewPromiseSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(promise_id)``.

    ``over`` is any widget of the window that it covers. Without ``client_id`` it asks for the
    client. ``department_id`` is who has to keep it, one's own department unless given.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int | None = None,
        visit_id: int | None = None,
        department_id: int | None = None,
        kind: str = PromiseKind.ALTERATION,
        what: str = "",
    ) -> None:
        place = "new promise" if client_id is None else f"new promise to {client_id}"
        title = QCoreApplication.translate("NewPromiseSheet", "New promise")
        super().__init__(desk, over, title, place)
        self._visit_id = visit_id
        self._wanted = desk.me.department_id if department_id is None else department_id
        self.client = ClientPicker(desk, client_id)
        self.kind = Choice(
            self.tr("Kind"),
            [(value.value, kind_words(value.value)) for value in PromiseKind],
            wraps=True,
        )
        self.kind.choose(kind)
        self.department = QComboBox()
        self.what = TextField(
            self.tr("What"), what, hint=self.tr("Trousers hemmed, navy suit 42R, no break")
        )
        self.due = DayChoice(desk.formats, self.tr("Until"), desk.today(), DAYS)
        self.time = Field(self.tr("At"), hint=self.tr("Any time that day, or 14:30"))
        self.add_field(self.tr("To whom"), self.client)
        self.add_field(self.tr("What was promised"), self.what)
        self.add_field(self.tr("Kind"), self.kind)
        self.add_field(self.tr("Until"), self.due)
        self.body.addWidget(self._time_and_department())
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        desk.ask(departments, self._departments, owner=self, slot="departments")
        self.what.typed.connect(self.save_draft_of)
        self.time.typed.connect(self.save_draft_of)
        self.due.chosen.connect(self.save_draft_of)
        self.kind.chosen.connect(self.save_draft_of)
        self.client.picked.connect(self._picked)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the client, or with the words where the client is known."""
        super().open_sheet(
            focus or (self.client.box if self.client.client_id is None else self.what)
        )

    def save_draft_of(self, _: object) -> None:
        """Keep the fields after a change of any of them."""
        self.save_draft()

    def typed_now(self) -> dict[str, str]:
        """Client, words, kind, day and time; empty while there is no word and no client."""
        asked = self.place == "new promise" and self.client.client_id is not None
        if not self.what.value.strip() and not asked:
            return {}
        return {
            "client": str(self.client.client_id or ""),
            "what": self.what.value,
            "kind": self.kind.value,
            "due": self.due.day.isoformat() if self.due.day else "",
            "time": self.time.value,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.what.set_value(fields.get("what", ""))
        self.time.set_value(fields.get("time", ""))
        if fields.get("kind"):
            self.kind.choose(fields["kind"])
        if fields.get("due"):
            self.due.set_day(max(date.fromisoformat(fields["due"]), self.desk.today()))
        if self.client.client_id is None and fields.get("client"):
            self.client.pick(int(fields["client"]))

    def keep(self) -> None:
        """Add it to the book, or say what is missing."""
        if self.client.client_id is None:
            self.say(self.tr("To whom? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        try:
            at = parse_time(self.time.value)
        except Refusal as refusal:
            self.time.set_wrong(sentence_of(refusal))
            self.say(sentence_of(refusal))
            return
        if self.due.day is None:
            self.say(self.tr("Until when? Choose a day; what you typed is still there."))
            self.due.field.setFocus()
            return
        self.keep_as(
            make_promise,
            MakePromise(
                client_id=self.client.client_id,
                associate_id=self.desk.me.id,
                kind=self.kind.value,
                what=self.what.value,
                due_on=self.due.day,
                due_time=at,
                department_id=self.department.currentData(),
                visit_id=self._visit_id,
                draft=self.place,
            ),
            said=self.tr("Promised for {day}").format(
                day=self.desk.formats.near_day(self.due.day, self.desk.today())
            ),
            then=self._made,
        )

    def _time_and_department(self) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        set_words(self.department, self.tr("Department that keeps it"))
        row.addWidget(self.time, 1)
        row.addWidget(self.department, 1)
        return pair

    def _departments(self, found: tuple[DepartmentName, ...]) -> None:
        self.department.addItem(self.tr("No department"), None)
        for department in found:
            self.department.addItem(department.name, department.id)
        self.department.setCurrentIndex(max(self.department.findData(self._wanted), 0))

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)

    def _picked(self, client_id: object) -> None:
        self.save_draft()
        if client_id is not None and self.isVisible():
            self.what.setFocus()
