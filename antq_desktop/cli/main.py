"""`antq`: reads the words, runs the verb, tells a person or a program, and ends with 0 to 3.

0 done; 1 the user's error, wrong usage too; 2 the environment; 3 a bug of the program.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.cli import (
    attach_verbs,
    backup_verbs,
    between_verbs,
    bundle_verbs,
    change_verbs,
    demo_verb,
    fork_verbs,
    keys_verbs,
    paper_bundle_verbs,
    paper_verbs,
    people_verbs,
    period_verbs,
    record_verbs,
    retention_verbs,
    sheet_verbs,
    standards_verbs,
    store_verbs,
    target_verbs,
    unit_verbs,
)
from antq_desktop.cli.usage import Formatter, Parser, made, name_values
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import EnvironmentFault, Fault, UserError

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Offices

DONE, USER_ERROR, ENVIRONMENT, BUG = 0, 1, 2, 3
VERBS: Final = (
    *store_verbs.VERBS,
    *record_verbs.VERBS,
    *attach_verbs.VERBS,
    *backup_verbs.VERBS,
    *keys_verbs.VERBS,
    *bundle_verbs.VERBS,
    *paper_bundle_verbs.VERBS,
    *fork_verbs.VERBS,
    *change_verbs.VERBS,
    *people_verbs.VERBS,
    *retention_verbs.VERBS,
    *paper_verbs.VERBS,
    *target_verbs.VERBS,
    *sheet_verbs.VERBS,
    *standards_verbs.VERBS,
    *period_verbs.VERBS,
    *unit_verbs.VERBS,
    *between_verbs.VERBS,
    *demo_verb.VERBS,
)
_GROUPS: Final = {
    "record": "hồ sơ",
    "target": "chép số sang hệ thống khác",
    "attach": "ảnh, tài liệu đính kèm",
    "backup": "bản sao lưu, khôi phục",
    "history": "nhật ký",
    "people": "cán bộ, vai trò, mật khẩu",
    "recovery": "phiếu khôi phục",
    "keyfile": "tệp chìa khóa khi đăng nhập",
    "retention": "thời hạn lưu, rà soát hằng năm",
    "keys": "chìa khóa số, đăng ký máy",
    "bundle": "gói dữ liệu",
    "units": "đơn vị nhập, chia, đổi tên",
    "fork": "hai bản dữ liệu cùng gửi",
    "report": "số liệu của một kỳ",
    "period": "kỳ báo cáo và ngày của từng kỳ",
    "paper": "giấy đã in",
    "codes": "danh mục của đơn vị",
    "task": "việc giao, được giao",
    "zero": "báo cáo không phát sinh",
    "request": "yêu cầu giữa các đơn vị",
    "figure": "số liệu đã báo cáo",
    "conflict": "mục do hai nơi ghi khác nhau",
    "proposal": "đề xuất lên cấp trên",
    "standards": "tiêu chuẩn: tiến độ, phiếu chấm, phân loại",
    "sheet": "bảng tính Excel: tệp mẫu, xuất, nhập",
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = made(Parser(prog="antq", add_help=False, allow_abbrev=False, formatter_class=Formatter))
    top.description = "ANTQ Desktop bằng dòng lệnh: cùng những việc như trong cửa sổ."
    top.epilog = "Mở cửa sổ: antq window [--data THƯ_MỤC], hoặc chỉ antq."
    _common(top, suppress=False)
    name_values(top)
    verbs = _subparsers(top, "verb")
    groups: dict[str, argparse._SubParsersAction[Parser]] = {}
    for verb in VERBS:
        home = verbs
        if len(verb.words) > 1:
            name = verb.words[0]
            if name not in groups:
                group = _added(verbs, name, _GROUPS[name])
                groups[name] = _subparsers(group, f"{name}_verb")
            home = groups[name]
        each = _added(home, verb.words[-1], verb.help)
        _common(each, suppress=True)
        verb.configure(each)
        name_values(each)
        each.set_defaults(function=verb.function, needs=verb.needs)
    return top


def _subparsers(home: Parser, name: str) -> argparse._SubParsersAction[Parser]:
    return home.add_subparsers(dest=name, metavar="VIỆC", title="Các việc", required=True)


def _added(home: argparse._SubParsersAction[Parser], name: str, help_: str) -> Parser:
    return made(
        home.add_parser(
            name,
            help=help_,
            description=help_,
            add_help=False,
            allow_abbrev=False,
            formatter_class=Formatter,
        )
    )


def _common(each: Parser, *, suppress: bool) -> None:
    """Common options stand before or after the verb; the later one must not reset the earlier."""
    nothing = argparse.SUPPRESS if suppress else None
    no = argparse.SUPPRESS if suppress else False
    each.add_argument("--data", default=nothing, metavar="DIR", help="thư mục dữ liệu")
    each.add_argument(
        "--password-file", default=nothing, metavar="F", help="tệp có mật khẩu ở dòng đầu"
    )
    each.add_argument(
        "--key-file", default=nothing, metavar="F", help="tệp chìa khóa, nếu đăng nhập cần"
    )
    each.add_argument("--officer", default=nothing, metavar="NAME", help="họ tên cán bộ")
    each.add_argument("--json", action="store_true", default=no, help="trả lời bằng JSON")


def run(arguments: Sequence[str], offices: Callable[..., Offices], default_folder: Path) -> int:
    """Run one command and return its exit code.

    Args:
        arguments: The words behind `antq`.
        offices: Makes what opens profiles.
        default_folder: The profile when `--data` names none.
    """
    _speak_utf8()
    as_json = "--json" in arguments
    try:
        given = parser().parse_args(arguments)
        folder = Path(given.data) if given.data else default_folder
        easy = getattr(given, "sample", False) is True
        told: Told = given.function(Desk(offices(easy_keys=easy), folder, given))
        _say(told, as_json=as_json)
    except UserError as fault:
        return _complain(fault.code, fault.message, fault.faults, USER_ERROR, as_json=as_json)
    except EnvironmentFault as fault:
        return _complain(fault.code, fault.message, (), ENVIRONMENT, as_json=as_json)
    except BrokenPipeError:
        _let_the_pipe_go()
        return DONE
    except KeyboardInterrupt:
        return _complain("interrupted", "Đã dừng theo yêu cầu.", (), USER_ERROR, as_json=as_json)
    except SystemExit:  # argparse has shown the help
        return DONE
    except Exception:
        logging.getLogger(__name__).exception("unexpected error")
        message = "Chương trình gặp lỗi ngoài dự kiến; dữ liệu đã lưu vẫn còn nguyên."
        return _complain("bug", message, (), BUG, as_json=as_json)
    return DONE if told.done else USER_ERROR


def no_screen() -> int:
    """Say that no window can be opened here, and return the exit code."""
    _speak_utf8()
    message = (
        "Không mở được cửa sổ: phiên làm việc này không có màn hình. Mở từ màn hình nền của máy, "
        "hoặc dùng dòng lệnh; “antq --help” liệt kê các việc."
    )
    return _complain("no_screen", message, (), ENVIRONMENT, as_json=False)


def _let_the_pipe_go() -> None:
    """Nobody reads any more (`antq dump | head`); at the end Python would complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(told: Told, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told.value, ensure_ascii=False, sort_keys=True))
    else:
        for line in told.lines:
            print(line)
    sys.stdout.flush()  # a reader that has gone is met here, not when Python ends


def _complain(
    code: str, message: str, faults: Sequence[Fault], exit_code: int, *, as_json: bool
) -> int:
    if as_json:
        beside: list[Json] = [
            {"code": f.code, "field": f.field, "message": f.message, "warning": f.warning}
            for f in faults
        ]
        error: Json = {"error": {"code": code, "message": message, "faults": beside}}
        print(json.dumps(error, ensure_ascii=False, sort_keys=True))
        return exit_code
    print(message, file=sys.stderr)
    if len(faults) > 1:
        for fault in faults:
            print(f"  - {fault.message}", file=sys.stderr)
    return exit_code


__all__ = ["BUG", "DONE", "ENVIRONMENT", "USER_ERROR", "VERBS", "Verb", "parser", "run"]
