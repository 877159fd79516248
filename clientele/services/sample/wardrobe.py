"""What does one body wear? Sizes that belong together, from the shoulders to the shoes.

A man's shirt follows his jacket (42 in the chest wears a 16 collar, a regular a 33 or 34 sleeve)
and a woman's knitwear her dresses. Men's tailoring and all shoes are counted as in America, and
women's clothes as in Britain, as many department stores do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

COLLARS = {36: "14½", 38: "15", 40: "15½", 42: "16", 44: "16½", 46: "17", 48: "17½", 50: "18"}
SLEEVES = {"S": ("32",), "R": ("33", "34"), "L": ("35", "36")}
LEGS = {"S": 76, "R": 81, "L": 86}
MEN_LETTERS = {36: "S", 38: "S", 40: "M", 42: "L", 44: "L", 46: "XL", 48: "XL", 50: "XXL"}
WOMEN_LETTERS = {6: "XS", 8: "S", 10: "S", 12: "M", 14: "M", 16: "L", 18: "L", 20: "XL"}
LETTERS = ("XS", "S", "M", "L", "XL", "XXL")
SHADES = ("Porcelain 1C", "Ivory 1N", "Sand 2N", "Sand 3W", "Honey 4W", "Olive 4N", "Amber 5W",
          "Chestnut 6N", "Cocoa 7W", "Espresso 8N")  # fmt: skip

MAN_FITS = {
    "Suit": ("right shoulder lower", "waist taken in", "seat let out a little", "sleeves −1 cm"),
    "Jacket": ("sleeves −1 cm", "room for a jumper"),
    "Coat": ("worn over a jacket", "sleeves −2 cm"),
    "Shirt": ("slim through the body", "full cut", "collar not too tight"),
    "Trousers": ("inside leg {leg} cm, no break", "inside leg {leg} cm, small turn-up"),
    "Shoe · oxford": ("wide toe box", "high instep", "narrow heel"),
    "Shoe · boot": ("with thick sock",),
}
WOMAN_FITS = {
    "Coat": ("sleeves −2 cm", "worn over a blazer", "long arms"),
    "Dress": ("long waist", "hem +3 cm", "room at the hip"),
    "Blazer": ("narrow shoulders", "sleeves −1 cm"),
    "Trousers": ("hem −2 cm", "high waist", "tall"),
    "Blouse": ("no gaping at the front", "long arms"),
    "Shoe · loafer": ("narrow heel", "high instep"),
    "Shoe · boot": ("with thick sock", "wide calf", "slim calf"),
    "Shoe · pump": ("half insole", "narrow heel"),
}


@dataclass(slots=True)
class Body:
    """Sizes and remarks on the fit by kind of article, and ``brands`` that run otherwise."""

    sizes: dict[str, str]
    fits: dict[str, str] = field(default_factory=dict)
    brands: dict[tuple[str, str], str] = field(default_factory=dict)

    def size(self, kind: str, brand: str = "") -> str:
        """What fits in a kind of article; empty where nothing needs to."""
        return self.brands.get((kind, brand)) or self.sizes.get(kind, "")


def man(rng: Random) -> Body:
    """A grown man."""
    chest = rng.choices((36, 38, 40, 42, 44, 46, 48, 50), (4, 12, 24, 26, 18, 10, 4, 2))[0]
    length = rng.choices("SRL", (18, 60, 22))[0]
    return man_of(rng, chest, length)


def man_of(rng: Random, chest: int, length: str, foot: float = 0) -> Body:
    """A man whose jacket size is known, and perhaps his shoe."""
    waist = chest - rng.choice((6, 6, 7, 4 if chest > 44 else 6))
    foot = foot or {"S": 8.0, "R": 9.5, "L": 11.0}[length] + rng.choice((-1, -0.5, 0, 0.5, 1))
    width = rng.choices(("D", "E", "EE"), (78, 15, 7))[0]
    letter = MEN_LETTERS[chest]
    shoe = shoe_size(foot, width)
    return Body(
        sizes={
            "Suit": f"{chest}{length}",
            "Jacket": f"{chest}{length}",
            "Waistcoat": f"{chest}",
            "Coat": f"{chest}{length}",
            "Trousers": f"{waist}/{round(LEGS[length] / 2.54)}",
            "Shirt": f"{COLLARS[chest]}/{rng.choice(SLEEVES[length])}",
            "Knitwear": letter,
            "Belt": f"{waist + 2}",
            "Gloves": {"S": "8", "M": "8½", "L": "9", "XL": "9½", "XXL": "10"}[letter],
            "Shoe · oxford": shoe,
            "Shoe · derby": shoe,
            "Shoe · boot": shoe,
            "Shoe · loafer": shoe_size(foot - rng.choice((0, 0.5)), width),
            "Shoe · sneaker": shoe_size(foot, ""),
            "Shoe · slipper": shoe_size(round(foot), ""),
        },
        fits=_fits(rng, MAN_FITS, leg=LEGS[length]),
    )


def woman(rng: Random) -> Body:
    """A grown woman."""
    dress = rng.choices((6, 8, 10, 12, 14, 16, 18, 20), (4, 12, 20, 24, 18, 12, 7, 3))[0]
    return woman_of(rng, dress)


def woman_of(rng: Random, dress: int, foot: float = 0) -> Body:
    """A woman whose dress size is known, and perhaps her shoe."""
    foot = foot or rng.choice((5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0))
    width = rng.choices(("B", "A", "D"), (76, 10, 14))[0]
    shoe, half_up = shoe_size(foot, width), shoe_size(foot + 0.5, width)
    size = f"UK {dress}"
    return Body(
        sizes={
            "Dress": size,
            "Blazer": size,
            "Coat": size,
            "Blouse": size,
            "Skirt": size,
            "Trousers": f"UK {min(dress + rng.choice((0, 0, 2)), 20)}",
            "Knitwear": WOMEN_LETTERS[dress],
            "Shoe · loafer": shoe,
            "Shoe · pump": shoe,
            "Shoe · flat": shoe,
            "Shoe · sandal": shoe_size(foot, ""),
            "Shoe · sneaker": shoe_size(foot, ""),
            "Shoe · boot": half_up if rng.random() < 0.4 else shoe,
            "Ring": rng.choice(("5", "5½", "6", "6½", "7", "7½", "8")),
            "Foundation": rng.choice(SHADES),
        },
        fits=_fits(rng, WOMAN_FITS, leg=0),
    )


def shoe_size(foot: float, width: str) -> str:
    """“10½ D”."""
    number = f"{int(foot)}½" if foot % 1 else f"{int(foot)}"
    return f"{number} {width}".strip()


def department_of(kind: str, *, is_woman: bool) -> str:
    """Where a kind of article is sold."""
    if kind.startswith("Shoe"):
        return "Women's Shoes" if is_woman else "Men's Shoes"
    if kind in ("Ring", "Foundation"):
        return {"Ring": "Jewellery", "Foundation": "Cosmetics"}[kind]
    if is_woman:
        return "Women's Sportswear"
    tailored = ("Suit", "Jacket", "Trousers", "Coat", "Waistcoat")
    return "Men's Suits" if kind in tailored else "Men's Furnishings"


def larger(size: str) -> str:
    """The next size up of a dress, a letter or a shoe."""
    if size in LETTERS:
        return LETTERS[min(LETTERS.index(size) + 1, len(LETTERS) - 1)]
    if size.startswith("UK "):
        return f"UK {int(size[3:]) + 2}"
    number, _, width = size.partition(" ")
    foot = float(number.replace("½", ".5"))
    return shoe_size(foot + 0.5, width)


def _fits(rng: Random, remarks: dict[str, tuple[str, ...]], *, leg: int) -> dict[str, str]:
    chosen = {kind: rng.choice(words) for kind, words in remarks.items() if rng.random() < 0.3}
    return {kind: words.format(leg=leg) for kind, words in chosen.items()}
