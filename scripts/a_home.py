"""Where do settings, log and default book land while a script or a test works? In its own home."""

from __future__ import annotations

from pathlib import Path


def home_at(home: Path) -> dict[str, str]:
    """The variables of the environment by which each system finds a user's folders."""
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home / "AppData" / "Roaming"),
        "LOCALAPPDATA": str(home / "AppData" / "Local"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
    }
