"""Does a client's sheet of purchases say what they own, how they buy, and of which rows?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.rules.habits import Of
from clientele.domain.tables import Gift, LineReturn, Purchase, PurchaseLine, Visit
from clientele.services.clients import NewClient, new_client
from clientele.services.rows import new_id
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.desk import Desk
from clientele.ui.dialogs.gift import GiftSheet
from clientele.ui.dialogs.purchases import BehindSheet, PurchasesSheet
from clientele.ui.dialogs.story_entry import StoryEntrySheet
from clientele.ui.models.rows import Row
from clientele.ui.pages.client import ClientPage
from clientele.ui.theme import Scheme, Theme
from clientele.ui.workplace import Workplace
from tests.ui.at_work import click_row, no_sheet, press, settle, sheet, words_in
from tests.ui.conftest import Team
from tests.ui.pages.conftest import client_shown, nell, staged_nell

__all__ = ["client_shown", "nell", "staged_nell"]

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def place(
    store: Store, clock: FixedClock, theme: Theme, team: Team, nell: int, qtbot: QtBot
) -> Iterator[Workplace]:
    """The whole window with Eleanor's page in it."""
    made = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    made.window.resize(1366, 768)
    made.desk.sign(team.okafor)
    with qtbot.waitActive(made.window):
        made.window.show()
        made.window.activateWindow()
    made.open_client(nell)
    settle(made.desk, qtbot)
    yield made
    made.stop()


def opened(page: ClientPage, qtbot: QtBot) -> PurchasesSheet:
    """The sheet, by a click on the link of the card “across the store”."""
    QTest.mouseClick(page.across.all, Qt.MouseButton.LeftButton)
    settle(page.desk, qtbot)
    return sheet(page, PurchasesSheet)


def rows_of(form: PurchasesSheet) -> dict[str, Row]:
    return {row.after_title: row for row in form.owned.rows()}


def brought_back(store: Store, item: str, on: date) -> None:
    """A line of Eleanor comes back because it is too narrow."""
    with store.write() as session:
        line = session.scalars(select(PurchaseLine).where(col(PurchaseLine.item) == item)).one()
        sold = session.get_one(Purchase, line.purchase_id)
        ticket = Purchase(
            client_id=sold.client_id, sold_at=sold.sold_at + timedelta(days=9), sold_on=on,
            currency="EUR", total=-line.amount,
        )  # fmt: skip
        back = PurchaseLine(
            purchase_id=new_id(session, ticket), department_id=line.department_id, item=item,
            quantity=-1000, amount=-line.amount,
        )  # fmt: skip
        key = new_id(session, back)
        new_id(session, LineReturn(sold_line_id=line.id or 0, return_line_id=key, why="too narrow"))


def test_the_key_opens_it_j_and_k_move_and_return_shows_the_ticket(
    place: Workplace, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_U, CTRL, SHIFT)
    settle(place.desk, qtbot)
    form = sheet(place.client, PurchasesSheet)
    assert form.owned.hasFocus()
    assert [row.section for row in form.owned.rows()][:4] == [
        "Shoes · 3", "Shoes · 3", "Shoes · 3", "Women's Sportswear · 2",
    ]  # fmt: skip
    for _ in range(4):
        press(Qt.Key.Key_J)
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_K)
    row = form.owned.current_row()
    assert row is not None
    assert (row.after_title, row.trailing) == ("Trousers, navy, 12", "€219.00")
    press(Qt.Key.Key_Return)
    settle(place.desk, qtbot)
    ticket = sheet(place.client, StoryEntrySheet)
    assert [one.title for one in ticket.rows.rows()] == ["Trousers, navy, 12", "Total"]
    press(Qt.Key.Key_Escape)
    assert form.isVisible()
    assert form.owned.hasFocus()
    press(Qt.Key.Key_Escape)
    assert no_sheet(place.client)


def test_a_number_shows_the_rows_behind_it_and_they_their_ticket(
    client_shown: ClientPage, qtbot: QtBot
) -> None:
    form = opened(client_shown, qtbot)
    told = {row.title: row for row in form.habits.rows()}
    assert told["Usually every 12 weeks"].sub == (
        "6 buying days · half the time 12 to 23 weeks · last in 10 weeks ago"
    )
    basket = told["Usually €321 a ticket"]
    assert basket.sub == "6 tickets, half of them €239 to €355"
    click_row(form.habits, basket.key)
    settle(client_shown.desk, qtbot)
    behind = sheet(client_shown, BehindSheet)
    assert behind.title.text() == "Usually €321 a ticket"
    assert [row.trailing for row in behind.list.rows()] == [
        "€486.00", "€298.00", "€344.00", "€359.00", "€219.00", "€141.00",
    ]  # fmt: skip
    assert behind.list.hasFocus()
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return)
    settle(client_shown.desk, qtbot)
    ticket = sheet(client_shown, StoryEntrySheet)
    assert ticket.rows.rows()[0].title == "Small tote, camel"


def test_too_little_is_said_with_what_is_missing(client_shown: ClientPage, qtbot: QtBot) -> None:
    form = opened(client_shown, qtbot)
    season = next(row for row in form.habits.rows() if row.key[0] == Of.SEASON)  # type: ignore[index]
    assert season.title == ""
    assert season.after_title == "Time of the year: too little to say yet"
    assert season.sub == "2 more buying days needed"


