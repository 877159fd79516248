"""How does a brief look on paper? One page, A4 or US Letter, and never a page more.

What has no room is left out whole, the least weighty first, and the foot says how much that was.
Everything is set in memory: nothing of a client goes into a temporary file.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from datetime import datetime
from html import escape
from itertools import combinations_with_replacement, pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from clientele.services.brief_choice import BriefSheet, Entry, Say, Section, Topic
from clientele.services.brief_words import brief_sheet
from clientele.store.queries.brief import Brief
from clientele.system.formats import Formats

MARGINS = QMarginsF(16, 14, 16, 12)
"""Millimetres: left, top, right, bottom."""

RESOLUTION = 300
SIZES = (11.0, 10.0, 9.0)
"""Points of running text, the largest first; below the smallest nobody reads standing."""

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "CL", "CO", "PH", "PR", "VE", "CR", "GT", "PA"})
"""Where paper is Letter (CLDR, paperSize)."""

A4 = QPageSize(QPageSize.PageSizeId.A4)
LETTER = QPageSize(QPageSize.PageSizeId.Letter)

AIR = '<p class="air">&nbsp;</p>'
"""A gap, which a table has none of."""

ABOVE = (Topic.SAY_FIRST,)
"""What stands over both columns."""

_running: QGuiApplication | None = None


def paper_of(country: str) -> QPageSize:
    """The paper of a country (ISO 3166 alpha-2)."""
    return LETTER if country.upper() in LETTER_COUNTRIES else A4


@dataclass(frozen=True, slots=True)
class SetBrief:
    """What is printed, and how large its running text is in points."""

    sheet: BriefSheet
    size: float


def fitted(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> SetBrief:
    """As much of ``sheet`` as one page of ``paper`` holds, as large as it may be."""
    ensure_application()
    writer = _writer(QBuffer(QByteArray()), paper)

    def fits(some: BriefSheet, size: float) -> bool:
        return _document(SetBrief(some, size), writer, say).pageCount() == 1

    for size in SIZES:
        if fits(sheet, size):
            return SetBrief(sheet, size)
    return SetBrief(sheet.fitting(lambda some: fits(some, SIZES[-1])), SIZES[-1])


def brief_pdf(sheet: BriefSheet, paper: QPageSize = A4, say: Say = str) -> bytes:
    """The brief as a PDF of exactly one page."""
    chosen = fitted(sheet, paper, say)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, paper)
    writer.setTitle(chosen.sheet.title)
    writer.setCreator("Clientele")
    draw(chosen, writer, say)
    buffer.close()
    return bytes(data.data())


def write_brief_pdf(
    brief: Brief,
    path: Path,
    formats: Formats,
    *,
    now: datetime,
    me: int | None = None,
    paper: QPageSize = A4,
    say: Say = str,
) -> None:
    """Write a brief to ``path``, readable by this user alone. Works without a display.

    ``now`` is an aware instant, ``me`` the associate who is said “you”. Raises ``OSError`` where
    the file cannot be written.
    """
    sheet = brief_sheet(brief, formats, now=now, me=me, say=say)
    save(brief_pdf(sheet, paper, say), path)


_PDF = b"%PDF"


def save(content: bytes, path: Path) -> None:
    """Write what was made in memory to a file; a new one is for this user alone.

    Raises ``OSError``, also where another kind of file, such as the book itself, would be lost.
    """
    if path.exists():
        with path.open("rb+") as there:
            if there.read(len(_PDF)) not in (b"", _PDF):
                raise FileExistsError(errno.EEXIST, "it is a file of another kind", path.name)
            there.seek(0)
            there.write(content)
            there.truncate()
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def draw(chosen: SetBrief, device: QPagedPaintDevice, say: Say = str) -> None:
    """Paint what was fitted onto a page of a printer or PDF."""
    document = _document(chosen, device, say)
    painter = QPainter(device)
    document.drawContents(painter)
    painter.end()


def ensure_application() -> None:
    """Fonts need a running application; the command line has none, and no display either."""
    global _running  # noqa: PLW0603 - Qt allows one application, which must be kept
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        _running = QGuiApplication(["clientele"])


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


def _writer(device: QIODevice, paper: QPageSize) -> QPdfWriter:
    writer = QPdfWriter(device)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(paper)
    writer.setPageMargins(MARGINS, QPageLayout.Unit.Millimeter)
    return writer


def _document(chosen: SetBrief, device: QPagedPaintDevice, say: Say) -> QTextDocument:
    from clientele.ui.theme import interface_family

    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.documentLayout().setPaintDevice(device)
    font = QFont(interface_family())
    font.setPointSizeF(chosen.size)
    # Some fonts draw the colon of 14:30 by a letterless glyph, which cannot be searched or copied.
    font.setFeature(QFont.Tag("calt"), 0)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_style(chosen.size))
    document.setHtml(_html(chosen.sheet, say))
    document.setPageSize(QSizeF(device.width(), device.height()))
    return document


def _style(size: float) -> str:
    """Qt knows margins in pixels only, which it scales to the paper."""
    return f"""
