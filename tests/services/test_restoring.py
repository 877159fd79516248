"""A copy is the book at that moment, and takes its place: with what must not be forgotten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.contacting import Way
from clientele.domain.rules.keeping_copies import Why
from clientele.domain.rules.rights import NOBODY, SET_UP, associate
from clientele.domain.rules.sending import MailState
from clientele.domain.tables import Associate, AuditEntry, Consent, Message, Note, ToldReminder
from clientele.domain.team import Role
from clientele.services.acting import NotAllowed
from clientele.services.backups import Backups
from clientele.services.clients import NewClient, new_client
from clientele.services.consents import SayConsent, say_consent
from clientele.services.notes import KeepNote, keep_note
from clientele.services.restoring import Preview, preview, refuse_to_restore, restore
from clientele.services.rows import the
from clientele.services.team import AddAssociate, add_associate
from clientele.store import backup, copies, keys
from clientele.store.engine import connect
from clientele.store.errors import Cancelled, ForeignFile, NewerVersion
from clientele.store.restore import AnotherBook, AnotherKey, DamagedCopy, KeyOfNeither
from clientele.store.session import Profile, Store, create_store, open_store
from clientele.system.clock import FixedClock
from tests.conftest import DATA_KEY, ZONE
from tests.faults.victim import Editing
from tests.faults.workplace import make_workplace
from tests.store.rows import contents

MOMENTS = 20
CARRIED = {"audit_entry", "audit_seal", "backup_made"}
"""Tables in which a restored book says that it was restored."""


class Shop:
    """A book that is worked on, copied and restored."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.store, self.clock = store, clock
        self.path = store.path

    def copy(self, why: Why = Why.DAILY) -> Path:
        self.clock.advance(timedelta(seconds=2))
        outcome = Backups(self.store, self.clock.now).make(why)
        assert outcome.made is not None
        return outcome.made.path

    def look(self, copy: Path, **how: Any) -> Preview:
        return preview(self.path, DATA_KEY, copy, **how)

    def put_back(self, copy: Path, **how: Any) -> Path | None:
        """Restore it, and open the book again."""
        looked = self.look(copy).looked
        self.store.close()
        self.clock.advance(timedelta(seconds=2))
        now = self.clock.now()
        try:
            how = {"acting": SET_UP, **how}
            return restore(self.path, DATA_KEY, looked, now=now, **how).before
        finally:
            self.store = open_store(self.path, bytearray(DATA_KEY))

    def contents(self) -> dict[str, list[dict[str, Any]]]:
        with self.store.read() as session:
            return contents(session.connection())

    def do(self, verb: Any, what: Any) -> int:
        with self.store.write() as session:
            return int(verb(session, what, now=self.clock.now()).subject or 0)


@pytest.fixture
def shop(store: Store, clock: FixedClock) -> Iterator[Shop]:
    made = Shop(store, clock)
    yield made
    made.store.close()


@pytest.fixture
def okafor(shop: Shop) -> int:
    return shop.do(add_associate, AddAssociate("R. Okafor", "Men's Suits"))


def of_copy(copy: Path) -> dict[str, list[dict[str, Any]]]:
    trial = copy.with_name("trial")
    shutil.copyfile(copy, trial)
    store = open_store(trial, bytearray(DATA_KEY))
    with store.read() as session:
        found = contents(session.connection())
    store.close()
    return found


def test_twenty_random_moments_come_back_table_by_table(tmp_path: Path, clock: FixedClock) -> None:
    place = make_workplace(tmp_path / "work" / "book.clientele")
    store = place.open()
    rng = Random(20261122)
    kept: list[tuple[Path, dict[str, list[dict[str, Any]]]]] = []

    def told(word: str, **_: object) -> None:
        clock.advance(timedelta(seconds=1))
        if rng.random() < 0.12 and len(kept) < MOMENTS:
            with store.read() as session:
                then = contents(session.connection())
            copy = copies.make(place.path, DATA_KEY, Why.BY_HAND, now=clock.now()).path
            kept.append((copy, then))

    work = Editing(store, place.by, place.colleague, place.departments, 7, told)
    while len(kept) < MOMENTS:
        work.serve()
    store.close()
    for copy, then in kept:
        assert of_copy(copy) == then
    for copy, then in rng.sample(kept, MOMENTS):
        looked = preview(place.path, DATA_KEY, copy).looked
        clock.advance(timedelta(hours=1))
        restore(place.path, DATA_KEY, looked, now=clock.now(), acting=SET_UP)
        store = place.open()
        with store.read() as session:
            now = contents(session.connection())
        store.close()
        for table, rows in then.items():
            if table not in CARRIED:
                assert now[table] == rows, table


def note(shop: Shop, okafor: int, words: str) -> int:
    client = shop.do(new_client, NewClient(okafor, "Daniel", "Tran"))
    return shop.do(keep_note, KeepNote(client, words, okafor))


