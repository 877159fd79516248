"""What fits a client and their household, and how is it known?

The evidence is worked out on reading: told sizes, bought and brought-back lines, and things tried
on. Only the newest lines are read, so that a client of twenty years costs no more than one of two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from clientele.domain.preferences import Evidence
from clientele.domain.rules.brought_back import settled
from clientele.domain.rules.names import folded
from clientele.domain.rules.size_evidence import (
    Fit,
    Proof,
    Worn,
    fit_of,
    garment_category,
    weigh,
    worn_in,
)
from clientele.domain.tables import (
    EvidenceAside,
    Gift,
    LineReturn,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Visit,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.store.prepared import Prepared, given
from clientele.store.queries.cards import may_have
from clientele.store.queries.columns import ident, looked_at

LINES: Final = 200
"""How many of the newest lines are read; older ones say little of what fits today."""

ITEMS: Final = 200
"""How many of the newest items that were shown."""

_KNOWN: Final = {str(one): one for one in Evidence}

SIZE, LINE, ITEM = "size", "purchase_line", "shown_item"

Makers = list[tuple[str, str]]
"""Makers by name, each as it is compared and as it is written."""


@dataclass(frozen=True, slots=True)
class Passport:
    """What fits, by person and category, the newest evidence first.

    ``aside`` is evidence that an associate set aside, with the id of that decision.
    """

    worn: tuple[Worn, ...]
    aside: tuple[tuple[int, Proof], ...]

    def of(self, member_id: int | None) -> tuple[Worn, ...]:
        """What fits one of them; None is the client."""
        return tuple(worn for worn in self.worn if worn.member_id == member_id)


def passport(session: Session, client_id: int) -> Passport:
    """The size passport of a client and the household."""
    proofs = [*_told(session, client_id)]
    brands = _makers(proofs)
    aside_lines, aside_items = _asides(session, client_id)
    put_aside: list[tuple[int, Proof]] = []
    for proof in (*_bought(session, client_id, brands), *_tried(session, client_id, brands)):
        decided = (aside_lines if proof.source == LINE else aside_items).get(proof.id)
        if decided is None:
            proofs.append(proof)
        else:
            put_aside.append((decided, proof))
    if not proofs:
        return Passport((), tuple(put_aside))
    # The evidence is weighed against its newest: what fits does not change by reading it later.
    return Passport(weigh(proofs, max(proof.at for proof in proofs)), tuple(put_aside))


def brands_of(session: Session, client_id: int) -> tuple[str, ...]:
    """The makers whom the sizes of a client and the household name."""
    rows = _SIZES.rows(session, client_id=client_id)
    return tuple(sorted({row[4] for row in rows if row[4]}))


def _told(session: Session, client_id: int) -> list[Proof]:
    if not may_have(session, client_id, Size):
        return []
    found = []
    for key, member, department, category, brand, value, fit, evidence, at in _SIZES.rows(
        session, client_id=client_id
    ):
        named, family = garment_category(category)
        found.append(
            Proof(
                SIZE, key, member, named, brand, value, _KNOWN.get(evidence, Evidence.TOLD_US), at,
                family=family, fit=fit, department_id=department,
            )
        )  # fmt: skip
    return found


def _bought(session: Session, client_id: int, brands: Makers) -> list[Proof]:
    """What was bought and kept, or brought back because it did not fit."""
    rows = _LINES.rows(session, client_id=client_id, most=LINES)[::-1]
    gifts: dict[int, int | None] = {}
    if may_have(session, client_id, Gift):
        gifts = dict(_GIFTS.rows(session, client_id=client_id))
    lines = {row[0]: row for row in rows}
    became = settled([(row[0], row[4] or row[3], row[5], row[6], row[10]) for row in rows])
    found = []
    for key, row in lines.items():
        if key not in became.left:
            proof = _brought_back(row, lines.get(became.back.get(key), row), brands)
        else:
            proof = _proof(row, Evidence.KEPT, brands) if became.left[key] else None
        if proof is not None:
            found.append(proof)
    return [
        replace(proof, member_id=gifts[proof.id]) if proof.id in gifts else proof
        for proof in found
        if gifts.get(proof.id, 0) is not None
    ]


def _brought_back(row: Any, sold: Any, brands: Makers) -> Proof | None:
    """What a return says of the goods that were sold, where it says that they did not fit."""
    why = row[11]
    fit = fit_of(why) if why else None
    proof = _proof(sold, Evidence.KEPT, brands) if fit is not None else None
    if proof is None:
        return None
    no = (
        Evidence.RETURNED_TOO_SMALL
        if fit in (Fit.SMALL, Fit.NARROW)
        else Evidence.RETURNED_TOO_LARGE
    )
    return replace(proof, id=row[0], at=row[2], evidence=no, why=why, purchase_id=row[1])


def _proof(row: Any, evidence: Evidence, brands: Makers) -> Proof | None:
    read = worn_in(row[3], row[8])
    if read is None:
        return None
    garment, value = read
    return Proof(
        LINE,
        row[0],
        None,
        garment.category,
        row[7] or _brand_in(row[3], brands),
        value,
        evidence,
        row[2],
        family=garment.family,
        words=row[3],
        purchase_id=row[1],
        department_id=row[9],
    )


def _makers(told: Iterable[Proof]) -> Makers:
    """The makers whom the client's sizes name; folded once, since each line is looked at."""
    return [(folded(brand), brand) for brand in sorted({one.brand for one in told if one.brand})]


