"""Who are the four hundred? Names, households, tastes and rhythms, before anything happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from clientele.domain.rules.names import folded
from clientele.services.sample.days import Days
from clientele.services.sample.household import Member, make_household
from clientele.services.sample.team import Seller
from clientele.services.sample.wardrobe import Body, man, woman
from clientele.services.sample.words import Article, Avoid, Origin, Spoken, words

NOBODY_REAL = frozenset({"william chadwick", "stephen keane", "omar darwish", "paco fuentes"})
"""Names that chance puts together and that the public knows."""

# How clients come: share, days between visits, days since the last one, days since the first.
RHYTHMS: dict[str, tuple[float, tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    "loyal": (17, (24, 55), (2, 45), (600, 2600)),
    "regular": (30, (60, 115), (3, 100), (400, 2200)),
    "now and then": (19, (150, 290), (10, 240), (450, 2400)),
    "new": (10, (14, 30), (2, 50), (8, 70)),
    "slipping": (13, (35, 75), (110, 260), (500, 2000)),
    "gone": (6, (70, 140), (400, 640), (700, 2000)),
    "presents": (5, (180, 360), (15, 330), (380, 1500)),
}

MAN_WALKS = {"Men's Suits": 8.0, "Men's Shoes": 6.0, "Men's Furnishings": 9.0, "Cosmetics": 1.0}
WOMAN_WALKS = {
    "Women's Sportswear": 9.0,
    "Women's Shoes": 7.0,
    "Handbags": 4.5,
    "Jewellery": 2.5,
    "Cosmetics": 4.5,
}
FOR_HER = {"Women's Sportswear": 1.2, "Handbags": 1.5, "Jewellery": 1.7, "Cosmetics": 1.2}
FOR_HIM = {"Men's Furnishings": 2.4, "Cosmetics": 0.5, "Men's Shoes": 0.5}


@dataclass(slots=True)
class Person:
    """A client as they are; ``first`` and ``last`` are the days between which they came."""

    rng: Random
    given: str
    family: str
    woman: bool
    birth: date
    body: Body
    preferred: str = ""
    say_it: str = ""
    language: str = ""
    rhythm: str = "regular"
    every: int = 90
    first: date = date.min
    last: date = date.min
    members: list[Member] = field(default_factory=list)
    colours: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    avoids: tuple[Avoid, ...] = ()
    walks: dict[str, float] = field(default_factory=dict)
    owner: Seller | None = None
    id: int = 0
    cast: bool = False
    allowed: dict[str, bool] = field(default_factory=dict)
    """What they said by channel; a channel that is not in it was never asked about."""
    news: set[str] = field(default_factory=set)
    """The channels on which they said yes to news."""
    bought: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    stock: dict[str, date] = field(default_factory=dict)
    """When they last bought an article of a kind, or of a department."""

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip()

    def pronouns(self) -> dict[str, str]:
        """What stands for the client in a sentence."""
        if self.woman:
            return {"they": "she", "them": "her", "their": "her"}
        return {"they": "he", "them": "him", "their": "his"}

    def refuses(self, title: str) -> bool:
        """Whether the name of an article says that it is what they avoid: “Linen blazer”."""
        traits = {trait for avoid in self.avoids for trait in avoid.traits}
        return any(trait in title.lower() for trait in traits)

    def suits(self, article: Article) -> bool:
        """Whether the article is nothing that they avoid."""
        return all(avoid.traits.isdisjoint(article.traits) for avoid in self.avoids)


def make_people(count: int, days: Days, seed: str, taken: set[str]) -> list[Person]:
    """So many people, some of them couples; ``taken`` are names (folded) that are in use."""
    rng = Random(f"{seed} people")
    people: list[Person] = []
    while len(people) < count:
        own = Random(f"{seed} person {len(people)}")
        origin = rng.choices(words().origins, [origin.weight for origin in words().origins])[0]
        person = _person(own, origin, rng.random() < 0.56, days, taken)
        people.append(person)
        partner = next((m for m in person.members if m.is_partner), None)
        both = rng.random() < 0.14 and len(people) < count
        if partner and both and folded(f"{partner.name} {person.family}") not in taken:
            people.append(_other_half(person, partner, days, taken, seed, len(people)))
    return people


def _person(rng: Random, origin: Origin, is_woman: bool, days: Days, taken: set[str]) -> Person:
    given, family = _free_name(rng, origin, is_woman, taken)
    age = int(rng.triangular(22, 84, 46))
    person = Person(
        rng=rng,
        given=given.name,
        family=family.name,
        woman=is_woman,
        birth=_birthday(rng, days.today, age),
        body=woman(rng) if is_woman else man(rng),
        preferred=given.preferred if rng.random() < 0.75 else "",
        say_it=_say_it(given, family),
        language=origin.language if rng.random() < 0.3 else "",
    )
    _rhythm(person, days)
    person.members = make_household(rng, origin, person.family, is_woman, age, days)
    _taste(person)
    person.walks = _walks(person)
    return person


def _other_half(
    person: Person, partner: Member, days: Days, taken: set[str], seed: str, number: int
) -> Person:
    """The partner, who is a client too: the same children, and each in the other's household."""
    rng = Random(f"{seed} partner {number}")
    partner.family = person.family
    other = Person(
        rng=rng,
        given=partner.name,
        family=person.family,
        woman=partner.woman,
        birth=partner.birth,
        body=partner.body,
    )
    taken.add(folded(other.name))
    _rhythm(other, days)
    relation = {True: "wife", False: "husband"}[person.woman]
    if partner.relation in ("partner", "fiancé", "fiancée"):
        relation = {"fiancé": "fiancée", "fiancée": "fiancé"}.get(partner.relation, "partner")
        if partner.woman == person.woman:
            relation = partner.relation
    mirror = Member(
        name=person.given,
        relation=relation,
        woman=person.woman,
        birth=person.birth,
        body=person.body,
        birthday_known=True,
        married=partner.married,
        linked=person,
        today=days.today,
    )
    partner.linked = other
    children = [m for m in person.members if m.is_child]
    other.members = [mirror, *(child.copy() for child in children)]
    _taste(other)
    other.walks = _walks(other)
    return other


