"""By which words are a department and its goods known, in English, German and Dutch?

German and Dutch write words together, so some are looked for inside longer ones (“Damenschuhe”).
"""

from __future__ import annotations

import re
from enum import StrEnum

from clientele.domain.rules.word_forms import begins, inside, whole


class Goods(StrEnum):
    """What a department sells."""

    SHOES = "shoes"
    JEWELLERY = "jewellery"
    COSMETICS = "cosmetics"
    SUITS = "suits"
    SHIRTS = "shirts and ties"
    CLOTHES = "clothes"
    COATS = "coats"
    NIGHT = "nightwear and lingerie"
    BAGS = "handbags"
    ACCESSORIES = "accessories"
    LUGGAGE = "luggage"
    SPORT = "sport"
    CHILDREN = "children"
    HOME = "home"


class Who(StrEnum):
    """For whom a department is."""

    WOMEN = "women"
    MEN = "men"


PEOPLE: dict[Who, re.Pattern[str]] = {
    Who.WOMEN: inside(r"\bwom[ae]n", r"\blad(?:y|ies)", "damen", "dames", "frauen", "vrouwen"),
    Who.MEN: inside(r"\bm[ae]n\b", r"\bm[ae]n['’]?s", r"\bgent", "herren", "heren", "männer"),
}

DEPARTMENTS: dict[Goods, re.Pattern[str]] = {
    Goods.SHOES: inside("shoe", r"\bboots", "footwear", "sneaker", "schuh", "schoen"),
    Goods.JEWELLERY: inside("jewel", "juwel", "schmuck", "sieraden", r"\bwatch", "uhren", "horlog"),
    Goods.COSMETICS: inside(
        "cosmetic", "beauty", "perfum", "fragrance", "parf", "kosmetik", "make-?up", "skin ?care"
    ),
    Goods.SUITS: inside(r"\bsuits?\b", "tailoring", "anzüge", "anzug", "pakken", "kostuum"),
    Goods.SHIRTS: inside("furnishing", "shirt", r"\bties\b", "neckwear", "hemden", "krawatten"),
    Goods.CLOTHES: inside(
        "sportswear",
        r"\bwear\b",
        "womenswear",
        "menswear",
        "dresses",
        "fashion",
        "knitwear",
        r"mode\b",
        "kleid",
        "kleding",
        "designer",
        "ready.to.wear",
        "clothing",
    ),
    Goods.COATS: inside("coat", "outerwear", "mäntel", "jassen", "jacken"),
    Goods.NIGHT: inside("lingerie", "nightwear", "sleepwear", "hosiery", "wäsche", "ondergoed"),
    Goods.BAGS: inside("handbag", r"\bbags", "taschen", "tassen", "leather goods", "lederwaren"),
    Goods.ACCESSORIES: inside("accessor", "accessoire", "scarves", "gloves", r"\bhats", "hüte"),
    Goods.LUGGAGE: inside("luggage", "travel", "koffer", "reis(?!s)"),
    Goods.SPORT: inside(r"\bsports?\b(?!wear)", "activewear", "running", r"\bgolf", r"\bski\b"),
    Goods.CHILDREN: inside("child", r"\bkids", "kinder", "baby", "toys", "spielwaren", "speelgoed"),
    Goods.HOME: inside(
        r"\bhome\b", "kitchen", "bedding", "wohnen", "wonen", "haushalt", r"\bgifts"
    ),
}

