"""A book that is opened by a keyring or a passphrase, made cheap for tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clientele.domain.team import Role
from clientele.services.opening import FirstAssociate, begin_book, key_on_paper, open_by_vault
from clientele.services.team import SetUpStore
from clientele.store import keys
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.secrets import Vault
from tests.store.test_keys import Shelf

WORDS, OTHERS = "four quiet words here", "another four words then"


@dataclass
class Begun:
    """A book that is closed, its paper and its keyring."""

    path: Path
    recovery_key: str
    shelf: Shelf
    by: int

    @property
    def vault(self) -> Vault:
        return Vault(self.shelf, patience=0.2)

    def open(self) -> Store:
        return open_by_vault(self.path, find_vault=lambda: self.vault)


def begin(path: Path, clock: FixedClock, *, keyring: bool) -> Begun:
    shelf = Shelf()
    begun = begin_book(
        path,
        SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER),
        vault=Vault(shelf) if keyring else None,
        passphrase="" if keyring else WORDS,
        now=clock.now(),
    )
    key_on_paper(begun.store)
    begun.store.close()
    return Begun(path, begun.recovery_key, shelf, begun.associate_id)


def data_key(book: Begun) -> bytearray:
    return keys.unlock_by_recovery_key(book.path, book.recovery_key)
