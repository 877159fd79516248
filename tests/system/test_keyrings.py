"""The real keyring of GNOME, locked, changed and killed: each has its sentence, the paper opens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clientele.store import keys

ROOT = Path(__file__).parents[2]

STEPS = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path

import keyring
import secretstorage
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from clientele.services.opening import (
    FirstAssociate, begin_book, key_on_paper, open_by_recovery_key, open_by_vault,
)
from clientele.services.team import SetUpStore
from clientele.store.keys import KeyringLost, KeyringRefused
from clientele.system.secrets import vault_as_it_is, working_vault

what, path = sys.argv[1], Path(sys.argv[2])
PATIENCE = 8


def vault():
    return vault_as_it_is(PATIENCE)


begun = begin_book(
    path,
    SetUpStore("Herengracht", "EUR", "NL", "Europe/Amsterdam"),
    FirstAssociate("R. Okafor", "Men's Suits", "2468", "store manager"),
    vault=working_vault(20),
    now=datetime.now(UTC),
)
key_on_paper(begun.store)
begun.store.close()
open_by_vault(path, find_vault=vault).close()
head = path.read_bytes()[:16].hex()

if what == "locked":
    secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
elif what == "changed":
    keyring.set_password("Clientele", head, "ab" * 32)
elif what == "nonsense":
    keyring.set_password("Clientele", head, "Grüße, no key")
elif what == "emptied":
    keyring.delete_password("Clientele", head)
elif what == "killed":
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    with open_dbus_connection() as connection:
        asked = new_method_call(
            bus, "GetConnectionUnixProcessID", "s", ("org.freedesktop.secrets",)
        )
        (daemon,) = connection.send_and_get_reply(asked).body
    held = vault()
    held.look(head)
    os.kill(daemon, signal.SIGKILL)

try:
    open_by_vault(path, find_vault=vault)
except KeyringLost as lost:
    print(type(lost).__name__)
    assert "Nothing is lost" in lost.sentence, lost.sentence
try:
    open_by_recovery_key(path, begun.recovery_key, vault=vault()).close()
    open_by_vault(path, find_vault=vault).close()
    print("kept anew")
except KeyringRefused:
    words = "four quiet words here"
    open_by_recovery_key(path, begun.recovery_key, vault=None, passphrase=words).close()
    print("by passphrase")
sys.stdout.flush()
os._exit(0)  # a call that nobody waits for any more may still hang
"""

EXPECTED = {
    "locked": ({"KeyringLocked", "KeyringSlow"}, "by passphrase"),
    "changed": ({"KeyringChanged"}, "kept anew"),
    "nonsense": ({"KeyringOdd"}, "kept anew"),
    "emptied": ({"KeyringLost"}, "kept anew"),
    "killed": ({"KeyringLocked", "KeyringFailed", "KeyringSlow", "KeyringLost"}, ""),
}


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring and dbus-run-session are not installed",
)
@pytest.mark.parametrize("what", EXPECTED)
def test_whatever_befalls_the_keyring_the_paper_opens(what: str, tmp_path: Path) -> None:
    wallet = tmp_path / "wallet"
    wallet.mkdir()
    script = (
        'printf secret | gnome-keyring-daemon --unlock --components=secrets >"$OUT" 2>&1 && '
        'exec "$PYTHON" -c "$CODE" "$WHAT" "$BOOK"'
    )
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ},
        "HOME": str(wallet),
        "XDG_DATA_HOME": str(wallet),
        "XDG_RUNTIME_DIR": str(wallet),
        "PYTHONPATH": str(ROOT),
        "PYTHON": sys.executable,
        "CODE": STEPS,
        "WHAT": what,
        "BOOK": str(tmp_path / "book.clientele"),
        "OUT": str(wallet / "daemon.log"),
    }
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    kind, _, then = done.stdout.strip().partition("\n")
    kinds, expected = EXPECTED[what]
    assert kind in kinds
    assert issubclass(getattr(keys, kind), keys.KeyringLost)
    assert then == expected or not expected
