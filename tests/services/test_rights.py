"""Every verb and every door, tried by everybody: allowed or refused exactly as the table says."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clientele.services
from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import Way
from clientele.domain.errors import Refusal
from clientele.domain.history import ImportKind
from clientele.domain.rules import rights
from clientele.domain.rules.rights import NOBODY, PROGRAM, SET_UP, Acting, Right, Who, rights_of
from clientele.domain.tables import Associate, Draft, metadata
from clientele.domain.team import Role
from clientele.exchange.plan import plan
from clientele.services.acting import NoLongerHere, NotAllowed, NotYou, SignInFirst, right_of
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.calendar_out import Wanted, calendar_bytes
from clientele.services.changes import Undo
from clientele.services.clients import NewClient, new_client
from clientele.services.drafts import TypeDraft, type_draft
from clientele.services.duplicates import find_pairs, look_after_import
from clientele.services.exports import export_clients, export_file
from clientele.services.follow_ups import DoFollowUp, NewFollowUp, new_follow_up
from clientele.services.imports import import_file, store_ways
from clientele.services.made_right import AskedIfSolved, asked_if_solved
from clientele.services.merging import Merge, merge_clients
from clientele.services.messages import HandOver, QueueMessage, Written, hand_over, queue_message
from clientele.services.rows import the
from clientele.services.sample import fill_with_sample
from clientele.services.team import AddAssociate, add_associate, see_team
from clientele.services.undo import undo
from clientele.services.unmerging import Unmerge, undo_merge
from clientele.store.session import Store
from clientele.system.clock import FixedClock


@dataclass(frozen=True, slots=True)
class Tried:
    """Somebody who tries: what they are, and the role where they are an associate."""

    name: str
    acting: Acting
    role: str | None = None

    def may(self, right: Right) -> bool:
        return right in rights_of(self.acting.who, self.role)


@dataclass(frozen=True, slots=True)
class Shop:
    """A book with one of each role in it, and one who left."""

    store: Store
    clock: FixedClock
    everybody: tuple[Tried, ...]
    left: Acting

    def tries(self, who: Acting, door: Callable[[Session], object]) -> Exception | None:
        """What came of it; nothing of it is kept."""
        try:
            with self.store.write(acting=who) as session:
                door(session)
                raise _Reached
        except Exception as error:
            return error


class _Reached(Exception):
    """The body was begun: whoever acts may do it."""


class Asked:
    """An input of which nothing is known but who is said to act."""

    def __init__(self, by: int | None = None) -> None:
        self.by, self.given_by, self.drafted_by = by, None, None

    def __getattr__(self, name: str) -> object:
        raise _Reached


@pytest.fixture
def shop(store: Store, clock: FixedClock) -> Shop:
    made = {}
    with store.write() as session:
        for number, role in enumerate(Role):
            person = AddAssociate(f"P. {number}", "Men's Suits", role=role)
            made[role] = add_associate(session, person, now=clock.now()).subject or 0
        gone = add_associate(session, AddAssociate("P. Gone", "Shoes"), now=clock.now()).subject
        the(session, Associate, gone or 0).active = False
    everybody = [Tried(role, rights.associate(key), role) for role, key in made.items()]
    others = [Tried("set-up", SET_UP), Tried("program", PROGRAM), Tried("nobody", NOBODY)]
    return Shop(store, clock, (*everybody, *others), rights.associate(gone or 0))


def verbs() -> Iterator[tuple[str, Any]]:
    """Every verb there is: functions of the services that were made by the decorator."""
    for module in pkgutil.walk_packages(clientele.services.__path__, "clientele.services."):
        for name, found in vars(importlib.import_module(module.name)).items():
            is_verb = inspect.isfunction(found) and hasattr(found, "__wrapped__")
            if is_verb and hasattr(found, "right") and found.__module__ == module.name:
                yield f"{module.name.removeprefix('clientele.services.')}.{name}", found


VERBS = dict(verbs())


def test_the_verbs_are_found() -> None:
    assert len(VERBS) > 190
    assert {"clients.new_client", "team.reset_pin", "leaving.associate_leaves"} <= VERBS.keys()


def test_a_verb_is_done_by_whom_the_table_says(shop: Shop) -> None:
    before = everything(shop.store)
    wrong = []
    for name, verb in VERBS.items():
        for one in shop.everybody:
            said = shop.tries(one.acting, partial(_ask, shop, verb, one.acting.associate_id))
            if isinstance(said, NotAllowed) is one.may(right_of(verb)):
                wrong.append((name, one.name, said))
            if one.acting is NOBODY and not one.may(right_of(verb)):
                assert isinstance(said, SignInFirst), name
    assert not wrong
    assert everything(shop.store) == before


def test_who_left_does_nothing_at_once(shop: Shop) -> None:
    for name, verb in VERBS.items():
        said = shop.tries(shop.left, partial(_ask, shop, verb, None))
        assert isinstance(said, NoLongerHere), (name, said)


def test_nothing_is_done_in_the_name_of_another(shop: Shop) -> None:
    boss = shop.everybody[2].acting
    other = shop.everybody[0].acting.associate_id
    named = 0
    for name, verb in VERBS.items():
        hints = get_type_hints(inspect.unwrap(verb))
        what = next(one for key, one in hints.items() if key != "session")
        if right_of(verb) is Right.OPEN or "by" not in {one.name for one in fields(what)}:
            continue
        named += 1
        said = shop.tries(boss, partial(_ask, shop, verb, other))
        assert isinstance(said, NotYou), (name, said)
    assert named > 80


def test_nor_by_a_name_within_what_is_handed_over(shop: Shop) -> None:
    """An e-mail would go out from a colleague's account, a draft of theirs would be cleared."""
    boss, other = shop.everybody[2].acting, shop.everybody[0].acting.associate_id or 0
    letter = Written(1, other, Channel.EMAIL, Purpose.SERVICE, "a@x.example", "Good day")
    day, at = shop.clock.now().date(), shop.clock.now()
    inputs: list[tuple[Any, object]] = [
        (queue_message, QueueMessage(letter)),
        (hand_over, HandOver(letter, Way.PROGRAM)),
        (asked_if_solved, AskedIfSolved(DoFollowUp(1, by=other), 1, solved=True)),
        (new_follow_up, NewFollowUp(1, other, "call", "Alteration", day, given_by=other)),
        (expect_client, ExpectClient(1, other, at, drafted_by=other)),
    ]
    for verb, what in inputs:
        said = shop.tries(boss, partial(_do, shop, verb, what))
        assert isinstance(said, NotYou), (what, said)


