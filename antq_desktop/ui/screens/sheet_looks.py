"""What the pages of a workbook ask for off the UI thread: recognising, judging, taking in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.fields import FieldKind
from antq_desktop.domain.sheetcells import SheetStopped, shown
from antq_desktop.domain.sheetmap import folded
from antq_desktop.services.sheet_result import Outcome
from antq_desktop.ui.jobs import Stopped
from antq_desktop.ui.recordmodel import Column
from antq_desktop.ui.sources import Badge, TableRow

if TYPE_CHECKING:
    from antq_desktop.domain.fields import FieldSpec
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Saved
    from antq_desktop.services.sheet_opening import Choices, Opened
    from antq_desktop.services.sheet_result import Plan, Seen
    from antq_desktop.ui.jobs import Control

MOST_FAULTS: Final = 2_000
_SAMPLES: Final = 3
OUTCOMES: Final = {
    Outcome.NEW: Badge("mới", "calm"),
    Outcome.CHANGED: Badge("sửa hồ sơ", "info"),
    Outcome.SAME: Badge("đã có, bỏ ra", "plain"),
    Outcome.LEFT_OUT: Badge("giống, bỏ ra", "watch"),
    Outcome.FAULTY: Badge("lỗi", "fault"),
}


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """One column of a file: its place, what stands above it, and its first values."""

    place: int
    heading: str
    samples: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A plan as it is shown.

    Attributes:
        plan: What the import would do.
        columns: Columns of the table of first rows.
        rows: The first rows.
        faults: What is wrong, at most `MOST_FAULTS`.
    """

    plan: Plan
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    faults: tuple[TableRow, ...]


def look(office: Office, kind: str, path: Path, choices: Choices) -> Opened:
    """Recognise a workbook; runs on a reader."""
    return office.spreadsheets.look(kind, path, choices)


def columns_seen(opened: Opened) -> list[ColumnSeen]:
    """Return the columns that hold anything, with their first values."""
    rows = opened.sheet.filled(opened.first, opened.first + 12)
    found = []
    for place, heading in enumerate(opened.header.headings):
        texts = [shown(row[place]) for row in rows if place < len(row)]
        held = list(dict.fromkeys(text for text in texts if text))[:_SAMPLES]
        if folded(heading) or held:
            found.append(ColumnSeen(place, heading, " · ".join(held)))
    return found


def judge(office: Office, opened: Opened, choices: Choices, control: Control) -> Judged:
    """Judge every row of a workbook; runs on a reader."""

    def tell(done: int, total: int) -> None:
        control.report(done, total, "Đang kiểm tra từng dòng")

    try:
        plan = office.spreadsheets.plan(
            opened, choices, progress=tell, stop=lambda: control.stopped
        )
    except SheetStopped:
        raise Stopped from None
    fields = [plan.spec.field(name) for name in _in_order(opened)]
    titles = _titles(office, fields, plan.seen)
    return Judged(
        plan,
        (
            Column("row", "Dòng", 6, numeric=True, sortable=False),
            Column("outcome", "Kết quả", 13, sortable=False),
            *(Column(f.name, f.label, min(f.width, 24), sortable=False) for f in fields),
            Column("told", "Lý do, lưu ý", 40, sortable=False),
        ),
        tuple(_row(office, fields, each, titles) for each in plan.seen),
        tuple(
            TableRow(
                str(at),
                (
                    Badge("lưu ý", "watch") if fault.warning else Badge("lỗi", "fault"),
                    fault.place,
                    fault.heading,
                    fault.message,
                ),
            )
            for at, fault in enumerate(
                sorted(plan.faults, key=lambda f: (f.warning, f.sheet, f.row))[:MOST_FAULTS]
            )
        ),
    )


def apply(office: Office, plan: Plan, control: Control) -> Saved:
    """Take the sound rows in as one action; runs on the writer."""

    def tell(done: int, total: int) -> None:
        control.report(done, total, "Đang nhập")

    try:
        return office.spreadsheets.apply(
            plan, without_faulty=True, progress=tell, stop=lambda: control.stopped
        )
    except SheetStopped:
        raise Stopped from None


def _in_order(opened: Opened) -> list[str]:
    """Return the fields in the order of their columns."""
    columns = opened.header.mapped.columns
    return sorted(columns, key=lambda name: columns[name][0])


def _titles(office: Office, fields: list[FieldSpec], seen: tuple[Seen, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields:
        if field.kind is FieldKind.REFERENCE:
            ids = {str(each.values[field.name]) for each in seen if each.values.get(field.name)}
            for kind in field.refers_to:
                found |= office.lists.titles(kind, ids)
    return found


def _row(office: Office, fields: list[FieldSpec], seen: Seen, titles: dict[str, str]) -> TableRow:
    cells = tuple(
        office.lists.text_of(field, value, titles)
        if (value := seen.values.get(field.name)) is not None
        else ""
        for field in fields
    )
    return TableRow(str(seen.number), (str(seen.number), OUTCOMES[seen.outcome], *cells, seen.told))