def test_words_find_what_they_own(client_shown: ClientPage, qtbot: QtBot) -> None:
    form = opened(client_shown, qtbot)
    form.words.setFocus()
    QTest.keyClicks(form.words, "navy")
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    assert list(rows_of(form)) == ["Court, navy, 7 B", "Trousers, navy, 12"]
    assert form.owned.hasFocus()
    form.words.setFocus()
    QTest.keyClicks(form.words, " zebra")
    QTest.keyClick(form.words, Qt.Key.Key_Return)
    assert "Nothing they bought says that." in words_in(form)
    assert not form.owned.isVisible()


def test_what_came_back_is_struck_with_why_and_counts_no_more(
    client_shown: ClientPage, store: Store, qtbot: QtBot
) -> None:
    brought_back(store, "Court, navy, 7 B", date(2026, 1, 14))
    form = opened(client_shown, qtbot)
    row = rows_of(form)["Court, navy, 7 B"]
    assert row.strike
    assert row.sub.endswith("brought back 14 Jan, too narrow")
    assert row.section == "Shoes · 2"
    back = next(one for one in form.habits.rows() if one.title == "1 article came back")
    form.habits.setFocus()
    form.habits.set_current(back.key)
    press(Qt.Key.Key_Return)
    settle(client_shown.desk, qtbot)
    assert [one.after_title for one in sheet(client_shown, BehindSheet).list.rows()] == [
        "Court, navy, 7 B"
    ]


def test_g_says_that_it_was_a_gift_and_undo_takes_that_back(
    client_shown: ClientPage, store: Store, desk: Desk, qtbot: QtBot
) -> None:
    form = opened(client_shown, qtbot)
    row = rows_of(form)["Clutch, silk"]
    form.owned.set_current(row.key)
    press(Qt.Key.Key_G)
    settle(desk, qtbot)
    gift = sheet(client_shown, GiftSheet)
    assert gift.what.value == "Clutch, silk"
    gift.people.choose(None)
    gift._chosen()
    gift.to.setFocus()
    QTest.keyClicks(gift.to, "Aunt May")
    QTest.keyClick(gift.to, Qt.Key.Key_Return)
    settle(desk, qtbot)
    with store.read() as session:
        line = session.scalar(select(col(Gift.purchase_line_id)))
    assert row.key == ("line", line)
    given = rows_of(form)["Clutch, silk"]
    assert [chip.text for chip in given.chips] == ["gift for Aunt May"]
    assert given.actions == ()
    desk.undo()
    settle(desk, qtbot)
    assert rows_of(form)["Clutch, silk"].chips == ()


def test_from_a_ticket_on_to_its_visit(
    client_shown: ClientPage, store: Store, desk: Desk, nell: int, qtbot: QtBot
) -> None:
    with store.write() as session:
        ticket = session.scalars(select(Purchase).order_by(col(Purchase.sold_at).desc())).first()
        assert ticket is not None
        visit = Visit(
            client_id=nell, associate_id=desk.me.id, arrived_at=ticket.sold_at,
            left_at=ticket.sold_at,
        )  # fmt: skip
        ticket.visit_id = new_id(session, visit)
    form = opened(client_shown, qtbot)
    click_row(form.owned, form.owned.rows()[0].key)
    settle(desk, qtbot)
    with qtbot.waitSignal(client_shown.open_visit):
        sheet(client_shown, StoryEntrySheet).way.click()
    assert no_sheet(client_shown)


def test_many_of_a_department_stand_behind_one_row(
    client_shown: ClientPage, store: Store, clock: FixedClock, nell: int, qtbot: QtBot
) -> None:
    with store.write() as session:
        at = clock.now() - timedelta(days=3)
        ticket = Purchase(
            client_id=nell, sold_at=at, sold_on=at.date(), currency="EUR", total=9 * 500
        )
        key = new_id(session, ticket)
        for number in range(9):
            item = f"Scarf {number}"
            new_id(session, PurchaseLine(purchase_id=key, department_id=1, item=item, amount=500))
    form = opened(client_shown, qtbot)
    more = next(row for row in form.owned.rows() if row.key[0] == "more")  # type: ignore[index]
    assert more.after_title == "5 more in Men's Suits"
    click_row(form.owned, more.key)
    assert {f"Scarf {number}" for number in range(9)} <= set(rows_of(form))


def test_nothing_bought_is_said_and_no_link_leads_there(
    place: Workplace, store: Store, clock: FixedClock, team: Team, qtbot: QtBot
) -> None:
    with store.write() as session:
        made = new_client(session, NewClient(team.okafor.id, "Ann", "Abel"), now=clock.now())
    place.open_client(made.subject or 0)
    settle(place.desk, qtbot)
    assert not place.client.across.all.isVisible()
    press(Qt.Key.Key_U, CTRL, SHIFT)
    settle(place.desk, qtbot)
    form = sheet(place.client, PurchasesSheet)
    assert "stands here after the first purchase" in words_in(form)
    assert not form.owned.isVisible()


def test_in_a_small_window_with_twice_the_text_everything_stands_underneath(
    client_shown: ClientPage, theme: Theme, qtbot: QtBot
) -> None:
    client_shown.window().resize(1024, 768)
    theme.switch(Scheme.DARK, 2.0)
    form = opened(client_shown, qtbot)
    over = form.habits.mapTo(form, form.habits.rect().topLeft())
    assert over.y() > form.owned.mapTo(form, form.owned.rect().bottomLeft()).y()
    for rows in (form.owned, form.habits):
        assert rows.width() <= form.frame.width()
        assert rows.mapTo(form, rows.rect().topRight()).x() <= form.frame.geometry().right()