def test_what_a_colleague_typed_is_not_cleared_by_giving_them_something_to_do(shop: Shop) -> None:
    boss, other = shop.everybody[2].acting, shop.everybody[0].acting.associate_id or 0
    now = shop.clock.now()
    with shop.store.write() as session:
        client = new_client(session, NewClient(other, "Eleanor", "Marsh"), now=now).subject or 0
        type_draft(session, TypeDraft(other, "here", "half a sentence"), now=now)
    follow_up = NewFollowUp(client, other, "call", "Alteration", now.date(), draft="here")
    with shop.store.write(acting=boss) as session:
        new_follow_up(session, follow_up, now=now)
    with shop.store.write(acting=boss) as session:
        expect_client(session, ExpectClient(client, other, now, draft="here"), now=now)
    with shop.store.read() as session:
        draft = session.get(Draft, (other, "here"))
        assert draft is not None
        assert draft.body == "half a sentence"


def _do(shop: Shop, verb: Any, what: object, session: Session) -> object:
    return verb(session, what, now=shop.clock.now())


def _ask(shop: Shop, verb: Any, by: int | None, session: Session) -> object:
    return verb(session, Asked(by), now=shop.clock.now())


# what acts and is no verb

Door = Callable[[Shop, Tried, Path], object]


def _written(shop: Shop, who: Tried, door: Callable[[Session], object]) -> object:
    with shop.store.write(acting=who.acting) as session:
        return door(session)


def _read(shop: Shop, who: Tried, door: Callable[[Session], object]) -> object:
    with shop.store.read(acting=who.acting) as session:
        return door(session)


