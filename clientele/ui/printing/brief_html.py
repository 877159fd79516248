"""What stands where on the one page of a brief? HTML of the kind that Qt sets."""

from __future__ import annotations

from html import escape
from itertools import combinations_with_replacement, pairwise

from clientele.services.brief_choice import BriefSheet, Entry, Say, Section, Topic
from clientele.ui.printing.ink import GREEN, GREEN_PAPER, GREY, RUST, RUST_PAPER

AIR = '<p class="air">&nbsp;</p>'
"""A gap, which a table has none of."""

ABOVE = (Topic.SAY_FIRST, Topic.NEVER_SAY)
"""What stands over the columns."""


def columns_of(sheet: BriefSheet, count: int = 2) -> list[list[Section]]:
    """The sections below the head in columns of about the same length, in reading order."""
    sections = [section for section in sheet.sections if section.topic not in ABOVE]
    lengths = [_length(section) for section in sections]
    cuts = min(
        combinations_with_replacement(range(len(sections) + 1), count - 1),
        key=lambda cuts: max(sum(lengths[a:b]) for a, b in pairwise((0, *cuts, len(sections)))),
    )
    return [sections[a:b] for a, b in pairwise((0, *cuts, len(sections)))]


def _length(section: Section) -> int:
    """About how many lines a section takes in a column."""
    texts = [entry.text for entry in section.entries]
    if section.topic.inline:
        texts = [" · ".join(texts)]
    return 2 + sum(1 + len(text) // 48 for text in texts)


def style_of(size: float) -> str:
    """The style sheet for running text of ``size`` points.

    Qt knows margins in pixels only, which it scales to the paper.
    """
    return f"""
p {{ margin: 0 0 2px 0; }}
.title {{ font-size: {size * 2:.1f}pt; font-weight: 600; }}
.called {{ font-size: {size * 1.2:.1f}pt; margin-top: 2px; }}
.heading {{ font-size: {size * 1.05:.1f}pt; font-weight: 600; color: {GREEN};
            margin-bottom: 4px; }}
.first {{ font-size: {size * 1.3:.1f}pt; }}
.small {{ font-size: {size * 0.84:.1f}pt; color: {GREY}; }}
.warns {{ color: {RUST}; font-weight: 600; }}
.name {{ color: {GREY}; }}
.row {{ padding-bottom: 3px; }}
.box {{ padding: 10px; }}
.air {{ font-size: {size / 2:.1f}pt; }}
"""


def html_of(sheet: BriefSheet, say: Say) -> str:
    """The page: who, what to say first and never, everything else in two columns."""
    left, right = columns_of(sheet)
    columns = (
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td width="49%">{_sections(left)}</td><td width="2%"></td>'
        f'<td width="49%">{_sections(right)}</td></tr></table>'
    )
    return f"{_head(sheet, say)}{_above(sheet)}{columns}{_foot(sheet, say)}"


def _head(sheet: BriefSheet, say: Say) -> str:
    spoken = []
    if sheet.called:
        spoken.append(say("prefers “{name}”").format(name=sheet.called))
    if sheet.say_it:
        spoken.append(say("say it: {how}").format(how=sheet.say_it))
    lines = [f'<p class="title">{escape(sheet.title)}</p>']
    if spoken:
        lines.append(f'<p class="called">{escape(" · ".join(spoken))}</p>')
    if sheet.under:
        lines.append(f'<p class="name">{escape(sheet.under)}</p>')
    made = f'<p class="small" align="right">{escape(sheet.made)}</p>'
    return (
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td width="60%">{"".join(lines)}</td><td width="40%">{made}</td></tr></table>'
    )


def _above(sheet: BriefSheet) -> str:
    """What is said first, and beside it what never is."""
    first, never = sheet.section(Topic.SAY_FIRST), sheet.section(Topic.NEVER_SAY)
    cells = []
    if first is not None:
        said = "".join(
            f'<p class="first">{escape(entry.words)}</p><p class="small">{escape(entry.aside)}</p>'
            for entry in first.entries
        )
        cells.append(_box(first.title, said, GREEN_PAPER, 62 if never is not None else 100))
    if first is not None and never is not None:
        cells.append('<td width="2%"></td>')
    if never is not None:
        width = 36 if first is not None else 100
        cells.append(_box(never.title, _never(never.entries), RUST_PAPER, width))
    if not cells:
        return ""
    return f'{AIR}<table width="100%" cellspacing="0"><tr>{"".join(cells)}</tr></table>{AIR}'


def _box(title: str, inner: str, colour: str, width: int) -> str:
    return (
        f'<td class="box" width="{width}%" bgcolor="{colour}">'
        f'<p class="heading">{escape(title)}</p>{inner}</td>'
    )


def _never(entries: tuple[Entry, ...]) -> str:
    """Sentences on lines of their own, then the single words in one line."""
    sentences = [entry for entry in entries if not entry.is_short]
    short = " · ".join(_said(entry) for entry in entries if entry.is_short)
    lines = [
        f'<p class="warns">{escape(entry.words)}</p><p class="small">{escape(entry.aside)}</p>'
        for entry in sentences
    ]
    return "".join([*lines, f"<p>{short}</p>" if short else ""])


def _sections(sections: list[Section]) -> str:
    return AIR.join(_section(section) for section in sections)


def _section(section: Section) -> str:
    """A table with the title as its first row, so that all sections stand at even distances."""
    if section.topic.inline:
        words = " · ".join(_said(entry) for entry in section.entries)
        rows = _across(f"<p>{words}</p>")
    else:
        rows = "".join(_row(entry) for entry in section.entries)
    title = _across(f'<p class="heading">{escape(section.title)}</p>')
    return f'<table width="100%" cellspacing="0" cellpadding="0">{title}{rows}</table>'


def _row(entry: Entry) -> str:
    name, said = f'<p class="name">{escape(entry.name)}</p>', _said(entry)
    if not said or not entry.name:
        return _across(f"<p>{said}</p>" if said else name)
    return (
        f'<tr><td class="row" width="30%">{name}</td>'
        f'<td class="row" width="70%"><p>{said}</p></td></tr>'
    )


def _across(inner: str) -> str:
    return f'<tr><td class="row" colspan="2">{inner}</td></tr>'


def _said(entry: Entry) -> str:
    parts = []
    if entry.strong:
        parts.append(f"<b>{escape(entry.strong)}</b>" + (", " if entry.words else ""))
    words = escape(entry.words)
    parts.append(f'<span class="warns">{words}</span>' if entry.warns else words)
    if entry.aside:
        parts.append(f' <span class="small">{escape(entry.aside)}</span>')
    return "".join(parts)


def _foot(sheet: BriefSheet, say: Say) -> str:
    if not sheet.left_out:
        return ""
    words = say("Left out for want of room: {count}. The rest is in the book.")
    return (
        f'<p class="small" style="margin-top: 8pt">{escape(words.format(count=sheet.left_out))}</p>'
    )
