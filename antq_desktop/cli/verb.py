"""What a verb of the command line is: its words, its help and its function in one place."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.rights import MUST_CHANGE, Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.office import Office, Offices


@dataclass(frozen=True, slots=True)
class Told:
    """What a verb has to say: as lines for a person and as a value for `--json`.

    Attributes:
        lines: Vietnamese lines.
        value: The same for programs, with English keys.
        done: False when the verb ran but what it looked at does not hold (exit 1).
    """

    lines: Iterable[str]
    value: Json = None
    done: bool = True


@dataclass(frozen=True, slots=True)
class Desk:
    """What a verb works with.

    Attributes:
        offices: Opens and makes profiles.
        folder: The profile's folder.
        arguments: What was given.
    """

    offices: Offices
    folder: Path
    arguments: Namespace

    def password(self) -> str:
        """Return the password: the first line of the file, or typed unseen at the prompt.

        Raises:
            UserError: `password_file_unreadable`, `password_missing`.
        """
        given: str | None = self.arguments.password_file
        if given is None:
            if not sys.stdin.isatty():
                message = "Chưa có mật khẩu. Nêu tệp có mật khẩu trong câu lệnh, xem --help."
                raise UserError("password_missing", message, "password")
            from getpass import getpass

            try:
                return getpass("Mật khẩu: ")
            except EOFError as fault:
                raise UserError(
                    "password_missing", "Chưa nhập mật khẩu. Nhập mật khẩu.", "password"
                ) from fault
        try:
            text = Path(given).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as fault:
            message = f"Không đọc được tệp mật khẩu “{given}”. Kiểm tra lại đường dẫn."
            raise UserError("password_file_unreadable", message, "password") from fault
        return text.split("\n", 1)[0].rstrip("\r")

    def officer(self) -> str:
        """Return the officer's name.

        Raises:
            UserError: `officer_missing`.
        """
        name: str | None = self.arguments.officer
        if not name:
            message = "Chưa nêu cán bộ. Thêm --officer HỌ_TÊN rồi chạy lại."
            raise UserError("officer_missing", message, "officer")
        return name

    def open(self) -> Office:
        """Sign in to the profile, when the officer may do what the verb does.

        Raises:
            UserError: `not_allowed`; `password_must_change`, while a first password stands.
        """
        if self.arguments.key_file is not None:
            self.offices.take_key_file(Path(self.arguments.key_file))
        office = self.offices.open(self.folder, self.officer(), self.password())
        try:
            _admit(office, self.arguments.needs)
        except BaseException:
            office.close()
            raise
        trouble = office.journal.clock_trouble()
        if trouble:
            print(trouble, file=sys.stderr)
        return office


def _admit(office: Office, needs: Operation | None) -> None:
    if needs is not Operation.OWN_PASSWORD and office.standing.must_change:
        message = f"{MUST_CHANGE} Câu lệnh đổi mật khẩu: xem --help."
        raise UserError("password_must_change", message, "password")
    if needs is not None:
        office.standing.require(needs)


Configure = Callable[[ArgumentParser], None]
Function = Callable[[Desk], Told]


def no_arguments(_parser: ArgumentParser) -> None:
    """Take no arguments beyond the common ones."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: `("record", "add")` is `antq record add`.

    `needs` is what the officer must be allowed; None where the store alone decides, or nobody
    signs in. What a verb writes is allowed or refused by the store besides.
    """

    words: tuple[str, ...]
    help: str
    function: Function
    configure: Configure = field(default=no_arguments)
    needs: Operation | None = Operation.READ


def read_json(given: str) -> Json:
    """Return the JSON of a file, or of standard input for `-`.

    Raises:
        UserError: `file_unreadable`, `not_json`, `key_twice`.
    """
    try:
        data = sys.stdin.buffer.read() if given == "-" else Path(given).read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        message = f"Không đọc được tệp “{given}”. Kiểm tra lại đường dẫn và lưu tệp dạng UTF-8."
        raise UserError("file_unreadable", message) from fault
    try:
        value: Json = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as fault:
        line = getattr(fault, "lineno", 1)
        message = f"Tệp “{given}” không đúng dạng JSON ở dòng {line}. Sửa dòng đó rồi chạy lại."
        raise UserError("not_json", message) from fault
    return value


def _each_once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    name = next(name for name in names if names.count(name) > 1)
    message = f"Mục “{name}” có hai lần trong một hồ sơ của tệp. Bỏ một lần rồi chạy lại."
    raise UserError("key_twice", message, name)
