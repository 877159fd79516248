"""``clientele backup``, ``backups`` and ``restore``: copies of the book, and bringing one back."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from clientele.cli.book import book_path, formats_of, opened
from clientele.cli.output import as_json, result, say, table
from clientele.domain.errors import Refusal
from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import SET_UP
from clientele.system import settings
from clientele.system.clock import Clock

if TYPE_CHECKING:
    from clientele.services.restoring import Preview
    from clientele.store.copies import Found
    from clientele.store.second_place import SecondPlace
    from clientele.system.formats import Formats

OLD_KEY = "CLIENTELE_OLD_RECOVERY_KEY"


class SayYes(Refusal):
    """Nobody is there to be asked."""

    template = (
        "Restoring replaces the book, and there is no terminal to ask on. "
        "Nothing was changed; say --yes if that is meant."
    )


class NoSuchCopy(Refusal):
    """Neither a file nor a number of the list."""

    template = (
        "There is no copy {name}. Nothing was changed; “clientele backups” lists those there are."
    )


def backup(arguments: argparse.Namespace, clock: Clock) -> int:
    """Make a copy now, and bring it to the second place; 1 where that one could not be reached."""
    from clientele.services.backups import Backups

    place = _place(arguments.to)
    with opened(book_path(arguments)) as store:
        if place is not None and arguments.to:
            place.prepare(store.path)
        outcome = Backups(store, clock.now, lambda: place).make(Why.BY_HAND, acting=SET_UP)
    if outcome.refused is not None:
        raise outcome.refused
    assert outcome.made is not None
    say("Made, opened and checked:")
    result(str(outcome.made.path))
    if outcome.second_refused is not None:
        say(outcome.second_refused.sentence)
        return 1
    if place is not None:
        say(f"Also in {place.folder}.")
    return 0


def backups(arguments: argparse.Namespace, clock: Clock) -> int:
    """List the copies of both places, the newest first."""
    with opened(book_path(arguments)) as store:
        found, wrong = _listed(store.path, store.data_key)
        formats = formats_of(store)
    if arguments.json:
        as_json(
            [
                {"at": one.copy.at, "why": one.copy.why.value, "size": one.copy.size,
                 "opens": one.copy.good, "where": one.where, "file": str(one.copy.path)}
                for one in found
            ]
        )  # fmt: skip
    elif found:
        table(
            ("no", "when", "what for", "kB", "opens", "where", "file"),
            [
                (
                    str(number),
                    formats.moment(one.copy.at),
                    one.copy.why.value,
                    formats.number(one.copy.size // 1000),
                    "yes" if one.copy.good else "no",
                    one.where,
                    one.copy.path.name,
                )
                for number, one in enumerate(found, 1)
            ],
        )
    else:
        say("There are no copies yet; “clientele backup” makes one.")
    if wrong:
        say(wrong)
    return 1 if wrong else 0


def restore(arguments: argparse.Namespace, clock: Clock) -> int:
    """Show what would go, ask, and put the copy in the place of the book."""
    from clientele.services.restoring import forget_preview, preview
    from clientele.services.restoring import restore as put_in_place
    from clientele.store.beside import claim
    from clientele.store.session import open_store

    path = book_path(arguments)
    with claim(path):
        key, formats = _key_of(path, Path(arguments.file))
        copy = _meant(arguments.file, path, key)
        seen = preview(path, key, copy, old_recovery_key=_old_key())
        _tell(seen, formats)
        if not arguments.yes and not _agreed():
            forget_preview(path)
            say("The book is as it was.")
            return 0
        done = put_in_place(path, key, seen.looked, now=clock.now(), acting=SET_UP)
        open_store(path, bytearray(key)).close()
    say(f"Restored {copy.name}.")
    if done.before is not None:
        say("The book of before was damaged and is kept as it stood:" if done.damaged
            else "The book of before is the first of the copies:")  # fmt: skip
        result(str(done.before))
    return 0


@dataclass(frozen=True, slots=True)
class _Listed:
    copy: Found
    where: str


def _place(chosen: str | None) -> SecondPlace | None:
    from clientele.services.backups import second_place

    return second_place(chosen or settings.load().second_place)


def _listed(book: Path, key: bytes | bytearray) -> tuple[list[_Listed], str]:
    from clientele.store import copies

    here = (
        *copies.listed(copies.folder_of(book), key, book.name),
        *copies.of_migrations(book, key),
    )
    found = [_Listed(one, "here") for one in here]
    names = {one.path.name for one in here}
    wrong = ""
    if (place := _place(None)) is not None:
        try:
            there = place.listed(key, book.name)
            names_there = {one.path.name for one in there}
            found = [
                _Listed(one.copy, "both" if one.copy.path.name in names_there else "here")
                for one in found
            ]
            found += [_Listed(one, "second") for one in there if one.path.name not in names]
        except Refusal as refusal:
            wrong = refusal.sentence
    found.sort(key=lambda one: one.copy.at, reverse=True)
    return found, wrong


def _meant(typed: str, book: Path, key: bytes | bytearray) -> Path:
    """A file, a name of the list, or its number."""
    path = Path(typed).expanduser()
    if path.is_file():
        return path
    found, _ = _listed(book, key)
    if typed.isdigit() and 0 < int(typed) <= len(found):
        return found[int(typed) - 1].copy.path
    for one in found:
        if one.copy.path.name == typed:
            return one.copy.path
    raise NoSuchCopy(name=typed)


def _key_of(book: Path, copy: Path) -> tuple[bytes, Formats]:
    """The key of the book; where the book is damaged or gone, by what opens the copy."""
    from clientele.services.opening import safe_vault
    from clientele.store import keys
    from clientele.store.errors import StoreRefusal
    from clientele.system.formats import Formats
    from clientele.system.region import FALLBACK

    try:
        with opened(book) as store:
            return bytes(store.data_key), formats_of(store)
    except StoreRefusal:
        if not copy.is_file():
            raise
    formats = Formats(settings.load().language or FALLBACK.language, "UTC")
    if typed := os.environ.get("CLIENTELE_RECOVERY_KEY"):
        return bytes(keys.unlock_by_recovery_key(copy, typed)), formats
    vault = safe_vault()
    if vault is None:
        raise keys.KeyringLost
    return bytes(keys.unlock_by_keyring(copy, vault)), formats


def _old_key() -> str:
    return os.environ.get(OLD_KEY, "")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise SayYes
    say("Type yes to put this copy in the place of the book:")
    return sys.stdin.readline().strip().lower() == "yes"


def _tell(seen: Preview, formats: Formats) -> None:
    looked, newer = seen.looked, seen.newer
    say(f"{looked.path.name} was opened and is whole.")
    if looked.older:
        say("It is of an older form and is brought up to date.")
    if newer is None:
        say("The book itself cannot be read, so it cannot be compared.")
        return
    if newer.nothing:
        say("The book is as it was then: nothing would change.")
    rows = [
        (one.table.replace("_", " "), str(one.added), str(one.changed), str(one.gone))
        for one in newer.kinds
    ]
    if rows:
        table(("kind", "would be lost", "as before", "would be back"), rows)
    for by in newer.by:
        say(f"  by {by.name or 'nobody'}: {by.count}, last {formats.moment(by.last_at)}")
    for thing in newer.last:
        about = f"{formats.moment(thing.at)}  {thing.table.replace('_', ' ')}  {thing.client}"
        say(f"  {about}: {thing.words}" if thing.words else f"  {about}")
    for no in newer.withdrawn:
        channel = no.channel or "every channel"
        say(f"  {no.client} said no since ({channel}). That stays so.")
    if newer.asks:
        say(f"  E-mails that waited then: {newer.asks}. Each asks before it is sent again.")
    if newer.waiting:
        say(f"  E-mails that wait now, and would not be sent: {newer.waiting}.")
    if newer.sent:
        say(f"  Messages that left since, of which the book would know nothing: {newer.sent}.")