def _free_name(
    rng: Random, origin: Origin, is_woman: bool, taken: set[str]
) -> tuple[Spoken, Spoken]:
    given, family = Spoken(""), Spoken("")
    for _ in range(200):
        given = rng.choice(origin.women if is_woman else origin.men)
        family = rng.choice(origin.families)
        name = folded(f"{given.name} {family.name}")
        if name not in taken and name not in NOBODY_REAL:
            taken.add(name)
            break
    return given, family


def _say_it(given: Spoken, family: Spoken) -> str:
    if not given.say_it and not family.say_it:
        return ""
    return f"{given.say_it or given.preferred or given.name} {family.say_it or family.name}"


def _birthday(rng: Random, today: date, age: int) -> date:
    return today - timedelta(days=age * 365 + age // 4 + rng.randrange(1, 365))


def _rhythm(person: Person, days: Days) -> None:
    rng = person.rng
    person.rhythm = rng.choices(list(RHYTHMS), [row[0] for row in RHYTHMS.values()])[0]
    _, every, last, first = RHYTHMS[person.rhythm]
    person.every = rng.randint(*every)
    longest = last[1] if person.rhythm not in ("loyal", "regular") else min(last[1], person.every)
    person.last = days.ago(rng.randint(last[0], max(longest, last[0] + 1)))
    person.first = min(days.ago(rng.randint(*first)), person.last)


def _taste(person: Person) -> None:
    rng, phrases = person.rng, words().phrases
    colours = phrases["colours"] + phrases["colours_woman"] * person.woman
    person.colours = tuple(dict.fromkeys(rng.sample(colours, rng.choice((1, 2, 2, 3)))))
    likes = [*phrases["likes"], *phrases["likes_woman" if person.woman else "likes_man"] * 2]
    person.likes = tuple(
        dict.fromkeys(rng.choice(likes) for _ in range(rng.choice((0, 1, 2, 2, 3))))
    )
    wearer = "woman" if person.woman else "man"
    possible = [avoid for avoid in words().avoids if avoid.wearer in (wearer, "any")]
    chosen = rng.sample(possible, rng.choice((0, 0, 1, 1, 1, 2, 2, 3)))
    person.avoids = tuple(
        avoid
        for avoid in chosen
        if avoid.colour not in (*person.colours, "yellow gold" if "silk" in person.likes else "-")
        and not (avoid.what == "wool on skin" and "tweed" in person.likes)
        and not (avoid.what == "high heels" and "a low heel" in person.likes)
    )


def _walks(person: Person) -> dict[str, float]:
    rng = person.rng
    walks = dict(WOMAN_WALKS if person.woman else MAN_WALKS)
    grown = [m for m in person.members if m.age_at_least(15)]
    others = FOR_HIM if person.woman else FOR_HER
    if any(m.woman != person.woman for m in grown):
        walks |= {name: walks.get(name, 0) + weight for name, weight in others.items()}
    if person.rhythm == "presents":
        walks = {"Men's Furnishings": 2.0, "Handbags": 3.0, "Jewellery": 3.0, "Cosmetics": 3.0}
    return {
        name: weight * rng.uniform(0.4, 1.6)
        for name, weight in walks.items()
        if rng.random() < 0.35 + weight / 12
    } or {max(walks, key=walks.__getitem__): 1.0}
