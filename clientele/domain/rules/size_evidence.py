"""What do purchases, returns, things tried on and what was told say of the size that fits?

Evidence is worked out on reading and never kept a second time. Each piece weighs by its kind and
loses half of its weight in a year; what was brought back or tried on as too small or too large
speaks against its size, and for the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from clientele.domain.preferences import Evidence
from clientele.domain.rules.names import folded
from clientele.domain.rules.size_systems import (
    Garment,
    are_comparable,
    garment_of,
    next_to,
    parse_size,
    place,
    show,
    wider,
)

WEIGHTS: Final = {
    Evidence.KEPT: 5.0,
    Evidence.RETURNED_TOO_SMALL: 4.0,
    Evidence.RETURNED_TOO_LARGE: 4.0,
    Evidence.TRIED_ON: 3.0,
    Evidence.TRIED_TOO_SMALL: 3.0,
    Evidence.TRIED_TOO_LARGE: 3.0,
    Evidence.TOLD_US: 2.5,
}
HALF_LIFE: Final = timedelta(days=365)
AGAINST: Final = {
    Evidence.RETURNED_TOO_SMALL: 1,
    Evidence.TRIED_TOO_SMALL: 1,
    Evidence.RETURNED_TOO_LARGE: -1,
    Evidence.TRIED_TOO_LARGE: -1,
}
"""What speaks against its size, and in which direction the right one lies."""

CONFLICTS_FOR: Final = timedelta(days=3 * 365)
"""Older evidence that says otherwise is no conflict: people change."""


class Fit(StrEnum):
    """Why something did not fit."""

    SMALL = "small"
    LARGE = "large"
    NARROW = "narrow"
    WIDE = "wide"


_SMALL: Final = "small tight short snug klein eng knapp kurz krap strak kort"
_LARGE: Final = "large big loose long baggy gross lang groot ruim gros"
_TOO: Final = r"\b(?:too|zu|te)(?: (?:much|a bit|ein bisschen|etwas|iets))? "
_WHY: Final = (
    (Fit.NARROW, re.compile(_TOO + r"(?:narrow|schmal|smal|nauw)\b|\bpinch|\bdruckt\b|\bknelt\b")),
    (Fit.WIDE, re.compile(_TOO + r"(?:wide|breit|weit|breed|wijd)\b")),
    (Fit.SMALL, re.compile(_TOO + rf"(?:{_SMALL.replace(' ', '|')})\b")),
    (Fit.LARGE, re.compile(_TOO + rf"(?:{_LARGE.replace(' ', '|')})\b|\bslips?\b|\bslipt\b")),
)
_NOT: Final = re.compile(r"\b(?:not|nicht|niet|keineswegs) (?:too|zu|te) \w+")
_PART: Final = re.compile(
    r"\b(?:sleeves?|hem|collar|armel|saum|kragen|mouw|mouwen|zoom|kraag|strap|straps|riemchen)\b"
)
"""A part that can be altered says nothing of the size as a whole."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence. ``source`` is the table that it stands in, ``id`` its row there."""

    source: str
    id: int
    member_id: int | None
    category: str
    brand: str
    value: str
    evidence: Evidence
    at: datetime
    family: str = ""
    fit: str = ""
    words: str = ""
    """The article, or the reason, in the words that stand in the book."""
    why: str = ""
    purchase_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to try next, and the evidence that says so."""

    value: str
    because: Proof


@dataclass(frozen=True, slots=True)
class Worn:
    """What fits in one category: the size, how it is known, what says otherwise, what to try.

    ``brands`` are the makers in whose sizes something else fits.
    """

    member_id: int | None
    category: str
    brand: str
    value: str
    best: Proof
    proofs: tuple[Proof, ...]
    """All evidence, the newest first."""
    against: tuple[Proof, ...]
    """What contradicts the size shown, the newest first."""
    suggestion: Suggestion | None
    brands: tuple[Worn, ...] = ()

    @property
    def fit(self) -> str:
        """The newest words on how it sits."""
        return next((proof.fit for proof in self.proofs if proof.fit), "")

    @property
    def rival(self) -> Proof | None:
        """The newest evidence for or against another size that contradicts this one."""
        return next((proof for proof in self.against if not _same(proof, self.best)), None)


@lru_cache(maxsize=4096)
def fit_of(why: str) -> Fit | None:
    """Why it did not fit, read from plain words in English, German or Dutch."""
    words = _NOT.sub(" ", folded(why).replace("ß", "ss"))
    if _PART.search(words):
        return None
    return next((fit for fit, pattern in _WHY if pattern.search(words)), None)


@lru_cache(maxsize=8_192)
def worn_in(words: str, size: str = "") -> tuple[Garment, str] | None:
    """The garment that an article's words name, and its size, from ``size`` or the words."""
    garment = garment_of(words.split(",", 1)[0]) or garment_of(words)
    if garment is None:
        return None
    if size:
        read = parse_size(size, garment.family)
        return garment, show(read, garment.family) if read else size
    for piece in reversed([piece.strip() for piece in re.split(r"[,·(/)](?!\d)", words)]):
        read = parse_size(piece, garment.family)
        if read is not None:
            return garment, show(read, garment.family)
    found = re.search(
        r"\b(?:size|gr\.?|größe|maat|uk|eu|us|it|fr|de)\s*(\d+(?:½|[.,]5)?|X*[SL]|M)\b.{0,3}$",
        words,
        re.IGNORECASE,
    )
    read = parse_size(found[0].strip(), garment.family) if found else None
    return None if read is None else (garment, show(read, garment.family))


