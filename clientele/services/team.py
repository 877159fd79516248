"""Setting up the store: its profile, its departments, its associates and their PINs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.errors import Refusal
from clientele.domain.rules.rights import Right
from clientele.domain.tables import Associate, Department, StoreProfile
from clientele.domain.team import Role
from clientele.services.acting import needs
from clientele.services.pins import check_pin, hashed
from clientele.services.rows import new_id, the
from clientele.services.verb import verb
from clientele.store.queries.called import called


class NameMissing(Refusal):
    """A person or department without a name."""

    template = "A name is missing. Nothing was changed; type one and try again."


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
    pin: str = ""
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
class ChangePin:
    """A new PIN for an associate."""

    associate_id: int
    pin: str


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
def change_pin(session: Session, what: ChangePin, /, *, now: datetime) -> int | None:
    """Give an associate a new PIN and forget wrong tries.

    Raises:
        PinRefused: the PIN is too short, too long or not all digits.
    """
    row = the(session, Associate, what.associate_id)
    row.pin_hash, row.wrong_pins, row.pin_again_at = hashed(what.pin), 0, None
    return row.id


@verb
@needs(Right.OPEN)
def choose_first_pin(session: Session, what: ChangePin, /, *, now: datetime) -> int | None:
    """Give the first PIN of a book that was set up without one, as by the command line.

    Raises:
        PinsThere: somebody has a PIN already.
        PinRefused: the PIN is too short, too long or not all digits.
    """
    there = session.scalar(
        select(func.count()).select_from(Associate).where(col(Associate.pin_hash).is_not(None))
    )
    if there:
        raise PinsThere
    row = the(session, Associate, what.associate_id)
    row.pin_hash = hashed(what.pin)
    return row.id


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
