"""Setting up the store: its profile, its departments, its associates and their PINs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.pin_rules import check_chosen
from clientele.domain.rules.rights import Right, Who, may_give_pin
from clientele.domain.tables import Associate, Department, StoreProfile
from clientele.domain.team import Role
from clientele.services.acting import NotAllowed, acting, needs, require
from clientele.services.pins import check_pin, hashed
from clientele.services.rows import colleague, new_id, the
from clientele.services.sign_in import set_pin
from clientele.services.verb import lasting, verb
from clientele.store.queries.called import called
from clientele.store.queries.team_page import TeamFacts, team


class NameMissing(Refusal):
    """A person or department without a name."""

    template = "A name is missing. Nothing was changed; type one and try again."


class DepartmentThere(Refusal):
    """Two departments of one name cannot be told apart."""

    template = "There is a department “{name}” already. Nothing was changed; choose another name."


class LastStoreManager(Refusal):
    """Nobody would be left who may set up the team."""

    template = (
        "{name} is the only store manager who can sign in. Nothing was changed; "
        "make a colleague with a PIN store manager first."
    )


class NotYoursToGiveAPin(NotAllowed):
    """A department manager, for a manager or for somebody of another department."""

    template = "Only a store manager gives {name} a PIN. Nothing was changed; ask one of them."


class PinsThere(Refusal):
    """A first PIN was chosen in a book that has one."""

    template = (
        "Somebody chose a PIN for this book meanwhile. Nothing was changed; sign in with a PIN."
    )


class UnknownZone(Refusal):
    """Not a time zone of the IANA database."""

    template = "“{zone}” is not a time zone. Nothing was changed; write it like Europe/Amsterdam."


class UnknownCurrency(Refusal):
    """Not an ISO 4217 code."""

    template = "“{currency}” is not a currency. Nothing was changed; write it like EUR or USD."


@dataclass(frozen=True, slots=True)
class SetUpStore:
    """The store: name, ISO 4217 currency, ISO 3166 country, IANA time zone."""

    name: str
    currency: str
    country: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class AddDepartment:
    """A department by name; one that is there already is answered as it is."""

    name: str


@dataclass(frozen=True, slots=True)
class AddAssociate:
    """A person who sells; ``pin`` empty for one who does not sign in."""

    name: str
    department: str
    pin: str = field(default="", repr=False)
    role: str = Role.ASSOCIATE

    def check(self) -> None:
        """Whether the person can be added.

        Raises:
            NameMissing: the name or the department is empty.
            PinRefused: the PIN is too short, too long or not all digits.
        """
        if not self.name.strip() or not self.department.strip():
            raise NameMissing
        if self.pin:
            check_pin(self.pin)


@dataclass(frozen=True, slots=True)
class FirstPin:
    """A first PIN for an associate."""

    associate_id: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ChangeAssociate:
    """What an associate is called, where they work and what they may, as it is to be."""

    associate_id: int
    name: str
    department: str
    role: str


@dataclass(frozen=True, slots=True)
class ResetPin:
    """A PIN that a manager gives; its owner chooses another at the next sign-in."""

    associate_id: int
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RenameDepartment:
    """Another name for a department, everywhere it stands."""

    department_id: int
    name: str


@verb
@needs(Right.TEAM)
def set_up_store(session: Session, what: SetUpStore, /, *, now: datetime) -> int | None:
    """Write down which store this is, or change it.

    Raises:
        UnknownZone: the zone is not one of the IANA database.
        UnknownCurrency: the currency is not an ISO 4217 code.
    """
    check_store(what)
    row = session.scalars(select(StoreProfile)).first()
    if row is None:
        row = StoreProfile(currency="", country="", time_zone="", created_at=now)
        session.add(row)
    row.name, row.currency = what.name.strip(), what.currency.strip().upper()
    row.country, row.time_zone = what.country.strip().upper(), what.time_zone
    session.flush()
    return row.id


@verb
def add_department(session: Session, what: AddDepartment, /, *, now: datetime) -> int | None:
    """Add a department, or find the one of that name in whatever case.

    Anybody may: a visit goes where nobody went before, with the client beside one.
    """
    return department_named(session, what.name)


@verb
@needs(Right.TEAM)
def add_associate(session: Session, what: AddAssociate, /, *, now: datetime) -> int | None:
    """Add an associate in a department, which is added too where it is new.

    Raises:
        NameMissing: the name is empty.
        PinRefused: the PIN is too short, too long or not all digits.
    """
    what.check()
    pin_hash = hashed(what.pin) if what.pin else None
    department = department_named(session, what.department)
    return new_id(
        session,
        Associate(
            name=what.name.strip(),
            department_id=department,
            role=what.role,
            pin_hash=pin_hash,
            created_at=now,
        ),
    )


@verb
@needs(Right.TEAM)
def change_associate(session: Session, what: ChangeAssociate, /, *, now: datetime) -> int | None:
    """Call an associate otherwise, move them to another department, or give them another role.

    Whoever becomes a manager is one at once, in a window that is open as well.

    Raises:
        NameMissing: the name or the department is empty.
        LastStoreManager: nobody else who can sign in would be one.
    """
    row = the(session, Associate, what.associate_id)
    if not what.name.strip() or not what.department.strip():
        raise NameMissing
    role = Role(what.role)
    if role is not Role.STORE_MANAGER:
        refuse_the_last(session, row)
    row.name, row.role = " ".join(what.name.split()), str(role)
    row.department_id = department_named(session, what.department)
    return row.id


@lasting
@verb
@needs(Right.RESET_PIN)
def reset_pin(session: Session, what: ResetPin, /, *, now: datetime) -> int | None:
    """Give an associate a PIN with which they sign in once, to choose their own.

    Wrong tries and the lock after too many are forgotten. There is no way back.

    Raises:
        NotYoursToGiveAPin: a department manager gives one in their own department, to associates.
        ColleagueGone: they no longer work here.
        PinRefused: the PIN cannot be one.
    """
    row = colleague(session, what.associate_id)
    who = acting(session)
    if who.who is Who.ASSOCIATE:
        assert who.associate_id is not None, "an associate who acts has an id"
        by = the(session, Associate, who.associate_id)
        if not may_give_pin(by.role, by.department_id, row.role, row.department_id):
            raise NotYoursToGiveAPin(name=row.name)
    row.pin_hash, row.pin_given, row.pin_at = hashed(what.pin), True, now
    row.wrong_pins, row.pin_again_at, row.pin_locked_at = 0, None, None
    return row.id


@verb
@needs(Right.TEAM)
def rename_department(session: Session, what: RenameDepartment, /, *, now: datetime) -> int | None:
    """Call a department otherwise.

    Raises:
        NameMissing: the name is empty.
        DepartmentThere: another is called so, in whatever case.
    """
    row = the(session, Department, what.department_id)
    name = " ".join(what.name.split())
    if not name:
        raise NameMissing
    other = called(session, Department, name, col(Department.id) != row.id)
    if other is not None:
        raise DepartmentThere(name=the(session, Department, other).name)
    row.name = name
    return row.id


@lasting
@verb
@needs(Right.OPEN)
def choose_first_pin(session: Session, what: FirstPin, /, *, now: datetime) -> int | None:
    """Give the first PIN of a book that was set up without one, as by the command line.

    Raises:
        PinsThere: somebody has a PIN already.
        PinRefused: the PIN cannot be taken, and why (``rules.pin_rules``).
    """
    there = session.scalar(
        select(func.count()).select_from(Associate).where(col(Associate.pin_hash).is_not(None))
    )
    if there:
        raise PinsThere
    row = the(session, Associate, what.associate_id)
    check_chosen(what.pin, role=row.role)
    set_pin(row, what.pin, now)
    return row.id


def see_team(session: Session) -> TeamFacts:
    """Who works here, with what only managers see: whose PIN is missing, given or locked.

    Raises:
        NotAllowed: who acts is no manager.
    """
    require(session, Right.RESET_PIN)
    return team(session)


def refuse_the_last(session: Session, row: Associate) -> None:
    """Refuse what would leave the store without a store manager who can sign in.

    Where ``row`` cannot sign in either, as in a book set up by the command line, another store
    manager without a PIN is enough.

    Raises:
        LastStoreManager: ``row`` is the only one.
    """
    if row.role != Role.STORE_MANAGER or not row.active:
        return
    others = select(func.count()).where(
        col(Associate.role) == Role.STORE_MANAGER,
        col(Associate.active).is_(True),
        col(Associate.id) != row.id,
    )
    if row.pin_hash is not None:
        others = others.where(col(Associate.pin_hash).is_not(None))
    if not session.scalar(others):
        raise LastStoreManager(name=row.name)


def refuse_without_manager(session: Session) -> None:
    """Refuse what an associate takes back where nobody is left who may set up the team.

    Raises:
        LastStoreManager: with the name of who took it back.
    """
    who = acting(session)
    managers = select(func.count()).where(
        col(Associate.role) == Role.STORE_MANAGER, col(Associate.active).is_(True)
    )
    if who.who is Who.ASSOCIATE and not session.scalar(managers):
        assert who.associate_id is not None, "an associate who acts has an id"
        raise LastStoreManager(name=the(session, Associate, who.associate_id).name)


def check_store(what: SetUpStore) -> None:
    """Whether this can be a store.

    Raises:
        UnknownZone: the zone is not one of the IANA database.
        UnknownCurrency: the currency is not an ISO 4217 code.
    """
    try:
        ZoneInfo(what.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(zone=what.time_zone) from None
    if not _is_currency(what.currency.strip().upper()):
        raise UnknownCurrency(currency=what.currency)


def department_named(session: Session, name: str) -> int:
    """The id of the department of that name in whatever case, made where it is new.

    Raises:
        NameMissing: the name is empty.
    """
    name = " ".join(name.split())
    if not name:
        raise NameMissing
    found = called(session, Department, name)
    if found is not None:
        return found
    last: int | None = session.scalar(select(func.max(col(Department.position))))
    return new_id(session, Department(name=name, position=0 if last is None else last + 1))


def _is_currency(code: str) -> bool:
    from babel.numbers import list_currencies

    return code in list_currencies()
