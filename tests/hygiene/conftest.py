"""A user of their own: home, temporary files, settings and a client nobody else has."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PASSPHRASE, PIN = "wozzel pfarndik lumbroth", "83917264"
CLIENT = {
    "given": "Zsuqwénja",
    "family": "Brömpfkratz",
    "phone": "020 555 018374",
    "email": "zqvx.pfrumm@kratzwold.example",
    "note": "fiancee wants xylquorn trousers",
    "item": "Wrombaskin suit, 42R",
}
WORDS = ("Zsuqwénja", "Brömpfkratz", "zqvx.pfrumm", "xylquorn", "Wrombaskin", "kratzwold")
"""What must not be found: names, an address, a word of a note, goods."""


@dataclass(slots=True)
class Person:
    """Whose folders are all below one, and what runs with them."""

    root: Path
    umask: int = 0o022
    cores: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        places = {
            "HOME": "home", "TMPDIR": "tmp", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config",
            "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "run",
        }  # fmt: skip
        for place in (*places.values(), "asked", "work"):
            (self.root / place).mkdir(mode=0o700, parents=True)
        kept = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "QT_QPA_PLATFORM")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {name: str(self.root / place) for name, place in places.items()}
        self.environment |= {
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "CLIENTELE_BOOK": str(self.book),
        }

    @property
    def book(self) -> Path:
        """The usual place."""
        return self.root / "data" / "Clientele" / "book.clientele"

    @property
    def asked(self) -> Path:
        """Where files go that somebody asked for."""
        return self.root / "asked"

    @property
    def command(self) -> dict[str, str]:
        """What a command of the command line finds in its environment."""
        return self.environment | {"CLIENTELE_PASSPHRASE": PASSPHRASE, "CLIENTELE_PIN": PIN}

    def start(self, module: str, *arguments: str, typed: bool = False) -> subprocess.Popen[bytes]:
        """Start a program of ours."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.root / "work",
            env=self.environment if typed else self.command,
            umask=self.umask,
        )

    def clientele(self, *arguments: str, code: int = 0) -> tuple[str, str]:
        """Type a command; answers what it said on its two outputs."""
        with self.start("clientele", *arguments) as process:
            out, err = process.communicate(timeout=120)
        assert process.returncode == code, (arguments, out.decode(), err.decode())
        return out.decode(), err.decode()

    def begin(self) -> None:
        """Make the book, as whoever sets up the terminal does."""
        self.clientele(
            "init", "--associate", "Margaret Vos", "--department", "Men's Suits",
            "--store", "Herengracht", "--currency", "eur", "--country", "nl",
            "--time-zone", "Europe/Amsterdam",
        )  # fmt: skip


class Day:
    """The window at work in a process of its own; it waits wherever it is until told to go on."""

    def __init__(self, person: Person, photo: Path) -> None:
        order = {
            "client": CLIENT,
            "words": WORDS,
            "asked": str(person.asked),
            "photo": str(photo),
            "passphrase": PASSPHRASE,
            "pin": PIN,
        }
        self.titles: list[str] = []
        self.left: list[str] = []
        self._rest = b""
        order_file = person.root.with_suffix(".json")
        order_file.write_text(json.dumps(order))
        self.process = person.start("tests.hygiene.day", str(order_file), typed=True)

    def stops(self) -> Iterator[str]:
        """Each place where it waits; it goes on when the next is asked for."""
        while (word_and_rest := self._line()) is not None:
            word, _, rest = word_and_rest.partition(" ")
            if word == "titles":
                self.titles += json.loads(rest)
            elif word == "left":
                self.left.append(rest)
            elif word == "broke":
                raise AssertionError(json.loads(rest))
            elif word == "at":
                yield rest
                self.go_on()

    def go_on(self) -> None:
        """Let it work on."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"go\n")
        self.process.stdin.flush()

    def end(self) -> None:
        """Kill it and let go of it."""
        self.process.kill()
        self.process.communicate(timeout=30)

    def _line(self, patience: float = 60) -> str | None:
        assert self.process.stdout is not None
        until = time.monotonic() + patience
        while b"\n" not in self._rest:
            ready, _, _ = select.select([self.process.stdout], [], [], until - time.monotonic())
            assert ready, "the program said nothing for a minute"
            more = os.read(self.process.stdout.fileno(), 65_536)
            if not more:
                return None
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody who has not begun yet."""
    return Person(tmp_path / "person")


def customers(path: Path, rows: int, words: Sequence[str] = ()) -> Path:
    """A file of customers, each of whom has the names of the client."""
    given, family = words or (CLIENT["given"], CLIENT["family"])
    lines = ["reference,given_name,family_name,email,note"]
    lines += [
        f"C{row},{given},{family}{row},c{row}.{CLIENT['email']},{CLIENT['note']} {row}"
        for row in range(rows)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
