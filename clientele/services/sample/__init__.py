"""A sample store to look around in: 400 clients whose dates move with the day it is made."""

from __future__ import annotations

from clientele.services.sample.book import fill_with_sample

__all__ = ["fill_with_sample"]
