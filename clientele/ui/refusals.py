"""What does the window say when something cannot be done? A refusal's sentence, translated.

A refusal is words for people already; anything else is a bug, of which people are told what it
means for them and the log is told the rest, without anything that came from the book.
"""

from __future__ import annotations

import logging
import traceback

from PySide6.QtCore import QCoreApplication

from clientele.domain.errors import Refusal
from clientele.system.formats import Formats

log = logging.getLogger(__name__)

CONTEXT = "refusal"
"""The translation context of every refusal's template."""


def sentence_of(error: Exception, formats: Formats | None = None) -> str:
    """What to show for an error: its own sentence, or a plain one that fits any bug.

    With ``formats``, the store's, why a client may not be reached is worded anew.
    """
    if isinstance(error, Refusal):
        if formats is not None and (words := _not_reached(error, formats)):
            return words
        template = QCoreApplication.translate(CONTEXT, error.template)
        return template.format(**error.values)
    return QCoreApplication.translate(
        CONTEXT,
        "Something went wrong in the program. What was saved before is safe, and what you "
        "typed is still here. Try again; if it happens again, start Clientele anew.",
    )


def _not_reached(error: Refusal, formats: Formats) -> str:
    """Why a client may not be reached, or nothing for other refusals.

    Imported when something was refused: the first window is seen before the tables are loaded.
    """
    from clientele.domain.rules.permission_words import NotToBeReached
    from clientele.ui.models.reaching_words import refused_words

    return refused_words(error.answer, formats) if isinstance(error, NotToBeReached) else ""


def note(error: Exception, doing: str) -> None:
    """Write a bug to the log: its kind and where it was, never its words, which may be data."""
    if isinstance(error, Refusal):
        return
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s failed: %s at %s", doing, type(error).__name__, places)
