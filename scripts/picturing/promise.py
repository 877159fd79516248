"""Promises: the page, the forms, what is printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from clientele.domain.promises import PromiseKind
from clientele.store.queries.clients import Book, WhoseBook
from clientele.store.queries.promises import PromiseRow, open_promises
from clientele.ui.dialogs.ask_promise import AskPromiseSheet
from clientele.ui.dialogs.new_promise import NewPromiseSheet
from clientele.ui.dialogs.pass_promise import PassPromiseSheet
from clientele.ui.dialogs.print_tag import PrintTagSheet
from clientele.ui.dialogs.promise_step import PromiseStepSheet
from clientele.ui.printing.labels import picture
from clientele.ui.printing.promise_labels import claim_slip, tag_label
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    window, desk, page = place.window, place.desk, place.promises
    daniel = client(place, "Daniel Tran")
    hem = _hem(place)

    def new(kind: PromiseKind) -> Callable[[], None]:
        def make() -> Sheet:
            return NewPromiseSheet(desk, window.content, client_id=daniel, kind=kind)

        return over(place, place.today, make)

    def at_hand() -> None:
        window.show_page(page)
        page.show_promise(hem.id)

    def store() -> None:
        window.show_page(page)
        page.whose.choose(Book.STORE)
        page.refresh()

    def kept() -> None:
        at_hand()
        settle(place)
        page.acts.keep(hem)

    def back() -> None:
        desk.undo()
        settle(place)
        window.toast.dismiss()

    def found() -> None:
        window.show_page(place.today)
        window.to_search()
        window.top_bar.search.setText(hem.tag)
        window.searched.emit(hem.tag)

    return [
        *bare(place),
        Scene("promise", at_hand),
        Scene("promises-store", store),
        *(Scene(f"new-promise-{kind.name.lower()}", new(kind)) for kind in PromiseKind),
        Scene("promise-tag", over(place, page, lambda: PrintTagSheet(desk, window.content, hem))),
        Scene("promise-ask", over(place, page, lambda: AskPromiseSheet(desk, window.content, hem))),
        Scene(
            "promise-step", over(place, page, lambda: PromiseStepSheet(desk, window.content, hem))
        ),
        Scene(
            "promise-pass", over(place, page, lambda: PassPromiseSheet(desk, window.content, hem))
        ),
        Scene("find-tag", found),
        Scene("label-tag", lambda: None, _paper(place, hem, slip=False)),
        Scene("label-slip", lambda: None, _paper(place, hem, slip=True)),
        Scene("promise-kept", kept, leave=back),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""

    def page() -> None:
        place.promises.whose.choose(Book.MINE)
        place.window.show_page(place.promises)
        place.promises.refresh()

    return [Scene("promises", page)]


def _hem(place: Workplace) -> PromiseRow:
    """The trousers that are to be ready this afternoon."""
    whose = WhoseBook(Book.MINE, place.desk.me.id)
    with place.store.read() as session:
        rows = open_promises(session, whose, now=place.desk.now())
    return next(row for row in rows if row.measurements and "trousers" in row.what)


def _paper(place: Workplace, row: PromiseRow, *, slip: bool) -> QLabel:
    formats = place.desk.formats
    label = claim_slip(row, formats, store="Herengracht") if slip else tag_label(row, formats)
    shown = QLabel()
    shown.setPixmap(picture(label, 10))
    shown.setFixedSize(shown.pixmap().size())
    return shown
