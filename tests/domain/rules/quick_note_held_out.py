"""Notes written after the grammar was made, by which it was never changed."""

from __future__ import annotations

from tests.domain.rules.quick_note_sentences import Sentences

HELD_OUT: dict[str, Sentences] = {}
