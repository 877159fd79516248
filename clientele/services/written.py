"""How does a file leave the book? Whole or not at all, and for nobody else to read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from clientele.exchange.refusals import NotWritable
from clientele.store.beside import keep_clear
from clientele.system.paths import private


@contextmanager
def written(book: Path, path: Path, mode: str, **how: Any) -> Iterator[IO[Any]]:
    """A new file, opened as ``open`` would, that takes its name when the block has ended well.

    Raises:
        NotWritable: it cannot be made there; what stood there is as it was.
        OverTheBook: it would take the place of the book.
    """
    keep_clear(book, path)
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        try:
            with open(unfinished, mode, opener=private, **how) as file:
                yield file
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotWritable(file=path.name, why=error.strerror) from None
