"""`antq zero …`, `request …`, `adjust`, `conflict …`, `heat`: what units say beside bundles."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import Operation
from antq_desktop.services.zero_reports import ZeroState

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.conflicts import Conflict
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Saved

SHORT = 8


def _saved(saved: Saved) -> Told:
    lines = [saved.sentence]
    if saved.seq:
        lines.append(f"  Mã: {', '.join(saved.ids)} · lần ghi số {saved.seq}")
    return Told(lines, {"ids": list(saved.ids), "entry": saved.seq})


def _zero_show(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        period = office.periods.named(desk.arguments.period)
        board = office.oversight.zero_reports.board(period)
    lines = [
        f"{one.about}  {one.label}: {one.state.label}"
        + (f" ({one.records} hồ sơ)" if one.records else "")
        for one in board
    ]
    return Told(lines, [{**asdict(one), "state": str(one.state)} for one in board])


def _zero_report(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        zeros, period = office.oversight.zero_reports, office.periods.named(given.period)
        left = [one.about for one in zeros.board(period) if one.state is ZeroState.OPEN]
        return _saved(zeros.declare(given.kind or left, period))


def _zero_against(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.oversight.zero_reports.against()
    lines = [one.told for one in found] or ["Không có báo cáo không phát sinh nào trái với hồ sơ."]
    return Told(lines, [asdict(one) for one in found], done=not found)


def _requests(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.oversight.requests.lines()
    lines = [
        f"{one.id[:SHORT]}  {one.sort}: {one.title} · {one.about or one.unit_name} · "
        + ("đã khép lại" if one.closed else one.how or "chờ trả lời")
        for one in found
    ] or ["Không có yêu cầu nào."]
    return Told(lines, [asdict(one) for one in found])


def _ask(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        kind, record = office.lists.find(given.id)
        values = {"title": given.text, "sort": given.sort}
        return _saved(office.oversight.requests.ask(kind, record, given.field, values))


def _reply(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        _kind, request = office.lists.find(given.id)
        return _saved(office.oversight.requests.reply(request, given.text))


def _close(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        _kind, request = office.lists.find(desk.arguments.id)
        return _saved(office.oversight.requests.close(request))


def _adjust(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        unit = _unit(office, given.unit)
        period = office.periods.named(given.period)
        figure = office.reports.figure(given.measure, period)
        special = figure.by_unit_counted.get(unit)
        reported = figure.by_unit.get(unit, 0)
        if special is not None and special.adjustment is not None:
            reported = special.adjustment.reported
        return _saved(
            office.oversight.requests.adjust(
                {
                    "unit": unit, "measure": given.measure, "period": period.name,
                    "reported": reported, "value": given.value, "reason": given.reason,
                    "confirmed_by": given.confirmed_by,
                }
            )
        )  # fmt: skip


def _conflicts(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.oversight.conflicts.every()
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.id}  {one.name}, {one.label} ({one.owner})")
        lines += [
            f"  {at}. {side.text} ({side.officer}, {side.at})"
            for at, side in enumerate(one.sides, start=1)
        ]
    values: list[Json] = [
        {"id": one.id, "own": one.own, "sides": [side.text for side in one.sides]} for one in found
    ]
    return Told(lines or ["Không có mục nào do hai nơi ghi khác nhau."], values)


def _settle(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        conflicts = office.oversight.conflicts
        found = _conflict(conflicts.every(), given.id)
        if given.both:
            return _saved(conflicts.keep_both(found))
        if not 1 <= given.side <= len(found.sides):
            message = f"Chọn --side từ 1 đến {len(found.sides)}, hoặc --both."
            raise UserError("no_such_side", message)
        return _saved(conflicts.settle(found, given.side - 1))


def _ask_to_settle(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        conflicts = office.oversight.conflicts
        return _saved(conflicts.ask(_conflict(conflicts.every(), desk.arguments.id)))


def _conflict(found: list[Conflict], wanted: str) -> Conflict:
    conflict = next((one for one in found if one.id == wanted), None)
    if conflict is None:
        message = f"Không có mục “{wanted[:80]}” cần chọn. Xem antq conflict list."
        raise UserError("no_such_conflict", message)
    return conflict


def _heat(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        heat = office.oversight.following.heat()
        errors = office.oversight.following.errors()
    lines = [f"Hạn gửi: ngày {heat.due_day} tháng sau"]
    for row in heat.rows:
        if not row.sends:
            continue
        cells = " · ".join(f"{cell.month[5:]}/{cell.month[2:4]} {cell.state.word}"
                           for cell in row.cells if cell.state.word)  # fmt: skip
        missing = ", ".join(str(number) for number in row.missing)
        lines.append(f"{row.name}: {cells}" + (f" · thiếu gói số {missing}" if missing else ""))
    if errors:
        lines.append("Tỷ lệ lỗi:")
    lines += [f"  {one.unit} · {one.rule} · {one.count} · {one.rate}" for one in errors]
    value: Json = {
        "due_day": heat.due_day,
        "units": [
            {
                "unit": row.unit,
                "months": {cell.month: str(cell.state) for cell in row.cells},
                "missing": list(row.missing),
            }
            for row in heat.rows
        ],
        "errors": [asdict(one) for one in errors],
    }
    return Told(lines, value)


def _unit(office: Office, typed: str) -> str:
    """Return the id of a unit named by its code, or its id as typed."""
    return next((unit.id for unit in office.units_below if unit.code == typed), typed)


def _period(parser: ArgumentParser) -> None:
    parser.add_argument("period", metavar="PERIOD", help="kỳ: 2026-10, 2026-Q3, 2026")


def _period_and_kinds(parser: ArgumentParser) -> None:
    _period(parser)
    parser.add_argument(
        "--kind", action="append", default=[], metavar="KIND",
        help="loại hồ sơ, nêu được nhiều lần; không nêu: mọi loại chưa có",
    )  # fmt: skip


def _ask_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã hồ sơ của đơn vị dưới")
    parser.add_argument("text", metavar="TEXT", help="nội dung yêu cầu")
    parser.add_argument("--field", default="", metavar="PATH", help="mục được hỏi")
    parser.add_argument("--sort", default="explain", metavar="SORT", help="fix, explain hoặc note")


def _reply_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã yêu cầu")
    parser.add_argument("text", metavar="TEXT", help="nội dung trả lời")


def _id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã, xem danh sách")


def _side(parser: ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("--side", type=int, default=0, metavar="N", help="giá trị thứ mấy")
    parser.add_argument("--both", action="store_true", help="giữ cả hai ghi chú")


def _adjust_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("measure", metavar="MEASURE", help="mã chỉ tiêu")
    parser.add_argument("value", type=int, metavar="N", help="số điều chỉnh")
    for name, told in (
        ("unit", "đơn vị"), ("period", "kỳ"), ("reason", "lý do"), ("confirmed-by", "nơi xác nhận"),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", required=True, metavar="TEXT", help=told)


_ENTER = Operation.ENTER

VERBS = (
    Verb(("zero", "show"), "loại nào trong kỳ chưa có hồ sơ, chưa báo", _zero_show, _period),
    Verb(
        ("zero", "report"), "báo không phát sinh trong kỳ", _zero_report, _period_and_kinds, _ENTER
    ),
    Verb(("zero", "against"), "báo cáo không phát sinh trái với hồ sơ", _zero_against),
    Verb(("request", "list"), "yêu cầu giữa các đơn vị", _requests),
    Verb(("request", "ask"), "hỏi đơn vị dưới về một hồ sơ", _ask, _ask_arguments, _ENTER),
    Verb(("request", "reply"), "trả lời yêu cầu", _reply, _reply_arguments, _ENTER),
    Verb(("request", "close"), "khép lại yêu cầu", _close, _id, _ENTER),
    Verb(
        ("figure", "adjust"), "điều chỉnh số liệu của đơn vị dưới", _adjust, _adjust_arguments,
        _ENTER,
    ),
    Verb(("conflict", "list"), "mục do hai nơi ghi khác nhau", _conflicts),
    Verb(("conflict", "settle"), "chọn một giá trị", _settle, _side, _ENTER),
    Verb(("conflict", "ask"), "đề nghị đơn vị chọn", _ask_to_settle, _id, _ENTER),
    Verb(("bundle", "months"), "đơn vị nào gửi tháng nào, gói thiếu, tỷ lệ lỗi", _heat),
)  # fmt: skip
