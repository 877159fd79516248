"""``duplicates``: does it say who is perhaps in the book twice, and merge nobody?"""

from __future__ import annotations

import shutil
from pathlib import Path

from clientele.services.opening import open_by_passphrase
from tests.cli.conftest import PASSPHRASE, Clientele
from tests.services.imports.bringing import bring

PEOPLE = (
    "reference,given_name,family_name,preferred_name,email,phone,street,city,postcode,country,"
    "birthday,tags,note\n"
    "7,Jon,Smith,,,020 1234567,,,,,,,\n"
    "8,John,Smith,,,020 1234567,,,,,,,\n"
    "9,Mary,Smith,,,020 1234567,,,,,,,\n"
)


def test_duplicates(clientele: Clientele, made_once: Path, tmp_path: Path) -> None:
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    store = open_by_passphrase(tmp_path / "book.clientele", PASSPHRASE)
    bring(store, tmp_path, PEOPLE, by=1, own=True)
    store.close()
    said = clientele("duplicates")
    assert said.code == 0
    (line,) = said.out.splitlines()
    assert "Jon Smith (1) ~ John Smith (2)" in line
    assert "phone" in line
    assert "1 pairs to look at" in said.err
    found = clientele("duplicates", "--json").json
    assert found["count"] == 1
    assert found["pairs"][0]["clients"] == [1, 2]
    assert len(clientele("search", "smith", "--json").json) == 3
