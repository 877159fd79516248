"""How does a photo become small enough to keep? Read, turned upright, scaled, written anew.

What a camera writes beside a picture (where and when it was taken, by which machine) is not in
what is written. None of this is done on the GUI thread.
"""

from __future__ import annotations

import re
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


JPEG = frozenset({b"jpeg", b"jpg"})
SCALED = JPEG | {b"webp"}
"""Made smaller while they are read, and never whole in memory."""

END_OF_IMAGE = 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xff\x01\xd0-\xd8]", re.DOTALL)
"""A marker of a JPEG with a segment behind it, or the last one."""


class NotAPicture(Refusal):
    """No picture, or one that cannot be read."""

    template = (
        "This is no picture that can be read. Nothing was changed; choose a photo as JPEG or PNG."
    )


class PictureTooLarge(Refusal):
    """Larger than any camera makes them."""

    template = "This picture is too large. Nothing was changed; choose one below {most} megabytes."


class TooManyPoints(Refusal):
    """More points than can be read at once; a JPEG is made smaller while it is read."""

    template = (
        "This picture has too many points: {have} million. Nothing was changed; "
        "save it smaller, or as JPEG, and choose that."
    )


class CutOff(Refusal):
    """The end of it is missing: below some line it would be grey."""

    template = (
        "The end of this picture is missing; perhaps it was not copied whole. "
        "Nothing was changed; copy it again, or choose another one."
    )


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
        FileGone, and all that ``from_bytes`` raises: it cannot be kept.
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
        PictureTooLarge, TooManyPoints, CutOff, PictureOfAnotherKind, NotAPicture: it cannot be
            kept.
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
        named = bytes(reader.format().data())
        if named not in FORMATS:
            raise NotAPicture
        if named in JPEG and not _is_whole(data):
            raise CutOff
        reader.setAutoTransform(True)
        size, kind = reader.size(), reader.imageFormat()
        beyond = _is_beyond(size, kind)
        if size.width() * size.height() > MOST_PIXELS or (beyond and named not in SCALED):
            raise TooManyPoints(have=_millions(size))
        if size.isValid() and max(size.width(), size.height()) > 2 * LARGE:
            # Twice as large as needed is read quickly and scaled well.
            twice = QSize(2 * LARGE, 2 * LARGE)
            reader.setScaledSize(size.scaled(twice, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        if image.isNull() and beyond:
            raise TooManyPoints(have=_millions(size))
    finally:
        # The reader of TIFF reads on when it goes: it must go before what it reads.
        del reader
    return from_image(image)


def _millions(size: QSize) -> int:
    return size.width() * size.height() // 1_000_000


def _is_beyond(size: QSize, kind: QImage.Format) -> bool:
    """Whether a picture takes more memory than Qt lends to the reading of one."""
    bits = max(QImage.toPixelFormat(kind).bitsPerPixel(), 1)
    return size.width() * size.height() * bits // 8 > QImageReader.allocationLimit() << 20


def _is_whole(jpeg: bytes) -> bool:
    """Whether the picture comes to its end (ITU-T T.81, B.1.1: markers up to EOI).

    What stands behind the end, such as a short film, or before the picture, such as a small one
    with an end of its own, is passed over.
    """
    at = 2
    while (marker := _MARKER.search(jpeg, at)) is not None:
        kind = marker[0][-1]
        if kind == END_OF_IMAGE:
            return True
        # The data of a segment is passed over; the points behind a scan's have no markers.
        at = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2], "big")
    return False


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
