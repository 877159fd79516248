"""The audit trail in the window: its page, who saw a client, and what it enters by itself."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clientele.domain.rules.acts import ActKind
from clientele.domain.rules.rights import Right
from clientele.services.audit_verbs import LetTrailGo, WindowLocked, let_trail_go, say_locked
from clientele.ui.desk import Desk, Me
from clientele.ui.main_window import MainWindow
from clientele.ui.more_menu import Part

if TYPE_CHECKING:
    from datetime import date

    from clientele.ui.pages.audit import AuditPage


class Auditing(QObject):
    """Made once for a window; emits ``open_client(id)``."""

    open_client = Signal(int)

    def __init__(self, desk: Desk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._window = desk, window
        self._me: Me | None = None
        self._looked: date | None = None
        window.add_command(
            self.tr("Audit trail"),
            self.show_trail,
            also=self.tr(
                "log protocol history security who did what saw changed exported taken out"
            ),
            part=Part.STORE,
        )
        window.add_command(
            self.tr("Who saw this client"),
            self.show_who_saw,
            also=self.tr("audit trail looked privacy"),
            part=Part.CLIENT,
        )
        desk.signed.connect(self._signed)
        window.locked.connect(self._locked)

    @cached_property
    def page(self) -> AuditPage:
        """The page of the trail."""
        from clientele.ui.pages.audit import AuditPage

        page = AuditPage(self._desk)
        self._window.add_page(page)
        page.open_client.connect(self.open_client)
        return page

    def show_trail(self) -> None:
        """Show the trail, or who may see it."""
        self.page.show_all()
        self._window.show_page(self.page)

    def show_who_saw(self) -> None:
        """Show who saw the client at hand."""
        if self._desk.allowed.refuses(Right.AUDIT):
            return
        shown = self._window.current_page()
        client_id = None if shown is None else shown.client_at_hand()
        if client_id is None:
            words = self.tr("Who saw whom? Open a client or choose one in a list, then ask again.")
            self._desk.refused.emit(words)
            return
        self.page.show_client(client_id, ActKind.SAW)
        self._window.show_page(self.page)

    def _signed(self, me: Me | None) -> None:
        """Once a day, by whoever signs in first, the trail lets go of what is too old."""
        self._me = me or self._me
        if me is not None and self._looked != self._desk.today():
            self._looked = self._desk.today()
            self._desk.do(let_trail_go, LetTrailGo(), failed=lambda _: None)

    def _locked(self) -> None:
        if self._me is not None:
            self._desk.do(say_locked, WindowLocked(self._me.id), failed=lambda _: None)
