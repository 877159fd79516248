"""How alike are two names: written the same, sounding the same, a nickname, an initial, another?

German and Dutch spellings are brought to one by a few rules (Meyer, Maier, Meijer; Schmidt, Smit),
English ones by Metaphone, and slips of the hand by edit distance.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from jellyfish import metaphone
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from clientele.domain.rules.names import folded
from clientele.domain.rules.nicknames import same_by_nickname


class Likeness(StrEnum):
    """How two words of a name stand to each other, from the same to another."""

    SAME = "same"
    NICKNAME = "nickname"
    PART = "part"
    SOUND = "sound"
    NEAR = "near"
    INITIAL = "initial"
    UNKNOWN = "unknown"
    OTHER = "other"


_PARTICLES: Final = frozenset(
    ["van", "der", "den", "de", "von", "vom", "zu", "zur", "ten", "ter", "te", "het", "t", "dr",
     "prof", "vd", "v", "d", "del", "della", "di", "da", "la", "le", "el", "al", "of", "and", "und",
     "en", "jr", "sr", "mr", "mrs", "ms", "herr", "frau", "dhr", "mevr"]
)  # fmt: skip
"""What stands beside a name and is left out as often as not."""

_SOUNDS: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("tsch", "ch"), ("sch(?=[mnlrwt])", "s"), ("sch", "sh"), ("ph", "f"), ("th", "t"),
        ("gh(?=t)", ""), ("(?<=[aeiou])gh", ""), ("eij|aij|eyi", "ei"), ("uij|uy|uj", "ui"),
        ("ij", "i"), ("ey|ai|ay", "ei"), ("(?<=[^aeiou])y", "i"), ("y$", "i"), ("ie", "i"),
        ("ue|oe|ae", lambda found: found[0][0]), ("dt|td", "t"), ("d$", "t"), ("tz|ts|cz", "z"),
        ("s$|z$", "s"), ("ck|q|c(?=[^hieyz]|$)", "k"), ("c(?=[iey])", "s"), ("x", "ks"), ("w", "v"),
        ("v", "f"), (r"(?<=[^sct])h", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip

_OTHER_ENDING: Final = frozenset({("", "a"), ("o", "a"), ("us", "a"), ("as", "a"), ("s", "")})
"""Endings that make another person of a given name: Paul and Paula, Mario and Maria, Andreas."""

_OTHER_WITH_E: Final = frozenset(
    ["simon", "pascal", "rene", "andre", "martin", "daniel", "michel", "gabriel", "christian",
     "julian", "joel", "noel", "marcel", "emil", "luc", "justin", "valentin", "jean", "josephin",
     "helen", "yan", "ann-marie", "frederic", "dominic"]
)  # fmt: skip
"""Given names of men of which an e at the end makes a woman's."""

_TRAP_PAIRS: Final = """
christian/christina christian/christine christian/christiane christian/christin
christian/kristina jan/jana jan/jane jan/joan john/joan
john/jean jean/jan eric/erica ernst/ernestine max/maxi karl/karla carl/carla louis/louise
luis/luise francis/frances marc/marcia stefan/stefanie stephan/stephanie michael/michaela hans/hanna
hans/hannah johannes/johanna johan/johanna kai/kay till/tilly dirk/dirkje henrik/henrike rene/renate
anton/antonia toni/tanja alex/alexa dan/dana lena/lea lena/lisa lisa/luisa mia/maya tim/tom
lars/lara leo/lea emil/emily julia/julian juliane/julian marian/marianne georg/georgia eva/ava
ben/benno annie/hans jo/joe ella/ela sara/tara laura/lara anna/hanna anna/hannah frank/franka
"""
_TRAPS: Final = frozenset(frozenset(pair.split("/")) for pair in _TRAP_PAIRS.split())
"""Pairs that look or sound alike and are two people all the same: brother and sister, twins."""


@lru_cache(maxsize=65_536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded and without what stands beside it: “Berg, van den” is (“berg”).

    A name of nothing else keeps it.
    """
    words = tuple(re.findall(r"[^\W_]+", folded(name).replace("'", "").replace("’", "")))
    return tuple(word for word in words if word not in _PARTICLES) or words


@lru_cache(maxsize=65_536)
def spoken(word: str) -> str:
    """A folded word as it sounds, spelled in one way: meyer, maier and meijer are “meier”."""
    for pattern, plain in _SOUNDS:
        word = pattern.sub(plain, word)
    return word


@lru_cache(maxsize=65_536)
def _sound(word: str) -> str:
    return metaphone(word)


@lru_cache(maxsize=131_072)
def skeleton(name: str) -> str:
    """What is left of a name where letters were mixed up: its longest word, spoken, no vowels.

    A key by which names are laid together to be looked at, never by itself a sign.
    """
    longest = max(words_of(name), key=len, default="")
    said = spoken(longest)
    return said[:1] + re.sub("[aeiou]", "", said[1:])


def alike(one: str, other: str, *, given: bool) -> Likeness:
    """How two given names (``given``), or two family names, stand to each other. Symmetric."""
    return _alike(*sorted((one, other)), given)


@lru_cache(maxsize=131_072)
def _alike(one: str, other: str, given: bool) -> Likeness:
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return Likeness.UNKNOWN
    if first == second or "".join(first) == "".join(second):
        return Likeness.SAME
    if set(first) < set(second) or set(second) < set(first):
        return Likeness.PART
    likest = Likeness.OTHER
    if len(first) == len(second):
        each = [_of_words(a, b, given) for a, b in zip(first, second, strict=True)]
        likest = max(each, key=_ORDER.index)
    if likest is Likeness.OTHER and len(first) != len(second):
        a, b = (first, second) if len(first) < len(second) else (second, first)
        if len(a) == 1:
            best = min((_of_words(a[0], word, given) for word in b), key=_ORDER.index)
            likest = best if best is not Likeness.INITIAL or b[0][0] == a[0][0] else likest
    return likest


_ORDER: Final = tuple(Likeness)


def _of_words(one: str, other: str, given: bool) -> Likeness:
    if one == other:
        return Likeness.SAME
    if min(len(one), len(other)) == 1:
        same = given and one[0] == other[0]
        return Likeness.INITIAL if same else Likeness.OTHER
    if given and (frozenset((one, other)) in _TRAPS):
        return Likeness.OTHER
    if given and same_by_nickname(one, other):
        return Likeness.NICKNAME
    if given and _other_ending(one, other):
        return Likeness.OTHER
    return _of_letters(one, other)


def _of_letters(one: str, other: str) -> Likeness:
    if spoken(one) == spoken(other):
        return Likeness.SOUND
    nearness = JaroWinkler.similarity(one, other)
    sound = _sound(one)
    if len(sound) >= 3 and sound == _sound(other) and nearness >= 0.8:
        return Likeness.SOUND
    shorter = min(len(one), len(other))
    slips = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    if slips <= (0 if shorter < 4 else 1 if shorter < 7 else 2) and nearness >= 0.8:
        return Likeness.NEAR
    return Likeness.OTHER


def _other_ending(one: str, other: str) -> bool:
    """Whether only the ending differs, and so as between a man's and a woman's name."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    endings = (one[same:], other[same:])
    if same >= 3 and (endings in _OTHER_ENDING or endings[::-1] in _OTHER_ENDING):
        return True
    if sorted(endings) == ["", "e"]:
        return one[:same] in _OTHER_WITH_E
    return sorted(endings)[0] == "" and sorted(endings)[1] in ("ina", "ine", "etta", "ie", "je")
