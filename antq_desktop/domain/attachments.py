"""Photographs and scans kept with a record: what is taken in, what is taken out of it, how much.

A file is judged by its bytes, never by its name. What a camera or a telephone writes beside a
picture (place, time, maker, preview) is taken out before the file is kept, always: `cleaned` gives
bytes that hold the picture and nothing else, and gives them back unchanged when asked again, so
that one picture has one digest on every device.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from antq_desktop.domain.attachments_jpeg import clean_jpeg
from antq_desktop.domain.attachments_pdf import clean_pdf, notices_of
from antq_desktop.domain.attachments_png import clean_png
from antq_desktop.domain.attachments_shape import NotWholeError, NotWithinError
from antq_desktop.domain.errors import UserError

JPEG, PNG, PDF = "JPEG", "PNG", "PDF"
MEDIA: Final = (JPEG, PNG, PDF)
EXTENSIONS: Final = {JPEG: ".jpg", PNG: ".png", PDF: ".pdf"}
PICTURES: Final = frozenset({JPEG, PNG})

MEGABYTE: Final = 1 << 20
LARGEST_FILE: Final = 10 * MEGABYTE  # as it is kept
LARGEST_READ: Final = 40 * MEGABYTE  # of a file that is still to be shrunk
MOST_OF_A_RECORD: Final = 20
SHRUNK_TO: Final = 2000  # points of the longer side
SHRUNK_QUALITY: Final = 85  # of 100, as JPEG counts it

LIMITS_SAID: Final = (
    f"Nhận tệp JPEG, PNG, PDF; mỗi tệp nhiều nhất {LARGEST_FILE // MEGABYTE} MB, "
    f"mỗi hồ sơ nhiều nhất {MOST_OF_A_RECORD} tệp."
)
NOT_SUPPORTED: Final = "Chỉ nhận ảnh JPEG, PNG và tệp PDF. Chuyển tệp sang một trong các dạng đó."
NOT_WHOLE: Final = "Tệp bị hỏng hoặc chưa chép hết nên không mở được. Chép lại tệp rồi thêm lại."
TOO_MANY_POINTS: Final = "Ảnh quá lớn, trên 64 triệu điểm ảnh. Thu nhỏ ảnh rồi thêm lại."
LOCKED_PDF: Final = "Tệp PDF có mật khẩu nên không xem được ở đây. Bỏ mật khẩu rồi thêm lại."


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it is kept.

    Attributes:
        data: Its bytes.
        media: `JPEG`, `PNG` or `PDF`.
        digest: SHA-256 of the bytes, in hexadecimal.
        notices: What a person should know of it, one Vietnamese sentence each.
    """

    data: bytes
    media: str
    digest: str
    notices: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Return how many bytes are kept."""
        return len(self.data)


def media_of(data: bytes) -> str:
    """Return what a file is by its first bytes; empty where it is nothing that is taken in."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return PDF if b"%PDF-" in data[:1024] else ""


def stripped(data: bytes) -> tuple[str, bytes]:
    """Return what a file is and its bytes without what cameras wrote, however many they are.

    Raises:
        UserError: `attachment_not_supported`, `attachment_broken`, `attachment_locked`,
            `attachment_too_large` for a picture of too many points.
    """
    media = media_of(data)
    strip = {JPEG: clean_jpeg, PNG: clean_png, PDF: clean_pdf}.get(media)
    if strip is None:
        raise UserError("attachment_not_supported", NOT_SUPPORTED)
    try:
        return media, strip(data)
    except NotWholeError as fault:
        raise UserError("attachment_broken", NOT_WHOLE) from fault
    except NotWithinError as fault:
        locked = fault.why == "locked"
        code = "attachment_locked" if locked else "attachment_too_large"
        raise UserError(code, LOCKED_PDF if locked else TOO_MANY_POINTS) from fault


def cleaned(data: bytes) -> Cleaned:
    """Return a file as it is kept.

    Raises:
        UserError: As `stripped`; `attachment_too_large` above the limit.
    """
    media, kept = stripped(data)
    if len(kept) > LARGEST_FILE:
        raise UserError("attachment_too_large", too_large(media))
    notices = notices_of(kept) if media == PDF else ()
    return Cleaned(kept, media, hashlib.sha256(kept).hexdigest(), notices)


def too_large(media: str) -> str:
    """Return the sentence for a file above the limit."""
    way = "Chọn thu nhỏ ảnh rồi thêm lại." if media in PICTURES else "Quét lại với cỡ nhỏ hơn."
    return f"Tệp lớn hơn {LARGEST_FILE // MEGABYTE} MB. {way}"


def is_clean(data: bytes) -> bool:
    """Tell whether bytes from elsewhere are what this program would have kept."""
    try:
        return len(data) <= LARGEST_FILE and cleaned(data).data == data
    except UserError:
        return False


def show_size(size: int) -> str:
    """Write a size for the screen: `340 KB`, `1,2 MB`."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".", ",")
