"""Of whom does a note speak? The household, the client, or somebody whose wishes are not ours.

A note is about its client. Whoever of the household is named is spoken of until the sentence
ends or somebody else is named; “he” and “she” are the last one named whom the word fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from clientele.domain.rules.quick_note_words import NO_NAME

WOMEN = (
    "(?:mother|daughter|sister)[- ]in[- ]law|wife|fiancée|fiancee|girlfriend|mother|mum|mom|"
    "daughter|sister|niece|aunt|grandmother|granddaughter|"
    "ehefrau|frau|verlobte|freundin|mutter|mama|tochter|schwester|nichte|tante|oma|großmutter|"
    "enkelin|schwiegermutter|schwiegertochter|schwägerin|"
    "vrouw|echtgenote|verloofde|vriendin|moeder|mam|dochter|dochtertje|zus|zusje|nicht|nichtje|"
    "schoonmoeder|schoondochter|schoonzus|kleindochter"
)
MEN = (
    "(?:father|son|brother)[- ]in[- ]law|husband|hubby|fiancé|fiance|boyfriend|father|dad|son|"
    "brother|nephew|uncle|grandfather|grandson|"
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

NEEDS_OWNER = re.compile(
    "man|kid|baby|nicht|freund|vriend|opa|oma|mam|freundin|vriendin|child|kind|enkel|papa|mama|"
    "dad|mum|mom"
)
"""Words that mean a relation only after “his”, “ihr”, “zijn”: or they mean anybody."""

OTHERS = (
    "freundin|freund|vriendin|vriend|tailor|seamstress|cobbler|jeweller|shop|store|"
    "boutique|manager|colleague|boss|friend|friends|"
    "neighbour|competitor|assistant|secretary|driver|doctor|stylist|designer|magazine|everyone|"
    "schneider|schneiderin|schuster|laden|geschäft|kollegin|kollege|verkäufer|verkäuferin|chef|"
    "chefin|freunde|nachbarin|nachbar|assistentin|sekretärin|arzt|"
    "kleermaker|winkel|zaak|collega|verkoper|verkoopster|baas|vrienden|buurvrouw|"
    "buurman|assistente|"
    "secretaresse|dokter|schoenmaker|salesman|saleswoman|lady|guy|website|brand|marke|merk"
)
OWNER = (
    r"(?:his|her|their|the|client'?s|sein(?:e[nmrs]?)?|ihr(?:e[nmrs]?)?|der|die|den|dem|"
    r"zijn|haar|hun|de)"
)
ADJECTIVE = (
    r"(?:(?:older|elder|oldest|eldest|younger|youngest|little|big|late|new|best|second|"
    r"first|ältere|"
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


def mentions(text: str, low: str, people: Sequence[Person]) -> tuple[Mention, ...]:
    """The people of the household named in ``text`` (``low`` is it in lower case, as long)."""
    found: list[Mention] = []
    for mention in (*_several(text, low), *_by_relation(text, low), *_by_name(low, people)):
        if all(mention.end <= one.start or one.end <= mention.start for one in found):
            found.append(_known(mention, people))
    return tuple(sorted(found, key=lambda one: one.start))


def _several(text: str, low: str) -> Iterator[Mention]:
    """“kids Anna and Ben”: one for each name."""
    for match in _MANY.finditer(low):
        relation = ONE_OF.get(match["many"], match["many"])
        end = match.end("many")
        for name in _NAME.finditer(text, end):
            if not _AND.fullmatch(low, end, name.start()):
                break
            end = name.end()
            yield Mention(name.start(), end, Person(name[0], relation))


def _by_relation(text: str, low: str) -> Iterator[Mention]:
    """“his wife Anna”, “Tochter Eva”, “moeder”."""
    for match in _RELATION.finditer(low):
        word = match["relation"]
        nobody = NEEDS_OWNER.fullmatch(word) and not match["owner"]
        if nobody or _title_or_thing(text, low, match):
            continue
        name = _name_after(text, low, match.end())
        person = Person(
            _capital(name[1] or name["name"]) if name is not None else "",
            text[match.start("relation") : match.end("relation")],
        )
        end = match.end() if name is None else name.end()
        yield Mention(match.start(), end, person, sex=_sex(word))


def _by_name(low: str, people: Sequence[Person]) -> Iterator[Mention]:
    """Those who are known, by their whole name or the first of it."""
    for person in people:
        for name in dict.fromkeys((person.name.lower(), *person.name.lower().split()[:1])):
            if len(name) > 1 and not NO_NAME.fullmatch(name):
                for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", low):
                    yield Mention(*match.span(), person, known=True, sex=_sex(person.relation))


def _known(mention: Mention, people: Sequence[Person]) -> Mention:
    """The same as somebody who is known already, by name, or by a relation that only one has."""
    said = mention.person
    for one in people:
        if said.name and one.name.lower().split()[:1] == said.name.lower().split()[:1]:
            return replace(mention, person=one, known=True)
    alike = [one for one in people if one.relation.lower() == said.relation.lower()]
    if len(alike) == 1 and not (said.name and alike[0].name):
        return replace(mention, person=alike[0], known=True)
    return mention


def _title_or_thing(text: str, low: str, match: re.Match[str]) -> bool:
    """“Frau Keller”, “mother of pearl”, “baby blue”, “no man” are nobody of the household."""
    before, after = low[: match.start()].rstrip(), text[match.end() :]
    if match["relation"] in ("frau", "vrouw", "mann", "man") and not match["owner"]:
        title = re.match(r" (?:Dr\.? )?([A-ZÄÖÜ][a-zäöüß]+)", after)
        if title is not None and _name_in(title[1]):
            return True
        if re.search(r"\w$", before) and not _BEFORE_SOMEBODY.search(before):
            return True
    return _NOBODY.match(after.lower()) is not None


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


_BEFORE_SOMEBODY = re.compile(r"(?:for|für|voor|von|van|with|mit|met|and|und|en)$")
_NOBODY = re.compile(r"[ -](?:of the|of pearl|of-pearl|blue|pink|shower|christmas|'s? ?day\b)")
_AND = re.compile(r"[\s,:(]*(?:are|heißen|heten|called|named|and|und|en|&)?[\s,]*")
_NAME = re.compile(r"(?<!\w)[A-ZÄÖÜÉ][a-zäöüßéèëïö]{1,14}(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?!\w)")
_RELATION = re.compile(
    rf"(?<![\w-])(?P<owner>{OWNER} )?{ADJECTIVE}(?P<relation>{WOMEN}|{MEN}|"
    rf"{EITHER})(?![\w-]| in law)"
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
    r"(?= (?:turns|wears|likes|loves|hates|graduates|gets|marries|takes|has a|prefers|"
    r"wird|trägt|mag|liebt|heiratet|macht|hat|wordt|draagt|houdt|trouwt|studeert|heeft|"
    r"is jarig)(?!\w))"
    r"|(?:(?: is)? (?:called|named|heißt|heisst|heet|genaamd)) (?P<name>[a-zäöüßéèëïö]{2,14})(?!\w)"
)
