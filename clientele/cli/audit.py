"""``clientele audit``: who saw, changed, gave and took out what, and is that list as it was?"""

from __future__ import annotations

import argparse
from dataclasses import replace

from sqlalchemy.orm import Session

from clientele.cli.asking import associate_named
from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.brief import NobodyFound, SeveralFound
from clientele.cli.output import as_json, result, say
from clientele.domain.rules.acts import ActKind
from clientele.services.audit_read import read_chain, read_trail
from clientele.services.audit_words import sentence
from clientele.store.queries.audit import Asked, Line
from clientele.store.queries.meant import clients_meant
from clientele.store.queries.reading import Named
from clientele.system.clock import Clock
from clientele.system.formats import Formats


def audit(arguments: argparse.Namespace, clock: Clock) -> int:
    """Print the newest entries, newest first; 1 if the trail was tampered with."""
    with opened(book_path(arguments)) as store:
        formats = formats_of(store)
        who = associate_named(store, arguments.associate) if arguments.associate else None
        with store.read() as session:
            asked = Asked(
                client_id=_client(session, arguments.client),
                associate_id=who,
                kind=ActKind(arguments.kind) if arguments.kind else None,
                since=arguments.since,
                limit=arguments.limit,
            )
            chain = read_chain(session)
            page = read_trail(session, asked)
            lines = list(page.lines)
            while arguments.all and page.next is not None:
                page = read_trail(session, replace(asked, before=page.next))
                lines += page.lines
    if arguments.json:
        as_json(
            {
                "whole": chain.whole,
                "says": chain.sentence,
                "entries": [_plain(line, formats) for line in lines],
            }
        )
    else:
        for line in lines:
            day, at = formats.local_day(line.at), formats.clock_time(line.at)
            result(f"{day.isoformat()} {at}  {sentence(line, formats, name=_name)}")
        if page.next is not None:
            say("There are older ones: --limit shows more, --all shows them all.")
        say(chain.sentence)
    return 0 if chain.whole else 1


def _client(session: Session, text: str | None) -> int | None:
    if text is None:
        return None
    keys = clients_meant(session, text)
    if not keys:
        raise NobodyFound(text=text)
    if len(keys) > 1:
        raise SeveralFound(text=text)
    return keys[0]


def _name(named: Named) -> str:
    return named.name or f"Client {named.reference or named.client_id}"


def _plain(line: Line, formats: Formats) -> dict[str, object]:
    return {
        "entry": line.id,
        "at": line.at,
        "who": line.who,
        "associate": line.associate_id,
        "act": line.act,
        "kind": line.kind.value,
        "client": None if line.named is None else line.named.client_id,
        "clients": line.clients,
        "says": sentence(line, formats, name=_name),
        "tables": line.tables,
    }
