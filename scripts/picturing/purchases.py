"""What a client owns, their habits, and the rows behind a number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from clientele.domain.rules.habits import Of
from clientele.ui.dialogs.purchases import PurchasesSheet
from clientele.ui.widgets.sheet import Sheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    desk, content = place.desk, place.window.content
    nell = client(place, "Eleanor Marsh")

    def on_page(after: Callable[[PurchasesSheet], object] | None = None) -> Callable[[], None]:
        def enter() -> None:
            place.open_client(nell)
            settle(place)
            sheet = PurchasesSheet(desk, content, nell)
            sheet.open_sheet()
            settle(place)
            if after is not None:
                after(sheet)
                settle(place)

        return enter

    def look_for(sheet: PurchasesSheet) -> None:
        sheet.words.set_value("navy")
        sheet._show_owned()

    def behind(of: Of) -> Callable[[PurchasesSheet], None]:
        def choose(sheet: PurchasesSheet) -> None:
            keys = [row.key for row in sheet.habits.rows()]
            sheet._open_habit(
                next(key for key in keys if isinstance(key, tuple) and key[0] == of.value)
            )

        return choose

    def scrolled(sheet: PurchasesSheet) -> None:
        bar = sheet._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    return [
        Scene("purchases", on_page()),
        Scene("purchases-end", on_page(scrolled)),
        Scene("purchases-found", on_page(look_for)),
        Scene("purchases-basket", on_page(behind(Of.BASKET))),
        Scene("purchases-department", on_page(behind(Of.DEPARTMENT))),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book with one client, who has bought nothing yet."""
    from clientele.store.queries.clients import Book, WhoseBook, first_ids

    whole = WhoseBook(Book.STORE, place.desk.me.id)
    with place.store.read() as session:
        found = first_ids(session, whole, 1)
    if not found:
        return []
    desk, content = place.desk, place.window.content

    def sheet() -> Sheet:
        return PurchasesSheet(desk, content, found[0])

    return [Scene("purchases", over(place, place.today, sheet))]
