"""Which templates come with the program, and how does a client ask to hear no more?

They are data: ``resources/templates.toml``. A store copies them into its book and changes them
there; the files are only ever read.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from clientele.domain.client import Channel, Purpose
from clientele.domain.rules.templates import Address, Because, Taken, Template, Variant, take
from clientele.system.resources import resource


@cache
def shipped(language: str) -> tuple[Template, ...]:
    """The shipped templates, with their names in this language (``en``, ``de``, ``nl``)."""
    return tuple(_template(row, language) for row in _data()["template"])


def shipped_template(key: str, language: str) -> Template:
    """The shipped template with this key.

    Raises:
        KeyError: there is none.
    """
    return {one.key: one for one in shipped(language)}[key]


def call_sheet_key(key: str) -> str:
    """The key of the call sheet about the same as a written template: each shipped one has it."""
    return key if key.endswith("_call") else f"{key}_call"


def how_to_stop(language: str, address: Address) -> str:
    """The sentence that stands in the field “how to stop” unless the store has its own."""
    variants = tuple(_variant(row) for row in _data()["how_to_stop"])
    sentence = Template("", Purpose.NEWS, (Channel.TEXT,), variants)
    taken: Taken = take(sentence, language, "", address)
    if taken.because is not Because.CLIENT:
        raise KeyError(language)
    return taken.variant.body


@cache
def _data() -> dict[str, Any]:
    with resource("templates.toml").open("rb") as file:
        return tomllib.load(file)


def _template(row: dict[str, Any], language: str) -> Template:
    return Template(
        row["name"][language],
        Purpose(row["purpose"]),
        tuple(Channel(one) for one in row["channels"]),
        tuple(_variant(one) for one in row["variant"]),
        row["key"],
    )


def _variant(row: dict[str, Any]) -> Variant:
    return Variant(
        row["language"],
        row["body"].strip("\n"),
        row.get("subject", ""),
        Address(row.get("address", "")),
    )
