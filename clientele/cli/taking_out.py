"""``clientele export``: all purchases or customers as CSV, to a file or to stdout."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import say
from clientele.domain.history import ImportKind
from clientele.services.audit_verbs import taken_out
from clientele.services.exports import export_file, export_to
from clientele.system.clock import Clock


def export(arguments: argparse.Namespace, clock: Clock) -> int:
    """Write the file and say how many rows it has."""
    kind = ImportKind(arguments.kind)
    with opened(book_path(arguments)) as store:
        if arguments.file == "-":
            rows = export_to(store, kind, sys.stdout)
            with store.write() as session:
                taken_out(session, f"export_{kind.value}", "output", rows=rows, now=clock.now())
        else:
            rows = export_file(store, kind, Path(arguments.file), now=clock.now())
        said = formats_of(store).number(rows)
    say(f"{said} {kind.value} {'rows' if kind is ImportKind.PURCHASES else ''}".rstrip() + ".")
    return 0
