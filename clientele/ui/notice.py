"""What does a notification of the desktop say?"""

from __future__ import annotations

from dataclasses import dataclass

APP_NAME = "Clientele"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification: one with the same ``key`` takes the place of an earlier one.

    The desktop may show it to whoever stands by, on its own lock screen too, and keep it in a
    list: its texts name nobody unless the associate wants that, and it is withdrawn when the
    window is locked. The key goes to the desktop as well.
    """

    key: str
    title: str
    body: str = ""
    open_label: str = ""
    """What the click on it is called, where the desktop shows that as a button."""
    urgent: bool = False
