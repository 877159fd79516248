"""What do dialogs that ask for a file keep of what was chosen in them? Nothing."""

from __future__ import annotations

import os

from PySide6.QtCore import QSettings


def remember_no_files() -> None:
    """Let the toolkit's own dialogs write down no folder and no file, for anybody to read.

    They would into a settings file that all programs of the toolkit share and all users may read.
    What we remember is in a file of our own. Where the system brings its dialogs, as on Windows,
    what those keep is the system's to say; the names that we offer are no client's.
    """
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
