"""Does the sheet say whose a client is, and let that be changed by whoever may?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from clientele.domain.tables import Associate, Client, FollowUp
from clientele.domain.team import Role
from clientele.services.books import (
    KnowInDepartment,
    TakeIntoBook,
    know_in_department,
    take_into_book,
)
from clientele.services.hand_offs import Answer, Offer, accept, offer
from clientele.services.rows import new_id, the
from clientele.store.queries.whose import Whose, whose
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.give import GiveSheet
from clientele.ui.dialogs.hand_over import HandOverSheet
from clientele.ui.dialogs.whose import WhoseSheet
from clientele.ui.forms import Forms
from clientele.ui.main_window import MainWindow
from clientele.ui.models.whose_rows import REMOVE
from clientele.ui.pages.client import ClientPage
from tests.ui.at_work import click_row, elsewhere, no_sheet, settle, sheet
from tests.ui.conftest import Team

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def ada(store: Store, clock: FixedClock, team: Team) -> int:
    """A client whom nobody owns."""
    assert team.okafor.id
    now = clock.now()
    with store.write() as session:
        row = Client(
            given_name="Ada", family_name="Amiri", sort_name="amiri ada", created_at=now,
            updated_at=now,
        )  # fmt: skip
        return new_id(session, row)


def own(store: Store, clock: FixedClock, client: int, who: int, why: str = "") -> None:
    with store.write() as session:
        take_into_book(session, TakeIntoBook(client, who, why), now=clock.now())


def opened(desk: Desk, window: MainWindow, client: int, qtbot: QtBot) -> WhoseSheet:
    made = WhoseSheet(desk, window.content, client)
    made.open_sheet()
    settle(desk, qtbot)
    return made


def shown_buttons(one: WhoseSheet) -> list[str]:
    buttons = (one.take, one.ask, one.hand_over, one.give, one.know)
    return [button.text() for button in buttons if button.isVisible()]


def now_whose(store: Store, desk: Desk, client: int) -> Whose:
    with store.read() as session:
        found = whose(session, client, today=desk.today())
    assert found is not None
    return found


def test_a_client_of_nobody_is_taken_with_one_touch(
    store: Store, desk: Desk, window: MainWindow, ada: int, qtbot: QtBot
) -> None:
    one = opened(desk, window, ada, qtbot)
    assert one.owner.text() == "Nobody owns Ada Amiri yet."
    assert shown_buttons(one) == ["Take into my book", "Add me for Men's Suits"]
    assert one.take.hasFocus()
    QTest.keyClick(one.take, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert one.owner.text() == "Ada Amiri is yours since 21 Nov 2026."
    assert shown_buttons(one) == ["Hand over…"]
    desk.undo()
    settle(desk, qtbot)
    assert now_whose(store, desk, ada).owner is None
    assert one.owner.text() == "Nobody owns Ada Amiri yet."


def test_who_thinks_they_own_another_s_client_reads_whose_and_asks(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.sato.id, "bought a suit with her")
    clock.advance(timedelta(days=500))
    one = opened(desk, window, ada, qtbot)
    assert one.owner.text() == "Ada Amiri is L. Sato's since 21 Nov 2026."
    assert one.why.text() == "bought a suit with her"
    assert shown_buttons(one) == ["Ask for a hand-off", "Add me for Men's Suits"]
    with qtbot.waitSignal(desk.said) as said:
        QTest.mouseClick(one.ask, LEFT)
    assert said.args == ["L. Sato is asked to hand over Ada Amiri", True]
    settle(desk, qtbot)
    assert no_sheet(window)
    with store.read() as session:
        [row] = session.scalars(select(FollowUp)).all()
    assert (row.associate_id, row.reason) == (team.sato.id, "R. Okafor asks for a hand-off")
    assert row.due_on == desk.today()


def test_i_am_added_for_my_department_and_removed_again(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.sato.id)
    one = opened(desk, window, ada, qtbot)
    QTest.mouseClick(one.know, LEFT)
    settle(desk, qtbot)
    [row] = one.knowing.rows()
    assert (row.title, row.after_title) == ("R. Okafor", "· Men's Suits")
    assert not one.know.isVisible()
    click_row(one.knowing, row.key, REMOVE)
    settle(desk, qtbot)
    assert not one.knowing.isVisible()
    assert [past.after_title for past in one.past.rows()] == ["R. Okafor · Men's Suits"]
    desk.undo()
    settle(desk, qtbot)
    assert len(one.knowing.rows()) == 1


def test_what_one_may_not_change_is_said_in_the_sheet(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    with store.write() as session:
        third = new_id(session, Associate(name="T. Third", department_id=1, created_at=clock.now()))
        what = KnowInDepartment(ada, third, third)
        know_in_department(session, what, now=clock.now())
    own(store, clock, ada, team.sato.id)
    one = opened(desk, window, ada, qtbot)
    click_row(one.knowing, one.knowing.rows()[0].key, REMOVE)
    settle(desk, qtbot)
    assert one.banner.sentence.text().startswith("Only T. Third, the owner of the client")
    assert len(one.knowing.rows()) == 1


def test_mine_is_handed_over_in_the_form_for_that(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.okafor.id)
    one = opened(desk, window, ada, qtbot)
    assert one.hand_over.hasFocus()
    QTest.mouseClick(one.hand_over, LEFT)
    settle(desk, qtbot)
    sheet(window, HandOverSheet).close_sheet()
    assert now_whose(store, desk, ada).owner is not None


def test_a_manager_gives_a_colleague_s_client_to_another(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.sato.id)
    with store.write() as session:
        the(session, Associate, team.okafor.id).role = Role.STORE_MANAGER
        third = new_id(session, Associate(name="T. Third", created_at=clock.now()))
    one = opened(desk, window, ada, qtbot)
    assert shown_buttons(one) == [
        "Ask for a hand-off",
        "Give to a colleague…",
        "Add me for Men's Suits",
    ]
    QTest.mouseClick(one.give, LEFT)
    settle(desk, qtbot)
    give = sheet(window, GiveSheet)
    assert give.title.text() == "Give 1 client to a colleague"
    QTest.mouseClick(give.colleagues.tile(third), LEFT)
    QTest.keyClick(give, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    owner = now_whose(store, desk, ada).owner
    assert owner is not None
    assert (owner.associate, owner.why) == ("T. Third", "handed over by R. Okafor")


def test_of_one_who_left_the_client_is_taken_over(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.sato.id)
    with store.write() as session:
        the(session, Associate, team.sato.id).active = False
    one = opened(desk, window, ada, qtbot)
    assert (
        one.owner.text() == "Ada Amiri was L. Sato's since 21 Nov 2026, who no longer works here."
    )
    QTest.mouseClick(one.take, LEFT)
    settle(desk, qtbot)
    assert one.why.text() == "taken over from L. Sato"


def test_the_key_opens_it_for_the_client_at_hand(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.sato.id)
    forms = Forms(desk, window)
    with qtbot.waitSignal(desk.refused) as refused:
        forms.whose()
    assert refused.args[0].startswith("Whose client? Open a client")
    page = ClientPage(desk)
    window.add_page(page, actions.CLIENTS)
    page.show_client(ada)
    window.show_page(page)
    settle(desk, qtbot)
    assert page.header.owner.text() == "L. Sato's since 2026"
    QTest.keySequence(window, actions.WHOSE.key)
    settle(desk, qtbot)
    sheet(window, WhoseSheet).close_sheet()
    QTest.mouseClick(page.header.owner, LEFT)
    settle(desk, qtbot)
    assert sheet(window, WhoseSheet).owner.text() == "Ada Amiri is L. Sato's since 21 Nov 2026."


def test_what_is_lent_is_said_on_the_page_and_in_the_sheet(
    store: Store, clock: FixedClock, desk: Desk, window: MainWindow, ada: int, team: Team,
    qtbot: QtBot,
) -> None:  # fmt: skip
    own(store, clock, ada, team.okafor.id, "new client")
    until = desk.today() + timedelta(days=3)
    with store.write() as session:
        what = Offer(ada, team.sato.id, team.okafor.id, until_on=until)
        key = offer(session, what, now=clock.now()).subject or 0
    page = ClientPage(desk)
    window.add_page(page, actions.CLIENTS)
    page.show_client(ada)
    window.show_page(page)
    one = opened(desk, window, ada, qtbot)
    assert one.why.text() == "new client · offered to L. Sato, not answered yet"
    elsewhere(desk, store, accept, Answer(key, team.sato.id), team.sato.id)
    settle(desk, qtbot)
    assert one.why.text() == "new client · lent to L. Sato until Tue 24 Nov"
    assert page.header.book.text() == "lent to L. Sato until Tue 24 Nov · new client"
