"""Which colour is an article, as its words say in English, German or Dutch?

A small table of the colours that a store names; shades are the colour that people call them.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final

from clientele.domain.rules.names import folded


class Colour(StrEnum):
    """A colour as people call it."""

    BLACK = "black"
    WHITE = "white"
    GREY = "grey"
    NAVY = "navy"
    BLUE = "blue"
    GREEN = "green"
    RED = "red"
    PINK = "pink"
    PURPLE = "purple"
    YELLOW = "yellow"
    ORANGE = "orange"
    BROWN = "brown"
    BEIGE = "beige"
    GOLD = "gold"
    SILVER = "silver"


_WORDS: Final = {
    Colour.BLACK: "black schwarz schwarze schwarzer schwarzes zwart zwarte jet ebony",
    Colour.WHITE: "white ivory weiss weisse weisser weisses wit witte ecru offwhite",
    Colour.GREY: "grey gray charcoal grau graue grauer graues anthrazit grijs grijze antraciet",
    Colour.NAVY: "navy midnight marine dunkelblau dunkelblaue marineblau donkerblauw donkerblauwe",
    Colour.BLUE: "blue sky indigo cobalt teal blau blaue blauer blaues hellblau blauw blauwe "
    "lichtblauw",
    Colour.GREEN: "green olive emerald khaki sage grun grune gruner grunes oliv dunkelgrun groen "
    "groene olijf donkergroen",
    Colour.RED: "red burgundy bordeaux oxblood scarlet crimson rot rote roter rotes weinrot rood "
    "rode wijnrood",
    Colour.PINK: "pink blush fuchsia rosa roze",
    Colour.PURPLE: "purple plum lilac violet lavender lila violett paars paarse",
    Colour.YELLOW: "yellow mustard lemon gelb gelbe gelber gelbes senfgelb geel gele okergeel",
    Colour.ORANGE: "orange rust apricot rostrot oranje",
    Colour.BROWN: "brown tan cognac chestnut chocolate braun braune brauner braunes bruin bruine",
    Colour.BEIGE: "beige camel sand cream stone creme zand",
    Colour.GOLD: "gold golden goldene goldenes goud gouden",
    Colour.SILVER: "silver silber silbern silberne zilver zilveren",
}
_COLOURS: Final = {word: colour for colour, words in _WORDS.items() for word in words.split()}
_WORD: Final = re.compile(r"[a-z]+")


@lru_cache(maxsize=8_192)
def colour_in(words: str) -> Colour | None:
    """The first colour that an article's words name; None where they name none."""
    named = (_COLOURS.get(word) for word in _WORD.findall(folded(words)))
    return next((colour for colour in named if colour is not None), None)
