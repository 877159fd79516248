"""``clientele calendar``: appointments out to a calendar file, and a file into the book."""

from __future__ import annotations

import argparse
from pathlib import Path

from clientele.cli.asking import whose_day
from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, say, table
from clientele.services.audit_verbs import file_taken_out
from clientele.services.brief_words import called
from clientele.services.calendar_import import Take, TakeCalendar, take_calendar
from clientele.services.calendar_out import Wanted, write_calendar
from clientele.services.calendar_plan import CalendarPlan, Offered, What, plan_calendar, read_bytes
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.formats import Formats


def calendar(arguments: argparse.Namespace, clock: Clock) -> int:
    """Take appointments out, or bring a file in."""
    if arguments.way == "export":
        return _export(arguments, clock)
    return _import(arguments, clock)


def _export(arguments: argparse.Namespace, clock: Clock) -> int:
    path = Path(arguments.file)
    with opened(book_path(arguments)) as store:
        me = whose_day(store, arguments.associate)
        what = Wanted(me.id, discreet=not arguments.with_names)
        with store.read() as session:
            count = write_calendar(session, store.path, path, what, clock.now())
        file_taken_out(store, "export_calendar", path, rows=count, now=clock.now())
        said = formats_of(store).number(count)
    told = "with names" if arguments.with_names else "initials only"
    say(f"{said} appointments of {me.name} in {path.name}, {told}.")
    return 0


def _import(arguments: argparse.Namespace, clock: Clock) -> int:
    path = Path(arguments.file)
    with opened(book_path(arguments), alone=not arguments.dry_run) as store:
        me = whose_day(store, arguments.associate)
        with store.read() as session:
            plan = plan_calendar(session, read_bytes(path), path.name, now=clock.now())
        wanted = tuple(
            Take(one, one.match.client_id)
            for one in plan.offered
            if one.what is not What.NEW or one.match.client_id is not None
        )
        formats = formats_of(store)
        if arguments.json:
            as_json(_as_object(plan))
        else:
            _list(plan, formats)
        if not arguments.dry_run:
            _take(store, TakeCalendar(wanted, me.id, me.department_id), clock)
    out = len(plan.offered) - len(wanted)
    _tell(plan, len(wanted), out, formats, kept=not arguments.dry_run)
    return 1 if plan.rejected or out else 0


def _take(store: Store, what: TakeCalendar, clock: Clock) -> None:
    if what.wanted:
        with store.write() as session:
            take_calendar(session, what, now=clock.now())


def _list(plan: CalendarPlan, formats: Formats) -> None:
    rows = [
        [
            one.what.value if one.match.client_id is not None else "left out",
            formats.moment(one.starts_at),
            _whom(one),
            one.about,
        ]
        for one in plan.offered
    ]
    if rows:
        table(["what", "when", "with", "about"], rows)


def _whom(one: Offered) -> str:
    known = {named.client_id: called(named) for named in one.match.candidates}
    return known.get(one.match.client_id or 0, "")


def _as_object(plan: CalendarPlan) -> dict[str, object]:
    return {
        "file": plan.file,
        "first": plan.days.first,
        "last": plan.days.last,
        "offered": [
            {
                "what": one.what.value,
                "client_id": one.match.client_id,
                "client": _whom(one),
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "about": one.about,
            }
            for one in plan.offered
        ],
        "same": plan.same,
        "whole_days": len(plan.whole_days),
        "rejected": [{"line": one.line, "reason": one.reason} for one in plan.rejected],
    }


def _tell(plan: CalendarPlan, taken: int, out: int, formats: Formats, *, kept: bool) -> None:
    number = formats.number
    first, last = formats.day_year(plan.days.first), formats.day_year(plan.days.last)
    say(f"From {first} to {last}; what repeats is brought for a year.")
    for one in plan.rejected:
        say(f"  {one.reason}")
    if plan.whole_days:
        say(f"{number(len(plan.whole_days))} take a whole day or longer and were left out.")
    if out:
        say(f"{number(out)} were left out: nobody in the book, or several, are meant by them.")
        say("In the window you can say who it is.")
    if plan.same:
        say(f"{number(plan.same)} are in the book as they are.")
    if kept:
        say(f"{number(taken)} brought in or changed.")
    else:
        say(f"{number(taken)} would be brought in or changed. Nothing was kept.")
