"""Does a manager set how clients are reached, with each mistake told where it stands?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.contact_limits import Limit
from clientele.domain.rules.permission import ChannelRule, Policy
from clientele.domain.rules.policy_texts import Practice, practice_json
from clientele.domain.rules.quiet_hours import DayHours, Hours
from clientele.domain.tables import Associate, ReachPolicy
from clientele.domain.team import Role
from clientele.store.queries.permission import practice
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.reach_policy import NO, ReachPolicySheet
from clientele.ui.pages.follow_ups import FollowUpsPage
from tests.a_day import Day
from tests.ui.at_work import managing, settle, shown


@pytest.fixture
def form(day: Day, desk: Desk, store: Store, qtbot: QtBot) -> ReachPolicySheet:
    """The form over a page, for a manager."""
    with store.write() as session:
        session.execute(update(Associate).values(role="store manager"))
    page = shown(FollowUpsPage(desk), qtbot)
    opened = ReachPolicySheet(desk, page)
    opened.open_sheet()
    settle(desk, qtbot)
    return opened


def kept(store: Store) -> Practice:
    with store.read() as session:
        return practice(session)


def test_it_begins_with_what_holds_and_is_kept_as_it_stands(
    form: ReachPolicySheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    assert form.hours[0].value == "08:00–21:00"
    assert (form.most.value, form.days.value, form.news_most.value) == ("2", "7", "1")
    form.keep.click()
    settle(desk, qtbot)
    assert kept(store) == Practice()


def test_what_the_form_does_not_show_stays_as_it_was(
    day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    finer = Practice(
        Policy(
            call=ChannelRule(used=False, service_needs_yes=True),
            email=ChannelRule(news_named=True),
            limits=(Limit(2, 7), Limit(1, 1, Purpose.NEWS), Limit(5, 30), Limit(4, 60)),
        )
    )
    with store.write() as session:
        session.execute(update(Associate).values(role="store manager"))
        session.add(ReachPolicy(body=practice_json(finer), updated_at=desk.now()))
    form = ReachPolicySheet(desk, shown(FollowUpsPage(desk), qtbot))
    form.open_sheet()
    settle(desk, qtbot)
    form.days_off.set_value("25 Dec 2026")
    form.keep.click()
    settle(desk, qtbot)
    hours = Hours(days_off=frozenset({date(2026, 12, 25)}))
    assert kept(store) == replace(finer, policy=replace(finer.policy, hours=hours))


def test_everything_can_be_said_otherwise(
    form: ReachPolicySheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    form.hours[0].set_value("9-18")
    form.hours[6].set_value("")
    form.days_off.set_value("25 Dec 2026")
    form.most.set_value("")
    form.days.set_value("")
    form.used[Channel.TEXT].choose(NO)
    form.named.setChecked(True)
    form.any_hour.setChecked(True)
    form.areas.setChecked(True)
    form.closed_weekdays[6].setChecked(True)
    form.closed_on.set_value("2026-12-26")
    form.opens[1].set_value("7-22:30")
    form.keep.click()
    settle(desk, qtbot)
    found = kept(store)
    assert [at for at, hours in enumerate(found.opens) if hours is not None] == [1]
    assert found.opens[1] == DayHours(time(7), time(22, 30))
    assert found.policy.hours.week[0] == DayHours(time(9), time(18))
    assert found.policy.hours.week[6] is None
    assert found.policy.hours.days_off == {date(2026, 12, 25)}
    assert [one.purpose for one in found.policy.limits] == ["news"]
    assert not found.policy.text.used
    assert found.policy.call.news_named
    assert found.policy.email_at_any_hour
    assert found.trust_area_codes
    assert found.closed_weekdays == {6}
    assert found.closed_on == {date(2026, 12, 26)}


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hours", "7:00–21:00", "own time"),
        ("hours", "18-9", "no time at all"),
        ("hours", "noon", "are no hours"),
        ("days_off", "25 Dec", "is not one day"),
        ("most", "often", "is no number"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(
    form: ReachPolicySheet, store: Store, field: str, typed: str, said: str
) -> None:
    place = form.hours[2] if field == "hours" else getattr(form, field)
    place.set_value(typed)
    form.keep.click()
    assert said in form.banner.sentence.text()
    assert said in place.accessibleDescription()
    assert kept(store) == Practice()


def test_only_a_manager_decides(
    form: ReachPolicySheet, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        session.execute(update(Associate).values(role="associate"))
    assert not form.keep.property("closed")
    form.areas.setChecked(True)
    form.keep.click()
    settle(desk, qtbot)
    assert "This is for a manager" in form.banner.sentence.text()
    assert not kept(store).trust_area_codes
    managing(desk, store, qtbot, Role.ASSOCIATE)
    assert "Only a manager" in form.keep.property("closed")
    assert "Only a manager" in form.banner.sentence.text()
    managing(desk, store, qtbot, Role.DEPARTMENT_MANAGER)
    assert not form.keep.property("closed")
