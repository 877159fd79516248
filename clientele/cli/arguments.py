"""Which commands are there, and what does each take?"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Final, TypeAlias

from clientele import __version__

_BOOK: Final = "the book's file (else CLIENTELE_BOOK, the book of last time, or the usual place)"
_ENVIRONMENT: Final = """\
environment:
  CLIENTELE_BOOK          the book's file
  CLIENTELE_PASSPHRASE    the passphrase of a book that no keyring opens (else it is asked for)
  CLIENTELE_NEW_PASSPHRASE  key: the passphrase that is to open it from now on
  CLIENTELE_RECOVERY_KEY  the key on paper, to open a book that nothing else opens
  CLIENTELE_OLD_RECOVERY_KEY  restore: the paper of a copy from before the present key
  CLIENTELE_PIN           init, team pin: the PIN, 4 to 8 digits

exit codes: 0 done; 1 done, but rows were rejected or something needs attention; 2 refused
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="clientele",
        description="The book in which one associate owns a client across every department. "
        "Without a command, the window opens.",
        epilog=_ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"clientele {__version__}")
    top.add_argument("--book", metavar="FILE", help=_BOOK)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _init(commands)
    _import(commands)
    _search(commands)
    _brief(commands)
    _today(commands)
    _export(commands)
    _calendar(commands)
    _duplicates(commands)
    _rules(commands)
    _team(commands)
    _audit(commands)
    _doctor(commands)
    _recover(commands)
    _backups(commands)
    _key(commands)
    return top


KINDS_OF_ACTS: Final = (
    "saw", "changed", "gave", "exported", "merged", "erased", "signed in", "settings", "kept",
    "by itself",
)  # fmt: skip
"""Written out, because importing them would slow every command down; a test compares."""

ROLES: Final = ("associate", "department-manager", "store-manager")
"""Written out as well."""

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _command(commands: _Commands, name: str, about: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    command.add_argument("--book", metavar="FILE", default=argparse.SUPPRESS, help=_BOOK)
    return command


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _init(commands: _Commands) -> None:
    init = _command(commands, "init", "make a new book and print its recovery key")
    init.add_argument("--associate", metavar="NAME", required=True, help="the first associate")
    init.add_argument(
        "--department", metavar="NAME", required=True, help="the department they work in"
    )
    init.add_argument("--store", metavar="NAME", default="", help="the store's name")
    init.add_argument("--currency", metavar="CODE", help="ISO 4217, such as EUR")
    init.add_argument("--country", metavar="CODE", help="ISO 3166, such as NL")
    init.add_argument("--time-zone", metavar="ZONE", help="IANA, such as Europe/Amsterdam")


def _import(commands: _Commands) -> None:
    bring = _command(commands, "import", "bring in a CSV file of customers or purchases")
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--kind", choices=("customers", "purchases", "auto"), default="auto")
    bring.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="read FIELD from COLUMN; may be given several times, "
        "and for one field with several columns",
    )
    bring.add_argument(
        "--dry-run", action="store_true", help="show how the rows are read; keep nothing"
    )
    bring.add_argument(
        "--rejects", metavar="FILE", help="where rows that cannot be read go (else beside FILE)"
    )
    bring.add_argument(
        "--own",
        metavar="ASSOCIATE",
        help="who becomes the owner of the clients that are added (else nobody)",
    )
    _json(bring)


def _search(commands: _Commands) -> None:
    search = _command(commands, "search", "find clients by name, phone part or e-mail part")
    search.add_argument("text", metavar="TEXT", nargs="+")
    search.add_argument("--limit", metavar="N", type=_positive, default=20)
    _json(search)


def _brief(commands: _Commands) -> None:
    brief = _command(commands, "brief", "the one page to read before a client arrives")
    brief.add_argument(
        "client",
        metavar="CLIENT",
        nargs="?",
        help="a reference, an id, or a text that finds exactly one",
    )
    brief.add_argument(
        "--expected",
        action="store_true",
        help="of everybody expected on a day instead, in order of time, a page each",
    )
    brief.add_argument(
        "--for",
        dest="associate",
        metavar="NAME",
        help="whose clients, and of those they cover (else of who signed in here last)",
    )
    brief.add_argument("--day", metavar="DATE", type=_day, help="such as 2026-11-24 (else today)")
    brief.add_argument("--pdf", metavar="FILE", help="write it as a PDF, one page for each client")
    _json(brief)


def _today(commands: _Commands) -> None:
    today = _command(commands, "today", "what today holds: clients, follow-ups, promises")
    today.add_argument(
        "--associate", metavar="NAME", help="whose day (else who signed in here last)"
    )
    _json(today)


def _export(commands: _Commands) -> None:
    export = _command(commands, "export", "take all purchases or customers out as CSV")
    export.add_argument("kind", choices=("purchases", "customers"))
    export.add_argument("file", metavar="FILE", help="where to; - is the standard output")


def _calendar(commands: _Commands) -> None:
    calendar = _command(commands, "calendar", "take appointments to a calendar file, or bring one")
    ways = calendar.add_subparsers(dest="way", metavar="WAY", required=True)
    out = ways.add_parser(
        "export", help="an associate's appointments from today on", allow_abbrev=False
    )
    out.add_argument("file", metavar="FILE", help="where to, such as mine.ics")
    out.add_argument(
        "--with-names",
        action="store_true",
        help="say names and what it is about; else initials only, since the file is not protected",
    )
    bring = ways.add_parser(
        "import",
        help="a calendar file, from today on; what repeats for a year",
        allow_abbrev=False,
    )
    bring.add_argument("file", metavar="FILE")
    bring.add_argument(
        "--dry-run", action="store_true", help="show what it would bring; keep nothing"
    )
    _json(bring)
    for way in (out, bring):
        way.add_argument("--book", metavar="FILE", default=argparse.SUPPRESS, help=_BOOK)
        way.add_argument(
            "--associate", metavar="NAME", help="whose calendar (else who signed in here last)"
        )


