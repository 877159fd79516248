"""A Saturday in a small store, made through the verbs: who comes, what is due and promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Channel, Purpose
from clientele.domain.history import Purchase, PurchaseLine
from clientele.domain.plans import OccasionKind
from clientele.domain.promises import PromiseKind
from clientele.domain.rules.dates import PartialDate
from clientele.domain.tables import Associate
from clientele.services.appointments import ExpectClient, expect_client
from clientele.services.clients import (
    EditClient,
    NewClient,
    edit_client,
    new_client,
)
from clientele.services.consents import SayConsent, say_consent
from clientele.services.follow_ups import NewFollowUp, new_follow_up
from clientele.services.household import (
    AddHouseholdMember,
    AddOccasion,
    add_household_member,
    add_occasion,
)
from clientele.services.notes import KeepNote, keep_note
from clientele.services.promises import MakePromise, ReachStep, make_promise, reach_step
from clientele.services.team import AddAssociate, AddDepartment, add_associate, add_department
from clientele.store.session import Store

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Day:
    """Ids of what is in the book: associates, departments, clients by given name."""

    okafor: int
    sato: int
    departments: dict[str, int]
    clients: dict[str, int]
    follow_ups: dict[str, int]
    promises: dict[str, int]
    appointments: dict[str, int]


PEOPLE = (
    ("Eleanor", "Marsh", "020 555 0161", "nell@marsh.example"),
    ("Daniel", "Tran", "020 555 0110", ""),
    ("Priya", "Oberoi", "", "priya@oberoi.example"),
    ("Marta", "Lindqvist", "020 555 0142", "marta@lindqvist.example"),
    ("James", "Whitfield", "020 555 0177", "james@whitfield.example"),
    ("Aisha", "Rahman", "020 555 0119", "aisha@rahman.example"),
    ("Tom", "Becker", "020 555 0136", ""),
    ("Samuel", "Cole", "020 555 0188", "sam@cole.example"),
)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of the store."""
    return datetime.combine(day, time(hour, minute), ZONE)


def a_day(store: Store, now: datetime) -> Day:
    """Write the day of R. Okafor of Men's Suits on ``TODAY``; associates there already are kept."""
    with store.write() as session:
        return _Writer(session, now).write()


