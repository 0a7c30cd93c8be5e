"""A PDF as it is kept: photographs inside it lose place and camera, its own words are noticed.

A PDF is a signed, numbered web of parts, so nothing of it is moved: what a camera wrote into a
photograph inside is overwritten where it stands with as many noughts. A file with a digital
signature is not touched at all, for the signature would break; that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.attachments_jpeg import END, segments
from antq_desktop.domain.attachments_shape import NotWholeError, NotWithinError

_END_WITHIN: Final = 2048
_STREAM: Final = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")
_SIGNED: Final = re.compile(rb"/ByteRange\s*\[")
_LOCKED: Final = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<")
_XMP_START, _XMP_END = b"<x:xmpmeta", b"</x:xmpmeta>"
_MOST_PHOTOGRAPHS: Final = 2_000  # more pages than anybody scans; bounds the work on a hostile file
_CAMERA_WORDS: Final = (b"exif:GPS", b"tiff:Make", b"tiff:Model", b"exif:DateTimeOriginal")
# Segments of a photograph that hold no part of the picture: Exif and XMP, profiles, IPTC, words.
_BESIDE: Final = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_SIGNED_NOTICE: Final = (
    "Tệp PDF có chữ ký số nên giữ nguyên từng chữ, kể cả thông tin kèm theo ảnh bên trong."
)
_ACTIVE_NOTICE: Final = "Tệp PDF có phần tự chạy hoặc có tệp khác bên trong; ở đây chỉ xem trang."
_INFO: Final = {
    b"/Author": "tên người lập",
    b"/Creator": "chương trình soạn",
    b"/Producer": "chương trình xuất tệp",
    b"/CreationDate": "thời điểm lập",
}
_ACTIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?)\b")


def clean_pdf(data: bytes) -> bytes:
    """Return a PDF whose photographs hold neither place nor camera.

    Raises:
        NotWholeError: It is no whole PDF.
        NotWithinError: `locked`: it opens with a password only.
    """
    tail = data[-_END_WITHIN:]
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise NotWholeError("the file ends before its last part")
    if _LOCKED.search(data):
        raise NotWithinError("locked")
    if _SIGNED.search(data):
        return data
    kept = bytearray(data)
    for start, end in _beside_pictures(data):
        kept[start:end] = bytes(end - start)
    for start, end in _packets(data):
        if any(word in data[start:end] for word in _CAMERA_WORDS):
            kept[start:end] = b" " * (end - start)
    return bytes(kept)


def _packets(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where packets of XMP stand; each is passed over once, whatever is nested in it."""
    start = data.find(_XMP_START)
    while start >= 0:
        end = data.find(_XMP_END, start)
        if end < 0:
            return
        yield start, end + len(_XMP_END)
        start = data.find(_XMP_START, end)


def _beside_pictures(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where words of cameras stand in the photographs of a file, or behind their end."""
    place = 0
    for _ in range(_MOST_PHOTOGRAPHS):
        stream = _STREAM.search(data, place)
        if stream is None:
            return
        place = stream.end()
        try:
            for each in segments(data, stream.end()):
                place = each.end
                if each.marker in _BESIDE:
                    yield each.start, each.end
                elif each.marker == END:
                    behind = data[each.end : max(each.end, data.find(b"endstream", each.end))]
                    yield each.end, each.end + len(behind.rstrip(b"\r\n"))
        except NotWholeError:
            continue  # no photograph that anything could show
    raise NotWholeError("more photographs than a paper has")


def notices_of(data: bytes) -> tuple[str, ...]:
    """Return what a person should know before keeping a PDF, one sentence each."""
    told: list[str] = []
    named = [words for key, words in _INFO.items() if re.search(key + rb"\s*[(<]", data)]
    if named:
        told.append(f"Tệp PDF ghi kèm {', '.join(named)}; phần này giữ nguyên trong tệp.")
    if _SIGNED.search(data):
        told.append(_SIGNED_NOTICE)
    if _ACTIVE.search(data):
        told.append(_ACTIVE_NOTICE)
    return tuple(told)
