"""``clientele duplicates``: who is perhaps in the book twice. Nothing is merged here."""

from __future__ import annotations

import argparse
import sys

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.bringing_in import until_interrupted
from clientele.cli.output import as_json, result, say
from clientele.services.duplicates import Course, find_pairs
from clientele.store.queries.duplicates import PairRow, pairs
from clientele.system.clock import Clock


def duplicates(arguments: argparse.Namespace, clock: Clock) -> int:
    """Look through the book, or go on where it was stopped, and show the likeliest pairs."""
    with opened(book_path(arguments)) as store:
        formats = formats_of(store)

        def show(course: Course) -> None:
            line = f"{formats.percent(course.share)}  {formats.number(course.found)} likely"
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

        progress = show if sys.stderr.isatty() else lambda _: None
        with until_interrupted() as interrupted:
            looked = find_pairs(store, now=clock.now(), progress=progress, cancelled=interrupted)
        with store.read() as session:
            found = pairs(session, limit=arguments.limit)
    if looked.cancelled:
        say("Stopped. The same command goes on from here.")
    if arguments.json:
        as_json({"count": found.count, "pairs": [_plain(pair) for pair in found.rows]})
    else:
        for pair in found.rows:
            names = " ~ ".join(
                f"{row.named.name} ({row.named.client_id})" for row in (pair.first, pair.second)
            )
            result(f"{pair.score:3}  {names}  {', '.join(_reasons(pair))}")
        say(f"{formats.number(found.count)} pairs to look at, in the window under Ctrl+9.")
    return 2 if looked.cancelled else 0


def _reasons(pair: PairRow) -> list[str]:
    return [
        f"{reason.one} ~ {reason.other}" if reason.one and reason.other else reason.what.value
        for reason in pair.reasons
    ]


def _plain(pair: PairRow) -> dict[str, object]:
    return {
        "score": pair.score,
        "clients": [pair.first.named.client_id, pair.second.named.client_id],
        "names": [pair.first.named.name, pair.second.named.name],
        "reasons": _reasons(pair),
    }
