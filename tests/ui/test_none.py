"""Calls into Qt never use up None, True and False."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject

from clientele.ui.none import ENOUGH, outlive_qt


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they are immortal by themselves")
def test_none_true_and_false_have_references_to_spare() -> None:
    outlive_qt()
    outlive_qt()
    for constant in (None, True, False):
        assert ENOUGH // 2 < sys.getrefcount(constant) < 2 * ENOUGH
    thing = QObject()
    for _ in range(200_000):
        thing.setObjectName("x")
        thing.blockSignals(False)
