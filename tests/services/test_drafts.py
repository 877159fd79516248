"""Is what is being typed in the book, by associate and place, with no way back in the way?"""

from __future__ import annotations

from clientele.services.drafts import TypeDraft, type_draft
from clientele.store.queries.team import draft
from tests.services.floor import Floor


def test_the_newest_words_stand_and_undo_has_no_part_in_them(floor: Floor) -> None:
    for words in ("w", "we", "wed"):
        changes = floor.do(type_draft, TypeDraft(floor.okafor, "note", words))
        assert changes.undo is None
        assert changes.kinds == {"draft"}
    assert floor.ask(draft, floor.okafor, "note") == "wed"
    assert floor.ask(draft, floor.okafor, "elsewhere") == ""
    assert floor.ask(draft, floor.silva, "note") == ""


def test_empty_words_forget_the_draft(floor: Floor) -> None:
    floor.do(type_draft, TypeDraft(floor.okafor, "note", "wed"))
    floor.do(type_draft, TypeDraft(floor.okafor, "note", ""))
    floor.do(type_draft, TypeDraft(floor.okafor, "note", ""))
    assert floor.ask(draft, floor.okafor, "note") == ""
