"""Whom do clients live with and buy for?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from clientele.services.sample.days import Days
from clientele.services.sample.wardrobe import Body, man, woman
from clientele.services.sample.words import Origin, words

if TYPE_CHECKING:
    from clientele.services.sample.people import Person

PARTNERS = ("husband", "wife", "partner", "fiancé", "fiancée")


@dataclass(slots=True)
class Member:
    """Someone of a household: who they are to the client, and what to know about them."""

    name: str
    relation: str
    woman: bool
    birth: date
    body: Body
    about: str = ""
    family: str = ""
    birthday_known: bool = False
    year_known: bool = False
    married: date | None = None
    """The wedding: past, or ahead for a fiancé."""
    graduates: date | None = None
    linked: Person | None = None
    id: int = 0
    today: date = date.max

    @property
    def back(self) -> str:
        """What the client is to them, where they are a client too."""
        if self.linked is None:
            return ""
        others = (one for one in self.linked.members if one.linked is not None)
        return next((one.relation for one in others if one.is_partner), "")

    @property
    def is_partner(self) -> bool:
        """Whether client and member are a couple."""
        return self.relation in PARTNERS

    @property
    def is_child(self) -> bool:
        """Whether this is a son or daughter."""
        return self.relation in ("son", "daughter")

    @property
    def age(self) -> int:
        """In whole years."""
        before = (self.today.month, self.today.day) < (self.birth.month, self.birth.day)
        return self.today.year - self.birth.year - before

    def age_at_least(self, years: int) -> bool:
        """Old enough for what the store sells."""
        return self.linked is not None or self.age >= years

    def copy(self) -> Member:
        """The same person in another household."""
        return replace(self, id=0)


def make_household(
    rng: Random, origin: Origin, family: str, is_woman: bool, age: int, days: Days
) -> list[Member]:
    """Nobody, or a partner, children, parents."""
    members: list[Member] = []
    if rng.random() < (0.68 if age > 29 else 0.4):
        members.append(_partner(rng, origin, is_woman, age, days))
    if age > 28 and rng.random() < 0.6:
        for _ in range(rng.choice((1, 1, 2, 2, 3))):
            youngest, oldest = max(1, age - 44), min(40, age - 25)
            if youngest <= oldest:
                girl = rng.random() < 0.5
                relation = "daughter" if girl else "son"
                years = rng.randint(youngest, oldest)
                members.append(_member(rng, origin, relation, girl, years, days))
    if 32 < age < 62 and rng.random() < 0.16:
        mother = rng.random() < 0.7
        relation = "mother" if mother else "father"
        members.append(_member(rng, origin, relation, mother, 84 if mother else 78, days))
    if rng.random() < 0.08:
        sister = rng.random() < 0.6
        relation = "sister" if sister else "brother"
        members.append(_member(rng, origin, relation, sister, max(20, age - 3), days))
    return list({member.name: member for member in members}.values())


def _partner(rng: Random, origin: Origin, is_woman: bool, age: int, days: Days) -> Member:
    same = rng.random() < 0.06
    partner_woman = is_woman if same else not is_woman
    if rng.random() < 0.25:
        origin = rng.choices(words().origins, [o.weight for o in words().origins])[0]
    years = max(23, age + rng.randint(-6, 4))
    if rng.random() < 0.2:
        relation = "partner"
    elif age < 38 and rng.random() < 0.18:
        relation = "fiancée" if partner_woman else "fiancé"
    else:
        relation = "wife" if partner_woman else "husband"
    member = _member(rng, origin, relation, partner_woman, years, days)
    if relation in ("wife", "husband") and rng.random() < 0.45:
        married = rng.randint(1, max(1, min(age - 24, 45)))
        member.married = days.ago(married * 365 + rng.randrange(360))
    elif relation.startswith("fianc"):
        member.married = days.ago(-rng.randint(30, 300))
        member.married += timedelta(days=(5 - member.married.weekday()) % 7)
    return member


def _member(
    rng: Random, origin: Origin, relation: str, is_woman: bool, years: int, days: Days
) -> Member:
    birth = days.ago(years * 365 + years // 4 + rng.randrange(1, 360))
    names = origin.women if is_woman else origin.men
    member = Member(
        name=rng.choice(names).name,
        relation=relation,
        woman=is_woman,
        birth=birth,
        body=woman(rng) if is_woman else man(rng),
        birthday_known=rng.random() < (0.6 if relation != "partner" else 0.4),
        year_known=rng.random() < 0.45 or years < 19,
        today=days.today,
    )
    if member.is_child and 17 < member.age < 24 and rng.random() < 0.5:
        year = days.today.year + (days.today.month > 6)
        member.graduates = date(year, 6, 1)
    if rng.random() < 0.85:
        member.about = _about(rng, member)
    return member


def _about(rng: Random, member: Member) -> str:
    phrases = words().phrases
    relation = "wife" if member.relation == "fiancée" else member.relation
    relation = "husband" if relation == "fiancé" else relation
    suitable = []
    for text in phrases["about"][relation]:
        ages, bar, rest = text.partition("|")
        low, _, high = ages.partition("-")
        if not bar:
            suitable.append(text)
        elif int(low) <= member.age <= int(high):
            suitable.append(rest)
    if not suitable:
        return ""
    slots = {
        **member.body.sizes,
        "like_man": rng.choice(phrases["likes_man"]),
        "like_woman": rng.choice(phrases["likes_woman"]),
        "like_any": rng.choice(phrases["likes"]),
    }
    return str(rng.choice(suitable)).format_map(slots)
