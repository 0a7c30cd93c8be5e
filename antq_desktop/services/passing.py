"""The bags of units below that go along in a bundle for the unit above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_desktop.bundle.writing import Blob


@dataclass(frozen=True, slots=True)
class Passing:
    """The bags of units below that go along in a bundle.

    Attributes:
        vouchers: The lines that vouch for the keys which signed them.
        bags: The bags, as they came.
        covers: Last entry of history whose bags are in; None when all of them are.
        left: How many wait for the next bundle, since they have no room in this one.
        lost: Units of which a bag can no longer go on as it came.
    """

    vouchers: tuple[tuple[str, list[bytes]], ...] = ()
    bags: tuple[Blob, ...] = ()
    covers: int | None = None
    left: int = 0
    lost: tuple[str, ...] = ()

    @property
    def is_wanted(self) -> bool:
        """Tell whether any bag waits to go along."""
        return bool(self.bags or self.left or self.lost)

    def told(self) -> str:
        """Say what goes along, and what does not; empty where nothing could."""
        told = f" Chuyển kèm {len(self.bags)} gói của đơn vị dưới." if self.bags else ""
        if self.left:
            told += f" Còn {self.left} gói để lần sau, khi cấp trên đã xác nhận gói này."
        if self.lost:
            names = ", ".join(self.lost)
            told += (
                f" Có gói của {names} không còn nguyên vì đã xóa dữ liệu về người: rút lại gói đó "
                "để đơn vị gửi lại."
            )
        return told