def test_restoring_is_taken_back_by_restoring_the_copy_before(shop: Shop, okafor: int) -> None:
    copy = shop.copy()
    note(shop, okafor, "likes emerald")
    newest = shop.contents()
    before = shop.put_back(copy)
    assert shop.contents()["note"] == []
    assert before is not None
    first = copies.listed(copies.folder_of(shop.path), DATA_KEY)[0]
    assert (first.path, first.why) == (before, Why.RESTORE)
    shop.put_back(before)
    again = shop.contents()
    assert {table: again[table] for table in again if table not in CARRIED} == {
        table: newest[table] for table in newest if table not in CARRIED
    }


def test_the_preview_says_what_would_go(shop: Shop, okafor: int) -> None:
    copy = shop.copy()
    assert shop.look(copy).newer is not None
    note(shop, okafor, "likes emerald")
    found = shop.look(copy).newer
    assert found is not None
    kinds = {one.table: (one.added, one.changed, one.gone) for one in found.kinds}
    assert kinds["client"] == kinds["note"] == (1, 0, 0)
    assert [(one.name, one.count) for one in found.by] == [("R. Okafor", 1)]
    words = [(one.table, one.associate, one.client, one.words) for one in found.last]
    assert ("note", "R. Okafor", "Daniel Tran", "likes emerald") in words
    later = shop.copy()
    now = shop.look(later).newer
    assert now is not None
    assert now.nothing


def test_who_comes_back_is_said(shop: Shop, okafor: int) -> None:
    note(shop, okafor, "likes emerald")
    copy = shop.copy()
    with shop.store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM client")
    found = shop.look(copy).newer
    assert found is not None
    assert found.back == 1


def test_a_no_since_the_copy_is_told_and_stays(shop: Shop, okafor: int) -> None:
    client = shop.do(new_client, NewClient(okafor, "Daniel", "Tran"))
    shop.do(say_consent, SayConsent(client, "email", allowed=True, by=okafor))
    copy = shop.copy()
    shop.clock.advance(timedelta(minutes=1))
    shop.do(say_consent, SayConsent(client, "email", allowed=False, by=okafor))
    found = shop.look(copy).newer
    assert found is not None
    assert [(one.client, one.channel) for one in found.withdrawn] == [("Daniel Tran", "email")]
    shop.put_back(copy)
    with shop.store.read() as session:
        said = session.scalars(select(Consent).order_by(col(Consent.said_at))).all()
        assert [one.allowed for one in said] == [True, False]


def test_an_email_that_waited_in_the_copy_asks_first(shop: Shop, okafor: int) -> None:
    client = shop.do(new_client, NewClient(okafor, "Daniel", "Tran"))
    for state in ("queued", "sending", "dot", "later", "sent", "called off"):
        with shop.store.write() as session:
            session.add(
                Message(client_id=client, associate_id=okafor, channel="email", purpose="service",
                        way=Way.SMTP, address="d@example.com", body="Ready", message_key=state,
                        state=state, queued_at=shop.clock.now())
            )  # fmt: skip
    copy = shop.copy()
    with shop.store.write() as session:
        for one in session.scalars(select(Message)):
            one.state = MailState.SENT
    found = shop.look(copy).newer
    assert found is not None
    assert (found.asks, found.sent) == (4, 5)
    shop.put_back(copy)
    with shop.store.read() as session:
        states = {one.message_key: (one.state, one.why) for one in session.scalars(select(Message))}
    asks = ("unsure", "restored")
    assert states == {
        "queued": asks, "sending": asks, "dot": asks, "later": asks,
        "sent": ("sent", ""), "called off": ("called off", ""),
    }  # fmt: skip


def test_who_left_stays_away_and_who_came_can_sign_in(shop: Shop, okafor: int) -> None:
    gone = shop.do(add_associate, AddAssociate("L. Sato", "Men's Shoes", "2468"))
    copy = shop.copy()
    with shop.store.write() as session:
        left = session.get(Associate, gone)
        assert left is not None
        left.active, left.left_at, left.pin_hash = False, shop.clock.now(), "changed"
    came = shop.do(add_associate, AddAssociate("A. Novak", "Handbags", "1357"))
    shop.put_back(copy)
    with shop.store.read() as session:
        left, new = session.get(Associate, gone), session.get(Associate, came)
        assert left is not None
        assert new is not None
        assert (left.active, left.pin_hash) == (False, "changed")
        assert (new.name, new.active, new.department_id) == ("A. Novak", True, None)


def test_what_was_told_is_not_told_again(shop: Shop) -> None:
    copy = shop.copy()
    with shop.store.write() as session:
        session.add(ToldReminder(key="follow_up:3:due:1:2026-11-21", told_at=shop.clock.now()))
    shop.put_back(copy)
    with shop.store.read() as session:
        assert session.scalar(select(func.count()).select_from(ToldReminder)) == 1


def test_the_trail_says_that_it_was_restored_and_where_the_other_ended(shop: Shop) -> None:
    copy = shop.copy()
    shop.do(add_associate, AddAssociate("R. Okafor", "Men's Suits"))
    with shop.store.read() as session:
        ended = session.scalar(select(func.max(col(AuditEntry.id))))
    shop.put_back(copy)
    with shop.store.read() as session:
        last = session.scalars(
            select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(1)
        ).one()
        assert last.act == "restore"
        assert f'"trail":{ended}' in last.detail


