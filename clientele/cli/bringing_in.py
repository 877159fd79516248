"""``clientele import``: a CSV file into the book, with progress; Ctrl+C keeps what is in."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from clientele.cli.asking import associate_named
from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say, table
from clientele.domain.errors import Refusal
from clientele.domain.history import ImportKind
from clientele.exchange.plan import ImportPlan, count, plan, preview
from clientele.services.duplicates import look_after_import
from clientele.services.imports import ImportResult, Progress, import_file, store_ways
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.formats import Formats


class NotAPair(Refusal):
    """``--map`` without an equals sign."""

    template = (
        "“{text}” does not say FIELD=COLUMN. Nothing was changed; write it like amount=Total."
    )


def bring_in(arguments: argparse.Namespace, clock: Clock) -> int:
    """Import the file, or with ``--dry-run`` show how it would be read."""
    pairs = [_pair(text) for text in arguments.map]
    kind = None if arguments.kind == "auto" else ImportKind(arguments.kind)
    with opened(book_path(arguments), alone=True) as store:
        planned = plan(Path(arguments.file), store_ways(store), kind=kind, columns=pairs)
        _say_plan(planned)
        if arguments.dry_run:
            return _dry_run(planned, formats_of(store), as_table=not arguments.json)
        owner = associate_named(store, arguments.own) if arguments.own else None
        return _import(store, planned, arguments, clock, owner)


def _pair(text: str) -> tuple[str, str]:
    field, sign, column = text.partition("=")
    if not sign:
        raise NotAPair(text=text)
    return field.strip(), column.strip()


def _say_plan(planned: ImportPlan) -> None:
    shape = planned.shape
    delimiter = {"\t": "tab"}.get(shape.delimiter, shape.delimiter)
    say(f"{shape.path.name}: {planned.kind.value}, {shape.encoding}, delimiter {delimiter}")
    for field in planned.mapping.columns:
        say(f"  {field} = {' + '.join(planned.mapping.names(field))}")
    for doubt in planned.doubts:
        say(f"  {doubt.sentence}")


def _dry_run(planned: ImportPlan, formats: Formats, *, as_table: bool) -> int:
    rows = preview(planned)
    counted = count(planned)
    if as_table:
        fields = [field for field in planned.mapping.columns if any(field in r.read for r in rows)]
        table(
            [*fields, "reason"],
            [[_short(row.read.get(field, "")) for field in fields] + [row.reason] for row in rows],
        )
    else:
        as_json(
            {
                "kind": planned.kind,
                "columns": {name: planned.mapping.names(name) for name in planned.mapping.columns},
                "rows": [{"read": row.read, "reason": row.reason} for row in rows],
                "read": counted.read,
                "rejected": counted.rejected,
            }
        )
    said = f"{formats.number(counted.read)} rows, {formats.number(counted.rejected)} of them cannot"
    say(f"{said} be read. Nothing was kept.")
    for row, reason in counted.first_rejected:
        say(f"  {reason}: {_short(planned.shape.delimiter.join(row), 60)}")
    return 1 if counted.rejected else 0


def _import(
    store: Store,
    planned: ImportPlan,
    arguments: argparse.Namespace,
    clock: Clock,
    owner: int | None,
) -> int:
    formats = formats_of(store)
    show = _progress(formats) if sys.stderr.isatty() else lambda _: None
    with until_interrupted() as interrupted:
        rows_cancelled = False

        def cancelled() -> bool:
            nonlocal rows_cancelled
            rows_cancelled = interrupted()
            return rows_cancelled

        done = import_file(
            store,
            planned,
            now=clock.now(),
            progress=show,
            cancelled=cancelled,
            leave=lambda: interrupted() and not rows_cancelled,
            by=owner,
            own=owner is not None,
            rejects_path=Path(arguments.rejects) if arguments.rejects else None,
        )
        likely = look_after_import(store, done.batch_id, now=clock.now(), cancelled=interrupted)
    _tell(done, formats, as_text=not arguments.json)
    if likely:
        say(f"{formats.number(likely)} of the new clients may be in the book already: look at")
        say("“Perhaps the same” in the window.")
    return 2 if done.cancelled else 1 if done.rejected else 0


def _tell(done: ImportResult, formats: Formats, *, as_text: bool) -> None:
    if done.cancelled:
        say("Cancelled. What was brought in stays; import the same file again for the rest.")
    if done.reject_path:
        say(f"Rejected rows, each with its reason: {done.reject_path}")
    if done.left:
        say(f"{formats.number(done.left)} clients are found by what is new about them once the")
        say("book is opened again, which catches up by itself.")
    if not as_text:
        as_json(done)
        return
    result(f"rows read        {formats.number(done.read)}")
    result(f"rows added       {formats.number(done.added)}")
    result(f"known already    {formats.number(done.known)}")
    if done.completed:
        result(f"told a brand or size  {formats.number(done.completed)}")
    result(f"rejected         {formats.number(done.rejected)}")
    result(f"clients added    {formats.number(done.clients_added)}")
    result(f"tickets added    {formats.number(done.tickets_added)}")


def _progress(formats: Formats) -> Callable[[Progress], None]:
    began = time.monotonic()

    def show(progress: Progress) -> None:
        if progress.to_find:
            found = f"{formats.number(progress.found)} of {formats.number(progress.to_find)}"
            ending = "\n" if progress.found >= progress.to_find else ""
            line = f"making them findable, {found}"
            print(f"\r\x1b[K{line}", end=ending, file=sys.stderr, flush=True)
            return
        speed = int(progress.read / max(0.001, time.monotonic() - began))
        line = (
            f"{formats.percent(progress.share)}  {formats.number(progress.read)} rows, "
            f"{formats.number(speed)} a second, {formats.number(progress.rejected)} rejected"
        )
        ending = "\n" if progress.share >= 1 else ""
        print(f"\r\x1b[K{line}", end=ending, file=sys.stderr, flush=True)

    return show


@contextmanager
def until_interrupted() -> Iterator[Callable[[], bool]]:
    """Ctrl+C asks the import to end after the rows it is at, instead of tearing it apart."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    try:
        before = signal.signal(signal.SIGINT, ask)
    except ValueError:  # not the main thread: whoever runs us there cancels in another way
        yield lambda: False
        return
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)


def _short(text: str, most: int = 32) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
