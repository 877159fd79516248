"""What does this user on this terminal prefer? Nothing secret and nothing of any client.

A small JSON file in the user's configuration folder. A damaged or foreign file is as good as
none: settings are a convenience and never a reason not to start.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from clientele.system.paths import private_folder, settings_file

TEXT_SCALES = (0.8, 2.0)
"""The smallest and the largest text that the window is made for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that is remembered between two starts; the defaults are those of a first start."""

    book: str | None = None
    """The path of the book that was open last."""
    theme: str = "system"
    """“system”, “light” or “dark”."""
    language: str = ""
    """“en”, “de”, “nl”; empty: the system's."""
    text_scale: float = 1.0
    associate_id: int | None = None
    """Whose tile stands first at the sign-in."""
    lock_minutes: int = 5
    """Minutes without a touch after which the window locks; 0: never."""
    terminal: str = ""
    """What this terminal is called in the store."""
    window: str = ""
    """Size and place of the window, as the toolkit writes it, in base 64."""
    reminders: bool = True
    """Whether the desktop tells what falls due; the window does in any case."""
    reminder_names: bool = False
    """Whether it tells of whom: many desktops show that on their own lock screen."""
    reminder_hour: str = "09:30"
    """When the store opens and the things of a day are told, as HH:MM in the store."""
    appointment_lead: int = 15
    """Minutes before an appointment, where nobody chose another time than the usual one."""
    second_place: str = ""
    """The folder in which a second copy of each backup is kept; empty: none."""
    keep_in_tray: bool = False
    """Whether closing the window leaves the program in the tray, where it goes on reminding."""


def load(path: Path | None = None) -> Settings:
    """The settings of this user; the default for each that is missing or makes no sense."""
    try:
        found: Any = json.loads((path or settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    kinds = get_type_hints(Settings)
    known = {
        field.name: found[field.name]
        for field in fields(Settings)
        if field.name in found and _is_a(found[field.name], kinds[field.name])
    }
    settings = replace(Settings(), **known)
    smallest, largest = TEXT_SCALES
    return replace(settings, text_scale=min(max(float(settings.text_scale), smallest), largest))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write ``settings`` whole or not at all. Raises ``OSError``."""
    target = path or settings_file()
    unfinished = private_folder(target.parent) / (target.name + ".new")
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    unfinished.chmod(0o600)
    unfinished.replace(target)


def _is_a(value: object, kind: Any) -> bool:
    allowed = get_args(kind) or (kind,)
    if isinstance(value, bool):
        return bool in allowed
    if isinstance(value, int) and float in allowed:
        return True
    return isinstance(value, allowed)
