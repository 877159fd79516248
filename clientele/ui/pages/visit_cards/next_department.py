"""Which department next? All of them, to walk to now or to plan for later, or a new one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.services.changes import Changes
from clientele.services.team import AddDepartment, add_department
from clientele.store.queries.route import Stop
from clientele.store.queries.team import DepartmentName, departments
from clientele.store.queries.visit import VisitPage
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.fields import Field
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.sheet import Sheet


class NextDepartmentSheet(Sheet):
    """Emits ``walk(department_id)``, ``plan(department_id)``, ``unplan(stop_id)``.

    What is planned stands first, in its order: ``moved(stop_id, by)`` changes it, and
    ``colleague(stop_id)`` asks who is to help there.
    """

    walk = Signal(int)
    plan = Signal(int)
    unplan = Signal(int)
    moved = Signal(int, int)
    colleague = Signal(int)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over, "", width=640)
        self.title.setText(self.tr("Next department"))
        self.frame.setAccessibleName(self.title.text())
        self._desk = desk
        self._visit: VisitPage | None = None
        self._departments: tuple[DepartmentName, ...] = ()
        self.list = RowList(desk.theme, self.tr("Departments"), style=Style(inset=Space.SMALL))
        self.body.addWidget(self.list)
        self.nothing = label(self.tr("The book knows no other department yet."), "label")
        self.body.addWidget(self.nothing)
        self.other = Field(
            self.tr("Another department"), hint=self.tr("Its name; Return walks there")
        )
        self.other.returnPressed.connect(self._walk_to_new)
        self.add_field(self.other.accessibleName(), self.other)
        self.list.opened.connect(self._walk)
        self.list.acted.connect(self._act)

    def choose(self, visit: VisitPage) -> None:
        """Open it for a visit."""
        self._visit = visit
        self._desk.ask(departments, self._open, owner=self)

    def show_visit(self, visit: VisitPage) -> None:
        """The visit has changed while this is open."""
        if self._visit is not None:
            self._visit = visit
            self._show()

    def _open(self, found: tuple[DepartmentName, ...]) -> None:
        self._departments = found
        self._show()
        if self.isHidden():
            self.open_sheet(self.list if self.list.rows() else self.other)

    def _show(self) -> None:
        assert self._visit is not None
        here = self._visit.stop.department_id if self._visit.stop else None
        planned = {
            stop.department_id: stop for stop in self._visit.stops if stop.started_at is None
        }
        been = {stop.department_id for stop in self._visit.stops if stop.started_at is not None}
        names = {one.id: one.name for one in self._departments}
        order = [*planned, *(key for key in names if key not in planned)]
        rows = []
        for key in order:
            stop = planned.get(key)
            if stop is None and key == here:
                continue
            rows.append(self._row(key, names.get(key, ""), stop, key in been))
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _row(self, key: int, name: str, stop: Stop | None, been: bool) -> Row:
        go = RowAction("walk", self.tr("Walk there"), "W")
        chips = (ChipSpec(self.tr("was there")),) if been else ()
        if stop is None:
            plan = RowAction("plan", self.tr("Plan"), "P")
            return Row(key, after_title=name, chips=chips, actions=(plan, go))
        chips = (ChipSpec(self.tr("planned"), Tone.BLUE), *chips)
        with_whom = self.tr("with {name}").format(name=stop.colleague) if stop.colleague else ""
        acts = (
            RowAction("earlier", self.tr("Earlier"), "E"),
            RowAction("later", self.tr("Later"), "L", shown=False),
            RowAction("colleague", self.tr("Colleague"), "C"),
            RowAction("unplan", self.tr("Take off"), "P"),
            go,
        )
        return Row(key, after_title=name, aside=with_whom, chips=chips, actions=acts)

    def _walk(self, key: object) -> None:
        assert isinstance(key, int)
        self.close_sheet()
        self.walk.emit(key)

    def _walk_to_new(self) -> None:
        """Add the department that was typed, or find it, and walk there."""
        if name := self.other.value.strip():
            self._desk.do(add_department, AddDepartment(name), then=self._walk_to_added)

    def _walk_to_added(self, changes: Changes) -> None:
        self.other.setText("")
        here = self._visit.stop if self._visit is not None else None
        if here is not None and here.department_id == changes.subject:
            self.close_sheet()
        elif changes.subject is not None:
            self._walk(changes.subject)

    def _act(self, key: object, name: str) -> None:
        assert isinstance(key, int)
        assert self._visit is not None
        if name == "walk":
            self._walk(key)
        elif name == "plan":
            self.plan.emit(key)
        elif (stop := self._planned(key)) is None:
            return
        elif name == "unplan":
            self.unplan.emit(stop.id)
        elif name == "colleague":
            self.close_sheet()
            self.colleague.emit(stop.id)
        else:
            self.moved.emit(stop.id, -1 if name == "earlier" else 1)

    def _planned(self, department: int) -> Stop | None:
        assert self._visit is not None
        return next(
            (
                stop
                for stop in self._visit.stops
                if stop.department_id == department and stop.started_at is None
            ),
            None,
        )
