"""Is what a page shows still true? Time passes: a promise becomes late, a day ends at midnight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer

from clientele.ui.widgets.page import Page

MINUTE = 60_000


class EveryMinute(QObject):
    """Lets a page look again once a minute, while it is in sight and only then."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTE)
        self.timer.timeout.connect(page.make_due)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin when the page comes into sight, end when it goes; a page that returns looks."""
        if event.type() is QEvent.Type.Show:
            self.timer.start()
        elif event.type() is QEvent.Type.Hide:
            self.timer.stop()
            self._page.make_due()
        return False
