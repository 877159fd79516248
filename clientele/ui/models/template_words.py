"""How does a template look as one line, and what is wrong with one that is being written?"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from clientele.domain.client import Channel
from clientele.domain.rules.template_fields import examples
from clientele.domain.rules.template_filling import Filled, fill
from clientele.domain.rules.templates import (
    Address,
    Because,
    Taken,
    Template,
    Variant,
    faults_of,
)
from clientele.store.queries.templates import StoreTemplate
from clientele.system.formats import Formats
from clientele.ui.models.message_words import channel_name, language_words, purpose_name
from clientele.ui.models.rows import ChipSpec, Row, RowAction
from clientele.ui.refusals import sentence_of
from clientele.ui.theme import Tone

translate = QCoreApplication.translate

CHANGE, OFFER, SHIPPED = "change", "offer", "shipped"
"""The names of a row's actions."""


def template_row(one: StoreTemplate, formats: Formats, *, may_change: bool) -> Row:
    """A template: its name, for what and in which languages; what the store made of it."""
    template = one.template
    channels = formats.listed([channel_name(channel) for channel in template.channels])
    bare = (replace(one, address=Address.EITHER) for one in template.variants)
    languages = ", ".join(dict.fromkeys(language_words(variant) for variant in bare))
    chips = []
    if one.changed:
        chips.append(ChipSpec(translate("Template", "changed"), Tone.BLUE))
    if one.retired:
        chips.append(ChipSpec(translate("Template", "put away")))
    section = (
        translate("Template", "Came with the program")
        if one.shipped
        else translate("Template", "The store's own")
    )
    away = (
        translate("Template", "Offer again") if one.retired else translate("Template", "Put away")
    )
    actions = [
        RowAction(CHANGE, translate("Template", "Change"), "E"),
        RowAction(OFFER, away, "X", shown=one.retired),
    ]
    if one.changed:
        actions.append(RowAction(SHIPPED, translate("Template", "Shipped words"), "U"))
    return Row(
        key=one.key,
        title=template.name,
        sub=" · ".join((channels, purpose_name(template.purpose), languages)),
        chips=tuple(chips),
        actions=tuple(actions) if may_change else (),
        section=section,
    )


def fault_words(template: Template, variant: Variant | None) -> list[str]:
    """What keeps a template from being used; what is wrong with ``variant`` comes first."""
    faults = sorted(faults_of(template), key=lambda one: one.variant not in (None, variant))
    found = []
    for one in faults:
        said = sentence_of(one.refusal)
        if one.variant is not None and one.variant != variant:
            said = f"{language_words(one.variant)}: {said}"
        found.append(said)
    return list(dict.fromkeys(found))


def shown_filled(template: Template, variant: Variant, channel: Channel) -> Filled | None:
    """A template with the examples put in; None while it cannot be read."""
    if any(one.variant == variant for one in faults_of(template)):
        return None
    taken = Taken(template, variant, Because.CLIENT)
    return fill(taken, channel, examples(variant.language))
