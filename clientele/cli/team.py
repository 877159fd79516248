"""``clientele team``: who works here, for whoever sets the store up."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from clientele.cli.book import book_path, opened
from clientele.cli.output import as_json, result, say
from clientele.domain.errors import Refusal
from clientele.domain.rules.names import folded
from clientele.domain.team import Role
from clientele.services.leaving import (
    AssociateComesBack,
    AssociateLeaves,
    associate_comes_back,
    associate_leaves,
)
from clientele.services.team import (
    AddAssociate,
    ChangeAssociate,
    ResetPin,
    add_associate,
    change_associate,
    reset_pin,
    see_team,
)
from clientele.store.queries.team_page import Member
from clientele.system.clock import Clock

if TYPE_CHECKING:
    from clientele.store.session import Store

ROLES = {
    "associate": Role.ASSOCIATE,
    "department-manager": Role.DEPARTMENT_MANAGER,
    "store-manager": Role.STORE_MANAGER,
}


class NobodyCalledSo(Refusal):
    """No one of the team has this name or number, or more than one has."""

    template = (
        "Nobody here is “{name}”, or several are. Nothing was changed; "
        "“clientele team” lists everybody with a number that can be given instead."
    )


class NoPinGiven(Refusal):
    """Nobody is there to be asked."""

    template = (
        "There is no terminal to ask for the PIN. Nothing was changed; put it into CLIENTELE_PIN."
    )


def team(arguments: argparse.Namespace, clock: Clock) -> int:
    """List everybody, or do the one thing that was asked for."""
    with opened(book_path(arguments)) as store:
        if arguments.what == "add":
            return _add(store, arguments, clock)
        if arguments.what is None or arguments.what == "list":
            return _list(store, as_plain=arguments.json)
        member = _member(store, arguments.associate)
        if arguments.what == "role":
            return _role(store, member, arguments, clock)
        if arguments.what == "leave":
            return _leave(store, member, arguments, clock)
        if arguments.what == "back":
            with store.write() as session:
                associate_comes_back(session, AssociateComesBack(member.id), now=clock.now())
            say(f"{member.name} works here again. “clientele team pin” lets them sign in.")
            return 0
        pin = _pin()
        with store.write() as session:
            reset_pin(session, ResetPin(member.id, pin), now=clock.now())
        say(f"{member.name} has a new PIN, and chooses their own at the next sign-in.")
        return 0


def _list(store: Store, *, as_plain: bool) -> int:
    with store.read() as session:
        found = see_team(session).members
    if as_plain:
        as_json([asdict(one) for one in found])
        return 0
    for one in found:
        result(f"{one.id:4}  {one.name}, {one.department or 'no department'}  ({_state(one)})")
    return 0


def _state(one: Member) -> str:
    if not one.active:
        return "left"
    pin = "" if one.signs_in else "no PIN yet"
    pin = "locked" if one.pin_locked else "PIN given" if one.pin_given else pin
    return ", ".join(part for part in (one.role, f"clients: {one.clients}", pin) if part)


def _add(store: Store, arguments: argparse.Namespace, clock: Clock) -> int:
    person = AddAssociate(arguments.associate, arguments.department, role=ROLES[arguments.role])
    person.check()
    with store.write() as session:
        made = add_associate(session, person, now=clock.now()).subject
    say(f"Added {person.name}. “clientele team pin” lets them sign in.")
    result(str(made))
    return 0


def _role(store: Store, member: Member, arguments: argparse.Namespace, clock: Clock) -> int:
    what = ChangeAssociate(
        member.id,
        arguments.name or member.name,
        arguments.department or member.department,
        ROLES[arguments.role] if arguments.role else member.role,
    )
    with store.write() as session:
        change_associate(session, what, now=clock.now())
    say(f"{what.name}, {what.department}: {what.role}.")
    return 0


def _leave(store: Store, member: Member, arguments: argparse.Namespace, clock: Clock) -> int:
    to = _member(store, arguments.to) if arguments.to else None
    what = AssociateLeaves(member.id, None if to is None else to.id)
    with store.write() as session:
        associate_leaves(session, what, now=clock.now())
    taken = "" if to is None else f" What was open is {to.name}'s."
    say(f"{member.name} no longer works here and is locked out.{taken}")
    return 0


def _member(store: Store, named: str) -> Member:
    """Somebody by number or name. Raises ``NobodyCalledSo``."""
    with store.read() as session:
        there = see_team(session).members
    found = [one for one in there if named == str(one.id)]
    found = found or [one for one in there if folded(one.name) == folded(named)]
    if len(found) != 1:
        raise NobodyCalledSo(name=named)
    return found[0]


def _pin() -> str:
    known = os.environ.get("CLIENTELE_PIN")
    if known:
        return known
    if not sys.stdin.isatty():
        raise NoPinGiven
    import getpass

    return getpass.getpass("PIN (4 to 8 digits): ", sys.stderr)
