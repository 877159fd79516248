"""How does a finger scroll? By dragging what is shown, without bouncing at the ends."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QScrollerProperties

SLIP = 12
"""A press that moves further than this before it ends was no click but a drag, in pixels."""


def scroll_with_a_finger(area: QAbstractScrollArea) -> None:
    """Let a touch screen drag the contents of a scroll area; taps stay clicks."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(area.viewport())
    properties = scroller.scrollerProperties()
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    metric = QScrollerProperties.ScrollMetric
    properties.setScrollMetric(metric.HorizontalOvershootPolicy, never)
    properties.setScrollMetric(metric.VerticalOvershootPolicy, never)
    scroller.setScrollerProperties(properties)
