"""`antq target …`: figures in the order and shape of another form or system."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        targets = office.targets.all()
    lines = [
        f"{each.code}  {each.title}, {len(each.cells)} ô{'' if each.own else ' (đi kèm)'}"
        for each in targets
    ]
    value: list[Json] = [
        {"code": each.code, "title": each.title, "own": each.own, "cells": len(each.cells)}
        for each in targets
    ]
    return Told(lines, value)


def _learn(desk: Desk) -> Told:
    from antq_desktop.domain.figures import measure_of
    from antq_desktop.domain.targets import to_toml
    from antq_desktop.services.targets import with_measures

    given = desk.arguments
    file = Path(given.file)
    with closing(desk.open()) as office:
        if file.suffix.lower() == ".toml":
            target = office.targets.take(_text(file))
        else:
            found = office.targets.look(file)
            chosen = {
                at: measure
                for at, each in enumerate(found)
                for cell, _, measure in (said.partition("=") for said in given.cell)
                if cell.upper() == each.spot.cell
            }
            cells = with_measures(found, chosen)
            target = office.targets.save(given.title or file.stem, cells)
        if given.out:
            office.papers.save(to_toml(target).encode(), Path(given.out))
    lines = [f"Đã lập mẫu “{target.title}” ({target.code}), {len(target.cells)} ô."]
    lines += [
        f"  {each.spot.cell}  {each.spot.label}  ←  {measure_of(each.measure).label}, "
        f"{each.spot.of.label}"
        for each in target.cells
    ]
    cells_value: list[Json] = [
        {"cell": each.spot.cell, "measure": each.measure, "of": str(each.spot.of)}
        for each in target.cells
    ]
    return Told(lines, {"code": target.code, "title": target.title, "cells": cells_value})


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Không đọc được tệp “{file.name}”. Kiểm tra lại đường dẫn."
        raise UserError("target_unreadable", message, "file") from fault


def _copy(desk: Desk) -> Told:
    from antq_desktop.domain.targets import sheets_in

    given = desk.arguments
    with closing(desk.open()) as office:
        target = office.targets.find(given.target)
        copied = office.targets.copied(target, office.periods.named(given.period), given.unit)
        sheets = sheets_in(target)
        lines = []
        for sheet in sheets:
            lines += [f"[{sheet}]"] if len(sheets) > 1 else []
            lines.append(copied.text(sheet))
        if given.workbook and given.out:
            path = office.targets.fill(copied, Path(given.workbook), Path(given.out))
            lines = [f"Đã ghi {path}."]
        elif given.out:
            path = office.papers.save(office.targets.reading_sheet(copied), Path(given.out))
            lines = [f"Đã ghi {path}."]
    values: list[Json] = [
        {"cell": each.spot.cell, "measure": each.measure, "value": value}
        for each, value in zip(target.cells, copied.values, strict=True)
    ]
    return Told(lines, values)


def _drop(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        target = office.targets.drop(desk.arguments.target)
    return Told([f"Đã xóa mẫu “{target.title}”."], {"code": target.code})


def _learn_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="bảng tính của mẫu, hoặc tệp .toml của mẫu")
    parser.add_argument("--title", default="", metavar="TEXT", help="tên mẫu; mặc định tên tệp")
    parser.add_argument(
        "--cell", action="append", default=[], metavar="D6=FIGURE",
        help="chỉ tiêu của một ô, thay cho gợi ý; để trống sau dấu bằng là bỏ ô đó",
    )  # fmt: skip
    parser.add_argument("--out", metavar="FILE.toml", help="ghi mẫu ra tệp TOML")


def _copy_arguments(parser: ArgumentParser) -> None:
    _target(parser)
    parser.add_argument("--period", required=True, metavar="P", help="kỳ: 2022, 2022-05…")
    parser.add_argument("--unit", default="", metavar="UNIT", help="chỉ một đơn vị")
    parser.add_argument("--workbook", metavar="FILE.xlsx", help="bảng tính của mẫu, để điền")
    parser.add_argument(
        "--out", metavar="FILE",
        help="bản sao đã điền (.xlsx); không nêu bảng tính thì ghi tờ đọc số (.pdf)",
    )  # fmt: skip


def _target(parser: ArgumentParser) -> None:
    parser.add_argument("target", metavar="TARGET", help="mã của mẫu, xem target list")


VERBS = (
    Verb(("target", "list"), "các mẫu chép số sang hệ thống khác", _list),
    Verb(("target", "learn"), "lập mẫu chép số từ một bảng tính", _learn, _learn_arguments),
    Verb(("target", "copy"), "số liệu theo thứ tự và ô của một mẫu", _copy, _copy_arguments),
    Verb(("target", "drop"), "xóa một mẫu của đơn vị", _drop, _target),
)
