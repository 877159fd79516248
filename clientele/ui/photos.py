"""How does a photo become small enough to keep? Read, turned upright, scaled, written anew.

What a camera writes beside a picture (where and when it was taken, by which machine) is not in
what is written. None of this is done on the GUI thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from clientele.domain.errors import Refusal

LARGE, SMALL = 640, 96
"""Pixels a side of what is shown large and in lists, at most."""

MOST_BYTES = 40_000_000
MOST_PIXELS = 120_000_000
QUALITY = 85
FORMATS = frozenset({b"jpeg", b"jpg", b"png", b"webp", b"bmp", b"gif", b"tiff", b"tif"})


class NotAPicture(Refusal):
    """No picture, or one that cannot be read."""

    template = (
        "This is no picture that can be read. Nothing was changed; choose a photo as JPEG or PNG."
    )


class PictureTooLarge(Refusal):
    """Larger than any camera makes them."""

    template = "This picture is too large. Nothing was changed; choose one below {most} megabytes."


class PictureOfAnotherKind(Refusal):
    """A format of telephones that is not read here."""

    template = (
        "Pictures of the kind {kind} cannot be read here. Nothing was changed; "
        "save the photo as JPEG on the telephone, or take a picture of the screen and paste it."
    )


class FileGone(Refusal):
    """The file cannot be opened."""

    template = "{file} cannot be opened. Nothing was changed; look whether it is still there."


@dataclass(frozen=True, slots=True)
class Scaled:
    """A photo as the book keeps it: two JPEGs, at most ``LARGE`` and ``SMALL`` pixels a side."""

    picture: bytes
    small: bytes


def from_file(path: Path) -> Scaled:
    """The photo in a file.

    Raises:
        FileGone, PictureTooLarge, PictureOfAnotherKind, NotAPicture: it cannot be kept.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise PictureTooLarge(most=MOST_BYTES // 1_000_000)
        data = path.read_bytes()
    except OSError:
        raise FileGone(file=path.name) from None
    return from_bytes(data)


def from_bytes(data: bytes) -> Scaled:
    """The photo that these bytes of a file are.

    Raises:
        PictureTooLarge, PictureOfAnotherKind, NotAPicture: it cannot be kept.
    """
    if len(data) > MOST_BYTES:
        raise PictureTooLarge(most=MOST_BYTES // 1_000_000)
    if data[4:8] == b"ftyp":
        raise PictureOfAnotherKind(kind="AVIF" if data[8:12] == b"avif" else "HEIC")
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    try:
        reader.setDecideFormatFromContent(True)
        if bytes(reader.format().data()) not in FORMATS:
            raise NotAPicture
        reader.setAutoTransform(True)
        size = reader.size()
        if size.width() * size.height() > MOST_PIXELS:
            raise PictureTooLarge(most=MOST_BYTES // 1_000_000)
        if size.isValid() and max(size.width(), size.height()) > 2 * LARGE:
            # Twice as large as needed is read quickly and scaled well.
            twice = QSize(2 * LARGE, 2 * LARGE)
            reader.setScaledSize(size.scaled(twice, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
    finally:
        # The reader of TIFF reads on when it goes: it must go before what it reads.
        del reader
    return from_image(image)


def from_image(image: QImage) -> Scaled:
    """The photo that an image in memory is, as one that was pasted.

    Raises:
        NotAPicture: there is nothing in it.
    """
    if image.isNull():
        raise NotAPicture
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return Scaled(_jpeg(image, LARGE), _jpeg(image, SMALL))


def _jpeg(image: QImage, most: int) -> bytes:
    if max(image.width(), image.height()) > most:
        image = image.scaled(
            most,
            most,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    # Painted onto a new one: no text, profile or clear parts of the old one come along.
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not plain.save(buffer, "JPEG", QUALITY):  # type: ignore[call-overload]
        raise NotAPicture
    return bytes(buffer.data().data())
