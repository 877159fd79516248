"""What a note offers, in the window: kept, dropped, corrected or left by one key or touch."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlmodel import col, select

from clientele.domain.tables import NoteOffer
from clientele.services.notes import KeepNote, keep_note
from clientele.store.queries.note_offers import offers_waiting
from clientele.store.session import Store
from clientele.ui import actions
from clientele.ui.desk import Desk
from clientele.ui.dialogs.correct_offer import CorrectOfferSheet
from clientele.ui.dialogs.edit_note import EditNoteSheet
from clientele.ui.main_window import MainWindow
from clientele.ui.pages.client import ClientPage
from clientele.ui.pages.note_offers import AT_ONCE, NoteOffers
from clientele.ui.pages.visit import VisitPage
from clientele.ui.widgets.fields import Field
from tests.ui.pages.one_client import CTRL, LEFT, Book

SAID = "wears 38, likes emerald, never brown"


@pytest.fixture
def page(client_shown: ClientPage) -> ClientPage:
    return client_shown


def note(page: ClientPage, words: str, settle: Callable[[], None]) -> NoteOffers:
    """Type it and keep it, with the keys."""
    field = page.story.note.field
    field.setFocus()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
    settle()
    return page.story.offers


def shown(offers: NoteOffers) -> list[str]:
    return [f"{row.lead.text}: {row.title}" for row in offers.list.rows()]  # type: ignore[union-attr]


def test_a_kept_note_offers_at_once_and_keys_decide(
    page: ClientPage, nell: int, book: Book, settle: Callable[[], None]
) -> None:
    before = book.facts(nell)
    offers = note(page, SAID, settle)
    assert shown(offers) == ["size: Clothing 38", "likes: emerald", "avoids: brown"]
    assert offers.list.rows()[1].sub == "“likes emerald”"
    assert offers.list.hasFocus()
    assert offers.list.current_row() == offers.list.rows()[0]
    QTest.keyClick(offers.list, Qt.Key.Key_N)
    settle()
    assert book.facts(nell).sizes == before.sizes
    QTest.keyClick(offers.list, Qt.Key.Key_Y)
    settle()
    assert {row.what for row in book.facts(nell).likes} >= {"emerald"}
    assert shown(offers) == ["avoids: brown"]
    QTest.keyClick(offers.list, Qt.Key.Key_Y)
    settle()
    assert not offers.isVisible()
    assert page.story.note.field.hasFocus()


def test_undo_brings_the_offer_back(
    page: ClientPage, nell: int, book: Book, desk: Desk, settle: Callable[[], None]
) -> None:
    before = book.facts(nell).likes
    offers = note(page, "likes emerald", settle)
    QTest.keyClick(offers.list, Qt.Key.Key_Y)
    settle()
    assert not offers.isVisible()
    desk.undo()
    settle()
    assert book.facts(nell).likes == before
    assert shown(offers) == ["likes: emerald"]
    assert offers.isVisible()


def test_buttons_are_large_enough_for_a_finger_and_do_the_same(
    page: ClientPage, nell: int, book: Book, settle: Callable[[], None]
) -> None:
    offers = note(page, SAID, settle)
    key = offers.list.rows()[1].key
    place = offers.list.button_rect(key, "keep")
    assert place.height() >= 36
    QTest.mouseClick(offers.list.viewport(), LEFT, pos=place.center())
    settle()
    assert {row.what for row in book.facts(nell).likes} >= {"emerald"}
    key = offers.list.rows()[0].key
    QTest.mouseClick(
        offers.list.viewport(), LEFT, pos=offers.list.button_rect(key, "drop").center()
    )
    settle()
    assert shown(offers) == ["avoids: brown"]


def test_esc_leaves_them_for_later_and_colleagues_see_them(
    page: ClientPage, nell: int, store: Store, settle: Callable[[], None]
) -> None:
    offers = note(page, SAID, settle)
    QTest.keyClick(offers.list, Qt.Key.Key_Escape)
    assert page.story.note.field.hasFocus()
    assert offers.isVisible()
    with store.read() as session:
        assert len(offers_waiting(session, nell)) == 3


def test_all_are_kept_with_one_key(
    page: ClientPage, nell: int, book: Book, desk: Desk, window: MainWindow,
    settle: Callable[[], None],
) -> None:  # fmt: skip
    before = book.facts(nell)
    offers = note(page, SAID, settle)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle()
    after = book.facts(nell)
    assert {row.what for row in after.avoids} >= {"brown"}
    assert not offers.isVisible()
    desk.undo()
    settle()
    assert book.facts(nell).likes == before.likes
    assert len(offers.list.rows()) == 3
    assert actions.KEEP_OFFERS.key == "Ctrl+Shift+K"


def test_many_are_not_all_shown_at_once(page: ClientPage, settle: Callable[[], None]) -> None:
    offers = note(page, "wears 38, shoes 39, ring 54, hat 58, glove 7, never brown", settle)
    assert len(offers.list.rows()) == AT_ONCE
    assert offers.more.text() == "2 more"
    QTest.mouseClick(offers.more, LEFT)
    assert len(offers.list.rows()) == 6
    assert offers.list.hasFocus()


def test_a_note_that_offers_nothing_leaves_the_keyboard_where_it_was(
    page: ClientPage, settle: Callable[[], None]
) -> None:
    offers = note(page, "was in a hurry today", settle)
    assert not offers.isVisible()
    assert page.story.note.field.hasFocus()


def test_whoever_writes_the_next_note_is_not_interrupted(
    page: ClientPage, settle: Callable[[], None]
) -> None:
    field = page.story.note.field
    field.setFocus()
    QTest.keyClicks(field, SAID)
    page.story.note.keep()
    assert page.desk.flush()
    page.story.note.kept.connect(lambda _: QTest.keyClicks(field, "yes"))
    settle()
    assert field.hasFocus()
    assert field.value == "yes"
    assert len(page.story.offers.list.rows()) == 3


def test_an_offer_is_corrected_in_a_form_and_kept(
    page: ClientPage, nell: int, book: Book, window: MainWindow, settle: Callable[[], None]
) -> None:
    offers = note(page, "hold the coat until tomorrow, wears 38", settle)
    assert [row.lead.text for row in offers.list.rows()] == ["promise", "size"]  # type: ignore[union-attr]
    QTest.keyClick(offers.list, Qt.Key.Key_Return)
    sheet = window.findChild(CorrectOfferSheet)
    assert sheet is not None
    due = sheet.fields["due"]
    assert isinstance(due, Field)
    due.selectAll()
    QTest.keyClicks(due, "nonsense")
    assert due.property("wrong")
    due.selectAll()
    QTest.keyClicks(due, "24 Dec")
    assert not due.property("wrong")
    settle()
    QTest.keyClick(due, Qt.Key.Key_Return, CTRL)
    settle()
    held = [row for row in page.open.list.rows() if "hold the coat" in row.after_title]
    assert len(held) == 1
    assert "24 Dec" in " ".join(
        (held[0].sub, *(chip.text for chip in held[0].chips), held[0].words())
    )
    assert shown(offers) == ["size: Clothing 38"]
    assert book.facts(nell).likes


def test_a_form_that_cannot_be_kept_says_why_and_stays(
    page: ClientPage, store: Store, window: MainWindow, settle: Callable[[], None]
) -> None:
    offers = note(page, "likes emerald", settle)
    QTest.keyClick(offers.list, Qt.Key.Key_Return)
    sheet = window.findChild(CorrectOfferSheet)
    assert sheet is not None
    what = sheet.fields["what"]
    assert isinstance(what, Field)
    what.selectAll()
    QTest.keyClicks(what, "4111 1111 1111 1111")
    settle()
    assert "card number" in what.toolTip()
    with store.read() as session:
        (kept,) = session.scalars(select(col(NoteOffer.fields)))
    assert "4111" not in kept
    what.selectAll()
    QTest.keyClick(what, Qt.Key.Key_Delete)
    QTest.keyClick(what, Qt.Key.Key_Return, CTRL)
    settle()
    assert sheet.isVisible()
    assert "words are empty" in sheet.banner.sentence.text()


def test_they_stand_under_the_quick_note_of_a_visit(
    visit_shown: VisitPage, settle: Callable[[], None]
) -> None:
    card = visit_shown.note
    settle()
    card.box.setFocus()
    card.box.selectAll()
    QTest.keyClicks(card.box, "speaks german, never brown")
    QTest.keyClick(card.box, Qt.Key.Key_Return, CTRL)
    settle()
    assert shown(card.offers) == ["language: German", "avoids: brown"]
    assert card.offers.list.hasFocus()
    assert not card.offers.list.visibleRegion().isEmpty()
    QTest.keyClick(card.offers.list, Qt.Key.Key_Escape)
    assert card.box.hasFocus()


def test_a_note_that_is_changed_offers_below_its_words(
    page: ClientPage, nell: int, desk: Desk, window: MainWindow, qtbot: QtBot,
    settle: Callable[[], None],
) -> None:  # fmt: skip
    kept: list[int] = []
    desk.do(
        keep_note,
        KeepNote(nell, "likes emer", desk.me.id),
        then=lambda changes: kept.append(changes.subject or 0),
    )
    settle()
    sheet = EditNoteSheet(desk, page, kept[0], "likes emer", say_first_now=False)
    sheet.open_sheet()
    settle()
    QTest.keyClicks(sheet.words, "ald")
    settle()
    assert shown(sheet.offers) == ["likes: emerald"]
    sheet.sensitive.click()
    settle()
    assert not sheet.offers.isVisible()


def test_every_offer_is_told_by_a_screen_reader(
    page: ClientPage, settle: Callable[[], None]
) -> None:
    offers = note(page, "fiancee likes emerald", settle)
    assert offers.list.accessibleName() == "Offered from the notes"
    assert [row.words() for row in offers.list.rows()] == [
        "household, fiancee, “fiancee”, Keep (Y), Drop (N)",
        "likes, emerald · fiancee, “likes emerald”, Keep (Y), Drop (N)",
    ]
    QApplication.processEvents()
