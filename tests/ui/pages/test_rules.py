"""Can a manager read, try, edit and switch rules, and is each change said beforehand?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.client import Channel, ContactKind, Purpose
from clientele.domain.rules.touch_rules import Trigger
from clientele.domain.tables import (
    Associate,
    Consent,
    ContactPoint,
    FollowUp,
    Purchase,
    PurchaseLine,
    TouchRule,
)
from clientele.domain.team import Role
from clientele.services.rows import new_id
from clientele.services.touch_rules import StartingRules, run_all, start_rules
from clientele.store.queries import rule_candidates
from clientele.store.queries.touch_rules import kept_rules
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.change_rule import ChangeRuleSheet
from clientele.ui.dialogs.edit_rule import RuleSheet
from clientele.ui.models.rows import Row
from clientele.ui.pages.rules import RulesPage
from clientele.ui.ruling import Ruling
from tests.a_day import Day
from tests.ui.at_work import click_row, press, settle, sheet, shown

TODAY = date(2026, 11, 21)


@pytest.fixture
def bought(day: Day, store: Store, desk: Desk) -> int:
    """Okafor is a manager; Eleanor, who can be reached, bought a coat today."""
    now, client = desk.now(), day.clients["Eleanor"]
    with store.write() as session:
        start_rules(session, StartingRules(), now=now)
        session.execute(
            update(Associate).where(col(Associate.id) == day.okafor).values(role=Role.STORE_MANAGER)
        )
        session.add(
            ContactPoint(
                client_id=client, kind=ContactKind.EMAIL, value="e@x.example",
                normalised="e@x.example", position=9,
            )
        )  # fmt: skip
        session.add(
            Consent(
                client_id=client, channel=Channel.EMAIL, purpose=Purpose.NEWS, allowed=True,
                said_at=now,
            )
        )  # fmt: skip
        department = session.scalar(select(col(PurchaseLine.department_id)).limit(1)) or 1
        purchase = new_id(
            session,
            Purchase(
                client_id=client, sold_at=now + timedelta(minutes=1), sold_on=TODAY,
                associate_id=day.okafor, currency="EUR", total=90_000,
            ),
        )  # fmt: skip
        session.add(
            PurchaseLine(purchase_id=purchase, department_id=department, item="Coat", amount=90_000)
        )
    return purchase


@pytest.fixture
def page(bought: int, desk: Desk, qtbot: QtBot) -> Iterator[RulesPage]:
    made = shown(RulesPage(desk), qtbot)
    yield made
    made.close()


def rule_of(store: Store, trigger: Trigger = Trigger.PURCHASE) -> int:
    """The id of the shipped rule for a trigger."""
    with store.read() as session:
        key = session.scalar(select(col(TouchRule.id)).where(col(TouchRule.key) == trigger.value))
    assert key is not None
    return key


def row(page: RulesPage, key: object) -> Row:
    """A row of the list."""
    return next(one for one in page.list.rows() if one.key == key)


def made(store: Store) -> list[tuple[str, date]]:
    """The states and days of what rules made for purchases."""
    with store.read() as session:
        rows = session.execute(
            select(col(FollowUp.state), col(FollowUp.due_on)).where(
                col(FollowUp.source) == "purchase"
            )
        )
        return [tuple(one) for one in rows]  # type: ignore[misc]


def runs(store: Store, now: datetime) -> None:
    """The rules look through the book."""
    with store.write() as session:
        run_all(session, now=now)


def test_each_rule_is_a_sentence(page: RulesPage, store: Store) -> None:
    assert len(page.list.rows()) == 8
    thanks = row(page, rule_of(store))
    assert thanks.title == "Thank you for a purchase"
    assert thanks.body.startswith(
        "3 days after a purchase of €200 or more, write an e-mail: “Thank you after a purchase”. "
        "Or else by message and call."
    )
    assert [chip.text for chip in thanks.chips] == ["on"]


def test_whom_it_would_reach_and_why_not_the_others(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    page.list.set_current(rule_of(store))
    settle(desk, qtbot)
    assert page.reach.words.text() == "Today it would reach 1 client: Eleanor Marsh."
    reached = [one for one in page.reach.list.rows() if one.title == "Eleanor Marsh"]
    assert reached[0].sub == "Bought on 21 Nov 2026 · e-mail"
    opened: list[int] = []
    page.open_client.connect(opened.append)
    page.reach.list.opened.emit(reached[0].key)
    assert len(opened) == 1


def test_switching_off_says_what_it_does_does_it_and_can_be_undone(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    key = rule_of(store)
    runs(store, desk.now())
    assert made(store) == [("open", date(2026, 11, 24))]
    click_row(page.list, key, "switch")
    settle(desk, qtbot)
    asking = sheet(page, ChangeRuleSheet)
    assert asking.words.text() == "1 follow-up will end."
    asking.go_on.click()
    settle(desk, qtbot)
    assert made(store) == [("ended", date(2026, 11, 24))]
    assert [chip.text for chip in row(page, key).chips] == ["off"]
    desk.undo()
    settle(desk, qtbot)
    assert made(store) == [("open", date(2026, 11, 24))]


def test_leaving_it_changes_nothing(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    runs(store, desk.now())
    page.list.set_current(rule_of(store))
    page.list.setFocus()
    press(Qt.Key.Key_X)
    settle(desk, qtbot)
    sheet(page, ChangeRuleSheet).close_sheet()
    settle(desk, qtbot)
    assert made(store) == [("open", date(2026, 11, 24))]
    assert len(page.list.rows()) == 8


def test_editing_says_what_saving_does(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    key = rule_of(store)
    runs(store, desk.now())
    click_row(page.list, key, "edit")
    settle(desk, qtbot)
    form = sheet(page, RuleSheet)
    form.form.wait.set_value("6")
    form.form.changed.emit()
    qtbot.waitUntil(lambda: "move" in form.after.text())
    assert form.words.text().startswith("6 days after a purchase of €200 or more")
    assert form.after.text() == "If you save this: 1 follow-up will move to another day."
    form.save.click()
    settle(desk, qtbot)
    assert made(store) == [("open", date(2026, 11, 27))]
    with store.read() as session:
        assert kept_rules(session)[0].rule is not None
        assert session.get(TouchRule, key).version == 2  # type: ignore[union-attr]


def test_a_new_rule_that_makes_no_sense_is_said_and_kept_in_the_form(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    page.new.click()
    form = sheet(page, RuleSheet)
    form.form.expires.set_value("0")
    form.form.name.set_value("Hello")
    form.save.click()
    settle(desk, qtbot)
    assert form.isVisible()
    form.form.expires.set_value("5")
    form.form.trigger.choose(Trigger.RHYTHM.value)
    form.form.changed.emit()
    assert form.form.overdue.isVisible()
    assert not form.form.wait.isVisible()
    form.save.click()
    settle(desk, qtbot)
    assert [one.title for one in page.list.rows()][-1] == "Hello"


def test_the_order_is_kept(page: RulesPage, desk: Desk, qtbot: QtBot) -> None:
    before = [one.title for one in page.list.rows()]
    page.list.set_current(page.list.rows()[0].key)
    page.list.setFocus()
    press(Qt.Key.Key_N)
    settle(desk, qtbot)
    after = [one.title for one in page.list.rows()]
    assert after[:2] == [before[1], before[0]]


def test_an_associate_reads_them_only(
    page: RulesPage, store: Store, desk: Desk, qtbot: QtBot, day: Day
) -> None:
    with store.write() as session:
        session.execute(
            update(Associate).where(col(Associate.id) == day.okafor).values(role=Role.ASSOCIATE)
        )
    page.refresh()
    settle(desk, qtbot)
    assert not page.new.isVisible()
    assert page.list.rows()[0].actions == ()
    page.list.opened.emit(page.list.rows()[0].key)
    assert not [one for one in page.window().findChildren(RuleSheet) if one.isVisible()]


def test_a_run_in_the_background_makes_what_is_due(
    bought: int, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    ruling = Ruling(desk, desk)
    ruling.run()
    qtbot.waitUntil(lambda: not ruling.is_running)
    assert made(store) == [("open", date(2026, 11, 24))]
    assert not desk.can_undo(), "nobody did it, so nobody takes it back by accident"
    ruling.run()
    qtbot.waitUntil(lambda: not ruling.is_running)
    assert len(made(store)) == 1
    ruling.stop()


def test_who_is_overdue_is_looked_for_piece_by_piece_and_a_run_can_be_left(
    day: Day, store: Store, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_candidates, "BUYERS", 1)
    with store.write() as session:
        start_rules(session, StartingRules("en"), now=desk.now())
        session.add(
            Consent(client_id=day.clients["Samuel"], channel=Channel.CALL, purpose=Purpose.NEWS,
                    allowed=True, said_at=desk.now())
        )  # fmt: skip
        for back in (150, 120, 90, 60):
            on = desk.today() - timedelta(days=back)
            session.add(
                Purchase(client_id=day.clients["Samuel"], associate_id=day.okafor, sold_on=on,
                         sold_at=desk.now() - timedelta(days=back), currency="EUR", total=100)
            )  # fmt: skip

    def rhythm() -> list[int]:
        with store.read() as session:
            asked = select(col(FollowUp.client_id)).where(col(FollowUp.source) == "rhythm")
            return list(session.scalars(asked))

    left = Ruling(desk, desk)
    left.run()
    left.stop()
    settle(desk, qtbot)
    assert rhythm() == []
    ruling = Ruling(desk, desk)
    ruling.run()
    qtbot.waitUntil(lambda: not ruling.is_running)
    assert rhythm() == [day.clients["Samuel"]]
    ruling.stop()


def test_an_older_book_gets_its_rules_with_the_first_run(
    day: Day, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    ruling = Ruling(desk, desk)
    ruling.run()
    qtbot.waitUntil(lambda: not ruling.is_running)
    with store.read() as session:
        assert len(kept_rules(session)) == 8
    ruling.stop()
