"""Beginning a book and opening it again: by passphrase, by keyring, by the key on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.domain.errors import Refusal
from clientele.domain.team import Role
from clientele.services.clients import NewClient, new_client
from clientele.services.opening import (
    Begun,
    FirstAssociate,
    begin_book,
    is_empty,
    key_on_paper,
    open_by_passphrase,
    open_by_recovery_key,
    open_by_vault,
    safe_vault,
    unseen_key,
)
from clientele.services.pins import PinRefused
from clientele.services.team import SetUpStore
from clientele.store.errors import BookExists
from clientele.store.keys import KeyringLost, WrongRecoveryKey
from clientele.store.queries.team import associates
from clientele.store.session import Store
from clientele.store.slots import EmptyPassphrase, WrongPassphrase
from clientele.system.clock import FixedClock

STORE = SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam")
FIRST = FirstAssociate("R. Okafor", "Men's Suits", "2468", Role.STORE_MANAGER)
WORDS = "four quiet words here"


def begin(path: Path, clock: FixedClock, **other: object) -> Begun:
    asked = {"store": STORE, "first": FIRST, "vault": None, "passphrase": WORDS} | other
    return begin_book(path, now=clock.now(), **asked)  # type: ignore[arg-type]


def names(store: Store) -> list[str]:
    with store.read() as session:
        return [one.name for one in associates(session)]


def test_a_book_begins_with_its_first_associate(tmp_path: Path, clock: FixedClock) -> None:
    begun = begin(tmp_path / "book.clientele", clock)
    with begun.store.read() as session:
        (first,) = associates(session)
    begun.store.close()
    assert (first.id, first.name, first.department) == (
        begun.associate_id,
        "R. Okafor",
        "Men's Suits",
    )
    assert first.signs_in
    assert first.role == Role.STORE_MANAGER


def test_a_book_is_empty_until_a_client_is_in_it(tmp_path: Path, clock: FixedClock) -> None:
    begun = begin(tmp_path / "book.clientele", clock)
    assert is_empty(begun.store)
    with begun.store.write() as session:
        new_client(session, NewClient(begun.associate_id, "Daniel", "Tran"), now=clock.now())
    assert not is_empty(begun.store)
    begun.store.close()


def test_it_opens_again_with_its_passphrase_only(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    begin(path, clock).store.close()
    store = open_by_passphrase(path, WORDS)
    assert names(store) == ["R. Okafor"]
    store.close()
    with pytest.raises(WrongPassphrase):
        open_by_passphrase(path, WORDS + "!")


def test_the_key_on_paper_opens_it_and_sets_another_passphrase(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "book.clientele"
    begun = begin(path, clock)
    begun.store.close()
    (tmp_path / "book.clientele.key").unlink()
    typed = begun.recovery_key.lower().replace("-", " ")
    open_by_recovery_key(path, typed, vault=None, passphrase="new words").close()
    store = open_by_passphrase(path, "new words")
    assert names(store) == ["R. Okafor"]
    store.close()


def test_the_key_on_paper_of_another_book_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    begin(path, clock).store.close()
    other = begin(tmp_path / "other.clientele", clock)
    other.store.close()
    before = path.read_bytes()
    with pytest.raises(WrongRecoveryKey, match="belongs to another book"):
        open_by_recovery_key(path, other.recovery_key, vault=None, passphrase="x")
    assert path.read_bytes() == before


def test_without_keyring_a_recovered_book_needs_a_passphrase(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "book.clientele"
    begun = begin(path, clock)
    begun.store.close()
    with pytest.raises(EmptyPassphrase):
        open_by_recovery_key(path, begun.recovery_key, vault=None)


def test_a_keyring_that_is_gone_leads_to_the_key_on_paper(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "book.clientele"
    begin(path, clock).store.close()
    assert safe_vault() is None, "the tests have no keyring"
    with pytest.raises(KeyringLost, match="Nothing is lost"):
        open_by_vault(path)


def test_what_stands_there_already_is_not_touched(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    path.write_text("my diary")
    with pytest.raises(BookExists):
        begin(path, clock)
    assert path.read_text() == "my diary"
    assert list(tmp_path.iterdir()) == [path] or not list(tmp_path.glob("book*.key"))


@pytest.mark.parametrize(
    "other",
    [
        {"first": FirstAssociate("R. Okafor", "Men's Suits", "12", Role.ASSOCIATE)},
        {"first": FirstAssociate(" ", "Men's Suits", "2468", Role.ASSOCIATE)},
        {"store": SetUpStore("", "EUR", "NL", "Nowhere/Town")},
        {"store": SetUpStore("", "???", "NL", "Europe/Amsterdam")},
        {"passphrase": ""},
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    tmp_path: Path, clock: FixedClock, other: dict[str, object]
) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    with pytest.raises(Refusal) as refused:
        begin(folder / "book.clientele", clock, **other)
    assert refused.value.sentence
    assert list(folder.iterdir()) == []


def test_a_short_pin_is_named_as_the_reason(tmp_path: Path, clock: FixedClock) -> None:
    first = FirstAssociate("R. Okafor", "Men's Suits", "12", Role.ASSOCIATE)
    with pytest.raises(PinRefused):
        begin(tmp_path / "book.clientele", clock, first=first)


def test_a_book_cut_off_while_it_was_made_is_none(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.clientele"

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("clientele.services.opening.add_associate", cut_off)
        with pytest.raises(KeyboardInterrupt):
            begin(path, clock)
    assert not path.exists(), "nobody could ever sign in to it"
    begun = begin(path, clock)
    assert names(begun.store) == ["R. Okafor"]
    begun.store.close()


def test_the_recovery_key_is_kept_until_it_is_on_paper(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "book.clientele"
    begun = begin(path, clock)
    begun.store.close()
    store = open_by_passphrase(path, WORDS)
    assert unseen_key(store) == (begun.associate_id, begun.recovery_key)
    key_on_paper(store)
    assert unseen_key(store) is None
    store.close()
