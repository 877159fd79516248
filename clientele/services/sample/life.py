"""What happened to a client in two years? Visits in their own rhythm, purchases, returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from clientele.domain.preferences import Evidence
from clientele.domain.tables import Note
from clientele.domain.visits import Outcome
from clientele.services.sample.days import SATURDAY
from clientele.services.sample.floor import Floor
from clientele.services.sample.goods import Item, rests_by
from clientele.services.sample.household import Member
from clientele.services.sample.people import FOR_HER, FOR_HIM, Person
from clientele.services.sample.team import Seller
from clientele.services.sample.visits import (
    Known,
    Plan,
    Shown,
    Stop,
    Written,
    write_return,
    write_size,
    write_visit,
)
from clientele.services.sample.wardrobe import larger
from clientele.services.sample.words import Article, words

TWO_YEARS = 730
BUSY = {1: 0.75, 2: 0.6, 3: 0.9, 4: 1, 5: 1, 6: 0.9, 7: 0.7, 8: 0.55, 9: 1, 10: 1, 11: 1, 12: 1}
"""How likely a visit that is due takes place in a month."""
MAY_BE_SMALL = ("Dress", "Skirt", "Knitwear", "Blouse", "Shoe · pump", "Shoe · boot")


@dataclass(slots=True)
class Bought:
    """An article, where and in which visit it went home or was wished for."""

    item: Item
    department: str
    written: Written


@dataclass(slots=True)
class Past:
    """What a client's two years became."""

    visits: list[Written] = field(default_factory=list)
    bought: list[Bought] = field(default_factory=list)
    wished: list[Bought] = field(default_factory=list)
    """What was liked and did not go home."""


def live(floor: Floor, person: Person) -> Past:
    """Make up the past of one client, day by day."""
    past = Past()
    for day, member in _visit_days(floor, person):
        written, bought, wished = _visit(floor, person, day, member)
        past.visits.append(written)
        past.bought += bought
        past.wished += wished
        for entry in bought:
            if entry.item.member is None and person.rng.random() < 0.07:
                back = _bring_back(floor, person, entry)
                if back is not None:
                    past.visits.append(back)
                    past.bought.remove(entry)
                break
    past.visits.sort(key=lambda written: written.arrived_at)
    return past


def why_not(article: Article, rng: Random) -> str:
    """Why somebody leaves an article of this kind in the store."""
    return str(rng.choice(words().phrases["why"][article.why]))


def serving(floor: Floor, person: Person, department: str, day: date) -> Seller:
    """Who meets the client on a day: the owner, or a colleague where the owner is off."""
    if person.owner is not None and day.weekday() not in person.owner.off:
        return person.owner
    return floor.team.of(department, day, person.rng)


def _visit_days(floor: Floor, person: Person) -> list[tuple[date, Member | None]]:
    rng, days = person.rng, floor.days
    begin = max(person.first, days.ago(TWO_YEARS))
    found: dict[date, Member | None] = {}
    day = person.last
    while day >= begin:
        if day == person.last or rng.random() < BUSY[day.month]:
            found[_open_for(floor, person, day)] = None
        pace = 0.7 if day.month in (11, 12) else 1.0
        day -= timedelta(days=max(5, round(person.every * pace * rng.uniform(0.6, 1.45))))
    for member in person.members:
        if not member.birthday_known or not member.age_at_least(12):
            continue
        for year in range(begin.year, person.last.year + 1):
            birthday = date(year, member.birth.month, min(member.birth.day, 28))
            day = birthday - timedelta(days=rng.randint(3, 11))
            if begin <= day < min(person.last, days.today) and rng.random() < 0.35:
                found.setdefault(_open_for(floor, person, day), member)
    return sorted(
        ((day, member) for day, member in found.items() if day < days.today),
        key=lambda entry: entry[0],
    )


