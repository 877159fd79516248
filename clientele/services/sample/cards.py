"""What stands on a client's card? Names, contact points, consents, household, tastes, tags."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from clientele.domain.client import BookRole, Channel, ContactKind
from clientele.domain.plans import OccasionKind
from clientele.domain.preferences import Evidence, PreferenceKind
from clientele.domain.rules.contact_points import normalised
from clientele.domain.rules.names import folded, sort_name
from clientele.domain.tables import (
    Address,
    BookMembership,
    Client,
    ClientTag,
    ContactPoint,
    HouseholdMember,
    Occasion,
    Preference,
    Tag,
)
from clientele.services.sample.consents import say_consent
from clientele.services.sample.floor import Floor
from clientele.services.sample.household import Member
from clientele.services.sample.people import Person
from clientele.services.sample.phones import numbers
from clientele.services.sample.visits import Known, write_size
from clientele.services.sample.wardrobe import department_of
from clientele.services.sample.words import Avoid, words

DOMAINS = ("example.com", "example.com", "example.org", "example.net")


class Cards:
    """Writes the cards; one for the whole sample, since no two share a number or an address."""

    def __init__(self, floor: Floor, reserved: frozenset[str]) -> None:
        self._floor = floor
        self._numbers: Iterator[str] = numbers(floor.country, reserved)
        self._emails: set[str] = set()
        self._tags: dict[str, int] = {}

    def person(self, person: Person) -> None:
        """Write the client's own row and give them their id."""
        known = person.rng.random()
        person.id = self._floor.sheet.add(
            Client,
            given_name=person.given,
            family_name=person.family,
            preferred_name=person.preferred,
            say_it=person.say_it,
            language=person.language,
            birth_month=person.birth.month if known < 0.72 else None,
            birth_day=min(person.birth.day, 28) if known < 0.72 else None,
            birth_year=person.birth.year if known < 0.44 else None,
            sort_name=sort_name(person.given, person.family),
            created_at=self._begun(person),
            updated_at=self._begun(person),
        )

    def rest(self, person: Person) -> None:
        """Write all that hangs on the client's row."""
        rng = person.rng
        has_phone = rng.random() < 0.92
        has_email = rng.random() < 0.82 or not has_phone
        if has_phone:
            self.contact(person, ContactKind.PHONE, next(self._numbers))
        if rng.random() < 0.12:
            self.contact(person, ContactKind.PHONE, next(self._numbers), label="work")
        if has_email:
            self.contact(person, ContactKind.EMAIL, self._email(person))
        if rng.random() < 0.62:
            self.address(person)
        self._consents(person, has_phone=has_phone, has_email=has_email)
        self._book(person)
        for member in person.members:
            self.member(person, member)
        self.tastes(person)
        self._told_sizes(person)
        for name in rng.sample(words().phrases["tags"], rng.choice(words().phrases["tag_counts"])):
            self.tag(person, name)

    def contact(self, person: Person, kind: str, value: str, label: str = "") -> None:
        """Write a telephone number or e-mail address."""
        self._floor.sheet.add(
            ContactPoint,
            client_id=person.id,
            kind=str(kind),
            value=value,
            normalised=normalised(kind, value, self._floor.country),
            label=label,
            position={"": 0, "work": 1}.get(label, 2) + 3 * (kind == ContactKind.EMAIL),
        )

    def member(self, person: Person, member: Member) -> None:
        """Write someone of the household, with the days that matter."""
        member.id = self._floor.sheet.add(
            HouseholdMember,
            client_id=person.id,
            linked_client_id=member.linked.id if member.linked else None,
            name=member.name,
            relation=member.relation,
            about=member.about,
            back_relation=member.back,
        )
        if member.birthday_known:
            year = member.birth.year if member.year_known else None
            self.occasion(person, OccasionKind.BIRTHDAY, member.birth, year, member=member)
        if member.married is not None and not (member.linked and person.id > member.linked.id):
            ahead = member.married > self._floor.days.today
            kind = OccasionKind.WEDDING if ahead else OccasionKind.ANNIVERSARY
            day = member.married
            self.occasion(person, kind, day, day.year, every_year=not ahead)
        if member.graduates is not None:
            self.occasion(
                person, OccasionKind.GRADUATION, member.graduates, member.graduates.year,
                member=member, every_year=False, whole_month=True,
            )  # fmt: skip

    def occasion(
        self,
        person: Person,
        kind: str,
        when: date,
        year: int | None,
        *,
        member: Member | None = None,
        every_year: bool = True,
        whole_month: bool = False,
        title: str = "",
    ) -> None:
        """Write down a day that matters."""
        self._floor.sheet.add(
            Occasion,
            client_id=person.id,
            household_member_id=member.id if member else None,
            kind=str(kind),
            title=title,
            month=when.month,
            day=None if whole_month else min(when.day, 28) if every_year else when.day,
            year=year,
            every_year=every_year,
        )

    def preference(
        self, person: Person, kind: str, what: str, *, at: datetime, department: str = ""
    ) -> None:
        """Write down a like or an avoid."""
        self._floor.sheet.add(
            Preference,
            client_id=person.id,
            department_id=self._floor.team.departments.get(department),
            kind=str(kind),
            what=what,
            associate_id=person.owner.id if person.owner else None,
            created_at=at,
        )

    def tag(self, person: Person, name: str) -> None:
        """Put a tag on a client."""
        if name not in self._tags:
            self._tags[name] = self._floor.sheet.add(Tag, name=name)
        self._floor.sheet.add(ClientTag, client_id=person.id, tag_id=self._tags[name])

    def own(self, person: Person, *, since: datetime, until: datetime | None = None,
            why: str = "", department: str = "", seller: int = 0) -> None:  # fmt: skip
        """Put a client in a book: the owner's, or that of who knows them in a department."""
        self._floor.sheet.add(
            BookMembership,
            client_id=person.id,
            associate_id=seller or (person.owner.id if person.owner else 0),
            department_id=self._floor.team.departments.get(department),
            role=str(BookRole.DEPARTMENT if department else BookRole.OWNER),
            since=since,
            until=until,
            why=why,
        )

    def _begun(self, person: Person) -> datetime:
        return self._floor.days.at(person.first, 11 * 60 + person.rng.randint(0, 400))

    def _book(self, person: Person) -> None:
        rng, floor = person.rng, self._floor
        if person.owner is None:
            return
        begun = self._begun(person)
        handed = floor.days.today - timedelta(days=rng.randint(60, 400))
        if rng.random() < 0.08 and handed > person.first + timedelta(days=90):
            others = [s for s in floor.team.colleagues if s.id != person.owner.id]
            moment = floor.days.at(handed, 17 * 60)
            before = rng.choice(others)
            self.own(person, since=begun, until=moment, seller=before.id, why="new client")
            self.own(person, since=moment, why=f"handed over by {before.name}")
        else:
            self.own(person, since=begun, why="new client" if rng.random() < 0.5 else "")

    def _email(self, person: Person) -> str:
        rng = person.rng
        given = folded(person.preferred or person.given).replace(" ", "").replace("'", "")
        family = folded(person.family).replace(" ", "").replace("'", "")
        forms = (
            f"{given}.{family}",
            f"{given}.{family}",
            f"{given[0]}.{family}",
            f"{family}.{given}",
        )
        for number in range(99):
            name = rng.choice(forms) + (f"{person.birth.year % 100:02d}" if number else "")
            address = f"{name}@{rng.choice(DOMAINS)}"
            if address.isascii() and address not in self._emails:
                self._emails.add(address)
                return address
        return f"client{person.id}@example.org"

    def address(self, person: Person) -> None:
        """Write a postal address, where the country has a list of towns."""
        home = words().towns.get(self._floor.country)
        if home is None:
            return
        rng = person.rng
        city, pattern = rng.choice(home.towns)
        letters = "ABCDEFGHJKLMNPRSTVWX"
        postcode = "".join(
            str(rng.randint(0 if place else 1, 9)) if sign == "#"
            else rng.choice(letters) if sign == "@" else sign
            for place, sign in enumerate(pattern)
        )  # fmt: skip
        self._floor.sheet.add(
            Address,
            client_id=person.id,
            street=home.form.format(number=rng.randint(2, 148), street=rng.choice(home.streets)),
            city=city,
            postcode=postcode,
            country=self._floor.country,
        )

    def _consents(self, person: Person, *, has_phone: bool, has_email: bool) -> None:
        rng, phrases = person.rng, words().phrases
        for channel, asked, yes in (
            (Channel.CALL, has_phone, 0.88),
            (Channel.EMAIL, has_email, 0.85),
            (Channel.TEXT, has_phone, 0.62),
        ):
            if not asked or rng.random() < 0.14:
                continue
            allowed = rng.random() < yes
            how = rng.choice(phrases["how_allowed" if allowed else "how_refused"])
            if not allowed and channel != Channel.TEXT and how == phrases["how_refused"][1]:
                how = phrases["how_refused"][0]
            at = self._floor.days.at(person.first, rng.randint(630, 1150))
            say_consent(self._floor, person, channel, allowed, how, at)

    def tastes(self, person: Person) -> None:
        """Write what the client likes and avoids."""
        at = self._begun(person)
        for what in (*person.colours, *person.likes):
            self.preference(person, PreferenceKind.LIKE, what, at=at)
        for avoid in person.avoids:
            where = self.place(person, avoid)
            self.preference(person, PreferenceKind.AVOID, avoid.what, at=at, department=where)

    def place(self, person: Person, avoid: Avoid) -> str:
        """The department in which an avoid counts; empty for all."""
        if avoid.department == "shoes":
            return "Women's Shoes" if person.woman else "Men's Shoes"
        return avoid.department

    def _told_sizes(self, person: Person) -> None:
        rng, body = person.rng, person.body
        kinds = (
            ("Dress", "Shoe · loafer", "Coat")
            if person.woman
            else ("Suit", "Shirt", "Shoe · oxford")
        )
        seller = person.owner or self._floor.team.colleagues[0]
        for kind in kinds:
            if rng.random() < 0.55:
                told = rng.random() < 0.6
                known = Known(
                    kind,
                    body.sizes[kind],
                    Evidence.TOLD_US if told else Evidence.TRIED_ON,
                    self._begun(person),
                    seller,
                    fit=body.fits.get(kind, ""),
                    department=department_of(kind, is_woman=person.woman),
                )
                write_size(self._floor, person, known)
        partner = next((m for m in person.members if m.is_partner), None)
        if partner is not None and rng.random() < 0.4:
            kind = rng.choice(("Dress", "Ring") if partner.woman else ("Shirt", "Knitwear"))
            known = Known(
                kind, partner.body.sizes[kind], Evidence.TOLD_US, self._begun(person), seller,
                department=department_of(kind, is_woman=partner.woman), member=partner,
            )  # fmt: skip
            write_size(self._floor, person, known)
