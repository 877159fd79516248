"""Does the list of what the program is made of hold everything, and the same each time?"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from PySide6.QtCore import qVersion

ROOT = Path(__file__).parents[2]
MOMENT = "1795000000"


def written(path: Path) -> str:
    """What the script writes, in a process of its own with a seed of its own."""
    subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "scripts" / "sbom.py"), str(path)],
        check=True,
        capture_output=True,
        env={"SOURCE_DATE_EPOCH": MOMENT, "PATH": "", "QT_QPA_PLATFORM": "offscreen"},
    )
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The list."""
    return written(tmp_path_factory.mktemp("sbom") / "one.json")


@pytest.fixture(scope="module")
def parts(text: str) -> dict[str, Any]:
    """What it lists, by name."""
    return {one["name"]: one for one in json.loads(text)["components"]}


def test_it_is_valid(text: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    broken = json.loads(text)
    broken["components"][0]["hashes"][0]["content"] = "no hash"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(broken)) is not None


def test_it_is_the_same_each_time(text: str, tmp_path: Path) -> None:
    assert written(tmp_path / "again.json") == text
    assert json.loads(text)["metadata"]["timestamp"].startswith("2026-11-18T")
    assert "://" not in text.replace("http://cyclonedx.org/schema/bom-1.6.schema.json", "")


def test_everything_locked_is_listed(parts: dict[str, Any]) -> None:
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    names = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    assert {name: one["version"] for name, one in parts.items()} == names
    for name, one in parts.items():
        digests = [digest["content"] for digest in one["hashes"]]
        assert digests, name
        assert all(f"sha256:{digest}" in lock for digest in digests), name
        assert one["licenses"], name
        assert one["purl"] == f"pkg:pypi/{name}@{one['version']}"
    assert sum(len(one["hashes"]) for one in parts.values()) == lock.count("--hash=sha256:")


def test_what_only_builds_it_is_told_apart(parts: dict[str, Any]) -> None:
    building = {name for name, one in parts.items() if one["scope"] == "excluded"}
    assert {"hatchling", "editables"} <= building
    assert not {"pyside6-essentials", "sqlcipher3", "keyring", "babel"} & building


def test_what_packages_bundle_is_listed_with_its_version(parts: dict[str, Any]) -> None:
    from sqlcipher3 import dbapi2

    inside = {
        (name, one["name"]): one["version"]
        for name, package in parts.items()
        for one in package.get("components", [])
    }
    assert inside["pyside6-essentials", "Qt"] == qVersion()
    assert inside["sqlcipher3", "SQLite"] == dbapi2.sqlite_version
    assert re.fullmatch(r"\d+\.\d+\.\d+", inside["sqlcipher3", "SQLCipher"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", inside["sqlcipher3", "OpenSSL"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", inside["cryptography", "OpenSSL"])
    assert inside["qtawesome", "Phosphor"]
    for package in parts.values():
        for one in package.get("components", []):
            assert one["licenses"], one["name"]
