"""Where do we go from here? To the planned department, or to one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clientele.services.visits import (
    GoTo,
    MoveStop,
    PlanStop,
    RemoveStop,
    go_to,
    move_stop,
    plan_stop,
    remove_stop,
)
from clientele.store.queries.route import Stop
from clientele.store.queries.visit import VisitPage
from clientele.ui.desk import Desk
from clientele.ui.pages.visit_cards.bring_in_sheet import BringInSheet
from clientele.ui.pages.visit_cards.next_department import NextDepartmentSheet
from clientele.ui.pages.visit_cards.route import RouteStrip
from clientele.ui.widgets.layouts import ground_of


class WalkingStrip(RouteStrip):
    """The route, and walking it. Emits ``walked`` when a stop has begun."""

    walked = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(desk)
        self._page = page
        self.sheet: NextDepartmentSheet | None = None
        self.colleagues: BringInSheet | None = None
        self.walk.connect(self.go)
        self.choose.connect(self.ask)
        self.onward.connect(self.go_onward)

    def show_visit(self, visit: VisitPage) -> None:
        """The route as it is now, also where it is being planned."""
        super().show_visit(visit)
        if self.sheet is not None and not self.sheet.isHidden():
            self.sheet.show_visit(visit)

    def close_sheet(self) -> None:
        """Put the choice of departments and colleagues away."""
        for sheet in (self.sheet, self.colleagues):
            if sheet is not None:
                sheet.close_sheet()

    def go_onward(self) -> None:
        """To the next planned department; with none planned, choose one."""
        visit = self._visit
        if visit is None or visit.left_at is not None:
            return
        planned = next((stop for stop in visit.stops if stop.started_at is None), None)
        if planned is None:
            self.ask()
        else:
            self.go(planned.department_id)

    def go(self, department_id: int) -> None:
        """To this department now."""
        if self._visit is not None:
            self._desk.do(go_to, GoTo(self._visit.id, department_id))
            self.walked.emit()

    def ask(self) -> None:
        """Open the choice of departments."""
        if self._visit is None:
            return
        if self.sheet is None:
            self.sheet = NextDepartmentSheet(self._desk, ground_of(self._page))
            self.sheet.walk.connect(self.go)
            self.sheet.plan.connect(self._plan)
            self.sheet.unplan.connect(self._unplan)
            self.sheet.moved.connect(self._move)
            self.sheet.colleague.connect(self._bring_to)
        self.sheet.choose(self._visit)

    def bring_in(self, stop: Stop | None = None) -> None:
        """Ask which colleague comes, to where the client is or to a planned stop."""
        visit = self._visit
        if visit is None or visit.left_at is not None:
            return
        if self.colleagues is None:
            self.colleagues = BringInSheet(self._desk, ground_of(self._page))
        self.colleagues.choose(visit, stop)

    def _bring_to(self, stop_id: int) -> None:
        assert self._visit is not None
        for stop in self._visit.stops:
            if stop.id == stop_id:
                self.bring_in(stop)

    def _move(self, stop_id: int, by: int) -> None:
        self._desk.do(move_stop, MoveStop(stop_id, by))

    def _plan(self, department_id: int) -> None:
        if self._visit is not None:
            self._desk.do(plan_stop, PlanStop(self._visit.id, department_id))

    def _unplan(self, stop_id: int) -> None:
        self._desk.do(remove_stop, RemoveStop(stop_id))
