"""What do words that a rule has found mean? An entry's fields, or nothing after all."""

from __future__ import annotations

import re
from collections.abc import Callable

from clientele.domain.rules.dates import PartialDate, plain_day
from clientele.domain.rules.quick_note_doing import promised, to_do
from clientele.domain.rules.quick_note_heard import Heard, Meant
from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.rules.quick_note_people import COUPLE, Person
from clientele.domain.rules.quick_note_rules import DAY, POINT, TAKEN, WHO, Rule
from clientele.domain.rules.quick_note_sizes import read_size
from clientele.domain.rules.quick_note_things import read_things, thing_words
from clientele.domain.rules.quick_note_words import (
    LANGUAGES,
    NO_NAME,
    OCCASIONS,
    key_of,
)


def meaning(rule: Rule, heard: Heard) -> Meant | None:
    """What the words mean, or None where they mean nothing that is offered."""
    return _READ[rule.kind](rule, heard)


def _for_whom(person: Person | None) -> dict[str, str]:
    return {
        "for_name": person.name if person else "",
        "for_relation": person.relation if person else "",
    }


def _name(rule: Rule, heard: Heard) -> Meant | None:
    name = heard.words("name")
    if heard.person is not None or NO_NAME.fullmatch(name.lower()):
        return None
    if name == name.lower() and re.match(r"(?:please )?call|friends|everyone", heard.match.group()):
        return None
    name = name if name != name.lower() else name.title()
    return Meant(rule.kind, {"name": name}, heard.match.span())


def _language(rule: Rule, heard: Heard) -> Meant | None:
    before = heard.low[: heard.match.end()]
    if heard.person is not None or re.search(
        r"(?:little|some|no|wenig|etwas|beetje|geen|kein)\W+\w+$", before
    ):
        return None
    return Meant(rule.kind, {"tag": key_of(LANGUAGES, heard.group("language"))}, heard.match.span())


def _size(rule: Rule, heard: Heard) -> Meant | None:
    value = heard.group("value")
    garment = heard.group("garment")
    bare = "<size>" not in rule.form and "<glued>" not in rule.form
    if re.fullmatch(r"[sml]", value) and bare and not _in_capitals(heard, "value"):
        return None
    if re.search(r"[$€£]\s*$", heard.low[: heard.match.start("value")]):
        return None
    if (
        rule.form == "<told>"
        and re.search(r"[rsl]$", value)
        and not _in_capitals(heard, "value", -1)
    ):
        return None
    said = read_size(_plain_garment(garment, "<glued>" in rule.form), value)
    if said is None or (
        bare and not garment and said.category == "Clothing" and not _plausible(value)
    ):
        return None
    brand, end = _brand(heard)
    fields = {
        "category": said.category,
        "value": said.value,
        "system": said.system,
        "brand": brand,
        **_for_whom(heard.person),
    }
    return Meant(
        rule.kind,
        fields,
        (heard.match.start(), max(heard.match.end("value"), heard.match.end(), end)),
    )


def _plain_garment(garment: str, glued_on: bool) -> str:
    """“Schuh” of “Schuhgröße”, “kleid” of “Sommerkleid”: the word that the table knows."""
    glued = {"konfektions": "", "kleider": "", "kleding": "", "confectie": "", "schoen": "schoen",
             "hand": "handschoen", "jurk": "jurk", "hemds": "hemd", "boord": "neck",
             "kragen": "kragen", "schuh": "schuhe", "hosen": "hose"}  # fmt: skip
    if glued_on and garment in glued:
        return glued[garment]
    from clientele.domain.rules.quick_note_sizes import ANY_GARMENT

    if re.fullmatch(ANY_GARMENT, garment):
        return garment
    tail = re.search(rf"(?:{ANY_GARMENT})$", garment)
    return tail[0] if tail else garment


def _in_capitals(heard: Heard, name: str, at: int | None = None) -> bool:
    written = heard.words(name)
    return (written if at is None else written[at:]).isupper()


def _plausible(value: str) -> bool:
    """Whether a number alone beside “wears” may be a size of clothes or shoes."""
    number = re.search(r"\d+", value)
    if number is None:
        return True
    return 4 <= int(number[0]) <= 60


def _brand(heard: Heard) -> tuple[str, int]:
    """“in Prada”, “bei Max Mara”: a name with a capital in the clause, and where it ends."""
    start = heard.match.start()
    stop = re.search(r"[,;\n]|$", heard.low[heard.match.end() :])
    end = heard.match.end() + (stop.start() if stop else 0)
    place = heard.text[start:end]
    for found in _BRAND.finditer(place):
        words = found[1]
        if (
            NO_NAME.fullmatch(words.split()[0].lower())
            or WHO in heard.low[start + found.start(1) : start + found.end(1)]
        ):
            continue
        if any(
            sign in heard.low[start + found.start(1) : start + found.end(1)]
            for sign in (DAY, TAKEN)
        ):
            continue
        return words, start + found.end(1)
    return "", 0


