"""What does the code say, file by file? For the tests of the house rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Use:
    """A name used in a file, with what it was imported as resolved: ``datetime.datetime.now``."""

    name: str
    line: int


def files(*folders: str, suffix: str = ".py") -> list[Path]:
    """All files below the folders of the checkout whose names end in ``suffix``, sorted."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob(f"*{suffix}"))
        if "__pycache__" not in path.parts
    ]


def name_of(path: Path) -> str:
    """The path within the checkout, with slashes."""
    return path.relative_to(ROOT).as_posix()


def uses(source: str) -> Iterator[Use]:
    """Every dotted name that is read in the source, under its full name."""
    tree = ast.parse(source)
    known = _imported(tree)
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and id(node) not in inner:
            first, *rest = _dotted(node).split(".")
            full = ".".join([known.get(first, first), *rest])
            yield Use(full, node.lineno)


def _imported(tree: ast.Module) -> dict[str, str]:
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                known[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module or ''}.{alias.name}"
    return known


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return "?"  # a name of something that was computed
