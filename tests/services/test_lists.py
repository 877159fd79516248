"""Is a list whose it is, worked through by each alone, and does every step come back by Undo?"""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from clientele.domain.errors import CardNumberFound, NotThere
from clientele.domain.rules.filter_texts import UnknownFilter, filter_json
from clientele.domain.rules.filters import Condition, Filter, Group, Match, What
from clientele.domain.tables import SavedList, metadata
from clientele.services import lists
from clientele.services.lists import (
    AskOtherwise,
    BeginAgain,
    CopyList,
    DeleteList,
    MarkClient,
    RenameList,
    SaveList,
    ShareList,
    ask_otherwise,
    begin_again,
    copy_list,
    delete_list,
    mark_client,
    rename_list,
    save_list,
    share_list,
)
from clientele.services.verb import Verb
from clientele.store.queries.lists import done_with, saved_list, saved_lists
from tests.services.floor import Floor

VIPS = Filter(parts=(Condition(What.TAG, about=1),))
SHOES = Filter(Match.ANY, (Condition(What.BOUGHT_IN, about=2), Condition(What.MINE, turned=True)))


@pytest.fixture
def mine(floor: Floor) -> int:
    """A shared list of R. Okafor."""
    return floor.new(save_list, SaveList(floor.okafor, "  Spring   list ", VIPS, shared=True))


def names(floor: Floor, by: int) -> list[str]:
    return [row.name for row in floor.ask(saved_lists, by)]


def tables(floor: Floor) -> list[Any]:
    """Everything of lists, as it stands."""
    rows = []
    for name in ("saved_list", "saved_list_mark"):
        table = metadata.tables[name]
        asked = select(table).order_by(table.c.id)
        rows += [tuple(row) for row in floor.ask(lambda s, a=asked: s.execute(a).all())]
    return rows


def test_a_list_is_kept_with_what_it_asks_and_seen_by_whom_it_is_shared_with(
    floor: Floor, mine: int
) -> None:
    floor.do(save_list, SaveList(floor.okafor, "Private", SHOES))
    own = floor.ask(saved_lists, floor.okafor)
    assert [(row.name, row.asked, row.shared) for row in own] == [
        ("Private", SHOES, False),
        ("Spring list", VIPS, True),
    ]
    assert names(floor, floor.silva) == ["Spring list"]
    theirs = floor.ask(saved_list, mine, floor.silva)
    assert (theirs.associate, theirs.done) == ("R. Okafor", 0)


def test_a_list_of_a_newer_version_is_there_and_says_why_it_cannot_be_opened(
    floor: Floor, mine: int
) -> None:
    with floor.store.write() as session:
        row = session.get(SavedList, mine)
        assert row is not None
        row.question = filter_json(VIPS).replace('"tag"', '"moon"')
    row = floor.ask(saved_list, mine, floor.okafor)
    assert row.asked is None
    assert "“moon”" in row.trouble


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        (rename_list, lambda key, by: RenameList(key, by, "Mine now")),
        (share_list, lambda key, by: ShareList(key, by, False)),
        (ask_otherwise, lambda key, by: AskOtherwise(key, by, SHOES)),
        (delete_list, DeleteList),
    ],
)
def test_a_colleagues_list_can_be_copied_and_not_changed(
    floor: Floor, mine: int, verb: Verb[Any], what: Any
) -> None:
    before = tables(floor)
    with pytest.raises(lists.NotYourList) as refused:
        floor.do(verb, what(mine, floor.silva))
    assert "R. Okafor" in refused.value.sentence
    assert tables(floor) == before
    copy = floor.new(copy_list, CopyList(mine, floor.silva, "Spring list"))
    row = floor.ask(saved_list, copy, floor.silva)
    assert (row.asked, row.shared, row.associate_id) == (VIPS, False, floor.silva)
    floor.do(verb, what(copy, floor.silva))


def test_a_private_list_is_not_there_for_others(floor: Floor, mine: int) -> None:
    floor.do(share_list, ShareList(mine, floor.okafor, False))
    steps: list[tuple[Verb[Any], Any]] = [
        (copy_list, CopyList(mine, floor.silva, "x")),
        (mark_client, MarkClient(mine, floor.daniel, floor.silva)),
        (begin_again, BeginAgain(mine, floor.silva)),
    ]
    for verb, what in steps:
        with pytest.raises(NotThere):
            floor.do(verb, what)


def test_names_are_needed_and_not_given_twice_by_one(floor: Floor, mine: int) -> None:
    with pytest.raises(lists.ListWithoutName):
        floor.do(save_list, SaveList(floor.okafor, " ", VIPS))
    with pytest.raises(lists.ListNameTaken):
        floor.do(save_list, SaveList(floor.okafor, "SPRING list", VIPS))
    with pytest.raises(lists.NothingAsked):
        floor.do(save_list, SaveList(floor.okafor, "Everybody", Filter()))
    with pytest.raises(lists.NothingAsked):
        floor.do(ask_otherwise, AskOtherwise(mine, floor.okafor, Filter()))
    with pytest.raises(CardNumberFound):
        floor.do(save_list, SaveList(floor.okafor, "4111 1111 1111 1111", VIPS))
    many = Filter(parts=(Group(Match.ANY, VIPS.conditions() * 61),))
    with pytest.raises(UnknownFilter):
        floor.do(save_list, SaveList(floor.okafor, "Too long", many))
    with pytest.raises(UnknownFilter):
        floor.do(ask_otherwise, AskOtherwise(mine, floor.okafor, many))
    assert floor.ask(saved_list, mine, floor.okafor).asked == VIPS
    floor.do(rename_list, RenameList(mine, floor.okafor, "spring list"))
    floor.do(save_list, SaveList(floor.silva, "Spring list", VIPS))
    assert names(floor, floor.okafor) == [
        "spring list",
    ]


def test_each_associate_is_done_with_clients_of_their_own(floor: Floor, mine: int) -> None:
    for by in (floor.okafor, floor.silva, floor.okafor):
        floor.do(mark_client, MarkClient(mine, floor.daniel, by))
    assert floor.ask(done_with, mine, floor.okafor) == {floor.daniel}
    floor.do(mark_client, MarkClient(mine, floor.daniel, floor.okafor, done=False))
    assert floor.ask(done_with, mine, floor.okafor) == frozenset()
    assert floor.ask(done_with, mine, floor.silva) == {floor.daniel}
    assert floor.ask(saved_list, mine, floor.silva).done == 1
    floor.do(begin_again, BeginAgain(mine, floor.silva))
    assert floor.ask(done_with, mine, floor.silva) == frozenset()


def test_every_step_comes_back_by_undo(floor: Floor, mine: int) -> None:
    floor.do(mark_client, MarkClient(mine, floor.daniel, floor.okafor))
    me = floor.okafor
    steps: list[tuple[Verb[Any], Any]] = [
        (save_list, SaveList(me, "Another", SHOES)),
        (rename_list, RenameList(mine, me, "Autumn")),
        (share_list, ShareList(mine, me, False)),
        (ask_otherwise, AskOtherwise(mine, me, SHOES)),
        (copy_list, CopyList(mine, me, "Copy")),
        (mark_client, MarkClient(mine, floor.daniel, me, done=False)),
        (begin_again, BeginAgain(mine, me)),
        (delete_list, DeleteList(mine, me)),
    ]
    for verb, what in steps:
        before = tables(floor)
        changes = floor.do(verb, what)
        assert tables(floor) != before
        floor.undo(changes)
        assert tables(floor) == before, verb
