"""What do plain words offer? A table: of which kind, and how it is said.

``<name>`` stands for one of ``PARTS`` or for what was found before: ``<day>``, ``<who>``. The rules
are tried from above; words that one has taken are gone for those below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from clientele.domain.rules.quick_note_kinds import OfferKind
from clientele.domain.rules.quick_note_sizes import ANY_GARMENT, VALUE
from clientele.domain.rules.quick_note_words import (
    BIRTHDAY,
    COMPOUND,
    LANGUAGES,
    OCCASIONS,
    OTHER_GOODS,
    OTHER_OCCASIONS,
    STUFFS,
    TASTES,
)

DAY, POINT, WHO, TAKEN = "\ue000", "\ue001", "\ue002", "\ue003"
"""What days, contact points, people and words already taken are covered with."""

PARTS = {
    "day": (
        rf"(?:on |am |op |at |the |der |den |de |bis |by |before |zum |until |till |tot |"
        rf"voor |vor |for |from |ab |vanaf |um |around )*(?P<day>{DAY}+)"
    ),
    "who": rf"{WHO}+(?:'?s)?",
    "few": r"(?:[^\s,;]+ ){0,4}?",
    "is": r"(?: ?[:=] ?| is | ist | are | = | )",
    "rest": rf"(?P<rest>[^,;{TAKEN}]*)",
    "things": rf"(?P<things>[^;{DAY}{POINT}{TAKEN}]+)",
    "a": r"(?:a|an|the|some|new|ein|eine|einen|das|die|den|der|een|de|het|such a|another)",
    "article": (
        rf"(?P<things>(?:[^\s,;{DAY}{TAKEN}]+ ){{0,4}}?(?:{ANY_GARMENT}|{OTHER_GOODS}|"
        rf"[a-zäöü]{{2,}}(?:{COMPOUND}))(?!\w)(?: (?:in|aus|van|made of|from) "
        rf"(?:{TASTES}|[a-zäöü]+(?:blau|grün|rot|groen|blauw)))?)"
    ),
    "likes": (
        r"(?:likes|loves|adores|prefers|enjoys|(?:is |very |quite )?(?:fond of|keen on|mad "
        r"about|crazy about|into)|(?:a |big |huge )*fan of|favou?rite colou?rs?(?: is| are|"
        r":)?|mag|liebt|bevorzugt|steht auf|schwärmt für|fan von|lieblingsfarben?(?: ist| "
        r"sind|:)?|trägt (?:sehr )?gerne?|am liebsten|houdt (?:erg |heel erg |heel veel |"
        r"veel |enorm )?van|(?:is )?(?:erg |heel )?(?:dol|gek|verzot) op|"
        r"lievelingskleur(?:en)?(?: is| zijn|:)?|draagt (?:heel )?graag|prefereert|het "
        r"liefst)"
    ),
    "avoids": (
        r"(?:does(?:n'?t|nt| not) (?:really )?(?:like|want|wear|care for)|don'?t (?:show|"
        r"offer) (?:her|him)|dislikes|hates|loathes|detests|can(?:'?t|not) (?:stand|wear|"
        r"bear)|avoids?|never wears|will not wear|won'?t wear|(?:not|no|isn'?t) (?:a |big "
        r")*fan of|not (?:keen on|into|fond of)|(?:is )?allergic to|allergy to|reacts to|"
        r"mag (?:gar |überhaupt |wirklich )?(?:kein(?:e[nrs]?)?|nicht(?: so)?(?: gerne?)?)|"
        r"hasst|vermeidet|meidet|trägt (?:nie(?:mals)?|kein(?:e[nrs]?)?|ungern)|verträgt "
        r"kein(?:e[nrs]?)?|will kein(?:e[nrs]?)?|(?:ist )?allergisch (?:gegen|auf)|allergie "
        r"gegen|houdt (?:helemaal |echt |absoluut |absoluut )?niet van|niet dol op|geen fan "
        r"van|haat|(?:heeft )?(?:een )?hekel aan|draagt (?:nooit|geen|liever geen)|wil "
        r"(?:nooit|geen|absoluut geen)|lust geen|vermijdt|kan (?:niet tegen|geen [a-z]+ "
        r"verdragen)|(?:is )?allergisch voor|allergie voor)"
    ),
    "no": (
        r"(?:no|never|kein(?:e[nrs]?)?|nie|niemals|bloß kein(?:e[nrs]?)?|geen|nooit|"
        r"absolutely no|absoluut geen|not in|nicht in|niet in|please no|bitte kein(?:e)?)"
    ),
    "taste": (
        rf"(?P<things>(?:(?:shiny|real|bright|loud|big|itchy|echte?[ns]?|hohe|hoge|high|"
        rf"pure) )?(?:{TASTES}|heels|hakken|absätze|{ANY_GARMENT})(?!\w)(?:(?: or | and | "
        rf"oder | und | of | en )(?:{TASTES})(?!\w))*)"
    ),
    "stuff": rf"(?P<things>{STUFFS}|latex|lanolin|nickel)",
    "wears": (
        r"(?:wears|wear|takes|is (?:about )?an?|needs|has|normally wears|in size|trägt|"
        r"traegt|hat|braucht|draagt|heeft|takes an?|wears an?|who wears|she's an?|he's "
        r"an?)(?: usually| always| a| an| eine| einen| een| in| now| jetzt| inzwischen| "
        r"tegenwoordig| nu| normally| normalerweise| meist| meestal| about| selbst| selber| "
        r"zelf| herself| himself| er| sie| ze| zij| hij)*"
    ),
    "size": r"(?:size|sizes|sz|siz|gr\.|gr|grösse|größe|groesse|größen|maat|mt\.?|maten)",
    "glued": (
        rf"(?P<garment>{ANY_GARMENT}|konfektions|kleider|kleding|confectie|schoen|jurk|"
        rf"hemds?|hosen|schuh|ring|broek|hand|boord|kragen)(?:s|n)?-?(?:größe|grösse|groesse|"
        rf"gr\.|maat|weite)"
    ),
    "garment": (
        rf"(?P<garment>{ANY_GARMENT}|[a-zäöü]{{3,}}(?:shoes|shirts?|jacket|coat|hemden?|"
        rf"kleid|kleider|hose|jacke|mantel|schuhe|broek|jurk|jas|schoenen))"
    ),
    "value": (
        rf"(?P<value>{VALUE})(?![\w½]|[./,]\d|(?: ?(?:%|€|euro?s?|cm|mm|kg|years?|jahre|jaar|"
        rf"min|dollars?|pounds?|uhr|uur|o'clock|days|weeks|pieces|stück|stuks|pairs?|of them|"
        rf"times|mal|keer|people|am|pm|th|st|nd|rd|kids|children)(?!\w)))"
    ),
    "told": (
        r"(?P<value>(?:3[4-9]|4\d|5[0-8]) ?[rsl]|1[3-9](?:[.,]5|½| 1/2)? ?/ ?3[0-8](?:[.,]5|"
        r"½)?)(?![\w./])"
    ),
    "occasion": rf"(?P<occasion>{'|'.join(OCCASIONS.values())}|{OTHER_OCCASIONS})",
    "birthday": rf"(?:{BIRTHDAY})",
    "turns": r"(?:turns|turning|will be|wird|wordt|becomes)",
    "age": r"(?P<age>[1-9]\d?)(?:th|st|nd|rd|e|ste)?",
    "born": r"(?:born|geboren|geb\.?|d\.?o\.?b\.?)",
    "language": rf"(?P<language>{'|'.join(LANGUAGES.values())})",
    "speaks": (
        r"(?:speaks|prefers|prefers to speak|spricht(?: lieber| nur)?|spreekt(?: liever| "
        r"alleen| het liefst)?|muttersprache|moedertaal|native language|mother tongue|bitte "
        r"auf|liever(?: in het)?|please write in|write (?:to )?(?:her|him) in|e-?mails? in|"
        r"only speaks|schreiben auf|lieber(?: auf)?)(?: is| ist|:)?"
    ),
    "goes by": (
        r"(?:goes by|(?:prefers|likes|wants|asks) to be called|known as|everyone calls "
        r"(?:her|him)|friends call (?:her|him)|nickname(?: is|:)?|preferred name(?: is|:)?|"
        r"please call (?:her|him)|nennt sich|spitzname(?: ist|:)?|rufname(?: ist|:)?|"
        r"roepnaam(?: is|:)?|noemt zich(?:zelf)?|zeg maar|iedereen noemt (?:haar|hem)|alle "
        r"nennen (?:sie|ihn)|bijnaam(?: is|:)?)"
    ),
    "name": r"(?P<name>[^\W\d_][^\W\d_'-]{1,14})",
    "call": (
        r"(?:call(?: (?:her|him|them))?(?: back)?|ring(?: (?:her|him|them))?(?: back)?|"
        r"phone|let (?:her|him|them) know|get back to|come back to|text|e-?mail|message|"
        r"send|write|drop (?:her|him) a line)"
    ),
    "we will": (
        r"(?:(?<!she )(?<!he )(?<!they )(?<!who )(?<!\ue002 )(?<!we )(?<!i )(?:i |we "
        r")?(?:will|shall|'ll|i'll|we'll|promised|promised to|have promised to|said (?:i|"
        r"we)(?:'d| would)|told (?:her|him|them) (?:i|we)(?:'d|'ll| would| will)))(?: "
        r"to)?(?: (?:her|him|them))?(?: to| i'd| we'd| a)?"
    ),
    "wir": r"(?:ich|wir|werde[n]?|versprochen|zugesagt)",
    "wij": r"(?:ik|we|wij|zal|zullen|beloofd)",
    "contact": (
        r"(?P<channel>call|ring|phone|text|sms|whatsapp|message|e-?mail|mail|write|follow[ "
        r"-]?up|check in|remind|get in touch|contact|touch base|anrufen|anruf|rückruf|"
        r"zurückrufen|schreiben|mailen|e-?mail schicken|nachfassen|melden|erinnern|"
        r"nachfragen|kontaktieren|bellen|terugbellen|bel|app|appen|schrijven|berichtje(?: "
        r"sturen)?|contact opnemen|opvolgen|herinneren|nabellen|mailtje|belletje|nachricht)"
    ),
    "wants": (
        r"(?:(?:would|s?he'd|they'd) (?:really )?(?:love|like)|wants|wishes for|wish "
        r"?list:?|dreams of|dreaming of|(?:is |still )?looking for|has (?:her|his) eye on|"
        r"is after|saving (?:up )?for|wünscht sich|hätte (?:so )?gerne?|möchte(?: gerne?)?|"
        r"träumt von|sucht(?: noch)?|will(?: noch)?|wunschliste:?|wenst(?: zich)?|zou graag|"
        r"wil (?:heel )?graag|droomt van|zoekt(?: nog)?|verlanglijst(?:je)?:?|wil)"
    ),
    "hold": (
        r"(?:hold|holding|held|put(?:ting)? (?=.*\baside)|set aside|put aside|reserved?|"
        r"keep(?=.*\baside)|zurückgelegt|zurücklegen|zurück gelegt|legen? (?=.*\bzurück)|"
        r"reserviert|reservieren|weglegen|weggehängt|apart (?:gelegd|leggen|houden|"
        r"gehangen)|opzij (?:leggen|gelegd)|reserveren|gereserveerd|leg(?:gen)? "
        r"(?=.*\bapart)|hou(?:den)? (?=.*\bapart)|weggelegd)"
    ),
    "alter": (
        r"(?:shorten(?:ed|ing)?|hem(?:med|ming)?|take(?:n)? (?:in|up)|taking (?:in|up)|let "
        r"out|alter(?:ed|ations?)?|kürzen|gekürzt|ändern|geändert|änderung|enger machen|"
        r"weiter machen|umnähen|säumen|enger nähen|inkorten|ingekort|innemen|ingenomen|"
        r"uitleggen|vermaken|vermaakt|zomen|korter maken)"
    ),
    "order": (
        r"(?:(?<!she )(?<!he )(?<!they )(?<!\ue002 )(?<!has )(?:we |i )?(?:special[- "
        r"])?(?:order(?:ed|ing)?|back-?order)|nachbestell(?:t|en)|bestell(?:t|en)|"
        r"sonderbestellung|besteld|bijbesteld|bestellen|nabesteld)"
    ),
    "transfer": (
        r"(?:transfer(?:red|ring)?|(?:get(?:ting)?|send(?:ing)?|sent|coming|bring(?:ing)?|"
        r"order(?:ed)?) (?=.*\bfrom (?:the |our )?[\w ]*(?:store|shop|branch|house))|"
        r"(?:kommt |holen |schicken |lassen )?(?=.*\b(?:aus der|von der|in der) (?:[\w-]+ "
        r")?filiale)|umlagerung|overplaatsing|(?:laten |halen |sturen )?(?=.*\b(?:uit|van) "
        r"(?:het|de|ons) (?:filiaal|winkel|andere winkel)))"
    ),
    "repair": (
        r"(?:repair(?:ed|ing|s)?|re-?sol(?:e|ed|ing)|re-?heel(?:ed|ing)?|mend(?:ed|ing)?|"
        r"new soles|new heels|restring|fix(?:ed|ing)? (?=the|his|her)|repariert|reparieren|"
        r"reparatur|neu besohlen|besohlen|neue absätze|repareren|gerepareerd|reparatie|"
        r"verzolen|nieuwe zolen|nieuwe hakken|verzoold)"
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Words of this form offer this; ``of`` is which promise, or how it is to be read."""

    kind: OfferKind
    form: str
    of: str = ""


