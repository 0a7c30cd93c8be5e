"""`antq print …`, `antq paper …` and `antq report …`: papers, their codes, figures."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.comparing import change
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.succession import ByUnits
from antq_desktop.domain.text import opening

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.opening import Counted
    from antq_desktop.services.narrative.desk import Narrative
    from antq_desktop.services.office import Office
    from antq_desktop.services.reports import Figure, Report

SUMMARY = "summary"
HATCHED = "▨"  # beside a number that a report says


def _print(desk: Desk) -> Told:
    given = desk.arguments
    out = Path(given.out)
    with closing(desk.open()) as office:
        record = office.lists.find(given.record)[1] if given.record else None
        told = given.period or (given.within if record else None)
        period = office.periods.named(told) if told else None
        pdf = office.papers.make(
            given.form,
            record_id=record,
            period=period,
            bundle=given.bundle,
            with_private=given.with_private,
            word=given.word,
        )
        path = office.papers.save(pdf, out)
    value: Json = {"form": given.form, "file": str(path), "bytes": len(pdf)}
    return Told([f"Đã ghi {path}."], value)


def _annual(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        period = office.periods.named(given.period)
        reports = office.reports.by(ByUnits(given.by))
        report = reports.annual(period)
        before = reports.annual(reports.year_before(period))
        lines = list(_report_lines(report, before))
        value = _report_value(office, report)
        if given.out:
            pdf = office.papers.make(SUMMARY, period=period)
            path = office.papers.save(pdf, Path(given.out))
            lines.append(f"Đã ghi {path}.")
            value["file"] = str(path)
    return Told(lines, value)


def _narrative(desk: Desk) -> Told:
    from antq_desktop.domain.narrative.subjects import Scope, subject_of

    given = desk.arguments
    with closing(desk.open()) as office:
        period = office.periods.named(given.period)
        subject = subject_of(given.subject).code if given.subject else ""
        scope = Scope(subject, given.unit)
        report = office.narratives.report(period, scope)
        lines = [opening(report.subject), ""]
        lines += [line.text or "…" for line in report.lines]
        lines += [f"Mâu thuẫn: {each.message} {each.explained}".rstrip()
                  for each in report.contradictions]  # fmt: skip
        value: dict[str, Json] = {
            "period": period.name,
            "subject": scope.subject,
            "unit": scope.unit,
            "passages": {each.key: each.text for each in report.passages()},
            "contradictions": [each.code for each in report.contradictions],
        }
        if given.out:
            path = _written(office, report, Path(given.out))
            lines.append(f"Đã ghi {path}.")
            value["file"] = str(path)
    return Told(lines, value)


def _written(office: Office, report: Narrative, out: Path) -> Path:
    from antq_desktop.services.narrative.workbook import write_report

    if out.suffix.lower() == ".xlsx":
        return write_report(report, office.lists.specs, office.figure_records(), out)
    made = office.papers.make(
        "report",
        period=report.period,
        about=report.scope.name,
        word=out.suffix.lower() == ".docx",
    )
    return office.papers.save(made, out)


def _report_lines(report: Report, before: Report) -> Iterator[str]:
    yield f"Số liệu {report.period.label}, so với {before.period.label}:"
    widest = max(len(figure.measure.label) for figure in report.figures)
    for figure in report.figures:
        told = change(figure.value, before.figure(figure.measure.code).counted).words()
        mark = HATCHED if figure.counted.hatched else " "
        number = f"{_number(figure):>15}{mark}"
        yield f"  {figure.measure.label:<{widest}}  {number} {figure.measure.unit}  {told}"
        yield from (f"    {note}" for note in _notes(figure))
    yield from (f"  Ghi chú: {note}" for note in report.notes)
    silent = [unit.name for unit in report.silent if not unit.own]
    if silent:
        yield f"  Chưa có dữ liệu của {len(silent)} đơn vị: {', '.join(silent)}."


def _notes(figure: Figure) -> Iterator[str]:
    if figure.named:
        yield f"{HATCHED} {opening(figure.named)}."
    yield from figure.warnings
    if figure.remark:
        yield figure.remark


def _number(figure: Figure) -> str:
    return show_integer(figure.value)


def _report_value(office: Office, report: Report) -> dict[str, Json]:
    period = report.period
    figures: dict[str, Json] = {
        figure.measure.code: {
            "value": figure.value,
            "by_unit": dict(figure.by_unit),
            "undated": figure.undated,
            "counted": _counted_value(figure.counted),
            "by_unit_counted": {
                unit: _counted_value(counted) for unit, counted in figure.by_unit_counted.items()
            },
        }
        for figure in report.figures
    }
    units: list[Json] = [
        {"id": unit.id, "name": unit.name, "own": unit.own, "records": unit.records}
        for unit in report.units
    ]
    return {
        "period": {"name": period.name, "since": period.since, "until": period.until},
        "sample": office.sample,
        "figures": figures,
        "units": units,
    }


def _counted_value(counted: Counted) -> Json:
    openings: list[Json] = [
        {
            "record": each.record,
            "document": each.document,
            "dated": each.dated,
            "value": each.value,
            "closed": each.closed,
        }
        for each in counted.openings
    ]
    warnings: list[Json] = list(counted.warnings)
    return {
        "value": counted.value,
        "source": counted.source.value,
        "recorded": counted.recorded,
        "records": counted.records,
        "openings": openings,
        "warnings": warnings,
    }


def _trace(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        period = office.periods.named(given.period)
        ids = office.reports.by(ByUnits(given.by)).records_of(given.figure, period, given.unit)
        figure = office.reports.figure(given.figure, period)
    lines = [*ids, f"{len(ids)} hồ sơ góp vào chỉ tiêu này trong {period.label}."]
    lines += _notes(figure)
    value: Json = {
        "figure": given.figure,
        "period": period.name,
        "records": list(ids),
        "counted": _counted_value(figure.counted),
    }
    return Told(lines, value)


def _form(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        own = office.papers.own_forms
        if given.out:
            path = office.papers.save(own.text(given.form).encode(), Path(given.out))
            return Told([f"Đã ghi {path}."], {"form": given.form, "file": str(path)})
        if given.file:
            own.replace(given.form, Path(given.file))
            return Told([f"Từ nay in theo mẫu của đơn vị: {given.form}."], {"form": given.form})
        own.restore(given.form)
    return Told([f"Từ nay in theo mẫu của chương trình: {given.form}."], {"form": given.form})


def _form_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM", help="biểu mẫu là mẫu minh họa: scheme_decision…")
    done = parser.add_mutually_exclusive_group(required=True)
    done.add_argument("--out", metavar="FILE.toml", help="ghi mẫu đang dùng ra tệp để sửa")
    done.add_argument("--file", metavar="FILE.toml", help="dùng tệp này thay mẫu đang dùng")
    done.add_argument("--shipped", action="store_true", help="dùng lại mẫu của chương trình")


def _print_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM", help="biểu mẫu: scheme_sheet, incident_register…")
    made_of = parser.add_mutually_exclusive_group()
    made_of.add_argument("--record", metavar="ID", help="mã hồ sơ, hoặc ít nhất 4 chữ đầu")
    made_of.add_argument("--period", metavar="P", help="kỳ: 2022, 2022-05, statistics:2022-Q1…")
    made_of.add_argument("--bundle", metavar="DIGEST", help="mã gói, hoặc ít nhất 4 chữ đầu")
    parser.add_argument(
        "--within",
        metavar="P",
        help="kỳ của báo cáo in từ hồ sơ; bỏ trống là năm nay",
    )
    parser.add_argument(
        "--with-private", action="store_true", help="in cả số điện thoại, có ghi nhật ký"
    )
    parser.add_argument("--word", action="store_true", help="ghi tệp Word sửa được, thay cho PDF")
    parser.add_argument("--out", required=True, metavar="FILE.pdf", help="tệp PDF để ghi")


def _code(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.printed_papers.find(desk.arguments.code)
    lines: list[str] = []
    values: list[Json] = []
    for one in found:
        lines.append(" · ".join(part for part in (one.title, one.about) if part))
        lines.append(one.sentence)
        lines += [f"  {each}" for each in one.changes]
        lines += [f"  Lập lúc {each}." for each in one.printed]
        changes: list[Json] = list(one.changes)
        printed: list[Json] = list(one.printed)
        values.append({
            "code": one.code, "form": one.form, "kind": one.kind, "record": one.record,
            "period": one.period, "bundle": one.bundle, "private": one.private,
            "current": one.current, "gone": one.gone, "changes": changes, "printed": printed,
        })  # fmt: skip
    return Told(lines, values)


def _code_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="8 ký tự ở góc dưới bên trái của giấy")


def _period(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--period", required=True, metavar="P", help="kỳ: 2022, 2022-05, statistics:2022-Q1…"
    )


def _by(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--by",
        choices=[str(one) for one in ByUnits],
        default=str(ByUnits.NOW),
        help="cộng theo đơn vị hiện nay (now) hay trước khi thay đổi (before)",
    )


def _annual_arguments(parser: ArgumentParser) -> None:
    _period(parser)
    _by(parser)
    parser.add_argument("--out", metavar="FILE.pdf", help="ghi bảng tổng hợp ra tệp PDF")


def _narrative_arguments(parser: ArgumentParser) -> None:
    _period(parser)
    parser.add_argument(
        "--subject", default="", metavar="S",
        help="chuyên đề: schemes, incidents, propaganda, standards, forces",
    )  # fmt: skip
    parser.add_argument("--unit", default="", metavar="UNIT", help="chỉ một đơn vị")
    parser.add_argument(
        "--out", metavar="FILE", help="ghi ra tệp .pdf, .docx, hoặc .xlsx mỗi bảng một trang"
    )


def _trace_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("figure", metavar="FIGURE", help="chỉ tiêu: schemes_kept, incidents…")
    _period(parser)
    parser.add_argument("--unit", default="", metavar="UNIT", help="chỉ hồ sơ của một đơn vị")
    _by(parser)


VERBS = (
    Verb(("print",), "in một biểu mẫu ra tệp PDF", _print, _print_arguments, needs=Operation.PRINT),
    Verb(
        ("paper", "find"),
        "giấy mang mã này lập từ đâu, có bản mới hơn không",
        _code,
        _code_arguments,
        needs=Operation.PRINT,
    ),
    Verb(
        ("paper", "form"),
        "mẫu in minh họa: ghi ra tệp, thay bằng mẫu của đơn vị, dùng lại mẫu của chương trình",
        _form,
        _form_arguments,
        needs=Operation.SETTINGS,
    ),
    Verb(("report", "annual"), "số liệu của một kỳ", _annual, _annual_arguments),
    Verb(
        ("report", "text"),
        "báo cáo bằng lời của một kỳ, một chuyên đề, một đơn vị",
        _narrative,
        _narrative_arguments,
    ),
    Verb(("report", "trace"), "hồ sơ góp vào một chỉ tiêu", _trace, _trace_arguments),
)
