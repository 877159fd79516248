"""``clientele init``: a new book, and the recovery key on stdout to be printed."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing

from clientele.cli.book import book_path, passphrase
from clientele.cli.output import result, say
from clientele.domain.rules.pin_rules import check_chosen
from clientele.domain.team import Role
from clientele.services.opening import FirstAssociate, begin_book, key_on_paper, safe_vault
from clientele.services.team import SetUpStore
from clientele.store.beside import claim
from clientele.store.errors import BookExists
from clientele.system.clock import Clock
from clientele.system.region import local_region


def init(arguments: argparse.Namespace, clock: Clock) -> int:
    """Make the book; what is not told about the store is taken from this machine's settings."""
    path = book_path(arguments)
    if path.exists():
        raise BookExists(path=path)
    region = local_region(clock.now().date())
    store = SetUpStore(
        name=arguments.store,
        currency=(arguments.currency or region.currency).upper(),
        country=(arguments.country or region.country).upper(),
        time_zone=arguments.time_zone or region.time_zone,
    )
    first = FirstAssociate(arguments.associate, arguments.department, _pin(), Role.STORE_MANAGER)
    if first.pin:
        check_chosen(first.pin, role=first.role)
    vault = safe_vault()
    secret = "" if vault else passphrase(new=True)
    kept = "the keyring of this computer" if vault else "your passphrase"
    with claim(path):
        begun = begin_book(path, store, first, vault=vault, passphrase=secret, now=clock.now())
        with closing(begun.store):
            say(f"Made {path}, opened by {kept}.")
            say(f"Its store: {store.currency}, {store.country}, {store.time_zone}.")
            if not first.pin:
                say("The associate has no PIN yet; the window asks for one at the first sign-in.")
            say("This is the recovery key. Print it and keep it away from the computer; it is the")
            say("only way back if the keyring or the passphrase is lost, and not shown again:")
            result(begun.recovery_key)
            sys.stdout.flush()
            key_on_paper(begun.store)
    return 0


def _pin() -> str:
    known = os.environ.get("CLIENTELE_PIN")
    if known is not None or not sys.stdin.isatty():
        return known or ""
    import getpass

    return getpass.getpass("PIN of the associate (6 to 8 digits, empty for none yet): ", sys.stderr)
