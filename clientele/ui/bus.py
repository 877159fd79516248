"""Who hears that something changed? Every open page, which decides whether to look again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Carries ``Changes`` from the one door for writes to every page, on the GUI thread."""

    changed = Signal(object)
