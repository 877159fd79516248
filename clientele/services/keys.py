"""The keys of a book that is in use: who opens it how, another passphrase, another recovery key.

The recovery key on paper is the root (docs/decisions/0007 and 0041). Beside it each user of this
machine opens the book by the keyring or by a passphrase of their own. Whatever is done here may
wait for the keyring: off the window's thread, and never inside of a write.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import ACTING, SET_UP, Acting, Right
from clientele.domain.tables import Associate, Draft
from clientele.domain.team import Role
from clientele.services.acting import acting as acting_of
from clientele.services.acting import require, require_at_the_door
from clientele.services.audit import record
from clientele.services.opening import UNSEEN_KEY, forget_of_rekey
from clientele.store import copies, keys, recovery, slots
from clientele.store.beside import user
from clientele.store.errors import StoreRefusal
from clientele.store.rekey import rekey, tidied
from clientele.store.session import Store
from clientele.store.slots import Slot
from clientele.system.memory import wipe
from clientele.system.secrets import Vault, VaultUnavailable, vault_as_it_is, working_vault

SHORTEST = 8
"""Characters of a passphrase; a PIN is slowed down by the program, this by its stretching alone."""


class ShortPassphrase(Refusal):
    """Few signs are soon guessed."""

    template = (
        "That passphrase is short. Nothing was changed; choose a few words that you will know."
    )


class NotTheFormer(Refusal):
    """Who changes a passphrase types the one that holds now."""

    template = (
        "The passphrase that opens the book now is another. Nothing was changed; type it once "
        "more, or close the window and open the book with the recovery key."
    )


@dataclass(frozen=True, slots=True)
class KeyState:
    """How the book is opened on this machine."""

    by_keyring: bool
    """Whether this user's keyring has its key."""
    keyring_says: str
    """Why not, as the template of a refusal; empty where it has it."""
    keyring_works: bool
    """Whether it could have it."""
    slots: tuple[Slot, ...]
    """Who opens it by a passphrase."""
    me: str
    """What this machine calls its user."""

    @property
    def mine(self) -> Slot | None:
        """My own passphrase."""
        return next((one for one in self.slots if one.mine), None)


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """A passphrase for whoever is called ``label`` on this machine, else for its user."""

    passphrase: str = field(repr=False)
    former: str = field(default="", repr=False)
    """The one that holds now, where there is one."""
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a new recovery key comes to."""

    recovery_key: str = field(repr=False)
    """For the paper; it is also in the book until ``opening.key_on_paper``."""
    data_key: bytearray = field(repr=False)
    """The book's new one, to open it again; to be wiped after."""


FindVault = Callable[[], Vault]


def key_state(
    store: Store, *, acting: Acting = SET_UP, find_vault: FindVault = vault_as_it_is
) -> KeyState:
    """Look how the book is opened. Raises ``NotAllowed``."""
    require_at_the_door(store, Right.KEYS, acting=acting)
    says, works = "", True
    try:
        kept = find_vault().look(store.salt.hex())
    except VaultUnavailable as error:
        kept, says, works = None, keys.why_lost(error).template, False
    has = kept is not None and hmac.compare_digest(kept, store.data_key)
    if not has and works:
        says = (keys.KeyringLost if kept is None else keys.KeyringChanged).template
    wipe(kept or bytearray())
    return KeyState(has, says, works, slots.slots_of(store.path, store.salt), user())


def is_our_paper(store: Store, typed: str, *, now: datetime, acting: Acting = SET_UP) -> bool:
    """Whether the recovery key as typed is this book's; nothing is changed but the trail.

    Raises ``MistypedRecoveryKey`` for what is none, ``NotAllowed``.
    """
    require_at_the_door(store, Right.KEYS, acting=acting)
    found = keys.derived(recovery.read(typed))
    same = hmac.compare_digest(found, store.data_key)
    wipe(found)
    _record(store, "check_recovery_key", acting, now)
    return same


def set_passphrase(
    store: Store, what: NewPassphrase, *, now: datetime, acting: Acting = SET_UP
) -> None:
    """Let a passphrase open the book, in place of a former one of the same person.

    Raises ``ShortPassphrase``, ``NotTheFormer``, ``TooManySlots``, ``NotAllowed``.
    """
    require_at_the_door(store, Right.KEYS, acting=acting)
    label = user() if what.label is None else what.label.strip()
    check_passphrase(what.passphrase)
    taken = any(one.label in ("", label) for one in slots.slots_of(store.path, store.salt))
    if taken and not slots.opens(store.path, store.salt, what.former, label):
        raise NotTheFormer
    slots.set_passphrase(
        store.path, store.salt, store.data_key, what.passphrase, label=label or None
    )
    _record(store, "change_passphrase", acting, now)