_BRAND = re.compile(
    r"\b(?:in|at|bei|bij|von|van|by|"
    r"from)\s+((?:[A-ZÄÖÜ][\w'&.-]+)(?:\s+(?:&\s+)?[A-ZÄÖÜ][\w'&-]+)*)"
)


def _birthday(rule: Rule, heard: Heard) -> Meant | None:
    said = heard.day(*heard.match.span("day"))
    if said is None or said.gone:
        return None
    when = said.when
    if when.day is None and rule.of == "turns":
        return None
    if rule.of == "turns":
        year = (when.year or said.on.year) - int(heard.group("age"))
        when = PartialDate(when.month, when.day, year)
    elif when.year is not None and when.year >= heard.today.year:
        when = PartialDate(when.month, when.day)
    person = heard.person
    if person is None:
        return Meant(OfferKind.BIRTHDAY, {"when": plain_day(when)}, heard.match.span())
    fields = {"occasion": "birthday", "title": "", "when": plain_day(when), **_for_whom(person)}
    return Meant(OfferKind.OCCASION, fields, heard.match.span())


def _occasion(rule: Rule, heard: Heard) -> Meant | None:
    said = heard.day(*heard.match.span("day"))
    if said is None or said.gone:
        return None
    kind = key_of(OCCASIONS, heard.group("occasion")) or "other"
    when = said.when
    once = kind not in ("anniversary",)
    if when.year is not None and once and said.on < heard.today:
        return None
    if re.search(r"(?<!\w)(?:was|were|war|waren|after|nach|na)(?!\w)", heard.match.group()):
        return None
    person = heard.person
    if person is not None and kind in ("wedding", "anniversary") and _is_shared(heard, person):
        person = None
    title = heard.words("occasion") if kind == "other" else ""
    fields = {"occasion": kind, "title": title, "when": plain_day(when), **_for_whom(person)}
    return Meant(rule.kind, fields, heard.match.span())


def _is_shared(heard: Heard, person: Person) -> bool:
    """Whether a wedding is the client's: with whom they share it, or only named a clause before."""
    begins = max(heard.low.rfind(sign, 0, heard.match.start()) for sign in ",;.\n")
    named_here = WHO in heard.low[begins + 1 : heard.match.end() + 2]
    return COUPLE.fullmatch(person.relation.lower()) is not None or not named_here


def _taste(rule: Rule, heard: Heard) -> Meant | None:
    start = heard.match.start("things")
    read = read_things(heard.low, start, _end_of_things(rule, heard), rule.kind == OfferKind.AVOID)
    if read is None:
        return None
    kind = OfferKind.AVOID if read.negated else rule.kind
    what = thing_words(heard.text, read)
    department = next(
        (name for name in heard.departments if name.lower() in heard.low[read.end : read.end + 40]),
        "",
    )
    fields = {"what": what, "department": department, **_for_whom(heard.person)}
    return Meant(kind, fields, (heard.match.start(), max(read.end, start)))


def _end_of_things(rule: Rule, heard: Heard) -> int:
    """A list of things goes on over commas, where nothing follows it in the rule."""
    return heard.rest[1] if rule.form.endswith("<things>") else heard.match.end("things")


def _wish(rule: Rule, heard: Heard) -> Meant | None:
    item = heard.words("things")
    if re.search(
        r"(?<!\w)(?:to|gift|present|geschenk|cadeau|zu|te|call|anruf|nothing|anything|nichts|niets|something|etwas|iets|kein\w*|geen|no|not)(?!\w)",
        item.lower(),
    ):
        return None
    item = re.sub(
        r"^(?:a|an|the|ein|eine|einen|den|die|das|een|de|het|some|still|noch|nog)\s+",
        "",
        item,
        flags=re.I,
    )
    if not item or any(
        sign in heard.low[slice(*heard.match.span("things"))] for sign in (DAY, POINT, WHO)
    ):
        return None
    fields = {"item": item, **_for_whom(heard.person)}
    return Meant(rule.kind, fields, (heard.match.start(), heard.match.end("things")))


_READ: dict[OfferKind, Callable[[Rule, Heard], Meant | None]] = {
    OfferKind.NAME: _name,
    OfferKind.LANGUAGE: _language,
    OfferKind.SIZE: _size,
    OfferKind.BIRTHDAY: _birthday,
    OfferKind.OCCASION: _occasion,
    OfferKind.PROMISE: promised,
    OfferKind.FOLLOW_UP: to_do,
    OfferKind.AVOID: _taste,
    OfferKind.LIKE: _taste,
    OfferKind.WISH: _wish,
}
