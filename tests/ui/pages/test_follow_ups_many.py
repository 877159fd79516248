"""Are several follow-ups chosen and done with at once, by keys and by clicks, with one Undo?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.plans import FollowUpState
from clientele.domain.tables import FollowUp
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.choose_day import ChooseDaySheet
from clientele.ui.dialogs.follow_ups_chosen import DoChosenSheet
from clientele.ui.dialogs.give_follow_ups import GiveFollowUpsSheet
from clientele.ui.dialogs.say_why import SayWhySheet
from clientele.ui.models.rows import ChipSpec
from clientele.ui.pages.follow_ups import DONE, FollowUpsPage
from tests.a_day import TODAY, Day
from tests.as_kept import as_kept
from tests.ui.at_work import no_sheet, press, settle, sheet, shown, words_in, write

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[FollowUpsPage]:
    """The page, read and shown."""
    made = shown(FollowUpsPage(desk), qtbot)
    yield made
    made.close()


def states(store: Store, day: Day) -> list[str]:
    """How the five stand."""
    return [as_kept(store, FollowUp, key).state for key in day.follow_ups.values()]


def ticked(page: FollowUpsPage) -> list[str]:
    """Whose lines show the tick."""
    return [
        row.title
        for row in page.list.rows()
        if isinstance(row.lead, ChipSpec) and row.lead.text.startswith("✓")
    ]


def test_chosen_by_space_and_by_reach_and_let_go(page: FollowUpsPage) -> None:
    assert not page.chosen.isVisible()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Space, SHIFT)
    assert ticked(page) == ["Marta Lindqvist", "James Whitfield", "Aisha Rahman"]
    assert page.chosen.count.text() == "3 chosen"
    press(Qt.Key.Key_Space)
    assert ticked(page) == ["Marta Lindqvist", "James Whitfield"]
    press(Qt.Key.Key_A, CTRL)
    assert len(ticked(page)) == 5
    assert not page.chosen.all.isVisible()
    press(Qt.Key.Key_Escape)
    assert ticked(page) == []
    assert not page.chosen.isVisible()


def test_a_touch_on_the_lead_chooses_and_does_not_open(
    page: FollowUpsPage, day: Day, qtbot: QtBot
) -> None:
    row = page.list.visualRect(page.list.model().index(1, 0))
    place = row.topLeft() + QPoint(12, row.height() // 2)
    with qtbot.assertNotEmitted(page.open_client):
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(ticked(page)) == 1


def test_done_for_all_that_are_chosen_with_one_undo(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_D)
    sheet(page, DoChosenSheet)
    write("told them at the party")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert no_sheet(page)
    assert set(states(store, day)) == {FollowUpState.DONE}
    assert page.list.rows() == []
    assert not page.chosen.isVisible()
    desk.undo()
    settle(desk, qtbot)
    assert set(states(store, day)) == {FollowUpState.OPEN}
    assert len(page.list.rows()) == 5


def test_put_off_given_and_dropped_together(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Space)
    QTest.mouseClick(page.chosen.snooze, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    sheet(page, ChooseDaySheet).other.setFocus()
    write("24 nov")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    two = [day.follow_ups["Marta"], day.follow_ups["James"]]
    assert [as_kept(store, FollowUp, key).due_on for key in two] == [date(2026, 11, 24)] * 2
    assert len(ticked(page)) == 2
    QTest.mouseClick(page.chosen.give, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    form = sheet(page, GiveFollowUpsSheet)
    assert day.okafor not in form.colleagues.ids
    QTest.mouseClick(form.colleagues.tile(day.sato), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert [as_kept(store, FollowUp, key).associate_id for key in two] == [day.sato] * 2
    given = [row for row in page.list.rows() if row.section == "With colleagues"]
    assert len(given) == 2
    assert all("with L. Sato" in [chip.text for chip in row.chips] for row in given)
    assert page.header.sub.text().endswith("2 with colleagues")
    QTest.mouseClick(page.chosen.drop, Qt.MouseButton.LeftButton)
    sheet(page, SayWhySheet)
    write("sale is over")
    press(Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert [as_kept(store, FollowUp, key).outcome for key in two] == ["sale is over"] * 2
    page.part.choose(DONE)
    page.part.chosen.emit(DONE)
    assert "sale is over" in page.list.rows()[0].sub


def test_a_button_on_a_line_that_is_not_chosen_means_that_line(
    page: FollowUpsPage, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_S)
    settle(desk, qtbot)
    assert "Aisha Rahman" in words_in(sheet(page, ChooseDaySheet))
    press(Qt.Key.Key_1)
    settle(desk, qtbot)
    assert as_kept(store, FollowUp, day.follow_ups["Aisha"]).due_on > TODAY
    assert as_kept(store, FollowUp, day.follow_ups["James"]).due_on == TODAY
