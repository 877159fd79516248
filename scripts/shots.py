"""A picture of every page and form, in both themes and at both sizes, to look at.

    python scripts/shots.py [NAME…]

Sample data, a clock that stands still, the font of the pictures. They go to build/shots/ as
``NAME-THEME-WIDTH.png``; with names, only those pictures are taken.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from clientele.services.opening import FirstAssociate, begin_book  # noqa: E402
from clientele.services.sample import fill_with_sample  # noqa: E402
from clientele.services.team import SetUpStore  # noqa: E402
from clientele.store.queries.follow_ups import FollowUpRow, due_soon  # noqa: E402
from clientele.store.search import search  # noqa: E402
from clientele.system.clock import FixedClock  # noqa: E402
from clientele.system.formats import Formats  # noqa: E402
from clientele.system.region import Region  # noqa: E402
from clientele.ui.dialogs.done_follow_up import DoneFollowUpSheet  # noqa: E402
from clientele.ui.dialogs.new_promise import NewPromiseSheet  # noqa: E402
from clientele.ui.plurals import EnglishPlurals  # noqa: E402
from clientele.ui.start.first_steps import BeginStep, WhereStep, WhoStep  # noqa: E402
from clientele.ui.start.unlocking import PassphraseStep, RecoveryStep, SorryStep  # noqa: E402
from clientele.ui.theme import Scheme, Theme  # noqa: E402
from clientele.ui.widgets.sheet import Sheet  # noqa: E402
from clientele.ui.workplace import Workplace  # noqa: E402

ZONE = "Europe/Amsterdam"
NOW = datetime(2026, 11, 21, 10, 20, tzinfo=ZoneInfo(ZONE))
SIZES = ((1366, 768), (1024, 768))
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
OUT = ROOT / "build" / "shots"

TILL = """Klantnr;Bonnr;Datum;Afdeling;Artikel;Aantal;Bedrag
K101;20411;14-11-2026 10:12;Herenmode;Overhemd wit 41;1;89,95
K101;20411;14-11-2026 10:12;Schoenen;Derby zwart 43;1;219,00
K102;20412;14-11-2026 11:40;Tassen;Schoudertas camel;1;298,00
K103;20413;31-11-2026 12:05;Herenmode;Das zijde;1;65,00
K104;20414;14-11-2026 13:30;Sieraden;Ring maat 54;1;415,00
"""


@dataclass
class Scene:
    """One picture: its name, how to come there, and what to put away afterwards."""

    name: str
    enter: Callable[[], object]


def main(wanted: list[str]) -> int:
    """Take the pictures; 0 when all were taken."""
    app = QApplication(sys.argv[:1])
    app.installTranslator(EnglishPlurals(app))
    OUT.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, Scheme.LIGHT)
    taken = 0
    with tempfile.TemporaryDirectory() as folder:
        taken += shoot_starts(theme, wanted)
        with workplace(Path(folder), theme) as place:
            taken += shoot_pages(place, theme, Path(folder), wanted)
    sys.stdout.write(f"{taken} pictures in {OUT.relative_to(ROOT)}\n")
    return 0


@contextmanager
def workplace(folder: Path, theme: Theme) -> Iterator[Workplace]:
    """The window on a book with sample clients, R. Okafor signed in."""
    clock = FixedClock(NOW)
    begun = begin_book(
        folder / "book.clientele",
        SetUpStore("Herengracht", "EUR", "NL", ZONE),
        FirstAssociate("R. Okafor", "Men's Suits", "2468", "store manager"),
        vault=None,
        passphrase="pictures",
        now=clock.now(),
    )
    with begun.store.write() as session:
        fill_with_sample(session, by=begun.associate_id, now=clock.now(), visit_open=True)
    place = Workplace(begun.store, clock, Formats("en", ZONE), theme)
    place.enter(begun.associate_id)
    place.window.show()
    settle(place)
    yield place
    place.stop()
    begun.store.close()


def shoot_starts(theme: Theme, wanted: list[str]) -> int:
    """The steps before there is a book."""
    region = Region("NL", "EUR", ZONE, "en")
    lost = "The keyring of this computer no longer has the key of your book. Nothing is lost."
    made: dict[str, Callable[[], QWidget]] = {
        "start-1-where": lambda: WhereStep(
            Path("Clientele/book.clientele"), region, needs_passphrase=True
        ),
        "start-2-who": lambda: WhoStep(["Men's Suits", "Men's Shoes"]),
        "start-3-begin": lambda: BeginStep("23XW-2XNQ-6394-7WSX-WC2S-6B3J-CDCJ"),
        "unlock-passphrase": PassphraseStep,
        "unlock-recovery": lambda: RecoveryStep(lost, needs_passphrase=True),
        "unlock-sorry": lambda: SorryStep("This file is not a book of Clientele."),
    }
    taken = 0
    for name, make in made.items():
        if wanted and name not in wanted:
            continue
        for scheme, (width, height) in product(SCHEMES, SIZES):
            theme.switch(scheme)
            step = make()
            step.resize(width, height)
            step.show()
            pause()
            taken += save(step, name, scheme, width)
            step.close()
            step.deleteLater()
    return taken


def shoot_pages(place: Workplace, theme: Theme, folder: Path, wanted: list[str]) -> int:
    """Every page and form of the window."""
    taken = 0
    for scheme, (width, height) in product(SCHEMES, SIZES):
        theme.switch(scheme)
        place.window.resize(width, height)
        for scene in scenes(place, folder):
            if wanted and scene.name not in wanted:
                continue
            scene.enter()
            settle(place)
            taken += save(place.window, scene.name, scheme, width)
            put_away(place)
    return taken


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """How to come to each picture."""
    window = place.window
    nell, daniel = client(place, "Eleanor Marsh"), client(place, "Daniel Tran")
    till = folder / "kassa.csv"
    till.write_text(TILL, encoding="utf-8")

    def find() -> None:
        window.show_page(place.today)
        window.to_search()
        window.top_bar.search.setText("mar")
        window.searched.emit("mar")

    def over(sheet: Sheet) -> None:
        window.show_page(place.today)
        sheet.open_sheet()

    def done() -> None:
        window.show_page(place.follow_ups)
        settle(place)
        due = first_follow_up(place)
        over(DoneFollowUpSheet(place.desk, window.content, due))

    def bring_in() -> None:
        place.bring_in(till)

    return [
        Scene("today", lambda: window.show_page(place.today)),
        Scene("clients", lambda: window.show_page(place.clients)),
        Scene("client", lambda: place.open_client(nell)),
        Scene("brief", lambda: place.open_brief(nell)),
        Scene("visit", lambda: place.start_visit(daniel)),
        Scene("follow-ups", lambda: window.show_page(place.follow_ups)),
        Scene("promises", lambda: window.show_page(place.promises)),
        Scene("find", find),
        Scene("new-client", place.new_client),
        Scene("new-follow-up", lambda: place.new_follow_up(nell)),
        Scene("done-follow-up", done),
        Scene(
            "new-promise",
            lambda: over(NewPromiseSheet(place.desk, window.content, client_id=nell)),
        ),
        Scene("bring-in", bring_in),
        Scene("keys", window.keys_sheet.open_sheet),
        Scene("lock", window.lock),
    ]


def first_follow_up(place: Workplace) -> FollowUpRow:
    """The first follow-up that is due."""
    with place.store.read() as session:
        return due_soon(session, place.desk.me.id, today=place.desk.today())[0]


def client(place: Workplace, name: str) -> int:
    """The id of a client by name."""
    with place.store.read() as session:
        return search(session, name, limit=1).ids[0]


def put_away(place: Workplace) -> None:
    """Close forms and results, and take the lock off."""
    window = place.window
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
    window.top_bar.search.close_results()
    window.top_bar.search.clear()
    window.toast.dismiss()
    if window.is_locked:
        window.lock_screen.opened.emit(place.desk.me)
    settle(place)


def settle(place: Workplace) -> None:
    """Let everything be read and painted."""
    pause()
    while not place.desk.idle():
        pause()
    pause(120)


def pause(milliseconds: int = 30) -> None:
    """Let the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def save(widget: QWidget, name: str, scheme: Scheme, width: int) -> int:
    """Take one picture."""
    path = OUT / f"{name}-{scheme.value}-{width}.png"
    if not widget.grab().save(str(path)):
        raise OSError(f"cannot write {path}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
