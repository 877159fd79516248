"""Nobody can sign in: the key on paper opens choosing a PIN, for store managers alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from clientele.domain.rules.pin_rules import PinRefused
from clientele.domain.rules.rights import associate
from clientele.domain.tables import Associate
from clientele.domain.team import Role
from clientele.services.acting import OnlyAStoreManager
from clientele.services.pin_recovery import (
    OnlyForAStoreManager,
    PinByPaper,
    choose_by_recovery_key,
    choose_pin_by_paper,
    recoverable,
)
from clientele.services.sign_in import CountTry, SignIn, count_try, sign_in
from clientele.services.team import AddAssociate, add_associate
from clientele.store.keys import WrongRecoveryKey, new_key
from clientele.store.recovery import MistypedRecoveryKey
from clientele.store.session import Profile, Store, create_store
from clientele.system.clock import FixedClock

NEW = "482913"


@dataclass(frozen=True, slots=True)
class Shop:
    store: Store
    clock: FixedClock
    paper: str
    boss: int
    hand: int

    def locked(self, who: int) -> bool:
        with self.store.read() as session:
            row = session.get(Associate, who)
            assert row is not None
            return row.pin_locked_at is not None

    def signs_in(self, who: int) -> bool:
        with self.store.write() as session:
            count_try(session, CountTry(who), now=self.clock.now())
        with self.store.write() as session:
            return sign_in(session, SignIn(who, NEW), now=self.clock.now()).subject == who


@pytest.fixture
def shop(tmp_path: Path, clock: FixedClock) -> Shop:
    """A book whose only store manager is locked out."""
    key = new_key()
    profile = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")
    store = create_store(
        tmp_path / "b.clientele", key.data_key, profile, now=clock.now(), salt=key.salt
    )
    made = []
    with store.write() as session:
        for role in (Role.STORE_MANAGER, Role.ASSOCIATE):
            person = AddAssociate(f"P. {role}", "Men's Suits", "246813", role)
            made.append(add_associate(session, person, now=clock.now()).subject or 0)
        row = session.get(Associate, made[0])
        assert row is not None
        row.wrong_pins, row.pin_locked_at = 10, clock.now()
    return Shop(store, clock, key.recovery_key, made[0], made[1])


def test_the_paper_opens_choosing_a_pin(shop: Shop) -> None:
    what = PinByPaper(shop.boss, NEW)
    assert NEW not in repr(what)
    choose_by_recovery_key(shop.store, shop.paper.lower(), what, now=shop.clock.now())
    assert not shop.locked(shop.boss)
    assert shop.signs_in(shop.boss)
    with shop.store.read() as session:
        acts = session.execute(text("SELECT act, who, subject_id FROM audit_entry ORDER BY id"))
        assert ("choose_pin_by_paper", "set-up", shop.boss) in [tuple(row) for row in acts]


def test_no_other_paper_does(shop: Shop) -> None:
    other = new_key().recovery_key
    wrong = ("8" if shop.paper[0] != "8" else "9") + shop.paper[1:]
    for typed, refusal in ((other, WrongRecoveryKey), (wrong, MistypedRecoveryKey)):
        what = PinByPaper(shop.boss, NEW)
        with pytest.raises(refusal):
            choose_by_recovery_key(shop.store, typed, what, now=shop.clock.now())
    assert shop.locked(shop.boss)


def test_the_pin_is_one_that_a_manager_may_have(shop: Shop) -> None:
    what = PinByPaper(shop.boss, "4829")
    with pytest.raises(PinRefused, match="6 to 8"):
        choose_by_recovery_key(shop.store, shop.paper, what, now=shop.clock.now())
    assert shop.locked(shop.boss)


def test_whom_a_manager_can_help_needs_no_paper(shop: Shop) -> None:
    with shop.store.read() as session:
        assert [one.id for one in recoverable(session)] == [shop.boss]
    what = PinByPaper(shop.hand, NEW)
    with pytest.raises(OnlyForAStoreManager, match=r"P\. associate"):
        choose_by_recovery_key(shop.store, shop.paper, what, now=shop.clock.now())


def test_a_store_without_a_store_manager_is_not_lost(shop: Shop) -> None:
    with shop.store.write() as session:
        row = session.get(Associate, shop.boss)
        assert row is not None
        row.active = False
    what = PinByPaper(shop.hand, NEW)
    choose_by_recovery_key(shop.store, shop.paper, what, now=shop.clock.now())
    assert shop.signs_in(shop.hand)


def test_no_associate_does_it_without_the_paper(shop: Shop) -> None:
    with pytest.raises(OnlyAStoreManager), shop.store.write(acting=associate(shop.hand)) as session:
        choose_pin_by_paper(session, PinByPaper(shop.boss, NEW), now=shop.clock.now())
