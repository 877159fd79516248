"""The size passport, what stands behind a size, two sizes of one thing, and a size in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clientele.store.queries.clients import Book, WhoseBook, first_ids
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.dialogs.passport import PassportSheet
from clientele.ui.models.passport_rows import each_worn, worn_key
from clientele.ui.theme import Theme
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    desk, content = place.desk, place.window.content
    nell, marta = client(place, "Eleanor Marsh"), client(place, "Marta Lindqvist")

    def passport(who: int, *, opened: bool = False) -> Callable[[], PassportSheet]:
        def made() -> PassportSheet:
            sheet = PassportSheet(desk, content, who)
            settle(place)
            if opened and sheet._found is not None:
                first = worn_key(next(iter(each_worn(sheet._found))))
                sheet.list.set_current(first)
                sheet._open(first)
                sheet._act(first, "convert")
            return sheet

        return made

    def noting() -> NoteSizeSheet:
        sheet = NoteSizeSheet(desk, content, nell, desk.me.department_id)
        settle(place)
        sheet.words.set_value("trousers 12, hem −2 cm, in Arden, for Robert")
        sheet._typed("")
        settle(place)
        return sheet

    def large(theme: Theme) -> Callable[[], None]:
        def enter() -> None:
            theme.switch(theme.scheme, 2.0)
            over(place, place.today, passport(nell, opened=True))()

        return enter

    return [
        Scene("passport", over(place, place.today, passport(nell))),
        Scene("passport-behind", over(place, place.today, passport(nell, opened=True))),
        Scene("passport-two", over(place, place.today, passport(marta))),
        Scene("size-line", over(place, place.today, noting)),
        Scene(
            "passport-large",
            large(desk.theme),
            leave=lambda: desk.theme.switch(desk.theme.scheme, 1.0),
        ),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book with one client: no size is known."""
    with place.store.read() as session:
        found = first_ids(session, WhoseBook(Book.STORE, place.desk.me.id), 1)
    if not found:
        return []
    key, desk, content = found[0], place.desk, place.window.content
    made = over(place, place.today, lambda: PassportSheet(desk, content, key))
    return [Scene("passport", made)]
