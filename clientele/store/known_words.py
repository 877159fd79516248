"""What is known of a client in words: where each word comes from, as SQL over the rows.

``NAMES`` has the client's names and in whose book they are, and nothing else, so that the lists of
clients by first letters, of which there are long ones, stay short. ``KNOWN`` has a column for each
kind of word (see ``store.known``), ``REACH`` the client's e-mail addresses and reference numbers,
of which any piece of three signs or more is found, and ``numbers``: the digits of telephone numbers
(with country code, and as typed where they differ) and of reference numbers, paired
(``store.digit_pairs``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clientele.store.digit_pairs import paired
from clientele.store.folding import FOLDED_LETTERS, replaced, with_umlauts


@dataclass(frozen=True, slots=True)
class ClientIndex:
    """A full-text table with one row for each client, which keeps no text of its own."""

    name: str
    columns: tuple[str, ...]
    options: str
    texts: str
    """The SQL of its columns, of a row of ``client``."""

    @property
    def source(self) -> str:
        """The view that says of every client what is indexed."""
        return f"{self.name}_source"

    @property
    def view(self) -> str:
        """How that view is made."""
        columns = ", ".join(("id", *self.columns))
        return f"CREATE VIEW {self.source} ({columns}) AS SELECT id, {self.texts} FROM client"

    def table(self, name: str) -> str:
        """How the table is made, under whatever name."""
        return (
            f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(self.columns)}, "
            f"content='', contentless_delete=1, {self.options})"
        )


_BOUGHT = "FROM purchase JOIN purchase_line ON purchase_line.purchase_id = purchase.id"
_MINE = "WHERE purchase.client_id = client.id AND amount >= 0 AND quantity >= 0"


def _joined(words: str, rest: str) -> str:
    """The SQL of all different ``words`` of some rows as one text; empty where there are none."""
    return f"coalesce((SELECT group_concat(DISTINCT {words}) {rest}), '')"


_TEXTS = {
    "goods": _joined(
        "purchase_line.item || ' ' || purchase_line.brand || ' ' || purchase_line.size "
        "|| ' ' || purchase_line.sku",
        f"{_BOUGHT} {_MINE}",
    ),
    "seen": _joined(
        "shown_item.item || ' ' || shown_item.detail || ' ' || shown_item.sku",
        "FROM visit JOIN visit_stop ON visit_stop.visit_id = visit.id "
        "JOIN shown_item ON shown_item.stop_id = visit_stop.id "
        "WHERE visit.client_id = client.id AND shown_item.outcome <> 'return'",
    )
    + " || ' ' || "
    + _joined(
        "item || ' ' || detail || ' ' || brand || ' ' || sku",
        "FROM wish WHERE wish.client_id = client.id AND wish.state <> 'dropped'",
    ),
    "wears": _joined(
        "category || ' ' || brand || ' ' || value || ' ' || fit",
        "FROM size WHERE size.client_id = client.id AND size.household_member_id IS NULL",
    )
    + " || ' ' || "
    + _joined(
        "what",
        "FROM preference WHERE preference.client_id = client.id "
        "AND preference.household_member_id IS NULL",
    ),
    "people": _joined(
        "name || ' ' || relation || ' ' || about",
        "FROM household_member WHERE household_member.client_id = client.id",
    )
    + " || ' ' || "
    + _joined(
        "category || ' ' || brand || ' ' || value",
        "FROM size WHERE size.client_id = client.id AND size.household_member_id IS NOT NULL",
    )
    + " || ' ' || "
    + _joined(
        "what",
        "FROM preference WHERE preference.client_id = client.id "
        "AND preference.household_member_id IS NOT NULL",
    ),
    "said": _joined("body", "FROM note WHERE note.client_id = client.id AND NOT note.sensitive"),
    "tags": _joined(
        "tag.name",
        "FROM client_tag JOIN tag ON tag.id = client_tag.tag_id "
        "WHERE client_tag.client_id = client.id",
    ),
    "fields": _joined(
        "CASE custom_value.value WHEN 'yes' THEN custom_field.name WHEN 'no' THEN '' "
        "ELSE custom_value.value END",
        "FROM custom_value JOIN custom_field ON custom_field.id = custom_value.field_id "
        "WHERE custom_value.client_id = client.id",
    ),
}
_FACTS = " || ' ' || ".join(
    (
        _joined("'d' || purchase_line.department_id", f"{_BOUGHT} {_MINE}"),
        _joined("'t' || tag_id", "FROM client_tag WHERE client_tag.client_id = client.id"),
        _joined(
            "'a' || associate_id",
            "FROM book_membership WHERE book_membership.client_id = client.id AND until IS NULL",
        ),
    )
)
_NO_DIGITS = dict.fromkeys((" ", "-", "+", "(", ")", ".", "/", "\u00a0"), "")
_DIGITS, _TYPED = replaced("normalised", _NO_DIGITS), replaced("value", _NO_DIGITS)
_POINTS = "FROM contact_point WHERE contact_point.client_id = client.id AND kind"

_REFERENCES = "FROM client_reference WHERE client_reference.client_id = client.id"

_CALLED = with_umlauts("given_name || ' ' || family_name || ' ' || preferred_name")
_BOOKS = "FROM book_membership WHERE book_membership.client_id = client.id AND until IS NULL"

BOOK: Final = "\ue000"
"""What the word for an associate's book begins with: a sign that no typed word has in it."""

NAMES: Final = ClientIndex(
    "client_words",
    ("words", "book"),
    "detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'",
    f"{_CALLED}, " + _joined(f"char({ord(BOOK)}) || associate_id", _BOOKS),
)
KNOWN: Final = ClientIndex(
    "client_known",
    ("name", *_TEXTS, "facts"),
    "detail=column, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2'",
    ", ".join(
        (
            _CALLED,
            *(replaced(text, FOLDED_LETTERS) for text in _TEXTS.values()),
            _FACTS,
        )
    ),
)
REACH: Final = ClientIndex(
    "client_reach",
    ("numbers", "addresses", "refs"),
    "tokenize='trigram'",
    ", ".join(
        (
            paired(
                f"SELECT iif({_DIGITS} = {_TYPED}, {_TYPED}, {_DIGITS} || ' ' || {_TYPED}) "
                f"AS digits {_POINTS} = 'phone' UNION ALL SELECT reference {_REFERENCES}"
            ),
            _joined("normalised", f"{_POINTS} <> 'phone'"),
            _joined("lower(reference)", _REFERENCES),
        )
    ),
)
CLIENT_INDEXES: Final = (NAMES, KNOWN, REACH)
