"""Units: the commune and what lies in it (Thông tư 124/2021/TT-BCA, Arts 1–3, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    RuleView,
)
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import UP, choice, comes_before, date

NEIGHBOURHOOD, AGENCY, ENTERPRISE, SCHOOL = "neighbourhood", "agency", "enterprise", "school"


def _scope_has_a_reason(view: RuleView) -> Iterator[Fault]:
    if view.values.get("tt124") is False and not view.text("tt124_reason"):
        message = "Đơn vị không thuộc diện Thông tư 124 thì phải chọn lý do. Chọn lý do."
        yield view.fault("scope_without_reason", message, "tt124_reason")


def _a_school_has_a_level(view: RuleView) -> Iterator[Fault]:
    if view.text("unit_kind") == SCHOOL and not view.text("school_level"):
        message = "Cơ sở giáo dục còn thiếu cấp học; cấp học quyết định diện Thông tư 124."
        yield view.warning("school_without_level", message, "school_level")


def _households_have_a_date(view: RuleView) -> Iterator[Fault]:
    if view.number("households") is not None and not view.text("households_counted"):
        message = "Có số hộ thường trú nhưng chưa có ngày đếm. Nhập ngày đếm số hộ."
        yield view.fault("count_without_date", message, "households_counted")


def _ends_after_it_begins(view: RuleView) -> Iterator[Fault]:
    begins, ends = view.text("valid_from"), view.text("valid_to")
    if begins and ends and comes_before(ends, begins):
        message = "Ngày kết thúc trước ngày thành lập. Nhập lại một trong hai ngày."
        yield view.fault("ends_before_it_begins", message, "valid_to")
    for line_id, line in view.lines("delegations").items():
        since, until = line.get("since"), line.get("until")
        if isinstance(since, str) and isinstance(until, str) and comes_before(until, since):
            message = "Ủy quyền hết hạn trước ngày bắt đầu. Nhập lại một trong hai ngày."
            path = f"delegations/{line_id}/until"
            yield view.fault("ends_before_it_begins", message, path)


UNIT = RecordSpec(
    kind="unit",
    label="đơn vị",
    plural="Đơn vị",
    area="forces",
    purpose="Theo dõi đơn vị thuộc địa bàn để đăng ký, bình xét và tổng hợp số liệu phong trào.",
    holds_persons=True,
    retention="Tên và số điện thoại người đứng đầu: xóa 24 tháng sau khi thôi giữ chức.",
    keeping=Keeping(months=24, after="valid_to", erases=("head_name", "head_phone")),
    title=("name",),
    suspects=(("name",),),
    order=Order.NAME_OF_THING,
    order_by="name",
    unit_by="parent",
    state_by="unit_kind",
    fields=(
        FieldSpec(
            name="name",
            label="Tên đơn vị",
            required=True,
            searched=True,
            listed=True,
            width=36,
            travels=UP,
        ),
        choice("unit_kind", "Loại đơn vị", "unit_kind", required=True, listed=True, width=18),
        FieldSpec(
            name="parent",
            label="Thuộc đơn vị",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            listed=True,
            width=28,
            travels=UP,
        ),
        FieldSpec(name="code", label="Mã đơn vị", max_length=40, searched=True, travels=UP),
        choice("commune_kind", "Loại đơn vị cấp xã", "commune_kind"),
        choice("neighbourhood_kind", "Loại khu dân cư", "neighbourhood_kind"),
        choice("school_level", "Cấp học", "school_level"),
        choice("enterprise_size", "Quy mô doanh nghiệp", "enterprise_size"),
        FieldSpec(
            name="tt124",
            label="Thuộc diện Thông tư 124",
            kind=FieldKind.YES_NO,
            wanted=True,
            listed=True,
            width=12,
            travels=UP,
        ),
        choice("tt124_reason", "Lý do không thuộc diện", "tt124_reason"),
        replace(
            choice(
                "management_level",
                "Cấp quản lý",
                "management_level",
                wanted=True,
                listed=True,
                width=12,
            ),
            unless=("unit_kind", frozenset({NEIGHBOURHOOD})),
        ),
        FieldSpec(
            name="industrial_zone",
            label="Nằm trong khu công nghiệp",
            kind=FieldKind.YES_NO,
            travels=UP,
        ),
        FieldSpec(
            name="remote",
            label="Vùng xa, miền núi, hải đảo",
            kind=FieldKind.YES_NO,
            travels=UP,
            hint="Quyết định thời hạn chuyển tin: 48 giờ thay cho 24 giờ.",
        ),
        FieldSpec(
            name="households",
            label="Số hộ thường trú",
            kind=FieldKind.INTEGER,
            unit="hộ",
            maximum=1_000_000,
            listed=True,
            width=10,
            travels=UP,
        ),
        date("households_counted", "Ngày đếm số hộ"),
        FieldSpec(
            name="residents",
            label="Số nhân khẩu",
            kind=FieldKind.INTEGER,
            unit="người",
            maximum=10_000_000,
            travels=UP,
        ),
        date("valid_from", "Ngày thành lập"),
        date("valid_to", "Ngày kết thúc", hint="Để trống khi đơn vị đang hoạt động."),
        FieldSpec(name="head_name", label="Người đứng đầu", names_person=True),
        FieldSpec(
            name="head_phone",
            label="Điện thoại người đứng đầu",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
        ),
        FieldSpec(name="address", label="Địa chỉ trụ sở", width=40, max_length=300),
        FieldSpec(
            name="note", label="Ghi chú", kind=FieldKind.LONG_TEXT, width=60, max_length=2000
        ),
    ),
    lines=(
        LineSpec(
            name="delegations",
            label="Ủy quyền đánh giá, công nhận",
            item="ủy quyền",
            fields=(
                FieldSpec(
                    name="document",
                    label="Văn bản ủy quyền",
                    required=True,
                    width=28,
                    travels=UP,
                ),
                date("since", "Từ ngày", required=True),
                date("until", "Đến ngày"),
            ),
        ),
    ),
    rules=(
        _scope_has_a_reason,
        _a_school_has_a_level,
        _households_have_a_date,
        _ends_after_it_begins,
    ),
)
