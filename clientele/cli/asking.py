"""``clientele search`` and ``today``: what the book knows, as text or JSON."""

from __future__ import annotations

import argparse

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say, table
from clientele.cli.texts import today_text
from clientele.domain.errors import Refusal
from clientele.services.brief_words import called
from clientele.store.queries.client_rows import ClientRow
from clientele.store.queries.found import found_rows
from clientele.store.queries.meant import associate_meant
from clientele.store.queries.team import AssociateTile, associates
from clientele.store.queries.today import today_page
from clientele.store.session import Store
from clientele.system import settings
from clientele.system.clock import Clock
from clientele.system.formats import Formats


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
            as_json([as_object(row) for row in rows])
        else:
            listed(rows, formats_of(store))
    return 0


def today(arguments: argparse.Namespace, clock: Clock) -> int:
    """What today holds for an associate."""
    with opened(book_path(arguments)) as store:
        me = whose_day(store, arguments.associate)
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


def whose_day(store: Store, name: str | None) -> AssociateTile:
    """Whose day it is: by name, else who signed in here last, else the first who can sign in."""
    wanted = associate_named(store, name) if name else settings.load().associate_id
    with store.read() as session:
        tiles = sorted(associates(session), key=lambda tile: (not tile.signs_in, tile.id))
    if not tiles:
        raise NobodyHere
    return next((tile for tile in tiles if tile.id == wanted), tiles[0])


def listed(rows: tuple[ClientRow, ...] | list[ClientRow], formats: Formats) -> None:
    """Clients as a table."""
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


def as_object(row: ClientRow) -> dict[str, object]:
    """A client as JSON has them."""
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
