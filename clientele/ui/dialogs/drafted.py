"""What has every form with words in it? A draft in the book, so that nothing typed is ever lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from clientele.services.changes import Changes
from clientele.services.drafts import TypeDraft
from clientele.services.verb import Verb
from clientele.store.queries.team import draft
from clientele.ui.card_numbers import keep_draft
from clientele.ui.desk import Desk
from clientele.ui.dialogs.passing import PassingSheet

I = TypeVar("I")  # noqa: E741 - the input of a verb


class DraftedSheet(PassingSheet):
    """A sheet whose fields are kept under ``place`` as they are typed, and brought back.

    Subclasses answer ``typed_now`` and take ``bring_back``, both by field. The sheet deletes
    itself when it is closed: what was typed is in the book, not in the widget.
    """

    def __init__(
        self, desk: Desk, over: QWidget, title: str, place: str, *, width: int = 480
    ) -> None:
        super().__init__(desk, over, title, width=width)
        self.desk = desk
        self.place = place
        self._kept = False
        self._may_clear = False
        """Whether an empty form says that nothing is wanted there, and not that it just opened."""

    def typed_now(self) -> dict[str, str]:
        """What stands in the fields; empty when there is nothing worth keeping."""
        raise NotImplementedError

    def bring_back(self, fields: dict[str, str]) -> None:
        """Put what was typed earlier into the fields."""
        raise NotImplementedError

    def look_for_draft(self) -> None:
        """Ask for what was typed here before and not kept."""
        by, place = self._by, self.place
        self.desk.ask(lambda session: draft(session, by, place), self._found, owner=self)

    def save_draft(self) -> None:
        """Keep the fields as they are now.

        Empty ones clear no draft that was not brought back yet: those words are still wanted.
        """
        if self._kept:
            return
        fields = self.typed_now()
        if not fields and not self._may_clear:
            return
        self._may_clear = True
        body = json.dumps(fields, ensure_ascii=False) if fields else ""
        keep_draft(self.desk, TypeDraft(self._by, self.place, body), refused=self._refused)

    def keep_as(
        self,
        verb: Verb[I],
        what: I,
        *,
        said: str,
        then: Callable[[Changes], object] | None = None,
    ) -> None:
        """Write what was typed for good and close; once, however often it is asked for.

        The verb clears the draft. A refusal is said above the fields, and the sheet stays.
        """
        if self._kept:
            return
        self._kept = True

        def kept(changes: Changes) -> None:
            if not isValid(self):
                return
            self.close_sheet()
            if then is not None:
                then(changes)

        self.desk.do(verb, what, said=said, then=kept, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        if not isValid(self):
            self.desk.refused.emit(sentence)
            return
        self._kept = False
        self.say(sentence)

    def _found(self, body: str) -> None:
        if body and not self.typed_now():
            self.bring_back(json.loads(body))
        self._may_clear = True