def _open_for(floor: Floor, person: Person, day: date) -> date:
    off = person.owner.off if person.owner and person.rng.random() < 0.85 else ()
    return floor.days.settle(day, off)


def _visit(
    floor: Floor, person: Person, day: date, member: Member | None
) -> tuple[Written, list[Bought], list[Bought]]:
    rng = person.rng
    departments = _route(floor, person, day, member)
    seller = serving(floor, person, departments[0], day)
    buys = rng.random() < 0.8 or member is not None
    stops: list[Stop] = []
    items: list[tuple[Item, Shown, str]] = []
    for department in departments:
        elsewhere = department != seller.department
        colleague = None
        if elsewhere and rng.random() < 0.55:
            colleague = floor.team.of(department, day, rng)
            colleague = None if colleague.id == seller.id else colleague
        stop = Stop(department, rng.randint(8, 24), colleague=colleague, shared=rng.random() < 0.12)
        for item, shown in _show(floor, person, department, day, member, buys):
            stop.shown.append(shown)
            items.append((item, shown, department))
        stops.append(stop)
    plan = Plan(
        day=day,
        minute=_arrival(person, day),
        seller=seller,
        stops=stops,
        here_for=_here_for(items, rng),
        greeted_after=rng.choice((15, 20, 30, 35, 40, 45, 60, 75, 90, 120, 150)),
    )
    written = write_visit(floor, person, plan)
    bought, wished = (
        [Bought(item, department, written) for item, shown, department in items
         if shown.outcome == outcome]
        for outcome in (Outcome.KEEPING, Outcome.WISH_LIST)
    )  # fmt: skip
    for entry in bought:
        person.bought.add(entry.item.text)
        if entry.item.member is None:
            person.stock[rests_by(entry.item.article)] = day
    return written, bought, wished


def _route(floor: Floor, person: Person, day: date, member: Member | None) -> list[str]:
    rng = person.rng
    walks = dict(person.walks)
    if member is not None:
        walks = dict(FOR_HER if member.woman else FOR_HIM)
    count = rng.choices((1, 2, 3, 4), (46, 34, 15, 5))[0]
    route: list[str] = []
    while walks and len(route) < count:
        department = rng.choices(list(walks), list(walks.values()))[0]
        del walks[department]
        route.append(department)
    order = list(floor.team.departments)
    return sorted(route, key=order.index)


def _show(
    floor: Floor, person: Person, department: str, day: date, member: Member | None, buys: bool
) -> list[tuple[Item, Shown]]:
    rng = person.rng
    shown: list[tuple[Item, Shown]] = []
    keep = 1 + (rng.random() < 0.3) if buys and rng.random() < 0.85 else 0
    for place in range(rng.choice((1, 2, 2, 3, 3, 4)) if keep else rng.choice((1, 2))):
        whom = member or _for_whom(person, department)
        item = floor.goods.choose(person, department, day, rng, whom)
        if item is None or any(item.text == other.text for other, _ in shown):
            continue
        entry = as_shown(item)
        if place < keep:
            entry.outcome = Outcome.KEEPING
            if item.article.pieces > 1 and rng.random() < 0.4:
                entry.pieces = rng.randint(2, item.article.pieces)
                entry.price = item.price * entry.pieces
        else:
            entry.outcome = rng.choices(
                (Outcome.NO, Outcome.SHOWN, Outcome.WISH_LIST), (60, 25, 15)
            )[0]
            if entry.outcome == Outcome.NO:
                entry.why = why_not(item.article, rng)
        shown.append((item, entry))
    rng.shuffle(shown)
    return shown


def as_shown(item: Item) -> Shown:
    """An article as an entry at a stop."""
    return Shown(
        text=item.text,
        size=item.size,
        price=item.price,
        sku=item.sku,
        kind=item.article.kind,
        brand=item.brand,
        short=item.short,
        member=item.member,
    )


