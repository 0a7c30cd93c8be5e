"""Each trouble of SQLite is the machine's fault or a bug of ours; told apart here, only here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.storage.engine import DriverError

DAMAGED: Final = (
    "Tệp dữ liệu không mở được bằng chìa khóa số này hoặc đã hỏng. "
    "Khôi phục từ bản sao lưu gần nhất."
)

# Primary result codes of SQLite, https://www.sqlite.org/rescode.html
_BY_NAME: Final = {
    "SQLITE_FULL": (
        "disk_full",
        "Ổ đĩa đã đầy nên chưa lưu được; dữ liệu cũ còn nguyên. Dọn bớt ổ đĩa rồi lưu lại.",
    ),
    "SQLITE_READONLY": (
        "read_only",
        "Thư mục dữ liệu chỉ cho đọc nên chưa lưu được. Nhờ người quản trị máy cấp quyền ghi.",
    ),
    "SQLITE_IOERR": (
        "io_error",
        "Ổ đĩa báo hỏng khi đọc hoặc ghi nên chưa lưu được; dữ liệu cũ còn nguyên. "
        "Sao lưu ngay và kiểm tra ổ đĩa.",
    ),
    "SQLITE_CANTOPEN": (
        "no_permission",
        "Không mở được tệp dữ liệu. Kiểm tra thư mục dữ liệu còn đó và được phép đọc ghi.",
    ),
    "SQLITE_BUSY": (
        "in_use",
        "Chương trình khác đang giữ tệp dữ liệu. Đóng chương trình đó rồi làm lại.",
    ),
    "SQLITE_LOCKED": (
        "in_use",
        "Chương trình khác đang giữ tệp dữ liệu. Đóng chương trình đó rồi làm lại.",
    ),
    "SQLITE_CORRUPT": (
        "store_damaged",
        "Tệp dữ liệu bị hỏng. Dừng nhập và khôi phục từ bản sao lưu gần nhất.",
    ),
    "SQLITE_NOTADB": (
        "store_damaged",
        DAMAGED,
    ),
    "SQLITE_PERM": (
        "no_permission",
        "Không có quyền ghi vào tệp dữ liệu. Nhờ người quản trị máy cấp quyền.",
    ),
    "SQLITE_NOMEM": (
        "no_memory",
        "Máy không còn đủ bộ nhớ. Đóng bớt chương trình khác rồi làm lại.",
    ),
}
_BY_MESSAGE: Final = (
    ("disk is full", "SQLITE_FULL"),
    ("readonly database", "SQLITE_READONLY"),
    ("disk i/o error", "SQLITE_IOERR"),
    ("unable to open", "SQLITE_CANTOPEN"),
    ("is locked", "SQLITE_BUSY"),
    ("malformed", "SQLITE_CORRUPT"),
    ("not a database", "SQLITE_NOTADB"),
)


def fault_of(error: BaseException) -> EnvironmentFault | None:
    """Return the machine's fault behind an error of the driver, or None when it is our bug."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    for known, (code, message) in _BY_NAME.items():
        if name == known or name.startswith(known + "_"):
            return EnvironmentFault(code, message)
    told = str(error).lower()
    for piece, known in _BY_MESSAGE:
        if piece in told:
            return EnvironmentFault(*_BY_NAME[known])
    return None


@contextmanager
def told_apart() -> Iterator[None]:
    """Let bugs through as they are, and tell the machine's faults as such."""
    try:
        yield
    except (DBAPIError, DriverError) as error:
        fault = fault_of(getattr(error, "orig", None) or error)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        raise EnvironmentFault(
            "io_error",
            "Không đọc ghi được thư mục dữ liệu. Kiểm tra ổ đĩa và quyền của thư mục.",
        ) from error


def refuse_an_emptied_file(schema: int) -> None:
    """Refuse a store without tables: slots say there was one, a new schema would hide the loss.

    Raises:
        EnvironmentFault: `store_damaged`.
    """
    if schema == 0:
        raise EnvironmentFault("store_damaged", DAMAGED)
