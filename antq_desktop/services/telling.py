"""History in words: what an action did to a record, as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from antq_desktop.domain.changes import Action, Change
from antq_desktop.domain.fields import VOID, FieldKind, FieldSpec, RecordSpec, Value
from antq_desktop.domain.text import opening
from antq_desktop.services.lists import Lists

ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        Action.INIT: "tạo dữ liệu",
        Action.ADD: "thêm mới",
        Action.SET: "sửa",
        Action.VOID: "hủy",
        Action.UNDO: "hoàn tác",
        Action.READ_PRIVATE: "xem mục riêng tư",
        Action.FIND_PERSON: "tìm theo người",
        Action.ANSWER_PERSON: "trả lời người có dữ liệu",
        Action.SIGN_IN: "đăng nhập",
        Action.SETTLE: "chọn giá trị",
        Action.ENROL: "đăng ký máy",
        Action.REVOKE: "thu hồi chìa khóa số",
        Action.SEAL: "lập gói",
        Action.CARRY: "ghi gói ra",
        Action.MERGE: "nhập gói",
        Action.WITHDRAW: "rút lại gói đã nhập",
        Action.ANSWER: "nạp phiếu xác nhận",
        Action.PRINT: "in",
        Action.COPY_OUT: "lưu bản sao ra ngoài",
        Action.ERASE: "xóa theo thời hạn lưu trữ",
        Action.RESTORE: "khôi phục từ bản sao lưu",
        Action.PEOPLE: "quản lý cán bộ",
        Action.PASSWORD: "đổi mật khẩu",
        Action.SETTINGS: "đổi thiết lập",
        Action.PRINT_HISTORY: "in nhật ký",
    }
)
EMPTY: Final = "(trống)"
HIDDEN: Final = "(mục riêng tư)"
OF_PROGRAM: Final = "số liệu của chương trình"


def change_lines(spec: RecordSpec, change: Change, lists: Lists) -> Iterator[str]:
    """Yield one line for each field that an action changed; private values stay hidden."""
    if change.erased:
        yield "Nội dung đã được xóa theo thời hạn lưu trữ."
        return
    if change.note:
        yield change.note
    titles = _titles(spec, change, lists)

    def text(field: FieldSpec, value: Value) -> str:
        return lists.text_of(field, value, titles) or EMPTY

    for path in change.after:
        before, after = change.before.get(path), change.after.get(path)
        if path == VOID:
            yield f"Hủy: {after}" if after else f"Thôi hủy (lý do cũ: {before})"
            continue
        yield f"{_label(spec, path, lists)}: {_shown(spec, path, before, after, text)}"


def _label(spec: RecordSpec, path: str, lists: Lists) -> str:
    steps = path.split("/")
    try:
        label = spec.at(path).label
    except KeyError:
        return path
    if len(steps) != 3:
        return label
    line = spec.line(steps[0])
    return f"{opening(lists.line_name(line, steps[1]))} · {label}"


def _shown(
    spec: RecordSpec,
    path: str,
    before: Value,
    after: Value,
    text: Callable[[FieldSpec, Value], str],
) -> str:
    try:
        field = spec.at(path)
    except KeyError:
        return f"{before} → {after}"
    if field.private:
        return HIDDEN
    if field.machine:
        return OF_PROGRAM
    new = text(field, after)
    return new if before is None else f"{text(field, before)} → {new}"


def _titles(spec: RecordSpec, change: Change, lists: Lists) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in spec.fields:
        if field.kind is not FieldKind.REFERENCE:
            continue
        ids = [change.before.get(field.name), change.after.get(field.name)]
        wanted = [value for value in ids if isinstance(value, str)]
        for kind in field.refers_to if wanted else ():
            found.update(lists.titles(kind, wanted))
    return found
