"""What happens when ``clientele`` is typed: one command, or the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from clientele.cli.arguments import parser
from clientele.cli.book import book_path
from clientele.cli.output import say
from clientele.domain.errors import Refusal
from clientele.system.clock import Clock, SystemClock

DONE, DONE_WITH_REJECTS, REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None, *, clock: Clock | None = None) -> int:
    """Run one command and answer its exit code; without a command, show the window.

    What the user can cause is said in one sentence on stderr and answers 2.
    """
    asked = parser().parse_args(arguments)
    try:
        return _command(asked.command)(asked, clock or SystemClock())
    except Refusal as refusal:
        say(refusal.sentence)
        return REFUSED
    except BrokenPipeError:
        # Whoever read stdout went away, as `head` does; nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        say("Cancelled.")
        return REFUSED


def _command(name: str | None) -> Callable[[argparse.Namespace, Clock], int]:
    """The command of that name; each is imported only when it is asked for."""
    command: Callable[[argparse.Namespace, Clock], int] = _window
    if name == "init":
        from clientele.cli.beginning import init

        command = init
    elif name == "import":
        from clientele.cli.bringing_in import bring_in

        command = bring_in
    elif name in ("search", "today"):
        from clientele.cli import asking

        command = {"search": asking.search, "today": asking.today}[name]
    elif name == "brief":
        from clientele.cli.brief import brief

        command = brief
    elif name == "export":
        from clientele.cli.taking_out import export

        command = export
    elif name == "calendar":
        from clientele.cli.calendars import calendar

        command = calendar
    elif name == "duplicates":
        from clientele.cli.twice import duplicates

        command = duplicates
    elif name == "rules":
        from clientele.cli.rules import rules

        command = rules
    elif name in ("backup", "backups", "restore"):
        from clientele.cli import backups

        command = {
            "backup": backups.backup,
            "backups": backups.backups,
            "restore": backups.restore,
        }[name]
    elif name == "team":
        from clientele.cli.team import team

        command = team
    elif name == "audit":
        from clientele.cli.audit import audit

        command = audit
    elif name == "doctor":
        from clientele.cli.health import doctor

        command = doctor
    elif name == "recover":
        from clientele.cli.recovering import recover

        command = recover
    elif name == "key":
        from clientele.cli.keys import key

        command = key
    return command


def _window(asked: argparse.Namespace, clock: Clock) -> int:
    named = asked.book or os.environ.get("CLIENTELE_BOOK")
    if not has_display():
        return _without_display(asked, clock)
    from clientele.app import run

    return run(book_path(asked) if named else None)


def has_display() -> bool:
    """Whether a window can be shown: on Linux only with a display, or where Qt is told how."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _without_display(asked: argparse.Namespace, clock: Clock) -> int:
    """Today's page as text, and how to see the window."""
    say("There is no display. To see the window, start clientele in a desktop session,")
    say("over ssh -X, or under xvfb-run; until then, this is today's page as text.")
    path = book_path(asked)
    if not path.exists():
        say(f"There is no book at {path} yet. Make one with: clientele init --help")
        return DONE
    from clientele.cli.asking import today

    return today(argparse.Namespace(book=asked.book, associate=None, json=False), clock)
