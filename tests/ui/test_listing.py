"""Can a list be gone through client by client, from anywhere, and is what is done kept?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clientele.domain.rules.filters import Condition, Filter, What
from clientele.services.clients import NewClient, SetTag, new_client, set_tag
from clientele.services.lists import SaveList, save_list
from clientele.store.queries.lists import done_with
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui import actions
from clientele.ui.desk import Me
from clientele.ui.dialogs.lists import ListsSheet
from clientele.ui.models.filter_words import Ground
from clientele.ui.models.rows import ROW_ROLE, Row
from clientele.ui.theme import Theme
from clientele.ui.workplace import Workplace
from tests.ui.at_work import press, settle, sheet, write
from tests.ui.conftest import Team

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def place(
    store: Store, clock: FixedClock, theme: Theme, team: Team, qtbot: QtBot
) -> Iterator[Workplace]:
    """The whole window on six clients, of whom Abel, Cole and Eden are on the list “Spring”."""
    with store.write() as session:
        for at, name in enumerate(("Abel", "Baker", "Cole", "Dean", "Eden", "Ford")):
            made = new_client(session, NewClient(team.okafor.id, "Ann", name), now=clock.now())
            if at % 2 == 0:
                set_tag(session, SetTag(made.subject or 0, "VIP"), now=clock.now())
        vips = Filter(parts=(Condition(What.TAG, about=1),))
        what = SaveList(team.okafor.id, "Spring", vips, shared=True)
        save_list(session, what, now=clock.now())
    made_place = Workplace(store, clock, Formats("en", "Europe/Amsterdam"), theme)
    made_place.window.resize(1366, 768)
    made_place.desk.sign(team.okafor)
    with qtbot.waitActive(made_place.window):
        made_place.window.show()
        made_place.window.activateWindow()
    settle(made_place.desk, qtbot)
    yield made_place
    made_place.stop()


def open_list(place: Workplace, qtbot: QtBot) -> None:
    press(Qt.Key.Key_L, CTRL, SHIFT)
    settle(place.desk, qtbot)
    sheet(place.clients, ListsSheet)
    press(Qt.Key.Key_Return)
    settle(place.desk, qtbot)
    place.clients.list.setFocus()


def done(place: Workplace, by: int) -> frozenset[int]:
    with place.store.read() as session:
        return done_with(session, 1, by)


def chips(place: Workplace) -> list[list[str]]:
    rows = [place.clients.model.index(at, 0).data(ROW_ROLE) for at in range(3)]
    return [[chip.text for chip in row.chips] for row in rows if isinstance(row, Row)]


def test_from_list_to_client_to_client_and_back(place: Workplace, qtbot: QtBot) -> None:
    open_list(place, qtbot)
    assert list(place.clients.model.ids()) == [1, 3, 5]
    press(Qt.Key.Key_D)
    settle(place.desk, qtbot)
    assert done(place, place.desk.me.id) == {1}
    assert chips(place) == [["done"], [], []]
    assert "1 done, 2 to go" in place.clients.header.sub.text()
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return)
    settle(place.desk, qtbot)
    bar = place.client.work
    assert place.window.current_page() is place.client
    assert (place.client.client_id, bar.words.text()) == (3, "2 of 3 · Spring")
    assert bar.left.text() == "2 to go"
    press(Qt.Key.Key_Up, CTRL)
    settle(place.desk, qtbot)
    assert (place.client.client_id, bar.done_chip.isVisible()) == (1, True)
    press(Qt.Key.Key_Down, CTRL)
    settle(place.desk, qtbot)
    assert (place.client.client_id, bar.done_chip.isVisible()) == (3, False)

    place.client.write_note()
    write("d")
    assert done(place, place.desk.me.id) == {1}
    place.client.story.note.field.set_value("")
    place.client.take_keyboard()
    press(Qt.Key.Key_D)
    settle(place.desk, qtbot)
    assert done(place, place.desk.me.id) == {1, 3}
    assert place.client.client_id == 5
    QTest.mouseClick(bar.done_button, LEFT)
    settle(place.desk, qtbot)
    assert place.window.current_page() is place.clients
    assert done(place, place.desk.me.id) == {1, 3, 5}
    place.desk.undo()
    settle(place.desk, qtbot)
    assert chips(place) == [["done"], ["done"], []]


def test_it_begins_again_and_each_associate_for_themselves(
    place: Workplace, team: Team, qtbot: QtBot
) -> None:
    open_list(place, qtbot)
    press(Qt.Key.Key_D)
    settle(place.desk, qtbot)
    place.desk.sign(Me(team.sato.id, "L. Sato", 2, "Women's Sportswear"))
    settle(place.desk, qtbot)
    assert chips(place) == [[], [], []]
    place.desk.sign(team.okafor)
    settle(place.desk, qtbot)
    assert chips(place) == [["done"], [], []]
    QTest.mouseClick(place.clients.filter.again_button, LEFT)
    settle(place.desk, qtbot)
    assert done(place, team.okafor.id) == frozenset()
    assert place.clients.filter.again_button.isHidden()
    place.desk.undo()
    settle(place.desk, qtbot)
    assert done(place, team.okafor.id) == {1}


def test_what_one_asked_is_not_shown_to_the_next_but_for_a_shared_list(
    place: Workplace, team: Team, clock: FixedClock, qtbot: QtBot
) -> None:
    sato = Me(team.sato.id, "L. Sato", 2, "Women's Sportswear")
    with place.store.write() as session:
        mine = SaveList(team.okafor.id, "Private", Filter(parts=(Condition(What.MINE),)))
        key = save_list(session, mine, now=clock.now()).subject or 0
    place.window.show_page(place.clients)
    place.clients.lists.open(key)
    place.desk.sign(team.okafor)
    settle(place.desk, qtbot)
    assert place.clients.header.title.text() == "Private"
    assert _offered(place, "private")
    place.desk.sign(sato)
    assert not _offered(place, "private")
    assert place.clients.filter.asked == Filter()
    settle(place.desk, qtbot)
    assert not _offered(place, "private")
    assert _offered(place, "spring")
    assert place.clients.header.title.text() == "Clients"
    assert place.clients.filter.asked == Filter()
    place.clients.filter.show_filter(Filter(parts=(Condition(What.TAG, about=1),)))
    settle(place.desk, qtbot)
    place.desk.sign(team.okafor)
    settle(place.desk, qtbot)
    assert place.clients.filter.asked == Filter()


def _offered(place: Workplace, typed: str) -> bool:
    """Whether the search box has a command of that name."""
    return bool(place.window._commands.rows(typed))


def test_a_list_is_found_in_the_search_box(place: Workplace, qtbot: QtBot) -> None:
    press(Qt.Key.Key_K, CTRL)
    write("spring")
    settle(place.desk, qtbot)
    rows = place.window.top_bar.search.list.rows()
    wanted = next(row for row in rows if "Spring" in row.words() and "List" in row.words())
    place.window.top_bar.search._choose(wanted.key)
    settle(place.desk, qtbot)
    assert place.clients.header.title.text() == "Spring"
    assert list(place.clients.model.ids()) == [1, 3, 5]


def test_without_a_list_the_keys_say_how_to_open_one(place: Workplace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(place.desk.refused) as refused:
        place.window.act(actions.NEXT_CLIENT)
    assert "Ctrl+Shift+L" in refused.args[0]
    place.open_client(2)
    settle(place.desk, qtbot)
    assert place.client.work.isHidden()


def test_a_filter_that_is_not_kept_can_be_gone_through_and_not_marked(
    place: Workplace, qtbot: QtBot
) -> None:
    place.window.show_page(place.clients)
    place.clients.filter.show_filter(Filter(parts=(Condition(What.TAG, about=1),)))
    settle(place.desk, qtbot)
    place.window.act(actions.NEXT_CLIENT)
    settle(place.desk, qtbot)
    bar = place.client.work
    assert (place.client.client_id, bar.words.text()) == (1, "1 of 3 · tagged VIP")
    assert bar.done_button.isHidden()
    place.clients.filter.ground = Ground(place.desk.formats)  # as if its names came last
    place.clients.filter.learned.emit()
    assert "VIP" not in bar.words.text()
    place.clients.filter._learn()
    settle(place.desk, qtbot)
    assert bar.words.text() == "1 of 3 · tagged VIP"
    place.client.take_keyboard()
    press(Qt.Key.Key_D)
    settle(place.desk, qtbot)
    assert place.client.client_id == 1
