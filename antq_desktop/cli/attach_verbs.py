"""`antq attach …`: photographs and scans kept with records."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.cli.verb import Desk, Told, Verb
from antq_desktop.domain.attachments import show_size
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records.attachments import KIND
from antq_desktop.domain.rights import Operation

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.domain.record import Record


def _add(desk: Desk) -> Told:
    from antq_desktop.services.attachments import read_file

    given = desk.arguments
    data = read_file(Path(given.file))
    with closing(desk.open()) as office:
        kind, record = office.lists.find(given.record)
        saved = office.attachments.add(
            kind, record, data, name=Path(given.file).name, caption=given.caption or ""
        )
        value = _value(office.lists.show(KIND, saved.ids[0]).record)
    lines = [saved.sentence, f"  Lần ghi số {saved.seq}; hoàn tác: antq undo {saved.seq}"]
    return Told(lines, {"entry": saved.seq, **value})


def _list(desk: Desk) -> Told:
    with closing(desk.open()) as office:
        _kind, record = office.lists.find(desk.arguments.record)
        held = office.attachments.of([record]).get(record, [])
    values = [_value(one) for one in held]
    lines = [
        f"{one['id']}  {one['media']}  {show_size(int(str(one['size'])))}  {one['caption'] or ''}"
        for one in values
    ]
    return Told(lines or ["Không có tệp đính kèm."], {"attachments": values})


def _copy(desk: Desk) -> Told:
    given = desk.arguments
    with closing(desk.open()) as office:
        kind, record = office.lists.find(given.attachment)
        if kind != KIND:
            message = "Mã này không phải của tệp đính kèm. Xem mã bằng antq attach list."
            raise UserError("not_an_attachment", message)
        digest = str(office.lists.show(kind, record).values["digest"])
        path = office.attachments.save_copy(digest, record, Path(given.out))
    lines = [f"Đã lưu bản sao không mã hóa vào {path}. Việc này đã ghi vào nhật ký."]
    return Told(lines, {"file": str(path)})


def _value(one: Record) -> dict[str, Json]:
    values = one.values()
    return {
        "id": one.id,
        "media": str(values["media"]),
        "digest": str(values["digest"]),
        "size": int(str(values.get("size") or 0)),
        "caption": values.get("caption"),
    }


def _for_adding(parser: ArgumentParser) -> None:
    parser.add_argument("record", metavar="MÃ", help="mã hồ sơ, hoặc vài ký tự đầu")
    parser.add_argument("file", metavar="TỆP", help="tệp JPEG, PNG hoặc PDF, giữ nguyên cỡ ảnh")
    parser.add_argument("--caption", metavar="CHỮ", help="chú thích")


def _for_listing(parser: ArgumentParser) -> None:
    parser.add_argument("record", metavar="MÃ", help="mã hồ sơ, hoặc vài ký tự đầu")


def _for_copying(parser: ArgumentParser) -> None:
    parser.add_argument("attachment", metavar="MÃ", help="mã tệp đính kèm, xem bằng attach list")
    parser.add_argument("--out", required=True, metavar="TỆP", help="nơi ghi, không mã hóa")


VERBS = (
    Verb(
        ("attach", "add"),
        "Đính kèm ảnh, tài liệu vào hồ sơ",
        _add,
        _for_adding,
        needs=Operation.ENTER,
    ),
    Verb(("attach", "list"), "Xem các tệp đính kèm của hồ sơ", _list, _for_listing),
    Verb(
        ("attach", "copy"),
        "Lưu bản sao không mã hóa ra ngoài",
        _copy,
        _for_copying,
        needs=Operation.COPY_OUT,
    ),
)