def weight(proof: Proof, now: datetime) -> float:
    """How much a piece of evidence says today."""
    age: timedelta = max(now - proof.at, timedelta())
    return WEIGHTS[proof.evidence] * float(0.5 ** (age / HALF_LIFE))


def weigh(proofs: Iterable[Proof], now: datetime) -> tuple[Worn, ...]:
    """What fits, for each person and category, the newest evidence first."""
    groups: dict[tuple[int | None, str], list[Proof]] = {}
    for proof in sorted(proofs, key=lambda one: (one.at, one.id), reverse=True):
        groups.setdefault((proof.member_id, proof.category.casefold()), []).append(proof)
    found = []
    for group in groups.values():
        whole = _of_category(group, now)
        if whole is not None:
            found.append(whole)
    return tuple(sorted(found, key=lambda worn: worn.proofs[0].at, reverse=True))


def _of_category(group: Sequence[Proof], now: datetime) -> Worn | None:
    by_brand: dict[str, list[Proof]] = {}
    for proof in group:
        by_brand.setdefault(proof.brand.casefold(), []).append(proof)
    each = [worn for one in by_brand.values() if (worn := _decided(one, now)) is not None]
    if not each:
        return None
    general = next((worn for worn in each if not worn.brand), None)
    main = general or max(each, key=lambda worn: weight(worn.best, now))
    others = tuple(
        worn
        for worn in each
        if worn is not main and (worn.against or not _same(worn.best, main.best))
    )
    agreeing = [
        proof for worn in each if worn is not main and worn not in others for proof in worn.proofs
    ]
    proofs = tuple(
        sorted((*main.proofs, *agreeing), key=lambda one: (one.at, one.id), reverse=True)
    )
    return Worn(
        main.member_id,
        main.category,
        main.brand if len(by_brand) == 1 else "",
        main.value,
        main.best,
        proofs,
        main.against,
        main.suggestion,
        others,
    )


def _decided(group: list[Proof], now: datetime) -> Worn | None:
    """One category and brand; ``group`` newest first."""
    against = [proof for proof in group if proof.evidence in AGAINST]
    fits = [proof for proof in group if proof.evidence not in AGAINST]
    first = group[0]

    def score(proof: Proof) -> float:
        less = sum(weight(no, now) for no in against if no.at >= proof.at and _same(no, proof))
        return weight(proof, now) - less

    suggestion = None
    if fits:
        best = max(fits, key=score)
        newer = [no for no in against if no.at >= best.at and _same(no, best)]
        if newer:
            suggestion = _suggested(newer[0])
    else:
        best = against[0]
        suggestion = _suggested(best)
    conflicts = tuple(
        proof
        for proof in group
        if proof is not best and now - proof.at < CONFLICTS_FOR and _contradicts(proof, best)
    )
    return Worn(
        first.member_id,
        best.category,
        best.brand,
        best.value,
        best,
        tuple(group),
        conflicts,
        suggestion,
    )


def _contradicts(proof: Proof, best: Proof) -> bool:
    """A size that fits otherwise; or one no smaller than the best that was found too small."""
    one, other = parse_size(proof.value, proof.family), parse_size(best.value, best.family)
    if one is not None and other is not None and not are_comparable(one, other):
        return False
    if proof.evidence not in AGAINST or best.evidence in AGAINST:
        return (proof.evidence in AGAINST) == _same(proof, best)
    if _same(proof, best):
        return True
    if one is None or other is None or one.system != other.system or one.extra != other.extra:
        return False
    return (place(one) - place(other)) * AGAINST[proof.evidence] > 0


def _suggested(proof: Proof) -> Suggestion | None:
    size = parse_size(proof.value, proof.family)
    if size is None:
        return None
    fit = fit_of(proof.why)
    steps = AGAINST[proof.evidence]
    in_width = wider(size, steps) if fit in (Fit.NARROW, Fit.WIDE) else None
    # Suits and shoes are made from size to size; a chest of 43 is rare on the floor.
    by = 2 * steps if size.system == "suit_uk" else steps
    larger = in_width or next_to(size, by, proof.family)
    return None if larger is None else Suggestion(show(larger, proof.family), proof)


def _same(one: Proof, other: Proof) -> bool:
    if one.value.casefold() == other.value.casefold():
        return True
    a, b = parse_size(one.value, one.family), parse_size(other.value, other.family)
    if a is None or b is None or (a.system or b.system) == "":
        return a is not None and a == b
    if a.system == b.system:
        return (a.value, a.extra) == (b.value, b.extra)
    # Told in one system and bought in another: the same as far as a chart can say.
    if not a.system or not b.system or not are_comparable(a, b):
        return False
    return abs(place(a) - place(b)) <= _NEARLY.get(one.family, 2.0)


_NEARLY: Final = {"shoes": 5.0, "collar": 1.0, "ring": 0.7, "gloves": 14.0}


def garment_category(category: str) -> tuple[str, str]:
    """The category as it stands in the book, and the family of systems that it is sized in."""
    garment = garment_of(category)
    return category, "" if garment is None else garment.family
