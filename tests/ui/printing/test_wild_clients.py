"""One page for every client there may be, cut only where words and sentences end."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QPageSize
from PySide6.QtWidgets import QApplication

from clientele.domain.rules.dates import PartialDate
from clientele.domain.rules.promises import Standing
from clientele.domain.rules.say_first import Because
from clientele.services.brief_choice import BriefSheet, Entry, Topic, shortened
from clientele.services.brief_words import brief_sheet
from clientele.store.queries.brief import Brief
from clientele.store.queries.brief_parts import PaidAhead, WhoseNow
from clientele.store.queries.client import ClientPage, Point
from clientele.store.queries.notes import NoteRow
from clientele.store.queries.promises import PromiseRow
from clientele.store.queries.reading import Named
from clientele.store.queries.say_first import SayFirst
from clientele.store.queries.wearing import PreferenceRow, SizeRow
from clientele.system.formats import Formats
from clientele.ui.printing.brief_document import (
    SetBrief,
    _document,
    briefs_pdf,
    fitted,
)
from clientele.ui.printing.pdf import A4, LETTER, pdf_writer
from clientele.ui.theme import Scheme, Theme
from tests.examples import examples

FORMATS = Formats("en", "Europe/Amsterdam")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
MARK = "[…]"

WORDS = st.sampled_from(
    [
        "navy", "wool,", "She", "walks.", "Ghent!", "Why?",
        "סבתא", "قميص", "👩‍👧", "東京。", "ﬁancée",
        "x" * 90, "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "<b>", "&amp;", "“quoted”",
        "\u202edesrever", "a\u0301", "½", "12:30", "\x07", "\t", "\n",
    ]
)  # fmt: skip
TEXT = st.lists(WORDS, max_size=120).map(" ".join)
LINES = st.lists(TEXT, max_size=12)
MANY = st.integers(0, 60)


def client(draw: Any) -> ClientPage:
    def line() -> str:
        return str(draw(TEXT))

    likes = tuple(
        PreferenceRow(at, None, None, "", "like", draw(TEXT)) for at in range(draw(MANY) // 4)
    )
    avoids = tuple(
        PreferenceRow(at, None, 1, "Men's Shoes", "avoid", draw(TEXT))
        for at in range(draw(MANY) // 4)
    )
    sizes = tuple(
        SizeRow(at, None, None, f"Kind {at}", "", line(), line(), "told us", NOW)
        for at in range(draw(MANY) // 6)
    )
    said = draw(st.none() | TEXT.filter(str.strip))
    first = None
    if said is not None:
        first = SayFirst(Because.MARKED, said, date(2026, 9, 12), 1, "R. Okafor", 1)
    return ClientPage(
        named=Named(1, line() or "Daniel", line(), line()),
        say_it="", language="", time_zone="", birthday=PartialDate(2, 29), owner=None,
        points=tuple(Point(at, "phone", f"020 555 0{at}", "") for at in range(draw(MANY) // 8)),
        address=("", "", "", ""), tags=("bridal party",), consents={"call": True, "text": False},
        say_first=first, sizes=sizes, likes=likes, avoids=avoids, household=(), occasions=(),
        visits=3, last_in=NOW, open_visit_id=None, spent=12_345_678_90, currency="EUR",
        tickets=500, lines=2000, across=(), departments_ever=2,
        not_yet=tuple(f"Department {at}" for at in range(draw(MANY))),
    )  # fmt: skip


@st.composite
def briefs(draw: Any) -> Brief:
    """A client of whom anything may be known, up to five hundred notes' worth."""
    page = client(draw)
    notes = tuple(
        NoteRow(at, words, NOW - timedelta(days=at), 1, "R. Okafor", None, "", say_first=False)
        for at, words in enumerate(draw(LINES))
    )
    promises = tuple(
        PromiseRow(
            **{name: getattr(blank, name) for name in blank.__dataclass_fields__}
            | {"id": at, "what": words}
        )
        for at, words in enumerate(draw(LINES))
        for blank in [PROMISE]
    )
    return Brief(
        client=page, expected_at=draw(st.sampled_from([None, NOW])), about=draw(TEXT),
        promises=promises, follow_ups=(), tickets=(), turned_out=(), notes=notes,
        never_say=notes[: draw(st.integers(0, 12))], problems=(),
        whose=WhoseNow(None, "", None, (), ()),
        paid_ahead=(PaidAhead(draw(TEXT), 5000, "EUR", "B1", NOW),), comes_with=("Mai, wife",),
        marks={}, occasions=(), most_lines=None, store="Herengracht",
    )  # fmt: skip


def _blank() -> PromiseRow:
    """A promise with every field of today, whatever else promises come to know."""
    values: dict[str, Any] = {
        "id": 1, "named": Named(1, "D", "T"), "kind": "repair", "what": "", "state": "open",
        "due_on": date(2026, 11, 24), "standing": Standing.AT_RISK, "promised_at": NOW,
        "last_word_at": NOW, "associate_id": 1, "associate": "R. Okafor",
    }  # fmt: skip
    fields = PromiseRow.__dataclass_fields__
    texts = {name: "" for name, field in fields.items() if field.type == "str"}
    return PromiseRow(**{**dict.fromkeys(fields), **texts, **values})


PROMISE = _blank()


def sheet_of(some: Brief) -> BriefSheet:
    return brief_sheet(some, FORMATS, now=NOW, me=1)


def pages(content: bytes) -> int:
    """How many pages a PDF has: its page objects, which Qt does not compress."""
    return len(re.findall(rb"/Type\s*/Page(?!s)", content))


def set_on(chosen: SetBrief, paper: QPageSize) -> int:
    """How many pages what was chosen takes: what is drawn beyond the first is lost."""
    return _document(chosen, pdf_writer(QBuffer(QByteArray()), paper), str).pageCount()


