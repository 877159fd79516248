"""The templates of the brief in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def brief_say(template: str) -> str:
    """A template of the brief, of what is said first and of what is said elsewhere, translated."""
    return QCoreApplication.translate("brief", template)
