"""How does a visit enter the book? With its stops, what was shown, and its one ticket."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from clientele.domain.history import QUANTITY_UNIT
from clientele.domain.preferences import Evidence
from clientele.domain.rules.credit import shares
from clientele.domain.tables import (
    CreditShare,
    ItemCredit,
    LineReturn,
    Purchase,
    PurchaseLine,
    ShownItem,
    Size,
    Visit,
    VisitStop,
)
from clientele.domain.visits import Outcome
from clientele.services.sample.floor import Floor
from clientele.services.sample.household import Member
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller
from clientele.services.sample.wishes import write_wish_or_gift


@dataclass(slots=True)
class Shown:
    """An article at a stop. ``price`` of all pieces in minor units; None is not known yet."""

    text: str
    size: str = ""
    price: int | None = None
    outcome: str = Outcome.SHOWN
    why: str = ""
    sku: str = ""
    kind: str = ""
    brand: str = ""
    short: str = ""
    pieces: int = 1
    member: Member | None = None
    hold_until: date | None = None
    mark_down: int = 0
    mark_down_why: str = ""
    line: int | None = None
    """The line as which it was sold."""
    credited: dict[int, int] = field(default_factory=dict)
    """What each is credited with for that line."""

    @property
    def amount(self) -> int:
        """What the line comes to."""
        return (self.price or 0) - self.mark_down


@dataclass(slots=True)
class Stop:
    """A department within a visit; who works there if they came along; shared credit if so."""

    department: str
    minutes: float
    shown: list[Shown] = field(default_factory=list)
    colleague: Seller | None = None
    shared: bool = False


@dataclass(slots=True)
class Plan:
    """A visit as it took place: a day, minutes after midnight, who met the client, what for."""

    day: date
    minute: float
    seller: Seller
    stops: list[Stop]
    here_for: str = ""
    greeted_after: int = 40
    """Seconds."""


@dataclass(slots=True)
class Written:
    """What a visit became: ids, and when the ticket was rung and the client left."""

    plan: Plan
    visit_id: int
    arrived_at: datetime
    rung_at: datetime
    left_at: datetime
    purchase_id: int | None = None

    @property
    def kept(self) -> list[Shown]:
        """What went home."""
        return [s for stop in self.plan.stops for s in stop.shown if s.outcome == Outcome.KEEPING]


@dataclass(frozen=True, slots=True)
class Known:
    """One piece of evidence of a size, of the client or one of the household."""

    kind: str
    value: str
    evidence: str
    at: datetime
    seller: Seller
    brand: str = ""
    fit: str = ""
    department: str = ""
    member: Member | None = None


def write_visit(floor: Floor, person: Person, plan: Plan) -> Written:
    """Write down a visit that is over, and its ticket if anything is kept."""
    days = floor.days
    minutes = 2 + sum(stop.minutes for stop in plan.stops)
    arrived = days.at(plan.day, plan.minute)
    rung, left = (
        days.at(plan.day, plan.minute + minutes + 2),
        days.at(plan.day, plan.minute + minutes + 5),
    )
    visit_id = floor.sheet.add(
        Visit,
        client_id=person.id,
        associate_id=plan.seller.id,
        here_for=plan.here_for,
        arrived_at=arrived,
        greeted_at=days.at(plan.day, plan.minute + plan.greeted_after / 60),
        left_at=left,
    )
    written = Written(plan, visit_id, arrived, rung, left)
    if any(shown.price for shown in written.kept):
        written.purchase_id = _write_ticket(floor, person, written)
    begun = plan.minute
    for place, stop in enumerate(plan.stops):
        ended = begun + stop.minutes + (2 if place == 0 else 0)
        stop_id = floor.sheet.add(
            VisitStop,
            visit_id=visit_id,
            department_id=floor.team.departments[stop.department],
            colleague_id=stop.colleague.id if stop.colleague else None,
            joined_at=days.at(plan.day, begun) if stop.colleague else None,
            position=place,
            started_at=days.at(plan.day, begun),
            ended_at=left if place == len(plan.stops) - 1 else days.at(plan.day, ended),
        )
        begun = ended
        for position, shown in enumerate(stop.shown):
            item = write_shown(floor, written, stop, stop_id, shown, position)
            write_wish_or_gift(floor, person, written, stop, shown, item)
            if shown.outcome == Outcome.KEEPING:
                _remember_size(floor, person, written, stop, shown)
    return written


def write_shown(
    floor: Floor, written: Written, stop: Stop, stop_id: int, shown: Shown, position: int
) -> int:
    """Write down an item at a stop and, where it is kept, its line; answer the item's id."""
    credited = stop.colleague or written.plan.seller
    shared = stop.shared and credited.id != written.plan.seller.id
    line: int | None = None
    if shown.outcome == Outcome.KEEPING and written.purchase_id and shown.price is not None:
        line = floor.sheet.add(
            PurchaseLine,
            purchase_id=written.purchase_id,
            department_id=floor.team.departments[stop.department],
            item=f"{shown.text}, {shown.size}" if shown.size else shown.text,
            sku=shown.sku,
            quantity=shown.pieces * QUANTITY_UNIT,
            amount=shown.amount,
            mark_down=shown.mark_down,
            mark_down_why=shown.mark_down_why,
            associate_id=credited.id,
        )
        shown.line = line
        parts = {credited.id: 1} | ({written.plan.seller.id: 1} if shared else {})
        shown.credited = shares(shown.amount, parts)
        _share(floor, line, shown.credited)
    item = floor.sheet.add(
        ShownItem,
        stop_id=stop_id,
        item=shown.text,
        detail=shown.size,
        sku=shown.sku,
        price=None if shown.price is None else shown.price // shown.pieces,
        quantity=shown.pieces * QUANTITY_UNIT,
        mark_down=shown.mark_down,
        mark_down_why=shown.mark_down_why,
        outcome=str(shown.outcome),
        why=shown.why,
        hold_until=shown.hold_until,
        household_member_id=(shown.member.id or None) if shown.member else None,
        associate_id=credited.id,
        purchase_line_id=line,
        position=position,
    )
    if shared:
        for seller in (credited, written.plan.seller):
            floor.sheet.add(ItemCredit, shown_item_id=item, associate_id=seller.id, parts=1)
    return item


