"""`antq`: reads the words, runs the verb, tells a person or a program, and ends with 0 to 3.

0 done; 1 the user's error, wrong usage too; 2 the environment; 3 a bug of the program.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from antq_desktop.cli import bundle_verbs, record_verbs, store_verbs
from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import EnvironmentFault, Fault, UserError

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Offices

DONE, USER_ERROR, ENVIRONMENT, BUG = 0, 1, 2, 3
VERBS: Final = (*store_verbs.VERBS, *record_verbs.VERBS, *bundle_verbs.VERBS)
_GROUPS: Final = {
    "record": "hồ sơ",
    "history": "nhật ký",
    "keys": "chìa khóa số, đăng ký máy",
    "bundle": "gói dữ liệu",
}


class _Parser(argparse.ArgumentParser):
    """Wrong usage is the user's error and is told like any other."""

    def error(self, message: str) -> NoReturn:
        known = f"Câu lệnh chưa đúng ({message}). Xem cách dùng: {self.prog} --help"
        raise UserError("usage", known)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: object,
        groups: object,
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Cách dùng: ")  # type: ignore[arg-type]


def parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    top = _made(_Parser(prog="antq", add_help=False, formatter_class=_Formatter))
    top.description = "ANTQ Desktop bằng dòng lệnh: cùng những việc như trong cửa sổ."
    _common(top, suppress=False)
    verbs = _subparsers(top, "verb")
    groups: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for verb in VERBS:
        home = verbs
        if len(verb.words) > 1:
            name = verb.words[0]
            if name not in groups:
                group = _added(verbs, name, _GROUPS[name])
                groups[name] = _subparsers(group, f"{name}_verb")
            home = groups[name]
        made = _added(home, verb.words[-1], verb.help)
        _common(made, suppress=True)
        verb.configure(made)
        made.set_defaults(function=verb.function)
    return top


def _subparsers(home: _Parser, name: str) -> argparse._SubParsersAction[_Parser]:
    return home.add_subparsers(dest=name, metavar="VIỆC", title="Các việc", required=True)


def _added(home: argparse._SubParsersAction[_Parser], name: str, help_: str) -> _Parser:
    return _made(
        home.add_parser(
            name, help=help_, description=help_, add_help=False, formatter_class=_Formatter
        )
    )


def _made(made: _Parser) -> _Parser:
    # WORKAROUND: argparse offers no way to name its two standing groups
    made._optionals.title = "Tùy chọn"  # noqa: SLF001
    made._positionals.title = "Tham số"  # noqa: SLF001
    made.add_argument("-h", "--help", action="help", help="hiện phần trợ giúp này")
    return made


def _common(made: _Parser, *, suppress: bool) -> None:
    """Common options stand before or after the verb; the later one must not reset the earlier."""
    nothing = argparse.SUPPRESS if suppress else None
    no = argparse.SUPPRESS if suppress else False
    made.add_argument("--data", default=nothing, metavar="DIR", help="thư mục dữ liệu")
    made.add_argument(
        "--password-file", default=nothing, metavar="F", help="tệp có mật khẩu ở dòng đầu"
    )
    made.add_argument("--officer", default=nothing, metavar="NAME", help="họ tên cán bộ")
    made.add_argument("--json", action="store_true", default=no, help="trả lời bằng JSON")


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
        return DONE
    except Exception:
        logging.getLogger(__name__).exception("unexpected error")
        message = "Chương trình gặp lỗi ngoài dự kiến; dữ liệu đã lưu vẫn còn nguyên."
        return _complain("bug", message, (), BUG, as_json=as_json)
    return DONE if told.done else USER_ERROR


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(told: Told, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told.value, ensure_ascii=False, sort_keys=True))
        return
    for line in told.lines:
        print(line)


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
