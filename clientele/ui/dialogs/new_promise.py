"""What was promised, to whom and until when? The form for a new promise."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from clientele.domain.errors import Refusal
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.due_days import Soon, parse_time
from clientele.services.changes import Changes
from clientele.services.promises import MakePromise, make_promise
from clientele.store.queries.measurements import Measured, measured_before
from clientele.store.queries.team import AssociateTile, DepartmentName, associates, departments
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.models.plan_words import kind_words
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Space, set_words
from clientele.ui.widgets.buttons import Button, Choice
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.day_choice import DayChoice
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.layouts import Flow

translate = QCoreApplication.translate

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
        self._colleague_wanted = 0
        self._wanted = desk.me.department_id if department_id is None else department_id
        self.client = ClientPicker(desk, client_id)
        self.kind = Choice(
            self.tr("Kind"),
            [(value.value, kind_words(value.value)) for value in PromiseKind],
            wraps=True,
        )
        self.kind.choose(kind)
        self.department = QComboBox()
        self.colleague = QComboBox()
        self.what = TextField(self.tr("What"), what, hint=self.tr("Trousers hemmed"))
        self.garment = Field(self.tr("Piece"), hint=self.tr("Navy suit 42R, trousers"))
        self.measurements = Field(self.tr("Measures"), hint=self.tr("Inside leg 81 cm, no break"))
        self.known = Flow(across=Space.SMALL, down=0)
        self.due = DayChoice(desk.formats, self.tr("Until"), desk.today(), DAYS)
        self.time = Field(self.tr("At"), hint=self.tr("14:30, or any"))
        self.add_field(self.tr("To whom"), self.client)
        self.add_field(self.tr("Kind"), self.kind)
        self.add_field(self.tr("What was promised"), self.what)
        self.add_field(self.tr("Piece and measures"), self._piece())
        self.add_field(self.tr("Until"), self.due)
        self.add_field(self.tr("At what time, where, and by whom"), self._time_and_work())
        self.add_button(self.tr("Keep"), self.keep, primary=True)
        desk.ask(departments, self._departments, owner=self, slot="departments")
        desk.ask(associates, self._colleagues, owner=self, slot="colleagues")
        for field in (self.what, self.garment, self.measurements, self.time):
            field.typed.connect(self.save_draft_of)
        self.due.chosen.connect(self.save_draft_of)
        self.kind.chosen.connect(lambda _: self._by_kind())
        self.colleague.activated.connect(self.save_draft_of)
        self.kind.chosen.connect(self.save_draft_of)
        self.client.picked.connect(self._picked)
        self._by_kind()
        self._ask_known()
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
        """Every field; empty while there is no word and no client."""
        asked = self.place == "new promise" and self.client.client_id is not None
        typed = (self.what.value, self.garment.value, self.measurements.value)
        if not any(words.strip() for words in typed) and not asked:
            return {}
        return {
            "client": str(self.client.client_id or ""),
            "what": self.what.value,
            "garment": self.garment.value,
            "measurements": self.measurements.value,
            "colleague": str(self.colleague.currentData() or ""),
            "kind": self.kind.value,
            "due": self.due.day.isoformat() if self.due.day else "",
            "time": self.time.value,
        }

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.what.set_value(fields.get("what", ""))
        self.time.set_value(fields.get("time", ""))
        self.garment.set_value(fields.get("garment", ""))
        self.measurements.set_value(fields.get("measurements", ""))
        self._colleague_wanted = int(fields.get("colleague") or 0)
        self._choose_colleague()
        if fields.get("kind"):
            self.kind.choose(fields["kind"])
            self._by_kind()
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
                garment=self.garment.value if self._has_piece else "",
                measurements=self.measurements.value if self._is_altered else "",
                colleague_id=self.colleague.currentData(),
                department_id=self.department.currentData(),
                visit_id=self._visit_id,
                draft=self.place,
            ),
            said=self.tr("Promised for {day}").format(
                day=self.desk.formats.near_day(self.due.day, self.desk.today())
            ),
            then=self._made,
        )

    @property
    def _is_altered(self) -> bool:
        return self.kind.value == PromiseKind.ALTERATION

    @property
    def _has_piece(self) -> bool:
        return self.kind.value in (PromiseKind.ALTERATION, PromiseKind.REPAIR)

    def _by_kind(self) -> None:
        """Only the fields that this kind needs, with words that fit it."""
        holder = self.piece.parentWidget()
        (self.piece if holder is None else holder).setVisible(self._has_piece)
        self.measurements.setVisible(self._is_altered)
        self.known.setVisible(self._is_altered)
        self.what.setPlaceholderText(hint_of(self.kind.value))

    def _piece(self) -> QWidget:
        self.piece = QWidget()
        column = QVBoxLayout(self.piece)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        pair = QHBoxLayout()
        pair.setSpacing(Space.SMALL)
        pair.addWidget(self.garment, 1)
        pair.addWidget(self.measurements, 1)
        column.addLayout(pair)
        column.addWidget(self.known)
        return self.piece

    def _time_and_work(self) -> QWidget:
        """At what time, by which department, and who does the work."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        set_words(self.department, self.tr("Department that keeps it"))
        set_words(self.colleague, self.tr("Who does the work"))
        self.colleague.addItem(self.tr("In my hands"), None)
        for box in (self.department, self.colleague):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        for field in (self.time, self.department, self.colleague):
            row.addWidget(field, 1)
        return pair

    def _ask_known(self) -> None:
        """What was measured before is offered, not taken."""
        client_id = self.client.client_id
        if client_id is None:
            self.known.set_widgets([])
            return
        self.desk.ask(
            lambda session: measured_before(session, client_id),
            self._show_known,
            owner=self,
            slot="known",
        )

    def _show_known(self, found: tuple[Measured, ...]) -> None:
        offers: list[QWidget] = []
        for one in found:
            words = one.words
            if one.at is not None:
                day = self.desk.formats.past_day(
                    self.desk.formats.local_day(one.at), self.desk.today()
                )
                words = self.tr("as on {day}: {words}").format(day=day, words=one.words)
            offers.append(Button(words, partial(self._take_over, one), kind="link"))
        self.known.set_widgets(offers)

    def _take_over(self, one: Measured) -> None:
        """Put what was measured before into the field; what stands there stays."""
        there = self.measurements.value.strip()
        if one.words not in there:
            self.measurements.setText(f"{there}, {one.words}" if there else one.words)
        if one.garment and not self.garment.value.strip():
            self.garment.setText(one.garment)
        self.save_draft()

    def _colleagues(self, people: tuple[AssociateTile, ...]) -> None:
        for one in people:
            if one.id != self.desk.me.id:
                self.colleague.addItem(one.name, one.id)
        self._choose_colleague()

    def _choose_colleague(self) -> None:
        at = self.colleague.findData(self._colleague_wanted) if self._colleague_wanted else -1
        self.colleague.setCurrentIndex(max(at, 0))

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
        self._ask_known()
        if client_id is not None and self.isVisible():
            self.what.setFocus()


def hint_of(kind: str) -> str:
    """An example of what is promised, by its kind."""
    return {
        PromiseKind.ALTERATION.value: translate("NewPromiseSheet", "Trousers hemmed"),
        PromiseKind.SPECIAL_ORDER.value: translate("NewPromiseSheet", "Cashmere crew, camel, L"),
        PromiseKind.TRANSFER.value: translate("NewPromiseSheet", "Loafer, navy, from downtown"),
        PromiseKind.HOLD.value: translate("NewPromiseSheet", "Emerald ring, until her birthday"),
        PromiseKind.REPAIR.value: translate("NewPromiseSheet", "New heel tips"),
        PromiseKind.CALL_BACK.value: translate("NewPromiseSheet", "A price for the lining"),
        PromiseKind.REQUEST.value: translate("NewPromiseSheet", "Shade match, for Cosmetics"),
    }[kind]
