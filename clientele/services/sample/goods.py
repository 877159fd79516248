"""Which article is shown to whom, in which colour and size, and at what price?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from clientele.domain.money import exponent
from clientele.services.sample.household import Member
from clientele.services.sample.people import Person
from clientele.services.sample.wardrobe import Body
from clientele.services.sample.words import Article, words

STRENGTH = {"EUR": 1, "USD": 1, "GBP": 1, "CHF": 1, "CAD": 1.4, "AUD": 1.5, "NZD": 1.6,
            "DKK": 7, "SEK": 11, "NOK": 11, "PLN": 4, "CZK": 25, "HUF": 400, "TRY": 40,
            "JPY": 150, "CNY": 7, "INR": 90, "ZAR": 19, "BRL": 6, "MXN": 19}  # fmt: skip
"""Roughly what one unit of the catalogue's prices is in other currencies."""
RESTS = {"Suit": 240, "Coat": 300, "Jacket": 150, "Ring": 400, "Waistcoat": 400, "Foundation": 120,
         "Gloves": 330, "Belt": 250, "Shoe · slipper": 330, "Handbags": 140, "Jewellery": 120,
         "Men's Shoes": 200}  # fmt: skip
"""Days before another one of a kind, or else of a department, is wanted."""
COLOURLESS = frozenset({"", "50 ml", "100 ml"})


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it is shown: ``text`` without the size, ``size`` as said, price of one."""

    article: Article
    text: str
    size: str
    brand: str
    price: int
    sku: str
    colour: str
    member: Member | None = None
    """For whom it is, if not for the client."""

    @property
    def short(self) -> str:
        """As one says it: “navy two-button suit”."""
        name = self.text.partition(",")[0]
        if self.brand and name.startswith(self.brand):
            name = name[len(self.brand) + 1 :]
        name = name[0].lower() + name[1:]
        plain = self.colour not in COLOURLESS and len(self.colour.split()) < 3
        return f"{self.colour} {name}" if plain and "gold" not in self.colour else name


class Goods:
    """The store's articles in its currency, each at one price wherever it turns up."""

    def __init__(self, currency: str) -> None:
        self._unit: int = 10 ** exponent(currency)
        self._strength: float = STRENGTH.get(currency, 1)

    def minor(self, major: float) -> int:
        """A price of the catalogue in minor units of the store's currency."""
        if self._strength >= 100:
            return round(major * self._strength / 100) * 100 * self._unit
        return round(major * self._strength * self._unit)

    def choose(
        self,
        person: Person,
        department: str,
        day: date,
        rng: Random,
        member: Member | None = None,
    ) -> Item | None:
        """Something of a department that suits the client or whom they buy it for, or None.

        What they avoid, what they have already and what is out of season is left out.
        """
        fits = _fits_member(person, member) if member else _fits_self(person, day)
        articles, weights = [], []
        for article, selling in _for_sale(department, day.month):
            weight = selling * fits(article)
            if weight > 0:
                articles.append(article)
                weights.append(weight)
        for _ in range(4):
            if not articles:
                return None
            item = self._item(rng.choices(articles, weights)[0], person, member, rng)
            if item is not None and item.text not in person.bought:
                return item
        return None

    def larger(self, item: Item, size: str) -> Item:
        """The same in another size."""
        return replace(item, size=size)

    def _item(
        self, article: Article, person: Person, member: Member | None, rng: Random
    ) -> Item | None:
        colour = _colour(article, person, rng)
        if colour is None:
            return None
        name, brand = rng.choice(article.names), rng.choice(article.brands)
        title = f"{brand} {name[0].lower()}{name[1:]}" if brand else name
        if member is None and person.refuses(title):
            return None
        body: Body = member.body if member else person.body
        size = body.size(article.kind, brand) if article.kind else ""
        if article.kind and not size:
            return None
        price, code = _price_and_code(article, title, colour)
        return Item(
            article=article,
            text=f"{title}, {colour}" if colour else title,
            size=size,
            brand=brand,
            price=self.minor(price),
            sku=code,
            colour=colour,
            member=member,
        )


@cache
def _for_sale(department: str, month: int) -> tuple[tuple[Article, float], ...]:
    """What a department has in a month, and how well each sells."""
    there = (article for article in words().articles if article.department == department)
    selling = ((article, article.weight * _in_season(article, month)) for article in there)
    return tuple((article, weight) for article, weight in selling if weight > 0)


def rests_by(article: Article) -> str:
    """What one needs a rest of: the kind, or the department where there is no kind."""
    return article.kind or article.department


def _fits_self(person: Person, day: date) -> Callable[[Article], float]:
    wearer = "woman" if person.woman else "man"

    def weight(article: Article) -> float:
        if article.wearer not in (wearer, "any") or not person.suits(article):
            return 0
        last = person.stock.get(rests_by(article))
        if last is not None and (day - last).days < RESTS.get(rests_by(article), 30):
            return 0
        return 1 if article.wearer == wearer else 0.4

    return weight


def _fits_member(person: Person, member: Member) -> Callable[[Article], float]:
    wearer = "woman" if member.woman else "man"

    def weight(article: Article) -> float:
        if not article.gift or article.wearer not in (wearer, "any"):
            return 0
        if article.kind == "Ring" and not member.is_partner:
            return 0
        if article.kind.startswith("Shoe") and not member.is_partner:
            return 0
        return 1

    return weight


def _in_season(article: Article, month: int) -> float:
    """How well it sells in a month: stock comes in a little before the weather."""
    if article.season == "winter":
        return {8: 0.3, 3: 0.3, 4: 0.1, 2: 0.7}.get(month, 0 if 5 <= month <= 7 else 1)
    if article.season == "summer":
        return {2: 0.2, 3: 0.7, 8: 0.5, 9: 0.1}.get(month, 1 if 4 <= month <= 7 else 0)
    return 1


def _colour(article: Article, person: Person, rng: Random) -> str | None:
    refused = tuple(avoid.colour for avoid in person.avoids if avoid.colour)
    colours = [one for one in article.colours if not _named_in(refused, one)]
    if not colours:
        return None
    liked = [4 if _named_in(person.colours, one) else 1 for one in colours]
    return rng.choices(colours, liked)[0]


@cache
def _named_in(names: tuple[str, ...], colour: str) -> bool:
    return any(name.split()[0] in colour for name in names)


@cache
def _price_and_code(article: Article, title: str, colour: str) -> tuple[float, str]:
    """The price of an article by its title in whatever colour, and its number by both."""
    price = _price(article, Random(f"{title} of {article.department}"))
    rng = Random(f"{title} {colour}")
    return price, f"{rng.randrange(10_000, 99_999)}-{rng.randrange(1, 9):02d}"


def _price(article: Article, rng: Random) -> float:
    low, high = article.price
    major: float = (rng.uniform(low, high) * low) ** 0.5
    if major >= 150:
        return round(major / 5) * 5
    return int(major) + rng.choice((0, 0, 0, 0.5, 0.95))
