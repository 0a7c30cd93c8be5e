"""What the gate can say of a bundle: five verdicts, and one Vietnamese sentence for each fault.

Codes are stable: shelves of the quarantine are named after them and receipts carry them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """The five verdicts on a bundle."""

    VALID = "valid"
    WARNINGS = "valid_with_warnings"
    RESTRICTED = "valid_with_restrictions"
    INVALID = "invalid"
    UNKNOWN_SIGNER = "unknown_signer"

    @property
    def label(self) -> str:
        """What an officer reads."""
        return _LABELS[self]

    @property
    def mergeable(self) -> bool:
        """True when what is inside may be merged, all of it or what passed."""
        return self in {Verdict.VALID, Verdict.WARNINGS, Verdict.RESTRICTED}


_LABELS: Final = {
    Verdict.VALID: "Hợp lệ",
    Verdict.WARNINGS: "Hợp lệ, có lưu ý",
    Verdict.RESTRICTED: "Hợp lệ một phần",
    Verdict.INVALID: "Không hợp lệ",
    Verdict.UNKNOWN_SIGNER: "Chưa biết máy gửi",
}


class Weight(StrEnum):
    """What a fault does to the bundle."""

    WARNS = "warns"
    RESTRICTS = "restricts"
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True)
class GateFault:
    """One thing the gate found.

    Attributes:
        code: Stable ASCII code; for a record refused by its rules, the rule's own code.
        message: One Vietnamese sentence with the next step.
        weight: Whether the bundle, a part of it, or nothing is held back.
        place: File inside the bundle and line, `records/incident.jsonl:12`, or empty.
    """

    code: str
    message: str
    weight: Weight
    place: str = ""


_RESEND: Final = "Đề nghị đơn vị gửi ghi lại gói này ra USB."
_REMAKE: Final = "Giữ lại gói trong ngăn chờ xử lý và báo đơn vị gửi lập gói mới."
_REPORT: Final = "Giữ lại gói trong ngăn chờ xử lý và báo người phụ trách để kiểm tra nguồn gói."

_REFUSALS: Final = {
    "file_empty": f"Tệp rỗng, việc ghi ra USB chưa xong. {_RESEND}",
    "file_too_big": f"Tệp lớn hơn 2 GB là mức lớn nhất của một gói. {_REMAKE}",
    "not_a_bundle": "Tệp không phải là gói dữ liệu của chương trình. Chọn tệp khác có đuôi .antq.",
    "envelope_malformed": f"Phần đầu của gói hỏng hoặc bị sửa, không mở được. {_RESEND}",
    "not_for_us": "Gói không gửi cho máy này nên không mở được. Chuyển gói đến đúng đơn vị nhận,"
    " hoặc gửi lại phiếu đăng ký của máy này cho đơn vị gửi.",
    "damaged": f"Gói bị hỏng, bị cắt bớt hoặc bị sửa sau khi lập. {_RESEND}",
    "zip_malformed": f"Cấu trúc bên trong gói không đúng quy định. {_REMAKE}",
    "zip_name_unsafe": f"Bên trong gói có tên tệp không an toàn. {_REPORT}",
    "zip_name_unknown": f"Bên trong gói có tệp không thuộc quy định. {_REMAKE}",
    "zip_name_twice": f"Bên trong gói có hai tệp trùng tên. {_REPORT}",
    "zip_method": f"Bên trong gói có tệp nén hoặc đóng theo cách không được phép. {_REPORT}",
    "zip_too_many": f"Bên trong gói có quá nhiều tệp. {_REPORT}",
    "zip_too_big": f"Nội dung gói bung ra vượt mức cho phép. {_REPORT}",
    "signature_missing": f"Gói không có chữ ký của máy gửi. {_REPORT}",
    "signature_malformed": f"Chữ ký của gói không đọc được. {_REPORT}",
    "signer_unknown": "Chưa biết máy đã ký gói này. Nhận phiếu đăng ký của máy gửi, đối chiếu mã,"
    " rồi nhập lại gói.",
    "signer_revoked": "Chìa khóa số của máy gửi đã bị thu hồi. Giữ lại gói và báo đơn vị gửi đăng"
    " ký chìa khóa mới.",
    "signer_rotated": "Máy gửi đã đổi chìa khóa số trước khi lập gói này. Giữ lại gói và báo đơn vị"
    " gửi lập gói mới bằng chìa khóa đang dùng.",
    "signature_wrong": f"Chữ ký không khớp với nội dung gói, gói đã bị sửa. {_REPORT}",
    "manifest_malformed": f"Bảng kê tệp của gói không đúng quy định. {_REMAKE}",
    "file_missing": f"Gói thiếu tệp “{{what}}” đã ghi trong bảng kê. {_RESEND}",
    "file_unlisted": f"Gói có tệp “{{what}}” không ghi trong bảng kê. {_REPORT}",
    "file_altered": f"Tệp “{{what}}” trong gói khác với bảng kê đã ký. {_REPORT}",
    "header_malformed": f"Phần đề gói không đúng quy định ở mục “{{what}}”. {_REMAKE}",
    "format_newer": "Gói viết theo định dạng {theirs}, chương trình này đọc đến định dạng {ours}."
    " Cập nhật chương trình rồi nhập lại.",
    "name_mismatch": f"Tên thư mục trong gói khác với phần đề gói. {_REPORT}",
    "comment_mismatch": f"Lời ghi kèm chữ ký khác với phần đề gói. {_REPORT}",
    "sender_mismatch": f"Máy ký gói không thuộc đơn vị ghi trên gói. {_REPORT}",
    "kind_refused": "Máy gửi không được lập {what} cho đơn vị này. Kiểm tra lại việc đăng ký máy.",
    "addressee_wrong": "Gói gửi cho “{what}”, không phải đơn vị này. Chuyển gói đến đúng đơn vị.",
    "sample_refused": "Gói lập từ dữ liệu mẫu nên không nhận vào sổ thật. Xóa tệp khỏi USB.",
    "real_refused": "Gói lập từ dữ liệu thật nên không nhận vào sổ mẫu. Mở sổ thật rồi nhập lại.",
    "fork_waiting": "Bản dữ liệu này đang chờ xử lý vì có hai gói cùng số {what}. Mở mục Khắc phục"
    " hai bản dữ liệu cùng gửi.",
    "fork_number": "Đã có gói khác cùng số {what} của bản dữ liệu này. Mở mục Khắc phục hai bản dữ"
    " liệu cùng gửi.",
    "fork_previous": "Gói nối tiếp gói số {what} khác với gói đang giữ. Mở mục Khắc phục hai bản dữ"
    " liệu cùng gửi.",
    "journal_shorter": f"Nhật ký của máy gửi ngắn hơn nhật ký đã ghi trong gói số {{what}}, có thể"
    f" đã bị cắt bớt hoặc thay tệp dữ liệu. {_REPORT}",
    "number_absurd": f"Số gói {{what}} nhảy quá xa so với gói trước. {_REPORT}",
    "counter_absurd": f"Bộ đếm thay đổi trong gói nhảy quá xa. {_REPORT}",
    "too_many_records": f"Gói có quá 200.000 hồ sơ. {_REMAKE}",
    "counts_mismatch": f"Số dòng trong “{{what}}” khác với phần đề gói. {_REMAKE}",
    "line_too_long": f"Có dòng dài quá mức trong “{{what}}”. {_REMAKE}",
    "line_malformed": f"Có dòng viết không đúng quy định trong “{{what}}”. {_REMAKE}",
    "answer_malformed": f"Phần xác nhận trong gói không đúng quy định ở “{{what}}”. {_REMAKE}",
    "totals_wrong": f"Tổng số trong phiếu xác nhận không khớp với từng hồ sơ. {_REMAKE}",
}
_RESTRICTIONS: Final = {
    "kind_unknown": "Gói có loại hồ sơ “{what}” mà chương trình này chưa biết, được giữ riêng."
    " Cập nhật chương trình để nhận nốt.",
}
_WARNINGS: Final = {
    "schema_newer": "Gói lập bằng bản chương trình mới hơn, mục chưa biết được giữ nguyên. Cập nhật"
    " chương trình khi có thể.",
    "catalogue_unknown": "Gói dùng bộ danh mục {what} chưa có ở đây. Nhập bộ đó rồi xem lại.",
    "basis_not_held": "Gói nối tiếp gói số {what} chưa nhận ở đây. Nhập gói đó nếu còn giữ,"
    " nếu không đơn vị gửi sẽ gửi bù theo phiếu xác nhận.",
    "clock_warning": "Đồng hồ của máy gửi có lúc chạy sai. Xem lại ngày giờ ghi trong hồ sơ.",
}
_HEAVIEST_FIRST: Final = (Weight.REFUSES, Weight.RESTRICTS, Weight.WARNS)
GATE_CODES: Final = frozenset({*_REFUSALS, *_RESTRICTIONS, *_WARNINGS})


def gate_fault(code: str, *, place: str = "", **values: object) -> GateFault:
    """Return the fault of a stable code with its sentence filled in.

    Raises:
        KeyError: There is no such code.
    """
    if code in _REFUSALS:
        return GateFault(code, _REFUSALS[code].format(**values), Weight.REFUSES, place)
    if code in _RESTRICTIONS:
        return GateFault(code, _RESTRICTIONS[code].format(**values), Weight.RESTRICTS, place)
    return GateFault(code, _WARNINGS[code].format(**values), Weight.WARNS, place)


def verdict_of(faults: Iterable[GateFault]) -> Verdict:
    """Return the verdict that a list of faults amounts to."""
    found = list(faults)
    if any(fault.code == "signer_unknown" for fault in found):
        return Verdict.UNKNOWN_SIGNER
    weights = {fault.weight for fault in found}
    for weight, verdict in zip(
        _HEAVIEST_FIRST, (Verdict.INVALID, Verdict.RESTRICTED, Verdict.WARNINGS), strict=True
    ):
        if weight in weights:
            return verdict
    return Verdict.VALID
