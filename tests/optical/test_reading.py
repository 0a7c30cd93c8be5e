"""Codes on pictures of pages, and pictures that are none."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import segno
from PIL import Image

from antq_desktop.domain.errors import UserError
from antq_desktop.optical.reading import LARGEST_PICTURE, codes_on

BYTES = bytes(range(256)) * 3


def picture(kind: str = "PNG", turned: float = 0) -> bytes:
    made = io.BytesIO()
    segno.make(BYTES, error="m", mode="byte", micro=False).save(made, kind="png", scale=5, border=6)
    page = Image.open(made).convert("L").rotate(turned, expand=True, fillcolor=255)
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("turned", [0, 3, 90, 180])
def test_any_bytes_come_back_however_the_page_lay(kind: str, turned: float) -> None:
    assert codes_on(picture(kind, turned)) == (BYTES,)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"GIF89a" + bytes(50), picture()[:200], b"\xff\xd8\xff\xe0" + bytes(40)],
)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        codes_on(data)
    assert refused.value.code == "no_picture"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_picture_that_claims_endless_pixels_is_refused_before_it_is_unpacked() -> None:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    for big in (data, bytes(LARGEST_PICTURE + 1)):
        with pytest.raises(UserError) as refused:
            codes_on(big)
        assert refused.value.code == "picture_too_big"