def _duplicates(commands: _Commands) -> None:
    twice = _command(commands, "duplicates", "look for clients who are perhaps in the book twice")
    twice.add_argument("--limit", metavar="N", type=_positive, default=20)
    _json(twice)


def _rules(commands: _Commands) -> None:
    rules = _command(commands, "rules", "list the rules that make follow-ups, preview or run them")
    rules.add_argument("what", nargs="?", choices=("list", "preview", "run"), default="list")
    rules.add_argument(
        "--rule", metavar="N", type=_positive, help="preview only the rule of this number"
    )
    _json(rules)


def _backups(commands: _Commands) -> None:
    backup = _command(commands, "backup", "copy the book now, opened and checked")
    backup.add_argument(
        "--to", metavar="FOLDER", help="keep it there too (else in the second place, if chosen)"
    )
    backups = _command(commands, "backups", "list the copies of the book")
    _json(backups)
    restore = _command(commands, "restore", "put a copy in the place of the book; shown before")
    restore.add_argument("file", metavar="FILE", help="a file, or a number that “backups” lists")
    restore.add_argument("--yes", action="store_true", help="do not ask")


def _audit(commands: _Commands) -> None:
    audit = _command(commands, "audit", "who saw, changed and took out what, newest first")
    audit.add_argument(
        "--client", metavar="CLIENT", help="a reference, an id, or a text that finds exactly one"
    )
    audit.add_argument("--associate", metavar="NAME", help="what this associate did")
    audit.add_argument(
        "--kind",
        metavar="KIND",
        choices=KINDS_OF_ACTS,
        help=f"only one kind of acts: {', '.join(KINDS_OF_ACTS)}",
    )
    audit.add_argument(
        "--from", dest="since", metavar="DATE", type=_day, help="from this day on: 2026-11-24"
    )
    audit.add_argument("--limit", metavar="N", type=_positive, default=100)
    audit.add_argument("--all", action="store_true", help="all of them, however many")
    _json(audit)


def _team(commands: _Commands) -> None:
    team = _command(commands, "team", "who works here: roles, PINs, who leaves")
    _json(team)
    ways = team.add_subparsers(dest="what", metavar="WHAT")
    somebody = "a name, or a number that “team” lists"
    for name, about in (
        ("list", "everybody, with their numbers"),
        ("add", "somebody who begins to work here"),
        ("role", "another role, department or name"),
        ("leave", "lock somebody out for good; what is open goes to a colleague"),
        ("back", "somebody works here again"),
        ("pin", "give a PIN, from CLIENTELE_PIN or typed; they choose their own with it"),
    ):
        way = _command(ways, name, about)
        if name == "list":
            way.add_argument(
                "--json", action="store_true", default=argparse.SUPPRESS, help="as JSON"
            )
            continue
        way.add_argument("associate", metavar="ASSOCIATE", help=somebody)
        if name in ("add", "role"):
            new = name == "add"
            way.add_argument("--department", metavar="NAME", required=new, default="")
            way.add_argument("--role", choices=ROLES, default=ROLES[0] if new else None)
        if name == "role":
            way.add_argument("--name", metavar="NAME", default="", help="what they are called")
        if name == "leave":
            way.add_argument("--to", metavar="ASSOCIATE", help=f"who takes it: {somebody}")


def _doctor(commands: _Commands) -> None:
    doctor = _command(commands, "doctor", "check that the book is sound, and explain")
    doctor.add_argument("--quick", action="store_true", help="leave out reading every page")
    doctor.add_argument(
        "--repair", action="store_true", help="put right what can be, after a copy; asks for each"
    )
    doctor.add_argument("--yes", action="store_true", help="do not ask")
    _json(doctor)


def _recover(commands: _Commands) -> None:
    recover = commands.add_parser(
        "recover",
        help="make a new book out of what is readable of a damaged one",
        description="make a new book out of what is readable of a damaged one, which is only read",
        allow_abbrev=False,
    )
    recover.add_argument("file", metavar="FILE", help="the damaged book")
    recover.add_argument("--to", metavar="NEW", required=True, help="the new book's file")
    recover.add_argument(
        "--copy", metavar="COPY", help="a good copy, or “newest”: what is missing comes from it"
    )
    _json(recover)


def _key(commands: _Commands) -> None:
    key = _command(
        commands, "key", "check the paper, make a new recovery key, choose what opens it"
    )
    ways = key.add_subparsers(dest="way", metavar="WAY", required=True)
    for name, about in (
        ("check", "how the book is opened here, and whether the recovery key on paper is right"),
        ("rotate", "a new recovery key: the whole book is encrypted anew"),
        ("passphrase", "let a passphrase open the book for this user, or change it"),
        ("keyring", "let the keyring of this computer open the book for this user"),
    ):
        way = _command(ways, name, about)
        if name == "passphrase":
            way.add_argument(
                "--for", dest="label", metavar="NAME", help="whose (else of this machine's user)"
            )
            way.add_argument("--remove", action="store_true", help="it opens the book no more")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day; write it as 2026-11-24") from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
