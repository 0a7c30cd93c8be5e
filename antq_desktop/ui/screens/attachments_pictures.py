"""Pictures made smaller: for keeping, when the officer wishes it, and for a tile.

Runs on workers. The buffers made here live and die within one call on one thread, so that no
object of Qt outlives the job that made it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from antq_desktop.domain.attachments import (
    MEGABYTE,
    NOT_WHOLE,
    PICTURES,
    PNG,
    SHRUNK_QUALITY,
    SHRUNK_TO,
    stripped,
)
from antq_desktop.domain.errors import UserError

_LARGEST_PNG: Final = 2 * MEGABYTE  # above it a drawing is a photograph, and JPEG takes a fifth


def prepared(data: bytes, *, shrink: bool) -> bytes:
    """Return a file as it is to be brought in: a picture that opens, made smaller when wished.

    What stands beside the picture is taken out before anything else reads it.

    Raises:
        UserError: `attachment_broken`: it is a picture that does not open; and as `stripped`.
    """
    media, data = stripped(data)
    if media not in PICTURES:
        return data
    longest = max(side_lengths(data))
    if not shrink or 0 < longest <= SHRUNK_TO:
        _read(data, QSize(64, 64))  # whether it opens
        return data
    return _written(_read(data, QSize(SHRUNK_TO, SHRUNK_TO)), drawing=media == PNG)


def from_clipboard(image: QImage) -> bytes:
    """Return a picture of the clipboard as a file.

    Raises:
        UserError: `clipboard_empty`: there is none.
    """
    if image.isNull():
        message = "Chưa có ảnh nào được chép. Chép ảnh rồi dán lại."
        raise UserError("clipboard_empty", message)
    if max(image.width(), image.height()) > SHRUNK_TO:
        image = image.scaled(
            SHRUNK_TO,
            SHRUNK_TO,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return _written(image, drawing=True)


def thumbnail(data: bytes, side: int) -> QImage:
    """Return a picture that fits into a square.

    Raises:
        UserError: `attachment_broken`.
    """
    return _read(data, QSize(side, side))


def whole(data: bytes) -> QImage:
    """Return a picture in its own size.

    Raises:
        UserError: `attachment_broken`.
    """
    return _read(data, None)


def side_lengths(data: bytes) -> tuple[int, int]:
    """Return width and height of a picture as its head says; noughts where it says none."""
    held, reader = _reader(data)
    size = reader.size()
    del reader
    held.close()
    return (max(0, size.width()), max(0, size.height()))


def _reader(data: bytes) -> tuple[QBuffer, QImageReader]:
    held = QBuffer()
    held.setData(QByteArray(data))
    held.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(held)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    return held, reader


def _read(data: bytes, within: QSize | None) -> QImage:
    held, reader = _reader(data)
    size = reader.size()
    if within is not None and size.isValid():
        smaller = size.scaled(within, Qt.AspectRatioMode.KeepAspectRatio)
        if smaller.width() < size.width():
            reader.setScaledSize(smaller.expandedTo(QSize(1, 1)))
    image = reader.read()
    del reader
    held.close()
    if image.isNull():
        raise UserError("attachment_broken", NOT_WHOLE)
    return image


def _written(image: QImage, *, drawing: bool) -> bytes:
    """Return the bytes of a picture: a drawing as PNG while that is small, otherwise JPEG."""
    if drawing:
        data = _encoded(image, "PNG", -1)
        if len(data) <= _LARGEST_PNG or image.hasAlphaChannel():
            return data
    return _encoded(image.convertToFormat(QImage.Format.Format_RGB32), "JPG", SHRUNK_QUALITY)


def _encoded(image: QImage, kind: str, quality: int) -> bytes:
    plain = QImage(image)
    plain.setColorSpace(QColorSpace())  # a profile names the screen or camera it is of
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    plain.save(held, kind, quality)  # type: ignore[call-overload]  # the stub knows bytes alone
    data = bytes(held.data().data())
    held.close()
    return data