K = OfferKind

RULES = (
    # How to speak to the client.
    Rule(K.NAME, "<goes by> <name>"),
    Rule(
        K.NAME,
        (
            "(?:will|möchte|wird|wil(?: graag)?|laat zich|wordt)(?: von allen| door iedereen)? "
            "<name> (?:genannt|genoemd|noemen)"
        ),
    ),
    Rule(
        K.LANGUAGE,
        (
            "<speaks> <language>(?= *(?:$|[,;.!]|and|und|en|please|bitte|spoken|with|mit|met|"
            "zu hause|at home|thuis|als|to |to us))"
        ),
    ),
    Rule(K.LANGUAGE, "<language>[- ](?:speaking|speaker|sprachig)"),
    # What we promised.
    Rule(K.PROMISE, "<we will> <call><rest>", "call back"),
    Rule(
        K.PROMISE,
        (
            "<wir> <few>(?:rufen?|anrufen|melden?|anzurufen|bescheid|schreiben|zurückrufen|"
            "schicken)<rest>"
        ),
        "call back",
    ),
    Rule(K.PROMISE, "(?:rufen?|melden?|sagen?) (?:wir|ich|uns|mich)<rest>", "call back"),
    Rule(K.PROMISE, "(?:rückruf|anruf) [^,;]*versprochen", "call back"),
    Rule(
        K.PROMISE,
        (
            "<wij> <few>(?:bel|bellen|terugbellen|laat|laten|mailen|mail|stuur|app|"
            "appen)(?!\\w)<rest>"
        ),
        "call back",
    ),
    Rule(
        K.PROMISE, "(?:bellen|bel) (?:haar|hem|ze|terug)? ?(?:zodra|als|wanneer)<rest>", "call back"
    ),
    Rule(
        K.PROMISE,
        (
            "(?:anrufen|bescheid (?:geben|sagen)|melden|call|ring|let (?:her|him) know|"
            "text)(?: her| him| back| sie| ihn)*,? (?:when|as soon as|once|sobald|wenn)<rest>"
        ),
        "call back",
    ),
    Rule(K.PROMISE, "<few><repair>(?:(?!\\w)|(?<= ))<rest>", "repair"),
    Rule(K.PROMISE, "<few><alter>(?:(?!\\w)|(?<= ))<rest>", "alteration"),
    Rule(K.PROMISE, "<few><hold>(?:(?!\\w)|(?<= ))<rest>", "hold"),
    Rule(K.PROMISE, "<few><transfer><rest>", "transfer"),
    Rule(K.PROMISE, "<few><order>(?:(?!\\w)|(?<= ))<rest>", "special order"),
    # What fits.
    Rule(K.SIZE, "<glued><is>(?:<size> )?<value>"),
    Rule(
        K.SIZE,
        (
            "<size><is><value>(?: in| bei| for| für| voor| bij)? (?:her |his |der |den |die |"
            "de )?<garment>(?!\\w)"
        ),
    ),
    Rule(
        K.SIZE,
        (
            "<wears> <value>(?: in| bei| for| für| voor| bij) (?:her |his |der |den |die |de "
            ")?<garment>(?!\\w)"
        ),
    ),
    Rule(K.SIZE, "<garment>(?:<is>| in | bei )(?:<size><is>)?<value>"),
    Rule(
        K.SIZE,
        ("<garment>,? (?:<wears>|trägt (?:sie|er)|draagt (?:ze|zij|hij)|in) (?:<size> )?<value>"),
    ),
    Rule(K.SIZE, "<wears> (?:<size> )?<value>(?: in)? <garment>(?!\\w)"),
    Rule(K.SIZE, "<value> (?:in|bei|for) <garment>(?!\\w)"),
    Rule(K.SIZE, "<size><is><value>"),
    Rule(K.SIZE, "<wears> <value>"),
    Rule(K.SIZE, "trägt (?:sie|er|bei \\S+|in \\S+)+ <value>"),
    Rule(K.SIZE, "draagt (?:ze|zij|hij|bij \\S+|in \\S+)+ <value>"),
    Rule(K.SIZE, "<who>[:,]? <value>$"),
    Rule(K.SIZE, "<told>"),
    # Days that matter.
    Rule(K.BIRTHDAY, "<turns> <age> <few><day>", "turns"),
    Rule(K.BIRTHDAY, "<turns> <few><day> <age>", "turns"),
    Rule(K.BIRTHDAY, "<age> (?:am|on|op) <day>(?= geworden)", "turns"),
    Rule(K.BIRTHDAY, "<born> <few><day>"),
    Rule(K.BIRTHDAY, "<birthday>[:,]? <few><day>"),
    Rule(K.BIRTHDAY, "<day>[:,]? <few><birthday>"),
    Rule(K.OCCASION, "<occasion>[:,]? <few><day>"),
    Rule(K.OCCASION, "<day>[:,]? <few><occasion>"),
    # What to do ourselves.
    Rule(K.FOLLOW_UP, "(?<!to )<contact>(?!s|\\w) <few><few><day>"),
    Rule(K.FOLLOW_UP, "<day> <few><contact>(?!\\w)"),
    Rule(K.FOLLOW_UP, "(?:ruf|rufe|rufen) <few><day> <few>(?:an|zurück)(?!\\w)"),
    # What they like, and what never to show.
    Rule(K.AVOID, "<avoids> <things>"),
    Rule(K.AVOID, "<no> <taste>"),
    Rule(K.AVOID, "<stuff>[- ]?(?:allergy|allergie)", "allergy"),
    Rule(K.AVOID, "vindt <things> (?:niet mooi|lelijk|vreselijk|te druk|verschrikkelijk)"),
    Rule(K.LIKE, "vindt <things> (?:mooi|prachtig|leuk|geweldig)"),
    Rule(K.LIKE, "<likes> <things>"),
    Rule(K.WISH, "<wants> <article>"),
    Rule(
        K.WISH,
        (
            "<a> <article> (?:on (?:her|his) wish ?list|auf (?:ihrer|seiner) wunschliste|op "
            "(?:haar|zijn) verlanglijst(?:je)?)"
        ),
    ),
)


@cache
def forms() -> tuple[tuple[Rule, re.Pattern[str]], ...]:
    """The rules, ready to be looked for; they begin and end where words do."""
    made = []
    for rule in RULES:
        form = re.sub(r"(?<!\?P)<([a-z ]+)>", lambda part: PARTS[part[1]], rule.form)
        form = _named_once(form)
        made.append((rule, re.compile(rf"(?<![\w½'])(?:{form})")))
    return tuple(made)


def _named_once(form: str) -> str:
    """A part may stand in a rule twice; only its first place is remembered."""
    seen: set[str] = set()

    def once(group: re.Match[str]) -> str:
        if group[1] in seen:
            return "(?:"
        seen.add(group[1])
        return group[0]

    return re.sub(r"\(\?P<(\w+)>", once, form)
