"""Can the printed tag be read again, by people and by a scanner, whatever was written on it?"""

from __future__ import annotations

import subprocess
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from clientele.domain.promises import PromiseKind, PromiseState
from clientele.domain.rules.promise_tags import read_tag, tag_of
from clientele.domain.rules.promises import Standing
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.reading import Named
from clientele.system.formats import Formats
from clientele.ui.printing.labels import HEIGHT, WIDTH, Label, labels_pdf, picture
from clientele.ui.printing.promise_labels import claim_slip, tag_label
from tests.examples import examples

FORMATS = Formats("en", "Europe/Amsterdam")
NOW = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
DPI = 203 / 25.4
"""Dots for each millimetre of the usual label printer."""


def row(**changed: object) -> PromiseRow:
    """Trousers for this afternoon."""
    facts: dict[str, object] = {
        "id": 229,
        "named": Named(1, "Daniel", "Tran"),
        "kind": PromiseKind.ALTERATION,
        "what": "trousers hemmed",
        "due_on": date(2026, 11, 21),
        "due_time": time(14, 30),
        "state": PromiseState.OPEN,
        "standing": Standing.DUE_TODAY,
        "promised_at": NOW - timedelta(days=14),
        "last_word_at": NOW,
        "ended_at": None,
        "ending": "",
        "associate_id": 1,
        "associate": "R. Okafor",
        "department": "Alterations",
        "garment": "navy suit 42R, trousers",
        "measurements": "inside leg 81 cm, no break",
        "tag": "A-2290",
    }
    return PromiseRow(**{**facts, **changed})  # type: ignore[arg-type]


def read_again(image: QImage) -> list[tuple[str, object]]:
    """What a scanner reads on a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    bits: Any = grey.constBits()
    view = zxingcpp.ImageView(
        bits,
        grey.width(),
        grey.height(),
        zxingcpp.ImageFormat.Lum,
        grey.bytesPerLine(),
    )
    return [(found.text, found.format) for found in zxingcpp.read_barcodes(view)]


def words(path: Path) -> list[str]:
    """The text on each page of a PDF."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.split()) for page in done.stdout.split("\f") if page.strip()]


@pytest.fixture
def labels(qapp: QApplication) -> list[Label]:
    """The tag and the slip."""
    return [tag_label(row(), FORMATS), claim_slip(row(), FORMATS, store="Herengracht")]


def test_two_small_pages_that_say_who_what_and_when(labels: list[Label], tmp_path: Path) -> None:
    path = tmp_path / "tag.pdf"
    path.write_bytes(labels_pdf(labels, "A-2290"))
    tag, slip = words(path)
    for part in (
        "Alteration",
        "Daniel Tran",
        "Sat 21 Nov 14:30",
        "trousers hemmed",
        "navy suit 42R, trousers",
        "inside leg 81 cm, no break",
        "Alterations · for R. Okafor",
    ):
        assert part in tag
    for part in (
        "Herengracht",
        "Claim slip · Alteration",
        "Daniel Tran",
        "trousers hemmed",
        "Ready Sat 21 Nov 14:30",
        "Promised by R. Okafor, 7 Nov 2026",
    ):
        assert part in slip
    assert "inside leg" not in slip, "the measurements are the workshop's"
    assert tag.count("A-2290") == 2
    assert slip.count("A-2290") == 1
    sizes = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in sizes
    assert "175.68 x 283.44" in sizes or "176 x 283" in sizes or "175.92 x 283.44" in sizes


def test_the_printed_bars_are_read_again(labels: list[Label], tmp_path: Path) -> None:
    path = tmp_path / "tag.pdf"
    path.write_bytes(labels_pdf(labels, "A-2290"))
    subprocess.run(["pdftoppm", "-r", "203", "-png", path, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) == 2
    for page in pages:
        assert read_again(QImage(str(page))) == [("A2290", zxingcpp.BarcodeFormat.Code128)]
    assert read_tag("A2290") == "A-2290"


@settings(deadline=None, max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(PromiseKind), number=st.integers(1, 9_999_999))
def test_every_tag_is_read_as_itself(qapp: QApplication, kind: PromiseKind, number: int) -> None:
    made = tag_label(row(kind=kind, id=number, tag=""), FORMATS)
    ((text, _),) = read_again(picture(made, DPI).toImage())
    assert read_tag(text) == tag_of(kind, number)


def test_however_much_was_written_the_bars_stay_clear(qapp: QApplication) -> None:
    long = "sleeves shortened, lining renewed, all buttons moved by two centimetres, " * 8
    full = row(what=long, garment=long, measurements=long, named=Named(1, "A" * 60, "B" * 60))
    for made in (tag_label(full, FORMATS), claim_slip(full, FORMATS, store="Herengracht " * 9)):
        image = picture(made, DPI).toImage()
        assert (image.width(), image.height()) == (round(WIDTH * DPI), round(HEIGHT * DPI))
        ((text, _),) = read_again(image)
        assert text == "A2290"


def test_a_hold_says_until_when(qapp: QApplication) -> None:
    held = row(kind=PromiseKind.HOLD, id=7, tag="", due_time=None)
    said = [line.words for line in claim_slip(held, FORMATS, store="Herengracht").lines]
    assert "Put aside for you" in said
    assert "Held until Sat 21 Nov" in said
