"""Is there a safe of the system that keeps a key for us, and what is in it?

The system's keyring may be absent, locked, or fail at any call; some of its stand-ins lose what
they are given or write it down in plain text. So only keyrings known to encrypt are accepted,
each is proven by a round trip before it is trusted, every call runs beside the caller with a
limit, and whatever goes wrong is one exception. ``keyring`` takes 175 ms to import and is only
imported when a vault is asked for.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from threading import Thread
from typing import Any, Protocol, TypeVar

SERVICE = "Clientele"
PATIENCE = 60.0
"""Seconds for one call: the system may be asking for the password of the keyring meanwhile."""

_SAFE = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    }
)
_CHAIN = "keyring.backends.chainer.ChainerBackend"

Answer = TypeVar("Answer")


class VaultUnavailable(Exception):
    """The system's keyring is not there, not safe, or does not answer."""


class Backend(Protocol):
    """What we use of a keyring."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class Vault:
    """The system's keyring, for keys of ours. Every method raises ``VaultUnavailable`` alone.

    To be called off the GUI thread: a call may wait until the user has unlocked the keyring.
    """

    def __init__(self, backend: Backend, patience: float = PATIENCE) -> None:
        self._backend = backend
        self._patience = patience

    def get(self, account: str) -> bytes | None:
        """The key kept under ``account``; None if there is none, or none of ours."""
        kept = _in_time(lambda: self._backend.get_password(SERVICE, account), self._patience)
        try:
            return None if kept is None else bytes.fromhex(kept)
        except ValueError:
            return None

    def set(self, account: str, key: bytes) -> None:
        """Keep ``key`` under ``account``, in place of what was there."""
        _in_time(lambda: self._backend.set_password(SERVICE, account, key.hex()), self._patience)

    def delete(self, account: str) -> None:
        """Forget what is kept under ``account``; nothing happens if there is nothing."""
        if self.get(account) is not None:
            _in_time(lambda: self._backend.delete_password(SERVICE, account), self._patience)


def working_vault(patience: float = PATIENCE) -> Vault:
    """The system's keyring, proven by keeping, reading and deleting a random value.

    Raises ``VaultUnavailable`` where there is none that is safe and works; ask for a passphrase
    then. ``patience`` is in seconds, for each call.
    """
    vault = vault_as_it_is(patience)
    account, value = f"probe-{secrets.token_hex(8)}", secrets.token_bytes(32)
    vault.set(account, value)
    found = vault.get(account)
    vault.delete(account)
    if found != value or vault.get(account) is not None:
        raise VaultUnavailable("it does not keep what it is given")
    return vault


def vault_as_it_is(patience: float = PATIENCE) -> Vault:
    """The system's keyring without the proof, for reading what was kept in it before.

    Raises ``VaultUnavailable`` where there is none that is safe. ``patience`` as above.
    """
    return Vault(_in_time(_safe_backend, patience), patience)


def _safe_backend() -> Backend:
    import keyring

    chosen: Any = keyring.get_keyring()
    candidates = chosen.backends if _name(chosen) == _CHAIN else (chosen,)
    for backend in candidates:
        if _name(backend) in _SAFE:
            found: Backend = backend
            return found
    raise VaultUnavailable(f"{_name(chosen)} is not known to be safe")


def _name(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _in_time(ask: Callable[[], Answer], patience: float) -> Answer:
    """What ``ask`` answers, from a thread of its own that is left behind if it takes too long."""
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # a keyring may raise anything at all
            errors.append(error)

    thread = Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(patience)
    if errors:
        # What it says may quote what was asked of it, so only the kind of error is told.
        raise VaultUnavailable(type(errors[0]).__name__) from None
    if not answers:
        raise VaultUnavailable(f"no answer within {patience:g} seconds")
    return answers[0]
