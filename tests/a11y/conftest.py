"""The window of the tests of the window."""

from __future__ import annotations

from tests.ui.conftest import desk, pin_hash, staged_team, team, theme, window

__all__ = ["desk", "pin_hash", "staged_team", "team", "theme", "window"]
