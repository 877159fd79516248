"""Which pages of a damaged book are as they were written, and what stands on them?

Read from the bytes of the file and of its log, not as a database: SQLCipher stops at the first
page that does not fit its signature, and takes what hangs below it along. Each page of 4096 bytes
is signed with its own number, so whatever fits is exactly what was written there
(https://www.zetetic.net/sqlcipher/design/). Nothing is ever written here.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from clientele.store.backup import Key
from clientele.store.beside import log_of
from clientele.store.copying import Leave, Told
from clientele.store.errors import Cancelled, NoBook, WrongKey
from clientele.store.proof import PAGE_SIZE, SALT_SIZE

SIGNATURE, VECTOR = 64, 16
USABLE = PAGE_SIZE - SIGNATURE - VECTOR
"""Bytes of a page that SQLite has: the rest are initialisation vector and signature."""

LOG_HEADER, FRAME_HEADER = 32, 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
_LOOK_EVERY = 2_000
_SAMPLE = 64

BAD = 0xFF
"""What ``kinds`` says of a page that is not as it was written."""


class Pages:
    """The pages of a file and its log, read one by one; to be used in a ``with`` block.

    ``heads`` are other heads that the file may have had, where its own first bytes are damaged.
    Raises ``NoBook``, and ``WrongKey`` where the key fits no page at all.
    """

    def __init__(self, path: Path, data_key: Key, heads: Iterable[bytes] = ()) -> None:
        if not path.is_file():
            raise NoBook(path=path)
        self._key = bytes(data_key)
        self._file = path.open("rb")
        log = log_of(path)
        self._log = log.open("rb") if log.exists() else None
        self._in_file = -(-path.stat().st_size // PAGE_SIZE)
        self._in_log: dict[int, int] = {}
        self._spoilt: set[int] = set()
        self.unfinished = 0
        """Pages at the end of the log that belong to no change that was kept."""
        self.count = self._in_file
        """How many pages the book has."""
        self.kinds = bytearray()
        """By number, from 0: the first byte of the page, or ``BAD``; after ``look``."""
        self._file.seek(0)
        self.salt = self._file.read(SALT_SIZE)
        """The head of the file, as it was."""
        try:
            self._choose_head(heads, path)
            if self._log is not None:
                self._read_log()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _at: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    def look(self, *, told: Told = lambda *_: None, leave: Leave = lambda: False) -> None:
        """Look at every page once, for ``kinds``. Raises ``Cancelled`` where ``leave`` wants it."""
        self.kinds = bytearray([BAD]) * self.count
        for number in range(1, self.count + 1):
            if number % _LOOK_EVERY == 1:
                told(number - 1, self.count)
                if leave():
                    raise Cancelled
            page = self.page(number)
            if page is not None:
                kind = page[100] if number == 1 else page[0]
                self.kinds[number - 1] = 0 if kind == BAD else kind
        told(self.count, self.count)

    @property
    def bad(self) -> int:
        """How many pages are not as they were written."""
        return self.kinds.count(BAD)

    def is_bad(self, number: int) -> bool:
        """Whether that page is not as it was written, or not there."""
        return not 1 <= number <= self.count or self.kinds[number - 1] == BAD

    def page(self, number: int) -> bytes | None:
        """What stands on a page, without what SQLCipher added; None where it is damaged."""
        if not 1 <= number <= self.count or number in self._spoilt:
            return None
        image = self._image(number)
        if not self._signed(image, number):
            return None
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        start = SALT_SIZE if number == 1 else 0
        vector = image[USABLE : USABLE + VECTOR]
        opened = Cipher(algorithms.AES(self._key), modes.CBC(vector)).decryptor()
        return bytes(start) + opened.update(image[start:USABLE]) + opened.finalize()

    def _image(self, number: int) -> bytes:
        if number in self._in_log and self._log is not None:
            self._log.seek(self._in_log[number])
            return self._log.read(PAGE_SIZE)
        self._file.seek((number - 1) * PAGE_SIZE)
        return self._file.read(PAGE_SIZE)

    def _signed(self, image: bytes, number: int) -> bool:
        if len(image) != PAGE_SIZE:
            return False
        start = SALT_SIZE if number == 1 else 0
        signed = image[start:-SIGNATURE] + struct.pack("<I", number)
        return hmac.compare_digest(hmac.digest(self._signing, signed, "sha512"), image[-SIGNATURE:])

    def _choose_head(self, heads: Iterable[bytes], path: Path) -> None:
        """The head under which pages fit: the file's own, or one of those that others remember."""
        step = max(1, self._in_file // _SAMPLE)
        for salt in dict.fromkeys([self.salt, *heads]):
            self.salt = salt
            self._signing = hashlib.pbkdf2_hmac(
                "sha512", self._key, bytes(byte ^ 0x3A for byte in salt), 2, 32
            )
            some = {*range(1, min(_SAMPLE, self._in_file) + 1), *range(1, self._in_file + 1, step)}
            if any(self._signed(self._image(number), number) for number in some):
                return
        raise WrongKey(path=path)

    def _read_log(self) -> None:
        """Where the newest image of each page is that a kept change wrote into the log.

        What a frame says of itself is not signed; the page in it is, and its number with it. So a
        damaged frame before the last kept change spoils the page it is of, rather than let an
        older image pass as the newest.
        """
        assert self._log is not None
        frames = self._frames()
        kept = max((place for place, (_, size) in enumerate(frames) if size), default=-1)
        self.unfinished = len(frames) - kept - 1
        if kept < 0:
            return
        self.count = frames[kept][1]
        for place, (number, _) in enumerate(frames[: kept + 1]):
            start = LOG_HEADER + place * (FRAME_HEADER + PAGE_SIZE) + FRAME_HEADER
            self._log.seek(start)
            image = self._log.read(PAGE_SIZE)
            meant: int | None = number
            if not self._signed(image, number):
                every = range(1, self.count + 1)
                meant = next((other for other in every if self._signed(image, other)), None)
            if meant is None:
                self._spoilt.add(number)
            else:
                self._in_log[meant] = start
                self._spoilt.discard(meant)

    def _frames(self) -> list[tuple[int, int]]:
        """Number and size after the change (0: it goes on) of each frame of this log's last use."""
        assert self._log is not None
        self._log.seek(0)
        header = self._log.read(LOG_HEADER)
        frames: list[tuple[int, int, bytes]] = []
        while len(said := self._log.read(FRAME_HEADER)) == FRAME_HEADER:
            if len(self._log.read(PAGE_SIZE)) != PAGE_SIZE:
                break
            number, size = struct.unpack(">II", said[:8])
            frames.append((number, size, said[8:16]))
        if not frames:
            return []
        # The log is used again from its beginning, with other salts: what is behind is of before.
        salts = header[16:24] if _is_sound(header) else frames[0][2]
        ours = [place for place, frame in enumerate(frames) if frame[2] == salts]
        last = max(ours, default=-1)
        return [(number, size) for number, size, _ in frames[: last + 1]]


def _is_sound(header: bytes) -> bool:
    """Whether the header of a log fits its own checksum: https://www.sqlite.org/fileformat.html."""
    if len(header) != LOG_HEADER:
        return False
    order = _MAGIC.get(int.from_bytes(header[:4], "big"))
    if order is None:
        return False
    first = second = 0
    words = struct.unpack(f"{order}6I", header[:24])
    for low, high in zip(words[::2], words[1::2], strict=True):
        first = (first + low + second) & 0xFFFFFFFF
        second = (second + high + first) & 0xFFFFFFFF
    return struct.unpack(">II", header[24:]) == (first, second)
