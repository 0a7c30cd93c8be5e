"""`antq units …`, `antq bundle trace`: decisions about units, the signed line of a record."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb, read_json
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation
from antq_desktop.domain.shown import show_date

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.unit_changes import Decision, Draft, Effect, UnitChanges

_SHOWN = 20
_HEAD = ("title", "number", "issuer", "decided_on", "effective_on", "source")
_STEP = frozenset({"old", "old_name", "new", "new_name", "part"})


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.unit_changes.decisions()
    lines = [_decision_line(one) for one in found]
    values: Json = [
        {
            "id": one.id,
            "title": one.title,
            "number": one.number,
            "effective_on": one.effective_on,
            "own": one.own,
            "void": one.void,
            "steps": [{"old": s.old, "new": s.new, "part": s.part} for s in one.steps],
        }
        for one in found
    ]
    return Told(lines or ["Chưa có quyết định đổi đơn vị nào."], values)


def _decision_line(one: Decision) -> str:
    number = f"{one.number} · " if one.number else ""
    void = f" · đã hủy: {one.void}" if one.void else ""
    return (
        f"{one.id}  {number}{one.title} · từ {show_date(one.effective_on)}"
        f" · {len(one.steps)} dòng{void}"
    )


def _change(desk: Desk) -> Told:
    draft = _draft(read_json(desk.arguments.file))
    with closing(desk.open()) as office:
        return _shown_or_written(office.unit_changes, draft, yes=desk.arguments.yes)


def _table(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        changes = office.unit_changes
        return _shown_or_written(changes, changes.table_of_2025(), yes=desk.arguments.yes)


def _shown_or_written(changes: UnitChanges, draft: Draft, *, yes: bool) -> Told:
    effect = changes.preview(draft)
    lines = list(_effect_lines(effect))
    value: dict[str, Json] = {
        "moved": [
            {"old": one.old_name, "new": one.new_name, "records": one.records}
            for one in effect.moved
        ],
        "warnings": list(effect.warnings),
    }
    if not yes:
        return Told([*lines, "Mới xem trước, chưa ghi. Thêm --yes để ghi quyết định."], value)
    saved = changes.enter(draft)
    return Told([saved.sentence, *lines], {**value, "id": saved.ids[-1]})


def _effect_lines(effect: Effect) -> Iterator[str]:
    for one in effect.moved[:_SHOWN]:
        new = one.new_name or "chia theo khu dân cư"
        yield f"  {one.old_name} → {new}: {one.records} hồ sơ"
    if len(effect.moved) > _SHOWN:
        yield f"  … và {len(effect.moved) - _SHOWN} đơn vị khác"
    yield from (f"  Kết thúc: {name}" for name in effect.ends)
    yield from (f"  Thành lập: {name}" for name in effect.begins)
    yield from (f"  Lưu ý: {told}" for told in effect.warnings[:_SHOWN])


def _void(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        saved = office.unit_changes.void(given.id, given.reason)
    return Told([saved.sentence], {"ids": list(saved.ids)})


def _trace(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        spec, record = office.lists.find(given.id)
        found = office.handover.tracing.lines(spec, record)
    lines: list[str] = []
    for one in found:
        way = f", qua {one.via}" if one.via else ""
        lines.append(f"{one.sender}, gói số {one.number}{way}, nhận {one.received}")
        lines.append(f"  {one.signature}")
        if one.place:
            lines += [f"  {one.place}", f"  {one.text}"]
    value: Json = [
        {
            "sender": one.sender,
            "number": one.number,
            "via": one.via,
            "digest": one.digest,
            "place": one.place,
            "line": one.text,
            "holds": one.holds,
        }
        for one in found
    ]
    return Told(lines or ["Hồ sơ này không đến từ gói nào: do đơn vị này lập."], value)


def _draft(given: Json) -> Draft:
    from antq_desktop.services.unit_changes import Draft, Step

    if not isinstance(given, dict) or not isinstance(given.get("steps"), list):
        raise _malformed("chỉ nhận một quyết định với mục steps")
    unknown = set(given) - {*_HEAD, "steps"}
    if unknown:
        raise _malformed(f"có mục lạ “{min(unknown)[:30]}”")
    steps = []
    raw = given["steps"]
    for line in raw if isinstance(raw, list) else ():
        if not isinstance(line, dict) or set(line) - _STEP:
            raise _malformed("mỗi dòng chỉ có old, old_name, new, new_name, part")
        old, new = str(line.get("old") or ""), str(line.get("new") or "")
        steps.append(
            Step(
                old=old,
                old_name=str(line.get("old_name") or old),
                new=new,
                new_name=str(line.get("new_name") or new),
                part=line.get("part") is True,
            )
        )
    head = {name: str(given.get(name) or "") for name in _HEAD}
    return Draft(steps=tuple(steps), **head)


def _malformed(what: str) -> UserError:
    return UserError("decision_malformed", f"Tệp quyết định không đúng dạng: {what}. Sửa lại tệp.")


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="quyết định dạng JSON; - là đầu vào chuẩn")
    _yes(parser)


def _yes(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="ghi quyết định, không chỉ xem trước")


def _voiding(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã quyết định")
    parser.add_argument("--reason", required=True, metavar="R", help="lý do hủy")


def _record(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã hồ sơ, hoặc ít nhất 4 chữ đầu")


VERBS = (
    Verb(("units", "list"), "quyết định nhập, chia, đổi tên đơn vị", _list),
    Verb(
        ("units", "change"),
        "xem trước hoặc ghi một quyết định đổi đơn vị",
        _change,
        _file,
        needs=Operation.ENTER,
    ),
    Verb(
        ("units", "table-2025"),
        "nạp bảng sắp xếp đơn vị năm 2025 thành một quyết định",
        _table,
        _yes,
        needs=Operation.ENTER,
    ),
    Verb(("units", "void"), "hủy một quyết định ghi nhầm", _void, _voiding, needs=Operation.ENTER),
    Verb(("bundle", "trace"), "dòng đã ký mà hồ sơ đến từ đó", _trace, _record),
)
