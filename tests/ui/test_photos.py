"""Is a photo made small, turned upright and rid of what the camera wrote; and else refused?"""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from clientele.ui.photos import (
    LARGE,
    MOST_BYTES,
    SMALL,
    CutOff,
    FileGone,
    NotAPicture,
    PictureOfAnotherKind,
    PictureTooLarge,
    TooManyPoints,
    from_bytes,
    from_file,
    from_image,
)

pytestmark = pytest.mark.usefixtures("qapp")

WHERE = b"52.3676 N 4.9041 E"


def picture(wide: int, high: int, kind: str = "PNG") -> bytes:
    """Red above, blue below."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    for y in range(high // 2, high):
        for x in range(wide):
            image.setPixelColor(x, y, QColor("blue"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.setText("Comment", WHERE.decode())
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def on_its_side(jpeg: bytes) -> bytes:
    """The same with EXIF that says: turn me a quarter to the right, and where I was taken."""
    tiff = (
        b"MM\x00\x2a\x00\x00\x00\x08"
        b"\x00\x02"
        b"\x01\x0e\x00\x02\x00\x00\x00\x13\x00\x00\x00\x26"
        b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
        b"\x00\x00\x00\x00" + WHERE + b"\x00"
    )
    body = b"Exif\x00\x00" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


def read(jpeg: bytes) -> QImage:
    assert jpeg.startswith(b"\xff\xd8\xff")
    image = QImage.fromData(jpeg)
    assert not image.isNull()
    return image


@pytest.mark.parametrize(("wide", "high"), [(1600, 900), (900, 1600), (300, 200), (1300, 1300)])
def test_a_photo_is_at_most_so_large_and_keeps_its_shape(wide: int, high: int) -> None:
    scaled = from_bytes(picture(wide, high))
    large, small = read(scaled.picture), read(scaled.small)
    assert max(large.width(), large.height()) == min(LARGE, max(wide, high))
    assert max(small.width(), small.height()) == SMALL
    assert large.width() / large.height() == pytest.approx(wide / high, rel=0.02)
    assert len(scaled.small) < 10_000


def test_nothing_of_what_the_camera_wrote_is_kept_and_it_stands_upright() -> None:
    jpeg = on_its_side(picture(200, 400, "JPEG"))
    assert WHERE in jpeg
    scaled = from_bytes(jpeg)
    for kept in (scaled.picture, scaled.small):
        assert WHERE not in kept
        assert b"Exif" not in kept
    upright = read(scaled.picture)
    assert (upright.width(), upright.height()) == (400, 200)
    left, right = upright.pixelColor(20, 100), upright.pixelColor(380, 100)
    assert left.blue() > 200
    assert right.red() > 200


@pytest.mark.parametrize("kind", ["BMP", "JPEG", "PNG", "TIFF", "WEBP"])
def test_every_kind_is_read(kind: str) -> None:
    for wide in (200, 2600):
        large = read(from_bytes(picture(wide, 40, kind)).picture)
        assert large.pixelColor(100, 2).red() > 200


def test_a_clear_background_becomes_white() -> None:
    image = QImage(50, 50, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    assert read(from_image(image).picture).pixelColor(25, 25).lightness() > 250


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", NotAPicture),
        (b"name,phone\nNell,020\n", NotAPicture),
        (b"GIF89a broken", NotAPicture),
        (b"%PDF-1.7", NotAPicture),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPicture),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", PictureOfAnotherKind),
        (b"\x00\x00\x00\x18ftypavif\x00\x00", PictureOfAnotherKind),
        (bytes(MOST_BYTES + 1), PictureTooLarge),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(data: bytes, why: type[Exception]) -> None:
    with pytest.raises(why) as refused:
        from_bytes(data)
    assert "Nothing was changed" in str(refused.value)


def test_a_file_that_is_gone_says_so(tmp_path: Path, qapp: QApplication) -> None:
    with pytest.raises(FileGone) as refused:
        from_file(tmp_path / "nell.jpg")
    assert "nell.jpg" in refused.value.sentence
    there = tmp_path / "there.png"
    there.write_bytes(picture(20, 10))
    assert read(from_file(there).picture).width() == 20


def test_a_picture_of_too_many_points_is_not_even_read() -> None:
    header = bytearray(picture(4, 4))
    header[16:24] = (50_000).to_bytes(4, "big") * 2
    with pytest.raises((TooManyPoints, NotAPicture)):
        from_bytes(bytes(header))


@pytest.mark.parametrize("part", [0.02, 0.5, 0.99])
def test_a_photo_of_which_the_end_is_missing_is_refused(part: float) -> None:
    """Else a grey one would take the place of the good one that was there."""
    whole = on_its_side(picture(300, 200, "JPEG"))
    with pytest.raises((CutOff, NotAPicture)) as refused:
        from_bytes(whole[: int(len(whole) * part)])
    assert "Nothing was changed" in str(refused.value)
    film = b"\x00\x00\x00\x18ftypmp42\xff\xda\x00"
    assert read(from_bytes(whole + film).picture).width() == 200


def test_a_small_picture_inside_does_not_stand_for_the_end() -> None:
    whole, small = picture(300, 200, "JPEG"), picture(20, 10, "JPEG")
    inside = b"Exif\x00\x00" + small
    whole = whole[:2] + b"\xff\xe1" + (len(inside) + 2).to_bytes(2, "big") + inside + whole[2:]
    assert read(from_bytes(whole).picture).width() == 300
    with pytest.raises(CutOff):
        from_bytes(whole[:-60])


def test_a_picture_of_more_points_than_can_be_read_says_so() -> None:
    with pytest.raises(TooManyPoints) as refused:
        from_bytes(png(9000, 8000))
    assert "72 million" in refused.value.sentence


def png(wide: int, high: int) -> bytes:
    """A grey PNG, made line by line: as an image it would fill the memory."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
        )

    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    packer, line = zlib.compressobj(1), b"\x00" + b"\x80" * (3 * wide)
    lines = b"".join(packer.compress(line) for _ in range(high)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
