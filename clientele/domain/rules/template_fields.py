"""Which fields may a message have, what does each mean, and what is it made of?

The fields are data: ``resources/template_fields.toml``. A value is always a text that the caller
has made ready in the language of the message (a day, a time or an amount by ``Formats``).
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from clientele.system.resources import resource

LIKENESS: Final = 0.6
"""From here on (difflib's ratio) a field is thought to be meant."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field. The words are by language (``en``, ``de``, ``nl``).

    ``made_of`` says, for whoever fills it, from what in the book the value is made; English alone.
    """

    name: str
    made_of: str
    means: dict[str, str]
    example: dict[str, str]


@cache
def fields() -> dict[str, Field]:
    """All fields by their names, in the order in which they are offered."""
    with resource("template_fields.toml").open("rb") as file:
        rows = tomllib.load(file)["field"]
    return {
        row["name"]: Field(row["name"], row["made_of"], row["means"], row["example"])
        for row in rows
    }


def field_named(words: str) -> str:
    """The name of the field that was written, however spaced or capitalised; empty: none."""
    name = " ".join(words.casefold().split())
    return name if name in fields() else ""


def field_meant(words: str) -> str:
    """The field that was probably meant by a name that is none; empty: none is near."""
    name = " ".join(words.casefold().split())
    if name in fields():
        return name
    return next(iter(difflib.get_close_matches(name, fields(), n=1, cutoff=LIKENESS)), "")


def examples(language: str) -> dict[str, str]:
    """A typical value of every field, to show a template before there is a client.

    In English where there are none in the language.
    """
    return {
        name: field.example.get(language, field.example["en"]) for name, field in fields().items()
    }
