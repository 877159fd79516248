"""``rules``: are they listed, and does a run make what is due once?"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

from clientele.system.clock import FixedClock
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


def test_a_preview_says_whom_each_rule_would_reach_and_why_not_others(
    clientele: Clientele, made_once: Path, tmp_path: Path, clock: FixedClock
) -> None:
    for name in ("book.clientele", "book.clientele.key"):
        shutil.copy(made_once / name, tmp_path / name)
    soon = clock.now().date() + timedelta(days=14)
    people = tmp_path / "people.csv"
    people.write_text(
        "Given name,Family name,Phone,Email,Birthday\n"
        f"Anna,Abel,,anna@abel.example,1980-{soon:%m-%d}\n"
        f"Ben,Bos,,,1981-{soon:%m-%d}\n",
        "utf-8",
    )
    assert clientele("import", str(people)).code == 0
    rules = clientele("rules", "--json").json
    before_birthday = next(one["id"] for one in rules if one["waits for"] == "occasion")
    said = clientele("rules", "preview", "--rule", str(before_birthday))
    assert said.code == 0, said.err
    found = clientele("rules", "preview", "--json").json
    assert [one["id"] for one in found] == [one["id"] for one in rules]
    one = next(one for one in found if one["id"] == before_birthday)
    names = [each["name"] for each in (*one["would reach"], *one["others"])]
    assert {"Anna Abel", "Ben Bos"} <= set(names)
    assert sum(one["not"].values()) >= len(one["others"])
    for each in one["others"]:
        assert each["why"] in one["not"]
        assert f"not, {each['why']} ({one['not'][each['why']]})" in said.out
        assert each["name"] in said.out
    assert f": {one['clients']} clients" in said.out
    assert clientele("rules", "run", "--json").json["clients"] <= 2
    gone = clientele("rules", "preview", "--rule", "99")
    assert gone.code != 0
    assert "There is no rule 99" in gone.err
