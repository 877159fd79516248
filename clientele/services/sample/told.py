"""What else is told of the people in cast.toml? Notes, contacts, promises, what is due, today."""

from __future__ import annotations

from datetime import time, timedelta

from clientele.domain.client import Purpose
from clientele.domain.contacting import MessageState, Way
from clientele.domain.promises import PromiseState
from clientele.domain.tables import (
    Appointment,
    ContactMade,
    Draft,
    Message,
    Note,
    PartPayment,
    Promise,
    ShownItem,
    Visit,
    VisitCompanion,
    VisitStop,
    Wish,
)
from clientele.domain.visits import Outcome
from clientele.services.sample.cast import Spec, as_stop, in_words, told_day
from clientele.services.sample.days import CLOSES, OPENS
from clientele.services.sample.floor import Floor
from clientele.services.sample.follow_ups import Idea, write_one
from clientele.services.sample.life import Past
from clientele.services.sample.people import Person
from clientele.services.sample.promise_steps import Went, ending, write_steps
from clientele.services.visits import note_draft


def hours_wanted(cast: list[tuple[Person, Spec]]) -> list[int]:
    """The minutes of the day at which those with an appointment are expected."""
    hours = [spec["appointment"]["hour"] for _, spec in cast if "appointment" in spec]
    return sorted(int(hour * 60) for hour in hours)


def write_told(floor: Floor, person: Person, spec: Spec, past: Past) -> None:
    """Write the notes, contacts and follow-ups of one of them."""
    days, me = floor.days, floor.team.me
    by_day = {written.plan.day: written for written in past.visits}
    for place, entry in enumerate(spec.get("notes", [])):
        day = told_day(floor, entry["days"])
        there = by_day.get(day)
        author = floor.team.named(entry["by"]) if "by" in entry else me
        at = there.left_at - timedelta(minutes=3) if there else days.at(day, 17 * 60)
        floor.sheet.add(
            Note,
            client_id=person.id,
            visit_id=there.visit_id if there else None,
            department_id=floor.team.departments[entry["department"]],
            associate_id=author.id,
            body=in_words(entry["text"], days),
            say_first=entry.get("say_first", False),
            sensitive=entry.get("sensitive", False),
            written_at=at + timedelta(seconds=40 * place),
        )
    for entry in spec.get("paid_ahead", []):
        day = told_day(floor, entry["days"])
        there = by_day.get(day)
        floor.sheet.add(
            PartPayment,
            client_id=person.id,
            visit_id=there.visit_id if there else None,
            what=entry["what"],
            receipt=floor.receipt(day),
            amount=floor.goods.minor(entry["amount"]),
            currency=floor.currency,
            paid_at=there.left_at if there else days.at(day, 16 * 60),
            associate_id=me.id,
        )
    _write_contacts(floor, person, spec)
    for entry in spec.get("follow_ups", []):
        due = days.ago(-entry["in_days"])
        last = past.visits[-1] if past.visits and entry.get("purchase") else None
        created = last.left_at if last else days.at(min(due, days.ago(1)) - timedelta(days=3), 1100)
        idea = Idea(
            person,
            due,
            in_words(entry["reason"], days),
            "told",
            entry["channel"],
            purchase_id=last.purchase_id if last else None,
            visit_id=last.visit_id if last else None,
        )
        write_one(floor, me, idea, created)


def _write_contacts(floor: Floor, person: Person, spec: Spec) -> None:
    """Calls and messages both ways; one with a subject left as an e-mail of the store."""
    days, me = floor.days, floor.team.me
    for place, entry in enumerate(spec.get("contacts", [])):
        at = days.at(days.ago(entry["days"]), 16 * 60 + 7 * place + 11)
        words = in_words(entry["summary"], days).strip()
        incoming = entry.get("incoming", False)
        key = floor.sheet.add(
            ContactMade,
            client_id=person.id,
            associate_id=me.id,
            channel=entry["channel"],
            purpose="" if incoming else Purpose.SERVICE,
            incoming=incoming,
            summary=words,
            took_place_at=at,
        )
        if "subject" not in entry:
            continue
        floor.sheet.add(
            Message,
            client_id=person.id,
            associate_id=me.id,
            contact_id=key,
            channel=entry["channel"],
            purpose=Purpose.SERVICE,
            way=Way.PROGRAM,
            address="",
            subject=in_words(entry["subject"], days),
            body=words,
            message_key=f"told {person.id} {place}",
            state=MessageState.SENT,
            queued_at=at,
            ended_at=at,
        )


