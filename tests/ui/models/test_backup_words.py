"""What a restore would undo, and what it would bring back, in words."""

from __future__ import annotations

import pytest

from clientele.store.newer import KindNewer, Newer
from clientele.system.formats import Formats
from clientele.ui.models.backup_words import newer_words
from clientele.ui.theme import Theme

FORMATS = Formats("en", "Europe/Amsterdam")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            Newer((KindNewer("note", 0, 0, 1),)),
            ["Not in the book now, and would be there again: 1 note."],
        ),
        (
            Newer((KindNewer("note", 2, 0, 0), KindNewer("visit", 0, 1, 3))),
            [
                "Written since, and would be lost: 2 notes.",
                "Changed since, and would be as before: 1 visit.",
                "Not in the book now, and would be there again: 3 visits.",
            ],
        ),
    ],
)
def test_what_comes_back_is_told_as_what_goes(theme: Theme, found: Newer, said: list[str]) -> None:
    assert newer_words(found, FORMATS)[: len(said)] == said


def test_an_erased_client_is_told_of_once(theme: Theme) -> None:
    (only,) = newer_words(Newer((KindNewer("client", 0, 0, 1),), back=1), FORMATS)
    assert "erased or merged since" in only
