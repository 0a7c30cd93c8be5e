"""What a disk can deny, each with a stable code and one Vietnamese sentence with the next step."""

from __future__ import annotations

import errno
from typing import Final

from antq_desktop.domain.errors import EnvironmentFault

_SENTENCES: Final = {
    "disk_full": "Ổ đĩa chứa “{name}” đã đầy. Dọn bớt chỗ hoặc chọn nơi khác rồi làm lại.",
    "read_only": "Nơi ghi “{name}” đang chống ghi. Gạt chốt chống ghi hoặc dùng USB khác.",
    "no_permission": "Không có quyền với “{name}”. Chọn nơi khác hoặc báo người quản trị máy.",
    "disk_gone": "Không còn thấy ổ đĩa chứa “{name}”. Cắm lại USB rồi làm lại.",
    "not_found": "Không thấy “{name}”. Cắm lại USB hoặc chọn lại nơi chứa.",
    "file_exists": "Đã có “{name}” ở nơi ghi, giữ nguyên không ghi đè. Chọn nơi khác.",
    "in_use": "“{name}” đang được chương trình khác dùng. Đóng chương trình đó rồi làm lại.",
    "file_too_big": "“{name}” lớn hơn mức ổ đĩa cho phép. Chia nhỏ hoặc dùng ổ đĩa khác.",
    "name_refused": "Ổ đĩa không nhận tên “{name}”. Chọn thư mục có tên ngắn hơn.",
    "not_a_file": "“{name}” không phải là tệp như cần có. Chọn lại.",
    "io_error": "Ổ đĩa báo hỏng khi đọc hoặc ghi “{name}”. Dùng ổ đĩa khác rồi làm lại.",
}
_BY_NUMBER: Final = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENODEV: "disk_gone",
    errno.ENXIO: "disk_gone",
    errno.ENOTCONN: "disk_gone",
    errno.ESTALE: "disk_gone",
    errno.ENOENT: "not_found",
    errno.EEXIST: "file_exists",
    errno.EBUSY: "in_use",
    errno.ETXTBSY: "in_use",
    errno.EFBIG: "file_too_big",
    errno.ENAMETOOLONG: "name_refused",
    errno.EILSEQ: "name_refused",
    errno.EISDIR: "not_a_file",
    errno.ENOTDIR: "not_a_file",
}
# Windows folds several of these into EACCES or EINVAL, so its own number is asked first.
_BY_WINDOWS_NUMBER: Final = {
    19: "read_only",
    21: "disk_gone",
    32: "in_use",
    33: "in_use",
    39: "disk_full",
    112: "disk_full",
    123: "name_refused",
    1006: "disk_gone",
    1167: "disk_gone",
}


def disk_fault(number: int, windows_number: int, name: object) -> EnvironmentFault:
    """Return the fault of an error number, naming the file or folder it befell.

    Anything unknown is told as a disk that reports damage (`io_error`).
    """
    code = _BY_WINDOWS_NUMBER.get(windows_number) or _BY_NUMBER.get(number, "io_error")
    return EnvironmentFault(code, _SENTENCES[code].format(name=name))
