"""How does a new book come to hold four hundred clients and two years of their lives?"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from clientele.domain.rules.names import folded
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Client
from clientele.services.acting import require
from clientele.services.rows import profile
from clientele.services.sample.absences import write_absences
from clientele.services.sample.appointments import todays_hours, write_appointments
from clientele.services.sample.cards import Cards
from clientele.services.sample.cast import (
    Spec,
    make_cast,
    served_before,
    write_card,
    write_told_visits,
)
from clientele.services.sample.days import Days
from clientele.services.sample.floor import Floor
from clientele.services.sample.follow_ups import write_follow_ups
from clientele.services.sample.follow_ups_more import write_more_follow_ups
from clientele.services.sample.goods import Goods
from clientele.services.sample.hand_offs import write_hand_offs
from clientele.services.sample.known import write_known
from clientele.services.sample.life import Past, live
from clientele.services.sample.lists import write_lists
from clientele.services.sample.made_right import write_made_rights
from clientele.services.sample.mails import write_mails
from clientele.services.sample.notes import Notebook, write_contacts
from clientele.services.sample.offers import write_waiting_offers
from clientele.services.sample.people import Person, make_people
from clientele.services.sample.phones import numbers
from clientele.services.sample.promises import write_promises
from clientele.services.sample.rules import write_rules
from clientele.services.sample.sheet import Sheet
from clientele.services.sample.team import Seller, make_team
from clientele.services.sample.told import (
    hours_wanted,
    write_expected,
    write_open_visit,
    write_told,
    write_told_promises,
)
from clientele.services.sample.trail import write_trail
from clientele.services.sample.wishes import write_told_wishes
from clientele.services.sample.words import words

CLIENTS = 400
MINE = 120
"""How many of them the one who signed in owns."""
NOBODYS = 12
LAST_HOUR = 17 * 60 + 30
"""When the last client of the day is expected, in minutes after midnight."""
STANDS_READY = "Daniel Tran"
"""Who is in the store while ``visit_open``."""


def fill_with_sample(
    session: Session, *, by: int, now: datetime, seed: str = "clientele", visit_open: bool = False
) -> None:
    """Fill a book that was just set up: 400 clients, 120 of them owned by the associate ``by``.

    Everything lies around ``now`` (aware): the past before today, appointments and follow-ups
    today and ahead. The same seed and day give the same clients and stories; only today's
    appointments move with the hour. With ``visit_open`` one client is in the store right now.
    Written in the caller's transaction.

    Raises:
        NotThere: the store has no profile or no associate ``by``.
        NotAllowed: it would fill the store of somebody who may not set it up.
    """
    require(session, Right.TEAM)
    store = profile(session)
    days = Days(now, ZoneInfo(store.time_zone))
    sheet = Sheet(session)
    team = make_team(session, sheet, days, by)
    floor = Floor(sheet, days, team, Goods(store.currency), store.currency, store.country, seed)

    cast = make_cast(floor)
    taken = {folded(person.name) for person, _ in cast}
    taken |= {folded(seller.name) for seller in (team.me, *team.colleagues)}
    people = make_people(CLIENTS - len(cast), days, seed, taken)
    _share_out(floor, people, MINE - len(cast))
    phones = [next_number for next_number, _ in zip(numbers(store.country), cast, strict=False)]
    cards = Cards(floor, frozenset(phones))
    for person in (*(one for one, _ in cast), *people):
        cards.person(person)
    _refer(floor, people)

    pasts: list[tuple[Person, Past]] = []
    notebook = Notebook(floor)
    for (person, spec), phone in zip(cast, phones, strict=True):
        write_card(floor, cards, person, spec, phone)
        person.owner = served_before(floor, spec)
        past = live(floor, person)
        person.owner = team.me
        notebook.fill(person, past)
        told = write_told_visits(floor, person, spec)
        past.visits = sorted(past.visits + told.visits, key=lambda written: written.arrived_at)
        write_told(floor, person, spec, past)
        write_made_rights(floor, person, spec)
        write_told_wishes(floor, person, spec)
        pasts.append((person, past))
    for person in people:
        cards.rest(person)
        past = live(floor, person)
        notebook.fill(person, past)
        write_contacts(floor, person, past)
        pasts.append((person, past))
    for person, past in pasts:
        _know_in_departments(floor, cards, person, past)

    write_follow_ups(floor, pasts)
    write_promises(floor, pasts)
    write_absences(floor)
    _write_today(floor, cast, pasts, visit_open=visit_open)
    write_hand_offs(floor, pasts)
    write_known(floor, [person for person, _ in pasts])
    write_lists(floor, [person for person, _ in pasts])
    sheet.write()
    write_trail(session, [person for person, _ in pasts], team, days)
    write_waiting_offers(session, [person.id for person, _ in cast], now=now)
    write_rules(session, people, currency=store.currency, now=now)
    write_more_follow_ups(session, by=by, now=now)
    write_mails(session, by=by, now=now)


def _share_out(floor: Floor, people: list[Person], mine: int) -> None:
    """Give each client an owner: mine by my department first, then some of all, a few nobody."""
    rng = Random(f"{floor.seed} owners")
    me = floor.team.me
    order = sorted(
        people,
        key=lambda person: person.walks.get(me.department, 0) + rng.uniform(0, 6),
        reverse=True,
    )
    close, others = order[: mine * 7 // 10], order[mine * 7 // 10 :]
    rng.shuffle(others)
    for person in (*close, *others[: mine - len(close)]):
        person.owner = me
    for person in others[mine - len(close) + NOBODYS :]:
        department = rng.choices(list(person.walks), list(person.walks.values()))[0]
        person.owner = _owner_in(floor, department, rng)


def _owner_in(floor: Floor, department: str, rng: Random) -> Seller:
    there = [one for one in floor.team.colleagues if one.department == department]
    return rng.choice(there)


def _refer(floor: Floor, people: list[Person]) -> None:
    """Let some have been sent by a client who came before them."""
    rng = Random(f"{floor.seed} referrals")
    for person in rng.sample(people, len(people) // 11):
        before = [one for one in people if one.id < person.id and one.first < person.first]
        if before:
            floor.sheet.change(Client, person.id, referred_by_id=rng.choice(before).id)


def _know_in_departments(floor: Floor, cards: Cards, person: Person, past: Past) -> None:
    """Colleagues who served the client are those who know them in their department."""
    known: set[str] = set()
    for written in past.visits:
        for stop in written.plan.stops:
            if stop.colleague is None or stop.department in known:
                continue
            known.add(stop.department)
            if stop.colleague != person.owner:
                cards.own(person, since=written.left_at, department=stop.department,
                          seller=stop.colleague.id)  # fmt: skip
    if past.visits:
        last = past.visits[-1].left_at
        floor.sheet.change(Client, person.id, updated_at=last + timedelta(minutes=4))


def _write_today(
    floor: Floor,
    cast: list[tuple[Person, Spec]],
    pasts: list[tuple[Person, Past]],
    *,
    visit_open: bool,
) -> None:
    hours = todays_hours(floor.days, [*hours_wanted(cast), LAST_HOUR])
    write_appointments(floor, pasts, hours[-1])
    remaining = iter(hours)
    expected = sorted(
        (entry for entry in cast if "appointment" in entry[1]),
        key=lambda entry: entry[1]["appointment"]["hour"],
    )
    hour_of = {person.id: next(remaining) for person, _ in expected}
    for person, spec in cast:
        here = visit_open and person.name == STANDS_READY
        hour = hour_of.get(person.id)
        write_told_promises(floor, person, spec, hour)
        if hour is None:
            continue
        visit_id = None
        if here:
            visit_id, hour = write_open_visit(floor, person, words().open_visit)
        write_expected(floor, person, spec, hour, visit_id)
