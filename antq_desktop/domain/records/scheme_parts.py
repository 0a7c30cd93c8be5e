"""What a scheme consists of and does: sites, teams, members, activities."""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    comes_before,
    count,
    date,
    document,
    note,
    parent,
)


def _leaves_after_joining(view: RuleView) -> Iterator[Fault]:
    joined, left = view.text("joined_on"), view.text("left_on")
    if joined and left and comes_before(left, joined):
        message = "Ngày thôi tham gia trước ngày tham gia. Nhập lại một trong hai ngày."
        yield view.fault("dates_out_of_order", message, "left_on")


SITE = RecordSpec(
    kind="site",
    label="điểm mô hình",
    plural="Điểm mô hình",
    area="schemes",
    purpose="Ghi từng địa bàn áp dụng mô hình, để không cộng trùng khi tổng hợp.",
    holds_persons=True,
    retention="Tên người phụ trách: xóa 24 tháng sau khi thôi phụ trách.",
    keeping=Keeping(months=24, after="ended_on", erases=("head_name", "head_phone")),
    parent="scheme",
    title=("name",),
    suspects=(("scheme", "name"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="started_on",
    unit_by="unit",
    fields=(
        parent("scheme", "Mô hình", "scheme", required=True),
        FieldSpec(
            name="name",
            label="Tên điểm",
            required=True,
            searched=True,
            listed=True,
            width=30,
            travels=UP,
        ),
        FieldSpec(
            name="unit",
            label="Khu dân cư, đơn vị",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            listed=True,
            width=26,
            travels=UP,
        ),
        FieldSpec(name="place", label="Địa điểm", width=36, max_length=300),
        date("started_on", "Ngày bắt đầu", listed=True),
        date("ended_on", "Ngày kết thúc"),
        FieldSpec(
            name="head_name",
            label="Người phụ trách điểm",
            names_person=True,
            width=26,
            travels=UP,
        ),
        FieldSpec(
            name="head_phone",
            label="Điện thoại",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
        ),
        count("households", "Số hộ tham gia", "hộ"),
    ),
)

TEAM = RecordSpec(
    kind="team",
    label="tổ của mô hình",
    plural="Tổ của mô hình",
    area="schemes",
    purpose="Ghi từng tổ của một điểm mô hình và người đứng đầu tổ.",
    holds_persons=True,
    retention="Tên tổ trưởng: xóa 24 tháng sau khi thôi phụ trách.",
    keeping=Keeping(months=24, after="ended_on", erases=("head_name",)),
    parent="scheme",
    title=("name",),
    suspects=(("scheme", "name"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="founded_on",
    fields=(
        parent("scheme", "Mô hình", "scheme", required=True),
        parent("site", "Điểm mô hình", "site"),
        FieldSpec(
            name="name",
            label="Tên tổ",
            required=True,
            searched=True,
            listed=True,
            width=26,
            travels=UP,
        ),
        FieldSpec(
            name="head_name",
            label="Tổ trưởng",
            names_person=True,
            width=26,
            listed=True,
            travels=UP,
        ),
        document("founding_document", "Quyết định thành lập số"),
        date("founded_on", "Ngày thành lập"),
        date("ended_on", "Ngày kết thúc"),
    ),
)

MEMBER = RecordSpec(
    kind="member",
    label="thành viên mô hình",
    plural="Thành viên mô hình",
    area="schemes",
    purpose="Lập danh sách thành viên kèm quyết định thành lập và liên lạc khi cần.",
    holds_persons=True,
    retention="Xóa 24 tháng sau khi thôi tham gia; số lượng, chức danh và giới tính giữ lại.",
    keeping=Keeping(
        months=24,
        after="left_on",
        erases=("name", "birth_year", "occupation", "phone", "citizen_id", "address"),
        files=True,
    ),
    parent="scheme",
    title=("name",),
    suspects=(("scheme", "name", "birth_year"),),
    order=Order.NAME_OF_PERSON,
    order_by="name",
    dated_by="joined_on",
    fields=(
        parent("scheme", "Mô hình", "scheme", required=True),
        parent("site", "Điểm mô hình", "site"),
        parent("team", "Tổ", "team"),
        FieldSpec(
            name="name",
            label="Họ và tên",
            required=True,
            names_person=True,
            searched=True,
            listed=True,
            width=26,
        ),
        choice("office", "Chức danh", "member_office", required=True, listed=True, width=16),
        choice("sex", "Giới tính", "sex", listed=True, width=8),
        FieldSpec(
            name="birth_year",
            label="Năm sinh",
            kind=FieldKind.INTEGER,
            minimum=1900,
            maximum=2100,
            width=6,
        ),
        FieldSpec(name="occupation", label="Nghề nghiệp, nơi công tác", width=26, max_length=120),
        FieldSpec(
            name="phone",
            label="Điện thoại",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
        ),
        FieldSpec(
            name="citizen_id",
            label="Số CCCD",
            kind=FieldKind.CITIZEN_ID,
            private=True,
            width=14,
            max_length=12,
        ),
        FieldSpec(name="address", label="Nơi ở", private=True, width=36, max_length=300),
        date("joined_on", "Ngày tham gia"),
        date("left_on", "Ngày thôi tham gia"),
    ),
    rules=(_leaves_after_joining,),
)

ACTIVITY = RecordSpec(
    kind="activity",
    label="buổi hoạt động",
    plural="Hoạt động của mô hình",
    area="schemes",
    purpose="Ghi từng buổi hoạt động có biên bản, làm bằng chứng mô hình có hoạt động thật.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ mô hình.",
    parent="scheme",
    title=("held_on", "title"),
    suspects=(("scheme", "held_on", "title"),),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    fields=(
        parent("scheme", "Mô hình", "scheme", required=True),
        parent("site", "Điểm mô hình", "site"),
        date("held_on", "Ngày hoạt động", required=True, listed=True),
        choice("activity_kind", "Hình thức", "activity_kind", required=True, listed=True, width=18),
        FieldSpec(
            name="title",
            label="Nội dung chính",
            searched=True,
            listed=True,
            width=40,
            max_length=300,
            travels=UP,
            hint="Không ghi tên người.",
        ),
        FieldSpec(name="place", label="Địa điểm", width=30),
        count("attendance", "Số người dự", "người"),
        document("minutes_number", "Biên bản số"),
        FieldSpec(
            name="minutes",
            label="Biên bản",
            kind=FieldKind.LONG_TEXT,
            width=60,
            max_length=20_000,
        ),
        note("conclusion", "Kết luận, phân công"),
    ),
)
