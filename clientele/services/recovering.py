"""Recovering a damaged book into a new one: its key, the copy that helps, the report, the proof."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clientele.domain.rules.rights import PROGRAM, SET_UP, Acting, Who
from clientele.domain.tables import Associate
from clientele.services.audit import record
from clientele.store import backup, copies, keys, recovery, salvage, slots
from clientele.store.backup import Key
from clientele.store.beside import log_of, sides_of, wrapped_file
from clientele.store.copies import Found
from clientele.store.copying import Leave, Told
from clientele.store.doctor import Finding, examine
from clientele.store.errors import DamagedBook, StoreRefusal, WrongKey
from clientele.store.proof import SALT_SIZE
from clientele.store.salvage import Recovered
from clientele.store.salvage_pages import Pages
from clientele.store.session import Profile, open_store
from clientele.system.paths import private, sync_folder
from clientele.system.region import local_region
from clientele.system.secrets import Vault, VaultUnavailable


class NoKeyForDamaged(StoreRefusal):
    """Neither the keyring nor a passphrase has the key of the damaged book."""

    template = (
        "The key of {path} could not be found on this computer. Nothing was changed; "
        "type the recovery key that is on paper, which always fits."
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recovered, what the doctor says of it, and where it is told."""

    recovered: Recovered
    findings: tuple[Finding, ...]
    report: Path

    @property
    def sound(self) -> bool:
        """Whether the new book is whole in itself; what is missing is told beside that."""
        return all(finding.ok for finding in self.findings if finding.name in _WHOLE)


_WHOLE = ("pages", "structure", "references", "search", "form")
"""What must be right in a new book: that a ticket lost a line cannot be mended."""


def heads_of(damaged: Path) -> tuple[bytes, ...]:
    """The heads that the book at ``damaged`` may have had: its own first, then its copies'."""
    found: list[bytes] = []
    folder = copies.folder_of(damaged)
    files = [damaged, *damaged.parent.glob(f"{damaged.name}.before-*.backup")]
    with suppress(OSError):
        files += sorted(folder.glob(f"{damaged.name}*.backup"), reverse=True)
    for path in files:
        with suppress(OSError), path.open("rb") as file:
            found.append(file.read(SALT_SIZE))
    with suppress(OSError, ValueError, KeyError, TypeError):
        import json

        kept = json.loads(wrapped_file(damaged).read_bytes())["slots"]
        found += [bytes.fromhex(one["head"]) for one in kept]
    return tuple(dict.fromkeys(head for head in found if len(head) == SALT_SIZE))


def key_of(
    damaged: Path,
    *,
    vault: Callable[[], Vault] | None = None,
    passphrase: str = "",
    recovery_key: str = "",
) -> bytearray:
    """The key of a damaged book, which may not prove itself any more; tried on its pages later.

    Raises ``NoKeyForDamaged``, and what is wrong with what was typed.
    """
    if recovery_key.strip():
        return keys.derived(recovery.read(recovery_key))
    if passphrase:
        return slots.unlock_by_passphrase(damaged, passphrase, prove=False)
    if vault is not None:
        with suppress(VaultUnavailable):
            found = vault()
            for head in heads_of(damaged):
                key = found.look(head.hex())
                if key is not None and len(key) == keys.KEY_SIZE:
                    return key
    raise NoKeyForDamaged(path=damaged)


def refuse_if_damaged(book: Path, data_key: bytearray | None) -> None:
    """Raise ``DamagedBook`` if the key does not fit the first page, but others of the book."""
    if data_key is None or len(data_key) != keys.KEY_SIZE:
        return
    with suppress(WrongKey, OSError), Pages(book, data_key, heads_of(book)):
        raise DamagedBook(path=book)


def good_copies(book: Path, data_key: Key) -> Iterator[Found]:
    """The copies that open and hold together, the newest first; each is read whole."""
    listed = copies.listed(copies.folder_of(book), data_key, book.name)
    for one in (*listed, *copies.of_migrations(book, data_key)):
        if one.good:
            try:
                backup.verify(one.path, data_key)
            # Whatever is wrong with it, it is no good copy.
            except Exception:  # nosec B112
                continue
            yield one


