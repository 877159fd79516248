"""The words that a note is made of, in English, German and Dutch: goods, days, languages, fillers.

Each value is what a regular expression takes between bars, all in lower case.
"""

from __future__ import annotations

import re

GARMENTS = {
    "Ring": "ring",
    "Shoe": "shoes?|schuhe?n?|schoen(?:en)?|feet|füße|fuß",
    "Shoe · loafer": "loafers?",
    "Shoe · boot": "boots?|stiefel(?:etten)?|laars|laarzen",
    "Shoe · sneaker": "sneakers?|trainers",
    "Shoe · pump": "pumps?|heels",
    "Dress": "dress|dresses|kleid(?:er)?|jurk(?:en)?|jurkje",
    "Suit": "suits?|anzug|anzüge|pak(?:ken)?|kostuum",
    "Blazer": "blazers?|colbert",
    "Jacket": "jackets?|jacken?|sakkos?|jasje",
    "Coat": "coats?|overcoat|mantel|mäntel|jas(?:sen)?",
    "Shirt": (
        "shirts?|hemd(?:en)?|overhemd(?:en)?|neck|collar|kragen(?:weite)?|boord(?:maat)?|halswijdte"
    ),
    "Blouse": "blouses?|bluse[n]?|blouse[s]?",
    "Knitwear": "knitwear|jumpers?|sweaters?|pullover|pulli|trui(?:en)?|cardigan|knits?",
    "Trousers": "trousers?|pants|chinos?|hose[n]?|broek(?:en)?",
    "Jeans": "jeans",
    "Skirt": "skirts?|rock|röcke|rok(?:ken)?",
    "Gloves": "gloves?|handschuhe?|handschoen(?:en)?",
    "Hat": "hats?|hut|hüte|hoed(?:en)?",
    "Belt": "belts?|gürtel|riem(?:en)?",
    "Bra": "bras?|bh",
    "Waist": "waist|taille|bund",
    "T-shirt": "tees?|t-?shirts?",
}
"""The category of a size, and by which words it is said."""

OTHER_GOODS = (
    "scarf|scarves|schal|schals|tuch|sjaal|sjaals|bag|bags|handbag|tasche|handtasche|tas|tassen|"
    "handtas|clutch|necklace|kette|halskette|ketting|earrings?|ohrringe?|oorbellen|bracelet|"
    "armband|watch|uhr|horloge|tie|ties|krawatte[n]?|stropdas(?:sen)?|das|perfume|parfum|parfüm|"
    "wallet|portemonnaie|cufflinks|manschettenknöpfe|oxfords?|derby|derbies|sandals?|sandalen|"
    "pyjamas?|tuxedo|dinner jacket|smoking|umbrella|luggage|koffer|brogues?|trench|trenchcoat|"
    "cape|gown|abendkleid|weste|gilet|waistcoat|socks|socken|sokken|parka|slippers?|briefcase"
)

COMPOUND = (
    "kleid|kleider|hose|hosen|jacke|mantel|mäntel|schuhe|anzug|hemd|hemden|bluse|tasche|kette|"
    "armband|broek|jurk|schoenen|laarzen|ketting|sjaal|riem|trui|coat|shirt|dress|jacket|shoes"
)
"""Goods that are written together with what kind they are: Sommerkleid, winterjas, raincoat."""

COLOURS = (
    "navy|emerald|green|blue|red|black|white|brown|grey|gray|beige|camel|burgundy|pink|purple|"
    "yellow|orange|ivory|cream|teal|khaki|olive|gold|silver|forest green|pastels?|charcoal|"
    "marineblau|dunkelblau|grün|blau|rot|schwarz|weiß|braun|grau|rosa|lila|gelb|creme|bordeaux|"
    "smaragd(?:grün)?|silber|hellblau|dunkelgrün|"
    "groen|blauw|rood|zwart|wit|bruin|grijs|roze|paars|geel|goud|zilver|donkerblauw|lichtblauw|"
    "donkergroen|turquoise|türkis|mint|mustard|rust|terracotta|taupe|lavender|coral"
)
STUFFS = (
    "wool|cashmere|linen|silk|cotton|leather|suede|velvet|tweed|mohair|polyester|nickel|denim|lace|"
    "fur|angora|satin|viscose|lambswool|alpaca|corduroy|gold|pearls|stripes|checks|"
    "florals?|prints?|logos?|wolle|kaschmir|leinen|seide|baumwolle|leder|wildleder|samt|pelz|"
    "spitze|streifen|karos|perlen|blumen|muster|wol|kasjmier|linnen|zijde|katoen|leer|suède|"
    "fluweel|bont|kant|strepen|ruiten|parels|synthetics|kunststoff|kunststof|acryl|acrylic"
)
TASTES = f"{COLOURS}|{STUFFS}"

OCCASIONS = {
    "anniversary": "(?:wedding )?anniversary|hochzeitstag|jahrestag|trouwdag|"
    "(?:huwelijks)?jubileum|jubiläum",
    "wedding": "wedding|gets married|getting married|marries|is marrying|hochzeit|heiratet|"
    "bruiloft|trouwerij|trouwt|huwelijk|trouwen",
    "graduation": "graduation|graduates|abschlussfeier|abitur|abiball|diploma-uitreiking|"
    "afstuderen|studeert af|graduating",
}
"""Kinds of occasion (``OccasionKind``) and by which words they are said; birthdays apart."""

OTHER_OCCASIONS = (
    "christening|baptism|communion|confirmation|bar mitzvah|bat mitzvah|retirement|prom|gala|"
    "ball|baby shower|housewarming|engagement party|party|taufe|kommunion|konfirmation|"
    "verlobung|ruhestand|feier|fest|doop|communie|pensioen|feest|verloving|opening|"
    "premiere|black tie|opera|oper|concert|konzert|interview|vorstellungsgespräch|"
    "sollicitatiegesprek|sollicitatie"
)
BIRTHDAY = "birthday|bday|b-day|geburtstag|verjaardag|jarig"

