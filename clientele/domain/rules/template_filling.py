"""What does a message say for this client, and what is still missing from it?

Values are put between the parts of a template and never read: a client who is called
“{associate}” stays so. A field without a value is named before anything is sent; a message with a
gap is never sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from clientele.domain.client import Channel
from clientele.domain.errors import Refusal
from clientele.domain.rules.template_fields import fields
from clientele.domain.rules.template_words import Optional, Part, Value, Words, parse
from clientele.domain.rules.templates import Taken
from clientele.domain.rules.text_length import TextLength, plain, text_length

_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Line breaks, tabs and other signs that steer: a value is one line of words."""

_CLOSING: Final = frozenset(",.;:?)")


class FieldsMissing(Refusal):
    """A message has fields that nobody could fill."""

    template = (
        "This message does not say yet: {missing}. Nothing was sent and your words were kept; "
        "write what belongs there."
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a message; of a ``field`` where they are its value, or its place if ``missing``."""

    words: str
    field: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A message for a client, as it will be sent once nothing is missing.

    ``missing`` are fields that must have a value and have none: each stands in the words as
    ``{its name}``. ``left_out`` are those whose part was left out, ``used`` those that are in it.
    """

    taken: Taken
    channel: Channel
    subject_pieces: tuple[Piece, ...]
    body_pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]
    used: tuple[str, ...]

    @property
    def subject(self) -> str:
        """On one line; empty unless it is an e-mail."""
        return "".join(piece.words for piece in self.subject_pieces)

    @property
    def body(self) -> str:
        """Its lines; of a text message in plain signs (``text_length.plain``)."""
        return "".join(piece.words for piece in self.body_pieces)

    @property
    def language(self) -> str:
        """The language that was taken; ``taken.because`` says why."""
        return self.taken.variant.language

    @property
    def length(self) -> TextLength | None:
        """How long it is as a text message; None on other channels."""
        return text_length(self.body) if self.channel == Channel.TEXT else None


def fill(taken: Taken, channel: Channel, values: Mapping[str, str]) -> Filled:
    """Put values into a template, for one of its channels.

    ``values`` are by the fields' names, ready in the language of ``taken.variant``; one that is
    empty or not there has no value.

    Raises:
        ValueError: the template is not for this channel.
        KeyError: a value for a field that there is not.
        BadWords: the template cannot be read.
    """
    if channel not in taken.template.channels:
        raise ValueError(f"not a template for {channel}")
    if unknown := values.keys() - fields().keys():
        raise KeyError(*sorted(unknown))
    known = {field: clean for field, value in values.items() if (clean := _one_line(value))}
    body_words = parse(taken.variant.body)
    subject_words = parse(taken.variant.subject) if channel == Channel.EMAIL else Words(())
    subject = _filled(subject_words.parts, known)
    body = _filled(body_words.parts, known)
    if channel == Channel.TEXT:
        body = [Piece(plain(piece.words), piece.field, piece.missing) for piece in body]
    both = (*subject, *body)
    used = tuple(dict.fromkeys(one.field for one in both if one.field and not one.missing))
    optional = (*subject_words.optional, *body_words.optional)
    missing = tuple(dict.fromkeys(one.field for one in both if one.missing))
    return Filled(
        taken,
        channel,
        tuple(Piece(_one_line(one.words, ends=False), one.field, one.missing) for one in subject),
        tuple(body),
        missing,
        tuple(dict.fromkeys(one for one in optional if one not in known and one not in missing)),
        used,
    )


def still_missing(missing: Collection[str], *words: str) -> tuple[str, ...]:
    """Of the fields that were missing, those whose place still stands in the edited words."""
    return tuple(field for field in missing if any(_place(field) in one for one in words))


def sendable(missing: Collection[str], *words: str) -> None:
    """Let a message go out whose words (subject, body), edited by now, have no gap.

    Raises:
        FieldsMissing: a missing field is still in them.
    """
    if left := still_missing(missing, *words):
        raise FieldsMissing(missing=", ".join(left))


def _filled(parts: Iterable[Part], known: Mapping[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    gap = False
    for one in _flat(parts, known):
        if one is None:
            gap = True
        elif gap and not one.field:
            pieces, rest = _joined(pieces, one.words)
            pieces += [Piece(rest)] if rest else []
            gap = not rest
        else:
            pieces.append(one)
            gap = False
    return _trimmed(piece for piece in pieces if piece.words)


def _flat(parts: Iterable[Part], known: Mapping[str, str]) -> Iterator[Piece | None]:
    """The pieces one after another; None where a part was left out."""
    for part in parts:
        if isinstance(part, Optional):
            if all(field in known for field in part.fields):
                yield from _flat(part.parts, known)
            else:
                yield None
        elif isinstance(part, Value):
            there = part.field in known
            yield Piece(known[part.field] if there else _place(part.field), part.field, not there)
        else:
            yield Piece(part.words)


def _joined(pieces: list[Piece], after: str) -> tuple[list[Piece], str]:
    """Close the gap that a part left behind: no space or empty line twice, none before a comma.

    Only the template's own words are touched, never a value.
    """
    last = pieces[-1] if pieces else Piece("")
    before = "\n" if not pieces else last.words
    if after[:1] in _CLOSING and not last.field:
        return [*pieces[:-1], Piece(last.words.rstrip(" "))] if pieces else [], after
    if before.endswith((" ", "\n")):
        after = after.lstrip(" ")
    if before.endswith("\n"):
        wide = len(before) - len(before.rstrip("\n")) if pieces else 2
        breaks = len(after) - len(after.lstrip("\n"))
        after = after[min(wide, breaks) :]
    elif after.startswith("\n") and not last.field:
        return [*pieces[:-1], Piece(last.words.rstrip(" "))], after
    return pieces, after


def _trimmed(found: Iterable[Piece]) -> list[Piece]:
    """Without white space of the template at either end."""
    pieces = list(found)
    if pieces and not pieces[0].field:
        pieces[0] = Piece(pieces[0].words.lstrip())
    if pieces and not pieces[-1].field:
        pieces[-1] = Piece(pieces[-1].words.rstrip())
    return [piece for piece in pieces if piece.words]


def _one_line(words: str, *, ends: bool = True) -> str:
    line = _BREAKS.sub(" ", words)
    return line.strip() if ends else line


def _place(field: str) -> str:
    return "{" + field + "}"
