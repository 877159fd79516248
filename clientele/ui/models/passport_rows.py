"""A size passport as rows: a section for each person, with what stands behind a size under it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from clientele.domain.preferences import Evidence
from clientele.domain.rules.size_evidence import AGAINST, Proof, Worn
from clientele.store.queries.passport import SIZE
from clientele.store.queries.size_sources import WholePassport
from clientele.ui.desk import Desk
from clientele.ui.models import size_words
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.rows import ChipSpec, Dot, Row, RowAction
from clientele.ui.theme import Tone

CONVERT, NOT_THEIRS, AGAIN, EDIT, REMOVE = "convert", "not_theirs", "again", "edit", "remove"
ASIDE = "aside"

translate = QCoreApplication.translate


def worn_key(worn: Worn) -> str:
    """What tells one size from the others, whatever the evidence says by now."""
    return f"{worn.member_id or 0}|{worn.category.casefold()}|{worn.brand.casefold()}"


def each_worn(found: WholePassport) -> Iterator[Worn]:
    """One for each person, category and brand: the client first, then the household."""
    for member in (None, *found.people):
        for worn in found.passport.of(member):
            yield worn
            yield from worn.brands


def passport_rows(
    found: WholePassport, desk: Desk, *, opened: Collection[str], converted: Collection[str]
) -> list[Row]:
    """All rows; ``opened`` show what stands behind them, ``converted`` other systems."""
    rows = []
    for worn in each_worn(found):
        key = worn_key(worn)
        name = _whose(found, worn.member_id)
        rows.append(_worn(worn, desk, name, key in opened, key in converted))
        if key in opened:
            rows += [_piece(proof, found, desk, name) for proof in worn.proofs]
    section = translate("Passport", "Set aside, and counted no more")
    for decided, proof in found.passport.aside:
        again = RowAction(AGAIN, translate("Passport", "Count again"), "A")
        row = _piece(proof, found, desk, section)
        rows.append(replace(row, key=(ASIDE, decided), actions=(again,), strike=True, lead=None))
    return rows


def _whose(found: WholePassport, member: int | None) -> str:
    if member is None:
        return shown_name(found.named)
    name = found.people.get(member, "")
    return translate("Passport", "{name}, own page").format(name=name) if member < 0 else name


def _worn(worn: Worn, desk: Desk, section: str, is_open: bool, converted: bool) -> Row:
    chips = []
    if worn.suggestion is not None:
        words = translate("Passport", "try {size}").format(size=worn.suggestion.value)
        chips.append(ChipSpec(words, Tone.AMBER))
    sides = size_words.two(worn)
    if sides:
        chips.append(ChipSpec(translate("Passport", "two sizes"), Tone.AMBER))
        chips += [ChipSpec(size_words.side(proof, desk)) for proof in sides]
    words = translate("Passport", "Other systems")
    return Row(
        key=worn_key(worn),
        after_title=worn.category,
        title=worn.value,
        aside=" · ".join(part for part in (worn.brand, worn.fit) if part),
        chips=tuple(chips),
        body=size_words.sentence(worn, desk),
        sub=size_words.others(worn) if converted else "",
        section=section,
        actions=(RowAction(CONVERT, words, "C", shown=is_open and not converted),),
    )


def _piece(proof: Proof, found: WholePassport, desk: Desk, section: str) -> Row:
    words = size_words.piece(proof, desk)
    acts: tuple[RowAction, ...]
    if proof.source == SIZE:
        acts = (
            RowAction(EDIT, translate("Passport", "Change"), "E"),
            RowAction(REMOVE, translate("Passport", "Remove"), "X"),
        )
    else:
        acts = (RowAction(NOT_THEIRS, translate("Passport", "Not for them"), "X"),)
    tone = Tone.AMBER if proof.evidence in AGAINST else Tone.GREEN
    return Row(
        key=(proof.source, proof.id),
        after_title=words[:1].upper() + words[1:],
        aside=" · ".join(part for part in (proof.brand, proof.fit) if part),
        sub=size_words.source_words(proof, found.sources.get((proof.source, proof.id)), desk),
        lead=Dot(Tone.BLUE if proof.evidence == Evidence.TOLD_US else tone),
        section=section,
        actions=acts,
    )
