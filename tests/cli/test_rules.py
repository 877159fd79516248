"""``rules``: are they listed, and does a run make what is due once?"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Clientele


def test_rules_are_listed_and_run(clientele: Clientele, made_once: Path, tmp_path: Path) -> None:
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    said = clientele("rules")
    assert said.code == 0
    assert len(said.out.splitlines()) == 8
    assert "on   Thank you for a purchase  (0 open)" in said.out
    found = clientele("rules", "list", "--json").json
    assert found[0]["waits for"] == "purchase"
    assert clientele("rules", "run", "--json").json == {"clients": 0}
    assert "0 clients" in clientele("rules", "run").err
