"""What does the icon in the tray do? Open, lock, quit; and the window may go there when closed.

Only where the desktop has a tray. Closing the window ends the program as ever, unless the
associate chose to be reminded from the tray: then the window is locked and hidden.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QMenu

from clientele.ui.forward import come_forward
from clientele.ui.main_window import MainWindow


class Tray(QObject):
    """The menu of the icon, and what closing the window does.

    ``quit_wanted``: somebody chose to end the program, and said so twice.
    """

    quit_wanted = Signal()

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.keeps = False
        """Whether closing the window leaves the program in the tray."""
        self.menu = QMenu(window)
        self.menu.setAccessibleName(self.tr("Clientele in the tray"))
        self.menu.addAction(self.tr("Open")).triggered.connect(self.open)
        self.menu.addAction(self.tr("Lock")).triggered.connect(lambda _=False: window.lock())
        self.menu.addSeparator()
        asks = self.menu.addMenu(self.tr("Quit"))
        sure = asks.addAction(self.tr("Quit: nothing is told until it is opened again"))
        sure.triggered.connect(lambda _=False: self.quit())
        window.installEventFilter(self)

    def open(self) -> None:
        """Show the window again; locked, as it was left."""
        self._quits_when_closed(True)
        come_forward(self._window)

    def quit(self) -> None:
        """End the program; closing the window writes what was typed."""
        self.keeps = False
        self._quits_when_closed(True)
        self._window.close()
        self.quit_wanted.emit()

    def stop(self) -> None:
        """Closing closes again."""
        self.keeps = False
        self._quits_when_closed(True)
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Into the tray instead of away; whoever shows the window again can close it again."""
        if watched is not self._window:
            return False
        if event.type() is QEvent.Type.Show:
            self._quits_when_closed(True)
        if event.type() is not QEvent.Type.Close or not self.keeps:
            return False
        event.ignore()
        self._window.desk.flush()
        self._window.lock()
        self._quits_when_closed(False)
        self._window.hide()
        return True

    def _quits_when_closed(self, quits: bool) -> None:
        """A form or a dialog that closes while the window is hidden is not the last one."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setQuitOnLastWindowClosed(quits)
