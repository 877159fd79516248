"""Which size does a variant name: ``42 / Blue``, or an article with it: ``Oxford shirt - 42``?

Shop systems have no column for sizes: what a client chose stands in the variant's words, or after
the article's. Only what reads as a size is taken for one, so that ``Regular`` and colours are left.
"""

from __future__ import annotations

import re
from typing import Final

from clientele.domain.rules.size_systems import garment_of, parse_size
from clientele.exchange.cells import refuse_card, unguarded
from clientele.exchange.synonyms import plain_name

_COLUMNS: Final = frozenset(
    map(
        plain_name,
        (
            *("price point name", "variation", "variation name", "variations", "item variation"),
            *("variant", "variant title", "variant name", "lineitem variant", "variante"),
            *("lineitem variant title", "attributes", "product attributes", "options", "variatie"),
        ),
    )
)
_LETTERS: Final = {
    "x-small": "XS",
    "small": "S",
    "medium": "M",
    "large": "L",
    "x-large": "XL",
    "xx-large": "XXL",
}
_ITEM_COLUMN: Final = "lineitem name"
_CACHE: Final = 1 << 15
_BETWEEN: Final = re.compile(r"\s+/\s+|\s*[,;|\n]\s*(?!\d\b)")


class VariantSizes(dict[str, str]):
    """Cells to the size that they name, empty where they name none; bounded.

    With ``after_article`` the variant follows the article's words and a dash, and counts only
    where these name something that is worn: a gift card of 50 has no size.

    Raises:
        Unreadable: what was found looks like a card number.
    """

    def __init__(self, *, after_article: bool) -> None:
        super().__init__()
        self._after_article = after_article

    def __missing__(self, text: str) -> str:
        found = _size_in(unguarded(text.strip()), after_article=self._after_article)
        refuse_card(found, "size")
        if len(self) >= _CACHE:
            self.clear()
        self[text] = found
        return found


def sizes_of(column: str, *, is_item: bool) -> VariantSizes | None:
    """How the sizes of this column are read; None where a cell is a size and nothing else.

    ``is_item`` says that the column also fills the article.
    """
    name = plain_name(column)
    if is_item or name == _ITEM_COLUMN:
        return VariantSizes(after_article=True)
    return VariantSizes(after_article=False) if name in _COLUMNS else None


def _size_in(text: str, *, after_article: bool) -> str:
    family = ""
    if after_article:
        article, dash, text = text.rpartition(" - ")
        garment = garment_of(article) if dash else None
        if garment is None:
            return ""
        family = garment.family
    for part in _BETWEEN.split(text):
        size = part.rpartition(":")[2].strip()
        size = _LETTERS.get(size.casefold(), size)
        if size and (parse_size(size, family) or parse_size(size)) is not None:
            return size
    return ""
