"""The summary of a period: all figures with the same period a year before, and unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.comparing import change
from antq_desktop.domain.composing import Rows
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.papers import Hatched
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import paper_count, paper_date, show_money_full
from antq_desktop.domain.text import opening
from antq_desktop.services.paper_asked import Filled
from antq_desktop.services.reports import Figure, Report, Reports

# The figures in the columns of `summary_by_unit`, in their order.
BREAKDOWN: Final = (
    "neighbourhoods", "households", "agencies", "enterprises", "upper_secondary_schools",
    "lower_secondary_schools", "schemes_kept", "schemes_new", "sites", "teams", "members",
    "activities", "incidents", "incidents_cleared",
)  # fmt: skip
AREAS: Final = {
    "forces": "Đơn vị, lực lượng",
    "schemes": "Mô hình tự quản",
    "incidents": "Vụ việc",
    "movement": "Phong trào toàn dân bảo vệ ANTQ",
    "documents": "Văn bản, hội nghị",
}
SAID_BY: Final = "số liệu theo báo cáo "
HATCHED_MEANS: Final = "Ô gạch chéo là số liệu theo báo cáo"
UNKNOWN: Final = "–"
UNKNOWN_MEANS: Final = "Gạch ngang là chưa có hồ sơ và chưa báo không phát sinh."
OR_ADJUSTED: Final = " hoặc đã điều chỉnh"
ADJUSTED: Final = "Số liệu đã điều chỉnh: báo cáo, điều chỉnh và số dùng để tổng hợp."
WHOLE: Final = "Cộng"


def filled_of(
    reports: Reports, specs: Mapping[str, RecordSpec], code: str, period: Period, made: str
) -> Filled:
    """Fill the summary of a period, or unit by unit.

    Args:
        reports: What counts.
        specs: The kinds of the store.
        code: `summary` or `summary_by_unit`.
        period: The period.
        made: The moment of making, as paper writes it.
    """
    report = reports.annual(period)
    only = None if code == "summary" else frozenset(BREAKDOWN)
    adjusted = adjusted_rows(report, only)
    tokens = {"period": opening(period.label), "adjusted": ADJUSTED if adjusted else ""}
    if code == "summary":
        summary = Summary(report, reports.annual(reports.year_before(period)), specs)
        tables = {"figures": summary.rows(), "adjusted": adjusted}
        return Filled(tokens | summary.remarks(made), tables)
    tokens |= unit_remarks(report, made) | unit_totals(report)
    return Filled(tokens, {"units": unit_rows(report), "adjusted": adjusted})


class Summary:
    """The table of figures of one period, beside those of a year before, and its notes."""

    def __init__(self, report: Report, before: Report, specs: Mapping[str, RecordSpec]) -> None:
        self._report = report
        self._names = {**before.names, **report.names}
        self._before = {figure.measure.code: figure for figure in before.figures}
        self._specs = specs
        self._sources: dict[str, int] = {}

    def rows(self) -> Rows:
        """Return the table, area by area; figures that are nothing are named below it."""
        rows: list[tuple[str, ...]] = []
        area = ""
        for figure in self._report.figures:
            if not self._stands_in_the_table(figure):
                continue
            here = self._specs[figure.measure.kind].area
            if here != area:
                rows.append((AREAS[here],))
                area = here
            rows.append(self._row(figure))
        return rows

    def remarks(self, made: str) -> dict[str, str]:
        """Return the notes under the table; the table is to be asked for first.

        Args:
            made: The moment of making, as paper writes it.
        """
        self.rows()
        sources = "; ".join(f"({number}) {named}" for named, number in self._sources.items())
        shown = [each for each in self._report.figures if self._stands_in_the_table(each)]
        earlier = [
            f"{figure.measure.label}, cùng kỳ năm trước: {lowered(told)}"
            for figure in shown
            for told in self._before[figure.measure.code].warnings
        ]
        return {
            **remarks(self._report, made, more=earlier),
            "nothing": self._nothing(),
            "sources": f"{_hatched_means(shown)}: {sources}." if sources else "",
        }

    def _row(self, figure: Figure) -> tuple[str, ...]:
        measure, earlier = figure.measure, self._before[figure.measure.code]
        before = earlier.counted
        compared = change(figure.value, before)
        notes = " ".join(filter(None, (self._marks(figure, earlier), figure.remark)))
        return (
            measure.label,
            measure.unit,
            cell(figure, figure.value, figure.counted),
            "" if before.value is None else cell(figure, before.value, before),
            compared.words(lambda value: written(figure, value)),
            notes,
        )

    def _marks(self, *held: Figure) -> str:
        named = dict.fromkeys(told for each in held for told in sources_of(each, self._names))
        for each in named:
            self._sources.setdefault(each, len(self._sources) + 1)
        return ", ".join(f"({self._sources[each]})" for each in named)

    def _stands_in_the_table(self, figure: Figure) -> bool:
        before = self._before[figure.measure.code]
        return bool(figure.value or figure.remark or figure.counted.hatched or before.value)

    def _nothing(self) -> str:
        """Return one sentence that names the figures of which there was nothing."""
        labels = [
            lowered(figure.measure.label)
            for figure in self._report.figures
            if not self._stands_in_the_table(figure)
        ]
        return f"Không phát sinh: {'; '.join(labels)}." if labels else ""


def written(figure: Figure, value: int) -> str:
    """Write a figure: sums of đồng in full, counts below ten with a zero."""
    return show_money_full(value) if figure.measure.unit == "đồng" else paper_count(value)


def cell(figure: Figure, value: int, counted: Counted) -> str:
    """Write a figure into its cell, which is hatched where the number is that of a report."""
    text = written(figure, value)
    return Hatched(text) if counted.hatched else text


def sources_of(figure: Figure, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the reports that a hatched figure comes from, as they stand in a list of such."""
    counted = figure.counted
    if counted.source is Source.REPORT:
        yield counted.named.removeprefix(SAID_BY)
    for unit in counted.parts:
        told = figure.by_unit_counted[unit].named.removeprefix(SAID_BY)
        yield f"{names.get(unit, unit)}: {told}"
    yield from _adjustments_of(figure, names)


