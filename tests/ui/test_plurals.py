"""Does the window count in English as people do?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0 follow-ups due"), (1, "1 follow-up due"), (2, "2 follow-ups due")]
)
def test_one_and_many(n: int, words: str) -> None:
    assert translate("Test", "%n follow-up(s) due", "", n) == words


def test_what_does_not_count_stays_as_it_is() -> None:
    assert translate("Test", "Client(s) to come") == "Client(s) to come"
    assert translate("Test", "%n open", "", 1) == "1 open"
