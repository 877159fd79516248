"""What went wrong, and what is done about it at once? One form, one key, and nobody is asked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from clientele.domain.money import plain
from clientele.domain.recovery import Decision
from clientele.services.changes import Changes
from clientele.services.made_right import OpenMadeRight, open_made_right
from clientele.store.queries.made_right import could_be_about
from clientele.store.queries.owned import OwnedLine
from clientele.ui.desk import Desk
from clientele.ui.dialogs.drafted import DraftedSheet
from clientele.ui.theme import Space
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import ChoiceButton
from clientele.ui.widgets.client_picker import ClientPicker
from clientele.ui.widgets.decision_form import DecisionForm
from clientele.ui.widgets.fields import Field, TextField
from clientele.ui.widgets.layouts import Flow, Stack

LONGEST = 34
"""How much of an article stands on its chip, in letters."""

WIDTH = 560


class MakeRightSheet(DraftedSheet):
    """Call ``open_sheet`` after making it. Emits ``made(made_right_id)``.

    ``over`` is any widget of the window that it covers. Without ``client_id`` it asks for the
    client. ``purchase_line_id`` is the article it is about, where that is known already, and
    ``department_id`` another department than that of the visit's stop, or one's own.
    """

    made = Signal(int)

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        *,
        client_id: int | None = None,
        visit_id: int | None = None,
        purchase_line_id: int | None = None,
        department_id: int | None = None,
    ) -> None:
        place = "making right" if client_id is None else f"making right for {client_id}"
        title = QCoreApplication.translate("MakeRightSheet", "Make it right")
        super().__init__(desk, over, title, place, width=WIDTH)
        self._visit_id = visit_id
        self._department_id = department_id
        self._wanted = purchase_line_id
        self._line: OwnedLine | None = None
        self._line_id = purchase_line_id
        self._owned: dict[int, tuple[ChoiceButton, OwnedLine]] = {}
        self.client = ClientPicker(desk, client_id)
        self.goods = Field(
            self.tr("What it is about"), hint=self.tr("The goods, wherever they were bought")
        )
        self.problem = TextField(
            self.tr("What is wrong"), hint=self.tr("In the client's own words"), lines=1
        )
        self.never_sold = ChoiceButton(self.tr("We never sold this"))
        self.never_sold.setAccessibleName(self.never_sold.text())
        self.things = Flow(down=0)
        self.things.add(self.never_sold)
        self.decision = DecisionForm()
        self.add_field(self.tr("For whom"), self.client)
        self.body.addWidget(self._about())
        self.add_field(self.tr("What is wrong"), self.problem)
        self.body.addWidget(self.decision)
        self.keep_button = self.add_button(self.tr("Keep"), self.keep, primary=True)
        self.goods.typed.connect(self._typed_goods)
        self.problem.typed.connect(lambda _: self.save_draft())
        self.never_sold.clicked.connect(self._never_sold)
        self.decision.changed.connect(self._decided)
        self.client.picked.connect(self._picked)
        if client_id is not None:
            self._ask_owned(client_id)
        self.look_for_draft()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with the client, or with what it is about where the client is known."""
        super().open_sheet(focus or (self.goods if self.client.client_id else self.client.box))

    def typed_now(self) -> dict[str, str]:
        """Everything typed and chosen; empty while there is nothing worth keeping."""
        fields = {
            "goods": self.goods.value,
            "problem": self.problem.value,
            "line": str(self._line_id or ""),
            "never sold": "yes" if self.never_sold.isChecked() else "",
            **self.decision.values(),
        }
        if self.place == "making right":
            fields["client"] = str(self.client.client_id or "")
        fields = {name: value for name, value in fields.items() if value.strip()}
        return {} if fields == {"line": str(self._wanted)} else fields

    def bring_back(self, fields: dict[str, str]) -> None:
        """What was typed before the window was locked or the sheet closed."""
        self.goods.set_value(fields.get("goods", ""))
        self.problem.set_value(fields.get("problem", ""))
        self.never_sold.setChecked("never sold" in fields)
        self.decision.bring_back(fields)
        if fields.get("line"):
            self._wanted = int(fields["line"])
            if self.client.client_id is not None:
                self._ask_owned(self.client.client_id)
        if self.client.client_id is None and fields.get("client"):
            self.client.pick(int(fields["client"]))

    def keep(self) -> None:
        """Write it down, decided or not, or say what is missing."""
        if self.client.client_id is None:
            self.say(self.tr("For whom? Choose the client; what you typed is still there."))
            self.client.box.setFocus()
            return
        self.keep_as(
            open_made_right,
            OpenMadeRight(
                client_id=self.client.client_id,
                by=self.desk.me.id,
                goods=self.goods.value,
                problem=self.problem.value,
                sold_here=not self.never_sold.isChecked(),
                purchase_line_id=self._line_id,
                visit_id=self._visit_id,
                department_id=self._department_id,
                decision=self.decision.tiles.value,
                word=self.decision.word.value,
                cost=self.decision.cost.value,
                ask=self.tr("Is it truly solved?"),
                draft=self.place,
            ),
            said=self._said(),
            then=self._made,
        )

    def _said(self) -> str:
        if self.decision.tiles.value:
            return self.tr("Made right. Whether it is truly solved is asked in 3 days.")
        return self.tr("Written down. It is yours until the client says it is solved.")

    def _about(self) -> QWidget:
        """What it is about, and under it what the client owns, one touch each."""
        holder = QWidget()
        column = Stack(holder, gap=Space.TIGHT)
        name = label(self.goods.accessibleName(), "label")
        name.setBuddy(self.goods)
        column.addWidget(name)
        column.addWidget(self.goods)
        column.addWidget(self.things)
        return holder

    # what the client owns

    def _ask_owned(self, client_id: int) -> None:
        wanted = self._wanted
        self.desk.ask(
            lambda session: could_be_about(session, client_id, wanted=wanted),
            self._show_owned,
            owner=self,
            slot="owned",
        )

    def _show_owned(self, lines: tuple[OwnedLine, ...]) -> None:
        self._owned.clear()
        self.things.keep(self.never_sold)
        for line in lines:
            chip = ChoiceButton(_short(line.item))
            day = self.desk.formats.day_year(self.desk.formats.local_day(line.sold_at))
            chip.setAccessibleName(self.tr("{item}, bought {day}").format(item=line.item, day=day))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(lambda checked, key=line.id: self._choose(key, checked))
            self._owned[line.id] = (chip, line)
            self.things.add(chip)
        if self._wanted in self._owned:
            self._choose(self._wanted, checked=True)
        self._place()

    def _choose(self, key: int, checked: bool) -> None:
        before = self._line
        self._line = self._owned[key][1] if checked else None
        self._line_id = key if checked else None
        self._mark()
        if self._line is not None:
            self.never_sold.setChecked(False)
            self.goods.setText(self._line.item)
        elif before is not None and self.goods.value == before.item:
            self.goods.setText("")
        self._suggest_cost()
        self.save_draft()

    def _mark(self) -> None:
        for key, (chip, _) in self._owned.items():
            chip.setChecked(key == self._line_id)

    def _never_sold(self, checked: bool) -> None:
        if checked and self._line_id is not None:
            self._line, self._line_id = None, None
            self._mark()
        self.save_draft()

    def _typed_goods(self, _: str) -> None:
        """Other words are another thing than the one that was touched."""
        if self._line is not None:
            self._line, self._line_id = None, None
            self._mark()
        self.save_draft()

    def _decided(self) -> None:
        self._suggest_cost()
        self.save_draft()

    def _suggest_cost(self) -> None:
        """Money back for a thing that was bought here is what was paid for it, unless typed."""
        back = self.decision.tiles.value in (Decision.CASH_BACK, Decision.CREDIT)
        if self._line is None or not back or self.decision.cost.value:
            return
        self.decision.cost.setText(plain(self._line.left_amount, self._line.currency))
        self.decision.cost.selectAll()

    def _made(self, changes: Changes) -> None:
        if changes.subject is not None:
            self.made.emit(changes.subject)

    def _picked(self, client_id: object) -> None:
        self.save_draft()
        self._line, self._line_id = None, None
        if isinstance(client_id, int):
            self._ask_owned(client_id)
            if self.isVisible():
                self.goods.setFocus()
        else:
            self._show_owned(())


def _short(item: str) -> str:
    return item if len(item) <= LONGEST else f"{item[: LONGEST - 1].rstrip()}…"
