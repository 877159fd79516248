"""What do clients of the sample store wish for, and what did they give to their people?"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from clientele.domain.rules.dates import PartialDate, next_time
from clientele.domain.tables import Gift, Occasion, Wish
from clientele.domain.visits import Outcome
from clientele.domain.wishes import WishState
from clientele.services.sample.floor import Floor
from clientele.services.sample.people import Person

if TYPE_CHECKING:
    from clientele.services.sample.cast import Spec
    from clientele.services.sample.visits import Shown, Stop, Written

FORGOTTEN = timedelta(days=120)
"""A wish from longer ago was dropped by now."""
ENDINGS = ("no longer made", "found one elsewhere", "has one by now", "not any more")
LIKED = ("loved it", "wears it often", "a great success", "changed the colour", "", "", "")
GIVEN_FOR = timedelta(days=14)
"""Bought so shortly before somebody's birthday, a gift was for that day."""


def write_wish_or_gift(
    floor: Floor, person: Person, written: Written, stop: Stop, shown: Shown, item: int
) -> None:
    """What was put on the wish list is a wish, what was bought for somebody a gift to them."""
    rng = Random(f"{floor.seed} {item} wished or given")
    member = (shown.member.id or None) if shown.member else None
    seller = (stop.colleague or written.plan.seller).id
    if shown.outcome == Outcome.WISH_LIST:
        old = floor.days.now - written.arrived_at > FORGOTTEN
        floor.sheet.add(
            Wish,
            client_id=person.id,
            household_member_id=member,
            department_id=floor.team.departments[stop.department],
            shown_item_id=item,
            item=shown.text,
            detail=shown.size,
            brand=shown.brand,
            sku=shown.sku,
            price=shown.price,
            state=WishState.DROPPED if old else WishState.OPEN,
            wished_at=written.arrived_at,
            ended_at=written.arrived_at + FORGOTTEN if old else None,
            ending=rng.choice(ENDINGS) if old else "",
            associate_id=seller,
        )
    if shown.line is not None and member is not None:
        occasion, given_on = _birthday_of(floor, person, member, written)
        floor.sheet.add(
            Gift,
            client_id=person.id,
            household_member_id=member,
            occasion_id=occasion,
            purchase_line_id=shown.line,
            what=f"{shown.text}, {shown.size}" if shown.size else shown.text,
            given_on=given_on,
            liked=rng.choice(LIKED) if given_on and given_on < floor.days.today else "",
            associate_id=seller,
            created_at=written.left_at,
        )


def write_told_wishes(floor: Floor, person: Person, spec: Spec) -> None:
    """The wishes and gifts of the people whose stories are told."""
    by_name = {member.name: member.id for member in person.members}
    for said in spec.get("wishes", ()):
        at = floor.days.at(floor.days.ago(said["days"]), 15 * 60)
        price = said.get("price")
        here = said.get("here")
        floor.sheet.add(
            Wish,
            client_id=person.id,
            household_member_id=by_name.get(said.get("for", "")),
            department_id=floor.team.departments[said["department"]],
            item=said["item"],
            detail=said.get("detail", ""),
            brand=said.get("brand", ""),
            price=None if price is None else floor.goods.minor(price),
            note=said.get("note", ""),
            wished_at=at,
            arrived_at=None if here is None else floor.days.at(floor.days.ago(here), 9 * 60),
            associate_id=floor.team.me.id,
        )
    for said in spec.get("gifts", ()):
        day = floor.days.ago(said["days"])
        floor.sheet.add(
            Gift,
            client_id=person.id,
            household_member_id=by_name.get(said["to"]),
            what=said["what"],
            given_on=day,
            liked=said.get("liked", ""),
            associate_id=floor.team.me.id,
            created_at=floor.days.at(day, 15 * 60),
        )


def _birthday_of(
    floor: Floor, person: Person, member: int, written: Written
) -> tuple[int | None, Any]:
    """The birthday for which it was bought, and its day; None where it was for no such day."""
    whom = next((one for one in person.members if one.id == member), None)
    if whom is None or not whom.birthday_known:
        return None, None
    day = written.plan.day
    on = next_time(PartialDate(whom.birth.month, whom.birth.day), day)
    if on - day > GIVEN_FOR:
        return None, None
    return floor.sheet.find(Occasion, lambda row: row["household_member_id"] == member), on
