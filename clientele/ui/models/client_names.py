"""By what name does the window call a client, also one who is known by a number only?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from clientele.domain.rules.names import initials
from clientele.store.queries.reading import Named


def shown_name(named: Named) -> str:
    """“Eleanor Marsh”, or “Client 900” for one who has only a number."""
    if named.name:
        return named.name
    reference = named.reference or str(named.client_id)
    return QCoreApplication.translate("ClientName", "Client {reference}").format(
        reference=reference
    )


def short_name(named: Named) -> str:
    """“E. Marsh”, where there is little room."""
    if named.given_name and named.family_name:
        return f"{named.given_name[0]}. {named.family_name}"
    return shown_name(named)


def spoken_name(named: Named) -> str:
    """What one calls them: “Nell”; the short name where nobody knows it."""
    return named.preferred_name or named.given_name or short_name(named)


def shown_initials(named: Named) -> str:
    """“EM”, for the round mark beside the name."""
    return initials(named.name)


def prefers(named: Named) -> str:
    """“prefers “Nell””, or empty where they go by their name."""
    preferred = named.preferred_name.strip()
    if not preferred or preferred in (named.given_name, named.name):
        return ""
    return QCoreApplication.translate("ClientName", "prefers “{name}”").format(name=preferred)