def recover(
    damaged: Path,
    data_key: Key,
    target: Path,
    *,
    now: datetime,
    copy: Path | None = None,
    acting: Acting = SET_UP,
    told: Told = lambda *_: None,
    leave: Leave = lambda: False,
) -> Outcome:
    """Make a new book out of a damaged one, prove it, and write a report beside it.

    The new book opens as the old one did. Raises what ``store.salvage.recover`` does.
    """
    region = local_region(now.date())
    fallback = Profile(region.currency, region.country, region.time_zone)
    done = salvage.recover(
        damaged,
        data_key,
        target,
        now=now,
        copy=copy,
        heads=heads_of(damaged),
        fallback=fallback,
        told=told,
        leave=leave,
    )
    beside = wrapped_file(damaged)
    if beside.exists() and not wrapped_file(target).exists():
        shutil.copyfile(beside, wrapped_file(target))
        wrapped_file(target).chmod(0o600)
    store = open_store(target, bytearray(data_key))
    try:
        with store.write(acting=acting) as session:
            somebody = acting.who is not Who.ASSOCIATE
            known = somebody or session.get(Associate, acting.associate_id) is not None
            detail = {"pages": done.pages, "bad": done.bad, "lost": _lost(done)}
            record(session, "recover", detail=detail, now=now, acting=None if known else PROGRAM)
        findings = examine(store)
    finally:
        store.close()
    report = target.with_name(target.name + ".report.txt")
    outcome = Outcome(done, findings, report)
    _write_private(report, "\n".join(report_lines(outcome, damaged, copy)) + "\n")
    return outcome


def report_lines(outcome: Outcome, damaged: Path, copy: Path | None) -> list[str]:
    """What is there and what is missing, by kind and count: nothing of a client."""
    done = outcome.recovered
    lines = [
        f"Recovered from {damaged.name}, which was only read and should be kept.",
        f"{done.bad} of {done.pages} pages were damaged.",
        "The new book is whole." if outcome.sound else "The new book is NOT whole: run the doctor.",
    ]
    if copy is not None:
        lines.append(
            f"What was missing was looked for in the copy {copy.name}; what came from it may be "
            "older than what was lost."
        )
    if done.profile_lost:
        lines.append("The store's own details were lost: check its name, currency and time zone.")
    if done.unknown:
        lines.append(
            f"{done.unknown} pages hold rows of which nobody can tell what they are of; "
            "they are only in the damaged file."
        )
    if done.unfinished:
        lines.append(
            f"{done.unfinished} pages at the end of the log belong to a change that was not "
            "finished when the program ended; it is left out."
        )
    if done.aside is not None:
        lines.append(
            f"What has no place in the book any more is kept, encrypted, in {done.aside.name}."
        )
    lines += ["", "kind: in the new book; what is missing or was made right"]
    for kind in done.kinds.values():
        there = kind.read + kind.from_index + kind.from_copy - kind.aside
        notes = [
            f"{count} {words}"
            for count, words in (
                (kind.from_index, "put together from an index"),
                (kind.from_copy, "from the copy"),
                (kind.lost, "lost" + (", perhaps more" if kind.at_least else "")),
                (kind.stand_ins, "in place of lost ones, empty"),
                (kind.emptied, "references to something lost, emptied"),
                (kind.aside, "kept aside, because what they belong to is lost"),
            )
            if count
        ]
        if kind.at_least and not kind.lost:
            notes.append("some may be lost; nothing says how many")
        if there or notes:
            words = kind.table.replace("_", " ")
            lines.append(f"  {words}: {there + kind.stand_ins}" + "".join(f"; {n}" for n in notes))
    lines += ["", "What the doctor says of the new book:"]
    lines += [f"  {'ok ' if one.ok else 'BAD'} {one.name}: {one.sentence}"
              for one in outcome.findings]  # fmt: skip
    return lines


def _lost(done: Recovered) -> int:
    return sum(kind.lost + kind.aside for kind in done.kinds.values())


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="utf-8", opener=private) as file:
        file.write(text)


def take_place(damaged: Path, recovered: Path, now: datetime) -> Path:
    """Let the recovered book bear the name of the damaged one, which nobody has open.

    The damaged one is kept as it stands, with its log, under another name beside it, which is
    answered: it gets that name before it loses its own, so that a kill leaves one of the two here.
    """
    stamp = now.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    kept = damaged.with_name(f"{damaged.name}.{stamp}.damaged")
    for part, name in ((damaged, kept), (log_of(damaged), log_of(kept))):
        if part.exists():
            _also_called(part, name)
    sync_folder(damaged.parent)
    for side in sides_of(damaged):
        side.unlink(missing_ok=True)
    recovered.replace(damaged)
    for ending in (".aside", ".report.txt"):
        part = recovered.with_name(recovered.name + ending)
        if part.exists():
            part.replace(damaged.with_name(f"{damaged.name}.{stamp}{ending}"))
    wrapped_file(recovered).unlink(missing_ok=True)
    sync_folder(damaged.parent)
    return kept


def _also_called(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a disk that knows no second names
        shutil.copyfile(path, name)
        name.chmod(0o600)
