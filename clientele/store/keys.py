"""Where does the key of a book come from, where is it kept, and how is it found again?

The recovery key on paper is the root: the data key that SQLCipher uses is derived from it, so
the paper alone always opens the book and every copy of it. For daily use the data key is kept in
the system's keyring, under the book's own head so that a moved book keeps its key; where no
keyring works, a passphrase wraps it in a small file beside the book. See
docs/decisions/0007-the-recovery-key-is-the-root.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientele.store import proof, recovery
from clientele.store.beside import wrapped_file
from clientele.store.engine import look_at
from clientele.store.errors import StoreRefusal
from clientele.system.paths import private_folder, sync_folder
from clientele.system.secrets import Vault, VaultUnavailable

_INFO = b"clientele data key v1"
_LANES, _ROUNDS, _MEMORY_KIB = 4, 3, 65_536
"""RFC 9106, section 4, second recommendation: 64 MiB and three rounds."""
_MEMORY_LIMIT_KIB = 1_048_576


class KeyringLost(StoreRefusal):
    """The keyring does not have the key of this book, or has a wrong one, or does not answer."""

    template = (
        "The keyring of this computer no longer has the key of your book. Nothing is lost: "
        "type the recovery key that was printed at the start, and everything is as it was."
    )


class KeyringRefused(StoreRefusal):
    """The keyring does not take the key."""

    template = (
        "The keyring of this computer did not take the key of your book. Nothing was changed; "
        "unlock the keyring and do it again, or choose a passphrase instead."
    )


class WrongPassphrase(StoreRefusal):
    """The passphrase does not open the book."""

    template = (
        "This passphrase does not open the book. Nothing was changed; "
        "try again, or use the recovery key that was printed at the start."
    )


class PassphraseLost(StoreRefusal):
    """There is no file that a passphrase could open, or it is damaged or another book's."""

    template = (
        "The file {path}, which your passphrase opens, is missing or damaged. Nothing is lost: "
        "type the recovery key that was printed at the start, then choose a passphrase again."
    )


class EmptyPassphrase(StoreRefusal):
    """A passphrase of nothing protects nothing."""

    template = (
        "The passphrase is empty. Nothing was changed; choose a few words that you will know."
    )


class WrongRecoveryKey(StoreRefusal):
    """A recovery key, but of another book."""

    template = (
        "This recovery key was read without a mistake, but it belongs to another book than {path}. "
        "Nothing was changed; look for the paper of this book, or choose the other file."
    )


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new book needs, made before the book is."""

    recovery_key: str
    """To be shown once and printed: seven groups of four signs."""
    data_key: bytes
    """32 bytes, for ``create_store`` and for the vault or the passphrase."""
    salt: bytes
    """16 bytes, the head of the file to be: for ``create_store(salt=…)`` and ``remember``."""


def new_key() -> NewKey:
    """Make the keys of a new book from the system's randomness."""
    secret = secrets.token_bytes(recovery.SECRET_SIZE)
    return NewKey(recovery.written(secret), derived(secret), secrets.token_bytes(proof.SALT_SIZE))


def derived(secret: bytes) -> bytes:
    """The data key of a recovery secret: HKDF-SHA256 (RFC 5869), no salt, one block."""
    fixed = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(fixed, _INFO + b"\x01", hashlib.sha256).digest()


def remember(salt: bytes, data_key: bytes, vault: Vault) -> None:
    """Keep the data key of the book with this head in the keyring. Raises ``KeyringRefused``."""
    try:
        vault.set(salt.hex(), data_key)
    except VaultUnavailable as error:
        raise KeyringRefused from error


def forget(salt: bytes, vault: Vault) -> None:
    """Take the data key of the book with this head out of the keyring."""
    vault.delete(salt.hex())


def unlock_by_keyring(path: Path, vault: Vault) -> bytes:
    """The data key of the book at ``path`` from the keyring.

    Raises ``KeyringLost`` if the keyring has none or a wrong one or does not answer: ask for the
    recovery key then, and ``remember`` it anew. Raises what ``look_at`` does for the file itself.
    """
    salt = look_at(path)
    try:
        data_key = vault.get(salt.hex())
    except VaultUnavailable as error:
        raise KeyringLost from error
    if data_key is None or not proof.fits(path, data_key):
        raise KeyringLost
    return data_key


def unlock_by_recovery_key(path: Path, typed: str) -> bytes:
    """The data key of the book at ``path`` from the recovery key as typed.

    Raises ``MistypedRecoveryKey`` for a misread key and ``WrongRecoveryKey`` for another book's.
    """
    look_at(path)
    data_key = derived(recovery.read(typed))
    if not proof.fits(path, data_key):
        raise WrongRecoveryKey(path=path)
    return data_key


def set_passphrase(path: Path, salt: bytes, data_key: bytes, passphrase: str) -> None:
    """Let ``passphrase`` open the book with this head at ``path``, instead of a former one.

    Written whole or not at all, for this user alone. Raises ``EmptyPassphrase``.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise EmptyPassphrase
    stretch: dict[str, Any] = {
        "form": 1,
        "kdf": "argon2id",
        "salt": secrets.token_hex(16),
        "rounds": _ROUNDS,
        "memory_kib": _MEMORY_KIB,
        "lanes": _LANES,
    }
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(_stretched(passphrase, stretch)).encrypt(nonce, data_key, salt)
    content = json.dumps({**stretch, "nonce": nonce.hex(), "wrapped": wrapped.hex()}, indent=1)
    _write_private(wrapped_file(path), content.encode())


def unlock_by_passphrase(path: Path, passphrase: str) -> bytes:
    """The data key of the book at ``path`` from its passphrase; takes about a tenth of a second.

    Raises ``WrongPassphrase``, or ``PassphraseLost`` where the file beside the book is of no use:
    ask for the recovery key then, and ``set_passphrase`` anew.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt = look_at(path)
    file = wrapped_file(path)
    try:
        kept = json.loads(file.read_bytes())
        nonce, wrapped = bytes.fromhex(kept["nonce"]), bytes.fromhex(kept["wrapped"])
        sound = len(nonce) == 12 and len(wrapped) == 48 and kept["memory_kib"] <= _MEMORY_LIMIT_KIB
        key = _stretched(passphrase, kept) if sound else b""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PassphraseLost(path=file) from error
    if not sound:
        raise PassphraseLost(path=file)
    try:
        data_key = AESGCM(key).decrypt(nonce, wrapped, salt)
    except InvalidTag:
        raise WrongPassphrase from None
    if not proof.fits(path, data_key):
        raise PassphraseLost(path=file)
    return data_key


def _stretched(passphrase: str, how: dict[str, Any]) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    if how["kdf"] != "argon2id" or how["form"] != 1:
        raise ValueError("a form of wrapping that is not known")
    try:
        return hash_secret_raw(
            unicodedata.normalize("NFC", passphrase).encode(),
            bytes.fromhex(how["salt"]),
            time_cost=int(how["rounds"]),
            memory_cost=int(how["memory_kib"]),
            parallelism=int(how["lanes"]),
            hash_len=32,
            type=Type.ID,
        )
    except HashingError as error:
        raise ValueError("parameters that cannot be used") from error


def _write_private(path: Path, content: bytes) -> None:
    unfinished = private_folder(path.parent) / (path.name + ".new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)
