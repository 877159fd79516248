"""What appears in passing is said to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from clientele.ui.main_window import MainWindow


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The announcements that reach the platform."""
    heard: list[str] = []

    def listen(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", listen)
    return heard


def test_a_toast_is_said(window: MainWindow, said: list[str]) -> None:
    window.desk.said.emit("Follow-up done", True)
    window.toast.dismiss()
    assert said == ["Follow-up done"]


def test_a_wrong_pin_is_said(window: MainWindow, said: list[str]) -> None:
    window.lock_screen._refused("That PIN was wrong a few times.")
    assert said == ["That PIN was wrong a few times."]
