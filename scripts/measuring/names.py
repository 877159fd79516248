"""What might a million clients be called? Names as unequally common as real ones."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from clientele.domain.rules.names import folded

SURNAMES = 30_000

_COMMON = """
Smith Jones Williams Brown Taylor Davies Evans Thomas Johnson Roberts Walker Wright Robinson
Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Jackson Clarke Clark Turner Hill
Scott Cooper Morris Ward Moore King Watson Baker Harrison Morgan Patel Young Allen Mitchell James
Anderson Phillips Lee Bell Parker Davis Bennett Miller Cook Shaw Campbell Richardson Carter Marsh
Collins Marshall Murphy Kelly Kennedy Garcia Martinez Rodriguez Hernandez Lopez Gonzalez Perez
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Krause
Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Maas
Nguyen Tran Kim Park Choi Chen Wang Li Zhang Liu Khan Ahmed Hussain Ali Singh Kaur Shah Sharma
Okafor Adeyemi Mensah Diallo Traoré Ivanov Petrov Novák Kowalski Nowak Wiśniewski Silva Santos
Ferreira Costa Rossi Russo Ferrari Esposito Bianchi Romano Marino Greco Dubois Laurent Moreau
Lefèvre Bernard Girard Mercier Sørensen Nielsen Hansen Pedersen Andersson Johansson Lindqvist
O'Brien O'Connor Byrne Ryan Walsh McCarthy MacDonald Fraser Stewart Ross Murray Sato Suzuki Tanaka
"""
_FIRST = """
Ab Ack Al Ald An Arm Ash Aud Ay Bal Bar Bea Bel Ber Birk Black Blox Bol Bram Bran Brin Brom Bur
Cal Car Chal Chat Ches Clay Cob Col Cop Cran Cres Crom Cun Dal Dar Del Den Dor Dray Dun Dur East El
Em Ever Fal Far Fen Fer Fin Flet Fol Fos Gar Gil Glas God Gol Gor Gran Gres Had Hal Ham Har Has Hat
Haver Hay Hazel Hel Hen Her High Hin Hol Hors Hux Il Ing Ir Kel Ken Ker Kil Kin Kir Lan Lang Lar
Lau Leder Lin Lit Lock Long Lud Lyn Mal Man Mar Mas May Mel Mer Mid Mil Mon Mor Mul Nat Nes New
Nor Oak Of Ol Or Os Ox Pad Pal Par Pem Pen Per Pil Pin Pol Pres Quin Rad Ram Ran Raven Red Rey
Rich Rid Rock Ros Row Rud Rus Sal San Sax Sed Sel Sher Shel Ship Sil Som South Stan Star Stel Stock
Stone Strat Sun Sut Tal Tan Tar Ten Thal Thorn Til Tod Tol Tre Tun Ul Up Ur Van Var Ver Wad Wake
Wal War Wat Way Wel Wes Whit Wil Win Wis Wol Wood Wor Wyn Yar York Zan Zeld
"""
_LAST = """
acre bach baum beck berg berry bert bourne bridge brook burg burn bury by cliff combe cote cott
croft dale den der dijk don dorf er ers ert esen ett ey feld felt field fold ford forth fort gate
gren grove hall ham hart haus hausen haven hay head heim herst hill hoek holm holt horn house hoven
hurst huizen ick in ing ings ington kamp ker kirk lake land lander lane lay leigh ler ley lin ling
lock low ma man mann mans mark mere mond more mount nell ner nes ness ney nik now old over park
pole pool quist ridge rich ris rod ron rose row sby schot sen ser shaw side sma smith son stad
stead sted stein ster stoke stone stra strom ström sund tall ten ter thal thorpe ton tree vale
veen veld ville wald wall wards water way well wells wen weg wick wijk win wold wood worth wyn yard
"""
_GIVEN = """
Olivia Amelia Emma Charlotte Sophie Mia Emily Eleanor Anna Maria Laura Julia Sarah Hannah Lisa
Katharina Marie Lena Lea Johanna Clara Elisabeth Helen Margaret Patricia Jennifer Linda Barbara
Susan Jessica Karen Nancy Betty Sandra Ashley Kimberly Donna Carol Michelle Amanda Melissa Deborah
Stephanie Rebecca Sharon Cynthia Kathleen Amy Angela Shirley Brenda Pamela Nicole Samantha Katherine
Christine Rachel Carolyn Janet Catherine Heather Diane Ruth Julie Joyce Virginia Victoria Lauren
Joan Evelyn Judith Megan Andrea Cheryl Martha Marianne Marijke Femke Sanne Lotte Anouk Roos Zoë
Chloé Inès Camille Aïcha Fatima Leila Noor Priya Ananya Mei Yuki Haruka Ngozi Amara Ingrid Astrid
Oliver George Harry Jack Jacob Charlie Thomas William James Noah Liam Lucas Benjamin Paul Felix
Maximilian Leon Jonas Finn Elias Niklas Moritz Robert Michael John David Richard Joseph Charles
Christopher Daniel Matthew Anthony Mark Donald Steven Andrew Kenneth Joshua Kevin Brian Ronald
Timothy Edward Jason Jeffrey Ryan Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon
Samuel Gregory Alexander Patrick Frank Raymond Jerry Dennis Tyler Aaron Jose Adam Nathan Henry
Zachary Douglas Peter Kyle Walter Ethan Jeremy Christian Keith Roger Terry Sean Austin Arthur Jesse
Dylan Bryan Joe Jordan Billy Bruce Albert Willie Gabriel Alan Juan Logan Wayne Ralph Roy Eugene
Vincent Russell Louis Philip Johnny Marcel Martijn Sander Bram Daan Sven Lars Björn Søren Jürgen
Łukasz Piotr Ivan Dmitri Ahmed Mohammed Yusuf Omar Ravi Arjun Wei Kenji Hiroshi Chidi Kwame André
"""


_GIVEN_NAMES = tuple(_GIVEN.split())


class Names:
    """Draws given and family names; two of one seed draw the same."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        built = [first + last for first in _FIRST.split() for last in _LAST.split()]
        Random(1).shuffle(built)
        self.family = list(dict.fromkeys([*_COMMON.split(), *built]))[:SURNAMES]
        self._family_weights = list(accumulate(1 / (rank + 25) for rank in range(SURNAMES)))
        self._given_weights = list(accumulate(1 / (rank + 30) for rank in range(len(_GIVEN_NAMES))))
        self._folded = {name: folded(name) for name in (*self.family, *_GIVEN_NAMES)}

    def draw(self, count: int) -> list[tuple[str, str]]:
        """So many pairs of given and family name; one family name in fourteen is a double one."""
        rng = self._rng
        given = rng.choices(_GIVEN_NAMES, cum_weights=self._given_weights, k=count)
        family = rng.choices(self.family, cum_weights=self._family_weights, k=count)
        other = rng.choices(self.family, cum_weights=self._family_weights, k=count)
        return [
            (first, f"{last}-{third}" if rng.random() < 1 / 14 else last)
            for first, last, third in zip(given, family, other, strict=True)
        ]

    def sort_name(self, given: str, family: str) -> str:
        """As ``rules.names.sort_name``, from names that were folded once."""
        last = self._folded.get(family) or folded(family)
        return f"{last} {self._folded[given]}"

    def address_part(self, given: str, family: str) -> str:
        """The part of an e-mail address before the @."""
        last = self._folded.get(family) or folded(family)
        return f"{self._folded[given]}.{last}".replace("'", "").replace(" ", "")
