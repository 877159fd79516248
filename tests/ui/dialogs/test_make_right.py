"""Is a problem written down and decided in one form, with one hand, and nothing lost?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.recovery import Decision, RightState
from clientele.domain.tables import FollowUp, MadeRight, MadeRightStep
from clientele.services.made_right import OpenMadeRight, open_made_right
from clientele.store.queries.follow_ups import open_of_client
from clientele.store.queries.team import draft
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.dialogs.make_right import MakeRightSheet
from clientele.ui.widgets.page import Page
from tests.a_day import Day
from tests.ui.at_work import press, settle, shown, write

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[Page]:
    """Any page, for the sheet to open over."""
    made = shown(Page(desk, "any"), qtbot)
    yield made
    made.close()


@pytest.fixture
def bought(day: Day, store: Store, desk: Desk) -> int:
    """Eleanor bought loafers for €196; answers the line."""
    now = desk.now()
    with store.write() as session:
        purchase = Purchase(
            client_id=day.clients["Eleanor"],
            sold_at=now,
            sold_on=desk.today(),
            currency="EUR",
            total=19600,
        )
        session.add(purchase)
        session.flush()
        assert purchase.id is not None
        line = PurchaseLine(
            purchase_id=purchase.id, department_id=1, item="Loafer, navy, 7 B", amount=19600
        )
        session.add(line)
        session.flush()
        assert line.id is not None
        return line.id


def opened(desk: Desk, page: Page, qtbot: QtBot, client: int | None = None) -> MakeRightSheet:
    sheet = MakeRightSheet(desk, page, client_id=client)
    sheet.open_sheet()
    settle(desk, qtbot)
    return sheet


def rights(store: Store) -> list[MadeRight]:
    with store.read() as session:
        found = list(session.scalars(select(MadeRight).order_by(col(MadeRight.id))))
        session.expunge_all()
        return found


def steps(store: Store) -> list[tuple[str, str, int]]:
    with store.read() as session:
        return [
            (row.what, row.word, row.cost)
            for row in session.scalars(select(MadeRightStep).order_by(col(MadeRightStep.id)))
        ]


def test_tyres_in_one_form(day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    write("four winter tyres")
    QTest.mouseClick(sheet.never_sold, LEFT)
    QTest.mouseClick(sheet.decision.tiles.tile(Decision.CASH_BACK), LEFT)
    write("480")
    with qtbot.waitSignal(sheet.made):
        press(Qt.Key.Key_Return, CTRL)
    settle(desk, qtbot)
    (right,) = rights(store)
    assert (right.goods, right.sold_here, right.state) == ("four winter tyres", False, "decided")
    assert right.associate_id == desk.me.id
    assert steps(store) == [("cash back", "", 48000)]
    with store.read() as session:
        assert session.scalars(select(FollowUp.reason)).all()[-1] == (
            "Is it truly solved? (four winter tyres)"
        )
        assert draft(session, desk.me.id, f"making right for {day.clients['Eleanor']}") == ""


def test_undone_with_one_key(day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    write("tyres")
    sheet.decision.tiles.tile(Decision.GIFT).click()
    sheet.keep()
    settle(desk, qtbot)
    desk.undo()
    settle(desk, qtbot)
    assert rights(store) == []
    assert steps(store) == []


def test_what_they_own_is_one_touch_and_money_back_is_what_was_paid(
    day: Day, bought: int, desk: Desk, store: Store, page: Page, qtbot: QtBot
) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    chip = next(
        one for one in sheet.things.findChildren(type(sheet.never_sold)) if "Loafer" in one.text()
    )
    assert chip.accessibleName() == "Loafer, navy, 7 B, bought 21 Nov 2026"
    QTest.mouseClick(chip, LEFT)
    assert sheet.goods.value == "Loafer, navy, 7 B"
    sheet.decision.tiles.tile(Decision.CASH_BACK).click()
    assert sheet.decision.cost.value == "196.00"
    sheet.keep()
    settle(desk, qtbot)
    (right,) = rights(store)
    assert (right.purchase_line_id, right.sold_here) == (bought, True)
    assert steps(store) == [("cash back", "", 19600)]


def test_other_words_are_another_thing(
    day: Day, bought: int, desk: Desk, store: Store, page: Page, qtbot: QtBot
) -> None:
    sheet = MakeRightSheet(desk, page, client_id=day.clients["Eleanor"], purchase_line_id=bought)
    sheet.open_sheet()
    settle(desk, qtbot)
    assert sheet.goods.value == "Loafer, navy, 7 B"
    sheet.goods.setFocus()
    sheet.goods.selectAll()
    write("an umbrella")
    sheet.keep()
    settle(desk, qtbot)
    assert rights(store)[0].purchase_line_id is None


def test_we_never_sold_this_lets_go_of_the_article(
    day: Day, bought: int, desk: Desk, store: Store, page: Page, qtbot: QtBot
) -> None:
    sheet = MakeRightSheet(desk, page, client_id=day.clients["Eleanor"], purchase_line_id=bought)
    sheet.open_sheet()
    settle(desk, qtbot)
    sheet.never_sold.click()
    sheet.keep()
    settle(desk, qtbot)
    (right,) = rights(store)
    assert (right.purchase_line_id, right.sold_here) == (None, False)


def test_decided_later(day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    sheet.problem.setFocus()
    write("waited twenty minutes")
    sheet.keep()
    settle(desk, qtbot)
    assert rights(store)[0].state == RightState.OPEN
    assert steps(store) == []


def test_a_second_touch_takes_the_choice_back(
    day: Day, desk: Desk, page: Page, qtbot: QtBot
) -> None:
    tiles = opened(desk, page, qtbot, day.clients["Eleanor"]).decision.tiles
    tiles.tile(Decision.GIFT).click()
    tiles.tile(Decision.REPLACED).click()
    assert tiles.value == Decision.REPLACED
    tiles.tile(Decision.REPLACED).click()
    assert tiles.value == ""


def test_it_asks_for_whom(day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot) -> None:
    sheet = opened(desk, page, qtbot)
    assert sheet.client.box.isAncestorOf(sheet.focusWidget()) or sheet.client.box.hasFocus()
    sheet.keep()
    assert sheet.banner.sentence.text().startswith("For whom?")
    write("marsh")
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: desk.idle() and sheet.client.box.focusWidget() is not None)
    sheet.client.pick(day.clients["Eleanor"])
    settle(desk, qtbot)
    assert sheet.goods.hasFocus()


@pytest.mark.parametrize(
    ("cost", "said"),
    [
        ("about fifty", "“about fifty” is not an amount of money."),
        ("-5", "A cost cannot be below nothing."),
    ],
)
def test_a_cost_that_is_none_is_refused_and_nothing_is_lost(
    day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot, cost: str, said: str
) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    write("tyres")
    sheet.decision.tiles.tile(Decision.CASH_BACK).click()
    write(cost)
    sheet.keep()
    settle(desk, qtbot)
    assert sheet.banner.sentence.text().startswith(said)
    assert sheet.isVisible()
    assert (sheet.goods.value, rights(store)) == ("tyres", [])


def test_no_words_and_a_card_number_are_refused(
    day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot
) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    sheet.keep()
    settle(desk, qtbot)
    assert sheet.banner.sentence.text().startswith("What is it about?")
    write("paid with 4111 1111 1111 1111")
    settle(desk, qtbot)
    assert "card number" in sheet.banner.sentence.text()
    sheet.keep()
    settle(desk, qtbot)
    assert rights(store) == []
    assert "card number" in sheet.banner.sentence.text()


def test_what_was_typed_waits(day: Day, desk: Desk, page: Page, qtbot: QtBot) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    write("tyres")
    sheet.never_sold.click()
    sheet.decision.tiles.tile(Decision.CASH_BACK).click()
    write("48")
    settle(desk, qtbot)
    sheet.close_sheet()
    settle(desk, qtbot)
    again = opened(desk, page, qtbot, day.clients["Eleanor"])
    assert again.goods.value == "tyres"
    assert again.never_sold.isChecked()
    assert (again.decision.tiles.value, again.decision.cost.value) == ("cash back", "48")


@pytest.mark.parametrize(("answer", "state"), [("solved", "solved"), ("not solved", "open")])
def test_the_follow_up_takes_the_clients_word(
    day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot, answer: str, state: str
) -> None:
    client = day.clients["Eleanor"]
    with store.write() as session:
        made = OpenMadeRight(client, desk.me.id, "tyres", decision=Decision.CASH_BACK)
        open_made_right(session, made, now=desk.now())
    with store.read() as session:
        row = next(one for one in open_of_client(session, client) if "tyres" in one.reason)
    sheet = DoneFollowUpSheet(desk, page, row)
    sheet.open_sheet()
    settle(desk, qtbot)
    assert sheet.says.isVisible()
    write("all well")
    sheet.says.choose(answer)
    sheet.reached()
    settle(desk, qtbot)
    assert rights(store)[0].state == state
    assert steps(store)[-1] == (answer, "all well", 0)


def test_other_follow_ups_ask_for_no_word(
    day: Day, desk: Desk, store: Store, page: Page, qtbot: QtBot
) -> None:
    with store.read() as session:
        row = open_of_client(session, day.clients["Marta"])[0]
    sheet = DoneFollowUpSheet(desk, page, row)
    sheet.open_sheet()
    settle(desk, qtbot)
    assert not sheet.says.isVisible()
