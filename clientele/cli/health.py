"""``clientele doctor``: is the book sound, what helps if not, and repairing what can be."""

from __future__ import annotations

import argparse
import sys

from clientele.cli.book import book_path, opened
from clientele.cli.output import as_json, result, say
from clientele.domain.rules.rights import SET_UP
from clientele.services.opening import safe_vault
from clientele.store.beside import has_passphrase
from clientele.store.doctor import Finding, examine
from clientele.store.doctor_backups import backups_finding
from clientele.store.finding import Repair
from clientele.store.session import Store
from clientele.system import settings
from clientele.system.clock import Clock


def doctor(arguments: argparse.Namespace, clock: Clock) -> int:
    """Print every finding; 1 if any of them wants attention."""
    path = book_path(arguments)
    with opened(path) as store:
        findings = _findings(store, arguments.quick, clock)
        if arguments.repair:
            wanted = {finding.repair for finding in findings} - {Repair.NONE}
            for what in sorted(wanted):
                _mend(store, what, arguments.yes, clock)
            if wanted:
                findings = _findings(store, arguments.quick, clock)
            else:
                say("There is nothing that can be repaired here.")
    if arguments.json:
        as_json(
            [
                {"name": f.name, "ok": f.ok, "says": f.sentence, "repair": f.repair.value}
                for f in findings
            ]
        )
    else:
        for finding in findings:
            result(f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.sentence}")
        if not arguments.repair and any(finding.repair for finding in findings):
            say("“clientele doctor --repair” puts right what can be; a copy is made first.")
    return 0 if all(finding.ok for finding in findings) else 1


def _findings(store: Store, quick: bool, clock: Clock) -> tuple[Finding, ...]:
    vault = None if has_passphrase(store.path) else safe_vault()
    findings = examine(store, vault=vault, quick=quick, now=clock.now(), told=_told)
    if sys.stderr.isatty():
        print("\r          \r", end="", file=sys.stderr, flush=True)
    second = settings.load().second_place
    return (*findings, backups_finding(store, now=clock.now(), second=second))


def _mend(store: Store, what: Repair, yes: bool, clock: Clock) -> None:
    from clientele.services.repairing import mend

    if not yes:
        if not sys.stdin.isatty():
            say(f"{what.value}: not repaired, as nobody is there to be asked; say --yes.")
            return
        say(f"Type yes to repair: {what.value}")
        if sys.stdin.readline().strip().lower() != "yes":
            return
    done = mend(store, what, now=clock.now(), acting=SET_UP)
    say(done.sentence)
    if done.copy:
        say(f"The book of before is the copy {done.copy}.")


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{100 * done // total} of 100 ", end="", file=sys.stderr, flush=True)
