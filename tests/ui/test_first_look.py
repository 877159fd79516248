"""Does what passed end by itself at the first look of a day, and only then?"""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from clientele.domain.plans import FollowUpState
from clientele.domain.rules.expiring import Because
from clientele.domain.tables import FollowUp, TouchRule
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui.desk import Desk
from clientele.ui.first_look import FirstLook
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept
from tests.ui.at_work import settle


def test_at_signing_in_and_when_a_day_begins(
    day: Day, desk: Desk, store: Store, clock: FixedClock, qtbot: QtBot
) -> None:
    with store.write() as session:
        rule = TouchRule(body="{}", created_at=clock.now(), updated_at=clock.now())
        session.add(rule)
        session.flush()
        for who, last in (("Marta", 1), ("James", 0)):
            row = session.get(FollowUp, day.follow_ups[who])
            assert row is not None
            row.rule_id, row.expires_on = rule.id, TODAY - timedelta(days=last)

    def state(who: str) -> tuple[str, str]:
        row = as_kept(store, FollowUp, day.follow_ups[who])
        return row.state, row.outcome

    look = FirstLook(desk)
    me = desk.me
    desk.sign(me)
    settle(desk, qtbot)
    assert state("Marta") == (FollowUpState.EXPIRED, Because.TOO_LATE)
    assert state("James") == (FollowUpState.OPEN, "")
    assert not desk.can_undo()
    look.look()
    settle(desk, qtbot)
    assert state("James") == (FollowUpState.OPEN, "")
    clock.advance(timedelta(days=1))
    look.look()
    settle(desk, qtbot)
    assert state("James") == (FollowUpState.EXPIRED, Because.TOO_LATE)
    look.timer.stop()
