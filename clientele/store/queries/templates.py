"""Which templates does the store have: those that come with the program, and what it made of them?

A row with the key of a shipped one stands in its place; a retired one is offered no more, and a
row that cannot be read gives the shipped words back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.client import Purpose
from clientele.domain.contacting import MessageTemplate
from clientele.domain.rules.rights import Right, has
from clientele.domain.rules.shipped_templates import shipped
from clientele.domain.rules.template_texts import channels_read, variants_read
from clientele.domain.rules.templates import LANGUAGE_NAMES, Template
from clientele.domain.tables import Associate
from clientele.store.queries.columns import ident


@dataclass(frozen=True, slots=True)
class StoreTemplate:
    """A template as it is used here, under its key.

    ``shipped``: it came with the program; ``changed``: the store says it otherwise, since
    ``changed_at`` by ``changed_by``; ``retired``: it is not offered.
    """

    template: Template
    shipped: bool
    changed: bool = False
    retired: bool = False
    changed_at: datetime | None = None
    changed_by: str = ""

    @property
    def key(self) -> str:
        """By which rules, follow-ups and drafts know it."""
        return self.template.key


def all_templates(session: Session, language: str) -> tuple[StoreTemplate, ...]:
    """The shipped ones in their order, then the store's own by name, with the retired ones.

    ``language`` (``en``, ``de``, ``nl``; others are English) is that of the shipped names.
    """
    rows = {one.key: one for one in _rows(session)}
    found = []
    for original in shipped(language if language in LANGUAGE_NAMES else "en"):
        row = rows.pop(original.key, None)
        if row is None:
            found.append(StoreTemplate(original, shipped=True))
            continue
        words = (row.template.purpose, row.template.channels, row.template.variants)
        same = words == (original.purpose, original.channels, original.variants)
        found.append(
            replace(
                row,
                template=original if same else row.template,
                shipped=True,
                changed=not same,
            )
        )
    return (*found, *sorted(rows.values(), key=lambda one: one.template.name.casefold()))


def templates(session: Session, language: str) -> tuple[Template, ...]:
    """Those that are offered, in the same order."""
    return tuple(one.template for one in all_templates(session, language) if not one.retired)


def _rows(session: Session) -> list[StoreTemplate]:
    rows = session.execute(
        select(
            col(MessageTemplate.key),
            col(MessageTemplate.name),
            col(MessageTemplate.purpose),
            col(MessageTemplate.channels),
            col(MessageTemplate.variants),
            col(MessageTemplate.updated_at),
            col(Associate.name),
            col(MessageTemplate.retired_at),
        )
        .outerjoin(Associate, ident(Associate.id) == col(MessageTemplate.associate_id))
        .order_by(ident(MessageTemplate.id))
    )
    found = []
    for key, name, purpose, channels, variants, at, who, retired in rows:
        try:
            template = Template(
                name, Purpose(purpose), channels_read(channels), variants_read(variants), key
            )
        except ValueError:
            continue
        found.append(StoreTemplate(template, False, False, retired is not None, at, who or ""))
    return found


@dataclass(frozen=True, slots=True)
class TemplateList:
    """All templates, and whether whoever asks may change them."""

    templates: tuple[StoreTemplate, ...]
    may_change: bool


def template_list(session: Session, by: int, language: str) -> TemplateList:
    """What the store has, as an associate (``by``) sees it."""
    role = session.scalar(select(col(Associate.role)).where(ident(Associate.id) == by))
    return TemplateList(all_templates(session, language), has(role, Right.WORDING))
