"""Two photographs of a session that never took place, drawn from rectangles: a hall, no person."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from antq_desktop.services.demo.movement import YEAR

if TYPE_CHECKING:
    from antq_desktop.services.office import Office

_WIDTH, _HEIGHT = 640, 426
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER: Final = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)

Colour = tuple[int, int, int]
_WALL: Colour = (226, 219, 200)
_FLOOR: Colour = (150, 120, 92)
_RED: Colour = (176, 38, 32)
_YELLOW: Colour = (240, 200, 70)
_WOOD: Colour = (110, 74, 48)
_BLUE: Colour = (52, 92, 140)
_PAPER: Colour = (246, 246, 240)
_GREY: Colour = (120, 124, 128)
_SKY: Colour = (170, 204, 226)


@dataclass(slots=True)
class _Picture:
    """Rows of red, green and blue, painted with rectangles."""

    rows: list[bytearray] = field(
        default_factory=lambda: [bytearray(bytes(_WALL) * _WIDTH) for _ in range(_HEIGHT)]
    )

    def paint(self, left: int, top: int, width: int, height: int, colour: Colour) -> None:
        """Fill a rectangle; what lies outside the picture is left out."""
        right = min(left + width, _WIDTH)
        left = max(left, 0)
        if right <= left:
            return
        for row in self.rows[max(top, 0) : top + height]:
            row[3 * left : 3 * right] = bytes(colour) * (right - left)

    def png(self) -> bytes:
        """Return the picture as a PNG."""
        plain = b"".join(b"\0" + bytes(row) for row in self.rows)
        parts = ((b"IHDR", _HEADER), (b"IDAT", zlib.compress(plain, 9)), (b"IEND", b""))
        return _SIGNATURE + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def hall() -> bytes:
    """Draw the hall of a neighbourhood: a banner, a stage, rows of empty chairs."""
    picture = _Picture()
    picture.paint(0, 250, _WIDTH, 176, _FLOOR)
    for left in (30, 530):
        picture.paint(left, 70, 80, 110, _GREY)
        picture.paint(left + 5, 75, 70, 100, _SKY)
    picture.paint(150, 40, 340, 60, _RED)
    picture.paint(170, 60, 300, 6, _YELLOW)
    picture.paint(210, 76, 220, 6, _YELLOW)
    picture.paint(240, 190, 160, 70, _WOOD)
    picture.paint(232, 182, 176, 10, _RED)
    for row, (top, size) in enumerate(((280, 26), (318, 32), (362, 40))):
        step = size + 22 + 2 * row
        for left in range(-10 * row, _WIDTH, step):
            picture.paint(left, top, size, size, _BLUE)
            picture.paint(left, top + size, 4, 12, _GREY)
            picture.paint(left + size - 4, top + size, 4, 12, _GREY)
    return picture.png()


def notice_board() -> bytes:
    """Draw the notice board outside: sheets of paper on a blue board under a roof."""
    picture = _Picture()
    picture.paint(0, 0, _WIDTH, 230, _SKY)
    picture.paint(0, 330, _WIDTH, 96, _FLOOR)
    picture.paint(80, 50, 480, 24, _RED)
    for left in (110, 516):
        picture.paint(left, 74, 14, 300, _WOOD)
    picture.paint(100, 90, 440, 200, _BLUE)
    for place in range(6):
        left, top = 124 + 138 * (place % 3), 104 + 92 * (place // 3)
        picture.paint(left, top, 112, 78, _PAPER)
        picture.paint(left + 10, top + 10, 92, 8, _RED)
        for line in range(4):
            picture.paint(left + 10, top + 28 + 12 * line, 92 - 14 * (line % 2), 4, _GREY)
    return picture.png()


def add_photographs(office: Office) -> int:
    """Hang both on the first direct session of a store, and return how many records that made."""
    sessions = [
        (str(values["held_on"]), record.id)
        for record in office.lists.every("session")
        if (values := record.values()).get("session_kind") == "direct"
        and str(values["held_on"]).startswith(str(YEAR))
    ]
    _day, session = min(sessions)
    drawn = ((hall(), "Hội trường (ảnh mẫu)"), (notice_board(), "Bảng tin thôn (ảnh mẫu)"))
    for data, caption in drawn:
        office.attachments.add("session", session, data, name="", caption=caption)
    return len(drawn)
