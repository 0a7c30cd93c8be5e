"""`antq fork …`: two copies of one store that both sent, told apart and gone on with."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.forks import Fork

_SHOWN = 16


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        forks = office.handover.forks.found()
        twin = office.handover.restarting.twin()
    lines = [_line(fork) for fork in forks]
    if twin is not None:
        lines.append(
            f"{twin.unit} báo bản dữ liệu này có hai bản cùng gửi từ gói số {twin.number}."
            " Bắt đầu bản mới: antq fork restart --reason …"
        )
    value: Json = {
        "forks": [_value(fork) for fork in forks],
        "twin": {"writer": twin.writer, "number": twin.number} if twin else None,
    }
    return Told(lines or ["Không có hai bản dữ liệu cùng gửi."], value)


def _line(fork: Fork) -> str:
    state = "đã khắc phục" if fork.settled else "chờ khắc phục"
    here = ", ".join(f"số {one.number}" for one in fork.here) or "chưa có"
    there = ", ".join(f"số {one.number}" for one in fork.there) or "không còn"
    return (
        f"{fork.writer} · {fork.unit} · từ gói số {fork.number} · {state}"
        f" · đã nhập: {here} · để riêng: {there}"
    )


def _value(fork: Fork) -> Json:
    return {
        "writer": fork.writer,
        "device": fork.device,
        "number": fork.number,
        "here": [one.digest for one in fork.here],
        "there": [one.digest for one in fork.there],
        "settled": fork.settled is not None,
    }


def _show(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        forks = office.handover.forks
        fork = forks.fork(desk.arguments.writer)
        beside = forks.beside(fork)
    lines = [_line(fork)]
    lines += [f"  đã nhập  số {one.number} · mã {one.digest[:_SHOWN]}" for one in fork.here]
    lines += [f"  để riêng số {one.number} · mã {one.digest[:_SHOWN]}" for one in fork.there]
    lines += [f"{one.name} · {one.label}: {one.here} | {one.there}" for one in beside]
    value: Json = {
        "fork": _value(fork),
        "apart": [
            {"kind": one.kind, "id": one.record, "here": one.here, "there": one.there}
            for one in beside
        ],
    }
    return Told(lines, value)


def _settle(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        forks = office.handover.forks
        done = forks.settle(
            forks.fork(given.writer),
            keep_other=given.keep == "other",
            reason=given.reason,
            confirmed_by=given.confirmed_by,
        )
    value: Json = {"kept": done.settlement.kept, "waiting": done.waiting}
    return Told([done.sentence], value)


def _minute(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        forks = office.handover.forks
        path = forks.write_minute(forks.fork(given.writer), Path(given.to))
    return Told([f"Đã ghi biên bản: {path}"], {"file": str(path)})


def _restart(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        done = office.handover.restarting.begin_anew(desk.arguments.reason)
    return Told([done.sentence], {"writer": done.writer, "records": done.records})


def _named(parser: ArgumentParser) -> None:
    parser.add_argument("writer", metavar="W", help="mã bản dữ liệu, như fork list ghi")


def _settling(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument(
        "--keep",
        required=True,
        choices=("merged", "other"),
        help="merged: giữ gói đã nhập; other: thay bằng gói để riêng",
    )
    _reason(parser)
    parser.add_argument(
        "--confirmed-by", required=True, metavar="WHO", help="người của đơn vị gửi xác nhận"
    )


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="R", help="nguyên nhân")


def _writing(parser: ArgumentParser) -> None:
    _named(parser)
    parser.add_argument("--to", required=True, metavar="DIR", help="thư mục để ghi biên bản")


_IN = Operation.TAKE_IN
VERBS = (
    Verb(("fork", "list"), "hai bản dữ liệu cùng gửi", _list, needs=_IN),
    Verb(("fork", "show"), "hai nội dung cạnh nhau", _show, _named, needs=_IN),
    Verb(("fork", "settle"), "chọn bản được giữ", _settle, _settling, needs=_IN),
    Verb(("fork", "minute"), "ghi biên bản khắc phục", _minute, _writing, needs=_IN),
    Verb(("fork", "restart"), "bắt đầu bản mới ở máy này", _restart, _reason, needs=_IN),
)
