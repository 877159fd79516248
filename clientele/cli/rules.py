"""``clientele rules``: which rules make follow-ups, and let them look at the book now."""

from __future__ import annotations

import argparse

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say
from clientele.services.touch_rules import run_all
from clientele.store.queries.touch_rules import KeptRule, kept_rules
from clientele.system.clock import Clock


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


def _plain(one: KeptRule) -> dict[str, object]:
    return {
        "id": one.id,
        "name": "" if one.rule is None else one.rule.name,
        "on": one.rule is not None and one.rule.on,
        "waits for": "" if one.rule is None else one.rule.trigger.value,
        "open follow-ups": one.open_now,
        "wrong": one.wrong,
    }
