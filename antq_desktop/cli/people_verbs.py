"""`antq people …`, `antq password`, `antq recovery …`: who may sign in, as what, and with what."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import AREA_NAMES, Operation, Role
from antq_desktop.domain.shown import show_date
from antq_desktop.domain.text import nfc

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.people import Person

_NEW_PASSWORD: Final = "tệp có mật khẩu mới ở dòng đầu; không nêu thì được hỏi"  # noqa: S105
_ALL: Final = "all"


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        people = office.people.every()
        sheet = office.recovery.made_at()
    lines = [_line(one) for one in people]
    lines.append("Có phiếu khôi phục." if sheet is not None else "Chưa có phiếu khôi phục.")
    found: list[Json] = [
        {
            "name": one.name,
            "roles": sorted(role.value for role in one.roles),
            "areas": sorted(one.areas),
            "since": one.since,
            "must_change": one.must_change,
        }
        for one in people
    ]
    return Told(lines, {"people": found, "recovery_sheet": sheet is not None})


def _line(one: Person) -> str:
    first = " · mật khẩu ban đầu" if one.must_change else ""
    return f"{one.name} · {one.role_label} · {one.area_label} · {show_date(one.since)}{first}"


def _add(desk: Desk) -> Told:
    given = desk.arguments
    own = desk.password()
    with closing(desk.open()) as office:
        return _done(
            office.people.add(
                given.name,
                new_password(given.new_password_file),
                own,
                roles=_roles(given.role or [Role.OFFICER.value]),
                areas=_areas(given.area or []),
            )
        )


def _appoint(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        held = next((one for one in office.people.every() if one.name == nfc(given.name)), None)
        areas = held.areas if held and not given.area else _areas(given.area or [])
        return _done(office.people.appoint(given.name, _roles(given.role), areas))


def _reset(desk: Desk) -> Told:
    given = desk.arguments
    own = desk.password()
    with closing(desk.open()) as office:
        password = new_password(given.new_password_file)
        return _done(office.people.reset(given.name, password, own))


def _remove(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        return _done(office.people.remove(desk.arguments.name))


def _password(desk: Desk) -> Told:
    own = desk.password()
    with closing(desk.open()) as office:
        password = new_password(desk.arguments.new_password_file)
        return _done(office.people.change_own(own, password))


def _make_sheet(desk: Desk) -> Told:
    given = desk.arguments
    own = desk.password()
    with closing(desk.open()) as office:
        sheet = office.recovery.make(own)
        lines = ["Mã khôi phục, chỉ hiện một lần. Chép hoặc in ra giấy, niêm phong:", sheet.code]
        value: dict[str, Json] = {"code": sheet.code, "made_at": sheet.made_at}
        if given.out:
            path = office.papers.save(office.recovery.paper(sheet), Path(given.out))
            lines.append(f"Đã ghi {path}. In xong thì xóa tệp này.")
            value["file"] = str(path)
    return Told(lines, value)


def _use_sheet(desk: Desk) -> Told:
    given = desk.arguments
    code = _first_line(given.code_file, "Mã khôi phục: ", "code")
    password = new_password(given.new_password_file)
    return _done(desk.offices.recover(desk.folder, code, desk.officer(), password))


def _make_key_file(desk: Desk) -> Told:
    own = desk.password()
    with closing(desk.open()) as office:
        return _done(office.people.make_key_file(own, Path(desk.arguments.to)))


def _drop_key_file(desk: Desk) -> Told:
    own = desk.password()
    with closing(desk.open()) as office:
        return _done(office.people.drop_key_file(own))


def new_password(file: str | None) -> str:
    """Return the password that is to be set: from a file, or typed unseen twice.

    Raises:
        UserError: `password_file_unreadable`, `password_missing`, `passwords_differ`.
    """
    found = _first_line(file, "Mật khẩu mới: ", "password")
    if file is None and _asked("Nhập lại mật khẩu mới: ", "repeated") != found:
        message = "Hai lần nhập mật khẩu không giống nhau. Chạy lại câu lệnh."
        raise UserError("passwords_differ", message, "repeated")
    return found


def _first_line(file: str | None, asking: str, field: str) -> str:
    if file is None:
        return _asked(asking, field)
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Không đọc được tệp “{file}”. Kiểm tra lại đường dẫn."
        raise UserError("password_file_unreadable", message, field) from fault
    return text.split("\n", 1)[0].rstrip("\r")


def _asked(asking: str, field: str) -> str:
    message = "Chưa nêu đủ trong câu lệnh: cần tệp có nội dung ở dòng đầu, xem --help."
    if not sys.stdin.isatty():
        raise UserError("password_missing", message, field)
    from getpass import getpass

    try:
        return getpass(asking)
    except EOFError as fault:
        raise UserError("password_missing", message, field) from fault


def _roles(names: list[str]) -> list[Role]:
    return [Role(name) for name in names]


def _areas(names: list[str]) -> frozenset[str]:
    return frozenset() if _ALL in names else frozenset(names)


def _done(sentence: str) -> Told:
    return Told([sentence], {"done": sentence})


def _named(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="họ tên cán bộ")


def _new(parser: ArgumentParser) -> None:
    parser.add_argument("--new-password-file", metavar="F", help=_NEW_PASSWORD)


def _with_roles(parser: ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--role",
        action="append",
        required=required,
        choices=[role.value for role in Role],
        help="vai trò; nêu nhiều lần cho nhiều vai trò",
    )
    parser.add_argument(
        "--area",
        action="append",
        choices=[_ALL, *AREA_NAMES],
        help="mảng việc được ghi; all: mọi mảng; nêu nhiều lần cho nhiều mảng",
    )


def _add_arguments(parser: ArgumentParser) -> None:
    _named(parser)
    _with_roles(parser, required=False)
    _new(parser)


def _appoint_arguments(parser: ArgumentParser) -> None:
    _named(parser)
    _with_roles(parser, required=True)


def _reset_arguments(parser: ArgumentParser) -> None:
    _named(parser)
    _new(parser)


def _sheet_out(parser: ArgumentParser) -> None:
    parser.add_argument("--out", metavar="FILE.pdf", help="ghi phiếu thành tệp để in")


def _to(parser: ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="DIR", help="thư mục gốc của USB")


def _use_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--code-file", metavar="F", help="tệp có mã khôi phục ở dòng đầu; không nêu thì được hỏi"
    )
    _new(parser)


def verbs() -> Iterator[Verb]:
    """Yield the verbs of this file."""
    yield Verb(
        ("people", "list"),
        "cán bộ được đăng nhập, vai trò, mảng việc",
        _list,
        needs=Operation.PEOPLE,
    )
    yield Verb(
        ("people", "add"),
        "thêm cán bộ, mật khẩu dùng một lần",
        _add,
        _add_arguments,
        needs=Operation.PEOPLE,
    )
    yield Verb(
        ("people", "roles"),
        "giao vai trò, mảng việc",
        _appoint,
        _appoint_arguments,
        needs=Operation.PEOPLE,
    )
    yield Verb(
        ("people", "reset"),
        "đặt lại mật khẩu cho cán bộ",
        _reset,
        _reset_arguments,
        needs=Operation.PEOPLE,
    )
    yield Verb(
        ("people", "remove"), "cho cán bộ thôi đăng nhập", _remove, _named, needs=Operation.PEOPLE
    )
    yield Verb(
        ("password",), "đổi mật khẩu của mình", _password, _new, needs=Operation.OWN_PASSWORD
    )
    yield Verb(
        ("keyfile", "make"),
        "ghi tệp chìa khóa ra USB; từ đó đăng nhập cần cả mật khẩu và tệp",
        _make_key_file,
        _to,
        needs=Operation.OWN_PASSWORD,
    )
    yield Verb(
        ("keyfile", "drop"),
        "thôi dùng tệp chìa khóa khi đăng nhập",
        _drop_key_file,
        needs=Operation.OWN_PASSWORD,
    )
    yield Verb(
        ("recovery", "make"),
        "lập phiếu khôi phục mới",
        _make_sheet,
        _sheet_out,
        needs=Operation.PEOPLE,
    )
    yield Verb(
        ("recovery", "use"),
        "đặt lại mật khẩu cán bộ quản trị bằng phiếu khôi phục",
        _use_sheet,
        _use_arguments,
        needs=None,
    )


VERBS = tuple(verbs())
