"""What a report of results prints of a year that was closed: what came after, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.papers import Block, Note, Paragraph
from antq_desktop.domain.records.standards import STANDARDS
from antq_desktop.domain.shown import paper_count, paper_date
from antq_desktop.services.standards.closing import Later, SinceClosing

if TYPE_CHECKING:
    from antq_desktop.domain.codes import Codes
    from antq_desktop.services.standards.desk import Standards

_MOST: Final = 60


def after_closing(standards: Standards, codes: Codes, year: int) -> Iterator[Block]:
    """Yield for each standard that was closed what happened or was entered after it."""
    for standard in STANDARDS:
        if standards.closings.closed_on(year, standard):
            since = standards.closings.since(year, standard)
            label = codes.label("standard", standard)
            yield Paragraph(
                f"Phát sinh sau khi chốt “{label}” ngày {paper_date(since.closed_on)}", "clause"
            )
            yield from _told(standards, since)


def _told(standards: Standards, since: SinceClosing) -> Iterator[Block]:
    if not since.later and not since.moved:
        yield Note("Không có.")
        return
    specs = standards.ground.store.specs
    for each in since.later[:_MOST]:
        title = f": {each.title}" if each.title else ""
        yield Note(f"{paper_date(each.day)}, {specs[each.kind].label}{title} ({_why(each)}).")
    if len(since.later) > _MOST:
        yield Note(f"Và {paper_count(len(since.later) - _MOST)} hồ sơ nữa.")
    if since.moved:
        held = standards.sheets.read_many(since.moved)
        with standards.ground.book() as book:
            names = [book.name(unit) for unit in book.by_name(
                {sheet.stored.sheet.unit for sheet in held.values()}
            )]  # fmt: skip
        yield Note(
            f"Phiếu chấm giữ nguyên, nếu tính theo hồ sơ hôm nay sẽ khác: {', '.join(names)}."
        )


def _why(each: Later) -> str:
    return "xảy ra sau khi chốt" if each.happened_after else "điều chỉnh, nhập sau khi chốt"
