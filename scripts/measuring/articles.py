"""What might a store have sold? Articles by item, colour, size and brand, thousands of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Final

DEPARTMENTS: Final = (
    "Men's Suits", "Men's Shoes", "Men's Furnishings", "Women's Sportswear", "Women's Shoes",
    "Handbags", "Jewellery", "Cosmetics",
)  # fmt: skip
COLOURS: Final = (
    "navy", "black", "charcoal", "white", "camel", "stone", "mid grey", "dark brown", "cognac",
    "burgundy", "forest", "emerald", "pale blue", "ink blue", "rust", "ivory", "sage", "olive",
)  # fmt: skip
_BRANDS: Final = (
    "Aldermoor", "Beauchamp", "Castellani", "Drayton", "Elbe & Sohn", "Fenwright", "Grantley",
    "Hollis", "Inverness", "Jansen", "Kerry Lane", "Lindqvist", "Marchetti", "Northgate", "Oriel",
    "Pemberton", "Quay", "Rossini", "Saint-Clair", "Tiergarten", "Upton", "Visconti", "Westerlo",
    "Yarrow",
)  # fmt: skip
_SUIT: Final = tuple(f"{chest}{long}" for chest in range(36, 52, 2) for long in "SRL")
_COLLAR: Final = ("14½", "15", "15½", "16", "16½", "17", "17½")
_LETTERS: Final = ("XS", "S", "M", "L", "XL")
_DRESS: Final = tuple(str(size) for size in range(6, 22, 2))
_WAIST: Final = tuple(str(size) for size in range(28, 44, 2))
_MENS_SHOE: Final = tuple(f"{size}{half}" for size in range(7, 13) for half in ("", "½"))
_WOMENS_SHOE: Final = tuple(str(size) for size in range(35, 43))
_NONE: Final = ("",)
_ITEMS: Final = (
    # department, item, sizes, price in whole euros
    (1, "Suit", _SUIT, 890), (1, "Blazer", _SUIT, 520), (1, "Overcoat", _SUIT, 980),
    (1, "Dinner jacket", _SUIT, 1_150), (1, "Wool trousers", _WAIST, 240),
    (1, "Chinos", _WAIST, 130), (2, "Oxford shoe", _MENS_SHOE, 390),
    (2, "Loafer", _MENS_SHOE, 340), (2, "Chelsea boot", _MENS_SHOE, 420),
    (3, "Oxford shirt", _COLLAR, 120), (3, "Poplin shirt", _COLLAR, 110),
    (3, "Silk tie", _NONE, 95), (3, "Cashmere jumper", _LETTERS, 260),
    (3, "Leather belt", _WAIST, 85), (3, "Scarf", _NONE, 70), (3, "Gloves", _LETTERS, 75),
    (4, "Wrap dress", _DRESS, 320), (4, "Silk blouse", _DRESS, 210),
    (4, "Linen blazer", _DRESS, 380), (4, "Cardigan", _LETTERS, 190),
    (4, "Wide trousers", _DRESS, 220), (4, "Cashmere coat", _DRESS, 1_100),
    (5, "Court shoe", _WOMENS_SHOE, 310), (5, "Ballet flat", _WOMENS_SHOE, 220),
    (5, "Ankle boot", _WOMENS_SHOE, 390), (6, "Tote", _NONE, 680), (6, "Clutch", _NONE, 350),
    (6, "Shoulder bag", _NONE, 740), (7, "Pearl studs", _NONE, 290),
    (7, "Signet ring", ("5", "6", "7", "8"), 540), (7, "Bracelet", _LETTERS, 410),
    (8, "Eau de parfum", ("50 ml", "100 ml"), 130), (8, "Hand cream", _NONE, 28),
    (8, "Lipstick", _NONE, 39),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``price`` in minor units."""

    department: int
    item: str
    sku: str
    brand: str
    size: str
    price: int


class Articles:
    """All articles of a store, a few sold much oftener than the others."""

    def __init__(self) -> None:
        rng = Random(3)
        self.all = [
            Article(
                department,
                f"{item}, {colour} {size}".rstrip(),
                f"{kind:02d}{at:02d}{_BRANDS.index(brand):02d}{step:02d}",
                brand,
                size,
                100 * price + 100 * rng.randrange(-price // 5, price // 5),
            )
            for kind, (department, item, sizes, price) in enumerate(_ITEMS, 10)
            for at, colour in enumerate(COLOURS)
            for brand in rng.sample(_BRANDS, 3)
            for step, size in enumerate(sizes)
        ]
        rng.shuffle(self.all)
        self._weights = list(accumulate(1 / (rank + 400) for rank in range(len(self.all))))

    def draw(self, rng: Random, count: int) -> list[Article]:
        """So many of them."""
        return rng.choices(self.all, cum_weights=self._weights, k=count)
