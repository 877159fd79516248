"""Which clients does a text mean? From the one box: names, any part of a number or e-mail address.

The text never becomes SQL or full-text syntax: it is taken apart into words, each quoted and
bound. A broad prefix is answered from the index of names in its order, because sorting every
client whose name begins with one letter would take longer than a key press.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from clientele.domain.rules.names import folded

SORTABLE = 2_000
"""Up to so many hits are put in order, one's own clients first; more are given as they come."""

LONGEST = 200
"""Signs of a text that are looked at: each word more costs a question more."""

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""NUL ends a full-text question half way; a half of a pair of surrogates is no character."""
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"[+(]?\d[\d\-/.() ]*")
_PIECE = re.compile(r"@|\w[._]\w")


@dataclass(frozen=True, slots=True)
class Asked:
    """A text taken apart: words of a name, digits of a number, pieces of an e-mail address."""

    words: tuple[str, ...] = ()
    digits: str = ""
    pieces: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.digits or self.pieces)


@dataclass(frozen=True, slots=True)
class Found:
    """The clients that a text means, the likeliest first; ``more`` when there are others."""

    ids: tuple[int, ...]
    more: bool = False


def plain(typed: str) -> str:
    """``typed`` without what SQLite cannot be asked for, and no longer than anybody means."""
    return _NO_TEXT.sub(" ", typed[:LONGEST])


def read_text(typed: str) -> Asked:
    """Take a text apart.

    Digits are a number once there are three; a word with an @, a dot or an underscore in it is a
    piece of an e-mail address; all else are words of a name.
    """
    typed = " ".join(plain(typed).split())
    if _DIGITS.fullmatch(typed):
        digits = "".join(filter(str.isdigit, typed))
        return Asked(digits=digits) if len(digits) >= 3 else Asked(words=(digits,))
    words: list[str] = []
    pieces: list[str] = []
    digits = ""
    for token in typed.split(" "):
        if _DIGITS.fullmatch(token) and sum(map(str.isdigit, token)) >= 3:
            digits += "".join(filter(str.isdigit, token))
        elif len(token) >= 3 and _PIECE.search(token):
            pieces.append(token.strip(",;").lower())
        else:
            words += _WORD.findall(folded(token))
    return Asked(tuple(words), digits, tuple(pieces))


def search(
    session: Session, typed: str, *, associate_id: int | None = None, limit: int = 50
) -> Found:
    """The clients that ``typed`` means, those of ``associate_id`` first, at most ``limit``."""
    asked = read_text(typed)
    if not asked:
        return Found(())
    if len(asked.words) == 1 and not asked.digits and not asked.pieces:
        return _one_word(session, asked.words[0], associate_id, limit)
    hits = _all_of(session, asked, SORTABLE + 1)
    return _in_order(session, hits, associate_id, limit)


def _one_word(session: Session, word: str, associate_id: int | None, limit: int) -> Found:
    """Family names that begin so, then any other name; then a piece of an address.

    Of very many the associate's own come first too, but for a single letter: that would read a
    tenth of all names.
    """
    hits = _words(session, (word,), SORTABLE + 1)
    if len(hits) > SORTABLE:
        span = {"low": word, "high": word + "\U0010ffff", "n": limit}
        ids: dict[int, None] = {}
        if associate_id is not None and len(word) > 1:
            ids.update(dict.fromkeys(session.scalars(_MINE, {**span, "mine": associate_id})))
        ids.update(dict.fromkeys(session.scalars(_FAMILY, span)))
        ids.update(dict.fromkeys(hits[:limit]))
        return Found(tuple(ids)[:limit], more=True)
    hits = list(dict.fromkeys([*hits, *_referenced(session, word)]))
    found = _in_order(session, hits, associate_id, limit)
    if len(found.ids) < limit and len(word) >= 3:
        others = [key for key in _contacts(session, word, SORTABLE) if key not in set(found.ids)]
        rest = _in_order(session, others, associate_id, limit - len(found.ids))
        return Found((*found.ids, *rest.ids), found.more or rest.more)
    return found


def _all_of(session: Session, asked: Asked, limit: int) -> list[int]:
    """The clients for whom every part holds.

    Of one part alone ``limit`` hits are enough: each lies on a page of its own to be decrypted.
    """
    several = bool(asked.words) + bool(asked.digits) + len(asked.pieces) > 1
    wide = limit * 5 if several else limit
    parts: list[list[int]] = []
    if asked.digits:
        parts.append([*_referenced(session, asked.digits), *_contacts(session, asked.digits, wide)])
    parts += [_contacts(session, piece, wide) for piece in asked.pieces]
    if asked.words:
        parts.append(_words(session, asked.words, wide))
    common = set(parts[0]).intersection(*parts[1:])
    return [key for key in dict.fromkeys(parts[0]) if key in common][:limit]


def _words(session: Session, words: tuple[str, ...], limit: int) -> list[int]:
    match = " ".join(f'"{word}"*' for word in words)
    return _ids(session, _NAMES, {"match": match, "n": limit})


def _contacts(session: Session, part: str, limit: int) -> list[int]:
    """Clients of whose numbers or addresses ``part`` (three characters or more) is a part."""
    if len(part) < 3:
        return []
    quoted = '"' + part.replace('"', '""') + '"'
    return list(dict.fromkeys(_ids(session, _CONTACTS, {"match": quoted, "n": limit})))


def _ids(session: Session, asked: TextClause, values: dict[str, object]) -> list[int]:
    """Ids that the database puts into one text: thousands of rows would cost more than finding."""
    found = session.scalar(asked, values)
    return [int(key) for key in found.split(",")] if found else []


def _referenced(session: Session, text_: str) -> list[int]:
    return list(session.scalars(_REFERENCE, {"reference": text_}))


def _in_order(session: Session, hits: list[int], associate_id: int | None, limit: int) -> Found:
    if not hits:
        return Found(())
    if len(hits) > SORTABLE:
        return Found(tuple(hits[:limit]), more=True)
    values = {"ids": json.dumps(hits), "mine": associate_id or 0, "n": limit}
    return Found(tuple(session.scalars(_ORDER, values)), more=len(hits) > limit)


_NAMES = text(
    "SELECT group_concat(rowid) FROM "
    "(SELECT rowid FROM client_words WHERE client_words MATCH :match LIMIT :n)"
)
_CONTACTS = text(
    "SELECT group_concat(rowid) FROM "
    "(SELECT rowid FROM client_reach WHERE client_reach MATCH :match LIMIT :n)"
)
_REFERENCE = text("SELECT client_id FROM client_reference WHERE reference = :reference")
_FAMILY = text(
    "SELECT id FROM client WHERE sort_name >= :low AND sort_name < :high "
    "ORDER BY sort_name, id LIMIT :n"
)
# The plus keeps SQLite on the index of names, which it leaves as soon as there are enough.
_MINE = text(
    "SELECT id FROM client WHERE sort_name >= :low AND sort_name < :high AND +id IN "
    "(SELECT client_id FROM book_membership WHERE associate_id = :mine AND until IS NULL) "
    "ORDER BY sort_name, id LIMIT :n"
)
_ORDER = text(
    "SELECT client.id FROM client LEFT JOIN book_membership AS book "
    "ON book.client_id = client.id AND book.associate_id = :mine AND book.until IS NULL "
    "WHERE client.id IN (SELECT value FROM json_each(:ids)) GROUP BY client.id "
    "ORDER BY max(book.id) IS NULL, client.sort_name, client.id LIMIT :n"
)
