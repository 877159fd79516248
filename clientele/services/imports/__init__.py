"""Bringing in a file: what it adds to the book, what the book knew already, what is rejected."""

from __future__ import annotations

from clientele.services.imports.course import ImportResult, Progress, import_file, store_ways

__all__ = ["ImportResult", "Progress", "import_file", "store_ways"]
