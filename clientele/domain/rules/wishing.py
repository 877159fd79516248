"""Is what was bought what somebody wished for, and what did they mean by what was typed?

An article number decides where both sides have one. Else the words do: an article is known again
when nothing that was wished for is missing and no size contradicts it. Where words say too little
(“scarf”), a wish stays: it is better to strike one out by hand than to forget it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from clientele.domain.money import parse_price
from clientele.domain.rules.card_numbers import found_in
from clientele.domain.rules.item_text import parse_item
from clientele.domain.rules.names import folded

_SIZE = re.compile(r"(?:\d+(?:[.,/]\d+)?[a-z]{0,2}|x{0,4}[sl]|[2-6]xl|m|[a-k])")
_WORD = re.compile(r"[^\W_]+(?:[.,/]\d+)?")
_HALVES = {"¼": ".25", "½": ".5", "¾": ".75"}
_LITTLE = frozenset(
    (
        *("a", "an", "and", "the", "in", "of", "with", "for", "size", "uk", "us", "eu", "it", "fr"),
        *("cm", "mm", "der", "die", "das", "und", "aus", "mit", "fur", "grosse", "gr"),
        *("een", "de", "het", "en", "van", "met", "voor", "maat"),
    )
)
_FOR = re.compile(
    r"(?:for|fur|voor)\s+(?:(?:his|her|their|my|the|ihren?|seinen?|haar|zijn)\s+)?(.+)"
)
_COMMA = re.compile(r",(?!\d)|(?<!\d),")
"""Between parts; not within a number, such as 1,200."""
_BARE_PRICE = re.compile(r"\d{3,6}|[1-9]\d{0,2}(?:[.,]\d{3})+")


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of an article that is wished for, given or bought."""

    item: str
    detail: str = ""
    sku: str = ""
    brand: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class TypedWish:
    """A wish as it was typed. ``price`` in minor units; ``member`` an id of ``people``, or None."""

    item: str
    detail: str = ""
    sku: str = ""
    price: int | None = None
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody for whom a wish may be: name and relation as they are written."""

    id: int
    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of an article, and those of them that are a size."""

    item: frozenset[str]
    words: frozenset[str]
    sizes: frozenset[str] = field(default_factory=frozenset)


def is_it(wished: Article, bought: Article) -> bool:
    """Whether what was bought is what was wished for."""
    if wished.sku and bought.sku:
        return wished.sku.strip().casefold() == bought.sku.strip().casefold()
    one, other = _said(wished), _said(bought)
    if not one.item or not other.words:
        return False
    if one.sizes and other.sizes and not (one.sizes <= other.sizes or other.sizes <= one.sizes):
        return False
    if one.words == other.words:
        return True
    if not one.item <= other.words or len(one.words & other.words) < 2:
        return False
    return one.words <= other.words or other.words <= one.words


def same_gift(one: Article, other: Article) -> bool:
    """Whether somebody would be given the same thing twice, in whatever size."""
    if one.sku and one.sku == other.sku:
        return True
    first, second = _said(one).words, _said(other).words
    if not first or not second:
        return False
    return first == second or (
        min(len(first), len(second)) > 1 and (first <= second or second <= first)
    )


def parse_wish(text: str, currency: str, people: Iterable[Person] = ()) -> TypedWish:
    """Read ``emerald silk scarf, Hermès, for Julia, 420`` or a scanned code.

    A part that begins with “for” (für, voor) names one of ``people`` by name or relation; with a
    name that nobody has it stays with the words. A number from 100 on that stands alone at the end
    is a price in whole units, because sizes are smaller; else a price needs decimals or a sign.
    """
    parts = [part.strip() for part in _COMMA.split(" ".join(text.split()))]
    member: int | None = None
    price: int | None = None
    kept: list[str] = []
    for part in parts:
        said = parse_item(part, currency)
        found = None if member is not None or not kept else _person(said.item, people)
        if found is None:
            kept.append(part)
        else:
            member, price = found, said.price
    if len(kept) > 1 and _BARE_PRICE.fullmatch(kept[-1]) and kept[-1][0] != "0":
        price = parse_price(kept.pop(), currency)
    typed = parse_item(", ".join(part for part in kept if part), currency)
    return TypedWish(
        typed.item, typed.detail, typed.sku, typed.price if price is None else price, member
    )


def _person(part: str, people: Iterable[Person]) -> int | None:
    match = _FOR.fullmatch(folded(part))
    if match is None or found_in(part):
        return None
    asked = match[1].strip()
    people = tuple(people)
    for known in (
        [one.id for one in people if folded(one.name) == asked],
        [one.id for one in people if folded(one.name).split()[:1] == [asked]],
        [one.id for one in people if folded(one.relation) == asked],
    ):
        if len(known) == 1:
            return known[0]
    return None


def _said(article: Article) -> _Said:
    item = _words(article.item)
    whole = item | _words(article.detail) | _words(article.brand) | _words(article.size)
    sizes = frozenset(word for word in whole if _SIZE.fullmatch(word))
    return _Said(item - sizes, whole - sizes, sizes)


def _words(text: str) -> frozenset[str]:
    for sign, decimal in _HALVES.items():
        text = re.sub(rf"(?<=\d)\s?{sign}", decimal, text)
    return frozenset(_WORD.findall(folded(text))) - _LITTLE
