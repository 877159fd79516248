"""A client is known: words become what is known, a wish is held, two who are one are merged."""

from __future__ import annotations

from functools import partial

from sqlalchemy import func, select
from sqlmodel import col

from clientele.domain.base import Table
from clientele.domain.tables import (
    Associate,
    Client,
    HouseholdMember,
    Note,
    NoteOffer,
    Occasion,
    Preference,
    Promise,
    Size,
    Wish,
)
from clientele.services.clients import AddContactPoint, add_contact_point
from clientele.store.session import Store
from clientele.system.clock import FixedClock
from tests.e2e.hand import Hand
from tests.e2e.shop import Shop, daniel

SAID = "sister Mai likes emerald, ring size 6, her birthday is on 5 dec"


def count(store: Store, table: type[Table], **fields: object) -> int:
    """How many rows of a table say this."""
    asked = select(func.count()).select_from(table)
    for name, value in fields.items():
        asked = asked.where(getattr(table, name) == value)
    with store.read() as session:
        return session.scalar(asked) or 0


def find_him_misspelt(hand: Hand) -> None:
    """Two letters wrong, and the name said the other way round."""
    hand.key("Ctrl+K")
    hand.write("trann danel")
    hand.wait_for("Daniel Tran")
    hand.key("Return")
    hand.wait_for("Sizes and fit")


def write_what_he_says(hand: Hand, store: Store) -> None:
    """Plain words, kept as they are; what they mean is offered and kept by one key each."""
    hand.key("Ctrl+N")
    hand.write(SAID)
    hand.key("Ctrl+Return")
    hand.wait_for("offers from the notes")
    assert count(store, HouseholdMember, name="Mai") == 0
    assert count(store, Note, body=SAID) == 1
    hand.wait_for("Mai · sister")
    for left in range(count(store, NoteOffer, state="offered"))[::-1]:
        hand.key("Y")
        hand.until(partial(_as_many, store, left), "kept")


def _as_many(store: Store, left: int) -> bool:
    return count(store, NoteOffer, state="offered") == left


def wish_and_hold(hand: Hand, store: Store) -> None:
    """What she would like is put on his list, and held."""
    hand.key("Ctrl+Shift+W")
    hand.wait_for("What, in words or its number")
    hand.write("emerald silk scarf, for Mai, 420")
    hand.key("Return")
    hand.until(lambda: count(store, Wish, state="open") == 1, "the wish")
    hand.wait_for("for Mai")
    hand.press_on_row("silk scarf", "Hold")
    hand.key("Ctrl+Return")
    hand.until(lambda: count(store, Promise, kind="hold") == 1, "held")


def meet_him_again(hand: Hand, store: Store) -> None:
    """Entered anew in another spelling: it is said, and kept all the same."""
    hand.key("Ctrl+Shift+N")
    hand.write("Danyel")
    hand.key("Tab")
    hand.write("Tran")
    hand.into("Phone")
    hand.write("0205550142")
    hand.wait_for("Daniel Tran")
    hand.key("Ctrl+Return")
    hand.until(lambda: count(store, Client) == 2, "both")
    hand.wait_for("Nothing yet: the newest note stands here.")


def make_one_of_two(hand: Hand, store: Store) -> None:
    """The pair is looked at, made one, taken back, and made one again."""
    hand.key("Ctrl+9")
    hand.press("Look through the book now")
    hand.wait_for("~ Danyel Tran")
    hand.click_row("Danyel Tran")
    hand.key("M")
    hand.until(lambda: count(store, Client) == 1, "one client")
    hand.wait_for("Made one client")
    assert count(store, Note, body=SAID) == 1
    hand.key("Ctrl+Z")
    hand.until(lambda: count(store, Client) == 2, "two again")


def test_a_client_is_known(shop: Shop, clock: FixedClock) -> None:
    hand, store = shop.hand, shop.store
    with store.write() as session:
        ruth = session.scalars(select(Associate).where(col(Associate.name) == "Ruth Okafor")).one()
        client = daniel(session, ruth.id or 0, clock.now())
        add_contact_point(session, AddContactPoint(client, "020 555 0142"), now=clock.now())
    shop.sign_in("Ruth Okafor")
    find_him_misspelt(hand)
    write_what_he_says(hand, store)
    assert count(store, HouseholdMember, name="Mai", relation="sister") == 1
    assert count(store, Preference, what="emerald", kind="like") == 1
    assert count(store, Size, category="Ring", value="6") == 1
    assert count(store, Occasion, month=12, day=5) == 1
    wish_and_hold(hand, store)
    meet_him_again(hand, store)
    make_one_of_two(hand, store)
    assert count(store, Wish, state="open") == 1
