"""The book opens by the keyring, by a passphrase, and always by the key on paper."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clientele.store import keys, recovery, slots
from clientele.store.beside import has_passphrase, wrapped_file
from clientele.store.errors import ForeignFile, NoBook
from clientele.store.session import Profile, create_store, open_store
from clientele.system.clock import FixedClock
from clientele.system.secrets import Vault

PASSPHRASE = "grüne Häuser am Kanal"


class Shelf:
    """A keyring in memory that can be emptied, changed or broken, as the real ones are."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.broken = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.broken:
            raise OSError("no session bus")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def new() -> keys.NewKey:
    return keys.new_key()


@pytest.fixture
def book(tmp_path: Path, new: keys.NewKey, clock: FixedClock) -> Path:
    path = tmp_path / "book.clientele"
    profile = Profile("EUR", "NL", "Europe/Amsterdam")
    create_store(path, new.data_key, profile, now=clock.now(), salt=new.salt).close()
    return path


def test_two_new_books_share_nothing() -> None:
    one, other = keys.new_key(), keys.new_key()
    assert one.recovery_key != other.recovery_key
    assert one.data_key != other.data_key
    assert one.salt != other.salt


def test_the_derivation_is_the_one_of_the_standard() -> None:
    secret = bytes(range(16))
    expected = HKDF(SHA256(), 32, None, b"clientele data key v1").derive(secret)
    assert keys.derived(secret) == expected


def test_the_keyring_opens_the_book(book: Path, new: keys.NewKey, shelf: Shelf) -> None:
    keys.remember(new.salt, new.data_key, Vault(shelf))
    assert keys.unlock_by_keyring(book, Vault(shelf)) == new.data_key


def test_a_moved_book_keeps_its_key(book: Path, new: keys.NewKey, shelf: Shelf) -> None:
    keys.remember(new.salt, new.data_key, Vault(shelf))
    moved = book.rename(book.with_name("elsewhere.clientele"))
    open_store(moved, keys.unlock_by_keyring(moved, Vault(shelf))).close()


def test_two_books_keep_their_keys_apart(
    book: Path, new: keys.NewKey, shelf: Shelf, tmp_path: Path, clock: FixedClock
) -> None:
    second, path = keys.new_key(), tmp_path / "second.clientele"
    profile = Profile("EUR", "NL", "UTC")
    create_store(path, second.data_key, profile, now=clock.now(), salt=second.salt).close()
    for each in (new, second):
        keys.remember(each.salt, each.data_key, Vault(shelf))
    assert keys.unlock_by_keyring(path, Vault(shelf)) == second.data_key
    keys.forget(second.salt, Vault(shelf))
    with pytest.raises(keys.KeyringLost):
        keys.unlock_by_keyring(path, Vault(shelf))
    assert keys.unlock_by_keyring(book, Vault(shelf)) == new.data_key


@pytest.mark.parametrize("what", ["emptied", "changed", "garbled", "broken"])
def test_a_lost_keyring_loses_nothing(
    book: Path, new: keys.NewKey, shelf: Shelf, what: str
) -> None:
    keys.remember(new.salt, new.data_key, Vault(shelf))
    account = ("Clientele", new.salt.hex())
    if what == "emptied":
        shelf.kept.clear()
    elif what == "broken":
        shelf.broken = True
    else:
        shelf.kept[account] = "ab" * 32 if what == "changed" else "not a key"
    before = book.read_bytes()
    with pytest.raises(keys.KeyringLost) as caught:
        keys.unlock_by_keyring(book, Vault(shelf))
    assert "recovery key" in caught.value.sentence

    data_key = keys.unlock_by_recovery_key(book, new.recovery_key.lower())
    assert data_key == new.data_key
    assert book.read_bytes() == before
    shelf.broken = False
    keys.remember(book.read_bytes()[:16], data_key, Vault(shelf))
    assert keys.unlock_by_keyring(book, Vault(shelf)) == new.data_key


def test_the_recovery_key_of_another_book(book: Path) -> None:
    with pytest.raises(keys.WrongRecoveryKey):
        keys.unlock_by_recovery_key(book, keys.new_key().recovery_key)


