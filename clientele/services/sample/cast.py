"""Who does one meet first? The people of cast.toml, whose stories are told and not made up."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from clientele.domain.client import ContactKind
from clientele.domain.preferences import Evidence
from clientele.domain.tables import Client
from clientele.domain.visits import Outcome
from clientele.services.sample.cards import Cards
from clientele.services.sample.consents import say_consent
from clientele.services.sample.days import Days, month_name, weekday_name
from clientele.services.sample.floor import Floor
from clientele.services.sample.household import Member
from clientele.services.sample.life import Past
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller
from clientele.services.sample.visits import Known, Plan, Shown, Stop, write_size, write_visit
from clientele.services.sample.wardrobe import Body, department_of, man, man_of, woman, woman_of
from clientele.services.sample.words import words

Spec = dict[str, Any]
_SEASONS = re.compile(r"<([^|>]*)\|([^>]*)>")
_WHEN = re.compile(r"\{(day|month|weekday):(-?\d+)\}")


def make_cast(floor: Floor) -> list[tuple[Person, Spec]]:
    """The people, all in the book of the one who signed in."""
    return [(_person(floor, spec), spec) for spec in words().cast]


def in_words(text: str, days: Days) -> str:
    """``text`` with its season chosen and its days written out."""
    winter = days.today.month in (10, 11, 12, 1, 2, 3)
    text = _SEASONS.sub(lambda found: found[1 if winter else 2], text)

    def written(found: re.Match[str]) -> str:
        day = days.ago(int(found[2]))
        if found[1] == "day":
            return days.short(day)
        return month_name(day.month) if found[1] == "month" else weekday_name(day)

    return _WHEN.sub(written, text)


def write_card(floor: Floor, cards: Cards, person: Person, spec: Spec, phone: str) -> None:
    """Write what hangs on the client's row."""
    days = floor.days
    begun = days.at(person.first, 11 * 60)
    floor.sheet.change(
        Client,
        person.id,
        birth_month=person.birth.month,
        birth_day=person.birth.day,
        birth_year=person.birth.year,
        time_zone=spec.get("time_zone", ""),
    )
    cards.contact(person, ContactKind.PHONE, phone)
    if "email" in spec:
        cards.contact(person, ContactKind.EMAIL, spec["email"])
    if spec.get("street"):
        cards.address(person)
    for channel, allowed, how, ago in spec["consents"]:
        say_consent(floor, person, channel, allowed, how, days.at(days.ago(ago), 12 * 60))
    _write_owner(floor, cards, person, spec, begun)
    for member in person.members:
        cards.member(person, member)
    for entry in spec.get("occasions", []):
        when = days.ago(-entry["in_days"])
        cards.occasion(
            person, entry["kind"], when, when.year, every_year=False, title=entry.get("title", "")
        )
    cards.tastes(person)
    for tag in spec.get("tags", []):
        cards.tag(person, tag)
    for name, ago in spec.get("known", []):
        kind, _, brand = name.partition("/")
        size = Known(
            kind,
            person.body.size(kind, brand),
            Evidence.KEPT,
            days.at(days.ago(ago), 15 * 60),
            person.owner or floor.team.me,
            brand=brand,
            fit="" if brand else person.body.fits.get(kind, ""),
            department=department_of(kind, is_woman=person.woman),
        )
        write_size(floor, person, size)


def served_before(floor: Floor, spec: Spec) -> Seller:
    """Whose client the person was until now."""
    return floor.team.named(spec["handed_by"]) if "handed_by" in spec else floor.team.me


def write_told_visits(floor: Floor, person: Person, spec: Spec) -> Past:
    """Write the visits that cast.toml tells."""
    past = Past()
    for entry in spec.get("visits", []):
        day = told_day(floor, entry["days"])
        stops = [as_stop(floor, person, stop) for stop in entry["stops"]]
        plan = Plan(
            day=day,
            minute=entry["time"] * 60,
            seller=floor.team.me,
            stops=[stop for stop in stops if stop.shown],
            here_for=in_words(entry.get("here_for", ""), floor.days),
        )
        past.visits.append(write_visit(floor, person, plan))
    return past


def told_day(floor: Floor, ago: int) -> date:
    """The day of a told visit: long ago it gives way to my days off, lately it is exact."""
    day = floor.days.ago(ago)
    return floor.days.settle(day, floor.team.me.off) if ago > 60 else floor.days.settle(day)


