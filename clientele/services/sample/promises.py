"""What was promised along the way? Hems, orders and transfers, nearly all of them kept."""

from __future__ import annotations

from datetime import date, time, timedelta
from random import Random

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_steps import steps_of
from clientele.domain.tables import Promise
from clientele.services.sample.days import OPENS
from clientele.services.sample.floor import Floor
from clientele.services.sample.life import Bought, Past
from clientele.services.sample.people import Person
from clientele.services.sample.promise_steps import (
    ending,
    state_of,
    step_by_now,
    went_evenly,
    write_steps,
)
from clientele.services.sample.words import words

MINE_OPEN = 2
"""Open promises of mine that chance adds to those in cast.toml."""


def write_promises(floor: Floor, pasts: list[tuple[Person, Past]]) -> None:
    """Write the promises that came of visits."""
    rng = Random(f"{floor.seed} promises")
    mine_open = 0
    for person, past in pasts:
        for bought, wished in [
            *((entry, False) for entry in past.bought), *((entry, True) for entry in past.wished)
        ]:  # fmt: skip
            made = _wished(bought, rng) if wished else _altered(bought, rng)
            if made is None or (person.cast and _lately(floor, bought)):
                continue
            kind, what, ahead = made
            due = floor.days.settle(bought.written.plan.day + timedelta(days=ahead), step=1)
            seller = bought.written.plan.seller
            if due >= floor.days.today and seller.id == floor.team.me.id:
                if mine_open == MINE_OPEN:
                    continue
                mine_open += 1
            breaks = due < floor.days.today and rng.random() < 0.012
            _write(floor, person, bought, kind, what, due, rng, broken=breaks)


def _lately(floor: Floor, bought: Bought) -> bool:
    return (floor.days.today - bought.written.plan.day).days < 60


def _altered(bought: Bought, rng: Random) -> tuple[PromiseKind, str, int] | None:
    """An alteration of what was bought: kind, words, days it takes; None for most purchases."""
    phrases, item = words().phrases, bought.item
    if item.article.kind not in phrases["alteration"] or item.member is not None:
        return None
    if bought.department not in ("Men's Suits", "Women's Sportswear") or rng.random() > 0.42:
        return None
    done = rng.choice(phrases["alteration"][item.article.kind])
    return (
        PromiseKind.ALTERATION,
        f"{item.short}, {item.size}: {done}",
        rng.choice((6, 7, 9, 10, 13)),
    )


def _wished(bought: Bought, rng: Random) -> tuple[PromiseKind, str, int] | None:
    """What is fetched or ordered for a client who liked it; None where it stays a wish."""
    phrases, item = words().phrases["promise"], bought.item
    chance = rng.random()
    sized = f"{item.short}, {item.size}" if item.size else item.short
    if chance < 0.05:
        return PromiseKind.CALL_BACK, rng.choice(phrases["call back"]).format(item=item.short), 5
    if item.member is not None or item.article.price[1] < 150:
        return None
    if chance < 0.12:
        what = rng.choice(phrases["transfer"]).format(item=sized)
        return PromiseKind.TRANSFER, what, rng.choice((3, 4, 5))
    if chance < 0.17:
        what = rng.choice(phrases["special order"]).format(item=sized)
        return PromiseKind.SPECIAL_ORDER, what, rng.choice((18, 24, 30))
    return None


def _write(
    floor: Floor,
    person: Person,
    bought: Bought,
    kind: PromiseKind,
    what: str,
    due: date,
    rng: Random,
    *,
    broken: bool,
) -> None:
    days, written = floor.days, bought.written
    over = due < days.today
    phrases = words().phrases
    ended = None
    if over:
        day = due + timedelta(days=2 if broken else -(rng.random() < 0.2))
        day = min(max(day, written.plan.day + timedelta(days=1)), days.ago(1))
        ended = days.at(day, rng.randint(620, 1150))
    last_word = ended or max(
        written.left_at, days.at(days.ago(rng.randint(1, 3)), rng.randint(620, 1150))
    )
    endings = phrases["kept"][str(kind)]
    if broken:
        endings = phrases["broken"].get(str(kind), phrases["broken"]["other"])
    ending_words = str(rng.choice(endings)) if over else ""
    step = ""
    if not over:
        step = step_by_now(
            kind,
            written.left_at,
            due,
            days.at(days.today, OPENS).astimezone(days.zone),
            careful=rng.random() < 0.9,
        )
    key = floor.sheet.add(
        Promise,
        client_id=person.id,
        associate_id=written.plan.seller.id,
        department_id=floor.team.departments[bought.department],
        visit_id=written.visit_id,
        kind=str(kind),
        what=what,
        due_on=due,
        due_time=time(17, 0) if kind == PromiseKind.ALTERATION and rng.random() < 0.3 else None,
        state=str(
            PromiseState.BROKEN if broken else PromiseState.KEPT if over else state_of(kind, step)
        ),
        promised_at=written.left_at,
        last_word_at=last_word,
        ended_at=ended,
        ending=ending_words,
    )
    way = steps_of(kind)[-2] if over and len(steps_of(kind)) > 1 else step
    until = last_word - timedelta(hours=3) if over else last_word
    went = went_evenly(kind, way, written.left_at, max(until, written.left_at))
    if ended is not None:
        went = (*went, ending(kind, ended, ending_words, kept=not broken))
    on_paper = kind in (PromiseKind.ALTERATION, PromiseKind.TRANSFER)
    printed = [written.left_at + timedelta(minutes=4)] if on_paper else []
    write_steps(floor, key, kind, written.plan.seller.id, went, printed=printed)
