"""Does the command line say who did what, to whoever set the terminal up?"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientele.cli.arguments import KINDS_OF_ACTS
from clientele.domain.rules.acts import ActKind
from tests.cli.conftest import Clientele


@pytest.fixture
def used(clientele: Clientele, made_once: Path, tmp_path: Path) -> Clientele:
    """A book into which two people were brought, and from which they were taken out."""
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    people = tmp_path / "people.csv"
    people.write_text(
        "Given name,Family name,Email\nAnna,Abel,anna@abel.example\nBen,Bos,ben@bos.example\n",
        "utf-8",
    )
    assert clientele("import", str(people)).code == 0
    assert clientele("export", "customers", str(tmp_path / "out.csv")).code == 0
    assert clientele("brief", "Anna Abel").code == 0
    return clientele


def test_it_is_told_newest_first_and_whole(used: Clientele) -> None:
    said = used("audit")
    assert said.code == 0
    lines = [line.split("  ", 1)[1] for line in said.out.splitlines()]
    ours = [line for line in lines if "Margaret" not in line and "set up the store" not in line]
    assert ours[:4] == [
        "Whoever set up this terminal saw the brief of Anna Abel",
        "Whoever set up this terminal took out all clients: 2 rows, into a folder of this computer",
        "Whoever set up this terminal brought in a file: 2 new rows",
        "Whoever set up this terminal began to bring in a file",
    ]
    assert "whole" in said.err


def test_it_is_narrowed_and_answers_json(used: Clientele) -> None:
    found = used("audit", "--client", "Anna Abel", "--json").json
    assert found["whole"] is True
    assert [entry["act"] for entry in found["entries"]] == ["see_brief"]
    assert used("audit", "--kind", "exported").out.count("\n") == 1
    assert used("audit", "--associate", "Margaret Vos").out == ""
    assert used("audit", "--from", "2030-01-01").out == ""
    some = used("audit", "--limit", "1")
    assert some.out.count("\n") == 1
    assert "--all" in some.err
    assert used("audit", "--limit", "1", "--all").out == used("audit").out
    assert used("audit", "--client", "Nobody At All").code == 2
    assert used("audit", "--associate", "Nobody").code == 2


def test_the_kinds_are_those_of_the_trail() -> None:
    assert set(KINDS_OF_ACTS) == {kind.value for kind in ActKind}
