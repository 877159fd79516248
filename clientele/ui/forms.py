"""Which forms open over whatever page is in sight, with the client at hand filled in?

Each is imported when it is first asked for, not at each start.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow


class Forms(QObject):
    """Opens forms by their actions, from anywhere in the window."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        window.on_anywhere(actions.MADE_RIGHT, self.make_right)
        window.on_anywhere(actions.PROMISE, self.promise)
        window.on_anywhere(actions.HAND_OVER, self.hand_over)
        window.on_anywhere(actions.WHOSE, self.whose)
        window.on_anywhere(actions.AWAY, self.away)
        window.on_anywhere(actions.TAKE_UP, window.toast.take_up)

    def make_right(self) -> None:
        """Write down what went wrong, and what is done about it."""
        from clientele.ui.dialogs.make_right import MakeRightSheet

        page = self._window.current_page()
        MakeRightSheet(
            self._desk,
            self._window.content,
            client_id=self._client,
            visit_id=None if page is None else page.visit_at_hand(),
        ).open_sheet()

    def promise(self) -> None:
        """Write down what was promised."""
        from clientele.ui.dialogs.new_promise import NewPromiseSheet

        NewPromiseSheet(self._desk, self._window.content, client_id=self._client).open_sheet()

    def hand_over(self) -> None:
        """Hand the client at hand over to a colleague, with the visit that is in sight."""
        from clientele.ui.dialogs.hand_over import HandOverSheet

        if self._client is None:
            words = self.tr("Whom? Open a client or choose one in a list, then hand them over.")
            self._desk.refused.emit(words)
            return
        page = self._window.current_page()
        HandOverSheet(
            self._desk,
            self._window.content,
            client_id=self._client,
            visit_id=None if page is None else page.visit_at_hand(),
        ).open_sheet()

    def whose(self) -> None:
        """Say whose the client at hand is, and let that be changed."""
        from clientele.ui.dialogs.whose import WhoseSheet

        if self._client is None:
            words = self.tr("Whose client? Open a client or choose one in a list, then ask again.")
            self._desk.refused.emit(words)
            return
        WhoseSheet(self._desk, self._window.content, self._client).open_sheet()

    def away(self) -> None:
        """Say who is away, and who covers."""
        from clientele.ui.dialogs.away import AwaySheet

        AwaySheet(self._desk, self._window.content).open_sheet()

    @property
    def _client(self) -> int | None:
        page = self._window.current_page()
        return None if page is None else page.client_at_hand()
