"""A window that reminds, and a desktop that writes down what it was given to show."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import ToldReminder
from clientele.store.session import Store
from clientele.system.settings import Settings
from clientele.ui.desk import Desk
from clientele.ui.main_window import MainWindow
from clientele.ui.notice import Notice
from clientele.ui.notifying import Notifier
from clientele.ui.pages.today import TodayPage
from clientele.ui.reminding import Reminding
from tests.a_day import TODAY, ZONE


class Desktop(Notifier):
    """Shows nothing, and knows what would stand there now and ever stood there."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(QIcon(), platform="none", parent=parent)
        self.there: dict[str, Notice] = {}
        self.ever: list[Notice] = []

    def show(self, notice: Notice) -> None:
        self.there[notice.key] = notice
        self.ever.append(notice)

    def withdraw(self, key: str) -> None:
        self.there.pop(key, None)

    def withdraw_all(self) -> None:
        self.there.clear()

    def titles(self) -> list[str]:
        """What stands there now."""
        return [notice.title for notice in self.there.values()]


class Reminded:
    """A program that was just opened: Today in its window, and who looks."""

    def __init__(self, desk: Desk, window: MainWindow, settings: Settings | None = None) -> None:
        self.desk, self.window = desk, window
        self.today = TodayPage(desk)
        window.add_page(self.today)
        self.desktop = Desktop(window)
        self.reminding = Reminding(desk, window, self.desktop, settings or Settings(), window)
        self.reminding.waited.connect(self.today.since.tell)

    @property
    def listed(self) -> list[str]:
        """Whom the list of Today names."""
        return [row.title for row in self.today.since.list.rows()]


def at(clock: str, day: date = TODAY) -> datetime:
    """That time in the store."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def kept(store: Store) -> list[str]:
    """The keys that the book holds."""
    with store.read() as session:
        return list(session.scalars(select(col(ToldReminder.key)).order_by(col(ToldReminder.key))))
