"""What a key leaves in the memory of the program, looked for in all of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.store.processes import say

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

SCAN = """
import gc, os, secrets, sys
from datetime import UTC, datetime
from pathlib import Path

from clientele.store import keys
from clientele.store.session import Profile, create_store, open_store
from clientele.system.memory import wipe


def copies(needle):
    found = 0
    with open("/proc/self/maps") as places, open("/proc/self/mem", "rb", 0) as memory:
        for place in places:
            span, allowed = place.split()[:2]
            if "rw" not in allowed:
                continue
            start, end = (int(one, 16) for one in span.split("-"))
            try:
                memory.seek(start)
                found += memory.read(end - start).count(needle)
            except (OSError, ValueError):
                continue
    return found


path, new = Path(sys.argv[1]), keys.new_key()
profile = Profile("EUR", "NL", "UTC")
create_store(path, new.data_key, profile, now=datetime.now(UTC), salt=new.salt).close()
mask = secrets.token_bytes(32)
hidden = bytes(one ^ other for one, other in zip(new.data_key, mask))
store = open_store(path, new.data_key)
wipe(new.data_key)
for _ in range(3):
    with store.read() as session:
        session.connection().exec_driver_sql("SELECT count(*) FROM client").all()


def written():
    gc.collect()
    return copies(bytes(one ^ other for one, other in zip(hidden, mask)).hex().encode())


# One is the text that is looked for.
print(written() - 1)
store.close()
print(written() - 1, any(store.data_key))
"""


def test_the_key_stands_nowhere_as_text_while_the_book_is_open(tmp_path: Path) -> None:
    assert say(SCAN, str(tmp_path / "book.clientele")).split() == ["0", "0", "False"]


PRIVATE = """
import ctypes, resource
from clientele.system.memory import keep_to_ourselves
keep_to_ourselves()
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_no_core_is_dumped_and_no_other_program_of_the_user_reads_along() -> None:
    assert say(PRIVATE) == "(0, 0) 0"
