"""`antq init`, `antq history …`, `antq dump`, `antq check`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.usage import up_to
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.changes import HistoryLine
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation
from antq_desktop.services.journal import JournalFilter
from antq_desktop.services.profiles import NewProfile
from antq_desktop.services.telling import ACTIONS, change_lines

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json


def _init(desk: Desk) -> Told:
    given = desk.arguments
    if given.join:
        return _join(desk)
    if given.unit is None or given.level is None:
        message = "Thiếu --unit hoặc --level. Nêu mã đơn vị và cấp sử dụng."
        raise UserError("usage", message)
    new = NewProfile(
        level=given.level,
        unit=given.unit,
        officer=desk.officer(),
        password=desk.password(),
        units=Path(given.units) if given.units else None,
        sample=given.sample,
    )
    with closing(desk.offices.make(desk.folder, new)) as office:
        unit = office.lists.show("unit", office.unit)
        name = str(unit.values["name"])
        value: Json = {"unit": office.unit, "level": office.level, "folder": str(office.folder)}
        return Told([f"Đã tạo dữ liệu cho {name} tại {office.folder}."], value)


def _join(desk: Desk) -> Told:
    """Begin a second device of a unit from the slip of its first one."""
    from antq_desktop.services.joining import Joiner, join, read_first_device

    given = desk.arguments
    if not given.fingerprint:
        message = "Thiếu --fingerprint. Nhập mã đối chiếu trên phiếu giấy của máy đã có dữ liệu."
        raise UserError("usage", message)
    first = read_first_device(Path(given.join))
    joiner = Joiner(
        given.fingerprint,
        desk.officer(),
        desk.password(),
        given.sample,
        Path(given.units) if given.units else None,
        given.label,
        given.level or "",
    )
    with closing(join(desk.offices, desk.folder, first, joiner)) as office:
        public = office.handover.devices.keys().public
        code = " ".join(public.fingerprint)
        value: Json = {"unit": office.unit, "level": office.level, "folder": str(office.folder)}
    lines = [
        f"Đã tạo dữ liệu cho máy thứ hai của {first.unit} tại {desk.folder}.",
        "Bước tiếp theo: ghi phiếu của máy này, đăng ký phiếu đó ở máy đã có dữ liệu,",
        "lập gói nội bộ ở máy đó, rồi nhập gói ở máy này.",
        f"Mã đối chiếu của máy này: {code}",
    ]
    return Told(lines, value)


def _history_show(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        kind, record_id = office.lists.find(desk.arguments.id)
        lines = office.lists.history_of(record_id)
        spec = office.lists.specs[kind]
        told: list[str] = []
        for line in lines:
            told.append(_headline(line))
            told.extend(f"    {text}" for text in change_lines(spec, line.change, office.lists))
        return Told(told, {"id": record_id, "entries": [_value(line) for line in lines]})


def _headline(line: HistoryLine) -> str:
    entry = line.entry
    undone = f" (lần ghi số {entry.undoes})" if entry.undoes else ""
    action = ACTIONS.get(entry.action, entry.action)
    return f"{entry.seq:>5}  {entry.at.replace('T', ' ')}  {entry.officer}: {action}{undone}"


def _value(line: HistoryLine) -> Json:
    entry, change = line.entry, line.change
    return {
        "entry": entry.seq,
        "at": entry.at,
        "officer": entry.officer,
        "action": entry.action,
        "undoes": entry.undoes,
        "stamp": f"{entry.counter}.{entry.writer}",
        "before": dict(change.before),
        "after": dict(change.after),
    }


def _history_list(desk: Desk) -> Told:
    given = desk.arguments
    wanted = JournalFilter(
        officer=given.who,
        action=given.action,
        since=day_of(given.since, "since"),
        until=day_of(given.until, "until"),
        words=given.search,
    )
    with closing(desk.open()) as office:
        if given.out:
            path = office.journal.save_paper(wanted, Path(given.out))
            return Told([f"Đã ghi {path}."], {"file": str(path)})
        found = office.journal.page(wanted, limit=given.limit)
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.seq:>5}  {one.at}  {one.officer}: {one.action}")
        lines.extend(f"    {text}" for text in one.details)
    entries: list[Json] = [
        {
            "entry": one.seq,
            "at": one.at,
            "officer": one.officer,
            "action": one.action,
            "details": list(one.details),
        }
        for one in found
    ]
    return Told(lines or ["Không có lần ghi nào theo bộ lọc này."], {"entries": entries})


def day_of(typed: str, field: str) -> str:
    """Return a day as it is stored, from one that was typed; empty for none.

    Raises:
        UserError: `date_not_understood`.
    """
    if not typed:
        return ""
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError as fault:
        message = f"Ngày “{typed[:20]}” chưa đúng. Viết năm-tháng-ngày, ví dụ 2026-11-21."
        raise UserError("date_not_understood", message, field) from fault


def _history_verify(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.verify_history()
    value: Json = {"entries": found.entries, "broken_at": found.broken_at, "why": found.why}
    if found.broken_at is None:
        return Told([f"Nhật ký liền mạch, {found.entries} lần ghi."], value)
    line = f"Nhật ký không liền mạch từ lần ghi số {found.broken_at}. Báo cán bộ quản trị."
    return Told([line], value, done=False)


def _history_explain(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        told = office.handover.journal_echo.explain(desk.arguments.reason)
    return Told([told], {"done": told})


def _dump(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        lines = [line.decode() for line in office.dump()]
    return Told(lines, [json.loads(line) for line in lines])


def _check(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        findings = list(office.check())
    lines = [f"{'ĐẠT ' if f.holds else 'HỎNG'}  {f.sentence}" for f in findings]
    value: Json = [{"code": f.code, "holds": f.holds} for f in findings]
    return Told(lines, value, done=all(f.holds for f in findings))


def _init_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--level",
        choices=("commune", "receiver"),
        help="commune: Công an cấp xã; receiver: đơn vị tổng hợp",
    )
    parser.add_argument("--unit", metavar="CODE", help="mã đơn vị, ví dụ 11074")
    parser.add_argument(
        "--join", metavar="FILE", help="máy thứ hai của đơn vị: tệp đăng ký .antqkey của máy đã có"
    )
    parser.add_argument("--fingerprint", metavar="F", help="mã đối chiếu trên phiếu của máy đã có")
    parser.add_argument("--label", metavar="L", default="Máy 02", help="tên gọi của máy thứ hai")
    parser.add_argument("--units", metavar="FILE", help="tệp cây đơn vị ngoài danh mục năm 2025")
    parser.add_argument("--sample", action="store_true", help="dữ liệu mẫu, mọi hồ sơ là bịa ra")


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã hồ sơ, hoặc ít nhất 4 chữ đầu của mã")


def _explaining(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="nguyên nhân, thành câu")


def _journal(parser: ArgumentParser) -> None:
    parser.add_argument("--who", default="", metavar="NAME", help="chỉ của một cán bộ")
    parser.add_argument("--action", default="", choices=["", *ACTIONS], help="chỉ một loại việc")
    parser.add_argument("--since", default="", metavar="DAY", help="từ ngày")
    parser.add_argument("--until", default="", metavar="DAY", help="đến ngày")
    parser.add_argument("--search", default="", metavar="TEXT", help="tìm không cần dấu")
    parser.add_argument(
        "--limit", type=up_to(1_000_000), default=50, metavar="N", help="số lần ghi hiện"
    )
    parser.add_argument("--out", metavar="FILE.pdf", help="in ra tệp PDF")


def verbs() -> Iterator[Verb]:
    """Yield the verbs of this file."""
    yield Verb(("init",), "tạo dữ liệu mới cho một đơn vị", _init, _init_arguments, needs=None)
    yield Verb(("history", "show"), "nhật ký của một hồ sơ", _history_show, _id)
    yield Verb(
        ("history", "list"), "nhật ký sử dụng", _history_list, _journal, Operation.READ_HISTORY
    )
    yield Verb(
        ("history", "verify"), "kiểm tra nhật ký có liền mạch không", _history_verify, needs=None
    )
    yield Verb(
        ("history", "explain"),
        "ghi nguyên nhân nhật ký thiếu lần ghi đã báo lên trên, để lập gói tiếp",
        _history_explain,
        _explaining,
        Operation.HAND_OVER,
    )
    yield Verb(("dump",), "in toàn bộ nội dung, để so hai máy", _dump, needs=Operation.READ_PRIVATE)
    yield Verb(("check",), "chương trình tự kiểm tra", _check, needs=None)


VERBS = tuple(verbs())