def write_told_promises(floor: Floor, person: Person, spec: Spec, hour: int | None) -> None:
    """Write the promises; one for today is promised for the client's appointment at ``hour``."""
    days = floor.days
    for entry in spec.get("promises", []):
        due = days.ago(-entry["in_days"])
        kept = "kept" in entry
        made = days.at(days.ago(entry["days"]), 16 * 60 + 25)
        ended = days.at(min(due, days.ago(1)), 15 * 60 + 12) if kept else None
        ready = entry.get("ready")
        word = days.at(days.ago(entry.get("last_word", entry["days"])), 17 * 60 + 40)
        at = hour if entry.get("at_appointment") else None
        state = PromiseState.KEPT if kept else PromiseState.READY if ready else PromiseState.OPEN
        colleague = entry.get("colleague")
        key = floor.sheet.add(
            Promise,
            client_id=person.id,
            associate_id=floor.team.me.id,
            colleague_id=floor.team.named(colleague).id if colleague else None,
            department_id=floor.team.departments[entry["department"]],
            garment=entry.get("garment", ""),
            measurements=entry.get("measures", ""),
            kind=entry["kind"],
            what=in_words(entry["what"], days),
            due_on=due,
            due_time=time(at // 60, at % 60) if at is not None else None,
            state=str(state),
            promised_at=made,
            last_word_at=ended or max(word, made),
            ended_at=ended,
            ending=entry.get("kept", ""),
        )
        went = [
            Went(step, made if ago == entry["days"] else days.at(days.ago(ago), 17 * 60 + 40), say)
            for step, ago, say in entry.get("steps", [])
        ]
        if ended is not None:
            went.append(ending(entry["kind"], ended, entry["kept"], kept=True))
        printed = [made + timedelta(minutes=4 + 3 * n) for n in range(entry.get("printed", 0))]
        write_steps(floor, key, entry["kind"], floor.team.me.id, went, printed=printed)


def write_expected(
    floor: Floor, person: Person, spec: Spec, hour: int, visit_id: int | None = None
) -> None:
    """Write today's appointment of one of them."""
    entry = spec["appointment"]
    floor.sheet.add(
        Appointment,
        client_id=person.id,
        associate_id=floor.team.me.id,
        department_id=floor.team.departments[entry["department"]],
        visit_id=visit_id,
        starts_at=floor.days.at(floor.days.today, hour),
        about=in_words(entry["about"], floor.days),
    )


def write_open_visit(floor: Floor, person: Person, spec: Spec) -> tuple[int, int]:
    """Write a visit that is going on; answer its id and the quarter hour at which it began."""
    days, me = floor.days, floor.team.me
    since_opening = days.minute - OPENS
    came = spec["came"]
    if 0 <= since_opening < CLOSES - OPENS:
        came = min(came, max(since_opening, 3))
    arrived = days.now - timedelta(minutes=came)
    visit_id = floor.sheet.add(
        Visit,
        client_id=person.id,
        associate_id=me.id,
        here_for=spec["here_for"],
        arrived_at=arrived,
        greeted_at=arrived + timedelta(seconds=40),
        fitting_room=spec["fitting_room"],
    )
    for companion in spec["companions"]:
        floor.sheet.add(VisitCompanion, visit_id=visit_id, name=companion)
    walked = arrived + timedelta(minutes=min(12, came / 2))
    times = ((arrived, walked), (walked, None), (None, None), (None, None))
    for place, (entry, (begun, ended)) in enumerate(zip(spec["stops"], times, strict=True)):
        stop = as_stop(floor, person, entry)
        stop_id = floor.sheet.add(
            VisitStop,
            visit_id=visit_id,
            department_id=floor.team.departments[stop.department],
            colleague_id=stop.colleague.id if stop.colleague else None,
            joined_at=begun + timedelta(minutes=1) if stop.colleague and begun else None,
            position=place,
            started_at=begun,
            ended_at=ended,
        )
        for position, shown in enumerate(stop.shown):
            item = floor.sheet.add(
                ShownItem,
                stop_id=stop_id,
                item=shown.text,
                detail=shown.size,
                sku=shown.sku,
                price=shown.price,
                outcome=str(shown.outcome),
                why=shown.why,
                associate_id=me.id,
                position=position,
            )
            if shown.outcome == Outcome.WISH_LIST:
                floor.sheet.add(
                    Wish,
                    client_id=person.id,
                    department_id=floor.team.departments[stop.department],
                    shown_item_id=item,
                    item=shown.text,
                    detail=shown.size,
                    price=shown.price,
                    wished_at=begun or days.now,
                    associate_id=me.id,
                )
    floor.sheet.add_keyed(
        Draft,
        associate_id=me.id,
        place=note_draft(visit_id),
        body=in_words(spec["note"], days),
        typed_at=days.now,
    )
    minute = max(OPENS, (days.minute - came) // 15 * 15) if days.minute >= came else days.minute
    return visit_id, min(minute, CLOSES)