class _Writer:
    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now

    def write(self) -> Day:
        session, now = self._session, self._now
        departments = {
            name: _id(add_department(session, AddDepartment(name), now=now).subject)
            for name in ("Men's Suits", "Women's Sportswear", "Shoes", "Alterations")
        }
        self._okafor = self._associate("R. Okafor", "Men's Suits")
        self._sato = self._associate("L. Sato", "Women's Sportswear")
        self._departments = departments
        self._clients = {
            given: _id(
                new_client(
                    session,
                    NewClient(self._okafor, given, family, phone=phone, email=email),
                    now=now - timedelta(days=700),
                ).subject
            )
            for given, family, phone, email in PEOPLE
        }
        self._nell()
        appointments = {
            who: self._expect(who, hour, minute, about)
            for who, hour, minute, about in (
                ("Eleanor", 11, 0, "coat fitting"),
                ("Daniel", 14, 30, "collects navy suit, 42R"),
                ("Priya", 16, 0, "a winter wardrobe"),
            )
        }
        follow_ups = {
            who: self._follow_up(who, channel, reason, days)
            for who, channel, reason, days in (
                ("Marta", Channel.CALL, "fit check on boots bought 5 Nov", -2),
                ("James", Channel.EMAIL, "thank-you note, charcoal overcoat", 0),
                ("Aisha", Channel.CALL, "new arrivals in her size (UK 10, navy, no wool)", 0),
                ("Tom", Channel.CALL, "ask how the anniversary gift was received", 2),
                ("Samuel", Channel.TEXT, "cashmere has been shipped", 9),
            )
        }
        for who, channel, yes in (
            ("Marta", Channel.CALL, True),
            ("Marta", Channel.EMAIL, True),
            ("Aisha", Channel.CALL, False),
        ):
            say_consent(
                session, SayConsent(self._clients[who], channel, yes, self._okafor), now=now
            )
        promises = self._promises()
        return Day(
            self._okafor,
            self._sato,
            departments,
            self._clients,
            follow_ups,
            promises,
            appointments,
        )

    def _nell(self) -> None:
        session, now, nell = self._session, self._now, self._clients["Eleanor"]
        edit_client(session, EditClient(nell, "preferred_name", "Nell"), now=now)
        robert = add_household_member(
            session, AddHouseholdMember(nell, "Robert Marsh", "husband"), now=now
        ).subject
        birthday = PartialDate(11, 27, 1968)
        add_occasion(
            session,
            AddOccasion(nell, birthday, OccasionKind.BIRTHDAY, household_member_id=robert),
            now=now,
        )
        wedding = AddOccasion(
            self._clients["Daniel"],
            PartialDate(12, 5, 2026),
            OccasionKind.WEDDING,
            every_year=False,
        )
        add_occasion(session, wedding, now=now)
        note = KeepNote(nell, "Ask how the Lisbon trip went.", self._okafor, say_first=True)
        keep_note(session, note, now=now - timedelta(days=70))
        self._purchase("Eleanor", date(2026, 9, 12), "Shoes", "Women's Sportswear")
        self._purchase("Daniel", date(2026, 11, 7), "Men's Suits")

    def _promises(self) -> dict[str, int]:
        hemmed = self._promise(
            "Daniel", PromiseKind.ALTERATION, "trousers hemmed", 0, time(14, 30), told=3
        )
        loafer = self._promise(
            "Eleanor", PromiseKind.TRANSFER, "size 7 loafer from the downtown store", 3, told=0
        )
        camel = self._promise(
            "Samuel", PromiseKind.SPECIAL_ORDER, "cashmere crew, camel, L", 7, told=1
        )
        late = self._promise("James", PromiseKind.CALL_BACK, "a price for the lining", -1, told=1)
        ready = self._promise("Daniel", PromiseKind.ALTERATION, "navy jacket taken in", 2, told=1)
        reach_step(self._session, ReachStep(ready, "ready", self._okafor), now=self._now)
        return {
            "hemmed": hemmed,
            "loafer": loafer,
            "camel": camel,
            "late": late,
            "ready": ready,
        }

    def _associate(self, name: str, department: str) -> int:
        there = self._session.scalar(select(col(Associate.id)).where(col(Associate.name) == name))
        if there is not None:
            return there
        what = AddAssociate(name, department)
        return _id(add_associate(self._session, what, now=self._now).subject)

    def _expect(self, who: str, hour: int, minute: int, about: str) -> int:
        what = ExpectClient(self._clients[who], self._okafor, local(TODAY, hour, minute), about)
        return _id(expect_client(self._session, what, now=self._now).subject)

    def _follow_up(self, who: str, channel: str, reason: str, days: int) -> int:
        due = TODAY + timedelta(days=days)
        what = NewFollowUp(
            self._clients[who], self._okafor, channel, reason, due, purpose=Purpose.SERVICE
        )
        return _id(new_follow_up(self._session, what, now=self._now).subject)

    def _promise(
        self, who: str, kind: str, what: str, days: int, at: time | None = None, *, told: int
    ) -> int:
        promised = MakePromise(
            self._clients[who],
            self._okafor,
            kind,
            what,
            TODAY + timedelta(days=days),
            at,
            self._departments["Alterations"] if kind == PromiseKind.ALTERATION else None,
        )
        return _id(
            make_promise(self._session, promised, now=self._now - timedelta(days=told)).subject
        )

    def _purchase(self, who: str, day: date, *departments: str) -> None:
        sold = Purchase(
            client_id=self._clients[who],
            receipt=f"{who} {day}",
            sold_at=local(day, 15),
            sold_on=day,
            associate_id=self._okafor,
            currency="EUR",
            total=10_000 * len(departments),
        )
        self._session.add(sold)
        self._session.flush()
        for name in departments:
            self._session.add(
                PurchaseLine(
                    purchase_id=_id(sold.id),
                    department_id=self._departments[name],
                    item="an article",
                    amount=10_000,
                )
            )


def _id(key: int | None) -> int:
    assert key is not None
    return key
