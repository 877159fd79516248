"""What has every form with words in it? A draft in the book, so that nothing typed is ever lost."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QWidget

from clientele.services.drafts import TypeDraft, type_draft
from clientele.store.queries.team import draft
from clientele.ui.desk import Desk
from clientele.ui.widgets.sheet import Sheet


class DraftedSheet(Sheet):
    """A sheet whose fields are kept under ``place`` as they are typed, and brought back.

    Subclasses answer ``typed_now`` and take ``bring_back``, both by field. The sheet deletes
    itself when it is closed: what was typed is in the book, not in the widget.
    """

    def __init__(
        self, desk: Desk, over: QWidget, title: str, place: str, *, width: int = 480
    ) -> None:
        super().__init__(over, title, width=width)
        self.desk = desk
        self.place = place
        self._kept = False
        self.closed.connect(self.deleteLater)

    def typed_now(self) -> dict[str, str]:
        """What stands in the fields; empty when there is nothing worth keeping."""
        raise NotImplementedError

    def bring_back(self, fields: dict[str, str]) -> None:
        """Put what was typed earlier into the fields."""
        raise NotImplementedError

    def look_for_draft(self) -> None:
        """Ask for what was typed here before and not kept."""
        by, place = self.desk.me.id, self.place
        self.desk.ask(lambda session: draft(session, by, place), self._found, owner=self)

    def save_draft(self) -> None:
        """Keep the fields as they are now."""
        if self._kept:
            return
        fields = self.typed_now()
        body = json.dumps(fields, ensure_ascii=False) if fields else ""
        self.desk.do(
            type_draft,
            TypeDraft(self.desk.me.id, self.place, body),
            merge=("draft", self.place),
            failed=self.say,
        )

    def finished(self) -> None:
        """The words were kept elsewhere, which also cleared the draft."""
        self._kept = True
        self.close_sheet()

    def _found(self, body: str) -> None:
        if not body or self.typed_now():
            return
        self.bring_back(json.loads(body))