def test_a_mistyped_recovery_key(book: Path, new: keys.NewKey) -> None:
    first = "1" if new.recovery_key[0] != "1" else "2"
    with pytest.raises(recovery.MistypedRecoveryKey):
        keys.unlock_by_recovery_key(book, first + new.recovery_key[1:])


def test_the_recovery_key_opens_a_copy_without_its_files(
    book: Path, new: keys.NewKey, tmp_path: Path
) -> None:
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    copy = Path(shutil.copyfile(book, tmp_path / "copy"))
    open_store(copy, keys.unlock_by_recovery_key(copy, new.recovery_key)).close()


def test_a_passphrase_opens_the_book(book: Path, new: keys.NewKey) -> None:
    assert not has_passphrase(book)
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    assert has_passphrase(book)
    assert slots.unlock_by_passphrase(book, PASSPHRASE) == new.data_key
    composed_otherwise = PASSPHRASE.replace("ü", "u\u0308").replace("ä", "a\u0308")
    assert slots.unlock_by_passphrase(book, composed_otherwise) == new.data_key


def test_a_wrong_passphrase_and_an_empty_one(book: Path, new: keys.NewKey) -> None:
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    for wrong in (PASSPHRASE + " ", PASSPHRASE.upper(), ""):
        with pytest.raises(slots.WrongPassphrase):
            slots.unlock_by_passphrase(book, wrong)
    with pytest.raises(slots.EmptyPassphrase):
        slots.set_passphrase(book, new.salt, new.data_key, "")
    assert slots.unlock_by_passphrase(book, PASSPHRASE) == new.data_key


def test_the_wrapped_key_says_nothing_and_is_private(book: Path, new: keys.NewKey) -> None:
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    file = wrapped_file(book)
    assert file.stat().st_mode & 0o777 == 0o600
    assert new.data_key.hex() not in file.read_text()
    assert sorted(one.name for one in book.parent.iterdir() if one.is_file()) == [
        "book.clientele",
        "book.clientele.key",
    ]


def test_a_changed_passphrase_ends_the_former_one(book: Path, new: keys.NewKey) -> None:
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    slots.set_passphrase(book, new.salt, new.data_key, "another one")
    assert slots.unlock_by_passphrase(book, "another one") == new.data_key
    with pytest.raises(slots.WrongPassphrase):
        slots.unlock_by_passphrase(book, PASSPHRASE)


@pytest.mark.parametrize("field", ["wrapped", "nonce", "salt", "memory_kib", "kdf", "rounds", None])
def test_a_damaged_wrapped_key_leads_to_the_paper(
    book: Path, new: keys.NewKey, field: str | None
) -> None:
    slots.set_passphrase(book, new.salt, new.data_key, PASSPHRASE)
    file = wrapped_file(book)
    if field is None:
        file.unlink()
    else:
        content = json.loads(file.read_text())
        (slot,) = content["slots"]
        slot[field] = 2**40 if field == "memory_kib" else "nonsense"
        file.write_text(json.dumps(content))
    with pytest.raises(slots.PassphraseLost) as caught:
        slots.unlock_by_passphrase(book, PASSPHRASE)
    assert "recovery key" in caught.value.sentence


def test_another_book_s_wrapped_key_does_not_serve(
    book: Path, new: keys.NewKey, tmp_path: Path
) -> None:
    other = tmp_path / "other.clientele"
    slots.set_passphrase(other, bytes(16), new.data_key, PASSPHRASE)
    shutil.copyfile(wrapped_file(other), wrapped_file(book))
    with pytest.raises(slots.PassphraseLost):
        slots.unlock_by_passphrase(book, PASSPHRASE)


def test_what_is_no_book_is_told_before_any_key(tmp_path: Path, shelf: Shelf) -> None:
    path = tmp_path / "book.clientele"
    with pytest.raises(NoBook):
        keys.unlock_by_keyring(path, Vault(shelf))
    path.write_bytes(b"a letter")
    with pytest.raises(ForeignFile):
        keys.unlock_by_recovery_key(path, keys.new_key().recovery_key)
    with pytest.raises(ForeignFile):
        slots.unlock_by_passphrase(path, PASSPHRASE)


def test_keeping_a_key_in_a_broken_keyring_is_told(new: keys.NewKey) -> None:
    class Broken(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise OSError("locked")

    with pytest.raises(keys.KeyringRefused):
        keys.remember(new.salt, new.data_key, Vault(Broken()))
