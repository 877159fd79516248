"""Which follow-ups were done, and which are due? Each with a reason from the client's own story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from random import Random

from clientele.domain.client import Channel
from clientele.domain.plans import FollowUpState
from clientele.domain.rules.follow_up_purpose import usual_purpose
from clientele.domain.tables import ContactMade, FollowUp
from clientele.services.sample.days import Days, weekday_name
from clientele.services.sample.floor import Floor
from clientele.services.sample.household import Member
from clientele.services.sample.life import Bought, Past
from clientele.services.sample.notes import preferred_channel
from clientele.services.sample.people import Person
from clientele.services.sample.team import Seller
from clientele.services.sample.words import words

MINE_DONE, THEIRS_DONE = 62, 24
OPEN = {"overdue": 1, "today": 5, "upcoming": 9}
"""Mine that chance adds to those of the people in cast.toml."""
LATELY = ("thanks", "check", "gift")
"""What comes of a purchase, and goes before what one thinks of in quiet minutes."""
CALL_FIRST = (Channel.CALL, Channel.TEXT, Channel.EMAIL)
WRITE_FIRST = (Channel.EMAIL, Channel.TEXT, Channel.CALL)


@dataclass(frozen=True, slots=True)
class Idea:
    """A reason to be in touch: when it is due, what about, which outcomes would follow."""

    person: Person
    due: date
    reason: str
    about: str
    channel: str
    purchase_id: int | None = None
    visit_id: int | None = None


def write_follow_ups(floor: Floor, pasts: list[tuple[Person, Past]]) -> None:
    """Write what was done over the last months, and what is open for each associate."""
    rng = Random(f"{floor.seed} follow-ups")
    for seller in (floor.team.me, *floor.team.colleagues):
        mine = seller.id == floor.team.me.id
        book = [entry for entry in pasts if entry[0].owner == seller and not entry[0].cast]
        _write_done(floor, seller, book, MINE_DONE if mine else THEIRS_DONE, rng)
        wanted = OPEN if mine else {"overdue": rng.randint(0, 1), "today": 2, "upcoming": 3}
        _write_open(floor, seller, book, wanted, rng)


def write_one(
    floor: Floor,
    seller: Seller,
    idea: Idea,
    created: datetime,
    *,
    done: datetime | None = None,
    outcome: str = "",
) -> None:
    """Write a follow-up, with the contact that was made when ``done`` is given."""
    bought = idea.purchase_id is not None or idea.visit_id is not None
    about = usual_purpose(bought=bought)
    key = floor.sheet.add(
        FollowUp,
        client_id=idea.person.id,
        associate_id=seller.id,
        visit_id=idea.visit_id,
        purchase_id=idea.purchase_id,
        channel=str(idea.channel),
        reason=idea.reason,
        due_on=idea.due,
        state=str(FollowUpState.DONE if done else FollowUpState.OPEN),
        outcome=outcome,
        done_at=done,
        created_at=created,
        purpose=str(about),
    )
    if done is not None:
        floor.sheet.add(
            ContactMade,
            client_id=idea.person.id,
            associate_id=seller.id,
            follow_up_id=key,
            channel=str(idea.channel),
            summary=f"{idea.reason}: {outcome}",
            took_place_at=done,
            purpose=str(about),
        )


def _write_done(
    floor: Floor, seller: Seller, book: list[tuple[Person, Past]], count: int, rng: Random
) -> None:
    days = floor.days
    ideas = [
        idea
        for person, past in book
        for bought in past.bought
        for idea in _after(person, bought, rng)
        if days.ago(240) < idea.due < days.today
    ]
    rng.shuffle(ideas)
    seen: set[tuple[int, str]] = set()
    for idea in ideas:
        if (idea.person.id, idea.about) in seen:
            continue
        seen.add((idea.person.id, idea.about))
        day = days.settle(idea.due, seller.off)
        phrases = words().phrases["outcome"][idea.about]
        write_one(
            floor,
            seller,
            idea,
            days.at(idea.due - timedelta(days=2), 19 * 60),
            done=days.at(max(day, idea.due - timedelta(days=1)), rng.randint(610, 1150)),
            outcome=str(rng.choice(phrases)),
        )
        if len(seen) == count:
            return


def _write_open(
    floor: Floor,
    seller: Seller,
    book: list[tuple[Person, Past]],
    wanted: dict[str, int],
    rng: Random,
) -> None:
    days = floor.days
    ideas = list(_open_ideas(book, days, rng))
    rng.shuffle(ideas)
    taken: set[int] = set()
    kinds: dict[str, int] = {}
    ahead = iter(sorted(rng.sample(range(1, 20), 12)))
    for when, count in wanted.items():
        for _ in range(count):
            free = [
                idea for idea in ideas if idea.person.id not in taken and _may(idea, when, days)
            ]
            if not free:
                continue
            idea = min(free, key=lambda one: kinds.get(one.about, 0) - (one.about in LATELY))
            kinds[idea.about] = kinds.get(idea.about, 0) + 1
            taken.add(idea.person.id)
            due = {"overdue": days.ago(1), "today": days.today}.get(when)
            if due is None:
                due = days.settle(days.ago(-next(ahead)), seller.off, step=1)
                if idea.about == "occasion":
                    due = days.settle(idea.due, seller.off)
            created = days.at(min(due, days.ago(1)) - timedelta(days=rng.randint(0, 2)), 1140)
            write_one(floor, seller, replace(idea, due=due), created)


def _may(idea: Idea, when: str, days: Days) -> bool:
    """Whether the reason makes sense for then: thanks are not sent three weeks later."""
    ahead = (idea.due - days.today).days
    if when == "upcoming":
        return ahead > 0 or idea.about in ("quiet", "arrival")
    return -2 <= ahead <= 1 or idea.about in ("quiet", "arrival")


def _open_ideas(book: Iterable[tuple[Person, Past]], days: Days, rng: Random) -> Iterable[Idea]:
    phrases = words().phrases["follow_up"]
    arrivals, quiet = cycle(phrases["arrival"]), cycle(phrases["quiet"])
    for person, past in book:
        for bought in past.bought[-4:]:
            yield from _after(person, bought, rng)
        for member in person.members:
            idea = _before_birthday(person, member, days, rng)
            if idea is not None:
                yield idea
        channel = preferred_channel(person, CALL_FIRST, news=True)
        write = preferred_channel(person, WRITE_FIRST, news=True)
        if person.rhythm in ("loyal", "regular") and past.visits and write and person.colours:
            kind = rng.choice(("Dress", "Shoe · loafer") if person.woman else ("Jacket", "Shirt"))
            reason = next(arrivals).format(size=person.body.sizes[kind], colour=person.colours[0])
            yield Idea(person, days.today, reason, "arrival", write)
        if person.rhythm == "slipping" and past.visits and channel:
            last = past.visits[-1]
            reason = next(quiet).format(
                weeks=round(person.every / 7),
                day=days.short(last.plan.day),
                department=last.plan.stops[0].department,
            )
            yield Idea(person, days.today, reason, "quiet", channel)


def _after(person: Person, bought: Bought, rng: Random) -> Iterable[Idea]:
    """What one asks after a purchase: thanks, whether it fits, how the present was received."""
    phrases = words().phrases["follow_up"]
    written, item = bought.written, bought.item
    sold = written.plan.day
    slots = {
        "item": item.short,
        "day": Days.short(sold),
        "weekday": weekday_name(sold),
        "name": item.member.name if item.member else "",
    }
    write = preferred_channel(person, WRITE_FIRST)
    call = preferred_channel(person, CALL_FIRST)
    links = {"purchase_id": written.purchase_id, "visit_id": written.visit_id}
    if item.member is not None:
        if call:
            reason = rng.choice(phrases["gift"]).format_map(slots)
            yield Idea(
                person, sold + timedelta(days=rng.randint(12, 18)), reason, "gift", call, **links
            )
        return
    if write and item.article.price[1] > 200:
        reason = rng.choice(phrases["thanks"]).format_map(slots)
        yield Idea(
            person, sold + timedelta(days=rng.randint(2, 3)), reason, "thanks", write, **links
        )
    if call and item.article.kind not in ("", "Foundation"):
        reason = rng.choice(phrases["check"]).format_map(slots)
        yield Idea(
            person, sold + timedelta(days=rng.randint(10, 16)), reason, "check", call, **links
        )


def _before_birthday(person: Person, member: Member, days: Days, rng: Random) -> Idea | None:
    if not member.birthday_known or not member.age_at_least(12):
        return None
    year = days.today.year
    birthday = date(year, member.birth.month, min(member.birth.day, 28))
    if birthday < days.today:
        birthday = birthday.replace(year=year + 1)
    channel = preferred_channel(person, CALL_FIRST, news=True)
    ahead = (birthday - days.today).days
    if channel is None or not 6 <= ahead <= 35:
        return None
    form = rng.choice(words().phrases["follow_up"]["occasion"])
    reason = form.format(name=member.name, occasion="birthday", day=days.short(birthday))
    due = max(birthday - timedelta(days=9), days.today)
    return Idea(person, due, reason, "occasion", channel)
