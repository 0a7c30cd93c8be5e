"""`antq codes …`, `antq task …`, `antq proposal …`: what units keep and ask of each other."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb, read_json
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.rights import Operation
from antq_desktop.services.code_lines import told_values

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.assignments import ProposalLine, TaskLine
    from antq_desktop.services.office import Office
    from antq_desktop.services.records import Saved

SHORT = 8


def _saved(saved: Saved) -> Told:
    lines = [saved.sentence]
    if saved.seq:
        lines.append(f"  Mã: {', '.join(saved.ids)} · lần ghi số {saved.seq}")
    return Told(lines, {"ids": list(saved.ids), "entry": saved.seq})


def _lists(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.code_lists.lists()
    lines = [
        f"{one.name}  {one.title}: {one.offered} giá trị"
        + (f", {one.own} của đơn vị" if one.own else "")
        + (f", {one.unmapped} chưa tính như giá trị nào" if one.unmapped else "")
        + (" (không đổi được)" if one.locked else "")
        for one in found
    ]
    return Told(lines, [asdict(one) for one in found])


def _values(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.code_lists.values(desk.arguments.list)
    return Told(list(told_values(found)), [asdict(one) for one in found])


def _add_value(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _saved(office.code_lists.add(given.list, given.label, counts_as=given.counts_as))


def _rename(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _saved(office.code_lists.rename(given.list, given.value, given.label))


def _hide(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _saved(office.code_lists.hide(given.list, given.value, hidden=not given.back))


def _retire(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of("code_value", office.lists.specs)
        typed = office.entering.record(spec, {"retired_on": given.day or None})
        return _saved(
            office.code_lists.retire(given.list, given.value, str(typed.get("retired_on") or ""))
        )


def _count_as(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        return _saved(office.code_lists.count_as(given.list, given.value, given.shipped))


def _tasks(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.assignments.tasks()
    if desk.arguments.late:
        found = [one for one in found if one.late and not one.done]
    return Told([_task_line(one) for one in found] or ["Không có việc nào."], _json(found))


def _task_line(one: TaskLine) -> str:
    who = one.giver if one.ours else one.unit_name
    told = [who, f"hạn {one.deadline}" if one.deadline else "", one.told, one.state, one.result]
    return f"{one.id[:SHORT]}  {one.title} · {' · '.join(part for part in told if part)}"


def _json(found: list[TaskLine]) -> Json:
    return [{**asdict(one), "told": one.told} for one in found]


def _give(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of("task", office.lists.specs)
        values = office.entering.record(spec, read_json(given.file))
        return _saved(office.assignments.give(values, [_unit(office, one) for one in given.unit]))


def _unit(office: Office, typed: str) -> str:
    """Return the id of a unit named by its code, or its id as typed."""
    found = next((unit.id for unit in office.units_below if unit.code == typed), typed)
    return office.lists.find(found)[1]


def _answer(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of("task_answer", office.lists.specs)
        _kind, task = office.lists.find(given.id)
        values = office.entering.record(spec, read_json(given.file))
        return _saved(office.assignments.answer(task, values))


def _accept(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        _kind, task = office.lists.find(desk.arguments.id)
        return _saved(office.assignments.accept(task))


def _proposals(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        found = office.assignments.proposals()
    lines = [_proposal_line(one) for one in found] or ["Không có đề xuất nào."]
    return Told(lines, [asdict(one) for one in found])


def _proposal_line(one: ProposalLine) -> str:
    told = [one.unit_name, one.sent_on, one.state, one.document, one.words]
    return f"{one.id[:SHORT]}  {one.title} · {' · '.join(part for part in told if part)}"


def _reply(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        spec = spec_of("proposal_answer", office.lists.specs)
        _kind, proposal = office.lists.find(given.id)
        values = office.entering.record(spec, read_json(given.file))
        return _saved(office.assignments.reply(proposal, values))


def _list(parser: ArgumentParser) -> None:
    parser.add_argument("list", metavar="LIST", help="tên danh mục, xem antq codes list")


def _list_and_label(parser: ArgumentParser) -> None:
    _list(parser)
    parser.add_argument("label", metavar="TEXT", help="tên giá trị")
    parser.add_argument(
        "--counts-as", default="", metavar="VALUE", help="giá trị có sẵn mà số liệu tính vào"
    )


def _value(parser: ArgumentParser) -> None:
    _list(parser)
    parser.add_argument("value", metavar="VALUE", help="mã giá trị, xem antq codes show")


def _value_and_label(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument("label", metavar="TEXT", help="tên mới")


def _value_and_back(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument("--back", action="store_true", help="đưa ra chọn lại")


def _value_and_day(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument(
        "day", nargs="?", default="", metavar="DAY", help="ngày; bỏ trống: dùng lại"
    )


def _value_and_shipped(parser: ArgumentParser) -> None:
    _value(parser)
    parser.add_argument(
        "shipped", nargs="?", default="", metavar="VALUE", help="giá trị có sẵn; bỏ trống: thôi"
    )


def _late(parser: ArgumentParser) -> None:
    parser.add_argument("--late", action="store_true", help="chỉ việc trễ hạn")


def _file_and_units(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="tệp JSON của việc; “-” là đầu vào chuẩn")
    parser.add_argument(
        "--unit", action="append", required=True, metavar="CODE", help="đơn vị, nêu được nhiều lần"
    )


def _task_id(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã việc")


def _id_and_file(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="mã việc hoặc mã đề xuất")
    parser.add_argument("file", metavar="FILE", help="tệp JSON của trả lời; “-” là đầu vào chuẩn")


VERBS = (
    Verb(("codes", "list"), "liệt kê danh mục", _lists),
    Verb(("codes", "show"), "xem các giá trị của một danh mục", _values, _list),
    Verb(
        ("codes", "add"),
        "thêm giá trị riêng của đơn vị",
        _add_value,
        _list_and_label,
        needs=Operation.ENTER,
    ),
    Verb(
        ("codes", "rename"),
        "đặt tên khác cho giá trị",
        _rename,
        _value_and_label,
        needs=Operation.ENTER,
    ),
    Verb(
        ("codes", "hide"),
        "không đưa giá trị ra chọn",
        _hide,
        _value_and_back,
        needs=Operation.ENTER,
    ),
    Verb(
        ("codes", "retire"),
        "thôi dùng giá trị từ một ngày",
        _retire,
        _value_and_day,
        needs=Operation.ENTER,
    ),
    Verb(
        ("codes", "count-as"),
        "tính giá trị như giá trị có sẵn",
        _count_as,
        _value_and_shipped,
        needs=Operation.ENTER,
    ),
    Verb(("task", "list"), "việc giao và được giao giữa các đơn vị", _tasks, _late),
    Verb(
        ("task", "give"),
        "giao một việc cho các đơn vị dưới",
        _give,
        _file_and_units,
        needs=Operation.ENTER,
    ),
    Verb(
        ("task", "answer"),
        "trả lời việc đơn vị trên giao",
        _answer,
        _id_and_file,
        needs=Operation.ENTER,
    ),
    Verb(
        ("task", "accept"),
        "ghi nhận việc đã xong như trả lời",
        _accept,
        _task_id,
        needs=Operation.ENTER,
    ),
    Verb(("proposal", "list"), "đề xuất và trả lời", _proposals),
    Verb(
        ("proposal", "reply"),
        "trả lời đề xuất của đơn vị dưới",
        _reply,
        _id_and_file,
        needs=Operation.ENTER,
    ),
)