p {{ margin: 0 0 2px 0; }}
.title {{ font-size: {size * 2:.1f}pt; font-weight: 600; }}
.called {{ font-size: {size * 1.2:.1f}pt; margin-top: 2px; }}
.heading {{ font-size: {size * 1.05:.1f}pt; font-weight: 600; color: #17624f; margin-top: 14px; }}
.first {{ font-size: {size * 1.3:.1f}pt; }}
.small {{ font-size: {size * 0.84:.1f}pt; color: #5a5f68; }}
.warns {{ color: #8a2a00; font-weight: 600; }}
.name {{ color: #5a5f68; }}
.row {{ padding-bottom: 4px; }}
.box {{ padding: 10px; }}
.air {{ font-size: {size / 2:.1f}pt; }}
"""


def _html(sheet: BriefSheet, say: Say) -> str:
    left, right = columns_of(sheet)
    columns = (
        '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
        f'<td width="49%">{_sections(left)}</td><td width="2%"></td>'
        f'<td width="49%">{_sections(right)}</td></tr></table>'
    )
    return f"{_head(sheet, say)}{_first(sheet)}{columns}{_foot(sheet, say)}"


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
        f'<td width="66%">{"".join(lines)}</td><td width="34%">{made}</td></tr></table>'
    )


def _first(sheet: BriefSheet) -> str:
    section = sheet.section(Topic.SAY_FIRST)
    if section is None:
        return ""
    said = "".join(
        f'<p class="first">{escape(entry.words)}</p><p class="small">{escape(entry.aside)}</p>'
        for entry in section.entries
    )
    return (
        f'{AIR}<table width="100%" cellspacing="0" bgcolor="#eef4f1"><tr><td class="box">'
        f'<p class="heading" style="margin-top: 0">{escape(section.title)}</p>'
        f"{said}</td></tr></table>{AIR}"
    )


def _sections(sections: list[Section]) -> str:
    return "".join(_section(section) for section in sections)


def _section(section: Section) -> str:
    title = f'<p class="heading">{escape(section.title)}</p>'
    if section.topic.inline:
        words = " · ".join(_said(entry) for entry in section.entries)
        return f"{title}<p>{words}</p>"
    if not any(entry.name for entry in section.entries):
        return title + "".join(f"<p>{_said(entry)}</p>" for entry in section.entries)
    rows = "".join(
        f'<tr><td class="row" width="32%"><p class="name">{escape(entry.name)}</p></td>'
        f'<td class="row" width="68%"><p>{_said(entry)}</p></td></tr>'
        for entry in section.entries
    )
    return f'{title}<table width="100%" cellspacing="0" cellpadding="0">{rows}</table>'


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
