"""A report as a workbook: one sheet for each table, each figure opens the list of its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from antq_desktop.domain.comparing import NOTHING_BEFORE, NOTHING_TO_COMPARE, change
from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.narrative.draft import Heading
from antq_desktop.domain.narrative.facts import GRADE_WORDS, GRADES
from antq_desktop.domain.opening import Counted
from antq_desktop.domain.text import opening
from antq_desktop.services.figure_book import Listing, Row, Sheet, numbered
from antq_desktop.services.figure_records import FigureRecords
from antq_desktop.services.narrative.cycle import NOUNS
from antq_desktop.services.narrative.desk import Narrative
from antq_desktop.services.reports import Figure
from antq_desktop.services.summary_paper import AREAS
from antq_desktop.sheets.writing import Column, Link, Table, Written, write_tables

_UNKNOWN: Final = "chưa có số liệu"
_AGAINST: Final = ("Tăng, giảm", "Tăng, giảm (%)")


def write_report(
    narrative: Narrative, specs: Mapping[str, RecordSpec], records: FigureRecords, out: Path
) -> Path:
    """Write the tables of a report, its words and the records behind it; return the path.

    Raises:
        UserError: `not_xlsx`, `too_many_rows`.
        EnvironmentFault: The machine denied it.
    """
    sheets = list(sheets_of(narrative, specs, records))
    write_tables(out, [sheet.table for sheet in sheets], numbered(sheets))
    return out


def sheets_of(
    narrative: Narrative, specs: Mapping[str, RecordSpec], records: FigureRecords
) -> Iterator[Sheet]:
    """Yield the sheets of a report; a table without rows is left out."""
    report = narrative.gathered.report
    measures = [figure.measure for figure in report.figures]
    given = records.of(measures, narrative.period, narrative.scope.unit)
    words = opening(narrative.subject)
    listing = Listing(given, measures, specs, words)
    yield Sheet(_figures_table(narrative, words), list(_figures(narrative, specs, listing)))
    makers = (_cycle, _judged, _contradictions, _words)
    found = (_by_unit(narrative, listing, words), *(make(narrative, words) for make in makers))
    yield from (sheet for sheet in found if sheet.rows)
    yield from listing.sheets


def _figures_table(narrative: Narrative, words: str) -> Table:
    columns = [
        Column("Nhóm", 22, wrap=True), Column("Chỉ tiêu", 40, wrap=True),
        Column("Đơn vị tính", 12), Column("Số liệu", 14), Column("Cùng kỳ năm trước", 16),
        *(Column(heading, 14) for heading in _AGAINST),
    ]  # fmt: skip
    if _several(narrative):
        columns += [Column("Kỳ trước", 16), *(Column(heading, 14) for heading in _AGAINST)]
    columns.append(Column("Nguồn, cần xem", 46, wrap=True))
    return Table("Số liệu", words, _REMARK, tuple(columns))


_REMARK: Final = "Chọn một số liệu gạch chân để mở danh sách hồ sơ của số liệu đó."


def _several(narrative: Narrative) -> bool:
    return narrative.gathered.last.period != narrative.gathered.before.period


def _figures(
    narrative: Narrative, specs: Mapping[str, RecordSpec], listing: Listing
) -> Iterator[Row]:
    gathered, unit = narrative.gathered, narrative.scope.unit
    for figure, before, last in zip(
        gathered.report.figures, gathered.before.figures, gathered.last.figures, strict=True
    ):
        measure, counted = figure.measure, figure.counted
        if measure.kind not in specs:
            continue
        value = listing.cell(measure.code, counted.value, unit)
        compared = _against(figure, before.counted, NOTHING_TO_COMPARE)
        if _several(narrative):
            compared = (*compared, *_against(figure, last.counted, NOTHING_BEFORE))
        told = ". ".join(text for text in (counted.named, figure.remark, *figure.warnings) if text)
        yield (
            AREAS[specs[measure.kind].area], measure.label, measure.unit,
            _UNKNOWN if value is None else value, *compared, told,
        )  # fmt: skip


def _against(figure: Figure, earlier: Counted, nothing: str) -> tuple[Written, ...]:
    if figure.counted.value is None or earlier.value is None:
        return (_UNKNOWN if earlier.value is None else earlier.value, nothing, "")
    compared = change(figure.value, earlier)
    percent = None if compared.tenths is None else compared.tenths / 10
    return (earlier.value, compared.difference, percent)


def _by_unit(narrative: Narrative, listing: Listing, words: str) -> Sheet:
    report = narrative.gathered.report
    units = report.units if len(report.units) > 1 else ()
    columns = (
        Column("Chỉ tiêu", 36, wrap=True), Column("Đơn vị tính", 12), Column("Tổng", 12),
        *(Column(unit.name, 12) for unit in units),
    )  # fmt: skip
    rows: list[Row] = [
        (
            figure.measure.label, figure.measure.unit,
            listing.cell(figure.measure.code, figure.counted.value),
            *(
                listing.cell(figure.measure.code, figure.counted_of(unit.id).value, unit.id)
                for unit in units
            ),
        )
        for figure in report.figures
        if units and figure.counted.value is not None
    ]  # fmt: skip
    return Sheet(Table("Theo đơn vị", words, _REMARK, columns), rows)


def _cycle(narrative: Narrative, words: str) -> Sheet:
    columns = (
        Column("Loại đơn vị", 40), Column("Hiện có", 10), Column("Đăng ký", 10),
        Column("Được công nhận", 12),
        *(Column(opening(GRADE_WORDS[grade]), 12) for grade in GRADES),
    )  # fmt: skip
    begins = _begins(narrative, words)
    rows: list[Row] = [
        (
            opening(each.noun),
            *(
                Link(value, _JUDGED, begins[each.key], "Mở danh sách đơn vị") if value else 0
                for value in (
                    each.units, each.registered, each.recognised,
                    *(each.grades.get(grade, 0) for grade in GRADES),
                )
            ),
        )
        for each in narrative.gathered.facts.spreads
    ]  # fmt: skip
    return Sheet(Table("Đăng ký, phân loại", words, _REMARK, columns), rows)


_JUDGED: Final = "Đơn vị đăng ký, phân loại"


def _judged_table(words: str) -> Table:
    columns = (
        Column("Loại đơn vị", 40), Column("Đơn vị", 50, wrap=True), Column("Đăng ký", 10),
        Column("Được công nhận", 12), Column("Phân loại", 12), Column("Quyết định", 24),
    )  # fmt: skip
    return Table(_JUDGED, words, "", columns)


def _begins(narrative: Narrative, words: str) -> dict[str, int]:
    """Return the row where the units of each kind begin."""
    found: dict[str, int] = {}
    for at, each in enumerate(narrative.gathered.judged, _judged_table(words).first_row):
        found.setdefault(each.key, at)
    return found


def _judged(narrative: Narrative, words: str) -> Sheet:
    rows: list[Row] = [
        (
            opening(NOUNS[each.key]), each.name, each.registered, each.recognised,
            opening(GRADE_WORDS.get(each.grade, "chưa phân loại")), each.decision,
        )
        for each in narrative.gathered.judged
    ]  # fmt: skip
    return Sheet(_judged_table(words), rows)


def _contradictions(narrative: Narrative, words: str) -> Sheet:
    columns = (
        Column("Nội dung mâu thuẫn", 60, wrap=True), Column("Số thứ nhất", 12),
        Column("Số thứ hai", 12), Column("Giải trình", 50, wrap=True),
    )  # fmt: skip
    rows: list[Row] = [
        (each.message, each.left, each.right, each.explained or "chưa giải trình")
        for each in narrative.contradictions
    ]
    return Sheet(Table("Mâu thuẫn", words, "", columns), rows)


def _words(narrative: Narrative, words: str) -> Sheet:
    rows: list[Row] = [
        (line.text, "") if isinstance(line, Heading)
        else (line.text or "(đơn vị viết)", "đã sửa" if line.edited else "theo số liệu")
        for line in narrative.lines
    ]  # fmt: skip
    columns = (Column("Lời báo cáo", 60, wrap=True), Column("Ai viết", 14))
    return Sheet(Table("Lời báo cáo", words, "", columns), rows)