LANGUAGES = {
    "en": "english|englisch|engels",
    "de": "german|deutsch|duits",
    "nl": "dutch|niederländisch|holländisch|nederlands",
    "fr": "french|französisch|frans",
    "es": "spanish|spanisch|spaans",
    "it": "italian|italienisch|italiaans",
    "pt": "portuguese|portugiesisch|portugees",
    "pl": "polish|polnisch|pools",
    "ru": "russian|russisch",
    "tr": "turkish|türkisch|turks",
    "zh": "chinese|mandarin|chinesisch|chinees",
    "ja": "japanese|japanisch|japans",
    "ar": "arabic|arabisch",
    "uk": "ukrainian|ukrainisch|oekraïens",
}
"""A language as a BCP 47 tag, and by which words it is said."""

PRONOUNS = (
    "things|dinge|dingen|spullen|it|this|that|them|these|those|us|me|him|her|you|everything|anything|nothing|es|das|dies|"
    "diese[nrs]?|sie|ihn|uns|alles|nichts|het|dit|dat|deze|die|ze|hem|haar|ons|niets|what|how|"
    "when|where|who|der|den|dem|wenn|dass|wie|was|wat|hoe|als|ervan|erg|er|to|zu|te|om|the|de"
)
"""What begins words that are nothing to like: what was shown just now, or something to do."""

VERBS = (
    "is|are|was|were|has|had|have|wears?|wore|likes?|loves?|hates?|wants?|needs?|takes?|turns?|"
    "lives?|works?|comes?|came|goes|went|will|would|can|could|should|must|asked|asks|said|says|"
    "bought|buys|gets?|got|looking|looks|called|call|calls|email|mail|avoids?|prefers?|told|"
    "thinks?|knows?|does|doesn'?t|don'?t|isn'?t|paid|pays|moved|moves|travels?|plays|speaks?|"
    "ist|sind|war|hat|hatte|haben|trägt|traegt|mag|liebt|hasst|will|möchte|braucht|wird|wohnt|"
    "arbeitet|kommt|kam|geht|ging|kann|soll|sagt|sagte|kauft|kaufte|sucht|spricht|heißt|fährt|"
    "fliegt|feiert|hätte|wünscht|"
    "zijn|waren|heeft|had|hebben|draagt|houdt|haat|wil|moet|wordt|woont|werkt|komt|kwam|gaat|"
    "kan|zou|zegt|zei|koopt|kocht|zoekt|spreekt|heet|reist|viert|vindt|bellen|bel|anrufen|"
    "melden|schreiben|mailen"
)

LEADING = (
    "a|an|some|all|all kinds of|anything in|anything|everything in|things in|only|just|mostly|"
    "especially|particularly|any|her|his|the colou?r|colou?rs?|wearing|shades of|"
    "ein|eine|einen|die farbe|farbe|alles in|vor allem|besonders|nur|sehr|gerne?|"
    "lieber|kein(?:e[nrs]?)?|"
    "een|de kleur|kleur|vooral|alleen|alles wat|graag|liever|geen|erg|veel|heel|zeer|echt|wirklich|"
    "really|very|quite|also|auch|ook|no|not|more|mehr|meer"
)
TRAILING = (
    "a lot|very much|so much|best|most|too|though|as well|above all|sehr|gern|gerne|besonders|"
    "am liebsten|überhaupt nicht|gar nicht|nicht|niet|het liefst|erg|zeer|enorm|at all|anymore|"
    "really|these days|please|bitte|graag|now|only|nur|alleen|on her skin|on his skin|allergie|"
    "auf der haut|op de huid|next to (?:her|his|the) skin|ever|mooi|leuk|nicht so|wirklich"
)

CUES = (
    "mr|mrs|ms|dr|herr|mevrouw|mevr|meneer|dhr|size|sz|siz|gr|grösse|größe|groesse|maat|mt|who|"
    "and|und|en|she|he|sie|er|zij|hij|also|auch|ook|always|immer|altijd|never|nie|nooit|only|nur|"
    "alleen|really|wirklich|echt|usually|meistens|meestal|now|jetzt|nu|still|noch|nog|just|"
    "already|schon|al|mostly|often|oft|vaak|however|uk|eu|us|it|fr|xs|xl|xxl|for|für|voor|in|on|"
    "at|with|mit|met|not|no|nicht|niet|geen|kein|keine|doesn|does|do|monday|tuesday|wednesday|"
    "thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    "january|february|march|may|july|september|october|november|december|januar|februar|märz|"
    "juni|juli|oktober|dezember|christmas|weihnachten|kerst|her|his|zijn|haar|sein|ihr|after|nach|"
    "naar|him|me|too|auch|as|from|aus|uit|about|über|over|turning|turned"
)
NO_NAME = re.compile(
    "|".join(
        [
            CUES, VERBS, TASTES, OTHER_GOODS, OTHER_OCCASIONS, BIRTHDAY, PRONOUNS,
            *GARMENTS.values(), *OCCASIONS.values(), *LANGUAGES.values(),
            r"(?:ring|schuh|kleider|konfektions|schoen|kleding|hemd|hosen)(?:größe|grösse|maat)",
        ]
    )
)  # fmt: skip
"""Words that are nobody's name."""


def key_of(table: dict[str, str], words: str) -> str:
    """Under which key of ``table`` these words stand; empty where under none."""
    return next((key for key, said in table.items() if re.fullmatch(said, words)), "")
