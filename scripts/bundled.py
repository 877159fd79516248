"""What do packages bundle that no lock names, and what comes with the program itself?

Versions are read from what is installed: from the library itself where it says it, else from the
bytes or the name of its file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bundled:
    """A part of a package, or of the program."""

    within: str
    name: str
    version: str
    licence: str
    """SPDX."""
    what: str
    is_data: bool = False


def bundled() -> list[Bundled]:
    """All of them, in an order that stays."""
    return [*_of_sqlcipher(), *_of_cryptography(), *_of_qt(), *_of_icons(), *_our_own()]


def _of_sqlcipher() -> list[Bundled]:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    (cipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    (library,) = _folder("sqlcipher3").glob("_sqlite3*")
    openssl = re.search(rb"OpenSSL (\d+\.\d+\.\d+)", library.read_bytes())
    assert openssl is not None, "SQLCipher's wheel bundles what it encrypts with"
    within = "sqlcipher3"
    return [
        Bundled(within, "SQLCipher", cipher.split()[0], "BSD-3-Clause", "encrypts the book"),
        Bundled(within, "SQLite", dbapi2.sqlite_version, "blessing", "reads and writes the book"),
        Bundled(within, "OpenSSL", openssl[1].decode(), "Apache-2.0", "SQLCipher's ciphers"),
    ]


def _of_cryptography() -> list[Bundled]:
    from cryptography.hazmat.backends.openssl import backend

    version = backend.openssl_version_text().split()[1]
    what = "AES-GCM and HKDF of the file of passphrases"
    return [Bundled("cryptography", "OpenSSL", version, "Apache-2.0", what)]


def _of_qt() -> list[Bundled]:
    from PySide6.QtCore import qVersion

    folder = _folder("PySide6")
    licence = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    found = [Bundled("pyside6-essentials", "Qt", qVersion(), licence, "the window")]
    icu = sorted(folder.rglob("libicuuc.so.*"))
    if icu:  # on Linux; other systems have their own
        version = icu[0].name.rpartition(".")[2]
        what = "Qt's letters and languages"
        found.append(Bundled("pyside6-essentials", "ICU", version, "Unicode-3.0", what))
    return found


def _of_icons() -> list[Bundled]:
    """The one font that is used, and those that come along."""
    licences = {
        "phosphor": ("Phosphor", "MIT"),
        "codicon": ("Codicons", "CC-BY-4.0"),
        "elusiveicons-webfont": ("Elusive Icons", "OFL-1.1"),
        "fontawesome5-brands-webfont": ("Font Awesome 5 Brands", "OFL-1.1"),
        "fontawesome5-regular-webfont": ("Font Awesome 5 Regular", "OFL-1.1"),
        "fontawesome5-solid-webfont": ("Font Awesome 5 Solid", "OFL-1.1"),
        "fontawesome6-brands-webfont": ("Font Awesome 6 Brands", "OFL-1.1"),
        "fontawesome6-regular-webfont": ("Font Awesome 6 Regular", "OFL-1.1"),
        "fontawesome6-solid-webfont": ("Font Awesome 6 Solid", "OFL-1.1"),
        "materialdesignicons5-webfont": ("Material Design Icons 5", "Apache-2.0"),
        "materialdesignicons6-webfont": ("Material Design Icons 6", "Apache-2.0"),
        "remixicon": ("Remix Icon", "Apache-2.0"),
    }
    found = []
    for font in sorted((_folder("qtawesome") / "fonts").glob("*.ttf")):
        stem, _, version = font.stem.rpartition("-")
        name, licence = licences[stem]
        what = "the icons of the window" if stem == "phosphor" else "comes along, not used"
        found.append(Bundled("qtawesome", name, version, licence, what, is_data=True))
    return found


def _our_own() -> list[Bundled]:
    what = "themes, own icons, templates, tables of sizes and the sample store"
    text = (Path(__file__).parents[1] / "clientele" / "__init__.py").read_text(encoding="utf-8")
    version = text.rstrip().rpartition("= ")[2].strip('"')
    return [Bundled("clientele", "Clientele resources", version, "MIT", what, is_data=True)]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, package
    assert spec.origin is not None, package
    return Path(spec.origin).parent
