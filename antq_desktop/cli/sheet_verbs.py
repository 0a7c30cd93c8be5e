"""`antq sheet …`: templates, exports and imports of workbooks."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.oldfonts import NAMES, OldFont
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.sheetcells import SheetFault
    from antq_desktop.services.sheet_opening import Choices
    from antq_desktop.services.sheet_result import Plan

FIRST_FAULTS: Final = 10
AS_IT_IS: Final = "none"


def _template(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        path = office.spreadsheets.template(given.kind, Path(given.out))
    return Told([f"Đã ghi tệp mẫu {path}."], {"kind": given.kind, "file": str(path)})


def _export(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        done = office.spreadsheets.export(
            given.kind,
            Path(given.out),
            listing=office.lists.listing(given.kind, given.search),
            with_private=given.with_private,
        )
    lines = [f"Đã xuất {done.rows} hồ sơ ra {done.path}."]
    if done.private:
        lines.append("  Tệp có thông tin cá nhân; việc đọc đã ghi vào nhật ký.")
    value: Json = {
        "kind": given.kind,
        "file": str(done.path),
        "rows": done.rows,
        "private": done.private,
    }
    return Told(lines, value)


def _choices(desk: Desk) -> Choices:
    from antq_desktop.services.sheet_meeting import WhenThere
    from antq_desktop.services.sheet_opening import Choices

    given = desk.arguments
    letters: str | None = given.convert
    return Choices(
        sheet=given.sheet,
        convert=OldFont(letters) if letters and letters != AS_IT_IS else None,
        keep=letters == AS_IT_IS,
        columns=tuple(given.map or ()),
        zeros=given.restore_zeros,
        when=WhenThere(given.alike),
    )


def _import(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        sheets = office.spreadsheets
        plan = sheets.read(given.kind, Path(given.file), _choices(desk))
        lines, value = list(_preview_lines(plan)), _preview_value(plan)
        if given.errors and sheets.error_file(plan, Path(given.errors)):
            lines.append(f"Đã ghi tệp có cột Lỗi: {given.errors}.")
            value["errors_file"] = given.errors
        refused = plan.refused_rows and not given.without_faulty
        if given.dry_run or refused:
            said = "Chưa nhập gì." if plan.sound else "Chưa nhập gì: sửa các dòng lỗi rồi nhập lại."
            return Told([*lines, said], {**value, "entry": 0}, done=not refused)
        saved = sheets.apply(plan, without_faulty=given.without_faulty)
    lines += [saved.sentence, f"  Lần ghi số {saved.seq}; hoàn tác: antq undo {saved.seq}"]
    return Told(lines, {**value, "entry": saved.seq, "ids": list(saved.ids)})


def _preview_lines(plan: Plan) -> Iterator[str]:
    opened = plan.opened
    headings = opened.header.headings
    yield (
        f"Tệp “{opened.path.name}”, trang “{opened.sheet.name}”, tiêu đề ở dòng "
        f"{opened.header.row + 1}: {plan.total} dòng dữ liệu, {plan.refused_rows} dòng có lỗi."
    )
    for name, places in opened.header.mapped.columns.items():
        label = plan.spec.field(name).label
        columns = " + ".join(f"“{headings[place]}”" for place in places)
        if columns != f"“{label}”":
            yield f"  Cột {columns} là mục {label}."
    yield from (f"  Lưu ý: {note}" for note in plan.notes)
    yield from _old_lines(plan)
    if plan.alike:
        yield (
            f"  Lưu ý: {len(plan.alike)} dòng giống hồ sơ đã có; bỏ ra bằng --skip-alike, "
            "sửa hồ sơ đã có bằng --change-alike."
        )
    faults = sorted(plan.faults, key=lambda fault: (fault.warning, fault.row))
    yield from (f"  {_fault_line(fault)}" for fault in faults[:FIRST_FAULTS])
    if len(faults) > FIRST_FAULTS:
        yield f"  … còn {len(faults) - FIRST_FAULTS} chỗ nữa; thêm --errors TỆP.xlsx để xem đủ."


def _fault_line(fault: SheetFault) -> str:
    heading = f" ({fault.heading})" if fault.heading else ""
    sign = "lưu ý: " if fault.warning else ""
    return f"{fault.place}{heading}: {sign}{fault.message}"


def _old_lines(plan: Plan) -> Iterator[str]:
    old = plan.old
    if old is None:
        return
    done = "đã chuyển" if old.confirmed else "sẽ chuyển khi đồng ý"
    yield f"  Lưu ý: {old.cells} ô viết bằng phông cũ {NAMES[old.font]}, {done}:"
    yield from (f"    {before} → {after}" for before, after in old.samples)
    if not old.confirmed:
        yield f"    Thêm --convert {old.font.value} để chuyển, --convert none để giữ nguyên."


def _preview_value(plan: Plan) -> dict[str, Json]:
    from antq_desktop.services.sheet_result import Outcome

    opened, old = plan.opened, plan.old
    faults: list[Json] = [
        {
            "row": fault.row,
            "place": fault.place,
            "heading": fault.heading,
            "code": fault.code,
            "message": fault.message,
            "warning": fault.warning,
        }
        for fault in plan.faults
    ]
    columns: dict[str, Json] = {
        name: [opened.header.headings[place] for place in places]
        for name, places in opened.header.mapped.columns.items()
    }
    letters: Json = None
    if old is not None:
        letters = {
            "font": old.font.value,
            "cells": old.cells,
            "capitals": old.capitals,
            "samples": dict(old.samples),
            "confirmed": old.confirmed,
        }
    return {
        "kind": plan.spec.kind,
        "sheet": opened.sheet.name,
        "header_row": opened.header.row + 1,
        "columns": columns,
        "rows": plan.total,
        "lines": plan.lines,
        "new": plan.counts[Outcome.NEW],
        "changed": plan.counts[Outcome.CHANGED],
        "same": plan.counts[Outcome.SAME],
        "refused_rows": plan.refused_rows,
        "left_out": plan.left_out,
        "skipped": list(plan.skipped),
        "faults": faults,
        "notes": list(plan.notes),
        "alike": [{"row": each.row, "record": each.record} for each in plan.alike],
        "old_font": letters,
    }


def _kind(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="loại hồ sơ: unit, team_member, incident…")


def _out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, metavar="F", help="tệp .xlsx để ghi")


def _template_arguments(parser: ArgumentParser) -> None:
    _kind(parser)
    _out(parser)


def _export_arguments(parser: ArgumentParser) -> None:
    _kind(parser)
    _out(parser)
    parser.add_argument("--search", default="", metavar="TEXT", help="chỉ hồ sơ khớp từ tìm kiếm")
    parser.add_argument(
        "--with-private", action="store_true", help="cả mục riêng tư, có ghi nhật ký"
    )


def _import_arguments(parser: ArgumentParser) -> None:
    _kind(parser)
    parser.add_argument("file", metavar="FILE", help="tệp .xlsx, .xls hoặc .ods")
    parser.add_argument("--dry-run", action="store_true", help="chỉ xem trước, không nhập")
    parser.add_argument("--errors", metavar="F", help="ghi lại tệp với cột Lỗi màu đỏ")
    parser.add_argument("--sheet", default="", metavar="NAME", help="tên trang trong tệp")
    parser.add_argument(
        "--map", action="append", metavar="TEXT", help="“tên cột=mục”, nhiều lần được; nhớ lại"
    )
    parser.add_argument(
        "--convert", choices=("tcvn3", "vni", AS_IT_IS), help="chuyển chữ phông cũ sang Unicode"
    )
    parser.add_argument(
        "--restore-zeros", action="store_true", help="thêm lại số 0 ở đầu mà Excel đã bỏ"
    )
    alike = parser.add_mutually_exclusive_group()
    alike.add_argument(
        "--skip-alike",
        action="store_const",
        const="skip",
        dest="alike",
        default="add",
        help="bỏ các dòng giống hồ sơ đã có",
    )
    alike.add_argument(
        "--change-alike",
        action="store_const",
        const="change",
        dest="alike",
        help="sửa hồ sơ đã có theo các dòng giống nó",
    )
    parser.add_argument(
        "--without-faulty", action="store_true", help="nhập các dòng đúng, bỏ ra các dòng lỗi"
    )


VERBS = (
    Verb(("sheet", "template"), "tệp mẫu để điền", _template, _template_arguments),
    Verb(
        ("sheet", "export"),
        "xuất danh sách ra bảng tính",
        _export,
        _export_arguments,
        needs=Operation.PRINT,
    ),
    Verb(
        ("sheet", "import"),
        "nhập bảng tính, xem trước được",
        _import,
        _import_arguments,
        needs=Operation.ENTER,
    ),
)
