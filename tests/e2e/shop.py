"""A store on a Saturday: three people who sell, one client, and a terminal to serve them at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from clientele.domain.tables import Associate
from clientele.services.clients import NewClient, new_client
from clientele.services.household import AddHouseholdMember, add_household_member
from clientele.services.rows import the
from clientele.services.sizes import (
    AddSize,
    add_size,
)
from clientele.services.team import AddAssociate, AddDepartment, add_associate, add_department
from clientele.store.session import Store
from clientele.ui.workplace import Workplace
from tests.e2e.hand import Hand

PIN = "2468"
PEOPLE = (
    ("Ruth Okafor", "Men's Suits"),
    ("Lena Sato", "Women's Sportswear"),
    ("Marco Ricci", "Alterations"),
)


class Shop:
    """The program on an open book; ``hand`` works it, whoever is signed in."""

    def __init__(self, workplace: Workplace, store: Store, hand: Hand) -> None:
        self.workplace, self.store, self.hand = workplace, store, hand

    def sign_in(self, name: str) -> None:
        """Somebody takes over the terminal: the lock, their name, their PIN."""
        hand = self.hand
        if not self.workplace.window.is_locked:
            hand.key("Ctrl+L")
        hand.until(lambda: hand.sees(name), name)
        if not hand.sees(f"PIN of {name}"):
            hand.press(name)
        hand.wait_for(f"PIN of {name}")
        hand.write(PIN)
        hand.key("Return")
        hand.until(lambda: not self.workplace.window.is_locked, "signed in")


def people(session: Session, pin_hash: str, now: datetime) -> dict[str, int]:
    """The store's people by name, each with the PIN 2468."""
    made = {}
    for name, department in PEOPLE:
        add_department(session, AddDepartment(department), now=now)
        made[name] = add_associate(session, AddAssociate(name, department), now=now).subject or 0
        the(session, Associate, made[name]).pin_hash = pin_hash
    return made


def daniel(session: Session, by: int, now: datetime) -> int:
    """Daniel Tran, whose wife Anna wears UK 12; answers his id."""
    client = new_client(session, NewClient(by, "Daniel", "Tran"), now=now).subject or 0
    wife = add_household_member(
        session, AddHouseholdMember(client, "Anna", "wife"), now=now
    ).subject
    add_size(
        session,
        AddSize(client, "Dress", "UK 12", by, household_member_id=wife),
        now=now,
    )
    return client
