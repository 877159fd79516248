"""How often does the search find who was meant, however the name is typed?

``measure`` draws clients of a book by a fixed seed, types their given and family name otherwise
than it is written, one kind of slip at a time, and counts how often the right client is among the
first five. Right is the client who was drawn, or one whose given and family name are the same:
nothing in the text tells namesakes apart. ``alone`` counts only clients whose name nobody else
has, and for them only that very client.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from clientele.domain.rules.names import folded
from clientele.store.search import search

FIRST: Final = 5
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
SEED: Final = 20261122

Typing = Callable[[Random, str, str], str | None]
"""Types a given and a family name; None where this kind of slip cannot happen to them."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What was found of one kind."""

    kind: str
    asked: int
    found: int
    alone: int
    """Of those asked, clients whose name nobody else has."""
    alone_found: int

    @property
    def share(self) -> float:
        """Of those asked, from 0 to 1."""
        return self.found / self.asked if self.asked else 1.0


def measure(session: Session, *, each: int = 1_000, seed: int = SEED) -> list[Quality]:
    """Every kind of slip, ``each`` times."""
    return [_measured(session, kind, typing, each, seed) for kind, typing in KINDS.items()]


def table(measured: Sequence[Quality]) -> str:
    """As it is printed."""
    rows = [
        "| what is typed | asked | right in the first five | of those with a name of their own |",
        "| --- | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {one.kind} | {one.asked:,} | {one.share:.1%} | "
        f"{one.alone_found / max(1, one.alone):.1%} of {one.alone:,} |"
        for one in measured
    ]
    return "\n".join(rows)


def _measured(session: Session, kind: str, typing: Typing, each: int, seed: int) -> Quality:
    rng = Random(f"{seed} {kind}")
    run = session.connection().exec_driver_sql
    highest = run("SELECT max(id) FROM client").scalar_one()
    asked = found = alone = alone_found = tries = 0
    while asked < each and tries < each * 400:
        tries += 1
        drawn = run(
            "SELECT id, given_name, family_name, sort_name FROM client WHERE id >= ? "
            "ORDER BY id LIMIT 1",
            (rng.randrange(1, highest + 1),),
        ).one()
        typed = typing(rng, drawn[1], drawn[2]) if drawn[1] and drawn[2] else None
        if typed is None:
            continue
        asked += 1
        namesakes = set(
            run("SELECT id FROM client WHERE sort_name = ?", (drawn[3],)).scalars().all()
        )
        first = search(session, typed, limit=FIRST).ids
        right = bool(namesakes.intersection(first))
        found += right
        if len(namesakes) == 1:
            alone += 1
            alone_found += right
    return Quality(kind, asked, found, alone, alone_found)


def _slip(rng: Random, word: str, kind: str) -> str:
    at = rng.randrange(len(word))
    if kind == "wrong":
        other = rng.choice([letter for letter in LETTERS if letter != word[at]])
        return word[:at] + other + word[at + 1 :]
    if kind == "missing":
        return word[:at] + word[at + 1 :]
    if kind == "more":
        return word[:at] + rng.choice(LETTERS) + word[at:]
    places = [place for place in range(len(word) - 1) if word[place] != word[place + 1]]
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _one(kind: str) -> Typing:
    def typing(rng: Random, given: str, family: str) -> str | None:
        """One slip, in one of the words that have four letters or more."""
        words = [*folded(given).split(), *re.findall(r"[^\W_]+", folded(family))]
        places = [at for at, word in enumerate(words) if len(word) >= 4]
        if not places:
            return None
        at = rng.choice(places)
        words[at] = _slip(rng, words[at], kind)
        return " ".join(words)

    return typing


