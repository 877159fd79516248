"""Which clients wait for me in my department, or are with me there, brought by a colleague?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from clientele.services.changes import Changes, Kind
from clientele.services.colleagues import Join, join
from clientele.store.queries.route import Wanted, wanted
from clientele.ui.desk import Desk
from clientele.ui.dialogs.for_department import ForDepartmentSheet
from clientele.ui.models.client_names import shown_initials, shown_name
from clientele.ui.models.rows import Initials, Row, RowAction
from clientele.ui.widgets.card import Card
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.row_list import RowList

KINDS = frozenset({Kind.VISIT, Kind.VISIT_STOP, Kind.CLIENT})


class WaitingCard(Card):
    """Shown only while somebody waits. Emits ``open_visit(id)``; “I am here” says so first."""

    open_visit = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("WaitingCard", "A client waits for you"))
        self._desk = desk
        self._wanted: dict[int, Wanted] = {}
        self.list = RowList(desk.theme, self.tr("Clients who wait for you"))
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.add(self.list)
        self.hide()
        desk.changed.connect(self._heard)
        desk.signed.connect(self._signed)
        self.look()

    def look(self) -> None:
        """Ask again who waits."""
        if self._desk.is_signed_in:
            me = self._desk.me.id
            self._desk.ask(lambda session: wanted(session, me), self._show, owner=self)

    def _signed(self, _: object) -> None:
        self.look()

    def _heard(self, changes: Changes) -> None:
        if KINDS & changes.kinds:
            self.look()

    def _show(self, found: tuple[Wanted, ...]) -> None:
        self._wanted = {one.visit_id: one for one in found}
        self.list.set_rows([self._row(one) for one in found])
        waits = any(one.joined_at is None for one in found)
        self.set_title(
            self.tr("A client waits for you") if waits else self.tr("A client is with you")
        )
        self.setVisible(bool(found))

    def _row(self, one: Wanted) -> Row:
        here = RowAction("here", self.tr("I am here"), "H", primary=True)
        known = RowAction("known", self.tr("What we know"), "W")
        waits = one.joined_at is None
        words = (
            self.tr("is waiting for you in {department}, brought by {name}")
            if waits
            else self.tr("is with you in {department}, brought by {name}")
        )
        return Row(
            one.visit_id,
            shown_name(one.named),
            after_title=words.format(department=one.department, name=one.brought_by),
            lead=Initials(shown_initials(one.named)),
            trailing=self._desk.formats.clock_time(one.since),
            actions=(known, here) if waits else (known,),
        )

    def _open(self, key: object) -> None:
        if isinstance(key, int):
            self.open_visit.emit(key)

    def _act(self, key: object, name: str) -> None:
        one = self._wanted.get(key) if isinstance(key, int) else None
        if one is not None and name == "known":
            ForDepartmentSheet(
                self._desk, ground_of(self), one.named.client_id, one.department_id, one.visit_id
            ).open_sheet()
        elif one is not None and name == "here":
            visit = one.visit_id
            self._desk.do(join, Join(one.stop_id), then=lambda _: self.open_visit.emit(visit))
