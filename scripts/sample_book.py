#!/usr/bin/env python
"""Writes an encrypted book with the sample store in it, for demos and pictures.

    CLIENTELE_PASSPHRASE=… scripts/sample_book.py book.clientele --associate "R. Okafor"

The one who signs in has the PIN 2468 unless --pin says otherwise. The recovery key is printed.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from clientele.domain.errors import Refusal  # noqa: E402
from clientele.domain.team import Role  # noqa: E402
from clientele.services.opening import FirstAssociate, begin_book  # noqa: E402
from clientele.services.sample import fill_with_sample  # noqa: E402
from clientele.services.team import SetUpStore  # noqa: E402


def main() -> int:
    """Write the book; 0 when it is done, 2 when it was refused."""
    chosen = _arguments().parse_args()
    zone = ZoneInfo(chosen.zone)
    now = (
        datetime.fromisoformat(chosen.now).replace(tzinfo=zone) if chosen.now else datetime.now(UTC)
    )
    try:
        begun = begin_book(
            chosen.file,
            SetUpStore(chosen.store, chosen.currency, chosen.country, chosen.zone),
            FirstAssociate(
                chosen.associate, chosen.department, chosen.pin, str(Role.STORE_MANAGER)
            ),
            vault=None,
            passphrase=os.environ.get("CLIENTELE_PASSPHRASE", ""),
            now=now,
        )
        with begun.store.write() as session:
            fill_with_sample(
                session,
                by=begun.associate_id,
                now=now,
                seed=chosen.seed,
                visit_open=chosen.visit_open,
            )
        begun.store.close()
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 2
    print(f"Recovery key: {begun.recovery_key}")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path, help="where the book is to be; nothing may be there")
    parser.add_argument("--associate", default="R. Okafor", help="who signs in")
    parser.add_argument("--department", default="Men's Suits")
    parser.add_argument("--pin", default="2468")
    parser.add_argument("--store", default="Herengracht", help="the name of the store")
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--country", default="NL")
    parser.add_argument("--zone", default="Europe/Amsterdam")
    parser.add_argument("--now", help="the store's day and hour, such as 2026-11-21T10:20")
    parser.add_argument("--seed", default="clientele", help="another seed, other clients")
    parser.add_argument("--visit-open", action="store_true", help="one client is in the store")
    return parser


if __name__ == "__main__":
    sys.exit(main())
