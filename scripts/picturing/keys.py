"""Keys: how the book is opened, and a new recovery key."""

from __future__ import annotations

from pathlib import Path

from clientele.services.keys import KeyState
from clientele.store.slots import Slot
from clientele.ui.dialogs.keys import KeysSheet
from clientele.ui.dialogs.new_key import NewKeySheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, settle

WORDS = KeyState(False, "", True, (Slot("till", True), Slot("anna", False)), "till")
KEYRING = KeyState(True, "", True, (Slot("anna", False),), "till")


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""

    def keys(state: KeyState) -> KeysSheet:
        place.window.show_page(place.today)
        place.trust.show_keys()
        sheet = place.window.findChildren(KeysSheet)[-1]
        settle(place)
        sheet.whose.setText(state.me)
        sheet._show(state)
        sheet.open_sheet()
        return sheet

    def closed() -> None:
        sheet = keys(KEYRING)
        sheet._closed_to(
            ValueError(),
            "This is for a store manager. Nothing was changed; ask one of them to sign in and "
            "do it.",
        )
        sheet.open_sheet()

    def renew() -> None:
        place.window.show_page(place.today)
        NewKeySheet(place.desk, place.window.content, WORDS, lambda _: None).open_sheet()

    return [
        Scene("keys-keyring", lambda: keys(KEYRING)),
        Scene("keys-passphrases", lambda: keys(WORDS)),
        Scene("keys-closed", closed),
        Scene("new-key", renew),
    ]


def bare(place: Workplace) -> list[Scene]:
    """Nothing of its own on other books."""
    return []
