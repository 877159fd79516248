"""A picture of every page and form, in both themes and at both sizes, to look at.

    python scripts/shots.py [NAME…]

Sample data, a clock that stands still, the font of the pictures. They go to build/shots/ as
``NAME-THEME-WIDTH.png``; with names, only those pictures are taken. Pages are also taken on a book
with hardly anything in it (``NAME-little``) and on one with nothing (``NAME-none``).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from clientele.system.region import Region  # noqa: E402
from clientele.ui.plurals import EnglishPlurals  # noqa: E402
from clientele.ui.start.first_steps import BeginStep, WhereStep, WhoStep  # noqa: E402
from clientele.ui.start.paper_step import PaperStep  # noqa: E402
from clientele.ui.start.rescuing import DamagedStep  # noqa: E402
from clientele.ui.start.unlocking import PassphraseStep, RecoveryStep, SorryStep  # noqa: E402
from clientele.ui.theme import Scheme, Theme  # noqa: E402
from clientele.ui.workplace import Workplace  # noqa: E402
from scripts.a_home import home_at  # noqa: E402
from scripts.picturing import (  # noqa: E402
    appointments,
    backups,
    book,
    brief,
    client,
    details,
    doctor,
    duplicates,
    handed,
    household,
    keys,
    lists,
    locking,
    made_right,
    mail,
    messages,
    offers,
    pages,
    passport,
    promise,
    purchases,
    reaching,
    reminders,
    rescuing,
    rules,
    search,
    team,
    ticket,
    trail,
    visit,
    worth,
)
from scripts.picturing.places import ZONE, little, much, nothing, workplace  # noqa: E402
from scripts.picturing.scene import Scene, pause, put_away, settle  # noqa: E402

SIZES = ((1366, 768), (1024, 768))
SCHEMES = (Scheme.LIGHT, Scheme.DARK)
OUT = ROOT / "build" / "shots"

SUBJECTS = (
    pages,
    appointments,
    client,
    household,
    passport,
    purchases,
    details,
    offers,
    brief,
    book,
    handed,
    keys,
    locking,
    visit,
    ticket,
    promise,
    team,
    trail,
    made_right,
    mail,
    messages,
    reminders,
    search,
    lists,
    duplicates,
    worth,
    rules,
    reaching,
    backups,
    doctor,
)
"""Each has ``scenes(place, folder)`` for the sample store and ``bare(place)`` for a new one."""


def main(wanted: list[str]) -> int:
    """Take the pictures; 0 when all were taken. This user's own settings are not in them."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(home_at(Path(home)))
        return shoot(wanted)


def shoot(wanted: list[str]) -> int:
    """All that is wanted; with no names, everything."""
    app = QApplication(sys.argv[:1])
    app.installTranslator(EnglishPlurals(app))
    OUT.mkdir(parents=True, exist_ok=True)
    theme = Theme(app, Scheme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        taken = shoot_starts(theme, wanted, Path(folder))
    for ending, fill in (("", much), ("-little", little), ("-none", nothing)):
        if wanted and not any(name.endswith(ending) for name in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder, workplace(Path(folder), theme, fill) as place:
            taken += shoot_pages(place, theme, Path(folder), wanted, ending)
    sys.stdout.write(f"{taken} pictures in {OUT.relative_to(ROOT)}\n")
    return 0


def shoot_starts(theme: Theme, wanted: list[str], folder: Path) -> int:
    """The steps before there is a book."""
    region = Region("NL", "EUR", ZONE, "en")
    lost = "The keyring of this computer no longer has the key of your book. Nothing is lost."

    def lost_keyring() -> RecoveryStep:
        locked = (
            "The keyring of this computer is locked and was not unlocked. Nothing is lost: "
            "try again and unlock it, or type the recovery key that is on paper."
        )
        step = RecoveryStep(locked, needs_passphrase=False)
        step.offer("Type a passphrase", lambda: None)
        step.offer("Try again", lambda: None)
        return step

    made: dict[str, Callable[[], QWidget]] = {
        "start-1-where": lambda: WhereStep(
            Path("Clientele/book.clientele"), region, needs_passphrase=True
        ),
        "start-2-who": lambda: WhoStep(["Men's Suits", "Men's Shoes"]),
        "start-3-begin": lambda: BeginStep("23XW-2XNQ-6394-7WSX-WC2S-6B3J-CDCJ"),
        "unlock-passphrase": PassphraseStep,
        "unlock-recovery": lambda: RecoveryStep(lost, needs_passphrase=True),
        "new-paper": lambda: PaperStep(
            "23XW-2XNQ-6394-7WSX-WC2S-6B3J-CDCJ", Path("Clientele/book.clientele")
        ),
        "unlock-keyring": lost_keyring,
        "unlock-sorry": lambda: SorryStep("This file is not a book of Clientele."),
        **rescuing.steps(folder),
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
            if isinstance(step, DamagedStep):
                step.stop()
            step.close()
            step.deleteLater()
    return taken


def shoot_pages(
    place: Workplace, theme: Theme, folder: Path, wanted: list[str], ending: str
) -> int:
    """Every page and form of the window, on this book."""
    taken = 0
    for scheme, (width, height) in product(SCHEMES, SIZES):
        theme.switch(scheme)
        place.window.resize(width, height)
        for subject in SUBJECTS:
            there: list[Scene] = subject.bare(place) if ending else subject.scenes(place, folder)
            for scene in there:
                name = f"{scene.name}{ending}"
                if wanted and name not in wanted:
                    continue
                scene.enter()
                settle(place)
                taken += save(scene.of or place.window, name, scheme, width)
                put_away(place)
                if scene.leave is not None:
                    scene.leave()
                    settle(place)
    return taken


def save(widget: QWidget, name: str, scheme: Scheme, width: int) -> int:
    """Take one picture."""
    path = OUT / f"{name}-{scheme.value}-{width}.png"
    if not widget.grab().save(str(path)):
        raise OSError(f"cannot write {path}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
