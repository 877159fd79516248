"""Which telephone numbers ring nobody? Those that a country keeps for films and for nobody else.

North America keeps 555-0100 to 555-0199, Britain 020 7946 0xxx, Ireland 020 91x, France 01 99 00,
Germany 030 23125, Australia (02) 5550; Dutch subscriber numbers never begin with 0. Elsewhere an
American number of that kind is written with its country code.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

FORMS = {
    "US": ("({area}) 555-01{two}", ("212", "646", "917", "718", "347", "929", "332", "914")),
    "CA": ("({area}) 555-01{two}", ("416", "647", "437", "905", "289", "613", "519", "514")),
    "GB": ("020 7946 0{area}{two}", tuple("0123456789")),
    "IE": ("020 910 {area}{two}", ("01", "02", "03", "04", "05", "06", "07", "08")),
    "FR": ("01 99 00 {area} {two}", ("11", "23", "30", "42", "57", "61", "74", "88")),
    "DE": ("030 23125 {area}{two}", tuple("0123456789")),
    "AU": ("(02) 5550 {area}{two}", ("01", "02", "03", "04", "05", "06", "07", "08")),
    "NL": ("020 0{area} 41{two}", ("12", "21", "34", "47", "56", "63", "71", "85")),
}
ELSEWHERE = ("+1 {area} 555 01{two}", FORMS["US"][1])


def numbers(country: str, taken: frozenset[str] = frozenset()) -> Iterator[str]:
    """Numbers of a country (ISO 3166 alpha-2), each once, without those in ``taken``."""
    form, areas = FORMS.get(country, ELSEWHERE)
    for number in count(14):  # so that the first ends in 18
        two = number * 37 % 100
        text = form.format(area=areas[number // 100 % len(areas)], two=f"{two:02d}")
        if text not in taken:
            yield text
