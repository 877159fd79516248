"""Is a client nowhere to be read while the program runs, when it is closed, when it is killed?"""

from __future__ import annotations

import base64
import select
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tests.hygiene.conftest import CLIENT, PASSPHRASE, PIN, WORDS, Day, Person, customers
from tests.hygiene.seeking import in_file, needles, open_to_others, traces

SOUGHT = needles(*WORDS, PASSPHRASE, PIN)


def look(person: Person) -> list[str]:
    """Whatever can be read, and what others of this machine may open."""
    found = traces(person.root, SOUGHT, besides=person.asked)
    return found + open_to_others(person.root)


def photo(folder: Path) -> Path:
    """A picture whose name is the client's."""
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("#7a4f9a"))
    path = folder / f"{CLIENT['family']}.png"
    assert image.save(str(path))
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("umask", [0o022, 0])
def test_a_day_at_the_window_leaves_nothing_to_read(person: Person, umask: int) -> None:
    person.umask = umask
    person.begin()
    day = Day(person, photo(person.asked))
    seen = []
    try:
        for where in day.stops():
            seen.append(where)
            assert look(person) == [], where
        _, err = day.process.communicate(timeout=30)
    finally:
        day.end()
    assert day.process.returncode == 0, err.decode()
    assert seen[-1] == "locked", err.decode()
    assert day.left == []
    assert set(day.titles) <= {"", "Clientele"}
    assert look(person) == []
    assert not [one for one in SOUGHT if one.found_as in err]


def test_a_window_that_is_killed_leaves_nothing_to_read(person: Person) -> None:
    person.begin()
    day = Day(person, photo(person.asked))
    try:
        for where in day.stops():
            if where == "rung up":
                break
    finally:
        day.end()
    assert look(person) == []
    assert list((person.root / "work").iterdir()) == [], "not even what is left of its memory"


def test_commands_leave_nothing_to_read(person: Person) -> None:
    person.begin()
    wrong = person.asked / "wrong.csv"
    wrong.write_bytes(f"given_name\tfamily_name\n{CLIENT['given']}\0\xff\n".encode("latin-1"))
    wrong.chmod(0o600)
    file = customers(person.asked / "shop.csv", 1)
    file.chmod(0o600)
    asked = str(person.asked)
    bad = [f'"{CLIENT["given"]},{CLIENT["family"]}', "C1,x,y,no e-mail at all,z"]
    spoilt = person.asked / "spoilt.csv"
    spoilt.write_text(file.read_text(encoding="utf-8") + "\n" + "\n".join(bad), encoding="utf-8")
    spoilt.chmod(0o600)
    calendar = person.asked / "calendar.ics"
    calendar.write_text(appointment(), encoding="utf-8", newline="")
    calendar.chmod(0o600)
    for code, *typed in (
        (0, "import", str(file)),
        (0, "calendar", "import", str(calendar)),
        (0, "search", CLIENT["family"]),
        (0, "brief", "C0", "--pdf", f"{asked}/brief.pdf"),
        (0, "export", "customers", "-"),
        (0, "export", "customers", f"{asked}/out.csv"),
        (0, "calendar", "export", f"{asked}/mine.ics", "--with-names"),
        (0, "today"),
        (0, "backup"),
        (0, "duplicates"),
        (0, "key", "rotate"),
        (0, "audit", "--client", "C0"),
        (1, "import", str(spoilt)),
        (2, "import", str(wrong)),
        (2, "brief", f"{CLIENT['family']} of nowhere at all"),
    ):
        person.clientele(*typed, code=code)
        assert look(person) == [], typed
    assert (person.asked / "spoilt.rejects.csv").exists()
    assert list((person.root / "work").iterdir()) == []


@pytest.mark.parametrize("wait", [0.3, 1.1])
def test_an_import_leaves_nothing_to_read_while_it_runs_and_when_it_is_killed(
    person: Person, wait: float
) -> None:
    person.begin()
    file = customers(person.asked / "shop.csv", 20_000)
    file.chmod(0o600)
    with person.start("clientele", "import", str(file)) as process:
        until(lambda: person.book.with_name("book.clientele-wal").exists())
        began = time.monotonic()
        while time.monotonic() < began + wait and process.poll() is None:
            assert look(person) == []
        process.kill()
        process.communicate()
    assert look(person) == []


def appointment() -> str:
    """A calendar with one appointment, tomorrow, with the client."""
    day = f"{datetime.now(UTC) + timedelta(days=1):%Y%m%dT100000Z}"
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:1", f"DTSTAMP:{day}",
        f"DTSTART:{day}", f"SUMMARY:{CLIENT['given']} {CLIENT['family']}0",
        f"ATTENDEE:mailto:c0.{CLIENT['email']}", "END:VEVENT",
        "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines)


def until(true: Callable[[], bool]) -> None:
    """Wait for something of another process."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "it never came"
        select.select([], [], [], 0.01)


def test_words_that_are_left_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = 1 << 12
    monkeypatch.setattr("tests.hygiene.seeking._PART", part)
    for number, left in enumerate(
        (
            b"..Br\xc3\xb6mpfkratz..", "Brömpfkratz".encode("utf-16-le"), b'"Br\\u00f6mpfkratz"',
            base64.b64encode(b"." + "Brömpfkratz".encode() + b"."), b"brief%20Br%C3%B6mpfkratz.pdf",
            "BRÖMPFKRATZ".encode(), b"Br\\xf6mpfkratz",
        )
    ):  # fmt: skip
        path = tmp_path / f"{number}"
        path.write_bytes(b"\0" * (part - 5) + left)
        assert in_file(path, SOUGHT), left
    (tmp_path / "Wrombaskin").mkdir()
    found = traces(tmp_path, SOUGHT, besides=tmp_path / "none")
    assert "Wrombaskin: the name" in found
    assert len(found) >= 8
