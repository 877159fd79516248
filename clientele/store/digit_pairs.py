"""How is a number found by any four of its digits, with one look into the index?

A trigram index keeps a list of clients for every three letters. Of digits there are only a thousand
such lists, so each is long, and four digits ask for two of them to be laid beside each other.
Here every two neighbouring digits are one letter (0205 becomes three: 02, 20, 05), so that
three letters are four digits: of these there are ten thousand lists, and one answers alone.
"""

from __future__ import annotations

from typing import Final

_FIRST: Final = 0x4E00
"""The letter for 00; the next 99 follow. They have no case and no accents that could be folded."""

_LONGEST: Final = 64
"""Signs of one text that are looked at: no number is as long."""

_PLACES: Final = f"json_each('[{','.join(map(str, range(1, _LONGEST)))}]')"


def paired(numbers: str) -> str:
    """The SQL of the letters of all ``numbers``, a question that answers texts as ``digits``.

    Each text ends with a blank, which is also the letter for a pair that is not two digits.
    """
    pair = f"substr(digits, {_PLACE}, 2)"
    letters = (
        f"SELECT group_concat(iif({pair} GLOB '[0-9][0-9]', char({_FIRST} + {pair}), ' '), '') "
        f"FROM {_PLACES} WHERE {_PLACE} < length(digits)"
    )
    # With a limit SQLite makes each text once, not again for every place in it.
    return f"coalesce((SELECT group_concat(({letters}) || ' ', '') FROM ({numbers} LIMIT -1)), '')"


def asked(digits: str) -> str:
    """What the index is asked for three digits or more, in the syntax of FTS5."""
    letters = _letters(digits)
    if len(letters) > 2:
        return f'"{letters}"'
    ways = [f'"{letters}{_letters(digits[-1] + str(next_one))}"' for next_one in range(10)]
    return f'({" OR ".join(ways)} OR "{letters} ")'


def _letters(digits: str) -> str:
    return "".join(chr(_FIRST + int(digits[at : at + 2])) for at in range(len(digits) - 1))


_PLACE: Final = "json_each.value"
