"""The figures of a period as a table: value, an earlier period, the change, and the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from antq_desktop.domain.comparing import NOTHING_BEFORE, NOTHING_TO_COMPARE, change
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.figures import measure_of
from antq_desktop.domain.opening import Counted, Source
from antq_desktop.domain.periods import Period
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.counting import Figure, Told
from antq_desktop.services.figure_book import Listing, Sheet, numbered
from antq_desktop.services.figure_records import FigureRecords
from antq_desktop.services.reports import Report, Reports
from antq_desktop.services.summary_paper import AREAS, SAID_BY, sources_of
from antq_desktop.sheets.writing import Column, Table, write_tables

NO_NUMBER: Final = "–"
_COLUMNS: Final = (
    Column("Nhóm", 24), Column("Chỉ tiêu", 40, wrap=True), Column("Đơn vị tính", 14),
    Column("Số liệu", 14), Column("Kỳ so sánh", 14), Column("Tăng, giảm", 26, wrap=True),
    Column("Nguồn, cần xem", 50, wrap=True),
)  # fmt: skip

_VALUE: Final = 3  # where the number that counts stands
_ADJUSTED: Final = (Column("Báo cáo", 14), Column("Điều chỉnh", 14))


class Against(StrEnum):
    """What a period is held against."""

    YEAR = "year"
    PERIOD = "period"

    @property
    def label(self) -> str:
        """What an officer calls it."""
        return "cùng kỳ năm trước" if self is Against.YEAR else "kỳ trước"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as a screen shows it.

    Attributes:
        code: Code of its measure.
        kind: Kind of record that gives to it.
        area: Heading under which it stands.
        label: What it counts.
        counted_in: Unit of measure.
        value: The number as text; a dash where nothing is known.
        before: That of the earlier period.
        change: The difference, or why there is none.
        source: Where the number comes from.
        counted: All that stands beside the number.
        earlier: The same for the earlier period.
        warnings: What does not agree, in either period.
        by_unit: Ids of units with what counts for each, the largest first; of all units alone.
    """

    code: str
    kind: str
    area: str
    label: str
    counted_in: str
    value: str
    before: str
    change: str
    source: str
    counted: Counted
    earlier: Counted
    warnings: tuple[str, ...]
    by_unit: tuple[tuple[str, str], ...] = ()

    @property
    def reported(self) -> str:
        """What the unit reported, or would count without adjustments, as text."""
        return written(self.counted, adjusted=False)


