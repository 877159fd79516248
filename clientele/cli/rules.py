"""``clientele rules``: which rules make follow-ups, whom each would reach, and run them now."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say
from clientele.domain.errors import Refusal
from clientele.services.brief_words import called
from clientele.services.touch_rules import run_all
from clientele.store.queries.reading import store_facts
from clientele.store.queries.rule_page import Preview, preview
from clientele.store.queries.touch_rules import KeptRule, kept_rules
from clientele.system.clock import Clock
from clientele.system.formats import Formats


class NoSuchRule(Refusal):
    """No rule has this number."""

    template = "There is no rule {number}. Nothing was done; “clientele rules” lists them."


def rules(arguments: argparse.Namespace, clock: Clock) -> int:
    """List the rules, or run them as the window does once a day."""
    with opened(book_path(arguments)) as store:
        if arguments.what == "run":
            with store.write() as session:
                written = run_all(session, now=clock.now())
            if arguments.json:
                as_json({"clients": written})
            else:
                say(f"{formats_of(store).number(written)} clients: follow-ups made or settled.")
            return 0
        with store.read() as session:
            found = kept_rules(session)
            if arguments.what == "preview":
                return _preview(session, arguments, found, formats_of(store), clock)
    if arguments.json:
        as_json([_plain(one) for one in found])
        return 0
    for one in found:
        if one.rule is None:
            result(f"{one.id:3}  -    {one.wrong}")
        else:
            state = "on" if one.rule.on else "off"
            result(f"{one.id:3}  {state:3}  {one.rule.name}  ({one.open_now} open)")
    if not found:
        say("There are no rules yet; the window puts in some to begin with.")
    return 0


def _preview(
    session: Session,
    arguments: argparse.Namespace,
    rules: tuple[KeptRule, ...],
    formats: Formats,
    clock: Clock,
) -> int:
    """Whom each rule would reach today, and why not others; a rule that is off as if it were on."""
    now = clock.now()
    wanted = [one for one in rules if arguments.rule in (None, one.id)]
    if arguments.rule is not None and not wanted:
        raise NoSuchRule(number=arguments.rule)
    plain: list[dict[str, object]] = []
    for one in wanted:
        if one.rule is None:
            plain.append(_plain(one))
            if not arguments.json:
                result(f"{one.id:3}  -    {one.wrong}")
            continue
        found = preview(session, one.rule, now=now)
        if arguments.json:
            plain.append(_plain_preview(one, found))
            continue
        state = "on" if one.rule.on else "off"
        clients = formats.number(found.reach.clients)
        result(f"{one.id:3}  {state:3}  {one.rule.name}: {clients} clients")
        for line in _lines(found, formats, store_facts(session).day_of(now)):
            result(f"          {line}")
    if arguments.json:
        as_json(plain)
    return 0


def _lines(found: Preview, formats: Formats, today: date) -> Iterator[str]:
    for one in found.reach.wanted:
        day = formats.near_day(one.due_on, today)
        yield f"{day}  {called(found.clients[one.client_id])} ({one.channel.value})"
    for why, count in found.reach.why:
        others = [one for one in found.reach.others if one.why is why]
        names = dict.fromkeys(called(found.clients[one.client_id]) for one in others)
        some = f": {', '.join(names)}" if names else ""
        yield f"not, {why.value} ({formats.number(count)}){some}"


def _plain_preview(one: KeptRule, found: Preview) -> dict[str, object]:
    reach = found.reach
    return _plain(one) | {
        "clients": reach.clients,
        "would reach": [
            {
                "client": each.client_id,
                "name": called(found.clients[each.client_id]),
                "on": each.due_on,
                "channel": each.channel.value,
            }
            for each in reach.wanted
        ],
        "not": {why.value: count for why, count in reach.why},
        "others": [
            {
                "client": each.client_id,
                "name": called(found.clients[each.client_id]),
                "why": each.why.value,
            }
            for each in reach.others
        ],
    }


def _plain(one: KeptRule) -> dict[str, object]:
    return {
        "id": one.id,
        "name": "" if one.rule is None else one.rule.name,
        "on": one.rule is not None and one.rule.on,
        "waits for": "" if one.rule is None else one.rule.trigger.value,
        "open follow-ups": one.open_now,
        "wrong": one.wrong,
    }
