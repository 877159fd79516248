"""Pairs of clients of whom somebody said whether they are one: duplicates, and who looks like one.

Written by hand. A client is “Given / Family”, then what is known,
between semicolons: a number, an e-mail address, a birthday, a street with its number and postcode.
"""

from __future__ import annotations

import re
from dataclasses import replace

from clientele.domain.rules.duplicates import Facts

SAME = """
John / Smith; +31612345678 | Jon / Smith; +31612345678
Robert / Brown; +31612345678 | Bob / Brown; +31612345678
Johannes / de Vries; +31201234567 | Jan / de Vries; +31201234567
Elisabeth / van den Berg; lies@berg.nl | Liesbeth / van den Berg; lies@berg.nl
Anna / Meyer; +49301234567 | Anna / Maier; +49301234567
Peter / Schmidt; peter.schmidt@gmx.de | Peter / Smit; peter.schmidt@gmx.de
Jürgen / Müller; +49301234567 | Juergen / Mueller; +49301234567
Jürgen / Müller; jm@firma.de | Jurgen / Muller; jm@firma.de
Mark / Jansen; +31612345678 | Marc / Janssen; +31612345678
Stephen / Clark; +441632960001 | Steven / Clarke; +441632960001
Katherine / Walsh; kw@post.ie | Kate / Walsh; kw@post.ie
William / Turner; +441632960002; 3.5.1960 | Bill / Turner; 3.5.1960; +441632960002
Smith / John; +31612345678 | John / Smith; +31612345678
Bauer / Claudia; cb@web.de | Claudia / Bauer; cb@web.de
Kuijper / Sanne; sk@ziggo.nl | Sanne / Kuiper; sk@ziggo.nl
J. / Smith; +31612345678 | John / Smith; +31612345678
M. / Okafor; m.okafor@mail.com | Mary / Okafor; m.okafor@mail.com
Anna Maria / Rossi; +39061234567 | Anna / Rossi; +39061234567
Marie-Louise / Kohl; +49301234567 | Marie / Kohl; +49301234567
/ Tanaka; +31612345678 | Yuki / Tanaka; +31612345678
; +31612345678 | Femke / de Boer; +31612345678
; femke@boer.nl | Femke / de Boer; femke@boer.nl
Eleanor / Marsh; eleanor.marsh@gmail.com | Eleanor / Marsh; eleanormarsh@gmail.com
Eleanor / Marsh; eleanormarsh+shop@gmail.com | Ellie / Marsh; eleanormarsh@googlemail.com
Tom / Hughes; tom.hughes@outlook.com | Thomas / Hughes; tom.hughes+sale@outlook.com
Ruth / Berger; ruthberger@gmx.de | Ruth / Berger; ruthberger@gmail.com
Daniel / Tran; danieltran88@gmail.com | Daniel / Tran; danieltran88@icloud.com
Daniel / Tran; +31612345678 | Daniel / Tran; +31612345687
Olga / Petrova; +31612345678 | Olga / Petrova; +31612345679
Nadia / Haddad; 4.7.1981 | Nadia / Haddad; 4.7.1981
Nadja / Haddad; 4.7.1981; Gracht 10, 1015 CJ | Nadia / Haddad; 4.7.1981; Gracht 10, 1015CJ
Pieter / Bakker; 12.11.; Damstraat 4, 1012 JM | Piet / Bakker; 12.11.; Dam straat 4, 1012JM
Hans / Weber; Lindenstr. 12, 50674 | Hans / Weber; Lindenstraße 12, 50674
Susan / Miller; 12 High Street, SW1A 1AA | Sue / Miller; 12 High St, SW1A1AA
Giulia / Conti; Via Roma 5, 00184; 2.2.1990 | Julia / Conti; Via Roma 5, 00184; 2.2.1990
Sofie / Claes; +3221234567; 1.1.1985 | Sophie / Claes; +3221234567; 1.1.1985
Emma / Fischer; emma.fischer@posteo.de | Emma / Wagner; emma.fischer@posteo.de
Lena / Vogel; +49301234567; 9.9.1988 | Lena / Braun; +49301234567; 9.9.1988
Karin / Lund; karin.lund@telia.se; 8.8. | Karin / Holm; karin.lund@telia.se; 8.8.
Claire / Dubois; +33123456789 | Clair / Dubois; +33123456789
Claire / Dubois; +33123456789 | Claire / Dubios; +33123456789
Margaret / Thompson; +441632960003 | Peggy / Thomson; +441632960003
Theodore / Papadopoulos; +302101234567 | Theo / Papadopulos; +302101234567
Alexander / Ivanov; sasha@mail.ru | Sascha / Ivanov; sasha@mail.ru
Alexandra / Ivanova; +31612345678 | Sandra / Ivanova; +31612345678
Cornelis / Visser; +31201234567 | Kees / Visser; +31201234567
Wilhelmina / Dekker; +31201234567 | Mien / Dekker; +31201234567
Hendrik / Mulder; hmulder@kpn.nl | Henk / Mulder; hmulder@kpn.nl
Friedrich / Hoffmann; +49891234567 | Fritz / Hofmann; +49891234567
Heinrich / Schulz; +49891234567 | Heinz / Schultz; +49891234567
Margarete / Krüger; mkrueger@t-online.de | Greta / Krueger; mkrueger@t-online.de
Ursula / Böhm; +49891234567 | Uschi / Boehm; +49891234567
Josef / Huber; +49891234567 | Sepp / Huber; +49891234567
Matthias / Koch; matthias.koch@gmx.net | Mathias / Koch; matthias.koch@gmx.net
Christopher / Reed; +441632960004 | Chris / Reed; +441632960004
Michael / O'Brien; mob@eircom.net | Mike / OBrien; mob@eircom.net
Siobhan / O'Neill; +35312345678 | Siobhán / O’Neil; +35312345678
José / García López; +34911234567 | Jose / Garcia; +34911234567
María José / Núñez; mj@nunez.es | Maria Jose / Nunez; mj@nunez.es
Van der Meer / Lotte; lotte@meer.nl | Lotte / Meer, van der; lotte@meer.nl
Charlotte / van der Meer; lotte@meer.nl | Lotte / vd Meer; lotte@meer.nl
Eva / Lindqvist; +46812345678; 5.6.1979 | Eva / Lindquist; +46812345678; 6.5.1979
Paul / Becker; +49301234567; 5.6.1979 | Paul / Becker; +49301234567; 5.6.1978
Gerhard / Lang; glang@aol.com | Gerd / Lang; glang@aol.com
Nicholas / Adams; +441632960005 | Nick / Adams; +441632960005
Frederik / Smits; +31612345678 | Freek / Smits; +31612345678
ELEANOR / MARSH; +31612345678 | Eleanor / Marsh; +31612345678
"""