def _two(rng: Random, given: str, family: str) -> str | None:
    """Two letters wrong: both in a word of six letters or more, or one in each of two words."""
    words = [*folded(given).split(), *re.findall(r"[^\W_]+", folded(family))]
    long = [at for at, word in enumerate(words) if len(word) >= 6]
    some = [at for at, word in enumerate(words) if len(word) >= 4]
    if long and (len(some) < 2 or rng.random() < 0.5):
        at = rng.choice(long)
        letters = list(words[at])
        for place in rng.sample(range(len(letters)), 2):
            letters[place] = rng.choice([one for one in LETTERS if one != letters[place]])
        words[at] = "".join(letters)
    elif len(some) >= 2:
        for at in rng.sample(some, 2):
            words[at] = _slip(rng, words[at], "wrong")
    else:
        return None
    return " ".join(words)


_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"}


def _umlaut(rng: Random, given: str, family: str) -> str | None:
    """Müller as Mueller or Muller; Mueller as Müller or Muller."""
    name = f"{given} {family}".lower()
    there = [one for one in _UMLAUTS if one in name]
    if there:
        return (
            re.sub(f"[{''.join(there)}]", lambda one: _UMLAUTS[one[0]], name)
            if rng.random() < 0.5
            else folded(name)
        )
    double = [two for two in ("ae", "oe", "ue") if re.search(f"[^aeiou]{two}[^aeiou]", name)]
    if not double:
        return None
    two = rng.choice(double)
    return name.replace(two, rng.choice([{"ae": "ä", "oe": "ö", "ue": "ü"}[two], two[0]]), 1)


def _accent(_: Random, given: str, family: str) -> str | None:
    """All accents left out."""
    name = f"{given} {family}"
    return folded(name) if folded(name) != name.lower() else None


_SOUNDS: Final = (
    ("ph", "f"), ("f", "ph"), ("ck", "k"), ("k", "ck"), ("c(?=[aoulr])", "k"),
    ("k(?=[aoulr])", "c"), ("ey", "ei"), ("ey", "ay"), ("ei", "ai"), ("ai", "ei"), ("ij", "y"),
    ("th", "t"), ("dt", "t"),
    ("ie", "y"), ("(?<=[^aeiou])y", "ie"), ("(?<=[^aeiou])y$", "i"), ("ohn", "on"), ("ll", "l"),
    ("ss", "s"), ("tt", "t"), ("nn", "n"), ("mm", "m"), ("(?<=[aeiou])l(?=[aeiou])", "ll"),
    ("(?<=[aeiou])n(?=[aeiou])", "nn"), ("(?<=[a-z])e$", ""), ("w", "v"), ("z", "s"), ("tz", "z"),
    ("sch", "sh"), ("(?<=[a-z])h(?=[^aeiou]|$)", ""), ("qu", "kw"), ("x", "ks"), ("ou", "oo"),
    ("ee", "ea"), ("ea", "ee"), ("son$", "sen"), ("sen$", "son"),
)  # fmt: skip
"""How one hears it, another writes it. Made for measuring, apart from what the search knows."""


def _sound(rng: Random, given: str, family: str) -> str | None:
    """One sound written otherwise: Jon, Maier, Clarck."""
    words = [*folded(given).split(), *re.findall(r"[^\W_]+", folded(family))]
    ways = [
        (at, pattern, plain)
        for at, word in enumerate(words)
        for pattern, plain in _SOUNDS
        if len(word) > 3 and re.search(pattern, word)
    ]
    if not ways:
        return None
    at, pattern, plain = rng.choice(ways)
    words[at] = re.sub(pattern, plain, words[at], count=1)
    return " ".join(words)


def _swapped(_: Random, given: str, family: str) -> str:
    """Family name first."""
    return f"{folded(family)} {folded(given)}"


def _begun(_: Random, given: str, family: str) -> str | None:
    """The last two letters of the family name not typed yet, if it has six letters or more."""
    last = folded(family)
    return f"{folded(given)} {last[:-2]}" if len(last) >= 6 else None


KINDS: Final[dict[str, Typing]] = {
    "one letter wrong": _one("wrong"),
    "one letter missing": _one("missing"),
    "one letter too many": _one("more"),
    "two letters swapped": _one("swapped"),
    "two letters wrong": _two,
    "umlaut written otherwise": _umlaut,
    "accents left out": _accent,
    "as it sounds": _sound,
    "family name first": _swapped,
    "last two letters not typed yet": _begun,
}
