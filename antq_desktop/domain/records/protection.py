"""Protection teams (Tổ bảo vệ ANTT), Luật 30/2023/QH15: teams, members and what befell them.

The register columns are those of the provinces' register without religion; ethnicity is reduced to
the yes or no that BIỂU MẪU 01 counts (column 12), and names of members never leave the unit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldKind, FieldSpec, LineSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    in_order,
    money,
    note,
    parent,
    text,
    unit,
    yes_no,
)

HEAD, DEPUTY = "head", "deputy"
ON_DUTY = "died_on_duty"
YOUNGEST: Final = 18
_MEMBERS_KEPT: Final = "Xóa 24 tháng sau khi thôi tham gia; chức danh, giới tính, năm sinh giữ lại."


def _born_in_the_year_given(view: RuleView) -> Iterator[Fault]:
    born, year = view.text("born_on"), view.number("birth_year")
    if born and year is not None and born[:4] != str(year):
        message = "Năm sinh khác với ngày sinh. Nhập lại một trong hai mục."
        yield view.fault("birth_years_differ", message, "birth_year")


def _old_enough_when_joining(view: RuleView) -> Iterator[Fault]:
    year, joined = view.number("birth_year"), view.text("joined_on")
    if year is not None and joined and int(joined[:4]) - year < YOUNGEST:
        message = f"Tham gia khi chưa đủ {YOUNGEST} tuổi. Kiểm tra năm sinh, ngày tham gia."
        yield view.warning("too_young", message, "birth_year")


def _who_left_says_when_and_why(view: RuleView) -> Iterator[Fault]:
    if view.text("left_reason") and not view.text("left_on"):
        message = "Có lý do thôi tham gia nhưng chưa có ngày. Nhập ngày thôi tham gia."
        yield view.fault("state_without_date", message, "left_on")
    if view.text("left_on") and not view.text("left_reason"):
        message = "Còn thiếu lý do thôi tham gia; BIỂU MẪU 01 tính theo lý do."
        yield view.warning("left_without_reason", message, "left_reason")


PROTECTION_TEAM = RecordSpec(
    kind="protection_team",
    label="tổ bảo vệ an ninh, trật tự",
    plural="Tổ bảo vệ an ninh, trật tự",
    area="forces",
    purpose="Theo dõi Tổ bảo vệ an ninh, trật tự: quyết định, biên chế, trang bị, chế độ.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ lực lượng của đơn vị.",
    title=("name",),
    suspects=(("name", "unit"),),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="founded_on",
    unit_by="unit",
    fields=(
        FieldSpec(
            name="name",
            label="Tên Tổ",
            required=True,
            searched=True,
            listed=True,
            width=30,
            travels=UP,
        ),
        unit("Thôn, tổ dân phố phụ trách"),
        date("founded_on", "Ngày thành lập", required=True, listed=True),
        document("founding_document", "Quyết định thành lập số", wanted=True, listed=True),
        text("founding_issuer", "Cơ quan quyết định"),
        count("decided_members", "Thành viên theo quyết định", "người", wanted=True, listed=True),
        text("area", "Địa bàn phụ trách"),
        text("office_place", "Nơi làm việc"),
        date("ended_on", "Ngày giải thể"),
        document("ended_document", "Quyết định giải thể số"),
        note(),
    ),
    lines=(
        LineSpec(
            name="equipment",
            label="Trang bị",
            item="trang bị",
            fields=(
                choice("item", "Loại", "equipment_kind", required=True),
                count("quantity", "Số lượng", required=True),
                date("issued_on", "Ngày cấp"),
                document("document", "Văn bản cấp"),
            ),
        ),
        LineSpec(
            name="allowances",
            label="Chế độ, bồi dưỡng hằng năm",
            item="năm chi trả",
            ids_from="year",
            fields=(
                money("monthly", "Hỗ trợ thường xuyên"),
                money("insurance", "Hỗ trợ bảo hiểm"),
                money("duty", "Bồi dưỡng trực, huấn luyện"),
                document("document", "Văn bản"),
            ),
        ),
    ),
    rules=(in_order("founded_on", "ended_on"),),
    since=3,
)

TEAM_MEMBER = RecordSpec(
    kind="team_member",
    label="thành viên tổ bảo vệ ANTT",
    plural="Thành viên Tổ bảo vệ ANTT",
    area="forces",
    purpose="Lập sổ thành viên Tổ bảo vệ an ninh, trật tự và tính BIỂU MẪU 01.",
    holds_persons=True,
    retention=_MEMBERS_KEPT,
    parent="protection_team",
    keeping=Keeping(
        months=24,
        after="left_on",
        erases=(
            *("name", "born_on", "citizen_id", "phone", "policy", "tool_certificate", "note"),
            "left_document",
        ),
        files=True,
    ),
    title=("name",),
    suspects=(("protection_team", "name", "birth_year"),),
    order=Order.NAME_OF_PERSON,
    order_by="name",
    dated_by="joined_on",
    unit_by="unit",
    fields=(
        parent("protection_team", "Tổ bảo vệ ANTT", "protection_team", required=True),
        FieldSpec(
            name="name",
            label="Họ và tên",
            required=True,
            names_person=True,
            searched=True,
            listed=True,
            width=26,
        ),
        choice("office", "Chức vụ", "team_office", required=True, listed=True, width=14),
        FieldSpec(name="born_on", label="Ngày sinh", kind=FieldKind.DATE, width=12),
        FieldSpec(
            name="birth_year",
            label="Năm sinh",
            kind=FieldKind.INTEGER,
            minimum=1900,
            maximum=2100,
            wanted=True,
            listed=True,
            width=6,
            travels=UP,
        ),
        choice("sex", "Giới tính", "sex", wanted=True, listed=True, width=8),
        choice("education", "Trình độ", "education_level", wanted=True, width=22),
        yes_no("minority", "Dân tộc thiểu số", hint="Chỉ có hoặc không, theo cột 12 BIỂU MẪU 01."),
        unit("Thôn, tổ dân phố", wanted=False),
        FieldSpec(
            name="citizen_id",
            label="Số CCCD",
            kind=FieldKind.CITIZEN_ID,
            private=True,
            width=14,
            max_length=12,
        ),
        FieldSpec(
            name="phone",
            label="Điện thoại",
            kind=FieldKind.PHONE,
            private=True,
            width=14,
            max_length=20,
        ),
        date("joined_on", "Ngày tham gia", wanted=True, listed=True),
        document("joined_document", "Quyết định công nhận số"),
        date("old_joined_on", "Ngày tham gia CA bán chuyên trách, BVDP"),
        date("old_left_on", "Ngày thôi CA bán chuyên trách, BVDP"),
        date("left_on", "Ngày thôi tham gia"),
        choice("left_reason", "Lý do thôi tham gia", "team_leave_reason", width=26),
        document("left_document", "Quyết định cho thôi số"),
        FieldSpec(name="policy", label="Kết quả thực hiện chính sách", width=26),
        FieldSpec(name="tool_certificate", label="Số GCN sử dụng công cụ hỗ trợ", width=26),
        note(),
    ),
    rules=(
        in_order("joined_on", "left_on"),
        in_order("old_joined_on", "old_left_on"),
        _born_in_the_year_given,
        _old_enough_when_joining,
        _who_left_says_when_and_why,
    ),
    since=3,
)

SERVICE_HARM = RecordSpec(
    kind="service_harm",
    label="trường hợp bị thương, hy sinh",
    plural="Bị thương, hy sinh khi làm nhiệm vụ",
    area="forces",
    purpose="Ghi trường hợp bị thương, hy sinh khi làm nhiệm vụ để giải quyết chế độ.",
    holds_persons=True,
    retention="Nội dung và chế độ: xóa 24 tháng sau khi thôi tham gia; số lượng giữ lại.",
    keeping=Keeping(
        months=24,
        after="left_on",
        through="team_member",
        erases=("title", "support", "document"),
        files=True,
    ),
    parent="team_member",
    title=("happened_on", "title"),
    suspects=(("team_member", "happened_on"),),
    order=Order.NEWEST_FIRST,
    order_by="happened_on",
    dated_by="happened_on",
    fields=(
        parent("team_member", "Thành viên", "team_member", required=True),
        date("happened_on", "Ngày xảy ra", required=True, listed=True),
        choice("harm", "Trường hợp", "service_harm", required=True, listed=True),
        FieldSpec(name="title", label="Nhiệm vụ đang làm", searched=True, listed=True, width=40),
        FieldSpec(name="support", label="Chế độ đã hưởng", width=30),
        document("document", "Văn bản giải quyết chế độ"),
    ),
    since=3,
)

TEAM_TRAINING = RecordSpec(
    kind="team_training",
    label="lớp huấn luyện, bồi dưỡng",
    plural="Huấn luyện, bồi dưỡng Tổ bảo vệ ANTT",
    area="forces",
    purpose="Ghi lớp huấn luyện, bồi dưỡng nghiệp vụ cho Tổ bảo vệ an ninh, trật tự.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ lực lượng của đơn vị.",
    title=("held_on", "title"),
    suspects=(("title", "held_on"),),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    fields=(
        date("held_on", "Ngày khai giảng", required=True, listed=True),
        FieldSpec(
            name="title", label="Tên lớp, nội dung", required=True, searched=True, listed=True,
            width=40, travels=UP,
        ),
        count("attended", "Thành viên dự", "người", required=True, listed=True),
        count("called", "Thành viên được triệu tập", "người"),
        count("classes", "Số lớp", "lớp", listed=True, hint="Để trống là 01 lớp."),
        count("days", "Số ngày", "ngày"),
        text("held_by", "Đơn vị tổ chức"),
        unit("Nơi tổ chức", wanted=False),
        document("document", "Kế hoạch, quyết định mở lớp"),
        text("result", "Kết quả", hint="Không ghi tên người."),
    ),
    since=3,
)  # fmt: skip
