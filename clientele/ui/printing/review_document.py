"""How does the month's review look on paper? A page or two, in words to be read out."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from clientele.store.queries.right_review import Review, Reviewed
from clientele.system.formats import Formats
from clientele.ui.models.client_names import shown_name
from clientele.ui.models.right_words import done_words, reasons_words
from clientele.ui.printing.ink import GREY

STYLE = f"""
h1 {{ font-size: 17pt; margin-bottom: 2pt; }}
h2 {{ font-size: 12pt; margin-top: 16pt; margin-bottom: 4pt; }}
p {{ margin-top: 5pt; margin-bottom: 0; }}
.small {{ color: {GREY}; font-size: 9.5pt; }}
"""


def review_html(review: Review, store: str, formats: Formats) -> str:
    """The review as simple HTML; no amount stands in any order but that of the days."""
    translate = QCoreApplication.translate
    title = translate("ReviewDocument", "Made right in {month}").format(
        month=formats.month_year(review.month)
    )
    heard = translate("ReviewDocument", "%n problem(s) heard", "", review.heard)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="small">{escape(" · ".join(part for part in (store, heard) if part))}</p>',
        f"<h2>{escape(translate('ReviewDocument', 'Well done'))}</h2>",
    ]
    parts += [_entry(one, formats, praise=True) for one in review.well_done]
    if not review.well_done:
        parts.append(f"<p>{escape(nothing_to_praise())}</p>")
    parts.append(f"<h2>{escape(translate('ReviewDocument', 'Where we did too little'))}</h2>")
    parts += [_entry(one, formats, praise=False) for one in review.too_little]
    if not review.too_little:
        parts.append(f"<p>{escape(nothing_too_little())}</p>")
    return f"<html><head><style>{STYLE}</style></head><body>{''.join(parts)}</body></html>"


def nothing_too_little() -> str:
    """What is said where nobody was let down."""
    return QCoreApplication.translate(
        "ReviewDocument", "Nowhere, as far as the book can tell. Thank you all."
    )


def nothing_to_praise() -> str:
    """What is said where nothing stands out."""
    return QCoreApplication.translate(
        "ReviewDocument", "Nothing was decided in this month; there may have been nothing to mend."
    )


def _entry(one: Reviewed, formats: Formats, *, praise: bool) -> str:
    row = one.row
    day = formats.day(formats.local_day(row.opened_at))
    about = f"{shown_name(row.named)}, {day}: {row.about}"
    told = [row.problem if row.goods else "", done_words(row, formats), row.associate]
    words = reasons_words(one.praised if praise else one.too_little)
    small = " · ".join(part for part in told if part)
    return (
        f"<p><b>{escape(about)}</b><br/>{escape(words)}<br/>"
        f'<span class="small">{escape(small)}</span></p>'
    )
