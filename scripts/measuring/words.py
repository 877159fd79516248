"""What is typed into the search box while it is measured? Words by kind, drawn from the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from clientele.domain.rules.names import folded
from scripts.measuring.articles import COLOURS
from scripts.measuring.bare import Bare

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Words:
    """``count`` texts of each kind, of clients who are in the book."""

    def __init__(self, book: Bare, count: int) -> None:
        self._book = book
        self._rng = Random(11)
        self._count = count
        self._highest = book.one("SELECT max(id) FROM client")[0]
        self._people = [self._drawn() for _ in range(count)]

    def _drawn(self) -> tuple[str, str]:
        key = self._rng.randrange(1, self._highest + 1)
        given, family = self._book.one(
            "SELECT given_name, family_name FROM client WHERE id >= ? LIMIT 1", key
        )
        return folded(given), folded(family.split("-")[0])

    def names(self) -> list[str]:
        """The first three letters of a name."""
        return [family[:3] for _, family in self._people]

    def two_names(self) -> list[str]:
        """The first letters of two names, in either order."""
        pairs = [(given[:3], family[:3]) for given, family in self._people]
        return [" ".join(pair if at % 2 else pair[::-1]) for at, pair in enumerate(pairs)]

    def digits(self) -> list[str]:
        """Four digits of a number."""
        return [f"{self._rng.randrange(1000, 10_000)}" for _ in range(self._count)]

    def mail(self) -> list[str]:
        """A piece of an e-mail address: the end of a given name, the beginning of the other."""
        return [f"{given[-3:]}.{family[:3]}" for given, family in self._people]

    def misspelt(self) -> list[str]:
        """A family name of six letters or more, two of them wrong."""
        return [self._two_wrong(name) for _, name in self._people if len(name) >= 6]

    def worn(self) -> list[str]:
        """A colour and a size."""
        return [f"{self._colour()} {self._size()}" for _ in range(self._count)]

    def named_and_worn(self) -> list[str]:
        """A given name, a colour and a size."""
        return [f"{given} {self._colour()} {self._size()}" for given, _ in self._people]

    def _colour(self) -> str:
        return self._rng.choice(COLOURS).split()[-1]

    def _size(self) -> str:
        return str(self._rng.randrange(36, 52, 2))

    def _two_wrong(self, name: str) -> str:
        letters = list(name)
        for at in self._rng.sample(range(1, len(name)), 2):
            letters[at] = self._rng.choice([one for one in LETTERS if one != letters[at]])
        return "".join(letters)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of text, and in how many milliseconds its answer is wanted at p95."""

    name: str
    of: Callable[[Words], list[str]]
    target: float


KINDS = (
    Kind("a name (mar)", Words.names, 2.0),
    Kind("two names in any order (jon smi)", Words.two_names, 2.0),
    Kind("four digits of a number", Words.digits, 2.0),
    Kind("a piece of an e-mail address", Words.mail, 25.0),
    Kind("a name with two letters wrong", Words.misspelt, 10.0),
    Kind("bought or worn (navy 42)", Words.worn, 10.0),
    Kind("a name and what was bought (anna navy 42)", Words.named_and_worn, 10.0),
)
