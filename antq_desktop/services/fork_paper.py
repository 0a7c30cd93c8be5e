"""The minute of a repaired fork, to be signed by both units and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.shown import paper_moment, show_integer
from antq_desktop.services.journal_paper import FormPapers

if TYPE_CHECKING:
    from antq_desktop.services.forked import Settlement
    from antq_desktop.services.forks import Beside, Fork
    from antq_desktop.services.restarting import Begun

SHOWN: Final = 16  # of an identity: what the registers of both units print
_NOTHING: Final = "Hai bản không khác nhau ở hồ sơ nào."


class ForkPaper(FormPapers):
    """Which bundles stood against each other, which one stays, and what they say differently."""

    def make(self, fork: Fork, done: Settlement, beside: Sequence[Beside]) -> bytes:
        """Return the paper of a repair."""
        numbers = {one.digest: one.number for one in (*fork.here, *fork.there)}
        rows = [(line.name, line.label, line.here, line.there) for line in beside]
        records = show_integer(done.apart)
        tokens = {
            "unit": fork.unit,
            "device": fork.label or fork.device[:8],
            "writer": fork.writer,
            "first": str(fork.number),
            "kept": _bundle(fork.number, done.kept),
            "aside": "; ".join(_bundle(numbers.get(one, 0), one) for one in done.aside),
            "withdrawn": show_integer(done.withdrawn),
            "reason": done.reason,
            "confirmed_by": done.confirmed_by,
            "settled": f"{done.officer}, {paper_moment(done.at[:16])}",
            "told": (
                f"{records} hồ sơ khác nhau giữa hai bản, ghi dưới đây. Gói để riêng được giữ"
                " nguyên, không xóa. Máy có bản để riêng bắt đầu bản dữ liệu mới; các hồ sơ đã ghi"
                " ở máy đó đi lại trong gói sau, chỗ khác nhau được giữ cả hai để đơn vị chọn."
                if done.apart
                else f"{_NOTHING} Máy có bản để riêng bắt đầu bản dữ liệu mới."
            ),
        }
        return self._made("fork_minute", tokens, {"apart": rows})

    def make_own(self, begun: Begun) -> bytes:
        """Return the paper of the copy that stepped back and began anew."""
        tokens = {
            "unit": self._issuers.own().issuer.name,
            "device": "máy này",
            "writer": f"{begun.writer}, nay là bản {begun.new}",
            "first": str(begun.number),
            "kept": f"gói mà {begun.unit} đã giữ dưới các số này",
            "aside": f"gói của máy này từ số {begun.number}",
            "withdrawn": "0",
            "reason": begun.reason,
            "confirmed_by": begun.officer,
            "settled": f"{begun.officer}, {paper_moment(begun.at[:16])}",
            "told": (
                f"{show_integer(begun.records)} hồ sơ ghi ở máy này được giữ nguyên và đi lại trong"
                " gói sau của bản mới; chỗ hai bản ghi khác nhau được giữ cả hai để đơn vị chọn."
            ),
        }
        return self._made("fork_minute", tokens, {"apart": []})


def _bundle(number: int, digest: str) -> str:
    if not digest:
        return "chưa nhận gói nào"
    return f"số {number}, mã {digest[:SHOWN]}" if number else f"mã {digest[:SHOWN]}"
