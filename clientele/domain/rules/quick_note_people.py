"""Of whom does a note speak? The household, the client, or somebody whose wishes are not ours.

A note is about its client. Whoever of the household is named is spoken of until the sentence
ends or somebody else is named; “he” and “she” are the last one named whom the word fits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from clientele.domain.rules.quick_note_words import NO_NAME

WOMEN = (
    "wife|fiancée|fiancee|fiance ?e|girlfriend|mother|mum|mom|daughter|sister|niece|aunt|"
    "grandmother|granddaughter|mother-in-law|daughter-in-law|sister-in-law|"
    "ehefrau|frau|verlobte|freundin|mutter|mama|tochter|schwester|nichte|tante|oma|großmutter|"
    "enkelin|schwiegermutter|schwiegertochter|schwägerin|"
    "vrouw|echtgenote|verloofde|vriendin|moeder|mam|dochter|dochtertje|zus|zusje|nicht|nichtje|"
    "schoonmoeder|schoondochter|schoonzus|kleindochter"
)
MEN = (
    "husband|hubby|fiancé|fiance|boyfriend|father|dad|son|brother|nephew|uncle|grandfather|"
    "grandson|father-in-law|son-in-law|brother-in-law|"
    "ehemann|mann|verlobter|freund|vater|papa|sohn|bruder|neffe|onkel|opa|großvater|enkel|"
    "schwiegervater|schwiegersohn|schwager|"
    "echtgenoot|man|vriend|vader|zoon|zoontje|broer|broertje|neef|neefje|oom|schoonvader|"
    "schoonzoon|zwager|kleinzoon"
)
EITHER = "partner|partnerin|kid|child|grandchild|kind|enkelkind|kleinkind|baby|godchild|spouse"
MANY = (
    "daughters|sons|kids|children|twins|brothers|sisters|töchter|söhne|kinder|zwillinge|"
    "dochters|zonen|kinderen|tweeling|grandchildren|enkel"
)
ONE_OF = {
    "daughters": "daughter", "sons": "son", "kids": "child", "children": "child",
    "twins": "child", "brothers": "brother", "sisters": "sister", "töchter": "Tochter",
    "söhne": "Sohn", "kinder": "Kind", "zwillinge": "Kind", "dochters": "dochter", "zonen": "zoon",
    "kinderen": "kind", "tweeling": "kind", "grandchildren": "grandchild",
}  # fmt: skip
COUPLE = re.compile(
    r"wife|husband|hubby|spouse|partner(?:in)?|fianc.*|girlfriend|boyfriend|(?:ehe)?frau|"
    r"(?:ehe)?mann|verlobter?|freund(?:in)?|vrouw|man|echtgeno.*|verloofde|vriend(?:in)?"
)
"""With whom the client shares a wedding and its anniversary."""

NEEDS_OWNER = ("man", "kid", "baby", "nicht", "freund", "vriend", "opa", "oma", "mam", "freundin",
               "vriendin", "child", "kind", "enkel", "papa", "mama", "dad", "mum", "mom")  # fmt: skip
"""Words that mean a relation only after “his”, “ihr”, “zijn”: or they mean anybody."""

OTHERS = (
    "freundin|freund|vriendin|vriend|tailor|seamstress|cobbler|jeweller|shop|store|boutique|manager|colleague|boss|friend|friends|"
    "neighbour|competitor|assistant|secretary|driver|doctor|stylist|designer|magazine|everyone|"
    "schneider|schneiderin|schuster|laden|geschäft|kollegin|kollege|verkäufer|verkäuferin|chef|"
    "chefin|freunde|nachbarin|nachbar|assistentin|sekretärin|arzt|"
    "kleermaker|winkel|zaak|collega|verkoper|verkoopster|baas|vrienden|buurvrouw|buurman|assistente|"
    "secretaresse|dokter|schoenmaker|salesman|saleswoman|lady|guy|website|brand|marke|merk"
)
OWNER = r"(?:his|her|their|the|client'?s|sein(?:e[nmrs]?)?|ihr(?:e[nmrs]?)?|der|die|den|dem|zijn|haar|hun|de)"
MALE_OWNER = r"(?:his|sein(?:e[nmrs]?)?|zijn)"
FEMALE_OWNER = r"(?:her|ihr(?:e[nmrs]?)?|haar)"
ADJECTIVE = (
    r"(?:(?:older|elder|oldest|eldest|younger|youngest|little|big|late|new|best|second|first|ältere|"
    r"älteste|jüngere|jüngste|kleine|große|neue|oudste|jongste|kleine|grote|nieuwe)[nrms]? )?"
)
HE = "he|er|hij|his|sein(?:e[nmrs]?)?"
SHE = "she|sie|zij|ze|her|ihr(?:e[nmrs]?)?|haar"
SELF = (
    "herself|himself|she herself|he himself|selbst|selber|zelf|client|kunde|kundin|klant|the client"
)


class Who(Enum):
    """Those spoken of who are nobody of the household."""

    CLIENT = "client"
    OTHER = "somebody else"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the household: a name, a relation, at least one of them."""

    name: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where somebody of the household is named; ``known``: before this note."""

    start: int
    end: int
    person: Person
    known: bool = False
    sex: str = ""
    owner: str = ""
    """Whether the client is a man or a woman, where “his wife” tells it."""


def mentions(text: str, low: str, people: Sequence[Person]) -> tuple[Mention, ...]:
    """The people of the household named in ``text`` (``low`` is it in lower case, as long)."""
    found: list[Mention] = []
    for match in _MANY.finditer(low):
        relation = ONE_OF.get(match["many"], text[match.start("many") : match.end("many")])
        for name in _NAME.finditer(text, match.end("many")):
            between = low[match.end("many") if not found else found[-1].end : name.start()]
            if not re.fullmatch(
                r"[\s,:(]*(?:are|heißen|heten|called|named|and|und|en|&)?[\s,]*", between
            ):
                break
            found.append(
                _known(Mention(name.start(), name.end(), Person(name[0], relation)), people)
            )
    for match in _RELATION.finditer(low):
        word = match["relation"]
        if word in NEEDS_OWNER and not match["owner"]:
            continue
        if _title_or_thing(text, low, match):
            continue
        start, end = match.span()
        name = _name_after(text, low, end)
        said = text[match.start("relation") : match.end("relation")]
        if any(start < one.end and one.start < (name.end() if name else end) for one in found):
            continue
        found.append(
            _known(
                Mention(
                    start,
                    name.end() if name else end,
                    Person(_capital(name[1] or name["name"]) if name else "", said),
                    sex=_sex(word),
                    owner=_sex_of_owner(match["owner"] or ""),
                ),
                people,
            )
        )
    for person in people:
        if not person.name:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(person.name.lower())}(?!\w)", low):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found.append(Mention(*match.span(), person, known=True, sex=_sex(person.relation)))
    return tuple(sorted(found, key=lambda one: one.start))


def _known(mention: Mention, people: Sequence[Person]) -> Mention:
    """The same as somebody who is known already, by name, or by a relation that only one has."""
    said = mention.person
    alike = [one for one in people if one.relation.lower() == said.relation.lower()]
    for one in people:
        if said.name and one.name and one.name.lower().split()[0] == said.name.lower():
            return Mention(mention.start, mention.end, one, True, mention.sex, mention.owner)
    if len(alike) == 1 and (not said.name or not alike[0].name):
        one = alike[0] if not said.name else Person(said.name, alike[0].relation)
        return Mention(mention.start, mention.end, one, True, mention.sex, mention.owner)
    return mention


def _title_or_thing(text: str, low: str, match: re.Match[str]) -> bool:
    """“Frau Keller”, “mother of pearl”, “baby blue”, “no man” are nobody of the household."""
    after = text[match.end() :]
    word = match["relation"]
    if word in ("frau", "vrouw", "mann") and not match["owner"]:
        if re.match(r" (?:Dr\.? )?[A-ZÄÖÜ][a-zäöüß]", after) and _name_in(after.split()[0]):
            return True
    if word in ("frau", "vrouw", "mann", "man") and re.search(
        r"\w$", low[: match.start()].rstrip()
    ):
        if not match["owner"] and not re.search(
            r"(?:for|für|voor|von|van|with|mit|met|seiner|seine|ihre|and|und|en)\s*$",
            low[: match.start()],
        ):
            return True
    return bool(
        re.match(
            r"[ -](?:of the|of pearl|of-pearl|blue|pink|shower|christmas|'s? ?day\b)", after.lower()
        )
    )


def _name_in(word: str) -> bool:
    """German writes all nouns with a capital: those that a note is made of are no names."""
    return NO_NAME.fullmatch(word.strip(".,;:()").lower()) is None


def _name_after(text: str, low: str, at: int) -> re.Match[str] | None:
    """The name after a relation: “Tochter Eva”, “daughter is called eva”, “son (Tom)”."""
    match = _NAMED.match(text, at)
    if match and _name_in(match[1]):
        return match
    match = _NAMED_LOW.match(low, at)
    return match if match and _name_in(match[1] or match["name"]) else None


def _capital(name: str) -> str:
    return name if name != name.lower() else name.title()


def _sex(relation: str) -> str:
    relation = relation.lower()
    if re.fullmatch(WOMEN, relation):
        return "f"
    return "m" if re.fullmatch(MEN, relation) else ""


def _sex_of_owner(owner: str) -> str:
    if re.fullmatch(MALE_OWNER, owner.strip()):
        return "m"
    return "f" if re.fullmatch(FEMALE_OWNER, owner.strip()) else ""


_NAME = re.compile(r"(?<!\w)[A-ZÄÖÜÉ][a-zäöüßéèëïö]{1,14}(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?!\w)")
_RELATION = re.compile(
    rf"(?<![\w-])(?P<owner>{OWNER} )?{ADJECTIVE}(?P<relation>{WOMEN}|{MEN}|{EITHER})(?![\w-])"
)
_MANY = re.compile(
    rf"(?<![\w-])(?:{OWNER} )?(?:two |three |zwei |drei |twee |drie )?(?P<many>{MANY})(?![\w-])"
)
_NAMED = re.compile(
    r"(?:(?: is| are)? (?:called|named|heißt|heisst|heet|genaamd|namens)|'s name is)?:? \(?"
    r"([A-ZÄÖÜÉ][a-zäöüßéèëïö]{1,14}(?:-[A-ZÄÖÜ][a-zäöüß]+)?)(?![\w.])\)?"
)
_NAMED_LOW = re.compile(
    r"(?:(?: is)? (?:called|named|heißt|heisst|heet|genaamd))? ([a-zäöüßéèëïö]{2,14})"
    r"(?= (?:turns|wears|likes|loves|hates|graduates|gets|marries|takes|has a|prefers|wird|trägt|mag|liebt|heiratet|macht|hat|wordt|draagt|houdt|trouwt|studeert|heeft|is jarig)(?!\w))"
    r"|(?:(?: is)? (?:called|named|heißt|heisst|heet|genaamd)) (?P<name>[a-zäöüßéèëïö]{2,14})(?!\w)"
)
