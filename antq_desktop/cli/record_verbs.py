"""`antq record …`: add, list, show, set, void; `antq undo`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.cli.usage import up_to
from antq_desktop.cli.verb import Desk, Told, Verb, read_json
from antq_desktop.domain.fields import FieldKind, RecordSpec, Values
from antq_desktop.domain.record import Record
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.text import opening

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.lists import Shown
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Edit, Saved

SHORT = 8
LIST_LIMIT = 50


def _told_saved(saved: Saved, made: Sequence[Edit] = ()) -> Told:
    lines = [saved.sentence]
    lines += [f"  Lưu ý: {fault.message}" for fault in saved.remarks]
    if saved.seq:
        lines.append(f"  Mã: {', '.join(saved.ids)} · lần ghi số {saved.seq}")
    remarks: Json = [{"code": f.code, "field": f.field} for f in saved.remarks]
    value: dict[str, Json] = {"ids": list(saved.ids), "entry": saved.seq, "remarks": remarks}
    if made:
        value["records"] = [{"kind": edit.kind, "id": edit.id} for edit in made]
    return Told(lines, value)


def _add(desk: Desk) -> Told:
    arguments = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of(arguments.kind, office.lists.specs)
        saved, made = office.families.add(spec, read_json(arguments.file))
        return _told_saved(saved, made)


def _set(desk: Desk) -> Told:
    arguments = desk.arguments
    with closing(desk.open()) as office:
        kind, record_id = office.lists.find(arguments.id)
        held = office.lists.show(kind, record_id)
        changes = office.entering.record(held.spec, read_json(arguments.file), held.values)
        return _told_saved(office.records.change(kind, record_id, changes))


def _void(desk: Desk) -> Told:
    arguments = desk.arguments
    with closing(desk.open()) as office:
        kind, record_id = office.lists.find(arguments.id)
        return _told_saved(office.records.void(kind, record_id, arguments.reason))


def _undo(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        return _told_saved(office.records.undo(desk.arguments.entry))


def _list(desk: Desk) -> Told:
    arguments = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of(arguments.kind, office.lists.specs)
        names = [field.name for field in spec.fields if field.listed]
        listing = office.lists.listing(spec.kind, arguments.search, voided=arguments.voided)
        rows = office.lists.window(listing, names, limit=arguments.limit)
        total = office.lists.count(listing, 0).number
        values = [dict(row.values) for row in rows]
        texts = [_texts(office, spec, held) for held in values]
        lines = [
            f"{row.id[:SHORT]}  {'(đã hủy) ' if row.standing == 2 else ''}"
            + " · ".join(text[name] for name in names if text.get(name))
            for row, text in zip(rows, texts, strict=True)
        ]
        lines.append(_how_many(spec, len(rows), total))
        told: Json = [
            {"id": row.id, "standing": row.standing, "values": held}
            for row, held in zip(rows, values, strict=True)
        ]
        return Told(lines, {"kind": spec.kind, "total": total, "records": told})


def _how_many(spec: RecordSpec, shown: int, total: int) -> str:
    if not total:
        return f"Không có {spec.label} nào khớp. Bớt từ tìm kiếm hoặc thêm hồ sơ mới."
    return f"Hiện {shown} trên {total} {spec.label}."


def _texts(office: Office, spec: RecordSpec, values: Values) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in values.items():
        field = spec.field(name)
        titles: dict[str, str] = {}
        if field.kind is FieldKind.REFERENCE and isinstance(value, str):
            for kind in field.refers_to:
                titles.update(office.lists.titles(kind, (value,)))
        found[name] = office.lists.text_of(field, value, titles)
    return found


def _show(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        kind, record_id = office.lists.find(desk.arguments.id)
        held = office.lists.show(kind, record_id)
        if not office.standing.may(Operation.READ_PRIVATE):
            held = _without_private(held)
        elif any(held.spec.at(path).private for path in held.values):
            office.records.read_private(kind, record_id, "antq record show")
        return Told(list(_lines_of(office, held)), _value_of(held))


def _without_private(held: Shown) -> Shown:
    hidden = {path for path in (*held.values, *held.others) if held.spec.at(path).private}
    values = {path: value for path, value in held.values.items() if path not in hidden}
    others = {path: value for path, value in held.others.items() if path not in hidden}
    return replace(held, values=values, others=others)


def _lines_of(office: Office, held: Shown) -> Iterator[str]:
    spec, values = held.spec, held.values
    yield f"{opening(spec.label)} {held.record.id}"
    if held.void_reason is not None:
        yield f"  ĐÃ HỦY: {held.void_reason}"
    if held.contested:
        yield "  Hai máy cùng sửa và hủy hồ sơ này, cần chọn."
    texts = _texts(office, spec, {f.name: values[f.name] for f in spec.fields if f.name in values})
    for field in spec.fields:
        if field.name in texts:
            yield f"  {field.label}: {texts[field.name]}"
        for other in held.others.get(field.name, ()):
            text = office.lists.text_of(field, other.value, {})
            yield f"    giá trị khác: {text} ({other.officer}, {other.at})"
    for line in spec.lines:
        yield from _lines_of_list(office, spec, line.name, values)


def _lines_of_list(office: Office, spec: RecordSpec, name: str, values: Values) -> Iterator[str]:
    line = spec.line(name)
    ids = dict.fromkeys(p.split("/")[1] for p in values if p.startswith(name + "/"))
    if ids:
        yield f"  {line.label}:"
    for line_id in ids:
        parts = [
            f"{field.label.lower()} {office.lists.text_of(field, values[path], {})}"
            for field in line.fields
            if (path := f"{name}/{line_id}/{field.name}") in values
        ]
        yield f"    {line_id[:SHORT]}  {' · '.join(parts)}"


def _value_of(held: Shown) -> Json:
    record: Record = held.record
    return {
        "id": record.id,
        "kind": record.kind,
        "owner": record.owner,
        "void_reason": held.void_reason,
        "values": dict(held.values),
        "conflicts": {path: [o.value for o in others] for path, others in held.others.items()},
    }


def _kind_and_file(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="loại hồ sơ: unit, scheme, incident…")
    parser.add_argument(
        "file",
        metavar="FILE",
        help="tệp JSON của hồ sơ, có thể kèm hồ sơ con; “-” là đầu vào chuẩn",
    )


def _id_and_file(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("file", metavar="FILE", help="tệp JSON các mục cần sửa")


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã hồ sơ, hoặc ít nhất 4 chữ đầu của mã")


def _id_and_reason(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--reason", required=True, metavar="TEXT", help="lý do hủy")


def _listing(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", help="loại hồ sơ")
    parser.add_argument("--search", default="", metavar="TEXT", help="tìm không cần dấu")
    parser.add_argument(
        "--limit", type=up_to(1_000_000), default=LIST_LIMIT, metavar="N", help="số dòng hiện"
    )
    parser.add_argument("--voided", action="store_true", help="gồm cả hồ sơ đã hủy")


def _entry(parser: ArgumentParser) -> None:
    parser.add_argument(
        "entry", type=up_to(10**15), metavar="ENTRY", help="số lần ghi trong nhật ký"
    )


VERBS = (
    Verb(("record", "add"), "thêm một hồ sơ", _add, _kind_and_file, needs=Operation.ENTER),
    Verb(("record", "list"), "liệt kê, tìm hồ sơ", _list, _listing),
    Verb(("record", "show"), "xem một hồ sơ", _show, _id),
    Verb(("record", "set"), "sửa một số mục của hồ sơ", _set, _id_and_file, needs=Operation.ENTER),
    Verb(
        ("record", "void"),
        "hủy hồ sơ, có lý do, hoàn tác được",
        _void,
        _id_and_reason,
        needs=Operation.ENTER,
    ),
    Verb(("undo",), "hoàn tác một lần ghi", _undo, _entry, needs=Operation.ENTER),
)
