"""Photo, likes, the store's own fields and tags: is each changed in its form, by hand and key?"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clientele.services.clients import SetTag, set_tag
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.preferences import AddPreference, add_preference
from clientele.store.queries.custom_fields import FieldRow, custom_fields
from clientele.store.queries.known_of import photo_of
from clientele.store.queries.likes import likes
from clientele.store.queries.tags import tags
from clientele.store.session import Store
from clientele.ui.desk import Desk
from clientele.ui.dialogs.likes import LikesSheet
from clientele.ui.dialogs.own_fields import OwnFieldsSheet
from clientele.ui.dialogs.photo import PhotoSheet
from clientele.ui.dialogs.tags import TagsSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.widgets.row_list import RowList
from tests.ui.at_work import no_sheet
from tests.ui.conftest import Team
from tests.ui.pages.conftest import book, client_shown, nell, staged_nell
from tests.ui.pages.one_client import LEFT, Book

__all__ = ["book", "client_shown", "nell", "staged_nell"]


def press(rows: RowList, key: int, name: str) -> None:
    """Click a button of a row."""
    place = rows.button_rect(key, name).center()
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


# the photo


@pytest.fixture
def photo(desk: Desk, client_shown: ClientPage, nell: int, book: Book) -> PhotoSheet:
    client_shown.header.avatar.click()
    book.settle()
    sheet = client_shown.window().findChild(PhotoSheet)
    assert isinstance(sheet, PhotoSheet)
    return sheet


def kept(store: Store, nell: int) -> bytes | None:
    with store.read() as session:
        return photo_of(session, nell)


def red() -> QImage:
    image = QImage(900, 700, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def test_a_photo_is_pasted_shown_removed_and_brought_back(
    photo: PhotoSheet,
    client_shown: ClientPage,
    nell: int,
    store: Store,
    desk: Desk,
    book: Book,
    qtbot: QtBot,
) -> None:
    assert photo.none.isVisible()
    assert photo.away.isHidden()
    QGuiApplication.clipboard().setImage(red())
    QTest.keyClick(photo, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(photo.picture.isVisible)
    jpeg = kept(store, nell)
    assert jpeg is not None
    assert QImage.fromData(jpeg).width() == 640
    qtbot.waitUntil(client_shown.header.avatar.has_photo)
    assert client_shown.header.avatar.accessibleName() == "Photo of Eleanor Marsh"
    QTest.mouseClick(photo.away, LEFT)
    book.settle()
    assert kept(store, nell) is None
    assert not client_shown.header.avatar.has_photo()
    desk.undo()
    book.settle()
    assert kept(store, nell) == jpeg


def test_a_file_is_pasted_or_chosen_and_what_is_none_is_said(
    photo: PhotoSheet, nell: int, store: Store, book: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "nell.png"
    assert red().save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    QTest.mouseClick(photo.paste, LEFT)
    qtbot.waitUntil(photo.picture.isVisible)
    before = kept(store, nell)
    words = tmp_path / "words.jpg"
    words.write_text("no picture")
    photo.open_file(words)
    qtbot.waitUntil(photo.banner.isVisible)
    assert "no picture that can be read" in photo.banner.sentence.text()
    book.settle()
    assert kept(store, nell) == before
    QGuiApplication.clipboard().setText("words")
    QTest.mouseClick(photo.paste, LEFT)
    assert "no picture to paste" in photo.banner.sentence.text()


# likes


@pytest.fixture
def sheet(desk: Desk, client_shown: ClientPage, nell: int, book: Book) -> LikesSheet:
    made = LikesSheet(desk, client_shown, nell)
    made.open_sheet()
    book.settle()
    return made


def said(store: Store, client: int) -> list[tuple[str, str, str, str]]:
    with store.read() as session:
        rows = likes(session, client).rows
    return [(row.kind, row.what, row.member, row.department) for row in rows]


def test_several_are_added_for_whom_and_where_they_count(
    sheet: LikesSheet, nell: int, store: Store, desk: Desk, book: Book
) -> None:
    QTest.keyClicks(sheet.words, "tweed; avoids: polyester")
    assert sheet.who is not None
    assert sheet.where is not None
    next(b for b in sheet.who.findChildren(QPushButton) if b.text() == "Robert").click()
    next(b for b in sheet.where.findChildren(QPushButton) if b.text() == "Men's Suits").click()
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    book.settle()
    assert said(store, nell)[-2:] == [
        ("like", "tweed", "Robert", "Men's Suits"),
        ("avoid", "polyester", "Robert", "Men's Suits"),
    ]
    assert sheet.words.value == ""
    desk.undo()
    book.settle()
    assert "tweed" not in {what for _, what, _, _ in said(store, nell)}


def test_after_a_lock_the_words_stand_there_and_only_for_the_same_associate(
    sheet: LikesSheet, client_shown: ClientPage, desk: Desk, team: Team, book: Book
) -> None:
    QTest.keyClicks(sheet.words, "tweed")
    desk.sign(desk.me)
    book.settle()
    assert sheet.isVisible()
    assert sheet.words.value == "tweed"
    desk.sign(team.sato)
    book.settle()
    assert no_sheet(client_shown)


def test_a_like_says_how_it_is_known_and_goes_to_the_other_side(
    sheet: LikesSheet, nell: int, store: Store, book: Book
) -> None:
    navy = next(row for row in sheet.list.rows() if row.title == "navy")
    assert navy.sub == "told us 21 Nov · you · Men's Suits · seen: bought 2 times, last 5 Jan"
    sheet.list.setFocus()
    sheet.list.set_current(navy.key)
    QTest.keyClick(sheet.list, Qt.Key.Key_M)
    book.settle()
    assert ("avoid", "navy", "", "") in said(store, nell)


def test_words_and_department_are_changed_in_the_form(
    sheet: LikesSheet, nell: int, store: Store, book: Book
) -> None:
    navy = next(row for row in sheet.list.rows() if row.title == "navy")
    press(sheet.list, navy.key, "change")  # type: ignore[arg-type]
    assert sheet.words.value == "navy"
    assert sheet.where is not None
    next(b for b in sheet.where.findChildren(QPushButton) if b.text() == "Shoes").click()
    QTest.keyClicks(sheet.words, " blue")
    QTest.mouseClick(sheet.keep, LEFT)
    book.settle()
    assert ("like", "navy blue", "", "Shoes") in said(store, nell)


def test_what_contradicts_stands_side_by_side_and_is_settled(
    client_shown: ClientPage, nell: int, desk: Desk, team: Team, store: Store, book: Book
) -> None:
    card = client_shown.preferences
    assert card.against.isHidden()
    desk.do(add_preference, AddPreference(nell, "avoid", "low heels", team.okafor.id))
    book.settle()
    assert card.against.isVisible()
    sheet = LikesSheet(desk, client_shown, nell)
    sheet.open_sheet()
    book.settle()
    assert [row.title for row in sheet.list.rows()[:2]] == ["low heel", "low heels"]
    sheet.close_sheet()
    buttons = [b for b in card.against.findChildren(QPushButton) if b.text() == "Avoids it"]
    QTest.mouseClick(buttons[0], LEFT)
    book.settle()
    assert ("like", "low heel", "", "") not in said(store, nell)
    assert ("avoid", "low heels", "", "") in said(store, nell)
    assert card.against.isHidden()
    desk.undo()
    book.settle()
    assert card.against.isVisible()


def test_the_card_takes_both_sides_at_once(
    client_shown: ClientPage, nell: int, store: Store, book: Book
) -> None:
    adder = client_shown.preferences.adders["like"]  # type: ignore[index]
    QTest.keyClicks(adder, "emerald, jade; avoids: glitter")
    QTest.keyClick(adder, Qt.Key.Key_Return)
    book.settle()
    assert {("like", "emerald"), ("like", "jade"), ("avoid", "glitter")} <= {
        one[:2] for one in said(store, nell)
    }


def test_somebody_without_household_is_not_asked_for_whom(
    client_shown: ClientPage, desk: Desk, team: Team, book: Book
) -> None:
    from clientele.services.clients import NewClient, new_client

    made: list[int] = []
    desk.do(
        new_client,
        NewClient(team.okafor.id, "Tom"),
        then=lambda changes: made.append(changes.subject or 0),
    )
    book.settle()
    sheet = LikesSheet(desk, client_shown, made[0])
    sheet.open_sheet()
    book.settle()
    assert sheet.none.isVisible()
    assert sheet.who is not None
    assert sheet.who.isHidden()
    desk.do(add_household_member, AddHouseholdMember(made[0], "Mia"))
    book.settle()
    assert sheet.who.isVisible()


# the store's own fields


def asked(store: Store) -> list[FieldRow]:
    with store.read() as session:
        return list(custom_fields(session))


def test_fields_are_added_put_in_order_changed_and_retired(
    desk: Desk, window: MainWindow, book: Book, store: Store
) -> None:
    sheet = OwnFieldsSheet(desk, window.content)
    sheet.open_sheet()
    book.settle()
    assert "Only a manager" in sheet.keep.property("closed")
    book.manages()
    assert not sheet.keep.property("closed")
    sheet.say("")
    assert sheet.none.isVisible()
    QTest.keyClicks(sheet.name, "Shirt maker")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    book.settle()
    QTest.keyClicks(sheet.name, "Drink")
    sheet.kind._buttons["choice"].click()
    assert sheet.choices.isVisible()
    QTest.mouseClick(sheet.keep, LEFT)
    book.settle()
    assert "Nothing to choose from" in sheet.banner.sentence.text()
    sheet.choices.setPlainText("tea\ncoffee")
    QTest.mouseClick(sheet.keep, LEFT)
    book.settle()
    assert [(row.name, row.kind) for row in asked(store)] == [
        ("Shirt maker", "text"),
        ("Drink", "choice"),
    ]
    maker, drink = (row.id for row in asked(store))
    press(sheet.list, drink, "up")
    book.settle()
    assert [row.name for row in asked(store)] == ["Drink", "Shirt maker"]
    press(sheet.list, drink, "change")
    assert sheet.choices.value == "tea\ncoffee"
    sheet.choices.setPlainText("tea\ncoffee\nwater")
    sheet.name.setText("What to drink")
    QTest.mouseClick(sheet.keep, LEFT)
    book.settle()
    assert asked(store)[0].choices == ("tea", "coffee", "water")
    assert asked(store)[0].name == "What to drink"
    sheet.list.setFocus()
    sheet.list.set_current(maker)
    QTest.keyClick(sheet.list, Qt.Key.Key_R)
    book.settle()
    assert asked(store)[-1].retired
    desk.undo()
    book.settle()
    assert not asked(store)[-1].retired


# tags


def test_a_tag_is_renamed_put_together_with_another_and_removed(
    client_shown: ClientPage, nell: int, desk: Desk, window: MainWindow, book: Book, store: Store
) -> None:
    def there() -> dict[str, int]:
        with store.read() as session:
            return {row.name: row.clients for row in tags(session)}

    sheet = TagsSheet(desk, window.content)
    sheet.open_sheet()
    book.settle()
    assert "Only a manager" in sheet.banner.sentence.text()
    book.manages()
    assert sheet.none.isVisible()
    for name in ("vip", "press"):
        desk.do(set_tag, SetTag(nell, name))
    book.settle()
    keys = {row.title: row.key for row in sheet.list.rows()}
    press(sheet.list, keys["vip"], "change")  # type: ignore[arg-type]
    sheet.name.selectAll()
    QTest.keyClicks(sheet.name, "VIP client")
    assert sheet.keep.text() == "Call it so"
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    book.settle()
    assert there() == {"VIP client": 1, "press": 1}
    press(sheet.list, keys["press"], "change")  # type: ignore[arg-type]
    sheet.name.selectAll()
    QTest.keyClicks(sheet.name, "vip client")
    assert sheet.keep.text() == "Put both together"
    QTest.mouseClick(sheet.keep, LEFT)
    book.settle()
    assert there() == {"VIP client": 1}
    desk.undo()
    book.settle()
    assert there() == {"VIP client": 1, "press": 1}
    press(sheet.list, keys["press"], "remove")  # type: ignore[arg-type]
    book.settle()
    assert there() == {"VIP client": 1}
