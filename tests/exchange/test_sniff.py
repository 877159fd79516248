"""Encoding, delimiter and header are recognised; what is no CSV file is refused in plain words."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from clientele.domain.history import ImportKind
from clientele.exchange.reading import CsvFile
from clientele.exchange.refusals import FileEmpty, FileNotReadable, NoHeader, NotText
from clientele.exchange.sniff import SAMPLE_ROWS, sniff
from tests.exchange.files import written

GERMAN = "Kundennummer;Vorname;Nachname;Straße;Bemerkung\n1;Jürgen;Müßig;Große Gasse 3;trägt 52\n"


def rows_of(path: Path) -> list[list[str]]:
    with CsvFile(sniff(path)) as file:
        return list(file.rows())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    shape = sniff(written(tmp_path, GERMAN, encoding=encoding))
    assert shape.header == ("Kundennummer", "Vorname", "Nachname", "Straße", "Bemerkung")
    assert shape.sample == (("1", "Jürgen", "Müßig", "Große Gasse 3", "trägt 52"),)
    with CsvFile(shape) as file:
        assert list(file.rows()) == [list(row) for row in shape.sample]


def test_utf_16_of_the_other_end_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"))
    assert sniff(path).sample[0][1] == "Jürgen"


def test_a_cyrillic_file(tmp_path: Path) -> None:
    text = "First Name,Last Name,E-mail 1 - Value\n" + "Наталья,Сергеевна,n@example.org\n" * 9
    assert sniff(written(tmp_path, text, encoding="cp1251")).sample[0][0] == "Наталья"


def test_a_windows_byte_far_down_in_an_ascii_file(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"name,email\n" + b"Anna Vos,a@example.org\n" * 9_000 + b"Ren\xe9,r@b.nl\n")
    assert sniff(path).encoding == "utf-8"
    assert rows_of(path)[-1] == ["René", "r@b.nl"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = ["reference,sold_at,amount,item", '7,2026-05-01,"1,5","a; b | c"']
    text = "\n".join(lines).replace('"1,5"', "1").replace(",", delimiter) + "\n"
    shape = sniff(written(tmp_path, text))
    assert shape.delimiter == delimiter
    assert shape.sample == (("7", "2026-05-01", "1", "a; b | c"),)


def test_what_excel_says_of_its_delimiter(tmp_path: Path) -> None:
    path = written(tmp_path, "sep=;\r\nname;email\r\nAnna, the elder;a@b.nl\r\n")
    assert sniff(path).header == ("name", "email")
    assert rows_of(path) == [["Anna, the elder", "a@b.nl"]]


def test_one_column_is_enough(tmp_path: Path) -> None:
    shape = sniff(written(tmp_path, "Email\na@b.nl\n"))
    assert shape.header == ("Email",)
    assert shape.kind is ImportKind.CUSTOMERS


def test_lines_within_quotation_marks(tmp_path: Path) -> None:
    path = written(tmp_path, 'name,note\r\nAnna,"first\r\nsecond ""third"""\r\nBob,\r\n')
    assert rows_of(path) == [["Anna", 'first\r\nsecond "third"'], ["Bob", ""]]


def test_the_sample_is_whole_rows_of_a_long_file(tmp_path: Path) -> None:
    note = "x" * 9_000
    path = written(tmp_path, "name,note\n" + f"Anna,{note}\n" * 50)
    assert set(sniff(path).sample) == {("Anna", note)}
    assert 5 <= len(sniff(path).sample) <= SAMPLE_ROWS


def test_an_empty_file(tmp_path: Path) -> None:
    for text in ("", "\n \r\n", "\ufeff"):
        with pytest.raises(FileEmpty, match="is empty"):
            sniff(written(tmp_path, text))


def test_a_header_alone_is_a_file_without_rows(tmp_path: Path) -> None:
    assert rows_of(written(tmp_path, "name,email\n")) == []


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotReadable, match=r"gone\.csv"):
        sniff(tmp_path / "gone.csv")
    with pytest.raises(FileNotReadable, match="directory"):
        sniff(tmp_path)


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b"\xd0\xcf\x11\xe0rest", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\x07\x00\x01\x00\x00\x99" * 9, "a binary file"),
    ],
)
def test_what_is_no_text(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(head)
    with pytest.raises(NotText, match=what):
        sniff(path)


def test_a_file_without_a_header(tmp_path: Path) -> None:
    for first in ("900,31198570044,2017-01-01,0.50", "Anna,a@example.org", "1;$4.20"):
        with pytest.raises(NoHeader, match="does not name its columns"):
            sniff(written(tmp_path, f"{first}\n{first}\n"))


def test_unknown_names_are_a_header_still(tmp_path: Path) -> None:
    assert sniff(written(tmp_path, "Foo,Bar\n1,2\n")).header == ("Foo", "Bar")