@dataclass(frozen=True, slots=True)
class FigureTable:
    """All figures of a period and unit.

    Attributes:
        period: The period.
        earlier: The one it is held against.
        unit: Id of the unit; empty for all of them together.
        lines: The figures, area by area.
        units: Units that may be chosen, by id: below a receiver its communes.
        changed_units: Whether units were merged, split or renamed, so that it matters by which of
            them figures are summed.
    """

    period: Period
    earlier: Period
    unit: str
    lines: tuple[FigureLine, ...]
    units: Mapping[str, str]
    changed_units: bool = False

    def line(self, code: str) -> FigureLine:
        """Return the line of a measure; KeyError where it has none here."""
        for line in self.lines:
            if line.code == code:
                return line
        raise KeyError(code)

    @property
    def has_adjustments(self) -> bool:
        """Whether any number was adjusted, or was once: then three numbers stand side by side."""
        return any(each.counted.was_adjusted or each.counted.lapsed for each in self.lines)

    def rows(self) -> Iterator[tuple[str | int | None, ...]]:
        """Yield the table as cells of a workbook, numbers as numbers."""
        three = self.has_adjustments
        for line in self.lines:
            counted, used = line.counted, line.counted.adjustment
            told = (line.source, used.told if used else "", *line.warnings)
            before = counted.reported if counted.was_adjusted else counted.value
            beside = (before, used.value if used else None) if three else ()
            yield (
                line.area, line.label, line.counted_in, *beside, counted.value, line.earlier.value,
                line.change, ". ".join(text for text in told if text),
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Asked:
    against: Against
    unit: str


def figure_table(
    reports: Reports,
    specs: Mapping[str, RecordSpec],
    period: Period,
    *,
    against: Against = Against.YEAR,
    unit: str = "",
    told: Told | None = None,
) -> FigureTable:
    """Count two periods and return them side by side.

    Args:
        reports: What counts.
        specs: The kinds of the store.
        period: The period.
        against: What it is held against.
        unit: Only what counts for one unit of the report; empty for all.
        told: Called now and then with the number of records looked at; may raise to stop.
    """
    before = reports.year_before(period) if against is Against.YEAR else reports.one_before(period)
    now, earlier = reports.annual(period, told), reports.annual(before, told)
    lines = tuple(
        _line(figure, other, now, AREAS[specs[figure.measure.kind].area], _Asked(against, unit))
        for figure, other in zip(now.figures, earlier.figures, strict=True)
        if figure.measure.kind in specs
    )
    units = {each.id: each.name for each in now.units} if len(now.units) > 1 else {}
    return FigureTable(period, before, unit, lines, units, reports.changed_units)


def _line(figure: Figure, other: Figure, report: Report, area: str, asked: _Asked) -> FigureLine:
    unit = asked.unit
    measure = figure.measure
    counted, earlier = of_unit(figure, unit), of_unit(other, unit)
    nothing = NOTHING_TO_COMPARE if asked.against is Against.YEAR else NOTHING_BEFORE
    compared = change(counted.value or 0, earlier, nothing)
    known = counted.value is not None or earlier.value is not None
    return FigureLine(
        code=measure.code,
        kind=measure.kind,
        area=area,
        label=measure.label,
        counted_in=measure.unit,
        value=written(counted),
        before=written(earlier),
        change=compared.words() if known else "",
        source=_source(figure, counted, report, unit),
        counted=counted,
        earlier=earlier,
        warnings=_warnings(figure, counted, unit) + earlier.warnings,
        by_unit=() if unit else _by_unit(figure),
    )


def _by_unit(figure: Figure) -> tuple[tuple[str, str], ...]:
    held = sorted(figure.by_unit.items(), key=lambda each: (-each[1], each[0]))
    return tuple((unit, show_integer(value)) for unit, value in held if value)


def of_unit(figure: Figure, unit: str) -> Counted:
    """Return what counts for one unit of the report, or for all of them together."""
    return figure.counted_of(unit)


def written(counted: Counted, *, adjusted: bool = True) -> str:
    """Write a number for the screen, or what it is without adjustments; a dash where unknown."""
    value = counted.value if adjusted or not counted.was_adjusted else counted.reported
    return NO_NUMBER if value is None else show_integer(value)


def _source(figure: Figure, counted: Counted, report: Report, unit: str) -> str:
    match counted.source:
        case Source.REPORT:
            return counted.named
        case Source.PARTLY:
            parts = "; ".join(sources_of(figure, report.names)) if not unit else ""
            return f"một phần {SAID_BY.strip()}: {parts}" if parts else counted.named
        case Source.RECORDS:
            return f"{show_integer(counted.records)} hồ sơ" if counted.records else "hồ sơ"
        case Source.ZERO:
            return counted.named
        case Source.NOTHING:
            return ""


def _warnings(figure: Figure, counted: Counted, unit: str) -> tuple[str, ...]:
    told = counted.warnings if unit else figure.warnings
    return (*told, figure.remark) if figure.remark and not unit else told


def write_workbook(
    table: FigureTable, out: Path, specs: Mapping[str, RecordSpec], records: FigureRecords
) -> Path:
    """Write the table and the records behind each figure to a workbook and return its path.

    Raises:
        UserError: `not_xlsx`.
        EnvironmentFault: The machine denied it.
    """
    title = f"Số liệu {table.period.label}"
    unit = table.units.get(table.unit, "")
    remark = f"So với {table.earlier.label}" + (f"; {unit}" if unit else "")
    columns: tuple[Column, ...] = _COLUMNS
    if table.has_adjustments:
        used = replace(_COLUMNS[_VALUE], heading="Dùng để tổng hợp")
        columns = (*_COLUMNS[:_VALUE], *_ADJUSTED, used, *_COLUMNS[_VALUE + 1 :])
    measures = [measure_of(line.code) for line in table.lines]
    listing = Listing(records.of(measures, table.period, table.unit), measures, specs, title)
    rows = [
        tuple(
            listing.cell(line.code, line.counted.value, table.unit) if place == at else cell
            for place, cell in enumerate(row)
        )
        for at in (len(columns) - (len(_COLUMNS) - _VALUE),)
        for line, row in zip(table.lines, table.rows(), strict=True)
    ]
    sheets = [Sheet(Table("Số liệu", title, remark, columns), rows), *listing.sheets]
    write_tables(out, [sheet.table for sheet in sheets], numbered(sheets))
    return out
