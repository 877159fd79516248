"""All kinds of writes, by name."""

from __future__ import annotations

from tests.faults.kinds import (
    Edits,
    FollowUps,
    Import,
    MergeAndBack,
    Notes,
    RingUp,
    Work,
)
from tests.faults.whole_files import Backup, KeyChange, Migration, Passphrase, Restore

KINDS: dict[str, Work] = {
    one.name: one
    for one in (Edits(), Notes(), RingUp(), FollowUps(), MergeAndBack(), Import(), Migration(),
                Backup(), Restore(), KeyChange(), Passphrase())
}  # fmt: skip
