"""``clientele doctor``: is the book sound, and if not, what helps?"""

from __future__ import annotations

import argparse

from clientele.cli.book import book_path, opened
from clientele.cli.output import as_json, result
from clientele.services.opening import safe_vault
from clientele.store.beside import has_passphrase
from clientele.store.doctor import examine
from clientele.store.doctor_backups import backups_finding
from clientele.system import settings
from clientele.system.clock import Clock


def doctor(arguments: argparse.Namespace, clock: Clock) -> int:
    """Print every finding; 1 if any of them wants attention."""
    path = book_path(arguments)
    with opened(path) as store:
        vault = None if has_passphrase(path) else safe_vault()
        findings = examine(store, vault=vault, quick=arguments.quick)
        second = settings.load().second_place
        findings += (backups_finding(store, now=clock.now(), second=second),)
    if arguments.json:
        as_json([{"name": f.name, "ok": f.ok, "says": f.sentence} for f in findings])
    else:
        for finding in findings:
            result(f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.sentence}")
    return 0 if all(finding.ok for finding in findings) else 1
