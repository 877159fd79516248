"""Only a keyring that is safe and proves itself is trusted; the real one of GNOME is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import pytest
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from clientele.system import secrets
from clientele.system.secrets import Vault, VaultUnavailable, working_vault

ROOT = Path(__file__).parents[2]


class Plain:
    """A keyring that keeps what it is given, as keyrings.alt does, in plain text."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[username]


@pytest.mark.parametrize("kind", [FailKeyring, NullKeyring, Plain, ChainerBackend])
def test_a_keyring_that_is_not_known_to_be_safe_is_refused(
    kind: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", kind)
    with pytest.raises(VaultUnavailable):
        working_vault()


def test_a_keyring_that_loses_what_it_is_given_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Forgetful(Plain):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    monkeypatch.setattr(secrets, "_safe_backend", Forgetful)
    with pytest.raises(VaultUnavailable, match="does not keep"):
        working_vault()


def test_the_proof_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    backend = Plain()
    monkeypatch.setattr(secrets, "_safe_backend", lambda: backend)
    working_vault().set("book", b"key")
    assert backend.kept == {"book": b"key".hex()}


def test_a_keyring_that_never_answers_is_left_alone() -> None:
    asked = threading.Event()
    released = threading.Event()

    class Hanging(Plain):
        def get_password(self, service: str, username: str) -> str | None:
            asked.set()
            released.wait()
            return None

    vault = Vault(Hanging(), patience=0.01)
    with pytest.raises(VaultUnavailable, match="no answer"):
        vault.get("book")
    assert asked.is_set()
    (left_behind,) = (thread for thread in threading.enumerate() if thread.name == "keyring")
    released.set()
    left_behind.join()


def test_an_error_does_not_tell_what_was_asked() -> None:
    class Talkative(Plain):
        def set_password(self, service: str, username: str, password: str) -> None:
            raise ValueError(f"cannot keep {password}")

    with pytest.raises(VaultUnavailable) as caught:
        Vault(Talkative()).set("book", b"key")
    assert b"key".hex() not in str(caught.value)


def test_deleting_what_is_not_there_is_nothing() -> None:
    Vault(Plain()).delete("book")


ROUND_TRIP = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from clientele.store import keys
from clientele.store.session import Profile, create_store, open_store
from clientele.system.secrets import VaultUnavailable, working_vault

step, path = sys.argv[1], Path(sys.argv[2])
try:
    vault = working_vault(20)
except VaultUnavailable as error:
    sys.exit(f"no vault: {error}")
if step == "create":
    new = keys.new_key()
    keys.remember(new.salt, new.data_key, vault)
    profile = Profile("EUR", "NL", "UTC")
    create_store(path, new.data_key, profile, now=datetime.now(UTC), salt=new.salt).close()
    print(new.recovery_key)
elif step == "recover":
    try:
        keys.unlock_by_keyring(path, vault)
        sys.exit("the key is still there")
    except keys.KeyringLost:
        data_key = keys.unlock_by_recovery_key(path, sys.stdin.read())
        keys.remember(path.read_bytes()[:16], data_key, vault)
if step != "create":
    open_store(path, keys.unlock_by_keyring(path, vault)).close()
    print("opened")
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="gnome-keyring and dbus-run-session are not installed",
)
def test_the_keyring_of_gnome_keeps_loses_and_regains_the_key(tmp_path: Path) -> None:
    book = tmp_path / "book.clientele"

    def session(wallet: Path, step: str, typed: str = "") -> str:
        """One log-in: a session bus, a keyring unlocked with the wallet's password, our step."""
        wallet.mkdir(exist_ok=True)
        script = (
            'printf secret | gnome-keyring-daemon --unlock --components=secrets >"$OUT" 2>&1 && '
            '"$PYTHON" -c "$CODE" "$STEP" "$BOOK"'
        )
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ},
            "HOME": str(wallet),
            "XDG_DATA_HOME": str(wallet),
            "XDG_RUNTIME_DIR": str(wallet),
            "PYTHONPATH": str(ROOT),
            "PYTHON": sys.executable,
            "CODE": ROUND_TRIP,
            "STEP": step,
            "BOOK": str(book),
            "OUT": str(wallet / "daemon.log"),
        }
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", script],
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    first, reset = tmp_path / "wallet", tmp_path / "reset"
    recovery_key = session(first, "create")
    assert session(first, "open") == "opened"
    assert session(reset, "recover", recovery_key) == "opened"
    assert session(reset, "open") == "opened"
