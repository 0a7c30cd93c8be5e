"""The square codes on a scanned or photographed page, as the bytes they hold."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, UnidentifiedImageError

from antq_desktop.domain.errors import UserError

LARGEST_PICTURE: Final = 64 << 20
MOST_PIXELS: Final = 100_000_000
_FORMATS: Final = ("PNG", "JPEG")
_FEW_PIXELS: Final = 2_000  # px across; a page with fewer is looked at enlarged as well


def codes_on(picture: bytes) -> tuple[bytes, ...]:
    """Return what the QR codes of a PNG or JPEG hold, each once, in the order they were found.

    Raises:
        UserError: `no_picture`, `picture_too_big`.
    """
    page = _page(picture)
    kinds = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found: dict[bytes, None] = {}
    for look in _looks(page):
        for code in zxingcpp.read_barcodes(look, formats=kinds):
            found.setdefault(bytes(code.bytes))
    return tuple(found)


def _page(picture: bytes) -> Image.Image:
    if len(picture) > LARGEST_PICTURE:
        raise _too_big()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own bound is the lower one
            image = Image.open(io.BytesIO(picture), formats=_FORMATS)
        if image.width * image.height > MOST_PIXELS:
            raise _too_big()
        return image.convert("L")
    except Image.DecompressionBombError as fault:
        raise _too_big() from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        message = "Tệp này không phải ảnh PNG hay JPEG đọc được. Quét lại trang rồi chọn tệp ảnh."
        raise UserError("no_picture", message) from fault


def _looks(page: Image.Image) -> Iterator[Image.Image]:
    """Yield the page as it is, then as a poor scan is easier to read: smoothed, and enlarged."""
    yield page
    yield page.filter(ImageFilter.GaussianBlur(1))
    if page.width < _FEW_PIXELS:
        yield page.resize((2 * page.width, 2 * page.height), Image.Resampling.BICUBIC)


def _too_big() -> UserError:
    message = "Ảnh trang quá lớn. Quét lại ở 300 dpi, thang xám."
    return UserError("picture_too_big", message)
