"""Does everything that reads or writes the book say who acts, and do the docs say who may what?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from clientele.domain.rules.rights import ROLES, Right, Who, rights_of
from clientele.services.acting import right_of
from tests.architecture.sources import ROOT, files, name_of
from tests.services.test_rights import VERBS

WINDOW = {
    "clientele/ui/dialogs/restore.py": "looks into a copy, beside the window",
    "clientele/ui/jobs.py": "the threads of the desk",
    "clientele/ui/start/between.py": "before anybody can sign in again",
    "clientele/ui/start/window.py": "before anybody can sign in",
}
"""Who in the window opens a session."""

DOORS = {
    "find_pairs": "clientele/ui/pages/duplicates.py",
    "import_file": "clientele/ui/importing/sheet.py",
    "look_after_import": "clientele/ui/importing/sheet.py",
    "store_ways": "clientele/ui/importing/sheet.py",
}
"""What the window calls with the store itself."""

DONE = {
    "forget_told": "clientele/services/reminders.py",
    "merge_clients": "clientele/services/merging.py",
    "remember": "clientele/services/reminders.py",
    "say_if_sent": "clientele/services/messages.py",
    "undo_merge": "clientele/services/unmerging.py",
    "worth_again": "clientele/services/worth_a_call.py",
}
"""What the desk does that is no verb: each asks by itself, or runs a verb."""

SAYS_ITSELF = ("acting", "_acting", "PROGRAM", "SET_UP")


def sessions(*folders: str) -> Iterator[tuple[str, ast.Call]]:
    """Where a session is lent: ``….read(…)`` or ``….write(…)`` of something called a store."""
    for path in files(*folders):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            whose = node.func.value
            named = whose.attr if isinstance(whose, ast.Attribute) else getattr(whose, "id", "")
            if node.func.attr in ("read", "write") and named.strip("_") in ("store", "book"):
                yield name_of(path), node


def test_the_window_reads_and_writes_through_the_desk_alone() -> None:
    assert {path for path, _ in sessions("clientele/ui")} == set(WINDOW)


def test_whoever_lends_a_session_hands_on_who_acts() -> None:
    for path, call in sessions("clientele/ui", "clientele/services"):
        said = [one.value for one in call.keywords if one.arg == "acting"]
        assert said, f"{path}:{call.lineno} does not say on whose behalf"
        last = said[0].attr if isinstance(said[0], ast.Attribute) else getattr(said[0], "id", "")
        assert last in SAYS_ITSELF, f"{path}:{call.lineno}"


def test_the_window_hands_on_who_acts_at_each_door() -> None:
    found: dict[str, str] = {}
    for path in files("clientele/ui"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id in DOORS:
                found[node.func.id] = name_of(path)
                assert "acting" in {one.arg for one in node.keywords}, name_of(path)
    assert found == DOORS


def test_what_the_desk_does_is_a_verb_or_asks_by_itself() -> None:
    verbs = {name.rsplit(".", 1)[1] for name in VERBS}
    others = set()
    for path in files("clientele/ui"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("desk.do")):
                continue
            if isinstance(node.args[0], ast.Name) and node.args[0].id not in HANDED_ON:
                others |= {node.args[0].id} - verbs
    assert others == set(DONE)
    for name, module in DONE.items():
        tree = ast.parse((ROOT / module).read_text("utf-8"))
        body = next(one for one in tree.body if getattr(one, "name", "") == name)
        asks = {ast.unparse(one.func) for one in ast.walk(body) if isinstance(one, ast.Call)}
        names = {one.id for one in ast.walk(body) if isinstance(one, ast.Name)}
        assert "require" in asks or f"_{name}" in names, name


HANDED_ON = {"verb"}
"""A verb that another form handed over."""


def test_no_role_is_asked_for_beside_the_table() -> None:
    """Names of roles stand where roles are given, and nowhere as an answer to who may."""
    known = {"clientele/domain/team.py", "clientele/domain/rules/rights.py"}
    for path in files("clientele"):
        if name_of(path) in known:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Compare):
                text = ast.unparse(node)
                assert not re.search(r"\bRole\.(DEPARTMENT|STORE)_MANAGER", text) or (
                    name_of(path) in ASKS_WHICH
                ), f"{name_of(path)}:{node.lineno} {text}"


ASKS_WHICH = {
    "clientele/services/acting.py": "whom to ask",
    "clientele/services/keys.py": "in whose name set-up keeps a new key",
    "clientele/services/pin_recovery.py": "whom the recovery key lets choose a PIN",
    "clientele/services/team.py": "the last store manager",
    "clientele/ui/allowed.py": "whom to ask",
}
"""Who compares roles for another reason than what they may."""


def test_the_page_on_security_says_what_the_table_says() -> None:
    rows = table("| right | associate |")
    said = {row[0]: [cell == "yes" for cell in row[1:]] for row in rows}
    everybody = [*ROLES.values(), rights_of(Who.SET_UP), rights_of(Who.NOBODY)]
    assert said == {right.value: [right in has for has in everybody] for right in Right}


def test_the_page_on_security_names_every_verb_that_needs_more() -> None:
    said = {right: set(re.findall(r"`(\w+)`", names)) for right, names in table("| right | what")}
    marked: dict[str, set[str]] = {}
    for name, verb in VERBS.items():
        if right_of(verb) is not Right.SERVE:
            marked.setdefault(right_of(verb).value, set()).add(name.rsplit(".", 1)[1])
    assert said == marked


def table(head: str) -> list[list[str]]:
    """The rows of a table of the page."""
    lines = (ROOT / "docs/security.md").read_text("utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(head)) + 2
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
