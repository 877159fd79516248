"""Which size systems are there, and what does 42R, UK 12, 7½ B or 34/32 say in them?

The systems, with their measures and the sources of these, are data: ``resources/sizes.toml``.
A conversion goes by the body's measure to the nearest value. It is always approximate: makers'
charts differ by a size and more.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

from clientele.domain.rules.names import folded
from clientele.system.resources import resource

LETTERS: Final = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
FAMILIES: Final = {"clothes": ("women", "men")}
"""Garments that both wear are read in the systems of both."""

ELSE: Final = {"trousers": ("women", "men")}
"""Where no waist says it: trousers of UK 12, EU 50 or M are sized as other clothes are."""

WIDTHS: Final = frozenset(
    {"AAAA", "AAA", "AA", "A", "B", "C", "D", "E", "EE", "EEE", "EEEE", "F", "G", "H", "M", "W"}
    | {"2A", "2E", "3E", "4E", "6E", "narrow", "wide"}
)
CUPS: Final = frozenset(
    ["AA", "A", "B", "C", "D", "DD", "DDD", "E", "F", "FF", "G", "GG", "H", "HH", "J", "JJ", "K"]
)
SHARED_CUPS: Final = frozenset(["AA", "A", "B", "C", "D"])
"""Cups that mean the same to all makers; after D they part."""

_EXTRAS: Final = {
    "suit": frozenset(["S", "R", "L", "XL", "XS"]),
    "drop": frozenset("024678"),
    "sleeve": frozenset(str(inches) for inches in range(30, 40)),
    "inseam": frozenset(str(inches) for inches in range(26, 40)),
    "width": WIDTHS,
    "cup": CUPS,
}
_LABELS: Final = ("US WOMEN", "US MEN", "UK", "US", "EU", "FR", "DE", "IT", "MONDO", "KIDS", "AGE")
_SAID: Final = re.compile(
    r"^(?:SIZE|GRÖSSE|GROESSE|GR\.?|MAAT|MT\.?|TAILLE|COLLAR|KRAGEN|BOORD)\s+", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    r"^W?(\d{1,3}(?:\.5)?)(?:\s*(?:/|X|\s+L|L(?=\d)|-)\s*(\d{2}))?(?:\s*(?:DROP\s*)?"
    r"(SHORT|REGULAR|LONG|NARROW|WIDE|[2346][AE]|[A-Z]{1,4}|(?<=DROP )\d|(?<=DROP)\d))?$"
)
_LETTER: Final = re.compile(r"^(?:(X{1,3}|[23]X)?([SL])|M|[A-Z](?:\.5)?)$")
_SPOKEN: Final = {
    "SHORT": "S", "REGULAR": "R", "LONG": "L", "NARROW": "narrow", "WIDE": "wide",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class System:
    """A row of values and what they measure (``measures`` in ``unit``, rising)."""

    key: str
    family: str
    label: str
    values: tuple[str, ...]
    measures: tuple[float, ...]
    unit: str
    extra: str
    source: str


@dataclass(frozen=True, slots=True)
class Garment:
    """What is worn: its category, and the family of systems that it is sized in."""

    category: str
    family: str


@dataclass(frozen=True, slots=True)
class Sized:
    """A size as it was read. ``system`` is empty where several might be meant.

    ``label`` is what was said of the system (UK), ``value`` 7½, ``extra`` the width, length or cup.
    """

    system: str
    label: str
    value: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """About the same size in another system, and where that is from."""

    size: Sized
    source: str


@cache
def systems() -> dict[str, System]:
    """All systems by their keys."""
    return {row["key"]: _system(row) for row in _data()["system"]}


@lru_cache(maxsize=8192)
def garment_of(words: str) -> Garment | None:
    """What is worn, by the words of an article, a category or a remark; None: nothing known."""
    there = set(re.findall(r"[^\W_]+(?:-[^\W_]+)?", folded(words)))
    there |= {part for word in there for part in word.split("-")}
    for garment, names in _garments():
        if names & there:
            return garment
    return None


def parse_size(text: str, family: str = "") -> Sized | None:
    """Read a size as it is said on the floor or stands on a label; None where it is none.

    ``family`` is that of the garment, empty where it is not known.
    """
    return _parse(" ".join(text.split()), family)


def show(size: Sized, family: str = "") -> str:
    """A size as it is said, which ``parse_size`` reads as the same."""
    bare = _bare(size)
    if not size.label or (size.system and parse_size(bare, family) == size):
        return bare
    return in_full(size)


def in_full(size: Sized) -> str:
    """A size with the name of its system, as beside those of other systems."""
    bare = _bare(size)
    if not size.label:
        return bare
    label = size.label if size.label not in ("KIDS", "AGE", "MONDO") else size.label.lower()
    return f"{label.replace('WOMEN', 'women').replace('MEN', 'men')} {bare}"


def place(size: Sized, family: str = "") -> float:
    """Where a size stands among those of its kind: to be compared within one family alone."""
    system = systems().get(size.system)
    if system is not None:
        return system.measures[system.values.index(size.value)]
    if size.value in LETTERS:
        return float(LETTERS.index(size.value))
    return _as_number(size.value)


def next_to(size: Sized, steps: int, family: str = "") -> Sized | None:
    """The size that many steps larger (or smaller); None at the end of the row."""
    system = systems().get(size.system) or next(iter(_candidates(size, family)), None)
    if system is None:
        return None
    at = system.values.index(size.value) + steps
    return replace(size, value=system.values[at]) if 0 <= at < len(system.values) else None


def wider(size: Sized, steps: int) -> Sized | None:
    """The same length of a shoe in a wider (or narrower) one, or None where it says no width."""
    row = ("AA", "A", "B", "C", "D", "E", "EE", "EEE")
    if size.extra not in row or not 0 <= row.index(size.extra) + steps < len(row):
        return None
    return replace(size, extra=row[row.index(size.extra) + steps])


def could_be(size: Sized, family: str) -> tuple[Sized, ...]:
    """The sizes that a number may be, where several systems have it; else nothing."""
    if size.system:
        return ()
    found = {
        system.label: replace(size, system=system.key, label=system.label.upper())
        for system in reversed(_candidates(size, family))
        if system.label
    }
    return tuple(reversed(found.values())) if len(found) > 1 else ()


def are_comparable(one: Sized, other: Sized) -> bool:
    """Whether two sizes stand for the same measure: a waist and a bust do not."""
    a, b = systems().get(one.system), systems().get(other.system)
    return a is None or b is None or a.family == b.family


def about(size: Sized) -> tuple[About, ...]:
    """About the same size in the family's other systems; nothing where the own is not known."""
    own = systems().get(size.system)
    if own is None or (own.extra == "cup" and size.extra not in SHARED_CUPS):
        return ()
    measure = own.measures[own.values.index(size.value)]
    found = []
    for other in systems().values():
        if other.family != own.family or other is own:
            continue
        at = min(range(len(other.values)), key=lambda at: abs(other.measures[at] - measure))
        step = max(_step(own), _step(other))
        if abs(other.measures[at] - measure) > step:
            continue
        kept = size.extra if size.extra in _EXTRAS.get(other.extra, ()) else ""
        if other.extra in ("cup", own.extra) or not kept:
            label = other.label.upper()
            found.append(About(Sized(other.key, label, other.values[at], kept), other.source))
    return tuple(found)


