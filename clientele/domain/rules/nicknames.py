"""Which given names are one name said shorter or in another language: Bob, Rob and Robert."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from clientele.domain.rules.names import folded

_GROUPS: Final = """
abigail abby gail
albert al bert albrecht
alexander alex sandy xander sander sascha lex
alexandra alex sandra sandy alexa
alfred alf fred freddy
alice ali
amanda mandy
andreas andrew andy andré andries dries anders
angela angie angelika
ann anne anna annie ans anneke antje anja anke
antonia toni
anton anthony tony antoon toon antonius ton
arnold arne noldus
barbara babs barb bärbel
benjamin ben benny
bernhard bernd bernard bernie ben
bridget brigitte gitte bridgette birgit
catherine katherine kathryn kate kathy katie katja katrin kathrin karin
+ katharina cathy cate kat trijntje kitty
charles charlie chuck karl carl karel
charlotte lotte charlie lottie
christian chris christiaan kris
christine christina chris tina kristin kerstin kristina christel stina christa christiane tineke
christopher chris christoph christoffel kris stoffel
claudia claudi
cornelis cor kees cees cornelius neil
cornelia corrie cora nelly conny
daniel dan danny
david dave davy
deborah debbie debby deb
dietrich dieter dirk derek diederik
dorothea dorothy dora thea dorothee doris dot
edward ed eddie ted eduard edwin ned
eleanor ellie nell nora elinor leonora
elisabeth elizabeth liz lizzie beth betty eliza elise liesbeth els lisa liesl lies betsy
+ lisbeth bettina elsbeth libby elsje lieselotte bettine
emily emma em
eric erik erich
eugene gene eugen
eva eve evi
ferdinand fred ferdi
frances fran franny fanny franziska franzi
francis frank francesco franz frans franciscus franciscus frankie
franklin frank
frederick fred freddie friedrich fritz frederik freek frits
gabriele gaby gabi gabriella
george georg jorg jörg jurgen jürgen joris jeurgen sjors
gerald gerry jerry gerold
gerard gerrit gerhard gerd geert gert gerry
gertrude trudi trude geertruida truus gerda gertrud
gregory greg gregor
hannah hanna johanna hanne anneke jo joanna joan annie hans hansje
heinrich henry harry hank hendrik henk heinz heiner rik hein
helen helena helene lena leni ellen nell elena leny
herbert bert herb
hermann herman herm
hilde hildegard hilda
hubert hub bert huub bart
ingrid inge
isabella isabel isabelle bella belle isa
jacob jakob jaap coos ko jake jack koos
jacqueline jackie
james jim jimmy jamie jem
jane jenny janet janey jannie
jennifer jen jenny jenn
jessica jess jessie
john johann johannes jan hans johan jack johnny jon ivan sean hannes joannes
jonathan jon jonny
joseph joe josef jos sepp jozef joey joep jef
josephine jo josie josefine fien
joshua josh
judith judy jutta
julia julie jule
kenneth ken kenny
klaus claus nikolaus nicholas nick nicolas nico klaas nicolaas nicky niklas niels nils
laurence larry lawrence lorenz laurens lars laurent lou
leonard leo leon len lennart leonhard lenny
louis lou lewis ludwig lodewijk lutz luis louie
louise lou luise louisa
magdalena lena magda leni madeleine
manfred manni fred
margaret maggie meg peggy greta margarete margriet margot margareta griet margit rita
+ margarethe gretel greet marga gretchen madge grietje
maria marie mary mia maaike marijke mieke ria mimi marja molly maryam rietje riet
marianne marion janne
mark marc marcus markus
martin maarten marty tinus merten
martha marta
matthew matt matthias mattias matthijs thijs matteo matty mathias mats
maximilian max
melanie mel
michael mike mick micky michiel mickey mikael michel chiel mischa
monica monika mona
nathaniel nathan nate
natalie nat nathalie
oliver ollie olli olivier
pamela pam
patricia pat patty trish tricia
patrick pat paddy
paul pauwel paulus
peter pete piet pieter petrus pier
petra petronella nel
philip phil phillip flip filip philipp
rebecca becky becca rebekka
reinhard reiner rainer rein
richard rick dick rich ricky rik ritchie
robert bob rob bobby robbie robin bert
roger rüdiger rutger
roland rolf roel roeland
ronald ron ronnie reinhold
rudolf rudi rolf rudy ruud roelof ralph ralf
samantha sam sammy
samuel sam sammy
sarah sally sara
sebastian bas seb basti bastian bastiaan
sophia sophie sofie fie sofia
stephanie steffi steph stefanie
stephen steve steven stefan stephan stef steffen stevie
susan sue susie suzanne susanne sanne susanna suzy
theodor theo ted teddy theodore
theresa terry tess resi tessa teresa therese trees
thomas tom tommy tomas tommie maas
timothy tim timmy
ulrich uli ulli
ursula uschi ulla
veronica vroni ronnie veronika vera
victor vic viktor
victoria vicky tori vicki viktoria
vincent vince vinny
walter walt wouter wally
wendeline wendy
werner wernher
wilhelmina mina willy wilma minna helma willemijn mien
william bill billy will willie wilhelm willem willi wim liam helmut
wolfgang wolf wolfi
yvonne vonnie
zachary zach zack
"""


def _table() -> dict[str, frozenset[int]]:
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(_GROUPS.strip().replace("\n+", "").splitlines()):
        for name in line.split():
            groups[folded(name)].add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


GROUPS: Final = _table()
"""The numbers of the groups that a folded name belongs to; “Chris” belongs to three."""


def _forms() -> dict[int, tuple[str, ...]]:
    forms: defaultdict[int, list[str]] = defaultdict(list)
    for name, numbers in GROUPS.items():
        for number in numbers:
            forms[number].append(name)
    return {number: tuple(sorted(names)) for number, names in forms.items()}


_FORMS: Final = _forms()


def same_by_nickname(one: str, other: str) -> bool:
    """Whether two folded given names are one: “bob” and “robert”, “jan” and “johannes”."""
    first, second = GROUPS.get(one), GROUPS.get(other)
    return first is not None and second is not None and not first.isdisjoint(second)


def forms_of(name: str) -> tuple[str, ...]:
    """The other forms of a folded given name: of “bob” “bert”, “rob”, “robert” and more."""
    groups = GROUPS.get(name, frozenset())
    return tuple(other for number in sorted(groups) for other in _FORMS[number] if other != name)
