"""Beginning a book and opening one: its keys, its first associate, and a key that was lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import SET_UP
from clientele.domain.tables import Client, Draft
from clientele.services.team import AddAssociate, SetUpStore, add_associate, check_store
from clientele.services.touch_rules import put_in_starting_rules
from clientele.store import keys, recovery, slots
from clientele.store.beside import asks_for_passphrase, has_passphrase
from clientele.store.engine import look_at
from clientele.store.errors import BookExists, StoreRefusal
from clientele.store.rekey import tidied
from clientele.store.session import Profile, Store, create_store, open_store
from clientele.system.memory import wipe
from clientele.system.paths import private_folder
from clientele.system.region import local_language
from clientele.system.secrets import (
    Vault,
    VaultAbsent,
    VaultUnavailable,
    vault_as_it_is,
    working_vault,
)

UNSEEN_KEY = "recovery key not yet on paper"
"""The place of the draft that holds the recovery key until somebody has it on paper.

A program that ends between making a book and showing its key would otherwise leave a book
without one. Whoever reads it there has opened the book already.
"""


@dataclass(frozen=True, slots=True)
class FirstAssociate:
    """Who sets up the book: they sign in with the PIN and may do everything."""

    name: str
    department: str
    pin: str = field(repr=False)
    role: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A book that was just made: open, with its first associate and the key for the paper."""

    store: Store
    associate_id: int
    recovery_key: str = field(repr=False)


def safe_vault() -> Vault | None:
    """The system's keyring if a round trip proves it, else None: a passphrase is needed then."""
    try:
        return working_vault()
    except VaultUnavailable:
        return None


def begin_book(
    path: Path,
    store: SetUpStore,
    first: FirstAssociate,
    *,
    vault: Vault | None,
    passphrase: str = "",
    now: datetime,
) -> Begun:
    """Make a book at ``path`` with its store and first associate.

    The key is kept in ``vault``, or wrapped by ``passphrase`` where there is none. Everything that
    can be refused is refused before the file is made.

    Raises:
        Refusal: a name, PIN, zone or currency cannot be taken, the passphrase is empty, or
            something stands at ``path``; nothing is left behind.
    """
    if path.exists() or path.is_symlink():
        raise BookExists(path=path)
    check_store(store)
    person = AddAssociate(first.name, first.department, first.pin, first.role)
    person.check()
    new = keys.new_key()
    _keep(path, new.salt, new.data_key, vault, passphrase)
    profile = Profile(
        store.currency.strip().upper(), store.country.strip().upper(), store.time_zone, store.name
    )
    made: list[int] = []

    def fill(session: Session) -> None:
        associate = add_associate(session, person, now=now).subject
        assert associate is not None
        made.append(associate)
        put_in_starting_rules(session, profile.currency, local_language(), now)
        session.add(
            Draft(associate_id=associate, place=UNSEEN_KEY, body=new.recovery_key, typed_at=now)
        )

    book = create_store(
        path,
        new.data_key,
        profile,
        now=now,
        salt=new.salt,
        # In the file before it has its name: a book without anybody could never be signed in to.
        fill=fill,
    )
    (associate_id,) = made
    wipe(new.data_key)
    return Begun(book, associate_id, new.recovery_key)


def unseen_key(store: Store) -> tuple[int, str] | None:
    """The associate who began the book and its recovery key, while that is not on paper."""
    with store.read(acting=SET_UP) as session:
        row = session.execute(
            select(col(Draft.associate_id), col(Draft.body)).where(col(Draft.place) == UNSEEN_KEY)
        ).first()
    return None if row is None else (row[0], row[1])


def is_empty(store: Store) -> bool:
    """Whether no client is in the book, as right after its beginning."""
    with store.read(acting=SET_UP) as session:
        return session.execute(select(col(Client.id)).limit(1)).first() is None


def key_on_paper(store: Store) -> None:
    """The recovery key was printed or written down: the book forgets it."""
    with store.write(acting=SET_UP) as session:
        session.execute(delete(Draft).where(col(Draft.place) == UNSEEN_KEY))


