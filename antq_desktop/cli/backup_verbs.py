"""`antq backup make`, `list`, `check`, `restore`."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_date
from antq_desktop.services.restoring import Restoring, as_json, look_at
from antq_desktop.services.safekeeping import backups_of

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json


def _make(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        given = desk.arguments.to
        path = office.safekeeping.into(Path(given)) if given else office.safekeeping.now()
    if path is None:
        message = "Chưa chọn nơi giữ bản sao lưu. Thêm --to THƯ_MỤC rồi chạy lại."
        raise UserError("backup_place_missing", message, "to")
    return Told([f"Đã sao lưu và đọc lại được: {path}."], {"file": str(path)})


def _list(desk: Desk) -> Told:
    found = backups_of(Path(desk.arguments.folder))
    lines = [f"{show_date(one.day.isoformat())}  {one.name}" for one in found]
    value: Json = [{"day": one.day.isoformat(), "file": one.name} for one in found]
    return Told(lines or ["Không có bản sao lưu nào ở thư mục này."], value)


def _check(desk: Desk) -> Told:
    path = Path(desk.arguments.file)
    look_at(path)
    restoring = Restoring(desk.offices.profiles, desk.folder)
    contents = restoring.look_into(path, desk.officer(), desk.password())
    return Told(contents.sentences(), as_json(contents))


def _restore(desk: Desk) -> Told:
    path = Path(desk.arguments.file)
    look_at(path)
    restoring = Restoring(desk.offices.profiles, desk.folder)
    done = restoring.restore(path, desk.officer(), desk.password())
    lines = done.sentences()
    if desk.arguments.minute:
        saved = done.save_minute(Path(desk.arguments.minute))
        lines.append(f"Đã ghi biên bản: {saved}.")
    value: dict[str, Json] = {
        **as_json(done.contents),
        "writer": done.restored.writer,
        "erased_again": done.restored.erased,
        "kept": str(done.kept) if done.kept else None,
    }
    return Told(lines, value)


def _takes_folder(parser: ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="thư mục có bản sao lưu")


def _takes_target(parser: ArgumentParser) -> None:
    parser.add_argument("--to", metavar="DIR", default="", help="thư mục khác nơi đã chọn")


def _takes_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="F", help="tệp .antqbak")


def _takes_file_and_minute(parser: ArgumentParser) -> None:
    _takes_file(parser)
    parser.add_argument("--minute", metavar="PDF", default="", help="ghi biên bản ra tệp PDF")


VERBS = (
    Verb(("backup", "make"), "sao lưu ngay và đọc lại", _make, _takes_target, None),
    Verb(("backup", "list"), "liệt kê bản sao lưu của một thư mục", _list, _takes_folder, None),
    Verb(("backup", "check"), "xem trong bản sao lưu có gì", _check, _takes_file, None),
    Verb(
        ("backup", "restore"), "khôi phục vào thư mục dữ liệu", _restore, _takes_file_and_minute,
        None,
    ),
)  # fmt: skip
