"""Is the trail told in plain words, page by page, to those who may see it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlmodel import col

from clientele.domain.rules.acts import ActKind
from clientele.domain.rules.rights import NOBODY, associate
from clientele.domain.tables import AuditEntry, Client, ClientTag
from clientele.domain.team import Role
from clientele.services.acting import OnlyAStoreManager, SignInFirst
from clientele.services.audit import record
from clientele.services.audit_read import read_chain, read_trail
from clientele.services.audit_verbs import SeeClient, TakenOut, say_taken_out, see_client
from clientele.services.audit_words import sentence
from clientele.services.clients import EditClient, NewClient, edit_client, new_client
from clientele.services.many import TagMany, tag_many
from clientele.services.merging import Merge, merge_clients
from clientele.services.team import (
    AddAssociate,
    ChangeAssociate,
    add_associate,
    change_associate,
)
from clientele.store.queries.audit import Asked, Trail
from clientele.system.formats import Formats
from tests.services.floor import Floor

FORMATS = Formats("en", "Europe/Amsterdam")


def page(floor: Floor, asked: Asked = Asked()) -> Trail:  # noqa: B008 - frozen
    found: Trail = floor.ask(read_trail, asked)
    return found


def told(floor: Floor, asked: Asked = Asked()) -> list[str]:  # noqa: B008 - frozen
    name = lambda named: named.name or f"Client {named.client_id}"  # noqa: E731
    return [sentence(line, FORMATS, name=name) for line in page(floor, asked).lines]


def see(floor: Floor, client: int, by: int) -> None:
    with floor.store.write(acting=associate(by)) as session:
        see_client(session, SeeClient(client, by), now=floor.clock.now())


def test_it_is_told_in_sentences(floor: Floor) -> None:
    manager = Role.DEPARTMENT_MANAGER  # who may take clients out
    floor.do(change_associate, ChangeAssociate(floor.silva, "M. Silva", "Men's Shoes", manager))
    floor.clock.advance(timedelta(seconds=1))
    see(floor, floor.daniel, floor.okafor)
    floor.clock.advance(timedelta(seconds=1))
    with floor.store.write(acting=associate(floor.silva)) as session:
        what = EditClient(floor.daniel, "say_it", "trahn")
        edit_client(session, what, now=floor.clock.now())
    floor.clock.advance(timedelta(seconds=1))
    with floor.store.write(acting=associate(floor.silva)) as session:
        out = TakenOut("export_clients", floor.silva, "drive", clients=(floor.daniel,))
        say_taken_out(session, out, now=floor.clock.now())
    assert told(floor)[:3] == [
        "M. Silva took out Daniel Tran, onto a drive that can be taken away",
        "M. Silva changed how to say the name of Daniel Tran",
        "R. Okafor saw Daniel Tran",
    ]


def test_names_are_those_of_today_and_who_is_gone_is_not_named(floor: Floor) -> None:
    one = floor.new(new_client, NewClient(floor.okafor, "Eleanor", "Marsh"))
    floor.clock.advance(timedelta(minutes=1))
    see(floor, one, floor.okafor)
    floor.do(edit_client, EditClient(one, "family_name", "Marsh-Lee"))
    assert "R. Okafor saw Eleanor Marsh-Lee" in told(floor)
    with floor.store.write() as session:
        session.execute(delete(Client).where(col(Client.id) == one))
    assert "R. Okafor saw a client who was erased" in told(floor)
    # The number of the one who is gone is given to the next, who was seen by nobody.
    floor.clock.advance(timedelta(minutes=1))
    assert floor.new(new_client, NewClient(floor.okafor, "Nell", "Frost")) == one
    assert "R. Okafor saw a client who was erased" in told(floor)
    assert "R. Okafor saw Nell Frost" not in told(floor)


def test_a_client_is_followed_through_a_merge_and_through_many(floor: Floor) -> None:
    other = floor.new(new_client, NewClient(floor.okafor, "Dan", "Tran"))
    third = floor.new(new_client, NewClient(floor.okafor, "Nell", "Frost"))
    floor.clock.advance(timedelta(minutes=1))
    see(floor, floor.daniel, floor.okafor)
    floor.do(tag_many, TagMany((floor.daniel, third), "silk"))
    floor.do(tag_many, TagMany((third,), "wool"))
    with floor.store.write() as session:
        merge_clients(session, Merge(floor.daniel, other), now=floor.clock.now())
    kept = max(floor.daniel, other)
    acts = [line.act for line in page(floor, Asked(client_id=kept)).lines]
    assert acts[:3] == ["merge_clients", "tag_many", "see_client"]
    assert "R. Okafor saw Daniel Tran" in told(floor, Asked(client_id=kept, kind=ActKind.SAW))
    assert [line.clients for line in page(floor, Asked(client_id=third)).lines] == [1, 2, 1]


def test_filters(floor: Floor) -> None:
    see(floor, floor.daniel, floor.okafor)
    see(floor, floor.daniel, floor.silva)
    today = FORMATS.local_day(floor.clock.now())
    floor.clock.advance(timedelta(days=1))
    floor.do(edit_client, EditClient(floor.daniel, "say_it", "trahn"))
    with floor.store.write() as session:
        record(session, "something_of_tomorrow", now=floor.clock.now())

    def acts(asked: Asked) -> list[str]:
        return [line.act for line in page(floor, asked).lines]

    assert acts(Asked(kind=ActKind.SAW)) == ["see_client", "see_client"]
    assert acts(Asked(associate_id=floor.silva)) == ["see_client"]
    assert acts(Asked(kind=ActKind.CHANGED, since=today + timedelta(days=1))) == [
        "something_of_tomorrow",
        "edit_client",
    ]
    assert "something that this version has no words for" in told(floor)[0]
    assert "edit_client" not in acts(Asked(until=today))
    assert acts(Asked(client_id=floor.daniel, kind=ActKind.SAW, since=today, until=today)) == [
        "see_client",
        "see_client",
    ]


def test_pages_follow_each_other_with_nothing_twice_and_nothing_left_out(floor: Floor) -> None:
    with floor.store.write() as session:
        for number in range(950):
            client = floor.daniel if number % 3 else None
            record(
                session,
                "see_client",
                clients=() if client is None else (client,),
                now=floor.clock.now() + timedelta(minutes=number // 7),
            )

    def walk(asked: Asked) -> Iterator[int]:
        before = None
        while True:
            one = page(floor, Asked(asked.client_id, kind=asked.kind, before=before))
            yield from (line.id for line in one.lines)
            if (before := one.next) is None:
                return

    whole = list(walk(Asked(kind=ActKind.SAW)))
    assert len(whole) == 950
    assert whole == sorted(whole, reverse=True)
    mine = list(walk(Asked(client_id=floor.daniel, kind=ActKind.SAW)))
    assert len(mine) == len(set(mine)) == 950 * 2 // 3


def test_only_a_store_manager_sees_it(floor: Floor) -> None:
    with floor.store.write() as session:
        person = AddAssociate("G. Lane", "Suits", "2468", role=Role.STORE_MANAGER)
        boss = add_associate(session, person, now=floor.clock.now()).subject
    assert boss is not None
    with floor.store.read(acting=associate(boss)) as session:
        assert read_trail(session, Asked()).lines
        assert read_chain(session).whole
    for who, refusal in ((associate(floor.okafor), OnlyAStoreManager), (NOBODY, SignInFirst)):
        with floor.store.read(acting=who) as session:
            with pytest.raises(refusal):
                read_trail(session, Asked())
            with pytest.raises(refusal):
                read_chain(session)


def test_what_somebody_wrote_over_it_can_still_be_read(floor: Floor) -> None:
    see(floor, floor.daniel, floor.okafor)
    with floor.store.write() as session:
        session.execute(update(AuditEntry).values(detail="{{", act="x"))
        session.execute(delete(ClientTag))
    assert "no words for" in told(floor)[0]
    assert not floor.ask(read_chain).whole
