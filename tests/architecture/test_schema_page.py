"""Does docs/schema.md still say what the store holds?"""

from __future__ import annotations

import re

from sqlalchemy import UniqueConstraint

from clientele.domain.tables import metadata
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "schema.md").read_text("utf-8")
DIAGRAM = re.compile(r"^```mermaid\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENTITY = re.compile(r"^  (\w+) \{\n(.*?)^  \}", re.MULTILINE | re.DOTALL)
RELATION = re.compile(r"^  (\w+) [|}][|o]--[o|][|{] (\w+) : ", re.MULTILINE)
LATER = "%% later"


def drawn(*, later: bool) -> dict[str, list[str]]:
    """The tables of the diagrams with their columns."""
    return {
        name: [line.split()[1] for line in columns.splitlines()]
        for diagram in DIAGRAM.findall(PAGE)
        if (LATER in diagram) is later
        for name, columns in ENTITY.findall(diagram)
    }


def test_every_table_is_drawn_with_exactly_its_columns() -> None:
    built = {name: list(table.c.keys()) for name, table in metadata.tables.items()}
    assert drawn(later=False) == built


def test_what_comes_later_is_not_there_yet() -> None:
    later = drawn(later=True)
    assert len(later) > 5
    assert later.keys() & metadata.tables.keys() == set()


def test_every_reference_is_drawn() -> None:
    for diagram in DIAGRAM.findall(PAGE):
        known = metadata.tables.keys() | drawn(later=True).keys()
        relations = RELATION.findall(diagram)
        assert len(relations) == diagram.count(" : ")
        assert {name for pair in relations for name in pair} <= known


def test_every_index_says_which_question_it_answers() -> None:
    names = {str(index.name) for table in metadata.tables.values() for index in table.indexes}
    names |= {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    named = set(re.findall(r"`((?:ix|uq)_\w+)`", "\n".join(rows)))
    assert named == names
    assert all(line.count("|") == 3 and len(line.split("|")[2]) > 10 for line in rows)
