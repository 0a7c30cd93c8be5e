"""The summary of a period: all figures, and the same figures unit by unit."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.shown import paper_count, show_money_full
from antq_desktop.services.reports import Figure, Report

# The figures in the columns of `summary_by_unit`, in their order.
BREAKDOWN: Final = (
    "neighbourhoods", "households", "agencies", "enterprises", "upper_secondary_schools",
    "lower_secondary_schools", "schemes_kept", "schemes_new", "sites", "teams", "members",
    "activities", "incidents", "incidents_cleared",
)  # fmt: skip
_AREAS: Final = {
    "forces": "Đơn vị, lực lượng",
    "schemes": "Mô hình tự quản",
    "incidents": "Vụ việc",
    "movement": "Phong trào toàn dân bảo vệ ANTQ",
    "documents": "Văn bản, hội nghị",
}


def figure_rows(report: Report, specs: dict[str, RecordSpec]) -> Rows:
    """Return the table of figures, area by area; those that are nothing are named below it."""
    rows: list[tuple[str, ...]] = []
    area = ""
    for figure in report.figures:
        if not _stands_in_the_table(figure):
            continue
        here = specs[figure.measure.kind].area
        if here != area:
            rows.append((_AREAS[here],))
            area = here
        measure = figure.measure
        rows.append((measure.label, measure.unit, written(figure, figure.value), figure.remark))
    return rows


def _stands_in_the_table(figure: Figure) -> bool:
    return bool(figure.value or figure.remark)


def nothing_of(report: Report) -> str:
    """Return one sentence that names the figures of which there was nothing; empty for none."""
    labels = [
        lowered(figure.measure.label)
        for figure in report.figures
        if not _stands_in_the_table(figure)
    ]
    return f"Không phát sinh: {'; '.join(labels)}." if labels else ""


def written(figure: Figure, value: int) -> str:
    """Write a figure: sums of đồng in full, counts below ten with a zero."""
    return show_money_full(value) if figure.measure.unit == "đồng" else paper_count(value)


def unit_rows(report: Report) -> Rows:
    """Return one row for each unit; its own records stand last and only where there are some."""
    figures = [report.figure(code) for code in BREAKDOWN]
    return [
        (unit.name, *(written(each, each.by_unit.get(unit.id, 0)) for each in figures))
        for unit in report.units
        if unit.records or not unit.own
    ]


def unit_totals(report: Report) -> dict[str, str]:
    """Return the row of totals, by token."""
    figures = {code: report.figure(code) for code in BREAKDOWN}
    return {f"total_{code}": written(each, each.value) for code, each in figures.items()}


def remarks(report: Report, made: str) -> dict[str, str]:
    """Return the notes under the table: how it was counted, who is silent, where it comes from.

    Args:
        report: The figures.
        made: The moment of making, as paper writes it.
    """
    silent = [unit.name for unit in report.silent if not unit.own]
    return {
        "nothing": nothing_of(report),
        "counting": " ".join(report.notes),
        "silent": f"Chưa có dữ liệu của {len(silent)} đơn vị: {', '.join(silent)}."
        if silent
        else "",
        "source": f"hồ sơ trong chương trình, tính lúc {made}.",
    }