def _for_whom(person: Person, department: str) -> Member | None:
    """Whom they buy for in a department: themselves in their own, their people elsewhere."""
    rng = person.rng
    others = FOR_HIM if person.woman else FOR_HER
    grown = [member for member in person.members if member.age_at_least(15)]
    opposite = [member for member in grown if member.woman != person.woman]
    if person.rhythm == "presents" and grown:
        return rng.choice(grown)
    if department in others and opposite and rng.random() < (0.3 if department == "Cosmetics" and
                                                             person.woman else 0.9):  # fmt: skip
        return rng.choice(opposite)
    return None


def _arrival(person: Person, day: date) -> float:
    rng = person.rng
    if day.weekday() == SATURDAY:
        return rng.randint(10 * 60 + 8, 17 * 60)
    working = (day.year - person.birth.year) < 64
    begin, end = rng.choices(
        ((612, 690), (725, 800), (840, 960), (1025, 1095)),
        (1, 3, 1.5, 4) if working else (4, 1.5, 3, 0.3),
    )[0]
    return rng.randint(begin, end)


def _here_for(items: list[tuple[Item, Shown, str]], rng: Random) -> str:
    phrases = words().phrases["here_for"]
    if not items or rng.random() < 0.25:
        return str(rng.choice(phrases["other"])) if rng.random() < 0.4 else ""
    item = items[0][0]
    if item.member is not None:
        return str(rng.choice(phrases["Gift"])).format(name=item.member.name)
    return str(rng.choice(phrases.get(item.article.kind.partition(" · ")[0], [""])))


def _bring_back(floor: Floor, person: Person, entry: Bought) -> Written | None:
    """An article comes back some days later: too small and exchanged, or not wanted after all."""
    rng, item = person.rng, entry.item
    shown = next(s for s in entry.written.kept if s.text == item.text)
    day = entry.written.plan.day + timedelta(days=rng.randint(4, 18))
    seller = serving(floor, person, entry.department, day)
    day = floor.days.settle(day, seller.off, step=1)
    if day >= floor.days.today or item.article.department == "Cosmetics":
        return None
    plan = Plan(
        day=day,
        minute=_arrival(person, day),
        seller=seller,
        stops=[Stop(entry.department, rng.randint(5, 14))],
        here_for=f"brings back the {item.short}",
    )
    taken: list[tuple[str, Shown]] = []
    small = item.article.kind in MAY_BE_SMALL
    if small:
        bigger = floor.goods.larger(item, larger(item.size))
        taken = [(entry.department, as_shown(bigger))]
        taken[0][1].pieces, taken[0][1].price = shown.pieces, shown.price
        person.body.brands[item.article.kind, item.brand] = bigger.size
        if not item.brand:
            person.body.sizes[item.article.kind] = bigger.size
    why = "too small" if small else "changed their mind"
    written = write_return(floor, person, plan, [(entry.department, shown)], taken, why)
    _note_return(floor, person, entry, written, "small" if small else "other")
    if small:
        for value, evidence, minutes in (
            (item.size, Evidence.RETURNED_TOO_SMALL, 2),
            (taken[0][1].size, Evidence.KEPT, 0),
        ):
            at = written.rung_at - timedelta(minutes=minutes)
            known = Known(
                item.article.kind, value, evidence, at, seller, item.brand, "", entry.department
            )
            write_size(floor, person, known)
    return written


def _note_return(floor: Floor, person: Person, entry: Bought, written: Written, how: str) -> None:
    phrases = words().phrases["returned"]
    text = str(person.rng.choice(phrases[how]))
    shoes = entry.item.article.kind.startswith("Shoe")
    why = person.rng.choice(phrases["shoes" if shoes else "why"])
    floor.sheet.add(
        Note,
        client_id=person.id,
        visit_id=written.visit_id,
        department_id=floor.team.departments[entry.department],
        associate_id=written.plan.seller.id,
        body=text.format(item=entry.item.short, why=why),
        written_at=written.left_at,
    )
