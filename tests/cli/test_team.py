"""``team``: are people added, given roles and PINs, and do they leave nothing behind?"""

from __future__ import annotations

from pathlib import Path

import pytest

from clientele.cli.arguments import ROLES as WRITTEN_OUT
from clientele.cli.team import ROLES
from clientele.domain.team import Role
from tests.cli.conftest import Clientele


def test_roles_are_those_there_are() -> None:
    assert tuple(ROLES) == WRITTEN_OUT
    assert set(ROLES.values()) == set(Role)


def test_somebody_is_added_changed_and_given_a_pin(
    clientele: Clientele, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = clientele("team", "add", "Ruth Okafor", "--department", "Shoes")
    assert added.code == 0, added.err
    number = added.out.strip()
    line = f"{number}  Ruth Okafor, Shoes  (associate, clients: 0, no PIN yet)"
    assert line in clientele("team").out
    assert clientele("team", "role", "ruth okafor", "--role", "department-manager").code == 0
    assert clientele("team", "role", number, "--name", "Ruth Bell").code == 0
    monkeypatch.setenv("CLIENTELE_PIN", "2468")
    said = clientele("team", "pin", "Ruth Bell")
    assert said.code == 0, said.err
    assert "2468" not in said.out + said.err
    people = {one["name"]: one for one in clientele("team", "list", "--json").json}
    ruth = people["Ruth Bell"]
    assert (ruth["role"], ruth["pin_given"], ruth["signs_in"]) == (
        "department manager",
        True,
        True,
    )
    monkeypatch.setenv("CLIENTELE_PIN", "12")
    assert clientele("team", "pin", "Ruth Bell").code == 2
    monkeypatch.delenv("CLIENTELE_PIN")
    assert "CLIENTELE_PIN" in clientele("team", "pin", "Ruth Bell").err


def test_who_leaves_hands_on_what_is_open(clientele: Clientele, book: Path, tmp_path: Path) -> None:
    clientele("team", "add", "Ruth Okafor", "--department", "Shoes")
    people = tmp_path / "people.csv"
    people.write_text("Given name,Family name,Email\nAnna,Abel,anna@abel.example\n", "utf-8")
    assert clientele("import", str(people), "--own", "Ruth Okafor").code == 0
    refused = clientele("team", "leave", "Ruth Okafor")
    assert refused.code == 2
    assert "Clients of Ruth Okafor: 1" in refused.err
    said = clientele("team", "leave", "Ruth Okafor", "--to", "Margaret Vos")
    assert said.code == 0, said.err
    assert "What was open is Margaret Vos's" in said.err
    listed = clientele("team").out
    assert "Margaret Vos, Men's Suits  (store manager, clients: 1" in listed
    assert "Ruth Okafor, Shoes  (left)" in listed
    assert clientele("team", "back", "Ruth Okafor").code == 0
    last = clientele("team", "leave", "Margaret Vos", "--to", "Ruth Okafor")
    assert last.code == 2
    assert "only store manager" in last.err
    nobody = clientele("team", "leave", "Somebody")
    assert "Nobody here is “Somebody”" in nobody.err
