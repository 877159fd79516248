"""What lies beneath the lock can be neither seen, heard, reached nor pasted."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleEvent, QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from clientele.ui.clipboard import Copied
from clientele.ui.widgets.layouts import GROUND, UNSEEN_GROUND


def cover(content: QWidget) -> None:
    """Before the lock is shown: menus, dialogs, hints and the clipboard go; nothing is reached.

    A screen reader walks through hidden widgets as well. Qt leaves those of some names out of what
    it shows of a window (``childWidgets`` in its qaccessiblewidget.cpp), with all that is in them:
    the content has such a name while it is locked.
    """
    close_windows()
    QToolTip.hideText()
    clear_clipboard()
    # A page that hears an answer now would take the keyboard, and with it the PIN.
    content.setEnabled(False)
    content.setObjectName(UNSEEN_GROUND)
    _tell(content, QAccessible.Event.ObjectHide)


def uncover(content: QWidget) -> None:
    """Somebody signed in."""
    content.setObjectName(GROUND)
    content.setEnabled(True)
    _tell(content, QAccessible.Event.ObjectShow)


def close_windows() -> None:
    """Menus and the system's own dialogs lie over the lock, and may name a client."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup.isVisible():
            break
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()


def clear_clipboard() -> None:
    """Take from the clipboard what was copied here, and not what another program put there."""
    if (application := QGuiApplication.instance()) is not None:
        for copied in application.findChildren(Copied):
            copied.take_away()
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _tell(content: QWidget, what: QAccessible.Event) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(content, what))
