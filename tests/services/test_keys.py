"""Keys of a book in use: a new recovery key, passphrases of several people, a hostile keyring."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import Acting, associate
from clientele.domain.tables import AuditEntry
from clientele.domain.team import Role
from clientele.services.acting import NotAllowed
from clientele.services.keys import (
    NewPassphrase,
    NotTheFormer,
    ShortPassphrase,
    into_keyring,
    is_our_paper,
    key_state,
    out_of_keyring,
    remove_passphrase,
    renew,
    set_passphrase,
)
from clientele.services.opening import (
    open_as_kept,
    open_by_passphrase,
    open_by_recovery_key,
    unseen_key,
)
from clientele.services.team import AddAssociate, add_associate
from clientele.store import keys, proof, slots
from clientele.store.beside import asks_for_passphrase, rekeying_file, wrapped_file
from clientele.store.queries.team import associates
from clientele.store.recovery import MistypedRecoveryKey
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.secrets import Vault
from tests.services.keyed import OTHERS, WORDS, Begun, begin, data_key
from tests.store.test_keys import Shelf


@pytest.fixture
def book(tmp_path: Path, clock: FixedClock) -> Begun:
    return begin(tmp_path / "book.clientele", clock, keyring=True)


@pytest.fixture
def worded(tmp_path: Path, clock: FixedClock) -> Begun:
    return begin(tmp_path / "worded.clientele", clock, keyring=False)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "_MEMORY_KIB", 1024)
    monkeypatch.setattr(slots, "_ROUNDS", 1)


def names(store: Store) -> list[str]:
    with store.read() as session:
        return [one.name for one in associates(session)]


def acts(store: Store) -> list[tuple[str, str]]:
    with store.read() as session:
        return [
            (row.act, row.who)
            for row in session.execute(
                select(col(AuditEntry.act), col(AuditEntry.who)).order_by(col(AuditEntry.id))
            )
        ]


# a new recovery key


def test_a_new_recovery_key_opens_the_book_and_the_old_one_its_old_copies_alone(
    book: Begun, clock: FixedClock
) -> None:
    copy = book.path.with_name("copy.clientele")
    copy.write_bytes(book.path.read_bytes())
    book.shelf.set_password("Clientele", "mail-12", b"smtp password".hex())
    before = book.path.read_bytes()[:16].hex()
    renewed = renew(book.path, data_key(book), vault=book.vault, now=clock.now())
    store = book.open()
    assert names(store) == ["R. Okafor"]
    assert unseen_key(store) == (book.by, renewed.recovery_key)
    assert acts(store)[-1] == ("new_recovery_key", "set-up")
    store.close()
    head = book.path.read_bytes()[:16].hex()
    assert {name for _, name in book.shelf.kept} == {"mail-12", head}
    assert head != before
    assert not rekeying_file(book.path).exists()
    with pytest.raises(keys.WrongRecoveryKey):
        keys.unlock_by_recovery_key(book.path, book.recovery_key)
    open_by_recovery_key(book.path, renewed.recovery_key, vault=None, keep=False).close()
    open_by_recovery_key(copy, book.recovery_key, vault=None, keep=False).close()


def test_with_a_passphrase_the_new_key_is_wrapped_by_it_and_others_need_the_paper(
    worded: Begun, clock: FixedClock
) -> None:
    store = open_by_passphrase(worded.path, WORDS)
    set_passphrase(store, NewPassphrase(OTHERS, label="anna"), now=clock.now())
    store.close()
    renew(worded.path, data_key(worded), vault=None, passphrase=WORDS, now=clock.now())
    store = open_by_passphrase(worded.path, WORDS)
    assert [one.label for one in key_state(store).slots] == [key_state(store).me]
    store.close()
    with pytest.raises(slots.WrongPassphrase):
        open_by_passphrase(worded.path, OTHERS)
    assert len(json.loads(wrapped_file(worded.path).read_text())["slots"]) == 1


@pytest.mark.parametrize("passphrase", ["", "short"])
def test_a_passphrase_that_cannot_be_taken_is_told_first(
    worded: Begun, clock: FixedClock, passphrase: str
) -> None:
    before = worded.path.read_bytes()
    with pytest.raises(Refusal, match="choose a few words"):
        renew(worded.path, data_key(worded), vault=None, passphrase=passphrase, now=clock.now())
    assert worded.path.read_bytes() == before


def test_a_keyring_that_does_not_take_the_new_key_leaves_the_old_one(
    book: Begun, clock: FixedClock
) -> None:
    class Full(Shelf):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise OSError("no room")

    full = Full()
    full.kept = book.shelf.kept
    with pytest.raises(keys.KeyringRefused, match="Nothing was changed"):
        renew(book.path, data_key(book), vault=Vault(full), now=clock.now())
    book.open().close()
    assert proof.fits(book.path, data_key(book))


def test_an_associate_does_not_change_the_key(book: Begun, clock: FixedClock) -> None:
    store = book.open()
    other = colleague(store, clock)
    store.close()
    with pytest.raises(NotAllowed):
        renew(book.path, data_key(book), vault=book.vault, now=clock.now(), acting=other)
    store = book.open()
    assert unseen_key(store) is None
    store.close()


def colleague(store: Store, clock: FixedClock) -> Acting:
    with store.write() as session:
        person = AddAssociate("L. Sato", "Men's Shoes", "1357", Role.ASSOCIATE)
        return associate(add_associate(session, person, now=clock.now()).subject or 0)


def test_the_next_start_forgets_what_a_kill_left(book: Begun, clock: FixedClock) -> None:
    old = book.path.read_bytes()[:16].hex()

    class Dead(Shelf):
        def delete_password(self, service: str, username: str) -> None:
            raise OSError("the daemon was killed")

    dead = Dead()
    dead.kept = book.shelf.kept
    renew(book.path, data_key(book), vault=Vault(dead), now=clock.now())
    assert rekeying_file(book.path).exists()
    assert ("Clientele", old) in book.shelf.kept
    book.open().close()
    assert ("Clientele", old) not in book.shelf.kept
    assert not rekeying_file(book.path).exists()
    book.open().close()


# several people


def test_each_has_a_passphrase_of_their_own(worded: Begun, clock: FixedClock) -> None:
    store = open_by_passphrase(worded.path, WORDS)
    now = clock.now()
    set_passphrase(store, NewPassphrase(OTHERS, label="anna"), now=now)
    with pytest.raises(NotTheFormer):
        set_passphrase(store, NewPassphrase("quite new words", "guessed"), now=now)
    set_passphrase(store, NewPassphrase("quite new words", WORDS), now=now)
    assert acts(store)[-1] == ("change_passphrase", "set-up")
    with pytest.raises(ShortPassphrase):
        set_passphrase(store, NewPassphrase("seven77", "quite new words"), now=now)
    store.close()
    open_by_passphrase(worded.path, OTHERS).close()
    store = open_by_passphrase(worded.path, "quite new words")
    remove_passphrase(store, "anna", now=now)
    with pytest.raises(slots.LastWayIn):
        remove_passphrase(store, key_state(store).me, now=now)
    with pytest.raises(slots.NoSuchSlot, match="anna"):
        slots.remove_passphrase(store.path, store.salt, "anna")
    store.close()
    with pytest.raises(slots.WrongPassphrase):
        open_by_passphrase(worded.path, OTHERS)


def test_form_1_is_read_and_written_anew(worded: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    how = {"form": 1, "kdf": "argon2id", "salt": "00" * 16, "rounds": 1, "memory_kib": 64,
           "lanes": 1}  # fmt: skip
    head = worded.path.read_bytes()[:16]
    key = slots._stretched(WORDS, how)
    wrapped = AESGCM(key).encrypt(bytes(12), bytes(data_key(worded)), head)
    file = wrapped_file(worded.path)
    file.write_text(json.dumps({**how, "nonce": "00" * 12, "wrapped": wrapped.hex()}))
    assert asks_for_passphrase(worded.path)
    with pytest.raises(slots.WrongPassphrase):
        open_by_passphrase(worded.path, OTHERS)
    open_by_passphrase(worded.path, WORDS).close()
    written = json.loads(file.read_text())
    assert written["form"] == 2
    assert [one["head"] for one in written["slots"]] == [head.hex()]
    open_by_passphrase(worded.path, WORDS).close()


def test_a_damaged_file_of_others_is_in_nobody_s_way(book: Begun, worded: Begun) -> None:
    for one in (book, worded):
        wrapped_file(one.path).write_text("{}")
        assert not asks_for_passphrase(one.path)
    book.open().close()
    with pytest.raises(slots.PassphraseLost, match="Nothing is lost"):
        open_as_kept(worded.path, lambda: WORDS)


def test_a_slot_cannot_be_given_another_name(worded: Begun) -> None:
    file = wrapped_file(worded.path)
    content = json.loads(file.read_text())
    content["slots"][0]["label"] = "mallory"
    file.write_text(json.dumps(content))
    with pytest.raises(slots.WrongPassphrase):
        open_by_passphrase(worded.path, WORDS)


def test_from_passphrase_to_keyring_and_back(worded: Begun, clock: FixedClock) -> None:
    now = clock.now()
    store = open_by_passphrase(worded.path, WORDS)
    set_passphrase(store, NewPassphrase(OTHERS, label="anna"), now=now)
    into_keyring(store, now=now, find_vault=lambda: worded.vault)
    store.close()
    assert not asks_for_passphrase(worded.path), "anna's is there, and I have none"
    store = worded.open()
    assert key_state(store, find_vault=lambda: worded.vault).by_keyring
    words = NewPassphrase("words once more")
    out_of_keyring(store, words, now=now, find_vault=lambda: worded.vault)
    store.close()
    assert asks_for_passphrase(worded.path)
    assert worded.shelf.kept == {}
    open_as_kept(worded.path, lambda: "words once more").close()
    open_by_passphrase(worded.path, OTHERS).close()


def test_who_has_no_way_of_their_own_may_use_another_s_passphrase(
    worded: Begun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientele.store.beside.user", lambda: "anna")
    assert not asks_for_passphrase(worded.path)
    open_as_kept(worded.path, lambda: WORDS).close()


def test_the_paper_is_checked_without_changing_anything(
    book: Begun, worded: Begun, clock: FixedClock
) -> None:
    store = book.open()
    assert is_our_paper(store, book.recovery_key.lower(), now=clock.now())
    assert not is_our_paper(store, worded.recovery_key, now=clock.now())
    first = "B" if book.recovery_key[0] != "B" else "C"
    with pytest.raises(MistypedRecoveryKey, match="group number 1"):
        is_our_paper(store, first + book.recovery_key[1:], now=clock.now())
    other = colleague(store, clock)
    for act in (
        lambda: is_our_paper(store, book.recovery_key, now=clock.now(), acting=other),
        lambda: key_state(store, acting=other),
        lambda: set_passphrase(store, NewPassphrase(WORDS), now=clock.now(), acting=other),
        lambda: remove_passphrase(store, "x", now=clock.now(), acting=other),
        lambda: into_keyring(store, now=clock.now(), acting=other),
        lambda: out_of_keyring(store, NewPassphrase(WORDS), now=clock.now(), acting=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    store.close()
    assert not wrapped_file(book.path).exists()


def test_nothing_secret_is_told(book: Begun, clock: FixedClock) -> None:
    new, words = keys.new_key(), NewPassphrase(WORDS, OTHERS)
    renewed = renew(book.path, data_key(book), vault=book.vault, now=clock.now())
    shown = repr(new) + repr(words) + repr(renewed)
    for secret in (new.recovery_key, renewed.recovery_key, WORDS, OTHERS):
        assert secret not in shown
    for made in (new.data_key, renewed.data_key):
        assert bytes(made).hex() not in shown
        assert repr(bytes(made)) not in shown
    store = book.open()
    key = store.data_key
    assert any(key)
    store.close()
    assert not any(key), "wiped once the book is closed"
