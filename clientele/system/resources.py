"""Where are the files that come with the program: beside the package, or inside it?"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """The path of a file under ``resources``, such as ``resource("themes", "light.toml")``."""
    inside = PACKAGE / "resources"
    return (inside if inside.is_dir() else PACKAGE.parent / "resources").joinpath(*parts)
