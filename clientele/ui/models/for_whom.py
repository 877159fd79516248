"""Whose is this, where it is not one's own? The colleague who is away and whom one covers."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from clientele.ui.models.rows import ChipSpec, Row

translate = QCoreApplication.translate


class OfSomebody(Protocol):
    """A follow-up, a promise, an expected client: it says whose it is."""

    @property
    def associate_id(self) -> int:
        """Whose."""

    @property
    def associate(self) -> str:
        """Their name."""


def for_words(one: OfSomebody, me: int) -> str:
    """“for A. Name”; empty where it is one's own."""
    if one.associate_id == me or not one.associate:
        return ""
    return translate("ForWhom", "for {name}").format(name=one.associate)


def for_whom(row: Row, one: OfSomebody, me: int) -> Row:
    """The row with a chip that says whose it is, where that is not ``me``."""
    words = for_words(one, me)
    return replace(row, chips=(*row.chips, ChipSpec(words))) if words else row
