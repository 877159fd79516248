"""``clientele recover``: a new book out of what is readable of a damaged one."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from clientele.cli.book import passphrase
from clientele.cli.output import as_json, result, say
from clientele.store.beside import asks_for_passphrase, claim
from clientele.store.errors import NoBook
from clientele.system.clock import Clock

NEWEST = "newest"


def recover(arguments: argparse.Namespace, clock: Clock) -> int:
    """Recover; 0 where nothing is missing, 1 where something is."""
    from clientele.services.recovering import good_copies, key_of, report_lines
    from clientele.services.recovering import recover as make_new
    from clientele.system.secrets import vault_as_it_is

    damaged, target = Path(arguments.file).expanduser(), Path(arguments.to).expanduser()
    if not damaged.is_file():
        raise NoBook(path=damaged)
    with claim(damaged):
        typed = os.environ.get("CLIENTELE_RECOVERY_KEY", "")
        word = "" if typed or not asks_for_passphrase(damaged) else passphrase()
        key = key_of(damaged, vault=vault_as_it_is, passphrase=word, recovery_key=typed)
        copy = Path(arguments.copy).expanduser() if arguments.copy else None
        if arguments.copy == NEWEST:
            newest = next(good_copies(damaged, key), None)
            copy = None if newest is None else newest.path
            say("There is no good copy." if copy is None else f"With the copy {copy.name}.")
        outcome = make_new(damaged, key, target, now=clock.now(), copy=copy, told=_told)
    if sys.stderr.isatty():
        say("")
    done = outcome.recovered
    if arguments.json:
        as_json(
            {
                "book": str(target), "pages": done.pages, "bad": done.bad, "sound": outcome.sound,
                "kinds": list(done.kinds.values()), "report": str(outcome.report),
            }
        )  # fmt: skip
    else:
        for line in report_lines(outcome, damaged, copy):
            result(line)
        say(f"The new book is {target}; the report is beside it.")
        if not done.complete and copy is None:
            say("If there is a good copy: --copy newest, and another --to, fills in from it.")
    return 0 if done.complete and outcome.sound else 1


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{100 * done // total} of 100 ", end="", file=sys.stderr, flush=True)
