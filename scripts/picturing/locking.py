"""The locked screen in each of its states, and changing one's own PIN."""

from __future__ import annotations

from pathlib import Path

from clientele.services.pin_recovery import Manager
from clientele.services.sign_in import PinLocked, Tried, WaitForPin
from clientele.ui.dialogs.own_pin import OwnPinSheet
from clientele.ui.locking_paper import PaperStep
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    screen = place.window.lock_screen

    def locked() -> None:
        place.window.lock("Locked as the computer slept. Everything typed is kept.")
        settle(place)

    def say(sentence: str) -> None:
        locked()
        screen._refused(sentence)

    def wrong(times: int) -> None:
        locked()
        screen._wrong(Tried(ids={}, clients=frozenset(), wrong=times))

    def own() -> None:
        locked()
        screen._given = "481920"
        screen._ask_own("")
        screen.pad.add("97310")

    def paper() -> None:
        locked()
        step = PaperStep([Manager(1, "R. Okafor", "store manager")])
        screen.show_step(step)
        step.say_wrong("The two PINs differ. Type the same one twice.")

    def change() -> None:
        place.window.show_page(place.today)
        OwnPinSheet(place.desk, place.window.content).open_sheet()

    return [
        Scene("lock-wrong", lambda: wrong(8)),
        Scene("lock-wait", lambda: say(WaitForPin(seconds=40).sentence)),
        Scene("lock-locked", lambda: say(PinLocked(name="R. Okafor").sentence)),
        Scene("lock-own-pin", own, leave=screen._forget),
        Scene("lock-paper", paper, leave=screen.show_people),
        Scene("own-pin", change),
    ]


def bare(place: Workplace) -> list[Scene]:
    """Nothing of its own on other books."""
    return []
