"""Reading of a unit tree given by file (`--units`), for places that the shipped table lacks.

CSV or TOML, one unit per row; `forms/README.md` describes the columns. Every fault of the file is
told at once, each with its line.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from antq_desktop.domain.errors import Fault, UserError
from antq_desktop.domain.text import fold, nfc, refused
from antq_desktop.domain.typed import parse_date
from antq_desktop.domain.units import (
    CLUSTER,
    COMMUNE,
    DISTRICT,
    PROVINCE,
    TREE_KINDS,
    UNIT_CODE,
    TreeUnit,
    UnitTable,
    UnitTree,
    unit_id,
)
from antq_desktop.files import environment_fault

_LARGEST_FILE: Final = 5 << 20
_MOST_UNITS: Final = 20_000
_LONGEST_NAME: Final = 200
_COLUMNS: Final = ("id", "code", "name", "kind", "parent", "valid_from")
_REQUIRED: Final = {
    "code": "mã đơn vị",
    "name": "tên đơn vị",
    "kind": "loại đơn vị",
    "valid_from": "ngày có hiệu lực",
}
_KINDS: Final = {
    "xa": (COMMUNE, "xa"), "phuong": (COMMUNE, "phuong"), "dac khu": (COMMUNE, "dac_khu"),
    "thi tran": (COMMUNE, "thi_tran"), "huyen": (DISTRICT, ""), "quan": (DISTRICT, ""),
    "thi xa": (DISTRICT, ""), "thanh pho thuoc tinh": (DISTRICT, ""), "cum": (CLUSTER, ""),
    "tinh": (PROVINCE, ""), "thanh pho": (PROVINCE, ""),
    **{kind: (kind, "") for kind in TREE_KINDS},
}  # fmt: skip
_FULL_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}", re.ASCII)
_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,40}@\d{4}-\d{2}-\d{2}", re.ASCII)
_TOML_UNIT: Final = re.compile(r"^[ \t]*\[\[[ \t]*units[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    held: Mapping[str, str]

    def fault(self, code: str, what: str, field: str = "") -> Fault:
        return Fault(code, f"Dòng {self.line}: {what}", field)


def load_unit_tree(path: Path, shipped: UnitTable | None = None) -> UnitTree:
    """Read a unit tree.

    Args:
        path: A `.toml` file, or a CSV file with commas or semicolons.
        shipped: The shipped table, whose units may be parents too.

    Raises:
        UserError: `unit_tree_faulty` with every fault, or `unit_tree_unreadable`.
        EnvironmentFault: What the machine denies.
    """
    rows = tuple(_rows(path, _text_of(path)))
    faults: list[Fault] = []
    made = [(row, unit) for row in rows if (unit := _unit(row, faults)) is not None]
    if not rows:
        faults.append(Fault("unit_tree_empty", "Tệp chưa có đơn vị nào. Thêm ít nhất một dòng."))
    refused_codes = {row.held.get("code", "") for row in rows} - {unit.code for _, unit in made}
    placed = _placed(made, shipped, refused_codes, faults)
    if faults:
        count = len(faults)
        message = f"Tệp đơn vị “{path.name}” có {count} chỗ cần sửa. {faults[0].message}"
        raise UserError("unit_tree_faulty", message, faults=faults)
    return UnitTree(placed)


def _unreadable(path: Path, what: str) -> UserError:
    message = f"Tệp đơn vị “{path.name}” không đọc được: {what}. Chọn lại tệp."
    return UserError("unit_tree_unreadable", message)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as source:
            content = source.read(_LARGEST_FILE + 1)
    except OSError as fault:
        raise environment_fault(fault, path) from fault
    if len(content) > _LARGEST_FILE:
        raise _unreadable(path, "lớn hơn 5 MB")
    try:
        return nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable(path, "không phải là chữ UTF-8") from None


def _rows(path: Path, text: str) -> Iterator[_Row]:
    reader = _toml_rows if path.suffix.lower() == ".toml" else _csv_rows
    for count, row in enumerate(reader(path, text), 1):
        if count > _MOST_UNITS:
            raise _unreadable(path, "có hơn 20.000 đơn vị")
        yield row


def _check_columns(path: Path, names: Mapping[str, object]) -> None:
    unknown = [name for name in names if name not in _COLUMNS]
    if unknown:
        raise _unreadable(path, f"có cột lạ “{unknown[0][:30]}”, chỉ nhận {', '.join(_COLUMNS)}")


def _csv_rows(path: Path, text: str) -> Iterator[_Row]:
    head = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in head else ",", strict=True)
    try:
        names = [name.strip() for name in next(reader, [])]
        _check_columns(path, dict.fromkeys(names))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _Row(reader.line_num, _named(path, names, cells, reader.line_num))
    except csv.Error:
        raise _unreadable(path, f"dòng {reader.line_num} sai dấu ngoặc kép") from None


def _named(path: Path, names: list[str], cells: list[str], line: int) -> Mapping[str, str]:
    if len(cells) > len(names):
        raise _unreadable(path, f"dòng {line} có nhiều ô hơn dòng tiêu đề")
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False)}


def _toml_rows(path: Path, text: str) -> Iterator[_Row]:
    try:
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise _unreadable(path, f"sai dạng TOML ({fault})") from None
    entries = held.pop("units", [])
    if held or not isinstance(entries, list):
        raise _unreadable(path, "chỉ nhận các mục [[units]]")
    lines = [text.count("\n", 0, found.start()) + 1 for found in _TOML_UNIT.finditer(text)]
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise _unreadable(path, "chỉ nhận các mục [[units]]")
        _check_columns(path, entry)
        line = lines[place] if len(lines) == len(entries) else place + 1
        yield _Row(line, {name: str(value).strip() for name, value in entry.items()})


def _unit(row: _Row, faults: list[Fault]) -> TreeUnit | None:
    found = list(_faults_of(row))
    faults.extend(found)
    if found:
        return None
    code, name = row.held["code"], row.held["name"]
    kind, commune_kind = _KINDS[fold(row.held["kind"])]
    since = parse_date(row.held["valid_from"], date(2000, 1, 1), "")
    return TreeUnit(
        id=row.held.get("id") or unit_id(code, since),
        code=code,
        name=name,
        kind=kind,
        commune_kind=commune_kind or (_kind_in_name(name) if kind == COMMUNE else ""),
        parent=row.held.get("parent", ""),
        valid_from=since,
    )


def _kind_in_name(name: str) -> str:
    folded = fold(name)
    held = (
        inner for words, (_, inner) in _KINDS.items() if inner and folded.startswith(words + " ")
    )
    return next(held, "")


def _faults_of(row: _Row) -> Iterator[Fault]:
    missing = [name for name in _REQUIRED if not row.held.get(name)]
    for name in missing:
        yield row.fault("unit_value_missing", f"thiếu {_REQUIRED[name]}. Nhập vào.", name)
    if missing:
        return
    code, name, kind = row.held["code"], row.held["name"], row.held["kind"]
    if not UNIT_CODE.fullmatch(code):
        what = f"mã “{code[:20]}” chỉ gồm chữ in hoa không dấu và số, nhiều nhất 8. Sửa lại mã."
        yield row.fault("unit_code_faulty", what, "code")
    if refused(name) or len(name) > _LONGEST_NAME:
        what = f"tên đơn vị dài hơn {_LONGEST_NAME} chữ hoặc có ký tự ẩn. Gõ lại tên."
        yield row.fault("text_not_allowed", what, "name")
    if fold(kind) not in _KINDS:
        what = f"loại “{kind[:30]}” chưa rõ. Ghi xã, phường, thị trấn, huyện, cụm hoặc tỉnh."
        yield row.fault("unit_kind_unknown", what, "kind")
    if (given := row.held.get("id")) and not _ID.fullmatch(given):
        what = f"định danh “{given[:50]}” phải có dạng mã@năm-tháng-ngày. Sửa lại hoặc bỏ trống."
        yield row.fault("unit_id_faulty", what, "id")
    yield from _faults_of_date(row)


def _faults_of_date(row: _Row) -> Iterator[Fault]:
    typed = row.held["valid_from"]
    if not _FULL_DATE.fullmatch(typed):
        what = f"ngày có hiệu lực “{typed[:20]}” phải đủ ngày/tháng/năm. Nhập lại."
        yield row.fault("date_not_understood", what, "valid_from")
        return
    try:
        parse_date(typed, date(2000, 1, 1), "ngày có hiệu lực")
    except UserError as fault:
        yield row.fault(fault.code, fault.message, "valid_from")


def _placed(
    made: list[tuple[_Row, TreeUnit]],
    shipped: UnitTable | None,
    refused_codes: set[str],
    faults: list[Fault],
) -> list[TreeUnit]:
    """Give each unit the identity of its parent; twins, lost parents and rings are faults."""
    seen: dict[str, _Row] = {}
    by_code: dict[str, list[str]] = {}
    for row, unit in made:
        if unit.id in seen:
            what = f"“{unit.name}” trùng định danh với dòng {seen[unit.id].line}. Bỏ một dòng."
            faults.append(row.fault("unit_doubled", what, "code"))
            continue
        seen[unit.id] = row
        by_code.setdefault(unit.code, []).append(unit.id)
    placed = []
    for row, unit in made:
        parent = _parent(unit.parent, seen, by_code, shipped)
        if parent is None and unit.parent in refused_codes:
            continue  # that line has a fault of its own
        if parent is None:
            what = f"không tìm thấy đơn vị cấp trên “{unit.parent[:50]}”. Thêm dòng đó hoặc sửa mã."
            faults.append(row.fault("unit_parent_unknown", what, "parent"))
            continue
        placed.append(replace(unit, parent=parent))
    faults.extend(_rings(placed, seen))
    return placed


def _parent(
    given: str,
    seen: Mapping[str, _Row],
    by_code: Mapping[str, list[str]],
    shipped: UnitTable | None,
) -> str | None:
    """Return the identity that a parent's code or identity names; None when none or two."""
    if not given or given in seen:
        return given
    bearers = by_code.get(given, [])
    if bearers:
        return bearers[0] if len(bearers) == 1 else None
    found = (shipped.by_id(given) or shipped.by_code(given)) if shipped else None
    return found.id if found else None


def _rings(placed: list[TreeUnit], rows: Mapping[str, _Row]) -> Iterator[Fault]:
    above = {unit.id: unit.parent for unit in placed}
    safe: set[str] = {""}
    for unit in placed:
        path: list[str] = []
        step = unit.id
        while step in above and step not in safe and step not in path:
            path.append(step)
            step = above[step]
        if step in path:
            what = f"“{unit.name}” nằm dưới chính mình. Sửa lại đơn vị cấp trên."
            yield rows[unit.id].fault("unit_ring", what, "parent")
        safe.update(path)
