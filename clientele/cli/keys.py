"""``clientele key``: check the paper, make a new recovery key, choose what opens the book."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import closing

from clientele.cli.book import book_path, opened, passphrase
from clientele.cli.output import result, say
from clientele.domain.errors import Refusal
from clientele.services import keys
from clientele.services.opening import key_on_paper, safe_vault
from clientele.store import slots
from clientele.store.beside import claim, user
from clientele.store.session import open_store
from clientele.system.clock import Clock
from clientele.system.memory import wipe

NEW = "CLIENTELE_NEW_PASSPHRASE"


class KeyNeeded(Refusal):
    """Nobody is there to be asked."""

    template = (
        "The recovery key is needed, and there is no terminal to ask for it. "
        "Nothing was changed; put it into CLIENTELE_RECOVERY_KEY."
    )


def key(arguments: argparse.Namespace, clock: Clock) -> int:
    """Run one of the ways."""
    ways: dict[str, Callable[[argparse.Namespace, Clock], int]] = {
        "check": _check,
        "rotate": _rotate,
        "passphrase": _passphrase,
        "keyring": _keyring,
    }
    return ways[arguments.way](arguments, clock)


def _check(arguments: argparse.Namespace, clock: Clock) -> int:
    """Say how the book is opened, and with 1 that the key on paper is not this book's."""
    with opened(book_path(arguments), by_paper=False) as store:
        state = keys.key_state(store)
        if state.by_keyring:
            say(f"The keyring of {state.me} opens the book.")
        else:
            say(f"The keyring of {state.me} does not open the book.")
        for slot in state.slots:
            say(f"A passphrase of {slot.label or 'whoever began the book'} opens the book.")
        right = keys.is_our_paper(store, _typed_key(), now=clock.now())
    if right:
        result("The recovery key is right: it opens this book.")
        return 0
    result("This recovery key belongs to another book, or to this one before its key was changed.")
    return 1


def _rotate(arguments: argparse.Namespace, clock: Clock) -> int:
    path = book_path(arguments)
    with claim(path):
        with opened(path) as store:
            data_key, salt = bytearray(store.data_key), store.salt
            state = keys.key_state(store)
        vault = None if state.mine and not state.by_keyring else safe_vault()
        secret = ""
        if vault is None:
            new = NEW in os.environ or state.mine is None
            secret = passphrase(new=new, name=NEW) if new else passphrase()
            if not new and not slots.opens(path, salt, secret, user()):
                raise keys.NotTheFormer  # mistyped, it would be the new one
        renewed = keys.renew(
            path, data_key, vault=vault, passphrase=secret, now=clock.now(), told=_told()
        )
        wipe(data_key)
        say(f"{path} has a new key, kept by {'the keyring' if vault else 'your passphrase'}.")
        say("This is the new recovery key. Print it and keep it away from the computer. The old")
        say("paper opens only the copies that were made before, so keep it as long as you keep")
        say("those. Everybody else on this computer types the new key once:")
        result(renewed.recovery_key)
        sys.stdout.flush()
        with closing(open_store(path, renewed.data_key)) as store:
            key_on_paper(store)
        wipe(renewed.data_key)
    return 0


def _passphrase(arguments: argparse.Namespace, clock: Clock) -> int:
    path, label = book_path(arguments), arguments.label or user()
    with opened(path) as store:
        if arguments.remove:
            keys.remove_passphrase(store, label, now=clock.now())
            say(f"No passphrase of {label} opens {path} any more.")
            return 0
        taken = any(one.label in ("", label) for one in keys.key_state(store).slots)
        former = passphrase() if taken else ""
        what = keys.NewPassphrase(passphrase(new=True, name=NEW), former, label)
        if label == user():
            keys.out_of_keyring(store, what, now=clock.now())
        else:
            keys.set_passphrase(store, what, now=clock.now())
    say(f"From now on this passphrase of {label} opens {path}.")
    return 0


def _keyring(arguments: argparse.Namespace, clock: Clock) -> int:
    path = book_path(arguments)
    with opened(path) as store:
        keys.into_keyring(store, now=clock.now())
    say(f"From now on the keyring of {user()} opens {path}.")
    return 0


def _typed_key() -> str:
    """From ``CLIENTELE_RECOVERY_KEY``, else typed, without being shown."""
    known = os.environ.get("CLIENTELE_RECOVERY_KEY")
    if known is not None:
        return known
    if not sys.stdin.isatty():
        raise KeyNeeded
    import getpass

    return getpass.getpass("Recovery key on paper: ", sys.stderr)


def _told() -> Callable[[int, int], None]:
    """How much is done, in steps of ten of a hundred."""
    said = [-1]

    def told(done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth > said[0] and sys.stderr.isatty():
            said[0] = tenth
            say(f"{10 * tenth} %")

    return told
