"""Where does the key of a book come from, where is it kept, and how is it found again?

The recovery key on paper is the root: the data key that SQLCipher uses is derived from it, so
the paper alone always opens the book and every copy of it. For daily use the data key is kept in
the system's keyring, under the book's own head so that a moved book keeps its key; where no
keyring works, a passphrase wraps it in a small file beside the book (``store.slots``). See
docs/decisions/0007-the-recovery-key-is-the-root.md and 0041.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from clientele.store import proof, recovery
from clientele.store.engine import look_at
from clientele.store.errors import StoreRefusal
from clientele.system.memory import wipe
from clientele.system.secrets import (
    Vault,
    VaultAbsent,
    VaultLocked,
    VaultOdd,
    VaultSlow,
    VaultUnavailable,
)

_INFO = b"clientele data key v1"
KEY_SIZE = 32


class KeyringLost(StoreRefusal):
    """The keyring does not give us the key of this book. The kinds below say why."""

    template = (
        "The keyring of this computer no longer has the key of your book. Nothing is lost: "
        "type the recovery key that was printed at the start, and everything is as it was."
    )


class KeyringAbsent(KeyringLost):
    """There is none, or none that is safe."""

    template = (
        "This computer shows no keyring that keeps keys safely. Nothing is lost: "
        "type the recovery key that is on paper, then choose a passphrase for the next start."
    )


class KeyringLocked(KeyringLost):
    """Nobody unlocked it."""

    template = (
        "The keyring of this computer is locked and was not unlocked. Nothing is lost: "
        "try again and unlock it, or type the recovery key that is on paper."
    )


class KeyringSlow(KeyringLost):
    """No answer in time."""

    template = (
        "The keyring of this computer gave no answer for too long. Nothing is lost: "
        "try again, or type the recovery key that is on paper."
    )


class KeyringFailed(KeyringLost):
    """It ended with an error."""

    template = (
        "The keyring of this computer answered with an error. Nothing is lost: "
        "try again, or type the recovery key that is on paper."
    )


class KeyringOdd(KeyringLost):
    """What it answered is no key."""

    template = (
        "What the keyring of this computer has under the name of your book is no key. Nothing is "
        "lost: type the recovery key that is on paper, and the right key is kept there again."
    )


class KeyringChanged(KeyringLost):
    """A key, but not this book's."""

    template = (
        "The keyring of this computer has another key under the name of your book; something "
        "changed it. Nothing is lost: type the recovery key that is on paper, and the right key "
        "is kept there again."
    )


class KeyringRefused(StoreRefusal):
    """The keyring does not take the key."""

    template = (
        "The keyring of this computer did not take the key of your book. Nothing was changed; "
        "unlock the keyring and do it again, or choose a passphrase instead."
    )


_WHY: dict[type[VaultUnavailable], type[KeyringLost]] = {
    VaultAbsent: KeyringAbsent,
    VaultLocked: KeyringLocked,
    VaultSlow: KeyringSlow,
    VaultOdd: KeyringOdd,
}


def why_lost(error: VaultUnavailable) -> KeyringLost:
    """What a keyring that gives no key says to a person."""
    return _WHY.get(type(error), KeyringFailed)()


class WrongRecoveryKey(StoreRefusal):
    """A recovery key, but of another book."""

    template = (
        "This recovery key was read without a mistake, but it belongs to another book than {path}. "
        "Nothing was changed; look for the paper of this book, or choose the other file."
    )


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new book needs, made before the book is. Not shown where it is printed."""

    recovery_key: str = field(repr=False)
    """To be shown once and printed: seven groups of four signs."""
    data_key: bytearray = field(repr=False)
    """32 bytes, for ``create_store`` and for the vault or the passphrase; to be wiped after."""
    salt: bytes
    """16 bytes, the head of the file to be: for ``create_store(salt=…)`` and ``remember``."""


def new_key() -> NewKey:
    """Make the keys of a new book from the system's randomness."""
    secret = bytearray(secrets.token_bytes(recovery.SECRET_SIZE))
    try:
        return NewKey(
            recovery.written(secret), derived(secret), secrets.token_bytes(proof.SALT_SIZE)
        )
    finally:
        wipe(secret)


def derived(secret: bytes | bytearray) -> bytearray:
    """The data key of a recovery secret: HKDF-SHA256 (RFC 5869), no salt, one block."""
    fixed = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return bytearray(hmac.new(fixed, _INFO + b"\x01", hashlib.sha256).digest())


def remember(salt: bytes, data_key: bytes | bytearray, vault: Vault) -> None:
    """Keep the data key of the book with this head in the keyring, and read it back.

    Raises ``KeyringRefused``, also where it lost or changed what it was given.
    """
    try:
        vault.set(salt.hex(), data_key)
        kept = vault.look(salt.hex())
    except VaultUnavailable as error:
        raise KeyringRefused from error
    same = kept == data_key
    wipe(kept or bytearray())
    if not same:
        raise KeyringRefused


def forget(salt: bytes, vault: Vault) -> None:
    """Take the data key of the book with this head out of the keyring."""
    vault.delete(salt.hex())


def is_kept(salt: bytes, data_key: bytes | bytearray, vault: Vault) -> bool:
    """Whether the keyring has this key of the book with this head; the book is not looked into."""
    try:
        kept = vault.look(salt.hex())
    except VaultUnavailable:
        return False
    same = kept is not None and hmac.compare_digest(kept, data_key)
    wipe(kept or bytearray())
    return same


def unlock_by_keyring(path: Path, vault: Vault) -> bytearray:
    """The data key of the book at ``path`` from the keyring.

    Raises a kind of ``KeyringLost`` that says why, if the keyring has none or a wrong one or does
    not answer: ask for the recovery key then, and ``remember`` it anew. Raises what ``look_at``
    does for the file itself.
    """
    salt = look_at(path)
    try:
        data_key = vault.look(salt.hex())
    except VaultUnavailable as error:
        raise why_lost(error) from error
    if data_key is None:
        raise KeyringLost
    if len(data_key) != KEY_SIZE:
        raise KeyringOdd
    if not proof.fits(path, data_key):
        wipe(data_key)
        raise KeyringChanged
    return data_key


def unlock_by_recovery_key(path: Path, typed: str) -> bytearray:
    """The data key of the book at ``path`` from the recovery key as typed.

    Raises ``MistypedRecoveryKey`` for a misread key and ``WrongRecoveryKey`` for another book's.
    """
    look_at(path)
    data_key = derived(recovery.read(typed))
    if not proof.fits(path, data_key):
        raise WrongRecoveryKey(path=path)
    return data_key
