"""Images of rows as text, so that a merge can be undone after the program was closed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from clientele.services.images import RowImage


def as_text(images: Iterable[RowImage]) -> str:
    """These images, in their order."""
    rows = [
        (image.table, list(image.key), _out(image.before), _out(image.after)) for image in images
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> tuple[RowImage, ...]:
    """What ``as_text`` wrote, to the microsecond and the byte."""
    return tuple(
        RowImage(table, tuple(key), _in(before), _in(after))
        for table, key, before, after in json.loads(text)
    )


def _out(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if isinstance(value, bytes):
        return {"bytes": b64encode(value).decode("ascii")}
    return value


def _in(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if values is None else {name: _whole(value) for name, value in values.items()}


_READ = {
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "bytes": b64decode,
}


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _READ[kind](text)
    return value
