"""What each role may do: one table, read by the store at every action and by both faces.

Every action that writes goes through one door of the store, and reads of private fields, searches
for a person and prints are such actions. So the window and the command line obey the same table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError


class Role(StrEnum):
    """What an officer was asked to do on this device; one officer may have several."""

    OFFICER = "officer"
    LEADER = "leader"
    ADMINISTRATOR = "admin"
    READER = "reader"


class Operation(StrEnum):
    """What a role allows."""

    READ = "read"
    ENTER = "enter"
    READ_PRIVATE = "read_private"
    FIND_PERSON = "find_person"
    ANSWER_PERSON = "answer_person"
    PRINT = "print"
    COPY_OUT = "copy_out"
    TAKE_IN = "take_in"
    HAND_OVER = "hand_over"
    ERASE = "erase"
    KEYS = "keys"
    PEOPLE = "people"
    SETTINGS = "settings"
    RESTORE = "restore"
    READ_HISTORY = "read_history"
    OWN_PASSWORD = "own_password"  # noqa: S105 - what is allowed, no secret


ROLE_NAMES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        Role.OFFICER: "Cán bộ nhập liệu",
        Role.LEADER: "Lãnh đạo",
        Role.ADMINISTRATOR: "Quản trị",
        Role.READER: "Chỉ xem",
    }
)
OPERATION_NAMES: Final[Mapping[Operation, str]] = MappingProxyType(
    {
        Operation.READ: "xem hồ sơ",
        Operation.ENTER: "nhập, sửa, hủy hồ sơ",
        Operation.READ_PRIVATE: "xem mục riêng tư",
        Operation.FIND_PERSON: "tìm theo người",
        Operation.ANSWER_PERSON: "trả lời người yêu cầu xem dữ liệu của mình",
        Operation.PRINT: "in",
        Operation.COPY_OUT: "lưu bản sao ra ngoài",
        Operation.TAKE_IN: "nhận và nhập gói dữ liệu",
        Operation.HAND_OVER: "lập và giao gói dữ liệu",
        Operation.ERASE: "xóa dữ liệu về người",
        Operation.KEYS: "quản lý chìa khóa số và máy",
        Operation.PEOPLE: "quản lý cán bộ",
        Operation.SETTINGS: "đổi thiết lập của đơn vị",
        Operation.RESTORE: "khôi phục từ bản sao lưu",
        Operation.READ_HISTORY: "xem nhật ký",
        Operation.OWN_PASSWORD: "đổi mật khẩu của mình",
    }
)
AREA_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "schemes": "Mô hình",
        "incidents": "Vụ việc",
        "movement": "Phong trào",
        "forces": "Lực lượng",
        "documents": "Văn bản",
        "standards": "Tiêu chuẩn",
    }
)
"""The areas of work an officer may be limited to, as `RecordSpec.area` names them."""
_ALLOWED: Final[Mapping[Role, frozenset[Operation]]] = MappingProxyType(
    {
        Role.OFFICER: frozenset(
            {
                *(Operation.READ, Operation.ENTER, Operation.READ_PRIVATE, Operation.FIND_PERSON),
                *(Operation.PRINT, Operation.COPY_OUT, Operation.TAKE_IN, Operation.OWN_PASSWORD),
            }
        ),
        Role.LEADER: frozenset(Operation) - {Operation.KEYS, Operation.PEOPLE, Operation.RESTORE},
        # The administrator sees no more records than the work with people and keys needs: none.
        Role.ADMINISTRATOR: frozenset(
            {
                *(Operation.KEYS, Operation.PEOPLE, Operation.SETTINGS, Operation.RESTORE),
                *(Operation.READ_HISTORY, Operation.OWN_PASSWORD),
            }
        ),
        Role.READER: frozenset({Operation.READ, Operation.PRINT, Operation.OWN_PASSWORD}),
    }
)
NEEDED: Final[Mapping[str, Operation | None]] = MappingProxyType(
    {
        Action.INIT: None,  # the profile is being made; its first officer has every role
        Action.SIGN_IN: None,
        Action.ADD: Operation.ENTER,
        Action.SET: Operation.ENTER,
        Action.VOID: Operation.ENTER,
        Action.UNDO: Operation.ENTER,
        Action.SETTLE: Operation.ENTER,
        Action.READ_PRIVATE: Operation.READ_PRIVATE,
        Action.FIND_PERSON: Operation.FIND_PERSON,
        Action.ANSWER_PERSON: Operation.ANSWER_PERSON,
        Action.PRINT: Operation.PRINT,
        Action.COPY_OUT: Operation.COPY_OUT,
        Action.MERGE: Operation.TAKE_IN,
        Action.WITHDRAW: Operation.TAKE_IN,
        Action.ANSWER: Operation.TAKE_IN,
        Action.SEAL: Operation.HAND_OVER,
        Action.CARRY: Operation.HAND_OVER,
        Action.ENROL: Operation.KEYS,
        Action.REVOKE: Operation.KEYS,
        Action.PEOPLE: Operation.PEOPLE,
        Action.SETTINGS: Operation.SETTINGS,
        Action.PASSWORD: Operation.OWN_PASSWORD,
        Action.ERASE: Operation.ERASE,
        Action.RESTORE: Operation.RESTORE,
        Action.PRINT_HISTORY: Operation.READ_HISTORY,
    }
)
"""What each action of history asks for; None for what nobody has to be allowed."""
MUST_CHANGE: Final = (
    "Mật khẩu đang dùng do người khác đặt, chỉ để vào lần đầu. Đặt mật khẩu của mình rồi làm tiếp."
)
PROGRAM: Final = "Chương trình"
"""Whose hand it is when time alone asks for something, such as an erasure that is due."""


def roles_from(stored: str) -> frozenset[Role]:
    """Return the roles as a store keeps them: names with a space between; unknown ones are left."""
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in stored.split() if name in known)


def roles_text(roles: Iterable[Role]) -> str:
    """Return roles as a store keeps them, always in one order."""
    held = set(roles)
    return " ".join(role.value for role in Role if role in held)


def may(roles: Iterable[Role], operation: Operation) -> bool:
    """Tell whether one of the roles allows an operation."""
    return any(operation in _ALLOWED[role] for role in roles)


def require(roles: Iterable[Role], operation: Operation) -> None:
    """Return when one of the roles allows an operation.

    Raises:
        UserError: `not_allowed`, with who may do it.
    """
    if may(roles, operation):
        return
    others = [name for role, name in ROLE_NAMES.items() if operation in _ALLOWED[role]]
    who = " hoặc ".join(f"“{name}”" for name in others)
    message = (
        f"Cán bộ đang làm việc chưa được giao quyền {OPERATION_NAMES[operation]}. "
        f"Nhờ cán bộ có vai trò {who}, hoặc đề nghị cán bộ quản trị giao thêm vai trò."
    )
    raise UserError("not_allowed", message)


def require_area(areas: frozenset[str], area: str, named: str) -> None:
    """Return when records of an area may be written; no areas named means all of them.

    Raises:
        UserError: `area_not_allowed`.
    """
    if not areas or area in areas:
        return
    message = (
        f"Cán bộ đang làm việc không được giao mảng việc có {named}. "
        "Đề nghị cán bộ quản trị giao thêm mảng việc."
    )
    raise UserError("area_not_allowed", message)
