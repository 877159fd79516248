"""Is there a safe of the system that keeps a key for us, and what is in it?

The system's keyring may be absent, locked, or fail at any call; some of its stand-ins lose what
they are given or write it down in plain text. So only keyrings known to encrypt are accepted,
each is proven by a round trip before it is trusted, every call runs beside the caller with a
limit, and whatever goes wrong is one exception, of a few kinds. One call is made at a time: one
that was given up still stands before the next, so that what it does late undoes nothing newer.
``keyring`` takes 175 ms to import and is only imported when a vault is asked for.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from threading import Lock, Thread
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

_LOCKED = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
"""How ``keyring`` and ``secretstorage`` say that nobody unlocked it."""

Answer = TypeVar("Answer")

_turn = Lock()
"""Held by the call that is under way, also after nobody waits for it any more."""


class VaultUnavailable(Exception):
    """The system's keyring cannot be used; the kinds below say why."""


class VaultAbsent(VaultUnavailable):
    """There is none, or none that is known to be safe."""


class VaultLocked(VaultUnavailable):
    """It is locked, and nobody unlocked it."""


class VaultSlow(VaultUnavailable):
    """It did not answer in time, or an earlier call still waits for its answer."""


class VaultFailed(VaultUnavailable):
    """It ended with an error of its own."""


class VaultOdd(VaultUnavailable):
    """What it answered is nothing that we keep there, or it does not keep what it is given."""


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

    def look(self, account: str) -> bytearray | None:
        """What is kept under ``account``, to be wiped after use; None if there is nothing.

        Raises ``VaultOdd`` for what none of ours can be.
        """
        kept: object = _in_time(
            lambda: self._backend.get_password(SERVICE, account), self._patience
        )
        if kept is None:
            return None
        if not isinstance(kept, str):
            raise VaultOdd("it does not answer with text")
        try:
            return bytearray.fromhex(kept)
        except ValueError:
            raise VaultOdd("it answers with what is no key") from None

    def get(self, account: str) -> bytes | None:
        """The key kept under ``account``; None if there is none, or none of ours."""
        try:
            kept = self.look(account)
        except VaultOdd:
            return None
        return None if kept is None else bytes(kept)

    def set(self, account: str, key: bytes | bytearray) -> None:
        """Keep ``key`` under ``account``, in place of what was there."""
        _in_time(lambda: self._backend.set_password(SERVICE, account, key.hex()), self._patience)

    def delete(self, account: str) -> None:
        """Forget what is kept under ``account``; nothing happens if there is nothing."""
        kept = _in_time(lambda: self._backend.get_password(SERVICE, account), self._patience)
        if kept is not None:
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
        raise VaultOdd("it does not keep what it is given")
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
    raise VaultAbsent(f"{_name(chosen)} is not known to be safe")


def _name(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def _in_time(ask: Callable[[], Answer], patience: float) -> Answer:
    """What ``ask`` answers, from a thread of its own that is left behind if it takes too long."""
    answers: list[Answer] = []
    errors: list[BaseException] = []
    end = time.monotonic() + patience
    if not _turn.acquire(timeout=patience):
        raise VaultSlow("an earlier call still waits for its answer")

    def run() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # a keyring may raise anything at all
            errors.append(error)
        finally:
            _turn.release()

    thread = Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(max(0.0, end - time.monotonic()))
    if errors:
        raise _kind_of(errors[0]) from None
    if not answers:
        raise VaultSlow(f"no answer within {patience:g} seconds")
    return answers[0]


def _kind_of(error: BaseException) -> VaultUnavailable:
    """What an error of a keyring comes to.

    What it says may quote what was asked of it, so only the name of its kind is told.
    """
    if isinstance(error, VaultUnavailable):
        return type(error)(*error.args)
    names = {kind.__name__ for kind in type(error).__mro__}
    return (VaultLocked if names & _LOCKED else VaultFailed)(type(error).__name__)
