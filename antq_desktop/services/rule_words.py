"""What a rule of records is called where only its code is at hand: in receipts and rates."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.gate import GATE_CODES, gate_fault

_RULES: Final = {
    "required": "Thiếu mục bắt buộc.",
    "not_in_codes": "Giá trị không có trong danh mục.",
    "text_too_long": "Nội dung quá dài.",
    "text_not_allowed": "Nội dung có ký tự không dùng được.",
    "number_out_of_range": "Số nằm ngoài mức cho phép.",
    "date_not_in_calendar": "Ngày không có trong lịch.",
    "moment_not_in_calendar": "Giờ, ngày không có trong lịch.",
    "dates_out_of_order": "Ngày trước, ngày sau không khớp.",
    "moments_out_of_order": "Giờ trước, giờ sau không khớp.",
    "ends_before_it_begins": "Kết thúc trước khi bắt đầu.",
    "part_above_whole": "Số thành phần lớn hơn số chung.",
    "state_without_date": "Tình trạng chưa có ngày.",
    "reason_without_cause": "Có lý do nhưng không có sự việc.",
    "count_without_date": "Có số lượng nhưng chưa có ngày.",
    "too_many_lines": "Danh sách trong hồ sơ quá dài.",
    "unknown_line": "Danh sách trong hồ sơ có dòng lạ.",
    "unknown_field": "Hồ sơ có mục lạ.",
    "not_yes_no": "Mục chỉ nhận có hoặc không.",
    "not_text": "Mục phải là chữ.",
    "must_not_be_named": "Có tên người ở mục không được ghi tên.",
    "class_forbidden": "Loại không được phép lập.",
    "period_not_understood": "Kỳ chưa đúng.",
    "refers_to_itself": "Hồ sơ ghi là thuộc chính nó.",
    "identity_not_its_own": "Mã hồ sơ không đúng với nội dung.",
    "unknown_field_absurd": "Mục của bản chương trình mới hơn không nhận được.",
    "fork_stamp": "Hai bản dữ liệu cùng gửi.",
    "foreign_record": "Hồ sơ của đơn vị khác.",
}


def said_of_rule(code: str) -> str:
    """Return what a rule says; the code itself for one that has no words of its own."""
    if code in _RULES:
        return _RULES[code]
    if code in GATE_CODES:
        return gate_fault(code, what="…", theirs="…", ours="…").message.partition(". ")[0] + "."
    return f"Chưa đúng quy định (mã {code})."
