"""`antq period …`: the windows of reporting periods, shown and set otherwise."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from antq_desktop.cli.standards_verbs import table
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.periods import CALENDAR
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json

_YES, _NO = "có", "không"


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        periods = office.periods
        held = {
            code: (preset, periods.window_of(code))
            for code, preset in periods.presets.items()
            if code != CALENDAR.code
        }
        rows = [
            (code, preset.title, window.begins, window.ends, "đã sửa" if preset.edited else "")
            for code, (preset, window) in held.items()
        ]
        value: Json = [
            {"code": code, "title": preset.title, "edited": preset.edited, **asdict(window)}
            for code, (preset, window) in held.items()
        ]
        return Told(list(table(("Mã", "Kỳ", "Bắt đầu", "Đến hết", ""), rows)), value)


def _set(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        window = office.periods.window_of(given.code)
        changes = {
            name: value
            for name in ("begins", "ends", "weekday", "years", "from_year")
            if (value := getattr(given, name)) is not None
        }
        if given.year_before is not None:
            changes["year_before"] = given.year_before == _YES
        return Told([office.periods.set_window(given.code, replace(window, **changes))])


def _reset(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        return Told([office.periods.set_window(desk.arguments.code, None)])


def _code(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="mã kỳ, xem antq period list")


def _set_arguments(parser: ArgumentParser) -> None:
    _code(parser)
    parser.add_argument("--begins", metavar="D/M", help="ngày bắt đầu: 15/12; ngày Tết: Tết-1")
    parser.add_argument("--ends", metavar="D/M", help="đến hết ngày, với đợt và ngày Tết")
    parser.add_argument("--year-before", choices=(_YES, _NO), help="bắt đầu từ năm trước")
    parser.add_argument("--weekday", type=int, metavar="N", help="tuần bắt đầu: 1 là thứ Hai")
    parser.add_argument("--years", type=int, metavar="N", help="số năm của một giai đoạn")
    parser.add_argument("--from-year", type=int, metavar="YYYY", help="năm có giai đoạn bắt đầu")


VERBS = (
    Verb(("period", "list"), "các kỳ báo cáo và ngày của từng kỳ", _list),
    Verb(
        ("period", "set"), "sửa ngày của một kỳ, chỉ ở máy này", _set, _set_arguments,
        Operation.SETTINGS,
    ),
    Verb(
        ("period", "reset"), "lấy lại kỳ theo mẫu của chương trình", _reset, _code,
        Operation.SETTINGS,
    ),
)  # fmt: skip
