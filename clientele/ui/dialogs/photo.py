"""How does the client look? The photo, large; another one from a file or pasted; or none."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from clientele.services.changes import Kind
from clientele.services.photos import RemovePhoto, SetPhoto, remove_photo, set_photo
from clientele.store.queries.known_of import photo_of
from clientele.ui.background import Background
from clientele.ui.desk import Desk
from clientele.ui.dialogs.living import LivingSheet
from clientele.ui.photos import LARGE, Scaled, from_file, from_image
from clientele.ui.theme import px
from clientele.ui.widgets.basics import label
from clientele.ui.widgets.buttons import Button
from clientele.ui.widgets.layouts import Flow

SHOWN = 380
"""Pixels a side at which the photo is shown, at scale one."""


class PhotoSheet(LivingSheet):
    """Call ``open_sheet`` after making it; it deletes itself when it is closed."""

    SHOWS = frozenset({Kind.CLIENT_PHOTO})

    def __init__(self, desk: Desk, over: QWidget, client_id: int) -> None:
        title = QCoreApplication.translate("PhotoSheet", "Photo")
        super().__init__(desk, over, title, width=SHOWN + 60)
        self._client_id = client_id
        self._slow = Background(self)
        self._file_dialog: QFileDialog | None = None
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(title)
        self.body.addWidget(self.picture)
        self.none = label("", "label")
        self.body.addWidget(self.none)
        self.from_file = Button(self.tr("From a file…"), self._choose)
        self.paste = Button(self.tr("Paste"), self.paste_photo, key="Ctrl+V")
        self.away = Button(self.tr("Remove"), self._remove, kind="quiet")
        acts = Flow(across=8, down=8)
        for button in (self.from_file, self.paste, self.away):
            acts.add(button)
        self.body.addWidget(acts)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.activated.connect(self.paste_photo)
        self.closed.connect(self._slow.stop)
        self.look()

    def open_sheet(self, focus: QWidget | None = None) -> None:
        """Begin with where a photo comes from."""
        super().open_sheet(focus or self.from_file)

    def open_file(self, path: Path) -> None:
        """Keep the photo in a file."""
        self._busy()
        self._slow.run(partial(from_file, path), self._keep, self._refused)

    def paste_photo(self) -> None:
        """Keep what was copied: a picture, or a file that is one."""
        copied = QGuiApplication.clipboard().mimeData()
        if copied.hasImage():
            image = QImage(copied.imageData())
            self._busy()
            self._slow.run(partial(from_image, image), self._keep, self._refused)
            return
        path = next((url.toLocalFile() for url in copied.urls() if url.isLocalFile()), "")
        if path:
            self.open_file(Path(path))
        else:
            self.say(self.tr("There is no picture to paste. Copy one first, then paste it here."))

    def _busy(self) -> None:
        self.say("")
        self.none.setText(self.tr("Making it small…"))
        self.none.show()

    def _keep(self, photo: Scaled) -> None:
        self._desk.do(
            set_photo,
            SetPhoto(self._client_id, photo.picture, photo.small, self._desk.me.id),
            said=self.tr("Photo kept"),
            failed=self.say,
        )

    def _refused(self, _: Exception, sentence: str) -> None:
        self.say(sentence)
        self.look()

    def _remove(self) -> None:
        self._desk.do(remove_photo, RemovePhoto(self._client_id), said=self.tr("Photo removed"))

    def _choose(self) -> None:
        dialog = self._file_dialog = QFileDialog(self, self.tr("Choose a photo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = self.tr("Photos")
        dialog.setNameFilters([f"{kinds} (*.jpg *.jpeg *.png *.webp *.bmp *.gif *.tif *.tiff)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        self.open_file(Path(name))

    def look(self) -> None:
        """The photo as it is now, or that there is none."""
        key = self._client_id
        self._desk.ask(lambda session: photo_of(session, key), self._show, owner=self, slot="photo")

    def _show(self, jpeg: bytes | None) -> None:
        image = QImage.fromData(jpeg) if jpeg else QImage()
        there = not image.isNull()
        if there:
            side = min(px(SHOWN), LARGE)
            size = QSize(side, side)
            shown = image.scaled(
                size,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self.picture.setPixmap(QPixmap.fromImage(shown))
            self.picture.setFixedHeight(shown.height())
        self.picture.setVisible(there)
        self.none.setVisible(not there)
        if not there:
            self.none.setText(
                self.tr(
                    "No photo yet. Choose a file, or copy a picture elsewhere and paste it here. "
                    "It is made small and kept in the encrypted book, without what the camera "
                    "wrote."
                )
            )
        self.away.setVisible(there)
        self.from_file.set_words(
            self.tr("Another from a file…") if there else self.tr("From a file…")
        )
        self.body.invalidate()
        if not self.isHidden():
            self._place()
