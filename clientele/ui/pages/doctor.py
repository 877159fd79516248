"""Is the book sound? Every finding in plain words, and repairing what can be repaired."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QProgressBar

from clientele.domain.rules.rights import Right
from clientele.services.repairing import Repaired, mend
from clientele.store.beside import has_passphrase
from clientele.store.doctor import examine
from clientele.store.doctor_backups import backups_finding
from clientele.store.errors import Cancelled
from clientele.store.finding import Finding, Repair
from clientele.store.session import Store
from clientele.system import settings as settings_file
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.models.doctor_words import (
    finding_row,
    repair_question,
    repaired_words,
    summary,
)
from clientele.ui.models.rows import Key
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.card import Banner, Card, EmptyState
from clientele.ui.widgets.layouts import ground_of
from clientele.ui.widgets.page import Page, PageHeader
from clientele.ui.widgets.row_list import RowList
from clientele.ui.widgets.sheet import Sheet

EVERY = 200
"""Milliseconds between two looks how far it is."""


@dataclass(slots=True)
class _Course:
    """How far what runs is; written by its thread, read by the window."""

    done: int = 0
    total: int = 0

    def told(self, done: int, total: int) -> None:
        self.done, self.total = done, total


class DoctorPage(Page):
    """Looks at the book when asked, and repairs what it is asked to."""

    def __init__(self, desk: Desk, store: Store) -> None:
        name = QCoreApplication.translate("DoctorPage", "Doctor")
        super().__init__(desk, name, set())
        self.sheet: Sheet | None = None
        self._store = store
        self._work = Background(self)
        self._leave = threading.Event()
        self._course = _Course()
        self._running = False
        self._findings: dict[Key, Finding] = {}
        self.look_button = Button(self.tr("Look at all of it"), self.look, kind="primary")
        self.quick_button = Button(self.tr("Quick look"), lambda: self.look(quick=True))
        self.leave_button = Button(self.tr("Leave it"), self._leave.set)
        self.header = PageHeader(
            name, " ", buttons=[self.leave_button, self.quick_button, self.look_button]
        )
        self.body.addWidget(self.header)
        self.banner = Banner()
        self.banner.hide()
        self.body.addWidget(self.banner)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the doctor is"))
        self.body.addWidget(self.bar)
        self.nothing = EmptyState(
            self.tr(
                "The doctor reads every page of the book and compares what belongs together. "
                "Nothing is changed, and everybody can go on working meanwhile."
            )
        )
        self.list = RowList(desk.theme, self.tr("What the doctor says"), hug=False)
        self.list.acted.connect(lambda key, _: self.ask(key))
        self.list.opened.connect(self.ask)
        card = Card(self.tr("What the doctor says"), fill=True)
        card.add(self.nothing)
        card.add(self.list)
        self.body.addWidget(card)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._show_course)
        for button in (self.look_button, self.quick_button):
            desk.allowed.close(button, Right.COPY)
        desk.allowed.tell(self, self._show_rows)
        self._went_on()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found last."""
        return tuple(self._findings.values())

    def idle(self) -> bool:
        """Whether nothing is being looked at or repaired."""
        return not self._running

    def refresh(self) -> None:
        """What was found stands until it is looked at again."""
        self._show_rows()

    def look(self, *, quick: bool = False) -> None:
        """Look at the book beside whoever works with it."""
        if self._running or self.desk.allowed.refuses(Right.COPY):
            return
        store, now, course, leave = self._store, self.desk.now(), self._course, self._leave

        def task() -> tuple[Finding, ...]:
            from clientele.services.opening import safe_vault

            vault = None if has_passphrase(store.path) else safe_vault()
            found = examine(
                store, vault=vault, quick=quick, now=now, told=course.told, leave=leave.is_set
            )
            second = settings_file.load().second_place
            return (*found, backups_finding(store, now=now, second=second))

        self._begin()
        self._work.run(task, self._found, self._failed)

    def ask(self, key: Key) -> None:
        """Ask whether what a finding tells of is to be repaired."""
        finding = self._findings.get(key)
        if finding is None or finding.repair is Repair.NONE or self._running:
            return
        if self.desk.allowed.refuses(Right.COPY):
            return
        what = finding.repair
        sheet = Sheet(ground_of(self), self.tr("Repair"), width=480)
        sheet.body.addWidget(label(repair_question(what), ""))

        def agreed() -> None:
            sheet.close_sheet()
            self.repair(what)

        sheet.add_button(self.tr("Leave it"), sheet.close_sheet)
        button = sheet.add_button(self.tr("Repair"), agreed, primary=True)
        self.sheet = sheet
        sheet.open_sheet(focus=button)

    def repair(self, what: Repair) -> None:
        """Put it right, after a copy where the book is written; then look again."""
        if self._running or self.desk.allowed.refuses(Right.COPY):
            return
        store, now, acting, course, leave = (
            self._store, self.desk.now(), self.desk.acting, self._course, self._leave,
        )  # fmt: skip

        def task() -> Repaired:
            return mend(store, what, now=now, acting=acting, told=course.told, leave=leave.is_set)

        self._begin()
        self._work.run(task, self._repaired, self._failed)

    def stop(self) -> None:
        """End what runs."""
        self._leave.set()
        self._timer.stop()
        self._work.stop()

    def _begin(self) -> None:
        self._leave.clear()
        self._course.told(0, 0)
        self.banner.say("")
        self._running = True
        self._timer.start()
        self._went_on()

    def _end(self) -> None:
        self._running = False
        self._timer.stop()
        self._went_on()

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self._end()
        order = sorted(findings, key=lambda finding: (finding.ok, not finding.content))
        self._findings = {finding.name: finding for finding in order}
        self.header.set_words(
            self.accessibleName(), summary(findings, self.desk.formats.moment(self.desk.now()))
        )
        self._show_rows()

    def _repaired(self, done: Repaired) -> None:
        self._end()
        self.desk.said.emit(repaired_words(done), False)
        self.look()

    def _failed(self, error: Exception, sentence: str) -> None:
        self._end()
        if isinstance(error, Cancelled):
            sentence = self.tr("Left. Nothing was changed.")
        self.banner.say(sentence)

    def _show_rows(self) -> None:
        self.nothing.setVisible(not self._findings)
        self.list.setVisible(bool(self._findings))
        closed = self.desk.allowed.why_not(Right.COPY)
        self.list.set_rows([finding_row(one, closed) for one in self._findings.values()])
        self.give_keyboard_to_list()

    def _went_on(self) -> None:
        self.bar.setVisible(self._running)
        self.bar.setRange(0, 0)
        self.leave_button.setVisible(self._running)
        self.look_button.setEnabled(not self._running)
        self.quick_button.setEnabled(not self._running)

    def _show_course(self) -> None:
        if self._course.total:
            self.bar.setRange(0, self._course.total)
            self.bar.setValue(self._course.done)
