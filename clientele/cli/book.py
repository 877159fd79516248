"""Which book is meant, and how does the command line open it without a secret in an argument?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clientele.domain.errors import Refusal
from clientele.system import settings
from clientele.system.paths import default_book

if TYPE_CHECKING:
    from clientele.store.session import Store
    from clientele.system.formats import Formats


class PassphraseNeeded(Refusal):
    """Nobody is there to be asked."""

    template = (
        "The book needs a passphrase, and there is no terminal to ask for it. "
        "Nothing was changed; put it into {name}."
    )


class PassphrasesDiffer(Refusal):
    """Typed twice, and not the same."""

    template = "The two passphrases are not the same. Nothing was made; try again."


def book_path(arguments: argparse.Namespace) -> Path:
    """``--book``, else ``CLIENTELE_BOOK``, else the book of last time, else the usual place."""
    named = arguments.book or os.environ.get("CLIENTELE_BOOK") or settings.load().book
    return Path(named).expanduser() if named else default_book()


@contextmanager
def opened(path: Path, *, alone: bool = False, by_paper: bool = True) -> Iterator[Store]:
    """The book, open for the block; ``alone`` where nobody else may have it open meanwhile.

    Without ``by_paper`` a recovery key in the environment does not open it.

    Raises:
        Refusal: it cannot be opened, and why.
    """
    from contextlib import ExitStack

    from clientele.store.beside import claim
    from clientele.store.engine import look_at

    look_at(path)
    with ExitStack() as stack:
        if alone:
            stack.enter_context(claim(path))
        store = _open(path, by_paper)
        stack.callback(store.close)
        yield store


def formats_of(store: Store) -> Formats:
    """How days, times and money are written: in the user's language, the store's zone."""
    from clientele.store.queries.reading import store_facts
    from clientele.system.formats import Formats
    from clientele.system.region import FALLBACK

    with store.read() as session:
        zone = str(store_facts(session).zone)
    language = settings.load().language or _language() or FALLBACK.language
    return Formats(language, zone)


def passphrase(*, new: bool = False, name: str = "CLIENTELE_PASSPHRASE") -> str:
    """From the variable ``name``, else typed without being shown; a new one is typed twice.

    Raises:
        PassphraseNeeded: it is not in the environment and there is no terminal.
        PassphrasesDiffer: a new one was not typed the same twice.
    """
    known = os.environ.get(name)
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise PassphraseNeeded(name=name)
    import getpass

    words = "New passphrase: " if name != "CLIENTELE_PASSPHRASE" else "Passphrase of the book: "
    typed = getpass.getpass(words, sys.stderr)
    if new and getpass.getpass("The same again: ", sys.stderr) != typed:
        raise PassphrasesDiffer
    return typed


def _open(path: Path, by_paper: bool) -> Store:
    from clientele.services.opening import open_as_kept, open_by_recovery_key

    if by_paper and (typed := os.environ.get("CLIENTELE_RECOVERY_KEY")):
        return open_by_recovery_key(path, typed, vault=None, keep=False)
    return open_as_kept(path, passphrase)


def _language() -> str:
    import locale

    tag = (locale.getlocale()[0] or "").partition(".")[0]
    return tag if tag[:2] in ("en", "de", "nl") else ""