def write_return(
    floor: Floor,
    person: Person,
    plan: Plan,
    back: list[tuple[str, Shown]],
    taken: list[tuple[str, Shown]],
    why: str = "",
) -> Written:
    """Write down a return: negative lines for what came back, others for what was taken instead.

    Each takes back the credit of the line that was sold, whoever takes it back.
    """
    written = write_visit(floor, person, plan)
    lines = [(-1, *entry) for entry in back] + [(1, *entry) for entry in taken]
    key = _purchase(floor, person, written, sum(sign * s.amount for sign, _, s in lines))
    written.purchase_id = key
    for sign, department, shown in lines:
        credited = {one: -amount for one, amount in shown.credited.items()} if sign < 0 else {}
        line = floor.sheet.add(
            PurchaseLine,
            purchase_id=key,
            department_id=floor.team.departments[department],
            item=f"{shown.text}, {shown.size}" if shown.size else shown.text,
            sku=shown.sku,
            quantity=sign * shown.pieces * QUANTITY_UNIT,
            amount=sign * shown.amount,
            associate_id=next(iter(credited), plan.seller.id),
        )
        _share(floor, line, credited)
        if sign < 0 and shown.line is not None:
            floor.sheet.add(LineReturn, sold_line_id=shown.line, return_line_id=line, why=why)
    return written


def _share(floor: Floor, line: int, credited: dict[int, int]) -> None:
    if len(credited) < 2:
        return
    for seller, amount in credited.items():
        floor.sheet.add(CreditShare, purchase_line_id=line, associate_id=seller, amount=amount)


def write_size(floor: Floor, person: Person, known: Known) -> None:
    """Write down what is known of a size, and how."""
    floor.sheet.add(
        Size,
        client_id=person.id,
        household_member_id=known.member.id if known.member else None,
        department_id=floor.team.departments.get(known.department),
        category=known.kind,
        brand=known.brand,
        value=known.value,
        fit=known.fit,
        evidence=str(known.evidence),
        evidence_at=known.at,
        associate_id=known.seller.id,
    )


def _write_ticket(floor: Floor, person: Person, written: Written) -> int:
    return _purchase(floor, person, written, sum(shown.amount for shown in written.kept))


def _purchase(floor: Floor, person: Person, written: Written, total: int) -> int:
    return floor.sheet.add(
        Purchase,
        client_id=person.id,
        visit_id=written.visit_id,
        receipt=floor.receipt(written.plan.day),
        sold_at=written.rung_at,
        sold_on=written.plan.day,
        associate_id=written.plan.seller.id,
        currency=floor.currency,
        total=total,
    )


def _remember_size(
    floor: Floor, person: Person, written: Written, stop: Stop, shown: Shown
) -> None:
    if not shown.kind or not shown.size:
        return
    owner = shown.member.name if shown.member else ""
    place = (person.id, owner, shown.kind, shown.size)
    before = floor.sizes_seen.get(place)
    if before is not None and (written.plan.day - before).days < 240:
        return
    floor.sizes_seen[place] = written.plan.day
    body = shown.member.body if shown.member else person.body
    known = Known(
        shown.kind,
        shown.size,
        Evidence.KEPT,
        written.rung_at,
        stop.colleague or written.plan.seller,
        brand=_told_apart(person, shown),
        fit=body.fits.get(shown.kind, "") if not shown.member else "",
        department=stop.department,
        member=shown.member,
    )
    write_size(floor, person, known)


def _told_apart(person: Person, shown: Shown) -> str:
    """The brand, where it runs otherwise than all others."""
    body = shown.member.body if shown.member else person.body
    return shown.brand if (shown.kind, shown.brand) in body.brands else ""