GOODS: dict[Goods, re.Pattern[str]] = {
    Goods.SHOES: inside(
        r"\bshoes?\b",
        r"\bboots?\b",
        r"\bloafers?\b",
        r"\boxfords?\b",
        r"\bderb(?:y|ies)\b",
        r"\bsneakers?\b",
        r"\bsandals?\b",
        r"\bpumps?\b",
        r"\bballet flats?\b",
        r"\btrainers\b",
        r"\bheels\b",
        "schuh",
        "stiefel",
        "schoen(?!m)",
        "laarzen",
    ),
    Goods.JEWELLERY: inside(
        r"\brings?\b(?! (?:him|her|them|me|us|up|twice|before|back))",
        r"\bear-?rings?\b",
        r"\bnecklaces?\b",
        r"\bbracelets?\b",
        r"\bcuff ?links?\b",
        r"\bbrooch",
        r"\bpearls?\b",
        r"\bdiamonds?\b",
        r"\bpierced\b",
        r"\bemeralds?\b",
        r"\bwrist ?watch",
        r"\ba watch\b",
        r"\bwatch(?:es)? (?:strap|for)\b",
        "jewel",
        "schmuck",
        "ohrring",
        "halskette",
        "armband",
        "verlobungsring",
        "ketting",
        "oorbel",
        "sieraad",
        "sieraden",
        "horloge",
        "trouwring",
    ),
    Goods.COSMETICS: begins(
        "perfume",
        "parfum",
        "parfüm",
        "fragrance",
        "lipstick",
        "mascara",
        "make-?up",
        "skincare",
        "face cream",
        "hand cream",
        "moisturi",
        "serum",
        "lippenstift",
        "creme",
        "crème",
    ),
    Goods.SUITS: whole(
        "suits?",
        "blazers?",
        "jackets?",
        "tuxedos?",
        "dinner jackets?",
        "waistcoats?",
        "trousers",
        "anzug",
        "anzüge",
        "sakko",
        "hose",
        "pak",
        "kostuum",
        "colbert",
        "pantalon",
    ),
    Goods.SHIRTS: whole(
        "shirts?",
        "ties?",
        "neckties?",
        "bow ties?",
        "pocket squares?",
        "hemd",
        "hemden",
        "krawatten?",
        "overhemd",
        "overhemden",
        "stropdas(?:sen)?",
    ),
    Goods.CLOTHES: whole(
        "dress(?:es)?",
        "blouses?",
        "skirts?",
        "blazers?",
        "sweaters?",
        "cardigans?",
        "trousers",
        "jeans",
        "jumpers?",
        "knitwear",
        "wardrobe",
        "kleid(?:er)?",
        "bluse",
        "rock",
        "jurk(?:en)?",
        "blouse",
        "trui",
        "broek",
        "garderobe",
    ),
    Goods.COATS: whole(
        "coats?",
        "overcoats?",
        "raincoats?",
        "trench(?: coats?)?",
        "parkas?",
        "mantel",
        "mäntel",
        "jas",
        "jassen",
        "regenjas",
        "winterjas",
        "wintermantel",
        "regenmantel",
    ),
    Goods.NIGHT: begins("pyjama", "pajama", "nightdress", "dressing gown", "lingerie", "bras?\\b"),
    Goods.BAGS: inside(
        r"\bhand ?bags?\b",
        r"\btotes?\b",
        r"\bclutch(?:es)?\b",
        r"\bshoulder bags?\b",
        r"\bcrossbody",
        r"\ba bag\b",
        r"\bbriefcases?\b",
        "handtasche",
        "handtas",
    ),
    Goods.ACCESSORIES: whole(
        "scar(?:f|ves)",
        "gloves",
        "hats?",
        "belts?",
        "umbrellas?",
        "schal",
        "handschuhe",
        "gürtel",
        "sjaal",
        "handschoenen",
        "riem",
    ),
    Goods.LUGGAGE: begins("suitcase", "luggage", "carry-?on", "trolley", "koffer", "weekender"),
    Goods.SPORT: whole("running shoes", "leggings", "tracksuits?", "swimwear", "ski jackets?"),
    Goods.CHILDREN: begins(
        "school uniform", "toys?\\b", "romper", "pram", "spielzeug", "speelgoed"
    ),
    Goods.HOME: begins(
        "table ?ware", "bed ?linen", "towels?\\b", "vases?\\b", "candle", "bettwäsche"
    ),
}
