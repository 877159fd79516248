"""Whatever the keyring does, it has its sentence, and the paper opens the book."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clientele.services import keys as key_services
from clientele.services.opening import open_by_passphrase, open_by_recovery_key
from clientele.store import keys, slots
from clientele.system.clock import FixedClock
from clientele.system.secrets import Vault
from tests.services.keyed import WORDS, Begun, begin, data_key
from tests.store.test_keys import Shelf


@pytest.fixture
def book(tmp_path: Path, clock: FixedClock) -> Begun:
    return begin(tmp_path / "book.clientele", clock, keyring=True)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_MEMORY_KIB", 1024)
    monkeypatch.setattr(slots, "_ROUNDS", 1)


def answering(value: object) -> Callable[..., Any]:
    return lambda *_: value


def raising(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object) -> None:
        raise error

    return fail


class KeyringLocked(Exception):
    """As the one of ``keyring``."""


ODD: list[tuple[Callable[..., Any], type[keys.KeyringLost], str]] = [
    (answering(None), keys.KeyringLost, "no longer has"),
    (answering("not hex at all"), keys.KeyringOdd, "is no key"),
    (answering("ab" * 31), keys.KeyringOdd, "is no key"),
    (answering(""), keys.KeyringOdd, "is no key"),
    (answering("ab" * 5_000_000), keys.KeyringOdd, "is no key"),
    (answering(b"ab" * 32), keys.KeyringOdd, "is no key"),
    (answering(12), keys.KeyringOdd, "is no key"),
    (answering("ab" * 32), keys.KeyringChanged, "another key"),
    (raising(OSError("no bus")), keys.KeyringFailed, "with an error"),
    (raising(KeyringLocked("collection")), keys.KeyringLocked, "is locked"),
    (raising(SystemExit(3)), keys.KeyringFailed, "with an error"),
    (raising(KeyboardInterrupt()), keys.KeyringFailed, "with an error"),
    (raising(MemoryError()), keys.KeyringFailed, "with an error"),
]


@pytest.mark.parametrize(("get", "kind", "words"), ODD)
def test_whatever_the_keyring_answers_has_its_sentence_and_the_paper_opens(
    book: Begun, get: Callable[..., Any], kind: type[keys.KeyringLost], words: str
) -> None:
    book.shelf.get_password = get  # type: ignore[method-assign]
    before = book.path.read_bytes()
    with pytest.raises(keys.KeyringLost, match=words) as lost:
        book.open()
    assert type(lost.value) is kind
    assert "Nothing is lost" in lost.value.sentence
    assert "recovery key" in lost.value.sentence
    assert book.path.read_bytes() == before
    with pytest.raises(keys.KeyringRefused):
        open_by_recovery_key(book.path, book.recovery_key, vault=book.vault)
    open_by_recovery_key(book.path, book.recovery_key, vault=None, passphrase=WORDS).close()
    open_by_passphrase(book.path, WORDS).close()


def test_a_changed_secret_is_put_right_by_the_paper(book: Begun) -> None:
    (account,) = book.shelf.kept
    book.shelf.kept[account] = "ab" * 32
    with pytest.raises(keys.KeyringChanged):
        book.open()
    open_by_recovery_key(book.path, book.recovery_key, vault=book.vault).close()
    book.open().close()


def test_a_late_answer_changes_nothing(book: Begun) -> None:
    """A call that was given up is over before the next begins, whatever it still does."""
    asked, released = threading.Event(), threading.Event()
    real = book.shelf.delete_password

    def slow(service: str, username: str) -> None:
        asked.set()
        released.wait(30)
        real(service, username)

    head, key = book.path.read_bytes()[:16], data_key(book)
    book.shelf.delete_password = slow  # type: ignore[method-assign]
    with pytest.raises(Exception, match="no answer"):
        keys.forget(head, book.vault)
    assert asked.is_set()
    with pytest.raises(keys.KeyringRefused):
        keys.remember(head, key, book.vault)
    with pytest.raises(keys.KeyringSlow, match="too long"):
        book.open()
    released.set()
    patient = Vault(book.shelf, patience=30)
    keys.remember(head, key, patient)
    assert keys.unlock_by_keyring(book.path, patient) == key


def test_the_state_says_why_the_keyring_does_not_open(book: Begun) -> None:
    store = open_by_recovery_key(book.path, book.recovery_key, vault=None, keep=False)
    state = key_services.key_state(store, find_vault=lambda: Vault(Shelf()))
    assert (state.by_keyring, state.keyring_works) == (False, True)
    assert state.keyring_says == keys.KeyringLost.template
    state = key_services.key_state(store)
    assert (state.by_keyring, state.keyring_works) == (False, False)
    assert state.keyring_says == keys.KeyringAbsent.template
    store.close()
