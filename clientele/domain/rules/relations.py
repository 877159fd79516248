"""What is the client to somebody whom they call wife, Oma or zoon?

The words of one language stand together by the part that they name: what one side calls a spouse,
the other calls a spouse. Which of the words of the other part it is depends on the client, of whom
nobody knows whether they are a man or a woman, so all of them are offered.
"""

from __future__ import annotations

from enum import StrEnum

from clientele.domain.rules.names import folded


class Part(StrEnum):
    """How two people stand to each other, seen from one side."""

    SPOUSE = "spouse"
    ENGAGED = "engaged"
    PARTNER = "partner"
    PARENT = "parent"
    CHILD = "child"
    STEPPARENT = "stepparent"
    STEPCHILD = "stepchild"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    PARENT_IN_LAW = "parent-in-law"
    CHILD_IN_LAW = "child-in-law"
    SIBLING_IN_LAW = "sibling-in-law"
    UNCLE = "uncle or aunt"
    NEPHEW = "nephew or niece"
    COUSIN = "cousin"
    GODPARENT = "godparent"
    GODCHILD = "godchild"
    FRIEND = "friend"
    SUPERIOR = "superior"
    ASSISTANT = "assistant"


OTHER_SIDE: dict[Part, Part] = {
    Part.PARENT: Part.CHILD,
    Part.STEPPARENT: Part.STEPCHILD,
    Part.GRANDPARENT: Part.GRANDCHILD,
    Part.PARENT_IN_LAW: Part.CHILD_IN_LAW,
    Part.UNCLE: Part.NEPHEW,
    Part.GODPARENT: Part.GODCHILD,
    Part.SUPERIOR: Part.ASSISTANT,
}
"""Parts that differ from side to side; every other is its own."""

OTHER_SIDE |= {other: one for one, other in OTHER_SIDE.items()}

RELATIONS: dict[str, dict[Part, tuple[str, ...]]] = {
    "en": {
        Part.SPOUSE: ("wife", "husband"),
        Part.ENGAGED: ("fiancée", "fiancé"),
        Part.PARTNER: ("partner",),
        Part.PARENT: ("mother", "father"),
        Part.CHILD: ("daughter", "son"),
        Part.STEPPARENT: ("stepmother", "stepfather"),
        Part.STEPCHILD: ("stepdaughter", "stepson"),
        Part.GRANDPARENT: ("grandmother", "grandfather"),
        Part.GRANDCHILD: ("granddaughter", "grandson"),
        Part.SIBLING: ("sister", "brother"),
        Part.PARENT_IN_LAW: ("mother-in-law", "father-in-law"),
        Part.CHILD_IN_LAW: ("daughter-in-law", "son-in-law"),
        Part.SIBLING_IN_LAW: ("sister-in-law", "brother-in-law"),
        Part.UNCLE: ("aunt", "uncle"),
        Part.NEPHEW: ("niece", "nephew"),
        Part.COUSIN: ("cousin",),
        Part.GODPARENT: ("godmother", "godfather"),
        Part.GODCHILD: ("goddaughter", "godson"),
        Part.FRIEND: ("friend",),
        Part.SUPERIOR: ("boss",),
        Part.ASSISTANT: ("assistant",),
    },
    "de": {
        Part.SPOUSE: ("Ehefrau", "Ehemann"),
        Part.ENGAGED: ("Verlobte", "Verlobter"),
        Part.PARTNER: ("Partnerin", "Lebenspartner"),
        Part.PARENT: ("Mutter", "Vater"),
        Part.CHILD: ("Tochter", "Sohn"),
        Part.STEPPARENT: ("Stiefmutter", "Stiefvater"),
        Part.STEPCHILD: ("Stieftochter", "Stiefsohn"),
        Part.GRANDPARENT: ("Großmutter", "Großvater"),
        Part.GRANDCHILD: ("Enkelin", "Enkel"),
        Part.SIBLING: ("Schwester", "Bruder"),
        Part.PARENT_IN_LAW: ("Schwiegermutter", "Schwiegervater"),
        Part.CHILD_IN_LAW: ("Schwiegertochter", "Schwiegersohn"),
        Part.SIBLING_IN_LAW: ("Schwägerin", "Schwager"),
        Part.UNCLE: ("Tante", "Onkel"),
        Part.NEPHEW: ("Nichte", "Neffe"),
        Part.COUSIN: ("Cousine", "Vetter"),
        Part.GODPARENT: ("Patentante", "Patenonkel"),
        Part.GODCHILD: ("Patenkind",),
        Part.FRIEND: ("Freundin", "Freund"),
        Part.SUPERIOR: ("Chefin", "Chef"),
        Part.ASSISTANT: ("Assistentin", "Assistent"),
    },
    "nl": {
        Part.SPOUSE: ("echtgenote", "echtgenoot"),
        Part.ENGAGED: ("verloofde",),
        Part.PARTNER: ("levenspartner",),
        Part.PARENT: ("moeder", "vader"),
        Part.CHILD: ("dochter", "zoon"),
        Part.STEPPARENT: ("stiefmoeder", "stiefvader"),
        Part.STEPCHILD: ("stiefdochter", "stiefzoon"),
        Part.GRANDPARENT: ("grootmoeder", "grootvader"),
        Part.GRANDCHILD: ("kleindochter", "kleinzoon"),
        Part.SIBLING: ("zus", "broer"),
        Part.PARENT_IN_LAW: ("schoonmoeder", "schoonvader"),
        Part.CHILD_IN_LAW: ("schoondochter", "schoonzoon"),
        Part.SIBLING_IN_LAW: ("schoonzus", "zwager"),
        Part.UNCLE: ("tante", "oom"),
        Part.NEPHEW: ("nicht", "neef"),
        Part.COUSIN: ("nicht", "neef"),
        Part.GODPARENT: ("peettante", "peetoom"),
        Part.GODCHILD: ("petekind",),
        Part.FRIEND: ("vriendin", "vriend"),
        Part.SUPERIOR: ("bazin", "baas"),
        Part.ASSISTANT: ("assistente", "assistent"),
    },
}
"""The words that are offered, by language and part."""

