"""What does a layout hold, and how is it taken out again? Without ever asking for its items.

What Python keeps of an item that Qt made outlives it, and takes the program down once a widget
stands where the item stood in memory; an item that is taken is never deleted by anybody, a hundred
bytes for each row that is shown anew (decision 46). Layouts delete their items themselves when they
are told which widget goes.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


def widgets_in(layout: QLayout) -> list[QWidget]:
    """The widgets that a layout places itself, first to last."""
    holder = layout.parentWidget()
    if holder is None:
        return []
    near = holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    places = {widget: layout.indexOf(widget) for widget in near}
    return sorted((one for one, at in places.items() if at >= 0), key=places.__getitem__)


def take_out(layout: QLayout, *widgets: QWidget) -> None:
    """Take widgets out of a layout, out of sight, and delete them in a moment."""
    for widget in widgets:
        layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def empty(layout: QLayout) -> None:
    """Take all widgets and layouts out of a layout and delete them; a stretch stays."""
    take_out(layout, *widgets_in(layout))
    for inner in layout.children():
        if isinstance(inner, QLayout):
            empty(inner)
            layout.removeItem(inner)
            inner.deleteLater()
