"""Who opens the book with a passphrase where no keyring keeps its key, and how is that kept?

A small file beside the book has one slot for each of them: the data key, wrapped by that person's
passphrase and bound to the head of the book and to the name on the slot. Nobody's passphrase says
anything of another's. While the book is given a new key, slots of both heads stand in the file, so
that whichever book is there after a kill has its own. Form 1, of one passphrase without a name, is
read, and written anew when its passphrase is next typed.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientele.store import proof
from clientele.store.beside import content_of, user, wrapped_file
from clientele.store.engine import look_at, meaning
from clientele.store.errors import DamagedBook, StoreRefusal, WrongKey
from clientele.system.memory import wipe
from clientele.system.paths import private, private_folder, sync_folder

_LANES, _ROUNDS, _MEMORY_KIB = 4, 3, 65_536
"""RFC 9106, section 4, second recommendation: 64 MiB and three rounds."""
_MEMORY_LIMIT_KIB, _ROUNDS_LIMIT, _LANES_LIMIT = 262_144, 16, 16
"""What a file may ask for: 256 MiB and some seconds. Somebody else may have written it."""
MOST = 24
"""Slots in one file. A wrong passphrase is tried with each, a tenth of a second a time."""
LONGEST_LABEL = 60


class WrongPassphrase(StoreRefusal):
    """The passphrase does not open the book."""

    template = (
        "This passphrase does not open the book. Nothing was changed; "
        "try again, or use the recovery key that was printed at the start."
    )


class PassphraseLost(StoreRefusal):
    """There is no file that a passphrase could open, or it is damaged or another book's."""

    template = (
        "The file {path}, which your passphrase opens, is missing or damaged. Nothing is lost: "
        "type the recovery key that was printed at the start, then choose a passphrase again."
    )


class EmptyPassphrase(StoreRefusal):
    """A passphrase of nothing protects nothing."""

    template = (
        "The passphrase is empty. Nothing was changed; choose a few words that you will know."
    )


class TooManySlots(StoreRefusal):
    """More people than one terminal has."""

    template = (
        "{most} people open this book with a passphrase already. Nothing was changed; "
        "take one of them out first."
    )


class NoSuchSlot(StoreRefusal):
    """Nobody of that name has a passphrase."""

    template = (
        "Nobody of the name “{label}” opens this book with a passphrase. Nothing was changed."
    )


