"""How are the words of a template read: what is text, what a field, what may be left out?

Two signs, and no more:

- ``{preferred name}`` stands for a value.
- ``[[ until {day}]]`` is left out, spaces and all, when a field in it has no value.

Nothing is ever evaluated: a template is cut into parts once, and values are put between them
without being read. Whatever cannot be read has its sentence and its place, all of them at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clientele.domain.errors import Refusal
from clientele.domain.rules.template_fields import field_meant, field_named

_SIGN: Final = re.compile(
    r"(?P<doubled>\{\{+[^{}\[\]\n]*\}*)"
    r"|\{(?P<name>[^{}\[\]\n]*)(?P<closed>\}?)"
    r"|(?P<open>\[\[)|(?P<close>\]\])|(?P<stray>\}+)"
)
SHOWN: Final = 30
"""So much of what could not be read is shown."""


class BadWords(Refusal):
    """Something in a template cannot be read; ``start`` to ``end`` is where it stands."""

    start = end = 0


class UnknownField(BadWords):
    """A field that is none."""

    template = (
        "Line {line}, character {character}: there is no field “{text}”. "
        "Your words were kept; choose one of the fields."
    )


class MistakenField(UnknownField):
    """A field that is none, but one is near."""

    template = (
        "Line {line}, character {character}: there is no field “{text}”. "
        "Your words were kept; did you mean {{{meant}}}?"
    )


class EmptyField(BadWords):
    """Braces with nothing in them."""

    template = (
        "Line {line}, character {character}: there is nothing between the braces. "
        "Your words were kept; write the name of a field, or take the braces out."
    )


class FieldNotClosed(BadWords):
    """An opening brace without its closing one."""

    template = (
        "Line {line}, character {character}: the {{ here is not closed. "
        "Your words were kept; put a }} behind the name of the field."
    )


class FieldNotOpened(BadWords):
    """A closing brace without its opening one."""

    template = (
        "Line {line}, character {character}: a }} stands alone. "
        "Your words were kept; put a {{ before the name of the field, or take it out."
    )


class BraceDoubled(BadWords):
    """Two braces for one, as other programs want them."""

    template = (
        "Line {line}, character {character}: “{text}” has two braces. "
        "Your words were kept; one on each side is enough, like {{item}}."
    )


class PartNotClosed(BadWords):
    """An optional part without an end."""

    template = (
        "Line {line}, character {character}: the part that begins with [[ does not end. "
        "Your words were kept; put ]] where it ends."
    )


class PartNotOpened(BadWords):
    """An optional part without a beginning."""

    template = (
        "Line {line}, character {character}: ]] ends a part that never began. "
        "Your words were kept; put [[ where it begins, or take it out."
    )


class PartInPart(BadWords):
    """An optional part within another."""

    template = (
        "Line {line}, character {character}: a part in [[ ]] cannot hold another. "
        "Your words were kept; end the first with ]] before the next begins."
    )


class PartWithoutField(BadWords):
    """An optional part that nothing could ever leave out."""

    template = (
        "Line {line}, character {character}: nothing says when this part in [[ ]] is left out. "
        "Your words were kept; put a field into it, or take the brackets out."
    )


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand as they are."""

    words: str


@dataclass(frozen=True, slots=True)
class Value:
    """A place for the value of a field."""

    field: str


@dataclass(frozen=True, slots=True)
class Optional:
    """What is left out when a field in it has no value."""

    parts: tuple[Text | Value, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in it."""
        return tuple(part.field for part in self.parts if isinstance(part, Value))


Part = Text | Value | Optional


@dataclass(frozen=True, slots=True)
class Words:
    """What was read. With ``faults`` the parts are what could be read all the same."""

    parts: tuple[Part, ...]
    faults: tuple[BadWords, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields without which there is no message, each once."""
        return tuple(dict.fromkeys(part.field for part in self.parts if isinstance(part, Value)))

    @property
    def optional(self) -> tuple[str, ...]:
        """The fields in parts that may be left out, each once."""
        parts = (part for part in self.parts if isinstance(part, Optional))
        return tuple(dict.fromkeys(field for part in parts for field in part.fields))


def parse(text: str) -> Words:
    """Read the words of a template.

    Raises:
        BadWords: the first of what cannot be read.
    """
    words = read(text)
    if words.faults:
        raise words.faults[0]
    return words


def read(text: str) -> Words:
    """Read the words of a template, as they are typed: never raises, names every fault."""
    return _Reader(text).read()


class _Reader:
    """Goes over the text once, from sign to sign."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[BadWords] = []
        self.parts: list[Part] = []
        self.inside: list[Text | Value] | None = None
        """What stands in the optional part that is open."""
        self.opened = 0

    def read(self) -> Words:
        at = 0
        for sign in _SIGN.finditer(self.text):
            self._words(self.text[at : sign.start()])
            at = sign.end()
            self._sign(sign)
        self._words(self.text[at:])
        if self.inside is not None:
            self._fault(PartNotClosed, self.opened, self.opened + 2)
            self.parts += self.inside
        self.faults.sort(key=lambda fault: fault.start)
        return Words(tuple(self.parts), tuple(self.faults))

    def _sign(self, sign: re.Match[str]) -> None:
        if sign["doubled"] is not None:
            self._fault(BraceDoubled, *sign.span(), text=_shown(sign[0]))
        elif sign["stray"] is not None:
            self._fault(FieldNotOpened, *sign.span())
        elif sign["open"] is not None:
            self._open(*sign.span())
        elif sign["close"] is not None:
            self._close(*sign.span())
        elif not sign["closed"]:
            self._fault(FieldNotClosed, sign.start(), sign.start() + 1)
        elif not sign["name"].strip():
            self._fault(EmptyField, *sign.span())
        elif field := field_named(sign["name"]):
            self._add(Value(field))
        elif meant := field_meant(sign["name"]):
            self._fault(MistakenField, *sign.span(), text=_shown(sign["name"]), meant=meant)
        else:
            self._fault(UnknownField, *sign.span(), text=_shown(sign["name"]))

    def _open(self, start: int, end: int) -> None:
        if self.inside is not None:
            self._fault(PartInPart, start, end)
        else:
            self.inside, self.opened = [], start

    def _close(self, start: int, end: int) -> None:
        if self.inside is None:
            self._fault(PartNotOpened, start, end)
            return
        part, self.inside = Optional(tuple(self.inside)), None
        faulty = any(self.opened <= fault.start for fault in self.faults)
        if not part.fields and not faulty:
            self._fault(PartWithoutField, self.opened, end)
        self.parts.append(part)

    def _words(self, words: str) -> None:
        if words:
            self._add(Text(words))

    def _add(self, part: Text | Value) -> None:
        (self.parts if self.inside is None else self.inside).append(part)

    def _fault(self, kind: type[BadWords], start: int, end: int, **values: str) -> None:
        before = self.text[:start]
        line = before.count("\n") + 1
        character = start - (before.rfind("\n") + 1) + 1
        fault = kind(line=line, character=character, **values)
        fault.start, fault.end = start, end
        self.faults.append(fault)


def _shown(text: str) -> str:
    short = " ".join(text.split())
    return short if len(short) <= SHOWN else short[: SHOWN - 1].rstrip() + "…"