def _brand_in(words: str, brands: Makers) -> str:
    """A maker whom the client's sizes name, where the article's words name them too."""
    if not brands:
        return ""
    there = folded(words)
    return next((brand for plain, brand in brands if plain in there), "")


def _tried(session: Session, client_id: int, brands: Makers) -> list[Proof]:
    """What was tried on: it fitted and is being kept, or it did not and somebody said why."""
    if not may_have(session, client_id, Visit):
        return []
    found = []
    for key, item, detail, outcome, why, member, department, at in _ITEMS.rows(
        session, client_id=client_id, most=ITEMS
    ):
        fit = fit_of(why) if why else None
        if outcome == Outcome.KEEPING:
            evidence = Evidence.TRIED_ON
        elif fit is None:
            continue
        elif fit in (Fit.SMALL, Fit.NARROW):
            evidence = Evidence.TRIED_TOO_SMALL
        else:
            evidence = Evidence.TRIED_TOO_LARGE
        words = f"{item}, {detail}" if detail else item
        read = worn_in(words)
        if read is not None:
            garment, value = read
            found.append(
                Proof(
                    ITEM, key, member, garment.category, _brand_in(words, brands), value, evidence,
                    at, family=garment.family, words=words, why=why, department_id=department,
                )
            )  # fmt: skip
    return found


def _asides(session: Session, client_id: int) -> tuple[dict[int, int], dict[int, int]]:
    lines: dict[int, int] = {}
    items: dict[int, int] = {}
    if not may_have(session, client_id, EvidenceAside):
        return lines, items
    for key, line, item in _ASIDES.rows(session, client_id=client_id):
        if line is not None:
            lines[line] = key
        if item is not None:
            items[item] = key
    return lines, items


_SIZES = Prepared(
    select(
        ident(Size.id),
        col(Size.household_member_id),
        col(Size.department_id),
        col(Size.category),
        col(Size.brand),
        col(Size.value),
        col(Size.fit),
        col(Size.evidence),
        col(Size.evidence_at),
    ).where(col(Size.client_id) == given("client_id"))
)
_LINES = Prepared(
    select(
        ident(PurchaseLine.id),
        col(PurchaseLine.purchase_id),
        col(Purchase.sold_at),
        col(PurchaseLine.item),
        col(PurchaseLine.sku),
        col(PurchaseLine.quantity),
        col(PurchaseLine.amount),
        col(PurchaseLine.brand),
        col(PurchaseLine.size),
        col(PurchaseLine.department_id),
        col(LineReturn.sold_line_id),
        col(LineReturn.why),
    )
    .select_from(Purchase)
    .join(PurchaseLine, col(PurchaseLine.purchase_id) == ident(Purchase.id))
    .outerjoin(LineReturn, col(LineReturn.return_line_id) == ident(PurchaseLine.id))
    .where(col(Purchase.client_id) == given("client_id"))
    .order_by(col(Purchase.sold_at).desc(), ident(PurchaseLine.id).desc())
    .limit(given("most"))
)
_GIFTS = Prepared(
    select(col(Gift.purchase_line_id), col(Gift.household_member_id)).where(
        col(Gift.client_id) == given("client_id"), col(Gift.purchase_line_id).is_not(None)
    )
)
_STOP = aliased(VisitStop)
_ITEMS = Prepared(
    select(
        ident(ShownItem.id),
        col(ShownItem.item),
        col(ShownItem.detail),
        col(ShownItem.outcome),
        col(ShownItem.why),
        col(ShownItem.household_member_id),
        col(_STOP.department_id),
        col(_STOP.started_at),
    )
    .select_from(Visit)
    .join(_STOP, col(_STOP.visit_id) == ident(Visit.id))
    .join(ShownItem, col(ShownItem.stop_id) == ident(_STOP.id))
    .where(
        col(Visit.client_id) == given("client_id"),
        looked_at(col(ShownItem.purchase_line_id)) == 0,
        col(ShownItem.outcome).in_([Outcome.KEEPING, Outcome.NO]),
    )
    .order_by(col(_STOP.started_at).desc(), ident(ShownItem.id).desc())
    .limit(given("most"))
)
_ASIDES = Prepared(
    select(
        ident(EvidenceAside.id),
        col(EvidenceAside.purchase_line_id),
        col(EvidenceAside.shown_item_id),
    ).where(col(EvidenceAside.client_id) == given("client_id"))
)
