"""What else stands on the line of a follow-up? Chosen, whose, how often, its reason gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.expiring import Because
from clientele.store.queries.follow_ups import FollowUpRow
from clientele.system.formats import Formats
from clientele.ui.models.behind_words import because_words
from clientele.ui.models.follow_up_rows import Shut, follow_up_row
from clientele.ui.models.for_whom import for_whom
from clientele.ui.models.repeat_words import repeats_words
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHANGE, GIVE, CHOOSE, REPLIED = "change", "give", "choose", "replied"
"""The names of further actions of a row."""


def due_row(one: FollowUpRow, me: int, today: date, formats: Formats, shut: Shut) -> Row:
    """An open follow-up on a page where it is one thing among others: whose, and how often."""
    row = for_whom(with_acts(follow_up_row(one, today, formats, shut=shut)), one, me)
    return with_chips(row, one, me, formats)


def with_acts(row: Row) -> Row:
    """The row with the keys E to change it, G to give it to a colleague, R where they replied."""
    more = (
        RowAction(CHANGE, translate("FollowUpRow", "Change"), "E", shown=False),
        RowAction(GIVE, translate("FollowUpRow", "Give to a colleague"), "G", shown=False),
    )
    return with_reply(replace(row, actions=(*row.actions, *more)))


def with_reply(row: Row) -> Row:
    """The row with the key R for a client who answered."""
    replied = RowAction(REPLIED, translate("FollowUpRow", "They replied"), "R", shown=False)
    return replace(row, actions=(*row.actions, replied))


def with_chips(
    row: Row, one: FollowUpRow, me: int, formats: Formats, gone: Because | None = None
) -> Row:
    """The row with chips: who asked for it or who has it, that it repeats, that its reason is gone.

    Whose it is stands there already for those of a colleague one covers (``for_whom``).
    """
    chips = []
    if one.given_by and one.given_by_id == me and one.associate_id != me:
        words = translate("FollowUpRow", "with {name}")
        chips.append(ChipSpec(words.format(name=one.associate), Tone.BLUE))
    elif one.given_by and one.given_by_id != me:
        words = translate("FollowUpRow", "{name} asked")
        chips.append(ChipSpec(words.format(name=one.given_by), Tone.BLUE))
    if one.repeat:
        chips.append(ChipSpec(repeats_words(one.repeat, formats)))
    if gone is not None:
        chips.append(ChipSpec(because_words(gone), Tone.AMBER))
    return replace(row, chips=(*row.chips, *chips)) if chips else row


def as_chosen(row: Row) -> Row:
    """The row with a tick on its lead: it is among those that were chosen."""
    lead = row.lead
    words = lead.text if isinstance(lead, ChipSpec) else ""
    spoken = translate("FollowUpRow", "chosen, {words}").format(words=row.words())
    return replace(row, lead=ChipSpec(f"✓ {words}".rstrip(), Tone.GREEN), spoken=spoken)
