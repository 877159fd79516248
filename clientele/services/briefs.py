"""Briefs ready to be set: of one client, or of everybody whom an associate expects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from clientele.services.brief_choice import BriefSheet, Say
from clientele.services.brief_words import brief_sheet
from clientele.store.queries.brief import brief
from clientele.store.queries.expected import briefs_expected
from clientele.store.queries.reading import store_facts
from clientele.system.formats import Formats


@dataclass(frozen=True, slots=True)
class ToSet:
    """Briefs, and the store's country (ISO 3166), which says on what paper."""

    sheets: tuple[BriefSheet, ...]
    country: str


def of_client(
    session: Session, client_id: int, formats: Formats, *, now: datetime, me: int, say: Say = str
) -> ToSet:
    """The brief of a client at ``now`` (aware) for the associate ``me``; none if they are gone."""
    found = brief(session, client_id, now=now)
    sheets = () if found is None else (brief_sheet(found, formats, now=now, me=me, say=say),)
    return ToSet(sheets, store_facts(session).country)


def of_expected(
    session: Session,
    formats: Formats,
    *,
    now: datetime,
    me: int,
    day: date | None = None,
    say: Say = str,
) -> ToSet:
    """Those of everybody whom ``me`` expects on ``day`` (else today), in the order of time."""
    found = briefs_expected(session, me, now=now, day=day)
    sheets = tuple(brief_sheet(one, formats, now=now, me=me, say=say) for one in found)
    return ToSet(sheets, store_facts(session).country)
