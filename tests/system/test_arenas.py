"""Do all threads of a program share one heap of the C library's?"""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

HEAPS = """
import ctypes, sys, threading
from clientele.system.arenas import share_one
assert sys.argv[1] == "many" or share_one()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
def take():
    for _ in range(1000):
        library.malloc(1000)
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library.malloc_stats()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_one_heap() -> None:
    def heaps(how: str) -> int:
        run = subprocess.run(
            [sys.executable, "-c", HEAPS, how], capture_output=True, text=True, check=True
        )
        return run.stderr.count("Arena ")

    assert heaps("one") == 1
    assert heaps("many") > 1
