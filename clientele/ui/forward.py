"""How does a window come to the front?"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def come_forward(window: QWidget) -> None:
    """Show a window in front of others, also one that was minimized or in the tray."""
    window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
