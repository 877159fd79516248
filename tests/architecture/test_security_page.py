"""Does every claim of docs/security.md name a test that is there?"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file; none where there is no file."""
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_every_named_test_is_there() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 30
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or (name and name not in names_in(ROOT / path))
    ]
    assert gone == []


def test_everybody_who_might_attack_has_what_holds_and_what_does_not() -> None:
    page = PAGE.read_text(encoding="utf-8")
    threats = page.partition("## Who might attack")[2].partition("### For the store's IT")[0]
    parts = threats.split("\n### ")[1:]
    assert len(parts) >= 8
    for part in parts:
        assert "**Does not hold:**" in part, part.partition("\n")[0]
        assert NAMED.search(part.partition("**Does not hold:**")[0]), part.partition("\n")[0]
