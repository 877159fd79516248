"""``calendar``: do appointments leave as somebody asks, and come in once?"""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.services.opening import open_by_passphrase
from clientele.store.queries.appointments import of_client
from clientele.system.clock import FixedClock
from tests.cli.conftest import PASSPHRASE, Clientele
from tests.services.imports.bringing import bring

PEOPLE = (
    "reference,given_name,family_name,preferred_name,email,phone,street,city,postcode,country,"
    "birthday,tags,note\n"
    "7,Ada,Berg,,ada@berg.example,,,,,,,,\n"
)


def _file(path: Path, clock: FixedClock) -> Path:
    day = f"{clock.now():%Y%m%d}"
    events = [
        f"BEGIN:VEVENT\r\nUID:{uid}@phone\r\nDTSTAMP:{day}T000000Z\r\n"
        f"DTSTART:{day}T{hour}0000Z\r\nDTEND:{day}T{hour}3000Z\r\nSUMMARY:{summary}\r\n{more}"
        "END:VEVENT\r\n"
        for uid, hour, summary, more in (
            ("a", 21, "Fitting with Ada Berg", ""),
            ("b", 22, "Dentist", ""),
            ("c", 20, "Shirts", "ATTENDEE:mailto:ADA@berg.example\r\nRRULE:FREQ=WEEKLY\r\n"),
        )
    ]
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//P//EN\r\n" + "".join(events)
    path.write_text(text + "END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return path


@pytest.fixture
def ada(book: Path, tmp_path: Path) -> Path:
    """A book with one client."""
    store = open_by_passphrase(book, PASSPHRASE)
    bring(store, tmp_path, PEOPLE, by=1, own=True)
    store.close()
    return book


def test_in_once_and_out_again(
    clientele: Clientele, ada: Path, tmp_path: Path, clock: FixedClock
) -> None:
    phone = str(_file(tmp_path / "phone.ics", clock))
    shown = clientele("calendar", "import", phone, "--dry-run", "--json")
    assert shown.code == 1, "somebody is to be chosen in the window"
    told = {(one["about"], one["client"]) for one in shown.json["offered"]}
    assert told == {("Fitting", "Ada Berg"), ("Shirts", "Ada Berg"), ("Dentist", "")}
    assert "Nothing was kept" in shown.err
    assert "for a year" in shown.err
    done = clientele("calendar", "import", phone)
    count = len(shown.json["offered"]) - 1
    assert f"{count} brought in" in done.err
    again = clientele("calendar", "import", phone)
    assert again.err.count("0 brought in") == 1
    store = open_by_passphrase(ada, PASSPHRASE)
    with store.read() as session:
        ahead = of_client(session, 1, now=clock.now(), most=100).ahead
    store.close()
    assert len(ahead) == count
    assert {row.about for row in ahead} == {"Fitting", "Shirts"}

    mine = tmp_path / "mine.ics"
    out = clientele("calendar", "export", str(mine))
    assert out.code == 0
    assert "initials only" in out.err
    assert mine.stat().st_mode & 0o777 == 0o600
    assert b"Berg" not in mine.read_bytes()
    assert b"Fitting" not in mine.read_bytes()
    clientele("calendar", "export", str(mine), "--with-names")
    assert b"Ada Berg: Fitting" in mine.read_bytes()
    back = clientele("calendar", "import", str(mine), "--dry-run", "--json")
    assert (back.code, back.json["offered"], back.json["same"]) == (0, [], count)


def test_what_is_no_calendar_is_refused(clientele: Clientele, ada: Path, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text("name;phone\nAda;1\n", encoding="utf-8")
    said = clientele("calendar", "import", "a.ics")
    assert (said.code, said.out) == (2, "")
    assert "is not a calendar" in said.err
    assert clientele("calendar", "import", "none.ics").code == 2
    empty = clientele("calendar", "export", "mine.ics")
    assert empty.code == 2
    assert "Nothing was written" in empty.err
    assert not (tmp_path / "mine.ics").exists()