ALSO: dict[str, dict[Part, tuple[str, ...]]] = {
    "en": {
        Part.SPOUSE: ("spouse", "hubby"),
        Part.ENGAGED: ("fiancee", "fiance"),
        Part.PARTNER: ("girlfriend", "boyfriend"),
        Part.PARENT: ("mum", "mom", "mummy", "dad", "daddy", "parent"),
        Part.CHILD: ("child", "kid", "baby"),
        Part.GRANDPARENT: ("grandma", "granny", "nan", "grandpa", "granddad", "grandparent"),
        Part.GRANDCHILD: ("grandchild",),
        Part.SIBLING: ("twin", "sibling"),
        Part.UNCLE: ("auntie",),
    },
    "de": {
        Part.SPOUSE: ("Frau", "Mann", "Gattin", "Gatte"),
        Part.PARTNER: ("Lebenspartnerin", "Lebensgefährtin", "Lebensgefährte"),
        Part.PARENT: ("Mama", "Mutti", "Papa", "Vati"),
        Part.CHILD: ("Kind",),
        Part.GRANDPARENT: ("Oma", "Opa"),
        Part.GRANDCHILD: ("Enkelkind", "Enkelsohn", "Enkeltochter"),
        Part.COUSIN: ("Kusine", "Base"),
        Part.GODPARENT: ("Patin", "Pate"),
        Part.GODCHILD: ("Patensohn", "Patentochter"),
    },
    "nl": {
        Part.SPOUSE: ("vrouw", "man"),
        Part.PARENT: ("ma", "pa"),
        Part.CHILD: ("kindje",),
        Part.GRANDPARENT: ("oma", "opa"),
        Part.GRANDCHILD: ("kleinkind",),
        Part.SIBLING: ("zuster", "zusje", "broertje"),
        Part.SIBLING_IN_LAW: ("schoonzuster", "schoonbroer"),
    },
}
"""Further words by which a part is known, and which are not offered themselves."""

_KNOWN: dict[str, dict[str, Part]] = {}
"""Folded word to language to part: “oma” and “tante” are German and Dutch."""
for _words in (RELATIONS, ALSO):
    for _language, _parts in _words.items():
        for _part, _names in _parts.items():
            for _name in _names:
                _KNOWN.setdefault(folded(_name), {}).setdefault(_language, _part)


def part_of(relation: str, language: str = "") -> Part | None:
    """Which part a word names, whatever case or accents it is typed with; None for others.

    ``language`` (en, de, nl) decides where a word is of two languages; else the first counts.
    """
    known = _known(relation, language)
    return None if known is None else known[1]


def back_relations(relation: str, language: str = "") -> tuple[str, ...]:
    """What the client may be to somebody whom they call ``relation``, in the same language.

    Empty where the word is not known: then nothing is suggested.
    """
    known = _known(relation, language)
    if known is None:
        return ()
    found, part = known
    return RELATIONS[found][OTHER_SIDE.get(part, part)]


def _known(relation: str, language: str) -> tuple[str, Part] | None:
    """“My late Husband” is “husband”: the last word tells."""
    words = folded(relation).split()
    parts = _KNOWN.get(words[-1], {}) if words else {}
    if language in parts:
        return language, parts[language]
    return next(iter(parts.items()), None)
