"""What went wrong for the people in cast.toml, and how was it made right?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from clientele.domain.client import Channel, Purpose
from clientele.domain.plans import FollowUpState
from clientele.domain.recovery import RightState
from clientele.domain.rules.made_right import ASK_AFTER, RightMove, RightStep, stands
from clientele.domain.rules.touch_rules_facts import Source
from clientele.domain.tables import FollowUp, MadeRight, MadeRightStep
from clientele.services.sample.cast import Spec, in_words
from clientele.services.sample.floor import Floor
from clientele.services.sample.people import Person


def write_made_rights(floor: Floor, person: Person, spec: Spec) -> None:
    """Write the problems of one of them with what was done; days of the steps count from the day.

    A problem with ``last_month`` was heard on that day of the month before this one.
    """
    for entry in spec.get("made_right", []):
        _write(floor, person, entry)


def _write(floor: Floor, person: Person, entry: Spec) -> None:
    days = floor.days
    day = (
        _last_month(floor, entry["last_month"])
        if "last_month" in entry
        else days.ago(entry["days"])
    )
    opened = days.at(days.settle(day), entry["time"] * 60)
    owner = floor.team.named(entry["by"]) if "by" in entry else floor.team.me
    steps = [(step, _when(floor, opened, step)) for step in entry["steps"]]
    told = [RightStep(step["what"], at) for step, at in steps]
    state = stands(step.move for step in told)
    decided = [step.at for step in told if step.move is RightMove.DECIDE]
    answered = [step.at for step in told if step.move is not RightMove.DECIDE]
    follow_up = floor.sheet.add(
        FollowUp,
        client_id=person.id,
        associate_id=owner.id,
        channel=str(Channel.CALL),
        reason=f"Is it truly solved? ({entry['goods']})",
        due_on=days.settle(_day(floor, decided[-1]) + timedelta(days=ASK_AFTER), step=1),
        state=str(FollowUpState.DONE if answered else FollowUpState.OPEN),
        outcome=steps[-1][0].get("word", "") if answered else "",
        done_at=answered[-1] if answered else None,
        created_at=decided[-1],
        purpose=str(Purpose.SERVICE),
        source=str(Source.MADE_RIGHT),
    )
    key = floor.sheet.add(
        MadeRight,
        client_id=person.id,
        associate_id=owner.id,
        department_id=floor.team.departments[entry["department"]],
        goods=in_words(entry["goods"], days),
        problem=in_words(entry["problem"], days),
        sold_here=entry.get("sold_here", True),
        state=str(state),
        opened_at=opened,
        solved_at=told[-1].at if state is RightState.SOLVED else None,
        follow_up_id=follow_up,
    )
    floor.sheet.change(FollowUp, follow_up, source_id=key)
    for step, at in steps:
        floor.sheet.add(
            MadeRightStep,
            made_right_id=key,
            what=step["what"],
            word=step.get("word", ""),
            cost=floor.goods.minor(step.get("cost", 0)),
            associate_id=owner.id,
            at=at,
        )


def _when(floor: Floor, opened: datetime, step: Spec) -> datetime:
    """So many minutes after it was heard, or about noon so many days later."""
    if "days" not in step:
        return opened + timedelta(minutes=step["minutes"])
    day = _day(floor, opened) + timedelta(days=step["days"])
    return min(floor.days.at(day, 12 * 60 + 20), floor.days.now)


def _day(floor: Floor, at: datetime) -> date:
    return at.astimezone(floor.days.zone).date()


def _last_month(floor: Floor, day: int) -> date:
    return (floor.days.today.replace(day=1) - timedelta(days=1)).replace(day=day)
