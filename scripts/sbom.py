"""Writes what the program is made of, as CycloneDX: what is locked, and what the packages bundle.

``scripts/sbom.py [FILE]`` writes ``dist/clientele.cdx.json``. The same commit with the same
packages gives the same bytes: there is no random number in it, and its time is SOURCE_DATE_EPOCH,
else that of the last commit. What the packages bundle is read from those that are installed here,
as the packages of another system may bundle otherwise.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.bundled import Bundled, bundled  # noqa: E402

LOCK = ROOT / "requirements" / "run.txt"
OUT = ROOT / "dist" / "clientele.cdx.json"

LICENCES = {
    "backports-tarfile": "MIT",
    "editables": "MIT",
    "jaraco-classes": "MIT",
    "jellyfish": "MIT",
    "pathspec": "MPL-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "secretstorage": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlcipher3": "Zlib",
    "trove-classifiers": "Apache-2.0",
    "importlib-metadata": "Apache-2.0",
    "jeepney": "MIT",
    "lazy-importer": "MIT",
    "zipp": "MIT",
}
"""Of packages that do not say it in one SPDX expression, or are not installed everywhere."""


@dataclass(slots=True)
class Locked:
    """One package of the lock."""

    name: str
    version: str
    marker: str = ""
    """On which systems it is installed; empty: on all."""
    hashes: list[str] = field(default_factory=list)
    """SHA-256 of every file of the version that may be installed."""


def locked(path: Path = LOCK) -> list[Locked]:
    """What a lock holds, in its order."""
    found: list[Locked] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", line):
            found.append(Locked(head[1], head[2], head[3] or ""))
        elif digest := re.match(r"    --hash=sha256:([0-9a-f]{64})", line):
            found[-1].hashes.append(digest[1])
    return found


def licence_of(name: str) -> str:
    """The SPDX expression of a package. Raises ``LookupError`` where nobody knows it."""
    if name in LICENCES:
        return LICENCES[name]
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        raise LookupError(f"{name} is not installed here: put its licence into LICENCES") from None
    licence = next((said[key] for key in ("License-Expression", "License") if key in said), "")
    if not re.fullmatch(r"[\w.+-]+( (AND|OR|WITH) [\w.+-]+)*", licence):
        raise LookupError(f"{name} tells no licence: look it up and put it into LICENCES")
    return licence


def builders() -> frozenset[str]:
    """What only builds the package, and what that needs: it is locked and does not run."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [re.split(r"[<>=;\[ ]", one)[0] for one in groups["dependency-groups"]["build"]]
    project = groups["project"]["dependencies"]
    runs = set(_with_needs(re.split(r"[<>=;\[ ]", one)[0] for one in project))
    return frozenset(set(_with_needs(wanted)) - runs)


def _with_needs(names: Iterator[str] | list[str]) -> Iterator[str]:
    waiting, seen = [_plain(name) for name in names], set()
    while waiting:
        if (name := waiting.pop()) in seen:
            continue
        seen.add(name)
        yield name
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        waiting += [
            _plain(re.split(r"[<>=!~;\[( ]", one)[0]) for one in needs if "extra" not in one
        ]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def moment() -> datetime:
    """When it was made, as far as anybody is told."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    return datetime.fromtimestamp(int(seconds), UTC)


def make() -> str:
    """The whole list, as JSON."""
    version = re.search(
        r'"(.+)"', (ROOT / "clientele" / "__init__.py").read_text().splitlines()[-1]
    )
    assert version is not None, "the last line says the version"
    licences = LicenseFactory()
    program = Component(
        name="clientele",
        version=version[1],
        type=ComponentType.APPLICATION,
        bom_ref=f"clientele@{version[1]}",
        licenses=[licences.make_from_string("MIT")],
    )
    bom = Bom()
    bom.metadata.timestamp = moment()
    bom.metadata.component = program
    within = {
        one.within: [other for other in bundled() if other.within == one.within]
        for one in bundled()
    }
    only_build = builders()
    parts = []
    for one in locked():
        parts.append(_package(one, within.pop(one.name, []), building=one.name in only_build))
        bom.components.add(parts[-1])
    own = [_part(one) for one in within.pop("clientele", [])]
    assert not within, f"bundled in what is not locked: {sorted(within)}"
    program.components.update(own)
    bom.register_dependency(program, parts)
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(_said(one) for one in parts))
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    return text + "\n"


def _said(component: Component) -> str:
    inner = [f"{one.name}@{one.version}" for one in component.components]
    return f"{component.purl} {sorted(inner)}"


def _package(one: Locked, holds: list[Bundled], *, building: bool) -> Component:
    properties = (
        [Property(name="clientele:installed-where", value=one.marker)] if one.marker else []
    )
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{one.name}@{one.version}",
        purl=PackageURL("pypi", None, one.name, one.version),
        scope=ComponentScope.EXCLUDED if building else ComponentScope.REQUIRED,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in one.hashes],
        licenses=[LicenseFactory().make_from_string(licence_of(one.name))],
        components=[_part(part) for part in holds],
        properties=properties,
    )


def _part(one: Bundled) -> Component:
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.FILE if one.is_data else ComponentType.LIBRARY,
        bom_ref=f"{one.within}/{one.name}@{one.version}",
        purl=PackageURL("generic", None, one.name.lower().replace(" ", "-"), one.version),
        licenses=[LicenseFactory().make_from_string(one.licence)],
        description=one.what,
    )


def main() -> int:
    """Write it."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(make(), encoding="utf-8")
    print(f"Written: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
