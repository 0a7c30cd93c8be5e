"""Photographs as telephones write them, invented, with place, camera and time in every corner."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import ExifTags, Image, PngImagePlugin

PLANTED = (
    b"PlantedMaker", b"PlantedModel", b"2026:05:12", b"PlantedXmp", b"PlantedComment",
    b"PlantedAfterTheEnd", b"PlantedSoftware", b"PlantedText", b"Exif\x00\x00II",
)  # fmt: skip


def picture(size: tuple[int, int] = (40, 30), seed: int = 0) -> Image.Image:
    """Return a picture in which every point is another."""
    wide, high = size
    rows = (
        bytes(((x * 7 + seed) % 256, y * 5 % 256, x * y % 256))
        for y in range(high)
        for x in range(wide)
    )
    return Image.frombytes("RGB", size, b"".join(rows))


def exif(orientation: int = 1) -> Image.Exif:
    """Return what a telephone says of itself and of the place."""
    told = Image.Exif()
    told[ExifTags.Base.Make] = "PlantedMaker"
    told[ExifTags.Base.Model] = "PlantedModel"
    told[ExifTags.Base.Software] = "PlantedSoftware"
    told[ExifTags.Base.DateTime] = "2026:05:12 08:05:30"
    told[ExifTags.Base.Orientation] = orientation
    told.get_ifd(ExifTags.IFD.GPSInfo).update(
        {1: "N", 2: (20.0, 48.0, 12.34), 3: "E", 4: (106.0, 24.0, 56.78)}
    )
    return told


def jpeg(seed: int = 0, orientation: int = 1, size: tuple[int, int] = (40, 30)) -> bytes:
    """Return a JPEG with Exif, XMP, a comment, a profile, and a film behind its end."""
    out = io.BytesIO()
    picture(size, seed).save(
        out,
        "JPEG",
        exif=exif(orientation),
        comment=b"PlantedComment",
        icc_profile=b"PlantedModel profile" * 8,
        progressive=bool(seed % 2),
        quality=90,
    )
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>PlantedXmp</x:xmpmeta>"
    segment = b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp
    return out.getvalue()[:2] + segment + out.getvalue()[2:] + b"PlantedAfterTheEnd"


def png(seed: int = 0, *, interlaced: bool = False) -> bytes:
    """Return a PNG with texts, Exif, a time, and something behind its end."""
    out = io.BytesIO()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "PlantedText")
    words.add_itxt("XML:com.adobe.xmp", "PlantedXmp")
    words.add(b"tIME", struct.pack(">HBBBBB", 2026, 5, 12, 8, 5, 30))
    picture(seed=seed).save(out, "PNG", pnginfo=words, exif=exif())
    made = out.getvalue() + b"PlantedAfterTheEnd"
    return _interlaced() if interlaced else made


def _interlaced() -> bytes:
    """Return a grey interlaced PNG of 3 by 2 points; Pillow writes none."""
    passes = (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
    )  # fmt: skip
    raw = b""
    for x, y, right, down in passes:
        wide, high = (3 - x + right - 1) // right, (2 - y + down - 1) // down
        if wide > 0 and high > 0:
            raw += (b"\x00" + b"\x80" * wide) * high
    head = struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 1)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    )


def pdf(photograph: bytes = b"", extra: bytes = b"") -> bytes:
    """Return a PDF of one page, with a photograph inside where one is given."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Resources << >> >>",
    ]
    if photograph:
        parts.append(
            b"<< /Type /XObject /Subtype /Image /Width 40 /Height 30 /ColorSpace /DeviceRGB"
            b" /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n"
            % len(photograph)
            + photograph
            + b"\nendstream"
        )
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(parts) + 1, extra)
    return out + b"startxref\n%d\n%%%%EOF\n" % start