def remove_passphrase(
    store: Store,
    label: str,
    *,
    now: datetime,
    acting: Acting = SET_UP,
    find_vault: FindVault = vault_as_it_is,
) -> None:
    """Let somebody's passphrase open the book no more.

    Raises ``LastWayIn`` where nothing but the paper would open it then, ``NoSuchSlot``.
    """
    state = key_state(store, acting=acting, find_vault=find_vault)
    if not state.by_keyring and all(one.label == label for one in state.slots):
        raise slots.LastWayIn if state.slots else slots.NoSuchSlot(label=label)
    slots.remove_passphrase(store.path, store.salt, label)
    _record(store, "remove_passphrase", acting, now)


def into_keyring(
    store: Store,
    *,
    now: datetime,
    acting: Acting = SET_UP,
    find_vault: FindVault = working_vault,
) -> None:
    """Let the keyring open the book for this user from now on, not their passphrase.

    Raises ``KeyringRefused`` or a kind of ``KeyringLost``; the passphrase then stays.
    """
    require_at_the_door(store, Right.KEYS, acting=acting)
    try:
        vault = find_vault()
    except VaultUnavailable as error:
        raise keys.why_lost(error) from error
    keys.remember(store.salt, store.data_key, vault)
    for one in slots.slots_of(store.path, store.salt):
        if one.mine:
            slots.remove_passphrase(store.path, store.salt, one.label)
    _record(store, "use_keyring", acting, now)


def out_of_keyring(
    store: Store,
    what: NewPassphrase,
    *,
    now: datetime,
    acting: Acting = SET_UP,
    find_vault: FindVault = vault_as_it_is,
) -> None:
    """Let a passphrase open the book for this user from now on, not the keyring."""
    set_passphrase(store, what, now=now, acting=acting)
    with suppress(VaultUnavailable):  # one that is gone opens nothing either
        keys.forget(store.salt, find_vault())


def check_passphrase(passphrase: str) -> None:
    """Raise ``EmptyPassphrase`` or ``ShortPassphrase``."""
    if not passphrase:
        raise slots.EmptyPassphrase
    if len(passphrase) < SHORTEST:
        raise ShortPassphrase


def renew(
    path: Path,
    data_key: bytes | bytearray,
    *,
    vault: Vault | None,
    passphrase: str = "",
    now: datetime,
    acting: Acting = SET_UP,
    told: Callable[[int, int], None] = lambda *_: None,
    leave: Callable[[], bool] = lambda: False,
) -> Renewed:
    """Give the closed book at ``path`` a new recovery key, and with it a new data key.

    The whole file is encrypted anew (``store.rekey``). For this user it is kept in ``vault``, or
    wrapped by ``passphrase`` where that is None; everybody else on this machine types the new
    recovery key once. Copies made before still open with the old one, and one is made first.

    Raises ``NotAllowed``, ``EmptyPassphrase``, ``ShortPassphrase``, ``KeyringRefused``,
    ``Cancelled`` and the refusals of ``store.rekey``; the book is then as it was.
    """
    if vault is None:
        check_passphrase(passphrase)
    new = keys.new_key()

    def fill(session: Session) -> None:
        session.info[ACTING] = acting
        require(session, Right.KEYS)
        session.execute(delete(Draft).where(col(Draft.place) == UNSEEN_KEY))
        session.add(
            Draft(
                associate_id=acting.associate_id or _somebody(session),
                place=UNSEEN_KEY,
                body=new.recovery_key,
                typed_at=now,
            )
        )
        session.flush()
        record(session, "new_recovery_key", now=now)

    def keep() -> None:
        if vault is not None:
            keys.remember(new.salt, new.data_key, vault)
        else:
            slots.set_passphrase(path, new.salt, new.data_key, passphrase)

    copies.make(path, data_key, Why.KEYS, now=now, told=told, leave=leave)
    try:
        rekey(path, data_key, new, fill=fill, keep=keep, told=told, leave=leave)
    except BaseException:
        _forget(path, vault)
        raise
    _forget(path, vault)
    return Renewed(new.recovery_key, new.data_key)


def proven_vault() -> Vault:
    """The keyring, to keep a new key in. Raises ``KeyringRefused``."""
    try:
        return working_vault()
    except VaultUnavailable as error:
        raise keys.KeyringRefused from error


def _forget(path: Path, vault: Vault | None) -> None:
    """Forget the key that is of no use any more; what cannot be done now, the next start does."""
    with suppress(VaultUnavailable, StoreRefusal, OSError):
        tidied(path, forget_of_rekey(path, vault_as_it_is if vault is None else lambda: vault))


def _somebody(session: Session) -> int:
    """A store manager, else anybody: whoever set up runs commands and is no associate."""
    manages = (col(Associate.role) == Role.STORE_MANAGER) & col(Associate.active)
    found = session.execute(
        select(col(Associate.id)).order_by(manages.desc(), col(Associate.id)).limit(1)
    ).scalar_one()
    return int(found or 0)


def _record(store: Store, act: str, acting: Acting, now: datetime) -> None:
    with store.write(acting=acting) as session:
        assert acting_of(session) == acting
        record(session, act, now=now)
