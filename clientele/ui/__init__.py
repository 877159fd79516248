"""The window: the only package that knows Qt."""

from __future__ import annotations

from clientele.ui.none import outlive_qt

outlive_qt()