OTHERS = """
Maria / Garcia | Maria / Garcia
Peter / Müller | Peter / Müller; +49301234567
John / Smith; +31612345678 | John / Smith; +31687654321
John / Smith; john@smith.com | John / Smith; smithjohn@work.org
John / Smith; 1.1.1950; +312012345; Plein 1 | John / Smith; 4.9.1982; +312012345; Plein 1
Jan / de Boer Sr; +312012345; Plein 1, 1017 | Jan / de Boer Jr; +312012345; Plein 1, 1017
Karl / Wagner; 2.3.1948; Ring 5, 80331 | Karl / Wagner; 17.8.1975; Ring 5, 80331
John / Smith; +31612345678; Plein 1, 1017 | Mary / Smith; +31612345678; Plein 1, 1017
Paul / Becker; +49301234567 | Paula / Becker; +49301234567
Christian / Vogt; +49301234567 | Christine / Vogt; +49301234567
Mario / Ricci; +39061234567 | Maria / Ricci; +39061234567
Jan / Visser; +31201234567 | Anna / Visser; +31201234567
Jan / Visser; familie@visser.nl | Jana / Visser; familie@visser.nl
Hans / Huber; hhuber@gmx.de | Hanna / Huber; hhuber@gmx.de
Anna / Koch; 3.5.2001; +493012345; Ring 5, 80331 | Lena / Koch; 3.5.2001; +493012345; Ring 5, 80331
Tim / Lang; 7.7.1999; +49301234567 | Tom / Lang; 7.7.1999; +49301234567
Emma / Clark; 7.7.1999; 1 High St, AB1 2CD | Emily / Clark; 7.7.1999; 1 High St, AB1 2CD
Lisa / Braun; 9.1.1990; Ring 5, 80331 | Luisa / Braun; 9.1.1990; Ring 5, 80331
Sarah / Jones; 9.1.1990; +441632960006 | Hannah / Jones; 9.1.1990; +441632960006
Peter / Novak; info@novak.cz | Jana / Novak; info@novak.cz
Peter / Novak; info@novak.cz | Peter / Svoboda; info@novak.cz
Petra / Kern; office@kern.at | Markus / Lehner; office@kern.at
Ruth / Okafor; +31201234567 | Ruth / Silva; +31201234567
Ruth / Okafor; Plein 1, 1012 AB | Ruth / Silva; Plein 1, 1012 AB
Sven / Dahl; +46812345678 | Ingrid / Berg; +46812345678
Sven / Dahl; 1.1.1970 | Sven / Dahl; 2.3.1985
Sven / Dahl; 1.1. | Sven / Dahl; 2.3.
Olivia / Brown; 12.6. | Olivia / Green; 12.6.
Olivia / Brown; 12.6.1991 | Oliver / Brown; 12.6.1991
Olivia / Brown; Mill Lane 3, OX1 1AA | Olivia / Brown; Mill Lane 33, OX4 9ZZ
Jean / Martin; +33123456789 | Jeanne / Martin; +33123456789
Michel / Petit; +33123456789 | Michelle / Durand; +33123456789
Simon / Roux; sroux@free.fr | Simone / Roux; sroux@free.fr
Daniel / Lopez; lopez@mail.es | Daniela / Lopez; lopez@mail.es
Andrea / Weiss; +4312345678 | Andreas / Weiss; +4312345678
Martin / Graf; graf@bluewin.ch | Martina / Graf; graf@bluewin.ch
Stefan / Keller; +41441234567 | Stefanie / Keller; +41441234567
Louis / Moreau; +33123456789 | Louise / Moreau; +33123456789
Karl / Fuchs; +4312345678 | Karla / Fuchs; +4312345678
Erik / Holm; +4512345678 | Erika / Holm; +4512345678
Johannes / Wolf; +49301234567 | Johanna / Wolf; +49301234567
A. / Becker; Ring 5, 80331 | B. / Becker; Ring 5, 80331
Julian / Hahn; +49301234567; 3.4.2005 | Julia / Hahn; +49301234567; 3.4.2005
Frank / Moser; +4312345678 | Franka / Moser; +4312345678
Wei / Chen; +31612345678 | Mei / Chen; +31612345678
Lee / Wong; +31612345678 | Leo / Wong; +31612345678
Ali / Yilmaz; +49301234567 | Elif / Yilmaz; +49301234567
Nina / Wolf; nina@wolf.de | Mina / Wolf; mina@wolf.de
Jack / Evans; jack.evans@gmail.com | Jack / Evans; jack.evans2@yahoo.com
David / Cohen; d.cohen@outlook.com | Deborah / Cohen; de.cohen@outlook.com
Lars / Berg; +4712345678 | Lara / Berg; +4712345678
Thomas / Schneider; 3.3.1980 | Thomas / Schneider; 4.11.1962
Thomas / Schneider; 50674 Nowhere | Thomas / Schneider; +49301234567
"""


def person(text: str) -> Facts:
    """Somebody, as these lines say it."""
    first, *rest = (part.strip() for part in text.split(";"))
    given, _, family = (part.strip() for part in first.partition("/"))
    found = Facts(given=given, family=family)
    for part in rest:
        if "@" in part:
            found = replace(found, emails=found.emails | {part})
        elif part.startswith("+"):
            found = replace(found, phones=found.phones | {part})
        elif day := re.fullmatch(r"(\d+)\.(\d+)\.(\d+)?", part):
            year = int(day[3]) if day[3] else None
            found = replace(found, birthday=(int(day[2]), int(day[1]), year))
        else:
            street, _, code = part.rpartition(",")
            found = replace(found, addresses=found.addresses | {(street, code.strip(), "")})
    return found


def pairs() -> list[tuple[Facts, Facts, bool]]:
    """All pairs, and whether they are one."""
    return [
        (*(person(side) for side in line.split("|")), same)  # type: ignore[misc]
        for lines, same in ((SAME, True), (OTHERS, False))
        for line in lines.strip().splitlines()
    ]
