"""The window itself: Today, lists, find, bringing a file in, keys, the lock."""

from __future__ import annotations

from pathlib import Path

from clientele.store.queries.follow_ups import due_soon
from clientele.ui.dialogs.change_follow_up import ChangeFollowUpSheet
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over

TILL = """Klantnr;Bonnr;Datum;Afdeling;Artikel;Aantal;Bedrag
K101;20411;14-11-2026 10:12;Herenmode;Overhemd wit 41;1;89,95
K101;20411;14-11-2026 10:12;Schoenen;Derby zwart 43;1;219,00
K102;20412;14-11-2026 11:40;Tassen;Schoudertas camel;1;298,00
K103;20413;31-11-2026 12:05;Herenmode;Das zijde;1;65,00
K104;20414;14-11-2026 13:30;Sieraden;Ring maat 54;1;415,00
"""


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    window, nell = place.window, client(place, "Eleanor Marsh")
    till = folder / "kassa.csv"
    till.write_text(TILL, encoding="utf-8")

    def find() -> None:
        window.show_page(place.today)
        window.to_search()
        window.top_bar.search.setText("mar")
        window.searched.emit("mar")

    def done() -> DoneFollowUpSheet:
        with place.store.read() as session:
            first = due_soon(session, place.desk.me.id, today=place.desk.today())[0]
        return DoneFollowUpSheet(place.desk, window.content, first)

    def change() -> ChangeFollowUpSheet:
        with place.store.read() as session:
            first = due_soon(session, place.desk.me.id, today=place.desk.today())[0]
        sheet = ChangeFollowUpSheet(place.desk, window.content, first)
        sheet.repeat.unfold.click()
        sheet.repeat.choice.choose("2")
        sheet.repeat.ends.setText("6 times")
        sheet.repeat.ends.typed.emit("6 times")
        return sheet

    def let_go() -> None:
        place.follow_ups.chosen.let_go()

    def chosen() -> None:
        window.show_page(place.follow_ups)
        place.follow_ups.chosen.choose(
            [row.key for row in place.follow_ups.list.rows()[1:4] if isinstance(row.key, int)]
        )

    return [
        *bare(place),
        Scene("find", find),
        Scene("new-follow-up", lambda: place.new_follow_up(nell)),
        Scene("done-follow-up", over(place, place.follow_ups, done)),
        Scene("change-follow-up", over(place, place.follow_ups, change)),
        Scene("chosen-follow-ups", chosen, leave=let_go),
        Scene("bring-in", lambda: place.bringing_in.bring_in(till)),
        Scene("keys", window.keys_sheet.open_sheet),
        Scene("lock", window.lock),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On any book."""
    window = place.window
    return [
        Scene("today", lambda: window.show_page(place.today)),
        Scene("clients", lambda: window.show_page(place.clients)),
        Scene("follow-ups", lambda: window.show_page(place.follow_ups)),
        Scene("new-client", place.new_client),
    ]
