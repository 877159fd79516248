"""What would one template say to each of many clients by e-mail, and who is left out, and why?

Each in their own language and with their own fields: of what a template is about (a promise, the
last purchase) the first thing of the client's that it fits. The gate is asked for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from clientele.domain.client import Channel
from clientele.domain.contacting import MessageState
from clientele.domain.rules.field_values import NOTHING, values
from clientele.domain.rules.permission import permission
from clientele.domain.rules.permission_answers import Quiet, Refused, Wish
from clientele.domain.rules.template_filling import fill
from clientele.domain.rules.templates import Template, take
from clientele.store.queries.mail_accounts import leaves_by
from clientele.store.queries.message_fields import About, Meant, ToWrite, to_write
from clientele.store.queries.permission import known, policy
from clientele.store.queries.reading import Named
from clientele.store.queries.templates import templates


class LeftOut(StrEnum):
    """Why a client gets no letter."""

    NOT_ALLOWED = "not allowed"
    MISSING = "missing"
    SAY_FIRST = "say first"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one client gets. ``not_before`` (UTC) where it waits for their morning."""

    named: Named
    address: str
    subject: str
    body: str
    language: str
    promise_id: int | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Who is left out; ``missing`` are fields without a value, ``refused`` the gate's answer."""

    named: Named
    why: LeftOut
    missing: tuple[str, ...] = ()
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """Of some clients, in their order: who would be written to, and who not."""

    ready: tuple[Letter, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, slots=True)
class ForMany:
    """The templates that there are for e-mail; ``by_account``: a mail account sends for one."""

    templates: tuple[Template, ...]
    by_account: bool


def for_many(session: Session, by: int, *, language: str) -> ForMany:
    """What can be written to many by an associate (``by``); ``language`` is the window's."""
    found = tuple(one for one in templates(session, language) if Channel.EMAIL in one.channels)
    return ForMany(found, leaves_by(session, by) is not None)


def template_named(session: Session, key: str, *, language: str) -> Template | None:
    """The template for e-mail that is offered under ``key``, if it still is."""
    found = (one for one in templates(session, language) if Channel.EMAIL in one.channels)
    return next((one for one in found if one.key == key), None)


def letters(
    session: Session,
    clients: Sequence[int],
    template: Template,
    by: int,
    *,
    language: str,
    now: datetime,
) -> Letters:
    """What ``template`` would say to each of these clients (some hundred at most) now.

    ``language`` is taken where a client's own is not known or not written in.
    """
    gate, rules = known(session, clients, now=now), policy(session)
    ready: list[Letter] = []
    left: list[Left] = []
    for key in dict.fromkeys(clients):
        facts = to_write(session, Meant(key), by, now=now)
        if facts is None or key not in gate:
            continue
        about = _about(facts, template)
        promise_id = None if about is None else about.promise_id
        wish = Wish(Channel.EMAIL, template.purpose, for_promise=promise_id is not None)
        answer = permission(wish, gate[key], rules, now)
        reach = facts.reach(Channel.EMAIL)
        later = _waits_until(answer) if isinstance(answer, Refused) else None
        if isinstance(answer, Refused) and later is None:
            left.append(Left(facts.named, LeftOut.NOT_ALLOWED, refused=answer))
            continue
        if any(one.state == MessageState.DRAFT for one in facts.waiting):
            left.append(Left(facts.named, LeftOut.SAY_FIRST))
            continue
        taken = take(template, facts.language, language)
        matter = NOTHING if about is None else about.matter
        filled = fill(taken, Channel.EMAIL, values(facts.who, matter, taken.variant, facts.zone))
        if filled.missing or reach is None:
            left.append(Left(facts.named, LeftOut.MISSING, filled.missing))
            continue
        ready.append(
            Letter(
                facts.named,
                reach.exact,
                filled.subject,
                filled.body,
                filled.language,
                promise_id,
                later,
            )
        )
    return Letters(tuple(ready), tuple(left))


def _about(facts: ToWrite, template: Template) -> About | None:
    return next((one for one in facts.abouts if one.template == template.key), None)


def _waits_until(answer: Refused) -> datetime | None:
    """The client's next open hour, where nothing but the hour speaks against it."""
    return answer.earliest if all(isinstance(one, Quiet) for one in answer.reasons) else None
