"""Which colours does paper take? Dark ones that stay legible from a laser printer."""

from __future__ import annotations

GREEN = "#17624f"
GREY = "#5a5f68"
RUST = "#8a2a00"
GREEN_PAPER = "#e6f0ec"
RUST_PAPER = "#fbeee0"
