"""The brief, and what matters in a department: for a wedding noted elsewhere, and as a sheet."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from clientele.domain.tables import Department
from clientele.store.queries.columns import ident
from clientele.ui.dialogs.for_department import ForDepartmentSheet
from clientele.ui.dialogs.note_size import NoteSizeSheet
from clientele.ui.workplace import Workplace
from scripts.picturing.scene import Scene, client, over


def scenes(place: Workplace, folder: Path) -> list[Scene]:
    """On the sample store."""
    daniel = client(place, "Daniel Tran")
    jewellery = _department(place, "Jewellery")
    sheet = over(
        place,
        place.visit,
        lambda: ForDepartmentSheet(place.desk, place.window.content, daniel, jewellery),
    )
    size = over(
        place,
        place.visit,
        lambda: NoteSizeSheet(place.desk, place.window.content, daniel, jewellery),
    )
    return [
        Scene("brief-ready", lambda: place.open_brief(daniel)),
        Scene("for-department", sheet),
        Scene("note-size", size),
    ]


def bare(place: Workplace) -> list[Scene]:
    """On a book without clients: what will stand here."""
    return [Scene("brief-nobody", lambda: place.window.show_page(place.brief))]


def _department(place: Workplace, name: str) -> int:
    with place.store.read() as session:
        asked = select(ident(Department.id)).where(col(Department.name) == name)
        return session.scalars(asked).one()
