"""Is the package the same bytes whoever builds it, and does it run by itself?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOMENT = "1795000000"
SOURCES = ("clientele", "resources", "pyproject.toml", "README.md", "LICENSE", "scripts/wheel")


def copied(source: Path, target: Path, *, mode: int, at: int) -> Path:
    """What a wheel is built from, as somebody else checked it out at another time."""
    for name in SOURCES:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            shutil.copytree(source / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source / name, place)
    for path in target.rglob("*"):
        if path.is_file() and path.name != "wheel":
            path.chmod(mode)
        os.utime(path, (at, at))
    return target


def built(tree: Path, umask: int, seed: str) -> Path:
    """The wheel."""
    subprocess.run(
        ["scripts/wheel"],
        cwd=tree,
        check=True,
        capture_output=True,
        umask=umask,
        env={
            "PATH": os.environ["PATH"], "PYTHON": sys.executable, "SOURCE_DATE_EPOCH": MOMENT,
            "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1",
        },
    )  # fmt: skip
    (wheel,) = (tree / "dist").glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two, of two people who agree on nothing but the files."""
    folder = tmp_path_factory.mktemp("wheels")
    one = copied(ROOT, folder / "one", mode=0o644, at=1_500_000_000)
    other = copied(one, folder / "a much longer" / "folder", mode=0o600, at=1_790_000_000)
    return built(one, 0o022, "1"), built(other, 0o077, "2")


def test_two_builds_are_the_same_bytes(wheels: tuple[Path, Path]) -> None:
    one, other = wheels
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_resources_are_inside_and_nothing_else_is(wheels: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(wheels[0]) as wheel:
        names = set(wheel.namelist())
    root = wheels[0].parents[1]
    resources = {
        f"clientele/{path.relative_to(root)}"
        for path in (root / "resources").rglob("*")
        if path.is_file()
    }
    assert resources
    assert resources <= names
    assert {name.partition("/")[0] for name in names} == {"clientele", "clientele-0.1.0.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "test" in Path(name).parts]


def test_it_runs_from_the_wheel_alone(wheels: tuple[Path, Path], tmp_path: Path) -> None:
    fresh = tmp_path / "fresh"
    venv.create(fresh)
    python = fresh / "bin" / "python"
    (place,) = (fresh / "lib").glob("python*/site-packages")
    # What is locked is seen, but not what it says of a checkout: that is a .pth of its own.
    (place / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    pip = ["-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, *pip, str(wheels[0])], check=True)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "CLIENTELE_PASSPHRASE": "three plain words", "CLIENTELE_BOOK": str(tmp_path / "book"),
    }  # fmt: skip

    def run(*arguments: str) -> str:
        return subprocess.run(
            arguments, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        ).stdout

    where = run(str(python), "-c", "import clientele; print(clientele.__file__)")
    assert Path(where.strip()).is_relative_to(fresh)
    clientele = str(fresh / "bin" / "clientele")
    assert run(clientele, "--version").startswith("clientele ")
    run(clientele, "init", "--associate", "Margaret Vos", "--department", "Men's Suits")
    file = tmp_path / "shop.csv"
    file.write_text("reference,given_name,family_name\nC1,Daniel,Tran\n", encoding="utf-8")
    run(clientele, "import", str(file))
    assert "Tran" in run(clientele, "search", "dan")
    run(clientele, "brief", "C1", "--pdf", str(tmp_path / "brief.pdf"))
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
