"""Telling the audit trail whom somebody looked at, beside the window and without a word on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from clientele.services.audit_verbs import AN_HOUR, SeeClient, see_client

if TYPE_CHECKING:
    from clientele.ui.desk import Desk


class Sights:
    """Call it with a client who is shown; the trail enters each once for associate and hour."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._told: dict[tuple[int, int], datetime] = {}

    def __call__(self, client_id: int | None, act: str = "see_client") -> None:
        """``act`` is one of ``ActKind.SAW``. Nothing happens while nobody is signed in."""
        desk = self._desk
        if client_id is None or not desk.is_signed_in:
            return
        now, me = desk.now(), desk.me.id
        told = self._told.get((me, client_id))
        if told is not None and told <= now < told + AN_HOUR:
            return
        self._told[me, client_id] = now
        what = SeeClient(client_id, me, act)
        # What could not be written is told by the next change that cannot be.
        desk.do(see_client, what, failed=lambda _: self._forget(me, client_id))

    def _forget(self, me: int, client_id: int) -> None:
        self._told.pop((me, client_id), None)
