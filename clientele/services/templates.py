"""The store's templates: written, changed, put away, and back to the shipped words."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from clientele.domain.contacting import MessageTemplate
from clientele.domain.errors import NotThere
from clientele.domain.rules.rights import Right, has
from clientele.domain.rules.shipped_templates import shipped
from clientele.domain.rules.template_texts import channels_text, variants_text
from clientele.domain.rules.templates import Template, checked
from clientele.services.acting import needs
from clientele.services.drafts import forget_draft
from clientele.services.rows import the
from clientele.services.verb import verb


@dataclass(frozen=True, slots=True)
class KeepTemplate:
    """A template as it is to be from now on; without a key it is a new one."""

    template: Template
    by: int
    draft: str = ""


@dataclass(frozen=True, slots=True)
class ShippedWordsAgain:
    """A shipped template, by its key, that the store had changed."""

    key: str
    by: int


@dataclass(frozen=True, slots=True)
class OfferTemplate:
    """Whether a template is offered to associates."""

    template: Template
    offered: bool
    by: int


@verb
@needs(Right.WORDING)
def keep_template(session: Session, what: KeepTemplate, /, *, now: datetime) -> int | None:
    """Keep a template; words that cannot be read are never kept.

    Raises:
        BadWords, NoName, NoChannel, NoWords, NoSubject, SubjectTooLong, Twice: it is not fit.
    """
    template = checked(what.template)
    forget_draft(session, what.by, what.draft)
    return _write(session, template, what.by, now)


@verb
@needs(Right.WORDING)
def shipped_words_again(
    session: Session, what: ShippedWordsAgain, /, *, now: datetime
) -> int | None:
    """Take back what the store changed in a shipped template.

    Raises:
        NotThere: it is not a shipped one, or was not changed.
    """
    row = _row(session, what.key)
    if row is None or what.key not in _shipped_keys():
        raise NotThere
    session.delete(row)
    return None


@verb
@needs(Right.WORDING)
def offer_template(session: Session, what: OfferTemplate, /, *, now: datetime) -> int | None:
    """Put a template away, or offer it again. What was written with it stays as it is."""
    row = _row(session, what.template.key)
    key = row.id if row is not None else _write(session, what.template, what.by, now)
    assert key is not None
    the(session, MessageTemplate, key).retired_at = None if what.offered else now
    return key


def may_write_templates(role: str) -> bool:
    """Whether an associate of this role may change the store's templates."""
    return has(role, Right.WORDING)


def _write(session: Session, template: Template, by: int, now: datetime) -> int:
    if not template.key:
        template = replace(template, key=f"own_{secrets.token_hex(6)}")
    row = _row(session, template.key)
    if row is None:
        row = MessageTemplate(
            key=template.key, name="", purpose="", channels="", variants="", updated_at=now
        )
        session.add(row)
    row.name, row.purpose = template.name.strip(), template.purpose.value
    row.channels = channels_text(template.channels)
    row.variants = variants_text(template.variants)
    row.updated_at, row.associate_id = now, by
    session.flush()
    assert row.id is not None
    return row.id


def _row(session: Session, key: str) -> MessageTemplate | None:
    return session.scalars(
        select(MessageTemplate).where(col(MessageTemplate.key) == key)
    ).one_or_none()


def _shipped_keys() -> frozenset[str]:
    return frozenset(one.key for one in shipped("en"))
