"""What kind of place is a folder in: this computer, a drive to take away, or the network?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER, DRIVE, SHARE = "folder", "drive", "share"

_SHARES = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.rclone")
_DRIVES = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_REMOVABLE, _REMOTE = 2, 4
"""What Windows answers for such drives."""


def kind_of_place(path: Path) -> str:
    """Best knowledge: a folder of this computer where nothing says otherwise."""
    whole = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return _on_windows(whole)
    point, kind = _mount(whole)
    if kind.startswith(_SHARES):
        return SHARE
    return DRIVE if f"{point}/".startswith(_DRIVES) else FOLDER


def _mount(path: Path, table: Path = Path("/proc/self/mounts")) -> tuple[str, str]:
    """Where what holds ``path`` is mounted, and its file system; by its name where unknown."""
    best = ("", "")
    try:
        lines = table.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return str(path), ""
    for line in lines:
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if len(point) > len(best[0]) and path.is_relative_to(point):
            best = (point, parts[2])
    return best


def _on_windows(path: Path) -> str:
    if str(path).startswith("\\\\"):
        return SHARE
    import ctypes

    kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")  # type: ignore[attr-defined,unused-ignore]
    return {_REMOVABLE: DRIVE, _REMOTE: SHARE}.get(kind, FOLDER)
