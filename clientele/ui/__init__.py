"""The window: the only package that knows Qt."""

from __future__ import annotations

from clientele.system.arenas import share_one
from clientele.ui.garbage import collect_only_when_asked
from clientele.ui.none import outlive_qt
from clientele.ui.sources import leave_unread

leave_unread()
outlive_qt()
collect_only_when_asked()
share_one()
