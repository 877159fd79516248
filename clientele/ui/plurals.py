"""How does the window count in English? “1 follow-up”, “2 follow-ups”, from one source text.

Source texts write ``%n follow-up(s)``, as Qt's own do. Other languages bring their plural forms
with their translation; English has no file, so the form is chosen here.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator


class EnglishPlurals(QTranslator):
    """Answers texts that count, and leaves all others to the other translators.

    Install it first: Qt asks the translator that was installed last before the others.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def isEmpty(self) -> bool:
        """Never: Qt does not install a translator that has nothing to say."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The source in the form for ``n``; None, which Qt reads as unknown, where none counts."""
        if n < 0 or "(s)" not in source:
            return None  # type: ignore[return-value]
        return source.replace("(s)", "" if n == 1 else "s")
