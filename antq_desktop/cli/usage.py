"""Wrong usage and help in Vietnamese: `argparse` speaks English wherever it is let."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Final, NoReturn

from antq_desktop.domain.errors import UserError

_LONGEST_QUOTE: Final = 60
_METAVARS: Final = {
    "CODE": "MÃ_ĐƠN_VỊ",
    "DAY": "NGÀY",
    "DIGEST": "MÃ_GÓI",
    "DIR": "THƯ_MỤC",
    "ENTRY": "SỐ",
    "D6=FIGURE": "D6=CHỈ_TIÊU",
    "F": "TỆP",
    "FILE": "TỆP",
    "FILE.pdf": "TỆP.pdf",
    "FILE.toml": "TỆP.toml",
    "FILE.xlsx": "TỆP.xlsx",
    "FORM": "BIỂU_MẪU",
    "ID": "MÃ",
    "KIND": "LOẠI",
    "LIST": "DANH_MỤC",
    "N": "SỐ",
    "NAME": "HỌ_TÊN",
    "P": "KỲ",
    "TEXT": "CHỮ",
    "UNIT": "ĐƠN_VỊ",
    "VALUE": "GIÁ_TRỊ",
}
# What argparse says, from Python 3.11 on; what is not among them is told without its English.
_SAID: Final = tuple(
    (re.compile(pattern, re.DOTALL), told)
    for pattern, told in (
        (r"the following arguments are required: (.+)", "còn thiếu {0}"),
        (r"one of the arguments (.+) is required", "cần một trong {0}"),
        (r"unrecognized arguments: (.+)", "không có tùy chọn {0}"),
        (
            r"argument (.+?): invalid choice: (.+) \(choose from (.+?)\)",
            "{0} không nhận {1}, chỉ nhận {2}",
        ),
        (r"argument (.+?): invalid \S+ value: (.+)", "{0} không nhận {1}"),
        (r"argument (.+?): expected one argument", "{0} cần một giá trị"),
        (r"argument (.+?): expected .*", "{0} cần giá trị đi kèm"),
        (r"argument (.+?): ignored explicit argument (.+)", "{0} không có giá trị đi kèm"),
        (r"argument (.+?): not allowed with argument (.+)", "{0} không dùng cùng {1}"),
    )
)


class Parser(argparse.ArgumentParser):
    """Wrong usage is the user's error and is told like any other."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, in Vietnamese.

        Raises:
            UserError: `usage`.
        """
        told = in_vietnamese(message)
        what = f" ({told})" if told else ""
        raise UserError("usage", f"Câu lệnh chưa đúng{what}. Xem cách dùng: {self.prog} --help")


def in_vietnamese(message: str) -> str:
    """Return what `argparse` said, in Vietnamese; empty when it is not known what it said."""
    for pattern, told in _SAID:
        found = pattern.fullmatch(message)
        if found:
            return told.format(*map(_short, found.groups()))
    return ""


def _short(quoted: str) -> str:
    return quoted if len(quoted) <= _LONGEST_QUOTE else quoted[: _LONGEST_QUOTE - 1] + "…"


class Formatter(argparse.HelpFormatter):
    """The help page, from its first word on."""

    def add_usage(
        self,
        usage: str | None,
        actions: object,
        groups: object,
        prefix: str | None = None,
    ) -> None:
        """Begin with “Cách dùng”."""
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)  # type: ignore[arg-type]


def made(parser: Parser) -> Parser:
    """Give a new parser its headings and its help option."""
    # WORKAROUND: argparse offers no way to name its two standing groups
    parser._optionals.title = "Tùy chọn"  # noqa: SLF001
    parser._positionals.title = "Tham số"  # noqa: SLF001
    parser.add_argument("-h", "--help", action="help", help="hiện phần trợ giúp này")
    return parser


def name_values(parser: Parser) -> None:
    """Name the values of all options and arguments of a parser in Vietnamese."""
    for action in parser._actions:  # noqa: SLF001 - argparse gives no other way to them
        if isinstance(action.metavar, str):
            action.metavar = _METAVARS.get(action.metavar, action.metavar)


def up_to(most: int) -> Callable[[str], int]:
    """Return what reads a whole number from 1 to `most`, as `argparse` calls it."""

    def number(typed: str) -> int:
        found = int(typed)
        if not 1 <= found <= most:
            raise ValueError
        return found

    return number
