"""What becomes of a card number that is typed where words are saved as they are typed?

The book refuses one, but by then all its digits but the last have been saved, from which the last
can be worked out. So the moment it is whole the field says so, and what is saved has it covered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clientele.domain.errors import CardNumberFound
from clientele.domain.rules.card_numbers import found_in, masked
from clientele.domain.rules.draft_forms import covered
from clientele.services.drafts import TypeDraft, type_draft
from clientele.ui.desk import Desk
from clientele.ui.refusals import sentence_of
from clientele.ui.widgets.fields import Field, TextField


def to_keep(desk: Desk, field: Field | TextField, words: str) -> str:
    """``words`` as they may be saved. Says what is wrong once, on the field and in a toast."""
    marked = field.property("cardNumber")
    if not found_in(words):
        if marked:
            field.setProperty("cardNumber", False)
            field.set_wrong("")
        return words
    if not marked:
        sentence = sentence_of(CardNumberFound(where=field.accessibleName()))
        field.setProperty("cardNumber", True)
        field.set_wrong(sentence)
        desk.refused.emit(sentence)
    return masked(words)


def was_kept(field: Field | TextField) -> None:
    """Nothing is wrong with the field any more, unless a card number stands in it by now."""
    if not field.property("cardNumber"):
        field.set_wrong("")


def keep_draft(
    desk: Desk,
    what: TypeDraft,
    *,
    kept: Callable[[], None] = lambda: None,
    refused: Callable[[str], None],
) -> None:
    """Keep what is being typed. With a card number covered in it ``refused(sentence)`` is told."""
    body = covered(what.body)
    sentence = sentence_of(CardNumberFound(where="draft")) if body != what.body else ""
    desk.do(
        type_draft,
        replace(what, body=body),
        merge=("draft", what.place),
        then=lambda _: refused(sentence) if sentence else kept(),
        failed=refused,
    )
