"""Are many clients tagged or followed up at once, none twice, and does one Undo bring it back?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from clientele.domain.client import BookRole
from clientele.domain.tables import BookMembership, Client, ClientTag, ContactPoint, FollowUp, Tag
from clientele.services import books, many
from clientele.services.absences import SayAway, say_away
from clientele.services.book_refusals import NobodyChosen, TooMany
from clientele.services.clients import SetTag, set_tag
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import FollowUpWithoutReason
from clientele.services.many import FollowUpMany, TagMany, follow_up_many, tag_many
from clientele.services.passing_on import AT_ONCE
from clientele.store.queries.many import Outlook, outlook
from tests.services.floor import Floor


@pytest.fixture
def three(floor: Floor) -> tuple[int, ...]:
    """Three clients: R. Okafor's, M. Silva's and nobody's."""
    now = floor.clock.now()
    ids = tuple(
        floor.add(Client(given_name=name, sort_name=name, created_at=now, updated_at=now))
        for name in "abc"
    )
    for client, who in zip(ids, (floor.okafor, floor.silva), strict=False):
        floor.add(
            BookMembership(client_id=client, associate_id=who, role=BookRole.OWNER, since=now)
        )
    return ids


def tagged(floor: Floor) -> set[tuple[int, str]]:
    asked = select(col(ClientTag.client_id), col(Tag.name)).join(
        Tag, col(Tag.id) == col(ClientTag.tag_id)
    )
    return {tuple(row) for row in floor.ask(lambda s: s.execute(asked).all())}


def follow_ups(floor: Floor) -> dict[int, tuple[int, str, str]]:
    rows = floor.ask(lambda s: s.scalars(select(FollowUp)).all())
    return {row.client_id: (row.associate_id, row.channel, row.reason) for row in rows}


def test_a_tag_goes_on_and_off_many_and_comes_back(floor: Floor, three: tuple[int, ...]) -> None:
    first = floor.do(set_tag, SetTag(three[0], "VIP"))
    put = floor.do(tag_many, TagMany((*three, three[0], 9_999), " vip "))
    assert tagged(floor) == {(key, "VIP") for key in three}
    assert put.clients == set(three[1:])
    off = floor.do(tag_many, TagMany(three, "Vip", on=False))
    assert tagged(floor) == set()
    floor.undo(off)
    assert tagged(floor) == {(key, "VIP") for key in three}
    floor.undo(put)
    assert tagged(floor) == {(three[0], "VIP")}
    floor.undo(first)
    assert floor.ask(lambda s: s.scalars(select(Tag)).all()) == []
    assert not floor.do(tag_many, TagMany(three, "unheard of", on=False))


def test_a_follow_up_for_each_is_mine_or_the_owners_and_none_is_asked_twice(
    floor: Floor, three: tuple[int, ...]
) -> None:
    day = floor.clock.now().date() + timedelta(days=3)
    mine = FollowUpMany(three[:1], floor.okafor, "call", "New  suits", day)
    floor.do(follow_up_many, mine)
    theirs = FollowUpMany(three, floor.okafor, "text", " new  SUITS ", day, owners=True)
    changes = floor.do(follow_up_many, theirs)
    assert follow_ups(floor) == {
        three[0]: (floor.okafor, "call", "New  suits"),
        three[1]: (floor.silva, "text", "new  SUITS"),
        three[2]: (floor.okafor, "text", "new  SUITS"),
    }
    floor.undo(changes)
    assert set(follow_ups(floor)) == {three[0]}


def test_what_it_comes_to_is_told_beforehand(floor: Floor, three: tuple[int, ...]) -> None:
    today = floor.clock.now().date()
    floor.add(ContactPoint(client_id=three[1], kind="phone", value="1"))
    floor.do(say_consent, SayConsent(three[1], "call", False, floor.okafor))
    back = today + timedelta(days=4)
    floor.do(say_away, SayAway(floor.silva, floor.okafor, today, back, by=floor.silva))
    floor.do(follow_up_many, FollowUpMany(three[2:], floor.okafor, "call", "x", today))

    def look(channel: str, days: int) -> Outlook:
        on = today + timedelta(days=days)
        found = floor.ask(outlook, three, channel=channel, reason="X", on=on)
        assert isinstance(found, Outlook)
        return found

    assert look("call", 3) == Outlook(3, 2, 1, 1, 0, (("M. Silva", 1),))
    assert look("call", 4) == Outlook(3, 2, 1, 1, 0, ())
    assert look("email", 3) == Outlook(3, 2, 2, 0, 0, (("M. Silva", 1),))
    assert look("text", 3) == Outlook(3, 2, 1, 0, 1, (("M. Silva", 1),))


def test_more_than_one_statement_holds_are_done_in_pieces(floor: Floor) -> None:
    now = floor.clock.now()
    with floor.store.write() as session:
        session.add_all(
            Client(given_name="a", sort_name="a", created_at=now, updated_at=now)
            for _ in range(AT_ONCE + 5)
        )
        session.flush()
        ids = tuple(key for key in session.scalars(select(col(Client.id))) if key is not None)
    changes = floor.do(tag_many, TagMany(ids, "all"))
    assert len(tagged(floor)) == len(ids)
    floor.undo(changes)
    assert tagged(floor) == set()


def test_what_cannot_be_is_refused(floor: Floor, three: tuple[int, ...]) -> None:
    day = floor.clock.now().date()
    with pytest.raises(many.TagWithoutName):
        floor.do(tag_many, TagMany(three, "  "))
    with pytest.raises(NobodyChosen):
        floor.do(tag_many, TagMany((), "vip"))
    with pytest.raises(TooMany):
        floor.do(tag_many, TagMany(tuple(range(books.MOST + 1)), "vip"))
    with pytest.raises(FollowUpWithoutReason):
        floor.do(follow_up_many, FollowUpMany(three, floor.okafor, "call", " ", day))
    with pytest.raises(NobodyChosen):
        floor.do(follow_up_many, FollowUpMany((), floor.okafor, "call", "x", day))
    assert follow_ups(floor) == {}
