"""Is there a word of a client in these files, in any writing that a program leaves words in?"""

from __future__ import annotations

import base64
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PART = 1 << 22


@dataclass(frozen=True, slots=True)
class Needle:
    """One writing of one word."""

    word: str
    writing: str
    found_as: bytes


def needles(*words: str) -> tuple[Needle, ...]:
    """Each word in every writing: plain in three encodings and three cases, and wrapped.

    Writings that come to the same bytes, as most of an English word do, are looked for once.
    """
    found = {
        needle.found_as: needle
        for word in words
        for form in dict.fromkeys((word, word.lower(), word.upper()))
        for needle in reversed(tuple(_writings(form)))
    }
    return tuple(found.values())


def _writings(word: str) -> Iterator[Needle]:
    plain = word.encode()
    yield Needle(word, "UTF-8", plain)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "latin-1"):
        yield Needle(word, encoding, word.encode(encoding))
    yield Needle(word, "JSON", json.dumps(word)[1:-1].encode())
    yield Needle(word, "in an address", quote(word).encode())
    yield Needle(word, "in a setting", "".join(map(_in_a_setting, word)).encode())
    yield Needle(word, "hexadecimal", plain.hex().encode())
    for before in range(3):  # where the word begins within the three bytes of a group
        coded = base64.b64encode(bytes(before) + plain)
        first, last = (0, 2, 3)[before], len(coded) - (0, 4, 4)[(before + len(plain)) % 3]
        yield Needle(word, "base64", coded[first:last])


def _in_a_setting(sign: str) -> str:
    """As Qt writes its settings."""
    return sign if ord(sign) < 128 else f"\\x{ord(sign):x}"


def traces(root: Path, sought: tuple[Needle, ...], *, besides: Path) -> list[str]:
    """Every file below ``root`` that holds one, by its name too; what is ``besides`` may."""
    found = []
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != besides]
        for path in (here / name for name in (*folders, *files)):
            where = path.relative_to(root)
            found += [f"{where}: the name" for one in sought if one.found_as in os.fsencode(where)]
            found += [f"{where}: {one}" for one in in_file(path, sought)]
    return found


def in_file(path: Path, sought: tuple[Needle, ...]) -> list[str]:
    """The words that a file holds; what is gone meanwhile, and what is no file, holds none."""
    longest = max(len(one.found_as) for one in sought)
    found: dict[str, None] = {}
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return []
        with path.open("rb") as file:
            tail = b""
            while part := file.read(_PART):
                searched = tail + part
                for one in sought:
                    if one.found_as in searched:
                        found[f"“{one.word}” as {one.writing}"] = None
                tail = searched[-longest:]
    except FileNotFoundError:
        return []
    return list(found)


def open_to_others(root: Path, *, besides: tuple[Path, ...] = ()) -> list[str]:
    """Every file and folder below ``root`` that another user may read, list or write."""
    found = []
    for folder, folders, files in os.walk(root):
        for path in (Path(folder) / name for name in (*folders, *files)):
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue
            if stat.S_ISLNK(mode) or path in besides:
                continue
            if mode & 0o077:
                found.append(f"{path.relative_to(root)}: {stat.filemode(mode)}")
    return found
