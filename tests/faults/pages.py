"""Which page of an encrypted book is what? So that each class of bytes can be flipped."""

from __future__ import annotations

import struct
from collections import defaultdict
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, HEAD, RESERVE, VECTOR = 4096, 16, 80, 16
"""Of SQLCipher 4: https://www.zetetic.net/sqlcipher/design/."""

TREES = {2: "interior index", 5: "interior table", 10: "leaf index", 13: "leaf table"}


def classes(book: Path, key: bytes) -> dict[str, list[int]]:
    """The pages of a closed book by what they are, counted from one."""
    content = book.read_bytes()
    plain = {
        number: _plain(content[(number - 1) * PAGE : number * PAGE], key, number)
        for number in range(1, len(content) // PAGE + 1)
    }
    found: dict[str, list[int]] = defaultdict(list, {"page 1": [1]})
    free: set[int] = set()
    (trunk,) = struct.unpack(">I", plain[1][32:36])
    while trunk:
        found["freelist trunk"].append(trunk)
        after, count = struct.unpack(">2I", plain[trunk][:8])
        leaves = struct.unpack(f">{count}I", plain[trunk][8 : 8 + 4 * count])
        found["freelist leaf"] += leaves
        free |= {trunk, *leaves}
        trunk = after
    for number in plain.keys() - free - {1}:
        found[TREES.get(plain[number][0], "overflow")].append(number)
    return dict(found)


def places(book: Path, key: bytes, what: str, rng: Random, many: int) -> list[int]:
    """Bytes of a closed book that belong to a class, by chance."""
    pages = classes(book, key)
    any_page = rng.choices(range(1, book.stat().st_size // PAGE + 1), k=many)
    if what == "head":
        return rng.sample(range(HEAD), many)
    if what == "signature":
        return [number * PAGE - 64 + rng.randrange(64) for number in any_page]
    if what == "initialisation vector":
        return [number * PAGE - RESERVE + rng.randrange(VECTOR) for number in any_page]
    chosen = rng.choices(pages[what], k=many)
    return [
        (number - 1) * PAGE + rng.randrange(HEAD if number == 1 else 0, PAGE - RESERVE)
        for number in chosen
    ]


def flip(file: Path, place: int, bit: int) -> None:
    """Turn one bit of a file around."""
    with file.open("r+b") as opened:
        opened.seek(place)
        (byte,) = opened.read(1)
        opened.seek(place)
        opened.write(bytes([byte ^ 1 << bit]))


def _plain(page: bytes, key: bytes, number: int) -> bytes:
    start = HEAD if number == 1 else 0
    vector = page[PAGE - RESERVE : PAGE - RESERVE + VECTOR]
    cipher = Cipher(AES(key), CBC(vector)).decryptor()
    return page[:start] + cipher.update(page[start : PAGE - RESERVE]) + cipher.finalize()