def _imported(shop: Shop, who: Tried, folder: Path) -> object:
    planned = plan(folder / "people.csv", store_ways(shop.store))
    return import_file(shop.store, planned, now=shop.clock.now(), acting=who.acting)


DOORS: dict[str, tuple[Right, Door]] = {
    "export of everything": (
        Right.EXPORT,
        lambda shop, who, folder: export_file(
            shop.store,
            ImportKind.CUSTOMERS,
            folder / "all.csv",
            now=shop.clock.now(),
            acting=who.acting,
        ),
    ),
    "export of a list": (
        Right.EXPORT,
        lambda shop, who, folder: _read(
            shop, who, lambda s: export_clients(s, shop.store.path, [], folder / "some.csv")
        ),
    ),
    "import": (Right.IMPORT, _imported),
    "duplicates after an import": (
        Right.IMPORT,
        lambda shop, who, _: look_after_import(
            shop.store, 1, now=shop.clock.now(), acting=who.acting
        ),
    ),
    "search for duplicates": (
        Right.SERVE,
        lambda shop, who, _: find_pairs(shop.store, now=shop.clock.now(), acting=who.acting),
    ),
    "merge": (
        Right.SERVE,
        lambda shop, who, _: _written(
            shop,
            who,
            lambda s: merge_clients(
                s, Merge(1, 2, by=who.acting.associate_id), now=shop.clock.now()
            ),
        ),
    ),
    "unmerge": (
        Right.SERVE,
        lambda shop, who, _: _written(
            shop, who, lambda s: undo_merge(s, Unmerge(1), now=shop.clock.now())
        ),
    ),
    "undo": (
        Right.SERVE,
        lambda shop, who, _: _written(shop, who, lambda s: undo(s, Undo(()), now=shop.clock.now())),
    ),
    "undo of a manager's step": (
        Right.WORDING,
        lambda shop, who, _: _written(
            shop, who, lambda s: undo(s, Undo((), Right.WORDING), now=shop.clock.now())
        ),
    ),
    "a colleague's calendar": (
        Right.EXPORT,
        lambda shop, who, _: _read(
            shop, who, lambda s: calendar_bytes(s, Wanted(999), now=shop.clock.now())
        ),
    ),
    "one's own calendar": (
        Right.SERVE,
        lambda shop, who, _: _read(
            shop,
            who,
            lambda s: calendar_bytes(s, Wanted(who.acting.associate_id or 0), now=shop.clock.now()),
        ),
    ),
    "the sample store": (
        Right.TEAM,
        lambda shop, who, _: _written(
            shop, who, lambda s: fill_with_sample(s, by=999, now=shop.clock.now())
        ),
    ),
    "the team": (Right.RESET_PIN, lambda shop, who, _: _read(shop, who, see_team)),
}
"""Everything else by which the book is changed, or leaves it, or is seen by managers alone."""


@pytest.mark.parametrize("name", DOORS)
def test_a_door_opens_to_whom_the_table_says(shop: Shop, name: str, tmp_path: Path) -> None:
    right, door = DOORS[name]
    (tmp_path / "people.csv").write_text("email,first_name\nd@x.example,Daniel\n", "utf-8")
    for one in shop.everybody:
        before, files = everything(shop.store), set(tmp_path.iterdir())
        refused = False
        try:
            door(shop, one, tmp_path)
        except Refusal as error:  # what else speaks against it comes after the right
            refused = isinstance(error, NotAllowed)
        assert refused is not one.may(right), (name, one.name)
        if refused:
            assert everything(shop.store) == before
            assert set(tmp_path.iterdir()) == files


def everything(store: Store) -> list[tuple[Any, ...]]:
    """Every row of the book."""
    with store.read() as session:
        return [
            tuple(row) for table in metadata.sorted_tables for row in session.execute(select(table))
        ]


def test_a_role_that_nobody_knows_serves_clients_alone() -> None:
    assert rights_of(Who.ASSOCIATE, "owner") == rights_of(Who.ASSOCIATE, Role.ASSOCIATE)
    assert rights_of(Who.ASSOCIATE, None) == rights_of(Who.ASSOCIATE, Role.ASSOCIATE)
