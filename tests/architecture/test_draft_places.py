"""Does a merge know every place where the words of a draft belong to a client?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import clientele
from clientele.domain.rules.draft_forms import CHOSEN, TYPED
from clientele.domain.rules.draft_places import PHRASES

_PLACE = re.compile(r'f"([a-z][a-z -]*) \{(?:self\.)?_?client(?:_id)?\}')


def test_every_place_that_names_a_client_is_known() -> None:
    found = {
        phrase
        for file in Path(clientele.__file__).parent.rglob("*.py")
        if {"ui", "services"} & set(file.parts)
        for phrase in _PLACE.findall(file.read_text(encoding="utf-8"))
    }
    assert found >= {"note of client", "hand over"}
    assert found - set(PHRASES) == set()


def test_of_every_field_of_a_form_it_is_known_whether_one_types_in_it() -> None:
    """A merge joins what was typed; of what is chosen it keeps one."""
    fields: set[str] = set()
    for file in (Path(clientele.__file__).parent / "ui" / "dialogs").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        if not _PLACE.search(text):
            continue
        for form in ast.walk(ast.parse(text)):
            if isinstance(form, ast.FunctionDef) and form.name in ("typed_now", "_fields"):
                fields |= set(_names(form))
    assert fields >= {"words", "member", "price", "to"}
    assert fields - TYPED - CHOSEN == set()


def _names(form: ast.FunctionDef) -> Iterator[str]:
    """The fields of a form: the keys of its dicts, and what is put in beside them."""
    for node in ast.walk(form):
        keys = node.keys if isinstance(node, ast.Dict) else []
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            keys = [node.slice]
        for key in keys:
            if isinstance(key, ast.Constant):
                yield str(key.value)
