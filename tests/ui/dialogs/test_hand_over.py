"""Is a client handed over in one form: to whom, what, until when, with which words, and kept?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlmodel import select

from clientele.domain.client import HandOffState
from clientele.domain.history import Note
from clientele.domain.tables import Absence, HandOff
from clientele.services.hand_offs import Offer, offer
from clientele.services.team import AddAssociate, add_associate
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.hand_over import HandOverSheet
from clientele.ui.widgets.page import Page
from tests.a_day import Day
from tests.ui.at_work import press, settle, shown, words_in, write
from tests.ui.conftest import Team

CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(day: Day, desk: Desk, qtbot: QtBot) -> Iterator[Page]:
    """Any page, for the sheet to open over."""
    made = shown(Page(desk, "any"), qtbot)
    yield made
    made.close()


def opened(desk: Desk, page: Page, qtbot: QtBot, client: int, **more: int) -> HandOverSheet:
    sheet = HandOverSheet(desk, page, client_id=client, **more)  # type: ignore[arg-type]
    sheet.open_sheet()
    settle(desk, qtbot)
    return sheet


def click(sheet: HandOverSheet, name: str) -> None:
    """Click what is called so, as a hand does."""
    (button,) = [
        one
        for one in sheet.findChildren(QPushButton)
        if one.accessibleName() == name and one.isVisible()
    ]
    QTest.mouseClick(button, LEFT)


def offers(store: Store) -> list[HandOff]:
    with store.read() as session:
        found = list(session.scalars(select(HandOff)))
        session.expunge_all()
        return found


def test_four_touches_and_a_note_hand_a_client_over(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    nell = day.clients["Eleanor"]
    with store.write() as session:
        session.add(Note(client_id=nell, body="hates wool", written_at=desk.now()))
    sheet = opened(desk, page, qtbot, nell)
    assert sheet.title.text() == "Hand over Eleanor Marsh"
    assert "Yours until your colleague accepts." in words_in(sheet)
    click(sheet, "To whom: L. Sato, Women's Sportswear")
    click(sheet, "The client: Knows")
    click(sheet, "Put into the note: hates wool")
    write(", decides fast")
    with qtbot.waitSignal(sheet.made):
        press(Qt.Key.Key_Return, CTRL)
    (made,) = offers(store)
    assert (made.to_id, made.from_id, made.note) == (
        day.sato, day.okafor, "hates wool, decides fast",
    )  # fmt: skip
    assert (made.client_told, made.department_id, made.until_on) == (True, None, None)
    desk.undo()
    settle(desk, qtbot)
    assert offers(store) == []


def test_one_department_for_some_days(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    sheet = opened(desk, page, qtbot, day.clients["Daniel"])
    sheet.colleagues.choose(day.sato)
    click(sheet, "What: Alterations")
    assert sheet.day.isHidden()
    click(sheet, "Until: Until a day")
    click(sheet, "Last day: Tomorrow")
    click(sheet, "Offer")
    settle(desk, qtbot)
    (made,) = offers(store)
    assert made.department_id == day.departments["Alterations"]
    assert made.until_on == desk.today() + timedelta(days=1)


def test_the_work_of_a_promise_goes_along(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    alterations, hem = day.departments["Alterations"], day.promises["hemmed"]
    with store.write() as session:
        what = AddAssociate("M. Ricci", "Alterations")
        ricci = add_associate(session, what, now=desk.now()).subject
    sheet = opened(
        desk, page, qtbot, day.clients["Daniel"], department_id=alterations, promise_id=hem
    )
    assert sheet.part.value == str(alterations)
    assert sheet.colleagues.ids == (ricci, day.sato)
    sheet.colleagues.choose(day.sato)
    sheet.offer()
    settle(desk, qtbot)
    (made,) = offers(store)
    assert (made.promise_id, made.department_id) == (hem, alterations)


def test_what_is_missing_is_said_and_nothing_is_lost(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    nell = day.clients["Eleanor"]
    sheet = opened(desk, page, qtbot, nell)
    sheet.note.setFocus()
    write("hates wool")
    click(sheet, "Offer")
    assert "To whom? Choose a colleague" in sheet.banner.sentence.text()
    click(sheet, "To whom: L. Sato, Women's Sportswear")
    click(sheet, "What: Shoes")
    settle(desk, qtbot)
    sheet.close_sheet()
    again = opened(desk, page, qtbot, nell)
    assert (again.note.value, again.colleagues.value) == ("hates wool", day.sato)
    assert again.part.value == str(day.departments["Shoes"])
    click(again, "Offer")
    settle(desk, qtbot)
    assert len(offers(store)) == 1
    third = opened(desk, page, qtbot, nell)
    assert third.note.value == ""


def test_a_refusal_is_said_above_the_fields(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    nell = day.clients["Eleanor"]
    with store.write() as session:
        offer(session, Offer(nell, day.sato, day.okafor), now=desk.now())
    sheet = opened(desk, page, qtbot, nell)
    sheet.colleagues.choose(day.sato)
    click(sheet, "Offer")
    settle(desk, qtbot)
    assert "L. Sato was offered this already" in sheet.banner.sentence.text()
    assert sheet.isVisible()
    assert [one.state for one in offers(store)] == [HandOffState.OFFERED]


def test_only_what_is_one_s_own_is_offered(
    page: Page, day: Day, desk: Desk, team: Team, qtbot: QtBot
) -> None:
    desk.sign(team.sato)
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    assert "With R. Okafor now" in words_in(sheet)
    sheet.colleagues.choose(day.okafor)
    click(sheet, "Offer")
    settle(desk, qtbot)
    assert "What do you hand over?" in sheet.banner.sentence.text()


def test_who_is_away_says_so_and_comes_last(
    page: Page, day: Day, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    with store.write() as session:
        session.add(
            Absence(associate_id=day.sato, cover_id=day.okafor, away_from=desk.today(),
                    back_on=desk.today() + timedelta(days=6), created_at=desk.now())
        )  # fmt: skip
    sheet = opened(desk, page, qtbot, day.clients["Eleanor"])
    name = sheet.colleagues.tile(day.sato).accessibleName()
    assert name == "To whom: L. Sato, Women's Sportswear · away until Fri"
    assert sheet.colleagues.tile(day.sato).hasFocus()
