"""A printed paper as a scanner or a camera gives it back."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

from PIL import Image, ImageChops, ImageFilter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

A4_INCHES = (8.27, 11.69)


def pages_of(pdf: bytes, dpi: int = 200) -> Iterator[Image.Image]:
    """Yield the pages of a PDF as grey pictures on white."""
    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = QSize(*(round(inches * dpi) for inches in A4_INCHES))
    for at in range(document.pageCount()):
        page = QImage(size, QImage.Format.Format_RGB32)
        page.fill(0xFFFFFFFF)
        painter = QPainter(page)
        painter.drawImage(0, 0, document.render(at, size))
        painter.end()
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        page.save(held, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the name
        yield Image.open(io.BytesIO(held.data().data())).convert("L")
    document.close()


def degraded(page: Image.Image, *, turned: float = 2, scale: float = 0.9) -> Image.Image:
    """Turn a page a little, make it smaller, blur it, and scatter noise over it."""
    dice = random.Random(5)  # noqa: S311 - a drawn grain
    small = page.resize((int(page.width * scale), int(page.height * scale)), Image.Resampling.BOX)
    slanted = small.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=235)
    grain = Image.frombytes("L", slanted.size, dice.randbytes(slanted.width * slanted.height))
    soft = slanted.filter(ImageFilter.GaussianBlur(0.6))
    noisy = Image.blend(soft, grain, 0.18)
    return ImageChops.darker(noisy, Image.new("L", noisy.size, 245))


def as_file(page: Image.Image, kind: str = "PNG") -> bytes:
    """Return a page as the bytes of a picture file."""
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()
