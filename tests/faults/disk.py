"""Tries of a kind of write on a failing disk, and the judgement on what is there afterwards.

What is there must be a state that the program itself leaves behind when nothing fails: not before
the one that it told as done, and not after the next. It must open, and the doctor find it whole.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from clientele.domain.errors import Refusal
from clientele.store.doctor import examine
from tests.faults.all_kinds import KINDS
from tests.faults.failing import Fault
from tests.faults.killing import Heard, Victims
from tests.faults.kinds import Work

SENTENCES = {
    "enospc": {"DiskFull", "DiskTrouble", "ReadOnlyFile"},
    "eio": {"DiskTrouble", "ReadOnlyFile"},
    "estale": {"DiskTrouble", "ReadOnlyFile", "NoBook"},
    "enotconn": {"DiskTrouble", "ReadOnlyFile", "NoBook"},
}
"""What may be said of a disk that is full, broken, or gone."""


@dataclass(slots=True)
class Golden:
    """How a kind goes where nothing fails."""

    changes: int
    """Writes, syncs and so on from opening the book to closing it."""
    states: list[tuple[int, str]]
    known: frozenset[str] = frozenset()
    """What the doctor says of it even so: a frozen book is filled with made-up words."""

    def allowed(self, kept: int) -> set[str]:
        """In what states the folder may be after so many acts were told as done."""
        before = [state for count, state in self.states if count < kept]
        return {*before[-1:], *(state for count, state in self.states if count == kept)}

    @property
    def acts(self) -> int:
        """How many are told as done."""
        return max(count for count, _ in self.states)

    @property
    def last(self) -> str:
        """When all is done."""
        return self.states[-1][1]


@dataclass(slots=True)
class Seen:
    """What came of many tries."""

    tried: int = 0
    acknowledged: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    """How often each sentence was said, by the name of its class."""
    troubles: list[str] = field(default_factory=list)


class Disk:
    """Tries kinds of writes below ``folder``; ``template`` holds the book they begin with."""

    def __init__(self, victims: Victims, template: Path, folder: Path) -> None:
        self._victims, self._template, self._folder = victims, template, folder
        self._golden: dict[str, Golden] = {}
        self._count = 0

    def golden(self, kind: str) -> Golden:
        """How ``kind`` goes where nothing fails."""
        if kind not in self._golden:
            folder = self._laid(KINDS[kind])
            heard = self._victims.work(kind=kind, folder=str(folder), golden=True)
            assert not heard.broke, heard.broke
            known = frozenset(_found(KINDS[kind], folder))
            self._clear(folder)
            folder = self._laid(KINDS[kind])
            counted = self._order(kind, folder, Fault(), again=False)
            assert counted.done is not None, counted
            assert KINDS[kind].state(folder) == heard.states[-1][1], "it never comes out the same"
            self._clear(folder)
            self._golden[kind] = Golden(counted.done["count"], heard.states, known)
        return self._golden[kind]

    def attempt(self, kind: str, fault: Fault, seen: Seen, *, again: bool = False) -> None:
        """Let one fault happen, look what is there, and add that to what was seen."""
        folder = self._laid(KINDS[kind])
        heard = self._order(kind, folder, fault, again=again)
        self.judge(kind, folder, heard, fault, seen, again=again)
        self._clear(folder)

    def kill(self, kind: str, after: int, wait: float, seen: Seen) -> None:
        """Kill the program some time after it was told so many acts, and look what is there."""
        folder = self._laid(KINDS[kind])
        order = {"kind": kind, "folder": str(folder), "fault": Fault().order(), "again": False}
        heard = self._victims.strike(after, wait, **order)
        self.judge(kind, folder, heard, Fault(how="end"), seen)
        self._clear(folder)

    def judge(
        self, kind: str, folder: Path, heard: Heard, fault: Fault, seen: Seen, again: bool = False
    ) -> None:
        """Hold what is there against what was said."""
        golden, work, name = self.golden(kind), KINDS[kind], f"{kind}, {fault}"
        seen.tried += 1
        seen.acknowledged += len(heard.kept)
        troubles = [f"traceback: {heard.broke}"] if heard.broke else []
        for said in heard.refused:
            seen.refused[said["kind"]] = seen.refused.get(said["kind"], 0) + 1
            if said["kind"] not in SENTENCES.get(fault.how, set()):
                troubles.append(f"it said: {said['kind']}")
        try:
            state = work.state(folder)
            if state not in golden.allowed(len(heard.kept)):
                troubles.append(f"not a state after {len(heard.kept)} acts")
            if again and not heard.killed and state != golden.last:
                troubles.append("done again, and not all there")
            troubles += [one for one in _found(work, folder) if one not in golden.known]
        except (Refusal, Exception) as error:
            troubles.append(f"afterwards: {type(error).__name__} {error}")
        seen.troubles += [f"{name}: {one}" for one in troubles]

    def _order(self, kind: str, folder: Path, fault: Fault, *, again: bool) -> Heard:
        order = {"kind": kind, "folder": str(folder), "fault": fault.order(), "again": again}
        return self._victims.work(**order)

    def _laid(self, work: Work) -> Path:
        self._count += 1
        folder = self._folder / f"{self._count}"
        folder.mkdir(mode=0o700)
        work.lay(self._template, folder)
        return folder

    def _clear(self, folder: Path) -> None:
        for ending in ("", ".spares"):
            shutil.rmtree(folder.with_name(folder.name + ending), ignore_errors=True)
        folder.with_name(folder.name + ".keyring").unlink(missing_ok=True)


def _found(work: Work, folder: Path) -> list[str]:
    """Open the book, as the next start does; answer what is wrong with what it holds."""
    store = work.opened(folder)
    try:
        return [one.sentence for one in examine(store) if one.content and not one.ok]
    finally:
        store.close()
