"""``clientele brief``: the page to read before a client arrives, of one or of all expected."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from clientele.cli.asking import as_object, listed, whose_day
from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say
from clientele.cli.texts import WIDTH, brief_text
from clientele.domain.errors import Refusal
from clientele.services.audit import record
from clientele.services.audit_verbs import taken_out
from clientele.services.brief_choice import BriefSheet
from clientele.services.brief_words import brief_sheet
from clientele.services.briefs import of_expected
from clientele.store.beside import keep_clear
from clientele.store.queries.brief import brief as brief_of
from clientele.store.queries.client_rows import rows_of
from clientele.store.queries.meant import clients_meant
from clientele.store.queries.reading import store_facts
from clientele.store.session import Store
from clientele.system.clock import Clock
from clientele.system.formats import Formats
from clientele.system.where import kind_of_place

PAGE = f"\n\n{'-' * WIDTH}\n\n"
"""Between two briefs as text."""


class NobodyFound(Refusal):
    """A text that means no client."""

    template = "Nobody is found for “{text}”. Try a part of the name, number or e-mail address."


class SeveralFound(Refusal):
    """A text that means several clients."""

    template = "“{text}” may mean several clients; give the reference or id of one of them."


class WhichClient(Refusal):
    """A brief without saying of whom."""

    template = "Say whose brief it is: a client, or --expected for all who are expected."


class OneOrAll(Refusal):
    """A client and ``--expected`` at once."""

    template = "Give a client or --expected, not both. --for and --day go with --expected."


def brief(arguments: argparse.Namespace, clock: Clock) -> int:
    """The brief of the one client that is meant, or of all who are expected."""
    if arguments.expected:
        if arguments.client:
            raise OneOrAll
        return _expected(arguments, clock)
    if arguments.associate or arguments.day:
        raise OneOrAll
    if not arguments.client:
        raise WhichClient
    with opened(book_path(arguments)) as store:
        formats = formats_of(store)
        with store.read() as session:
            keys = clients_meant(session, arguments.client)
            if len(keys) != 1:
                return _not_one(session, arguments, keys, formats)
            found = brief_of(session, keys[0], now=clock.now())
        if found is None:
            raise NobodyFound(text=arguments.client)
        sheet = brief_sheet(found, formats, now=clock.now())
        _enter(store, arguments, (keys[0],), clock)
        if arguments.json and not arguments.pdf:
            as_json(sheet)
        else:
            _put_out(store, arguments, [sheet], sheet.title)
    return 0


def _expected(arguments: argparse.Namespace, clock: Clock) -> int:
    """In order of time, those of colleagues who are covered among them."""
    with opened(book_path(arguments)) as store:
        formats, me = formats_of(store), whose_day(store, arguments.associate)
        now = clock.now()
        day: date = arguments.day or formats.local_day(now)
        with store.read() as session:
            sheets = of_expected(session, formats, now=now, me=me.id, day=day).sheets
        _enter(store, arguments, tuple(sheet.named.client_id for sheet in sheets), clock)
        if arguments.json and not arguments.pdf:
            as_json(sheets)
        elif not sheets:
            say(f"{me.name} expects nobody on {formats.long_day(day)}. Nothing was written.")
        else:
            _put_out(store, arguments, sheets, f"Briefs, {formats.long_day(day)}")
    return 0


def _enter(
    store: Store, arguments: argparse.Namespace, clients: tuple[int, ...], clock: Clock
) -> None:
    """That it was seen or saved, before it is."""
    if not clients:
        return
    if arguments.pdf:
        keep_clear(store.path, Path(arguments.pdf))
    with store.write() as session:
        if arguments.pdf:
            place = kind_of_place(Path(arguments.pdf))
            taken_out(session, "save_brief", place, clients=clients, now=clock.now())
        else:
            record(session, "see_brief", clients=clients, now=clock.now())


def _put_out(
    store: Store, arguments: argparse.Namespace, sheets: Sequence[BriefSheet], title: str
) -> None:
    if arguments.pdf:
        with store.read() as session:
            country = store_facts(session).country
        _write_pdf(sheets, title, Path(arguments.pdf), country)
    else:
        result(PAGE.join(brief_text(sheet) for sheet in sheets))


def _not_one(
    session: Session, arguments: argparse.Namespace, keys: tuple[int, ...], formats: Formats
) -> int:
    if not keys:
        raise NobodyFound(text=arguments.client)
    rows = rows_of(session, keys)
    several = [rows[key] for key in keys if key in rows]
    if arguments.json:
        as_json([as_object(row) for row in several])
    else:
        listed(several, formats)
    raise SeveralFound(text=arguments.client)


def _write_pdf(sheets: Sequence[BriefSheet], title: str, path: Path, country: str) -> None:
    from clientele.ui.printing.brief_document import briefs_pdf
    from clientele.ui.printing.pdf import paper_of, save

    try:
        save(briefs_pdf(sheets, title, paper_of(country)), path)
    except OSError as error:
        raise Refusal(
            "{file} could not be written: {why}. Nothing was written; choose another place.",
            file=path.name,
            why=error.strerror,
        ) from error
