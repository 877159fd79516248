"""Freeze the book of the newest form, so that every later migration starts from a real one.

``python -m tests.migrations.freeze`` writes ``books/<form>.book``. Only for a form that nobody
works with yet: once a form is released its book is never written again.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from clientele.store.migrate import NEWEST
from clientele.store.session import Profile, create_store
from tests.store.rows import fill

KEY = bytes.fromhex("0123456789abcdef" * 4)
"""Opens all frozen books; they hold nothing but made-up words."""
SALT = bytes(range(16))
MADE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def book_of(form: int) -> Path:
    """Where the frozen book of a form is kept."""
    return Path(__file__).parent / "books" / f"{form:04d}.book"


def freeze() -> Path:
    """Write the frozen book of the newest form and return its path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book"
        profile = Profile("EUR", "NL", "Europe/Amsterdam", "Herengracht")
        store = create_store(path, KEY, profile, now=MADE, salt=SALT)
        with store.write() as session:
            fill(session.connection())
        store.close()
        book_of(NEWEST).parent.mkdir(exist_ok=True)
        return Path(shutil.copyfile(path, book_of(NEWEST)))


if __name__ == "__main__":
    freeze()
