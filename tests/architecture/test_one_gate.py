"""Does whoever writes down that a client is reached ask the gate? No other module may write it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, files, name_of

CONTACTS = {
    "clientele/services/permission.py": "the gate itself",
    "clientele/services/messages.py": "asks before it hands over, and writes what came of it",
    "clientele/services/sending.py": "asks before the first byte, and writes what came of it",
}
"""Who makes rows of contact_made."""

MESSAGES = {
    "clientele/services/messages.py": "asks before a message is queued or handed over",
}
"""Who makes rows of message."""

PAST = ("clientele/services/sample/",)
"""Made-up books tell a past that nobody lived."""

TABLES = ("contact_made", "message")


def made(table: str) -> set[str]:
    """The files of the package that make a row of a table, by its class."""
    return {
        name_of(path)
        for path in files("clientele")
        if any(_called(node) == table for node in ast.walk(ast.parse(path.read_text("utf-8"))))
        and not name_of(path).startswith(PAST)
    }


def test_contacts_are_written_behind_the_gate_alone() -> None:
    assert made("ContactMade") == set(CONTACTS)


def test_messages_are_queued_behind_the_gate_alone() -> None:
    assert made("Message") == set(MESSAGES)


def test_whoever_writes_them_asks_the_gate_in_the_same_module() -> None:
    for path in {*CONTACTS, *MESSAGES}:
        names = {
            node.id
            for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8")))
            if isinstance(node, ast.Name)
        }
        assert names & {"require", "answer"}, path


def test_no_statement_writes_them_past_their_classes() -> None:
    """Inserts in the words of the database: only of rows that were there before (undo, merging)."""
    for path in files("clientele"):
        for words in _words(ast.parse(path.read_text("utf-8"))):
            low = " ".join(words.lower().split())
            assert not any(f"insert into {table}" in low for table in TABLES), name_of(path)


def test_a_contact_that_is_kept_is_never_turned_into_one_that_was_allowed() -> None:
    """What spoke against it is written once, with it. Pages write no rows, and name widgets so."""
    for path in (one for one in files("clientele") if "ui" not in one.parts):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            named = [one.attr for one in targets if isinstance(one, ast.Attribute)]
            assert "against" not in named, name_of(path)


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Name):
        return node.func.id
    named = isinstance(node.func, ast.Attribute) and node.func.attr in ("insert", "values")
    inner = node.args[0] if named and node.args else None
    return inner.id if isinstance(inner, ast.Name) else ""


def _words(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