def _adjustments_of(figure: Figure, names: Mapping[str, str]) -> Iterator[str]:
    for unit, counted in figure.by_unit_counted.items():
        if counted.adjustment is not None:
            yield f"{names.get(unit, unit)}: {lowered(counted.adjustment.told).rstrip('.')}"


def adjusted_rows(report: Report, only: frozenset[str] | None = None) -> Rows:
    """Return what was reported, put in its place and used, for each number that was adjusted.

    Args:
        report: The figures.
        only: Codes of the figures on the paper; all of them when None.
    """
    rows: list[tuple[str, ...]] = []
    for figure in report.figures:
        if only is None or figure.measure.code in only:
            rows.extend(_adjusted_of(figure, report.names))
    return rows


def _adjusted_of(figure: Figure, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    label, whole = figure.measure.label, figure.counted
    for unit, counted in figure.by_unit_counted.items():
        made = counted.adjustment
        if made is not None:
            numbers = (made.reported, made.value, counted.value or 0)
            why = f"{made.reason.rstrip('.')}; {made.confirmed_by}, {paper_date(made.confirmed_on)}"
            yield (label, names.get(unit, unit), *(written(figure, one) for one in numbers), why)
    if whole.was_adjusted and whole.adjustment is None:
        reported, used = written(figure, whole.reported or 0), written(figure, whole.value or 0)
        yield (label, WHOLE, reported, "", used, "")


def _hatched_means(figures: Iterable[Figure]) -> str:
    adjusted = any(each.counted.was_adjusted for each in figures)
    return HATCHED_MEANS + OR_ADJUSTED if adjusted else HATCHED_MEANS


def unit_rows(report: Report) -> Rows:
    """Return one row for each unit; its own records stand last and only where there are some."""
    figures = [report.figure(code) for code in BREAKDOWN]
    told = {unit for each in figures for unit in each.by_unit}
    return [
        (unit.name, *(_unit_cell(each, unit.id) for each in figures))
        for unit in report.units
        if unit.records or not unit.own or unit.id in told
    ]


def _unit_cell(figure: Figure, unit: str) -> str:
    """Write what counts for a unit; silence is no number."""
    value = figure.by_unit.get(unit)
    text = UNKNOWN if value is None else written(figure, value)
    counted = figure.by_unit_counted.get(unit)
    return Hatched(text) if counted is not None and counted.hatched else text


def unit_totals(report: Report) -> dict[str, str]:
    """Return the row of totals, by token."""
    figures = {code: report.figure(code) for code in BREAKDOWN}
    return {f"total_{code}": written(each, each.value) for code, each in figures.items()}


def unit_remarks(report: Report, made: str) -> dict[str, str]:
    """Return the notes under the table of units, with the reports behind its hatched cells."""
    figures = [report.figure(code) for code in BREAKDOWN]
    told = [
        f"{figure.measure.label}, {source if ':' in source else f'hàng cộng: {source}'}"
        for figure in figures
        for source in _sources_by_unit(figure, report.names)
    ]
    named = {"sources": f"{_hatched_means(figures)}. {'; '.join(told)}." if told else ""}
    said = remarks(report, made, only=frozenset(BREAKDOWN))
    silent = " ".join(filter(None, (said["silent"], _unknown(report), _zeros(report))))
    return {**said, **named, "silent": silent}


def _unknown(report: Report) -> str:
    """Say what a dash in a cell means; nothing where there is none."""
    cells = (cell for _name, *row in unit_rows(report) for cell in row)
    return UNKNOWN_MEANS if UNKNOWN in cells else ""


def _zeros(report: Report) -> str:
    """Name the units that said that nothing happened, and of what."""
    told: dict[str, list[str]] = {}
    for figure in (report.figure(code) for code in BREAKDOWN):
        for unit, counted in figure.by_unit_counted.items():
            if counted.source is Source.ZERO:
                told.setdefault(unit, []).append(lowered(figure.measure.label))
    named = (
        f"{report.names.get(unit, unit)} ({', '.join(labels)})" for unit, labels in told.items()
    )
    return f"Báo không phát sinh: {'; '.join(named)}." if told else ""


def _sources_by_unit(figure: Figure, names: Mapping[str, str]) -> Iterator[str]:
    if figure.counted.source is Source.REPORT:
        yield figure.counted.named.removeprefix(SAID_BY)
    for unit, counted in figure.by_unit_counted.items():
        if counted.source is Source.REPORT:
            yield f"{names.get(unit, unit)}: {counted.named.removeprefix(SAID_BY)}"
    yield from _adjustments_of(figure, names)


def remarks(
    report: Report,
    made: str,
    *,
    only: frozenset[str] | None = None,
    more: Sequence[str] = (),
) -> dict[str, str]:
    """Return what both papers say: how it was counted, what does not agree, who is silent.

    Args:
        report: The figures.
        made: The moment of making, as paper writes it.
        only: Codes of the figures on the paper; all of them when None.
        more: What else does not agree.
    """
    silent = [unit.name for unit in report.silent if not unit.own]
    warnings = [
        f"{figure.measure.label}: {lowered(told)}"
        for figure in report.figures
        if only is None or figure.measure.code in only
        for told in figure.warnings
    ]
    warnings.extend(more)
    return {
        "counting": " ".join(report.notes),
        "warnings": f"Cần xem lại. {' '.join(warnings)}" if warnings else "",
        "silent": f"Chưa có dữ liệu của {len(silent)} đơn vị: {', '.join(silent)}."
        if silent
        else "",
        "source": f"hồ sơ trong chương trình, tính lúc {made}.",
    }