class LastWayIn(StoreRefusal):
    """Without it the book would open with the paper alone."""

    template = (
        "This is the only passphrase that opens the book, and no keyring has its key. It was "
        "kept; let the keyring open the book first, or give somebody else a passphrase."
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """One who opens the book with a passphrase."""

    label: str
    """Whose it is, such as the user of the machine; empty where it was made before slots were."""
    mine: bool


def slots_of(path: Path, salt: bytes) -> tuple[Slot, ...]:
    """Who opens the book with this head at ``path`` by a passphrase; none in a useless file."""
    me = user()
    with suppress(OSError, ValueError):
        return tuple(
            Slot(str(one.get("label", "")), one.get("label", "") in ("", me))
            for one in _read(wrapped_file(path))
            if _for(one, salt)
        )
    return ()


def set_passphrase(
    path: Path,
    salt: bytes,
    data_key: bytes | bytearray,
    passphrase: str,
    *,
    label: str | None = None,
) -> None:
    """Let ``passphrase`` open the book with this head at ``path``, in place of a former one.

    ``label`` is whose it is, else the user of this machine; the others keep theirs. Written whole
    or not at all. Raises ``EmptyPassphrase``, ``TooManySlots``.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase:
        raise EmptyPassphrase
    name = (user() if label is None else label.strip())[:LONGEST_LABEL]
    own = {
        "form": 2,
        "label": name,
        "head": salt.hex(),
        "kdf": "argon2id",
        "salt": secrets.token_hex(16),
        "rounds": _ROUNDS,
        "memory_kib": _MEMORY_KIB,
        "lanes": _LANES,
    }
    nonce = secrets.token_bytes(12)
    wrapped = AESGCM(_stretched(passphrase, own)).encrypt(nonce, bytes(data_key), _bound(own, salt))
    own |= {"nonce": nonce.hex(), "wrapped": wrapped.hex()}
    file = wrapped_file(path)
    others: list[dict[str, Any]] = []
    with suppress(OSError, ValueError):  # a file that is of no use is replaced
        others = [one for one in _read(file) if not (_for(one, salt) and _label(one) in ("", name))]
    if sum(_for(one, salt) for one in others) >= MOST:
        raise TooManySlots(most=MOST)
    _write(file, [*others, own])


def unlock_by_passphrase(path: Path, passphrase: str, *, prove: bool = True) -> bytearray:
    """The data key of the book at ``path`` from a passphrase; a tenth of a second for each slot.

    Without ``prove`` it is not tried on the book, of which the first page may be damaged.

    Raises ``WrongPassphrase``, or ``PassphraseLost`` where the file beside the book is of no use:
    ask for the recovery key then, and ``set_passphrase`` anew.
    """
    salt = look_at(path)
    file = wrapped_file(path)
    try:
        kept = [one for one in _read(file) if _for(one, salt)][: MOST + 1]
    except (OSError, ValueError) as error:
        raise PassphraseLost(path=file) from error
    me = user()
    kept.sort(key=lambda one: _label(one) != me)
    usable = bool(kept) and all(_is_sound(one) for one in kept if _label(one) in ("", me))
    for one in filter(_is_sound, kept):
        try:
            data_key = _unwrapped(one, passphrase, salt)
        except ValueError:
            usable = usable and _label(one) not in ("", me)
            continue
        if data_key is None:
            continue
        if prove and not proof.fits(path, data_key):
            _refuse_if_damaged(path, data_key)
            raise PassphraseLost(path=file)
        if one["form"] == 1:
            with suppress(OSError):  # a folder that cannot be written keeps the old form
                set_passphrase(path, salt, data_key, passphrase)
        return data_key
    if not usable:
        raise PassphraseLost(path=file)
    raise WrongPassphrase


def _refuse_if_damaged(path: Path, data_key: bytearray) -> None:
    """Raise ``DamagedBook`` if the key fits pages of the book, though not its first."""
    from clientele.store.salvage_pages import Pages

    with suppress(WrongKey, OSError), Pages(path, data_key):
        raise DamagedBook(path=path)


def remove_passphrase(path: Path, salt: bytes, label: str) -> None:
    """Let the passphrase of ``label`` open the book no more. Raises ``NoSuchSlot``."""
    file = wrapped_file(path)
    try:
        kept = _read(file)
    except (OSError, ValueError):
        raise NoSuchSlot(label=label) from None
    left = [one for one in kept if not (_for(one, salt) and _label(one) == label)]
    if len(left) == len(kept):
        raise NoSuchSlot(label=label)
    _write(file, left)


def opens(path: Path, salt: bytes, passphrase: str, label: str) -> bool:
    """Whether ``passphrase`` is the one of ``label``. The book itself is not looked into."""
    try:
        kept = [
            one
            for one in _read(wrapped_file(path))
            if _for(one, salt) and _label(one) in ("", label) and _is_sound(one)
        ]
        found = [_unwrapped(one, passphrase, salt) for one in kept]
    except (OSError, ValueError):
        return False
    for key in found:
        wipe(key or bytearray())
    return any(key is not None for key in found)


def forget_head(path: Path, salt: bytes) -> None:
    """Take out every slot that is bound to this head, as of a key that was replaced."""
    file = wrapped_file(path)
    try:
        kept = _read(file)
    except FileNotFoundError:
        return
    except ValueError:
        return
    left = [one for one in kept if one.get("form") == 2 and one.get("head") != salt.hex()]
    if len(left) != len(kept):
        _write(file, left)


def _read(file: Path) -> list[dict[str, Any]]:
    """The slots of the file, of either form. Raises ``OSError``, ``ValueError``."""
    content = content_of(file)
    if not isinstance(content, dict):
        raise ValueError("not a file of slots")
    if content.get("form") == 1:
        return [content]
    kept = content.get("slots")
    if content.get("form") != 2 or not isinstance(kept, list):
        raise ValueError("not a file of slots")
    return [{**one, "form": 2} for one in kept if isinstance(one, dict)]


def _write(file: Path, kept: list[dict[str, Any]]) -> None:
    if not kept:
        file.unlink(missing_ok=True)
        sync_folder(file.parent)
        return
    own = [{name: one[name] for name in one if name != "form"} for one in kept if _form(one) == 2]
    _write_private(file, json.dumps({"form": 2, "slots": own}, indent=1).encode())


def _form(one: dict[str, Any]) -> object:
    return one.get("form")


def _label(one: dict[str, Any]) -> str:
    return str(one.get("label", ""))


def _for(one: dict[str, Any], salt: bytes) -> bool:
    """Whether a slot is of the book with this head; form 1 does not say, and is tried."""
    return _form(one) == 1 or one.get("head") == salt.hex()


def _bound(one: dict[str, Any], salt: bytes) -> bytes:
    """What the wrapping is bound to: the head of the book, and since form 2 whose slot it is."""
    return salt if _form(one) == 1 else salt + _label(one).encode()


def _is_sound(one: dict[str, Any]) -> bool:
    try:
        sizes = len(bytes.fromhex(one["nonce"])), len(bytes.fromhex(one["wrapped"]))
        limits = (
            (one["memory_kib"], _MEMORY_LIMIT_KIB),
            (one["rounds"], _ROUNDS_LIMIT),
            (one["lanes"], _LANES_LIMIT),
        )
        return sizes == (12, 48) and all(0 < int(value) <= most for value, most in limits)
    except (ValueError, KeyError, TypeError, OverflowError):
        return False


def _unwrapped(one: dict[str, Any], passphrase: str, salt: bytes) -> bytearray | None:
    """The data key in a slot; None if the passphrase is another. Raises ``ValueError``."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _stretched(passphrase, one)
    nonce, wrapped = bytes.fromhex(one["nonce"]), bytes.fromhex(one["wrapped"])
    try:
        return bytearray(AESGCM(key).decrypt(nonce, wrapped, _bound(one, salt)))
    except InvalidTag:
        return None


def _stretched(passphrase: str, how: dict[str, Any]) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    if how.get("kdf") != "argon2id":
        raise ValueError("a form of wrapping that is not known")
    try:
        return hash_secret_raw(
            unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
            bytes.fromhex(how["salt"]),
            time_cost=int(how["rounds"]),
            memory_cost=int(how["memory_kib"]),
            parallelism=int(how["lanes"]),
            hash_len=32,
            type=Type.ID,
        )
    except (HashingError, KeyError, TypeError) as error:
        raise ValueError("parameters that cannot be used") from error


def _write_private(path: Path, content: bytes) -> None:
    """Write it whole or not at all, for this user alone or for whom the file was there before.

    Raises ``DiskFull``, ``DiskTrouble``; the former file is then as it was.
    """
    unfinished = path.with_name(path.name + ".new")
    try:
        private_folder(path.parent)
        unfinished.unlink(missing_ok=True)
        with open(unfinished, "xb", opener=private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise meaning(error, path) or error from error
