"""Does each of many get their own e-mail, is who may not left out, does one Undo call it off?"""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.contacting import MessageState
from clientele.domain.rules.templates import Address, Template, Variant
from clientele.domain.tables import Client, Consent, ContactPoint, MailAccount, Message
from clientele.services.book_refusals import NobodyChosen
from clientele.services.changes import Changes
from clientele.services.message_refusals import NoMailAccount
from clientele.services.messages_many import TemplateGone, WriteMany, write_many
from clientele.services.templates import KeepTemplate, OfferTemplate, keep_template, offer_template
from clientele.services.undo import CannotUndo
from clientele.store.queries.message_many import LeftOut, Letters, for_many, letters
from tests.services.floor import Floor

SHOW = Template(
    "Trunk show",
    Purpose.NEWS,
    (Channel.EMAIL,),
    (
        Variant("en", "Come and see, {preferred name}. {how to stop}", "A trunk show"),
        Variant("de", "Kommen Sie, {full name}. {how to stop}", "Einladung", Address.FORMAL),
    ),
)


@pytest.fixture
def people(floor: Floor) -> dict[str, int]:
    """Ann and Bea said yes to news; Bea reads German; Cid said nothing; Dan has no address."""
    found = {}
    for name, language in (("Ann", "en"), ("Bea", "de-AT"), ("Cid", "en"), ("Dan", "en")):
        now = floor.clock.now()
        client = Client(given_name=name, family_name="X", sort_name=f"x {name.lower()}",
                        language=language, created_at=now, updated_at=now)  # fmt: skip
        found[name] = floor.add(client)
        if name != "Dan":
            mail = f"{name.lower()}@x.example"
            point = ContactPoint(client_id=found[name], kind="email", value=mail, normalised=mail)
            floor.add(point)
        if name != "Cid":
            floor.add(
                Consent(
                    client_id=found[name],
                    channel="email",
                    purpose="news",
                    allowed=True,
                    said_at=now,
                )
            )
    return found


@pytest.fixture
def show(floor: Floor) -> str:
    """The template's key; the store has a mail account."""
    floor.add(
        MailAccount(
            whose="store", host="mail.example", port=465, security="tls", user="shop",
            sender_name="Herengracht", sender_address="hello@store.example",
            updated_at=floor.clock.now(),
        )
    )  # fmt: skip
    floor.new(keep_template, KeepTemplate(SHOW, floor.okafor))
    offered = floor.ask(for_many, floor.okafor, language="en")
    assert offered.by_account
    return str(next(one.key for one in offered.templates if one.name == "Trunk show"))


def wanted(floor: Floor, people: dict[str, int], key: str) -> WriteMany:
    return WriteMany(tuple(people.values()), floor.okafor, key, "en")


def waiting(floor: Floor) -> list[tuple[str, str, str, str]]:
    asked = select(
        col(Client.given_name), col(Message.subject), col(Message.body), col(Message.state)
    ).join(Message, col(Message.client_id) == col(Client.id))
    with floor.store.read() as session:
        return sorted((who, of, says, state) for who, of, says, state in session.execute(asked))


def foreseen(floor: Floor, people: dict[str, int], key: str) -> Letters:
    offered = floor.ask(for_many, floor.okafor, language="en").templates
    template = next(one for one in offered if one.key == key)
    found: Letters = floor.ask(
        letters, tuple(people.values()), template, floor.okafor,
        language="en", now=floor.clock.now(),
    )  # fmt: skip
    return found


def test_each_gets_their_own_in_their_language_and_others_are_left_out_with_why(
    floor: Floor, people: dict[str, int], show: str
) -> None:
    before = foreseen(floor, people, show)
    assert [one.named.given_name for one in before.ready] == ["Ann", "Bea"]
    left = {one.named.given_name: one for one in before.left}
    assert {name: one.why for name, one in left.items()} == {
        "Cid": LeftOut.NOT_ALLOWED,
        "Dan": LeftOut.NOT_ALLOWED,
    }
    assert left["Cid"].refused is not None
    floor.do(write_many, wanted(floor, people, show))
    found = waiting(floor)
    assert [row[0] for row in found] == ["Ann", "Bea"]
    assert found[0][1] == "A trunk show"
    assert found[0][2].startswith("Come and see, Ann.")
    assert found[1][2].startswith("Kommen Sie, Bea X.")
    assert [(row[1], row[2]) for row in found] == [
        (one.subject, one.body.strip()) for one in before.ready
    ]


def test_the_same_again_is_refused_by_the_limit(
    floor: Floor, people: dict[str, int], show: str
) -> None:
    floor.do(write_many, wanted(floor, people, show))
    assert foreseen(floor, people, show).ready == ()
    floor.do(write_many, wanted(floor, people, show))
    assert len(waiting(floor)) == 2


def test_one_undo_calls_off_what_has_not_gone(
    floor: Floor, people: dict[str, int], show: str
) -> None:
    def written() -> Changes:
        return floor.do(write_many, wanted(floor, people, show))

    def state(of: str, value: str) -> None:
        with floor.store.write() as session:
            asked = update(Message).where(col(Message.client_id) == people[of])
            session.execute(asked.values(state=value, tries=1))

    floor.undo(written())
    assert waiting(floor) == []
    changes = written()
    state("Ann", MessageState.SENT)
    state("Bea", MessageState.LATER)
    floor.undo(changes)
    assert [(row[0], row[3]) for row in waiting(floor)] == [("Ann", "sent")]
    with pytest.raises(CannotUndo):
        floor.undo(changes)


def test_without_an_account_template_or_clients_nothing_is_written(
    floor: Floor, people: dict[str, int], show: str
) -> None:
    with pytest.raises(NobodyChosen):
        floor.do(write_many, WriteMany((), floor.okafor, show, "en"))
    offered = floor.ask(for_many, floor.okafor, language="en").templates
    gone = next(one for one in offered if one.key == show)
    floor.do(offer_template, OfferTemplate(gone, False, floor.okafor))
    with pytest.raises(TemplateGone):
        floor.do(write_many, wanted(floor, people, show))
    with floor.store.write() as session:
        session.query(MailAccount).delete()
    with pytest.raises(NoMailAccount):
        floor.do(write_many, wanted(floor, people, show))
    assert waiting(floor) == []
