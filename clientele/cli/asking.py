"""``clientele search``, ``brief`` and ``today``: what the book knows, as text or JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from sqlalchemy.orm import Session

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say, table
from clientele.cli.texts import brief_text, today_text
from clientele.domain.errors import Refusal
from clientele.services.brief_choice import BriefSheet
from clientele.services.brief_words import brief_sheet, called
from clientele.store.beside import keep_clear
from clientele.store.queries.brief import brief as brief_of
from clientele.store.queries.clients import ClientRow, rows_of
from clientele.store.queries.found import found_rows
from clientele.store.queries.meant import associate_meant, clients_meant
from clientele.store.queries.reading import store_facts
from clientele.store.queries.team import AssociateTile, associates
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from clientele.system import settings
from clientele.system.clock import Clock
from clientele.system.formats import Formats


class NobodyFound(Refusal):
    """A text that means no client."""

    template = "Nobody is found for “{text}”. Try a part of the name, number or e-mail address."


class SeveralFound(Refusal):
    """A text that means several clients."""

    template = "“{text}” may mean several clients; give the reference or id of one of them."


class NoSuchAssociate(Refusal):
    """A name that no associate has."""

    template = "Nobody of the name “{name}” works here. Nothing was changed; there are: {names}."


class NobodyHere(Refusal):
    """A book without an associate."""

    template = "There is no associate in this book, so it has no day to show."


def search(arguments: argparse.Namespace, clock: Clock) -> int:
    """The clients that a text means, the likeliest first."""
    with opened(book_path(arguments)) as store:
        with store.read() as session:
            rows = found_rows(session, " ".join(arguments.text), limit=arguments.limit)
        if arguments.json:
            as_json([_as_object(row) for row in rows])
        else:
            _list(rows, formats_of(store))
    return 0


def brief(arguments: argparse.Namespace, clock: Clock) -> int:
    """The brief of the one client that is meant."""
    with opened(book_path(arguments)) as store:
        formats = formats_of(store)
        with store.read() as session:
            keys = clients_meant(session, arguments.client)
            if len(keys) != 1:
                return _not_one(session, arguments, keys, formats)
            found = brief_of(session, keys[0], now=clock.now())
            country = store_facts(session).country
        if found is None:
            raise NobodyFound(text=arguments.client)
        sheet = brief_sheet(found, formats, now=clock.now())
        if arguments.pdf:
            keep_clear(store.path, Path(arguments.pdf))
            _write_pdf(sheet, Path(arguments.pdf), country)
        elif arguments.json:
            as_json(sheet)
        else:
            result(brief_text(sheet))
    return 0


def today(arguments: argparse.Namespace, clock: Clock) -> int:
    """What today holds for an associate."""
    with opened(book_path(arguments)) as store:
        me = _whose_day(store, arguments.associate)
        with store.read() as session:
            page = today_page(session, me.id, now=clock.now())
        if arguments.json:
            as_json(page)
        else:
            result(today_text(page, me, formats_of(store), clock.now()))
    return 0


def associate_named(store: Store, name: str) -> int:
    """The associate of that name.

    Raises:
        NoSuchAssociate: nobody has it; the sentence names those who are there.
    """
    with store.read() as session:
        found = associate_meant(session, name)
        if found is None:
            names = ", ".join(tile.name for tile in associates(session)) or "nobody"
            raise NoSuchAssociate(name=name, names=names)
    return found


def _whose_day(store: Store, name: str | None) -> AssociateTile:
    """By name; else who signed in here last; else the first who can sign in."""
    wanted = associate_named(store, name) if name else settings.load().associate_id
    with store.read() as session:
        tiles = sorted(associates(session), key=lambda tile: (not tile.signs_in, tile.id))
    if not tiles:
        raise NobodyHere
    return next((tile for tile in tiles if tile.id == wanted), tiles[0])


def _not_one(
    session: Session, arguments: argparse.Namespace, keys: tuple[int, ...], formats: Formats
) -> int:
    if not keys:
        raise NobodyFound(text=arguments.client)
    rows = rows_of(session, keys)
    several = [rows[key] for key in keys if key in rows]
    if arguments.json:
        as_json([_as_object(row) for row in several])
    else:
        _list(several, formats)
    raise SeveralFound(text=arguments.client)


def _list(rows: tuple[ClientRow, ...] | list[ClientRow], formats: Formats) -> None:
    if not rows:
        say("Nobody is found.")
        return
    table(
        ("id", "reference", "name", "phone", "e-mail", "owner", "last in", "spent"),
        [
            (
                str(row.named.client_id),
                row.named.reference,
                called(row.named),
                row.phone,
                row.email,
                row.owner,
                formats.day_year(formats.local_day(row.last_in)) if row.last_in else "",
                formats.money(row.spent, row.currency) if row.spent else "",
            )
            for row in rows
        ],
    )


def _as_object(row: ClientRow) -> dict[str, object]:
    return {
        "id": row.named.client_id,
        "reference": row.named.reference,
        "name": called(row.named),
        "given_name": row.named.given_name,
        "family_name": row.named.family_name,
        "preferred_name": row.named.preferred_name,
        "phone": row.phone,
        "email": row.email,
        "owner": row.owner,
        "last_in": row.last_in,
        "spent": row.spent,
        "currency": row.currency,
    }


def _write_pdf(sheet: BriefSheet, path: Path, country: str) -> None:
    from clientele.ui.printing.brief_document import brief_pdf, paper_of, save

    try:
        save(brief_pdf(sheet, paper_of(country)), path)
    except OSError as error:
        raise Refusal(
            "{file} could not be written: {why}. Nothing was written; choose another place.",
            file=path.name,
            why=error.strerror,
        ) from error
