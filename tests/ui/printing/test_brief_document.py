"""The brief on paper: one page whatever the client's story, with what must be read on it."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QApplication

from clientele.domain.tables import (
    Appointment,
    FollowUp,
    HouseholdMember,
    Note,
    Occasion,
    Promise,
)
from clientele.services.brief_choice import BriefSheet, Topic
from clientele.services.brief_words import brief_sheet
from clientele.services.clients import EditClient, edit_client
from clientele.store.queries.brief import Brief, brief
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from clientele.system.formats import Formats
from clientele.ui.printing.brief_document import (
    SIZES,
    brief_pdf,
    fitted,
)
from clientele.ui.printing.brief_html import ABOVE, columns_of
from clientele.ui.printing.pdf import A4, LETTER, paper_of, save
from tests.services.floor import Floor, a_floor
from tests.store.processes import say as output_of
from tests.store.queries.test_visit import bought, prefers, size

FORMATS = Formats("en", "Europe/Amsterdam")
PAPERS = [A4, LETTER]
LONG = "He walks a great deal, and says that a shoe is only as good as its second winter. " * 6


@pytest.fixture
def floor(store: Store, clock: FixedClock, qapp: QApplication) -> Floor:
    return a_floor(store, clock)


@pytest.fixture
def overfull(floor: Floor) -> Floor:
    """A client of thirty years, of whom everything is known."""
    now = floor.clock.now()
    who: dict[str, Any] = {"client_id": floor.daniel}
    by: dict[str, Any] = {"associate_id": floor.okafor}
    at: dict[str, Any] = {"promised_at": now, "last_word_at": now}
    floor.add(
        Note(**who, **by, body=f"How was Italy? {LONG}{LONG}", say_first=True, written_at=now)
    )
    floor.add(Appointment(**who, **by, starts_at=now + timedelta(hours=2), about="suit collection"))
    for number in range(40):
        day = now.date() + timedelta(days=number)
        name = f"number {number}"
        floor.add(Promise(**who, **by, **at, kind="repair", what=f"{name}: {LONG}", due_on=day))
        floor.add(FollowUp(**who, **by, channel="call", reason=name, due_on=day, created_at=now))
        floor.add(Note(**who, **by, body=f"{name}. {LONG}", written_at=now))
        floor.add(Occasion(**who, kind="other", title=name, month=day.month, day=day.day))
        member = floor.add(HouseholdMember(**who, name=f"Cousin {number}", about=LONG))
        prefers(floor, "like", "emerald", None, household_member_id=member)
        prefers(floor, "like", f"liked {name}", None)
        prefers(floor, "avoid", f"avoided {name}", None)
        size(floor, "42R", number, category=f"Kind {number}", fit="sleeves −2 cm")
        bought(floor, now - timedelta(days=number), (floor.shoes, f"Pair of {LONG}", 28500))
    return floor


def the_brief(floor: Floor) -> Brief:
    found = floor.ask(brief, floor.daniel, now=floor.clock.now())
    assert isinstance(found, Brief)
    return found


def the_sheet(floor: Floor) -> BriefSheet:
    return brief_sheet(the_brief(floor), FORMATS, now=floor.clock.now(), me=floor.okafor)


def info(path: Path) -> dict[str, str]:
    """What poppler says of a PDF."""
    done = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True)
    lines = (line.partition(":") for line in done.stdout.splitlines())
    return {name: value.strip() for name, _, value in lines}


def words(path: Path) -> str:
    """The text on a PDF, its lines joined."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.name()))
def test_an_overfull_client_is_one_page(overfull: Floor, tmp_path: Path, paper: QPageSize) -> None:
    path = tmp_path / "brief.pdf"
    save(brief_pdf(the_sheet(overfull), paper), path)
    told, text = info(path), words(path)
    assert told["Pages"] == "1"
    assert ("A4" if paper == A4 else "letter") in told["Page size"]
    for must in (
        "Daniel Tran",
        "How was Italy?",
        "from your note of 21 Nov",
        "today 12:00",
        "suit collection",
        "avoided number 0",
        "Tickets",
        "€11,400.00",
        "Men's Shoes",
        "Left out for want of room:",
    ):
        assert must in text, must
    assert "Cousin 39" not in text


