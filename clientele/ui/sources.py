"""Why is the source of every module not read while the program starts?

PySide6 looks through the source of each module that is imported after it for its own name, to
learn whether the module may ask for another spelling of Qt's names (``snake_case``). We ask
for none. It would read three hundred thousand lines, and Python's ``linecache`` keeps them all:
thirty megabytes, and a good part of the start. A program without its sources gets the same answer.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


def leave_unread() -> bool:
    """Let no source be read from now on; answers whether this PySide6 could be told so."""
    try:
        import_module("shiboken6")  # brings the next one, which mypy cannot see
        feature = import_module("shibokensupport.feature")
    except ImportError:  # another PySide6 than we know: it reads, as it does by itself
        return False
    if not hasattr(feature, "_mod_uses_pyside"):
        return False
    vars(feature)["_mod_uses_pyside"] = _uses_no_feature
    return True


def _uses_no_feature(_: ModuleType) -> bool:
    return False
