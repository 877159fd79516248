"""Does this key open this file? Answered from the file's bytes, without opening it as a database.

Opening with a wrong key would leave files beside the book, and could fold a WAL that a crash
left into a file that we then refuse. SQLCipher signs each page of 4096 bytes, so one page is
proof enough: https://www.zetetic.net/sqlcipher/design/ (version 4: HMAC-SHA512 over the page up
to its signature and the page's number; its key from two rounds of PBKDF2 over the data key).
The engine's own first read stays the last word.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from clientele.store.beside import log_of

PAGE_SIZE = 4096
SALT_SIZE = 16
_SIGNATURE = 64
_WAL_HEADER, _FRAME_HEADER = 32, 24


def fits(path: Path, data_key: bytes | bytearray) -> bool:
    """Whether the 32 bytes of ``data_key`` sign the first page of the book at ``path``.

    The first page may be newer in the WAL (after a crash), so each image of it there counts too.
    Raises ``OSError`` if the file cannot be read.
    """
    with path.open("rb") as file:
        page = file.read(PAGE_SIZE)
    salt = page[:SALT_SIZE]
    if _signed(page, data_key, salt):
        return True
    wal = log_of(path)
    if not wal.exists():
        return False
    with wal.open("rb") as file:
        return any(_signed(image, data_key, image[:SALT_SIZE]) for image in _first_pages(file))


def _signed(page: bytes, data_key: bytes | bytearray, salt: bytes) -> bool:
    if len(page) != PAGE_SIZE:
        return False
    signing_salt = bytes(byte ^ 0x3A for byte in salt)
    key = hashlib.pbkdf2_hmac("sha512", data_key, signing_salt, 2, 32)
    signed, signature = page[SALT_SIZE:-_SIGNATURE], page[-_SIGNATURE:]
    # A reserve of 80 bytes ends each page: 16 of initialisation vector, 64 of signature.
    expected = hmac.new(key, signed + struct.pack("<I", 1), hashlib.sha512).digest()
    return hmac.compare_digest(expected, signature)


def _first_pages(wal: BinaryIO) -> Iterator[bytes]:
    wal.seek(_WAL_HEADER)
    while len(header := wal.read(_FRAME_HEADER)) == _FRAME_HEADER:
        if struct.unpack(">I", header[:4])[0] == 1:
            yield wal.read(PAGE_SIZE)
        else:
            wal.seek(PAGE_SIZE, 1)