def test_what_is_said_is_whole(overfull: Floor, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(the_sheet(overfull)))
    text = words(path)
    chosen = fitted(the_sheet(overfull))
    assert chosen.size == SIZES[-1]
    for section in chosen.sheet.sections:
        assert section.title in text
        for entry in section.entries:
            for part in (entry.name, entry.strong, entry.words, entry.aside):
                assert " ".join(part.split()) in text, part
    first = chosen.sheet.section(Topic.SAY_FIRST)
    assert first is not None
    assert first.entries[0].words.endswith("second winter. […]")


def test_one_more_entry_would_be_a_page_more(overfull: Floor) -> None:
    whole = the_sheet(overfull)
    chosen = fitted(whole).sheet
    assert 20 < chosen.size < whole.size
    assert chosen.left_out == whole.size - chosen.size
    assert fitted(chosen).sheet.size == chosen.size


def test_a_client_with_little_is_set_large(floor: Floor, tmp_path: Path) -> None:
    prefers(floor, "like", "navy & <b>camel</b>", None)
    chosen = fitted(the_sheet(floor))
    assert (chosen.size, chosen.sheet.left_out) == (SIZES[0], 0)
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(the_sheet(floor)))
    assert info(path)["Pages"] == "1"
    assert "navy & <b>camel</b>" in words(path)
    assert "Left out" not in words(path)


def test_a_single_word_too_long_for_the_paper(floor: Floor, tmp_path: Path) -> None:
    floor.add(
        Note(client_id=floor.daniel, body="x" * 9000, say_first=True, written_at=floor.clock.now())
    )
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(the_sheet(floor)))
    assert info(path)["Pages"] == "1"
    assert "Daniel Tran" in words(path)


def test_the_name_and_how_it_is_said(floor: Floor, tmp_path: Path) -> None:
    floor.do(edit_client, EditClient(floor.daniel, "preferred_name", "Dan"))
    floor.do(edit_client, EditClient(floor.daniel, "say_it", "DAHN chan"))
    path = tmp_path / "brief.pdf"
    path.write_bytes(brief_pdf(the_sheet(floor)))
    assert "prefers “Dan” · say it: DAHN chan" in words(path)
    assert info(path)["Title"] == "Daniel Tran"


def test_a_file_is_for_this_user_alone_and_nothing_lies_beside_it(
    floor: Floor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    monkeypatch.setattr(tempfile, "tempdir", None)
    folder = tmp_path / "briefs"
    folder.mkdir()
    path = folder / "brief.pdf"
    save(brief_pdf(the_sheet(floor)), path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [path]
    assert list(elsewhere.iterdir()) == []
    with pytest.raises(OSError, match="No such file"):
        save(b"%PDF", folder / "not" / "there.pdf")


def test_without_a_display_and_an_application(floor: Floor, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    code = (
        "import os, sys; os.environ.pop('QT_QPA_PLATFORM', None); os.environ.pop('DISPLAY', None)\n"
        "from datetime import UTC, datetime\n"
        "from pathlib import Path\n"
        "from clientele.services.brief_choice import BriefSheet\n"
        "from clientele.store.queries.reading import Named\n"
        "from clientele.ui.printing.brief_document import brief_pdf\n"
        "from clientele.ui.printing.pdf import save\n"
        "now = datetime(2026, 11, 21, tzinfo=UTC)\n"
        "sheet = BriefSheet(Named(1, 'Daniel', 'Tran'), 'Daniel Tran', '', '', '', '', now, ())\n"
        "save(brief_pdf(sheet), Path(sys.argv[1]))\n"
    )
    assert output_of(code, str(path)) == ""
    assert info(path)["Pages"] == "1"
    assert words(path) == "Daniel Tran"


def test_columns_are_about_equal_and_in_order(overfull: Floor) -> None:
    sheet = fitted(the_sheet(overfull)).sheet
    for count in (2, 3):
        columns = columns_of(sheet, count)
        assert len(columns) == count
        assert [s.topic for column in columns for s in column] == [
            section.topic for section in sheet.sections if section.topic not in ABOVE
        ]
        assert all(columns)


@pytest.mark.parametrize(
    ("country", "paper"), [("US", LETTER), ("ca", LETTER), ("NL", A4), ("", A4)]
)
def test_the_paper_of_a_country(country: str, paper: QPageSize) -> None:
    assert paper_of(country) == paper
