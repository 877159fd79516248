"""Which languages are there, and what is each called in the language of the window?

The names are CLDR's, through Babel. A language is kept as its BCP 47 tag.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8)
def languages(locale: str) -> tuple[tuple[str, str], ...]:
    """Tag and name of every language with a name in ``locale``, in the order of the names."""
    from babel import Locale

    spoken = Locale.parse(locale.replace("-", "_"))
    named = {
        tag.replace("_", "-"): name[:1].upper() + name[1:]
        for tag, name in spoken.languages.items()
        if tag not in ("und", "zxx", "mul", "mis", "root")
    }
    return tuple(sorted(named.items(), key=lambda one: _plain(one[1])))


def language_name(tag: str, locale: str) -> str:
    """What a language is called; the tag itself where nobody has a name for it."""
    if not tag:
        return ""
    names = dict(languages(locale))
    return names.get(tag) or names.get(tag.partition("-")[0]) or tag


def find_languages(typed: str, locale: str, limit: int = 8) -> tuple[tuple[str, str], ...]:
    """Languages with a word that begins as typed, by their name here or in their own language.

    Those whose name begins so come first, and among them those that many people speak.
    """
    wanted = _plain(typed)
    if not wanted:
        return ()
    found: list[tuple[int, bool, int, str, str]] = []
    for tag, name in languages(locale):
        forms = [_plain(name)]
        if tag in _OFTEN:
            forms.append(_plain(_own_name(tag)))
        if any(form.startswith(wanted) for form in forms):
            found.append((0, tag not in _OFTEN, len(found), tag, name))
        elif any(part.startswith(wanted) for form in forms for part in form.split()):
            found.append((1, tag not in _OFTEN, len(found), tag, name))
    return tuple((tag, name) for *_, tag, name in sorted(found)[:limit])


@lru_cache(maxsize=64)
def _own_name(tag: str) -> str:
    from babel import Locale

    return Locale.parse(tag).get_display_name() or ""


_OFTEN = (
    "en", "de", "nl", "fr", "es", "it", "pt", "pl", "tr", "ru", "uk", "ar", "fa", "he", "zh", "ja",
    "ko", "hi", "id", "vi", "th", "sv", "da", "nb", "fi", "el", "cs", "hu", "ro", "bg", "hr", "sr",
)  # fmt: skip


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in bare if not unicodedata.combining(one)).strip()