def letters(words: str) -> str:
    """What is left of a text that was split, shaped or spaced otherwise."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum()
    ).casefold()


SLOW = settings(
    max_examples=examples(6),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip


@SLOW
@given(some=briefs(), paper=st.sampled_from([A4, LETTER]))
def test_always_exactly_one_page(qapp: QApplication, some: Brief, paper: Any) -> None:
    assert pages(briefs_pdf([sheet_of(some)], "Brief", paper)) == 1
    assert set_on(fitted(sheet_of(some), paper), paper) == 1


@SLOW
@given(some=st.lists(briefs(), min_size=2, max_size=3))
def test_a_page_for_each_client(qapp: QApplication, some: list[Brief]) -> None:
    assert pages(briefs_pdf([sheet_of(one) for one in some], "Briefs")) == len(some)


@SLOW
@given(some=briefs())
def test_what_must_be_read_is_never_cut_away(qapp: QApplication, some: Brief) -> None:
    chosen = fitted(sheet_of(some)).sheet
    first = chosen.section(Topic.SAY_FIRST)
    assert (first is None) == (some.client.say_first is None)
    wanted = sheet_of(some).section(Topic.NEVER_SAY)
    kept = chosen.section(Topic.NEVER_SAY)
    must = [] if wanted is None else [entry for entry in wanted.entries if entry.weight > 1000]
    assert [entry.words for entry in must] == (
        [] if kept is None else [entry.words for entry in kept.entries if entry.weight > 1000]
    )


@SLOW
@given(some=briefs())
def test_every_text_ends_where_a_word_or_sentence_ends(qapp: QApplication, some: Brief) -> None:
    ends = source_words(some)
    for entry in entries(fitted(sheet_of(some)).sheet):
        if not entry.words.endswith(MARK):
            continue
        whole = entry.words.removesuffix(MARK)
        assert whole.endswith(" "), entry.words[-200:]
        assert whole.split()[-1] in ends


@SLOW
@given(some=briefs())
def test_nothing_but_the_words_of_the_book_is_printed(qapp: QApplication, some: Brief) -> None:
    sheet = sheet_of(some)
    book = "".join(letters(word) for word in source(some))
    for topic in (Topic.NOTES, Topic.LIKES, Topic.NEVER_SAY, Topic.PROMISES, Topic.SAY_FIRST):
        section = sheet.section(topic)
        for entry in section.entries if section else ():
            assert letters(entry.words.removesuffix(MARK)) in book


@given(TEXT, st.integers(1, 300))
def test_a_text_is_cut_only_between_words(text: str, most: int) -> None:
    words = shortened(text, most)
    if words.endswith(MARK) and words.removesuffix(MARK).endswith(" "):
        assert (
            words.removesuffix(MARK).split()
            == shortened(text, 10**9).split()[: len(words.removesuffix(MARK).split())]
        )
    elif words.endswith(MARK):
        assert len(re.split(r"\s", words.removesuffix(MARK))) == 1  # one word that is too long
    else:
        assert words == shortened(text, 10**9)


def test_five_hundred_notes_and_text_of_one_and_a_half(qapp: QApplication) -> None:
    """The size of text on screen is of no matter to paper."""
    words = "He walks a great deal, and says that a shoe is only as good as its second winter. "
    page = WILD.client
    notes = tuple(
        NoteRow(at, words * 9, NOW, 1, "R. Okafor", None, "", say_first=False) for at in range(500)
    )
    some = Brief(
        **{name: getattr(WILD, name) for name in WILD.__dataclass_fields__}
        | {"notes": notes, "client": page}
    )
    theme = Theme(qapp, Scheme.LIGHT)
    before = fitted(sheet_of(some))
    theme.switch(Scheme.LIGHT, 1.5)
    try:
        after = fitted(sheet_of(some))
        assert set_on(after, A4) == 1
        assert after == before
        assert before.sheet.size > 3
    finally:
        theme.switch(Scheme.LIGHT, 1.0)
        theme.deleteLater()


def entries(sheet: BriefSheet) -> list[Entry]:
    return [entry for section in sheet.sections for entry in section.entries]


def source(some: Brief) -> list[str]:
    """Every text that the book has of this client."""
    found = [note.words for note in (*some.notes, *some.never_say)]
    found += [row.what for row in (*some.client.likes, *some.client.avoids)]
    found += [row.what for row in some.promises]
    found += [some.about, *(one.what for one in some.paid_ahead)]
    found += [size.fit for size in some.client.sizes]
    if some.client.say_first is not None:
        found.append(some.client.say_first.body)
    return found


def source_words(some: Brief) -> set[str]:
    return {word for text in source(some) for word in shortened(text, 10**9).split()}


def _wild() -> Brief:
    class Least:
        """Draws the least of everything."""

        def __call__(self, strategy: Any) -> Any:
            return "" if strategy is TEXT else 0 if strategy is MANY else None

    return Brief(
        client=client(Least()), expected_at=None, about="", promises=(), follow_ups=(), tickets=(),
        turned_out=(), notes=(), never_say=(), problems=(),
        whose=WhoseNow(None, "", None, (), ()), paid_ahead=(), comes_with=(), marks={},
        occasions=(), most_lines=None, store="",
    )  # fmt: skip


WILD = _wild()


def test_of_whom_nothing_is_known(qapp: QApplication) -> None:
    assert pages(briefs_pdf([sheet_of(WILD)], "Brief")) == 1


@pytest.mark.parametrize("text", ["", " \n", "\u202e"])
def test_what_cannot_be_seen_is_nothing(text: str) -> None:
    assert shortened(text, 10) == ""
