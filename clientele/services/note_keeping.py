"""What does an offered entry become when it is kept? The same as if it had been typed by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.known import OfferState
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.dates import NotADay, PartialDate
from clientele.domain.rules.due_days import DayGone
from clientele.domain.rules.quick_note_days import read_when
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.tables import Department, HouseholdMember, Note, NoteOffer
from clientele.services.clients import (
    AddContactPoint,
    EditClient,
    SetBirthday,
    add_contact_point,
    edit_client,
    set_birthday,
)
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    add_household_member,
    add_occasion,
)
from clientele.services.preferences import (
    AddPreference,
    add_preference,
)
from clientele.services.promises import MakePromise, make_promise
from clientele.services.sizes import (
    AddSize,
    add_size,
)

WHERE_NO_DAY_WAS_SAID = timedelta(days=7)
"""A promise without a day is to be kept within a week: it stays in sight until it is."""

COMES_EVERY_YEAR = (OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY)


class NobodySaid(Refusal):
    """An entry was left without the words that it is about."""

    template = "There is nothing to keep: its words are empty. Type some, or drop it."


@dataclass(frozen=True, slots=True)
class Keeping:
    """The offer with its fields, the note it is of, who keeps it, on which day and when."""

    row: NoteOffer
    note: Note
    by: int
    fields: dict[str, str]
    today: date
    now: datetime

    def words(self, name: str) -> str:
        """A field; it must not be empty.

        Raises:
            NobodySaid: it is.
        """
        words = self.fields[name].strip()
        if not words:
            raise NobodySaid
        return words

    def due(self) -> date:
        """The day until which, today or later.

        Raises:
            NotADay, DayGone: it is none, or went by.
        """
        text = self.fields["due"].strip()
        if not text:
            return self.today + WHERE_NO_DAY_WAS_SAID
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise NotADay(text=text) from error
        if day < self.today:
            raise DayGone(text=text)
        return day

    def when(self) -> PartialDate:
        """The day that comes every year, or once.

        Raises:
            NotADay: it is none.
        """
        when = read_when(self.fields["when"])
        if when is None:
            raise NotADay(text=self.fields["when"])
        return when


def keep_as(session: Session, what: Keeping) -> tuple[str, int | None]:
    """Make the offer what it says; answers the table and the id of what it became."""
    return _KEPT[OfferKind(what.row.kind)](session, what)


def member_of(session: Session, client_id: int, name: str, relation: str) -> int | None:
    """Who of the household is meant by a name, or by a relation that only one has."""
    rows = session.scalars(
        select(HouseholdMember)
        .where(col(HouseholdMember.client_id) == client_id)
        .order_by(col(HouseholdMember.id))
    ).all()
    first = name.casefold().split()[:1]
    named = [row for row in rows if first and row.name.casefold().split()[:1] == first]
    alike = [row for row in rows if relation and row.relation.casefold() == relation.casefold()]
    if named:
        return named[0].id
    if len(alike) == 1 and not (name.strip() and alike[0].name.strip()):
        return alike[0].id
    return None


def _for_whom(session: Session, what: Keeping) -> int | None:
    """The member of the household that it is of, added if need be; None for the client."""
    name, relation = what.fields["for_name"].strip(), what.fields["for_relation"].strip()
    if not name and not relation:
        return None
    return _somebody(session, what, name, relation)


def _somebody(session: Session, what: Keeping, name: str, relation: str) -> int | None:
    key = member_of(session, what.note.client_id, name, relation)
    if key is None:
        person = AddHouseholdMember(what.note.client_id, name, relation)
        key = add_household_member(session, person, now=what.now).subject
    elif name:
        row = session.get(HouseholdMember, key)
        if row is not None and not row.name.strip():
            row.name = name
    _settle_person(session, what, name, relation, key)
    return key


def _settle_person(
    session: Session, what: Keeping, name: str, relation: str, key: int | None
) -> None:
    """Whoever is of the household now need not be offered to it."""
    for row in session.scalars(
        select(NoteOffer).where(
            col(NoteOffer.client_id) == what.note.client_id,
            col(NoteOffer.kind) == OfferKind.PERSON,
            col(NoteOffer.state) == OfferState.OFFERED,
            col(NoteOffer.id) != what.row.id,
        )
    ):
        fields = json.loads(row.fields)
        if (fields["name"].casefold(), fields["relation"].casefold()) == (
            name.casefold(),
            relation.casefold(),
        ):
            row.state, row.decided_at, row.associate_id = OfferState.KEPT, what.now, what.by
            row.made_table, row.made_id = HouseholdMember.__tablename__, key


Made = tuple[str, int | None]


def _person(session: Session, what: Keeping) -> Made:
    name, relation = what.fields["name"].strip(), what.fields["relation"].strip()
    if not name and not relation:
        raise NobodySaid
    return "household_member", _somebody(session, what, name, relation)


def _size(session: Session, what: Keeping) -> Made:
    size = AddSize(
        what.note.client_id,
        what.words("category"),
        what.words("value"),
        what.by,
        brand=what.fields["brand"],
        department_id=what.note.department_id,
        household_member_id=_for_whom(session, what),
    )
    return "size", add_size(session, size, now=what.now).subject


def _preference(session: Session, what: Keeping) -> Made:
    department = what.fields["department"]
    department_id = session.scalar(
        select(col(Department.id)).where(col(Department.name) == department)
    )
    member = _for_whom(session, what)
    made: list[int | None] = []
    for words in what.words("what").split(","):
        if words.strip():
            preference = AddPreference(
                what.note.client_id,
                what.row.kind,
                words.strip(),
                what.by,
                department_id=department_id,
                household_member_id=member,
            )
            made.append(add_preference(session, preference, now=what.now).subject)
    return "preference", made[0] if made else None


def _occasion(session: Session, what: Keeping) -> Made:
    kind = OccasionKind(what.fields["occasion"])
    occasion = AddOccasion(
        what.note.client_id,
        what.when(),
        kind,
        title=what.fields["title"],
        household_member_id=_for_whom(session, what),
        every_year=kind in COMES_EVERY_YEAR,
    )
    return "occasion", add_occasion(session, occasion, now=what.now).subject


def _birthday(session: Session, what: Keeping) -> Made:
    birthday = SetBirthday(what.note.client_id, what.when())
    return "client", set_birthday(session, birthday, now=what.now).subject


def _promise(session: Session, what: Keeping) -> Made:
    promise = MakePromise(
        what.note.client_id,
        what.by,
        PromiseKind(what.fields["promise"]),
        what.words("what"),
        what.due(),
        department_id=what.note.department_id,
        visit_id=what.note.visit_id,
    )
    return "promise", make_promise(session, promise, now=what.now).subject


def _follow_up(session: Session, what: Keeping) -> Made:
    follow_up = NewFollowUp(
        what.note.client_id,
        what.by,
        Channel(what.fields["channel"]),
        what.words("reason"),
        what.due(),
        visit_id=what.note.visit_id,
    )
    return "follow_up", new_follow_up(session, follow_up, now=what.now).subject


def _contact(session: Session, what: Keeping) -> Made:
    point = AddContactPoint(what.note.client_id, what.words("value"))
    return "contact_point", add_contact_point(session, point, now=what.now).subject


def _language(session: Session, what: Keeping) -> Made:
    language = EditClient(what.note.client_id, "language", what.words("tag"))
    return "client", edit_client(session, language, now=what.now).subject


def _name(session: Session, what: Keeping) -> Made:
    name = EditClient(what.note.client_id, "preferred_name", what.words("name"))
    return "client", edit_client(session, name, now=what.now).subject


def _wish(session: Session, what: Keeping) -> Made:
    from clientele.services.wishes import AddWish, add_wish

    wish = AddWish(
        what.note.client_id,
        what.by,
        what.words("item"),
        household_member_id=_for_whom(session, what),
        department_id=what.note.department_id,
    )
    return "wish", add_wish(session, wish, now=what.now).subject


_KEPT: dict[OfferKind, Callable[[Session, Keeping], Made]] = {
    OfferKind.PERSON: _person,
    OfferKind.SIZE: _size,
    OfferKind.LIKE: _preference,
    OfferKind.AVOID: _preference,
    OfferKind.OCCASION: _occasion,
    OfferKind.BIRTHDAY: _birthday,
    OfferKind.PROMISE: _promise,
    OfferKind.FOLLOW_UP: _follow_up,
    OfferKind.CONTACT: _contact,
    OfferKind.LANGUAGE: _language,
    OfferKind.NAME: _name,
    OfferKind.WISH: _wish,
}
