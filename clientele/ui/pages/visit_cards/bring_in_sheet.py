"""Which colleague comes? Those who work there first, and of them those who know the client."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from clientele.services.colleagues import BringIn, bring_in
from clientele.store.queries.route import Colleague, Stop, colleagues_for
from clientele.store.queries.visit import VisitPage
from clientele.ui.delegates.row_layout import Style
from clientele.ui.desk import Desk
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Space, Tone
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.sheet import Sheet


class BringInSheet(Sheet):
    """Return or a click asks the colleague; on their Today stands who waits for them."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(
            over, QCoreApplication.translate("BringInSheet", "Bring in a colleague"), width=520
        )
        self._desk = desk
        self._visit: VisitPage | None = None
        self._stop: Stop | None = None
        self._found: dict[int, Colleague] = {}
        self.about = label("", "label")
        self.body.addWidget(self.about)
        self.list = RowList(desk.theme, self.tr("Colleagues"), style=Style(inset=Space.SMALL))
        self.list.opened.connect(self._ask)
        self.list.acted.connect(lambda key, _: self._ask(key))
        self.body.addWidget(self.list)
        self.nobody = label(
            self.tr("Nobody else is in the book yet. A colleague signs in once, and stands here."),
            "label",
        )
        self.body.addWidget(self.nobody)

    def choose(self, visit: VisitPage, stop: Stop | None = None) -> None:
        """Open it for where the client is, or for a stop that is planned."""
        self._visit, self._stop = visit, stop or visit.stop
        department = self._stop.department_id if self._stop is not None else None
        today = self._desk.today()
        self._desk.ask(
            lambda session: colleagues_for(session, visit.id, department, today=today),
            self._show,
            owner=self,
        )

    def _show(self, found: tuple[Colleague, ...]) -> None:
        visit, stop = self._visit, self._stop
        assert visit is not None
        self.say("")
        self._found = {one.id: one for one in found}
        client = shown_name(visit.named)
        if stop is None:
            self.about.setText(self.tr("{client} is in no department just now.").format(
                client=client))  # fmt: skip
        elif stop.current:
            self.about.setText(
                self.tr("To {client}, in {department} now. {owner} stays responsible.").format(
                    client=client, department=stop.department, owner=visit.associate
                )
            )
        else:
            self.about.setText(
                self.tr("To {client}, once they come to {department}.").format(
                    client=client, department=stop.department
                )
            )
        rows = [self._row(one) for one in found if stop is None or one.id != stop.colleague_id]
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        if self.isHidden():
            self.open_sheet(self.list if rows else self.cross)

    def _row(self, one: Colleague) -> Row:
        chips = []
        if one.knows:
            chips.append(ChipSpec(self.tr("knows them"), Tone.GREEN))
        if one.away:
            chips.append(ChipSpec(self.tr("away today"), Tone.AMBER))
        place = self._stop.department if self._stop is not None else ""
        section = (
            self.tr("Works in {department}").format(department=place)
            if one.works_here and not one.away
            else self.tr("Others")
        )
        return Row(
            one.id,
            one.name,
            aside="" if one.works_here else one.department,
            chips=tuple(chips),
            actions=(RowAction("ask", self.tr("Bring in"), "B"),),
            section=section,
        )

    def _ask(self, key: object) -> None:
        assert self._visit is not None
        assert isinstance(key, int)
        stop, colleague = self._stop, self._found[key].name
        said = (
            self.tr("{name} sees on Today that you wait.")
            if stop is not None and stop.current
            else self.tr("{name} is planned in.")
        )
        self._desk.do(
            bring_in,
            BringIn(self._visit.id, key, stop.id if stop is not None else None),
            said=said.format(name=colleague),
            then=lambda _: self.close_sheet(),
            failed=self.say,
        )
