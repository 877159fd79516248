"""Made right: the form, the page, the review."""

from __future__ import annotations

from pathlib import Path

from clientele.domain.recovery import Decision
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.made_right import open_made_rights
from clientele.ui.dialogs.make_right import MakeRightSheet
from clientele.ui.dialogs.more_right import ClientSaysSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    wim, tom = client(place, "Wim de Boer"), client(place, "Tom Becker")

    def make_right() -> MakeRightSheet:
        sheet = MakeRightSheet(place.desk, place.window.content, client_id=wim)
        sheet.goods.setText("four winter tyres")
        sheet.problem.set_value("worn through after one winter; bought who knows where")
        sheet.never_sold.setChecked(True)
        sheet.decision.tiles.choose(Decision.CASH_BACK)
        sheet.decision.cost.setText("480")
        return sheet

    def solved() -> ClientSaysSheet:
        with place.store.read() as session:
            mine = WhoseBook(Book.MINE, place.desk.me.id)
            row = open_made_rights(session, mine, now=place.desk.now())[-1]
        return ClientSaysSheet(place.desk, place.window.content, row, solved=True)

    def store() -> None:
        _open(place)
        place.made_right.whose.choose(Book.STORE)
        place.made_right.refresh()

    def last_month() -> None:
        _review(place)
        settle(place)
        place.made_right.review.before.click()

    def this_month() -> None:
        _review(place)
        settle(place)
        while place.made_right.review.later.isEnabled():
            place.made_right.review.later.click()
            settle(place)

    return [
        Scene("make-right", over(place, place.today, make_right)),
        Scene("made-right-solved", over(place, place.made_right, solved)),
        Scene("made-right", store),
        Scene("made-right-review", this_month),
        Scene("made-right-review-last-month", last_month),
        Scene("client-to-make-right", lambda: place.open_client(tom)),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    return [
        Scene("made-right", lambda: _open(place)),
        Scene("made-right-review", lambda: _review(place)),
    ]


def _open(place: Workplace) -> None:
    place.window.show_page(place.made_right)
    place.made_right.show_open()


def _review(place: Workplace) -> None:
    place.window.show_page(place.made_right)
    place.made_right.show_review()