def open_by_vault(path: Path, *, find_vault: Callable[[], Vault] = vault_as_it_is) -> Store:
    """Open a book with the key that the system's keyring has.

    Raises:
        KeyringLost: it gives none or a wrong one, by its kind why; ``open_by_recovery_key`` goes
            on from there.
        Refusal: the file cannot be opened, and why.
    """
    look_at(path)
    try:
        vault = find_vault()
    except VaultUnavailable as error:
        raise keys.why_lost(error) from error
    try:
        data_key = keys.unlock_by_keyring(path, vault)
    except keys.KeyringChanged:
        from clientele.services.recovering import refuse_if_damaged

        refuse_if_damaged(path, vault.look(look_at(path).hex()))
        raise
    return _opened(path, data_key, lambda: vault)


def open_by_passphrase(path: Path, passphrase: str) -> Store:
    """Open a book with its passphrase.

    Raises:
        Refusal: the passphrase is wrong, its file is lost, or the book cannot be opened.
    """
    return _opened(path, slots.unlock_by_passphrase(path, passphrase))


def open_by_recovery_key(
    path: Path, typed: str, *, vault: Vault | None, passphrase: str = "", keep: bool = True
) -> Store:
    """Open a book with the key on paper, and keep the key for the next start as at the beginning.

    With ``keep`` false it is opened this once alone, which always works.

    Raises:
        KeyringRefused: ``vault`` does not take the key: choose a passphrase, with no vault.
        Refusal: the key was misread or is another book's, the passphrase is empty where there is
            no keyring, or the book cannot be opened.
    """
    try:
        data_key = keys.unlock_by_recovery_key(path, typed)
    except keys.WrongRecoveryKey:
        from clientele.services.recovering import refuse_if_damaged

        refuse_if_damaged(path, keys.derived(recovery.read(typed)))
        raise
    if keep:
        if vault is None and not passphrase:
            raise slots.EmptyPassphrase
        _keep(path, look_at(path), data_key, vault, passphrase)
    return _opened(path, data_key, vault_as_it_is if vault is None else lambda: vault)


def is_unkept(error: Refusal) -> bool:
    """Whether a keyring that did not open the book merely has nothing to open it with.

    Somebody else's passphrase beside the book is then as good a way as the paper.
    """
    return type(error) in (keys.KeyringLost, keys.KeyringAbsent)


def open_as_kept(path: Path, ask: Callable[[], str]) -> Store:
    """Open a book by the way this user has: their passphrase, which ``ask`` asks for, or keyring.

    Raises:
        KeyringLost, PassphraseLost: that way is gone; the recovery key opens it.
        Refusal: the passphrase is wrong, or the book cannot be opened.
    """
    if asks_for_passphrase(path):
        return open_by_passphrase(path, ask())
    try:
        return open_by_vault(path)
    except keys.KeyringLost as lost:
        if not (is_unkept(lost) and has_passphrase(path)):
            raise
    return open_by_passphrase(path, ask())


def forget_of_rekey(
    path: Path, find_vault: Callable[[], Vault] = vault_as_it_is
) -> Callable[[bytes], None]:
    """How a head that the book does not have any more is forgotten, for ``rekey.tidied``."""

    def forget(head: bytes) -> None:
        slots.forget_head(path, head)
        with suppress(VaultAbsent):
            keys.forget(head, find_vault())

    return forget


def _opened(
    path: Path, data_key: bytearray, find_vault: Callable[[], Vault] = vault_as_it_is
) -> Store:
    """Open it, after clearing away what a change of its key left when the program ended."""
    try:
        with suppress(VaultUnavailable, StoreRefusal, OSError):
            tidied(path, forget_of_rekey(path, find_vault))
        return open_store(path, data_key)
    finally:
        wipe(data_key)


def _keep(
    path: Path, salt: bytes, data_key: bytearray, vault: Vault | None, passphrase: str
) -> None:
    if vault is not None:
        keys.remember(salt, data_key, vault)
        return
    private_folder(path.parent)
    slots.set_passphrase(path, salt, data_key, passphrase)