@cache
def _data() -> dict[str, Any]:
    with resource("sizes.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _garments() -> tuple[tuple[Garment, frozenset[str]], ...]:
    return tuple(
        (
            Garment(row["category"], row["family"]),
            frozenset(folded(word) for word in row["words"]),
        )
        for row in _data()["garment"]
    )


def _system(row: dict[str, Any]) -> System:
    if "values" in row:
        values = tuple(row["values"])
    else:
        count = int((row["to"] - row["from"]) / row["step"]) + 1
        numbers = [row["from"] + row["step"] * at for at in range(count)]
        values = tuple(_as_value(number) for number in numbers)
    if "measures" in row:
        measures = tuple(float(one) for one in row["measures"])
    else:
        step = row.get("step", 1)
        measures = tuple(row["measure"] + at * step * row["per"] for at in range(len(values)))
    return System(
        row["key"],
        row["family"],
        row["label"],
        values,
        measures,
        row["unit"],
        row.get("extra", ""),
        row["source"],
    )


@cache
def _of_family(family: str) -> tuple[System, ...]:
    if not family:
        return tuple(systems().values())
    wanted = FAMILIES.get(family, (family,))
    return tuple(system for system in systems().values() if system.family in wanted)


@lru_cache(maxsize=8192)
def _parse(text: str, family: str) -> Sized | None:
    words = _SAID.sub("", text).upper().strip()
    words = re.sub(r"\s*½|\s+1/2\b", ".5", words)
    words = re.sub(r"(?<=\d),5\b", ".5", words)
    label, words = _label(words)
    if match := _LETTER.match(words):
        value = words.replace("2X", "XX").replace("3X", "XXX").replace(".5", "½")
        extra = ""
        if match[2] is None and value not in (*LETTERS, "M") and family not in ("", "ring"):
            return None
    elif match := _NUMBER.match(words):
        value = _as_value(float(match[1]))
        extra = match[2] or match[3] or ""
        extra = _SPOKEN.get(extra, extra)
    else:
        return None
    read = Sized("", label, value, extra)
    found = _candidates(read, family)
    if not found:
        return None
    if len(found) > 1 and not label and extra == "" and family == "" and value in LETTERS:
        return read
    if len(found) != 1:
        return read
    return replace(read, system=found[0].key, label=found[0].label.upper())


def _candidates(size: Sized, family: str) -> tuple[System, ...]:
    own = _among(_of_family(family), size)
    if own or family not in ELSE or (size.value == "0" and not size.label):
        return own
    return _among(tuple(one for kind in ELSE[family] for one in _of_family(kind)), size)


def _among(rows: tuple[System, ...], size: Sized) -> tuple[System, ...]:
    return tuple(
        system
        for system in rows
        if size.value in system.values
        and (not size.label or system.label.upper().split(" ")[0] == size.label.split(" ")[0])
        and (" " not in size.label or system.label.upper() == size.label)
        and (size.extra in _EXTRAS[system.extra] if size.extra and system.extra else not size.extra)
        and (system.extra != "cup" or size.extra)
    )


def _label(words: str) -> tuple[str, str]:
    for label in _LABELS:
        if words.startswith(f"{label} "):
            return label, words[len(label) :].strip()
        if words.endswith(f" {label}"):
            return label, words[: -len(label)].strip()
        if words.startswith(label) and words[len(label) :][:1].isdigit():
            return label, words[len(label) :]
    return "", words


def _bare(size: Sized) -> str:
    system = systems().get(size.system)
    kind = system.extra if system is not None else ""
    if not size.extra:
        return size.value
    if kind in ("sleeve", "inseam") or (size.extra.isdigit() and kind != "drop"):
        return f"{size.value}/{size.extra}"
    if kind == "drop":
        return f"{size.value} drop {size.extra}"
    if kind in ("suit", "cup") or (not kind and size.extra in CUPS and _as_number(size.value) > 20):
        return f"{size.value}{size.extra}"
    return f"{size.value} {size.extra}"


def _step(system: System) -> float:
    return max(
        after - before for before, after in zip(system.measures, system.measures[1:], strict=False)
    )


def _as_value(number: float) -> str:
    whole = int(number)
    return str(whole) if number == whole else f"{whole or ''}½"


def _as_number(value: str) -> float:
    try:
        return float(value.replace("½", ".5"))
    except ValueError:
        return 2.0 * (ord(value[0]) - ord("A")) + ("½" in value)
