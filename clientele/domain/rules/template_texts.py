"""How are a template's channels and variants written into the book, and read from it again?"""

from __future__ import annotations

import json
from collections.abc import Iterable

from clientele.domain.client import Channel
from clientele.domain.rules.templates import Address, Variant


def channels_text(channels: Iterable[Channel]) -> str:
    """“text,email”: each once, in their order."""
    return ",".join(dict.fromkeys(one.value for one in channels))


def channels_read(text: str) -> tuple[Channel, ...]:
    """What ``channels_text`` wrote; what is no channel is left out."""
    known = {one.value for one in Channel}
    return tuple(Channel(one) for one in text.split(",") if one in known)


def variants_text(variants: Iterable[Variant]) -> str:
    """Language, form of address, subject and body of each, as JSON."""
    rows = [
        {
            "language": one.language,
            "address": one.address.value,
            "subject": one.subject,
            "body": one.body,
        }
        for one in variants
    ]
    return json.dumps(rows, ensure_ascii=False)


def variants_read(text: str) -> tuple[Variant, ...]:
    """What ``variants_text`` wrote.

    Raises:
        ValueError: it is not that, as in a book that a newer program wrote.
    """
    try:
        return tuple(
            Variant(row["language"], row["body"], row["subject"], Address(row["address"]))
            for row in json.loads(text)
        )
    except (KeyError, TypeError) as error:
        raise ValueError(text[:40]) from error
