"""Of what kind is an entry that a note offers? By itself, so that showing one loads no grammar."""

from __future__ import annotations

from enum import StrEnum


class OfferKind(StrEnum):
    """What an offered entry would become."""

    PERSON = "person"
    SIZE = "size"
    LIKE = "like"
    AVOID = "avoid"
    OCCASION = "occasion"
    BIRTHDAY = "birthday"
    PROMISE = "promise"
    FOLLOW_UP = "follow-up"
    CONTACT = "contact point"
    LANGUAGE = "language"
    NAME = "preferred name"
    WISH = "wish"