def test_a_copy_of_another_book_is_refused_by_its_store(shop: Shop, tmp_path: Path) -> None:
    other = tmp_path / "other" / "book.clientele"
    profile = Profile("EUR", "NL", ZONE, "Spui")
    create_store(other, DATA_KEY, profile, now=shop.clock.now()).close()
    copy = copies.make(other, DATA_KEY, Why.DAILY, now=shop.clock.now()).path
    with pytest.raises(AnotherBook, match="Spui"):
        shop.look(copy)


def test_a_copy_from_before_the_present_key_asks_for_the_paper_of_then(
    shop: Shop, okafor: int, tmp_path: Path
) -> None:
    old = keys.new_key()
    copy = tmp_path / "stick" / "old"
    copy.parent.mkdir()
    note(shop, okafor, "likes emerald")
    backup.write_pages(
        shop.path, DATA_KEY, copy, target_key=old.data_key, target_salt=bytes(old.salt)
    )
    with pytest.raises(AnotherKey, match="recovery key of that time"):
        shop.look(copy)
    with pytest.raises(KeyOfNeither):
        shop.look(copy, old_recovery_key=keys.new_key().recovery_key)
    looked = shop.look(copy, old_recovery_key=old.recovery_key).looked
    assert looked.other_key
    head = shop.path.read_bytes()[:16]
    shop.store.close()
    restore(shop.path, DATA_KEY, looked, now=shop.clock.now(), acting=SET_UP)
    assert shop.path.read_bytes()[:16] == head
    shop.store = open_store(shop.path, bytearray(DATA_KEY))
    with shop.store.read() as session:
        assert session.scalars(select(col(Note.body))).all() == ["likes emerald"]


def test_what_is_no_copy_of_a_book_is_refused(shop: Shop, tmp_path: Path) -> None:
    plain = tmp_path / "holiday.jpg"
    plain.write_bytes(b"no book" * 1000)
    with pytest.raises(ForeignFile):
        shop.look(plain)
    copy = shop.copy()
    content = bytearray(copy.read_bytes())
    content[-2000] ^= 1
    copy.write_bytes(content)
    with pytest.raises(DamagedCopy):
        shop.look(copy)


def test_a_copy_of_a_newer_program_is_refused(shop: Shop) -> None:
    copy = shop.copy()
    connection = connect(copy, DATA_KEY)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(NewerVersion):
        shop.look(copy)


def test_only_a_store_manager_restores(shop: Shop, okafor: int) -> None:
    copy = shop.copy()
    note(shop, okafor, "likes emerald")
    then = shop.contents()
    for who in (associate(okafor), NOBODY):
        with shop.store.read(acting=who) as session, pytest.raises(NotAllowed):
            refuse_to_restore(session)
        with pytest.raises(NotAllowed):
            shop.put_back(copy, acting=who)
        assert shop.contents() == then
        shop.clock.advance(timedelta(minutes=1))
    with shop.store.write() as session:
        the(session, Associate, okafor).role = Role.STORE_MANAGER
    shop.put_back(copy, acting=associate(okafor))
    assert shop.contents()["note"] == []


def test_left_in_the_middle_the_book_is_as_it_was(shop: Shop, okafor: int) -> None:
    copy = shop.copy()
    note(shop, okafor, "likes emerald")
    then = shop.contents()
    with pytest.raises(Cancelled):
        shop.put_back(copy, leave=lambda: True)
    assert shop.contents() == then
    assert not list(shop.path.parent.glob("*.restored*"))


def test_a_damaged_book_is_kept_as_it_stands(shop: Shop, okafor: int) -> None:
    note(shop, okafor, "likes emerald")
    copy = shop.copy()
    log = shop.path.with_name(shop.path.name + "-wal")
    note(shop, okafor, "only in the log")
    written = log.read_bytes()
    shop.store.close()
    log.write_bytes(written)  # as after a power cut
    content = bytearray(shop.path.read_bytes())
    for page in range(len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    shop.path.write_bytes(content)
    looked = shop.look(copy).looked
    done = restore(shop.path, DATA_KEY, looked, now=shop.clock.now(), acting=associate(okafor))
    assert done.damaged
    assert done.before is not None
    assert done.before.stat().st_size == len(content)
    assert done.before.name.endswith(".damaged")
    assert not log.exists()
    shop.store = open_store(shop.path, bytearray(DATA_KEY))
    with shop.store.read() as session:
        assert session.scalars(select(col(Note.body))).all() == ["likes emerald"]


def test_a_book_that_is_gone_comes_back(shop: Shop, okafor: int) -> None:
    note(shop, okafor, "likes emerald")
    copy = shop.copy()
    shop.store.close()
    shop.path.unlink()
    looked = shop.look(copy).looked
    assert restore(shop.path, DATA_KEY, looked, now=shop.clock.now(), acting=SET_UP).before is None
    shop.store = open_store(shop.path, bytearray(DATA_KEY))
    with shop.store.read() as session:
        assert session.scalars(select(col(Note.body))).all() == ["likes emerald"]
