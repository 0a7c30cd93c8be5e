"""The yearly cycle of a unit: whether it is held to a standard, that it registered, its file.

Thông tư 124/2021/TT-BCA asks for the dates of three papers and for counts with a day, never for a
list of households or persons. Whatever a computed check reads of these records it reads as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    in_order,
    not_above,
    note,
    text,
    unit,
    year,
    yes_no,
)

SECURITY, CLASSIFICATION, EXEMPLARY, MODEL_POLICE, DRUGS, RATING = (
    "security", "classification", "exemplary", "model_police", "drugs", "rating",
)  # fmt: skip
STANDARDS: Final = (SECURITY, CLASSIFICATION, EXEMPLARY, MODEL_POLICE, DRUGS, RATING)
KEPT: Final = "Giữ cùng hồ sơ công nhận, phân loại của năm."
SINCE: Final = 6


def _scope_has_a_reason(view: RuleView) -> Iterator[Fault]:
    if view.values.get("in_scope") is False and not view.text("reason"):
        message = "Đơn vị không thuộc diện của năm thì phải chọn lý do. Chọn lý do."
        yield view.fault("scope_without_reason", message, "reason")
    if view.yes("in_scope") and view.text("reason"):
        message = "Đơn vị thuộc diện thì không có lý do. Bỏ lý do hoặc chọn lại."
        yield view.fault("reason_without_cause", message, "reason")


def _registered_counts_have_a_day(view: RuleView) -> Iterator[Fault]:
    counted = ("households", "registered", "people", "briefed")
    if any(view.number(name) is not None for name in counted) and not view.text("counted_on"):
        message = "Có số liệu nhưng chưa có ngày chốt số. Nhập ngày chốt số."
        yield view.warning("count_without_date", message, "counted_on")


def _households_of_the_year_have_a_day(view: RuleView) -> Iterator[Fault]:
    if view.number("households") is not None and not view.text("counted_on"):
        message = "Có số hộ nhưng chưa có ngày đếm. Nhập ngày đếm."
        yield view.warning("count_without_date", message, "counted_on")


UNIT_YEAR = RecordSpec(
    kind="unit_year",
    label="số liệu năm của đơn vị",
    plural="Đơn vị theo năm",
    area="standards",
    purpose="Xác nhận hằng năm đơn vị thuộc diện hay không, lý do, và số liệu để xét tiêu chí.",
    holds_persons=False,
    retention=KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="confirmed_on",
    dated_by="confirmed_on",
    unit_by="unit",
    alike=("unit", "year"),
    fields=(
        unit(required=True),
        year(),
        yes_no("in_scope", "Thuộc diện xét của năm", wanted=True, listed=True),
        choice("reason", "Lý do không thuộc diện", "tt124_reason", listed=True, width=26),
        choice("management_level", "Cấp công nhận", "management_level", listed=True, width=12),
        text("followed_by", "Do đơn vị khác theo dõi"),
        date("confirmed_on", "Ngày xác nhận", wanted=True, listed=True),
        count("households", "Số hộ đang cư trú", "hộ"),
        date("counted_on", "Ngày đếm số hộ"),
        count("people", "Tổng số người", "người", hint="Người của đơn vị, hoặc người dân."),
        count("attended", "Số người tham gia phong trào", "người"),
        count("sections", "Số đầu mối trực thuộc", "đầu mối"),
        count("sections_rated", "Số đầu mối đạt danh hiệu", "đầu mối",
              hint="Tập thể lao động tiên tiến, hoặc từ hoàn thành tốt nhiệm vụ."),
        choice("force_rating", "Đánh giá lực lượng ở cơ sở", "team_rating", width=26,
               hint="Chỉ ghi khi lực lượng không có hồ sơ Tổ bảo vệ ANTT."),
        yes_no("before_complete", "Số vụ việc năm trước đã đủ",
               hint="Có thì mới so sánh được với năm trước."),
        document("document", "Nguồn số liệu"),
        note(),
    ),
    rules=(
        _scope_has_a_reason,
        _households_of_the_year_have_a_day,
        not_above("attended", "people"),
        not_above("sections_rated", "sections"),
    ),
    since=SINCE,
)  # fmt: skip

REGISTRATION = RecordSpec(
    kind="registration",
    label="đăng ký tiêu chuẩn",
    plural="Đăng ký tiêu chuẩn",
    area="standards",
    purpose="Ghi việc đăng ký đạt tiêu chuẩn của năm: ngày các văn bản và hai số có ngày chốt.",
    holds_persons=False,
    retention=KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="registered_on",
    dated_by="registered_on",
    unit_by="unit",
    state_by="standard",
    alike=("unit", "year", "standard"),
    fields=(
        unit("Đơn vị đăng ký", required=True),
        year(),
        choice("standard", "Tiêu chuẩn", "standard", required=True, listed=True, width=26),
        date("registered_on", "Ngày đăng ký", wanted=True, listed=True),
        document("document", "Bản đăng ký số", listed=True),
        date("resolution_on", "Ngày nghị quyết"),
        document("resolution_document", "Nghị quyết số", hint="Nơi có tổ chức Đảng."),
        date("plan_on", "Ngày kế hoạch"),
        document("plan_document", "Kế hoạch số", hint="Khu dân cư không có kế hoạch riêng."),
        count("households", "Số hộ đang cư trú", "hộ"),
        count("registered", "Số hộ đã đăng ký", "hộ"),
        count("people", "Số người phải được phổ biến", "người"),
        count("briefed", "Số người đã được phổ biến", "người"),
        date("counted_on", "Ngày chốt số"),
        note(),
    ),
    rules=(
        _registered_counts_have_a_day,
        not_above("registered", "households"),
        not_above("briefed", "people"),
    ),
    since=SINCE,
)

SUBMISSION = RecordSpec(
    kind="submission",
    label="hồ sơ đề nghị",
    plural="Hồ sơ đề nghị công nhận, phân loại",
    area="standards",
    purpose=(
        "Theo dõi từng bước: tự chấm, họp có biên bản, nộp hồ sơ, thẩm định, trình ký, báo cáo."
    ),
    holds_persons=False,
    retention=KEPT,
    title=("year", "minutes_number"),
    order=Order.NEWEST_FIRST,
    order_by="submitted_on",
    dated_by="submitted_on",
    unit_by="unit",
    state_by="standard",
    alike=("unit", "year", "standard"),
    fields=(
        unit(required=True),
        year(),
        choice("standard", "Tiêu chuẩn", "standard", required=True, listed=True, width=26),
        date("self_reviewed_on", "Ngày tự chấm", listed=True),
        date("meeting_planned_on", "Ngày họp dự kiến"),
        text("meeting_place", "Nơi họp"),
        date("meeting_on", "Ngày họp", listed=True),
        document("minutes_number", "Biên bản số"),
        date("submitted_on", "Ngày nộp hồ sơ", listed=True),
        text("submitted_to", "Nơi nhận hồ sơ"),
        document("proposal_document", "Tờ trình số"),
        document("report_document", "Báo cáo kết quả số"),
        date("appraised_on", "Ngày thẩm định"),
        date("presented_on", "Ngày trình ký"),
        date("reported_on", "Ngày báo cáo cấp trên"),
        note(),
    ),
    rules=(
        in_order("self_reviewed_on", "meeting_on", "submitted_on", "appraised_on", "presented_on"),
    ),
    since=SINCE,
)