def as_stop(floor: Floor, person: Person, spec: Spec) -> Stop:
    """A stop as cast.toml tells it, without what is of the other season."""
    winter = floor.days.today.month in (10, 11, 12, 1, 2, 3)
    shown = [
        _shown(floor, person, item)
        for item in spec["items"]
        if not item.get("summer" if winter else "winter")
    ]
    colleague = floor.team.named(spec["colleague"]) if "colleague" in spec else None
    return Stop(
        spec["department"], spec["minutes"], shown, colleague, shared=spec.get("shared", False)
    )


def _shown(floor: Floor, person: Person, item: Spec) -> Shown:
    kind = item.get("kind", "")
    member = next((m for m in person.members if m.name == item.get("for")), None)
    return Shown(
        text=item["text"],
        size=item.get("size", person.body.size(kind) if kind else ""),
        price=floor.goods.minor(item["price"]),
        outcome=Outcome(item.get("outcome", Outcome.KEEPING)),
        why=item.get("why", ""),
        sku=item.get("sku") or f"{Random(item['text']).randrange(10_000, 99_999)}-01",
        kind=kind,
        pieces=item.get("pieces", 1),
        member=member,
        mark_down=floor.goods.minor(item.get("mark_down", 0)),
        mark_down_why=item.get("mark_down_why", ""),
    )


def _person(floor: Floor, spec: Spec) -> Person:
    days = floor.days
    rng = Random(f"{floor.seed} {spec['given']} {spec['family']}")
    body = _body(rng, spec, is_woman="dress" in spec)
    if "shirt" in spec:
        body.sizes["Shirt"] = spec["shirt"]
    body.sizes |= spec.get("sizes", {})
    body.fits = dict(spec.get("fits", {}))
    for kind, brands in spec.get("brands", {}).items():
        body.brands |= {(kind, brand): size for brand, size in brands.items()}
    avoids = {avoid.what: avoid for avoid in words().avoids}
    history = spec["history"]
    first = days.ago(spec["since"])
    return Person(
        rng=rng,
        given=spec["given"],
        family=spec["family"],
        woman="dress" in spec,
        birth=_years_before(days.ago(-spec["birthday_in"]), spec["age"] + 1),
        body=body,
        preferred=spec.get("preferred", ""),
        say_it=spec.get("say_it", ""),
        rhythm="regular",
        every=history["every"],
        first=first,
        last=max(days.ago(history["until"]), first),
        members=[_member(rng, days, member) for member in spec.get("household", [])],
        colours=tuple(spec["colours"]),
        likes=tuple(spec["likes"]),
        avoids=tuple(avoids[what] for what in spec["avoids"]),
        walks=dict(spec["walks"]),
        owner=floor.team.me,
        cast=True,
    )


def _member(rng: Random, days: Days, spec: Spec) -> Member:
    ahead = spec.get("birthday_in")
    age = spec.get("age", 40)
    relation = spec["relation"]
    is_woman = relation in ("wife", "fiancée", "daughter", "mother") or (
        relation == "partner" and "dress" in spec
    )
    birth = days.ago(age * 365 + age // 4 + 150)
    if ahead is not None:
        birth = _years_before(days.ago(-ahead), spec.get("turning", age + 1))
    married = None
    if "married" in spec:
        married = _years_before(days.ago(spec["married"]["days"]), spec["married"]["years"])
    later = days.today.month > 6
    return Member(
        name=spec["name"],
        relation=relation,
        woman=is_woman,
        birth=birth,
        body=_body(rng, spec, is_woman=is_woman),
        about=spec.get("about", ""),
        birthday_known=ahead is not None,
        year_known=True,
        married=married,
        graduates=date(days.today.year + later, 6, 1) if spec.get("graduates") else None,
        today=days.today,
    )


def _body(rng: Random, spec: Spec, *, is_woman: bool) -> Body:
    if not {"chest", "dress"} & spec.keys():
        return woman(rng) if is_woman else man(rng)
    if "dress" in spec:
        return woman_of(rng, spec["dress"], spec.get("foot", 0))
    return man_of(rng, int(spec["chest"][:-1]), spec["chest"][-1], spec.get("foot", 0))


def _years_before(day: date, years: int) -> date:
    """The same day so many years before; the 28th for a 29 February that year did not have."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _write_owner(floor: Floor, cards: Cards, person: Person, spec: Spec, begun: datetime) -> None:
    if "handed_by" not in spec:
        cards.own(person, since=begun)
        return
    before = served_before(floor, spec)
    handed = floor.days.at(floor.days.ago(1), 18 * 60 + 20)
    cards.own(person, since=begun, until=handed, seller=before.id, why="new client")
    cards.own(person, since=handed, why=in_words(spec["handed_why"], floor.days))
    cards.own(person, since=handed + timedelta(seconds=1), department=before.department,
              seller=before.id)  # fmt: skip
