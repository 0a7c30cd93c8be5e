"""Other forces as numbers: commune police, guards, patrols."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    choice,
    comes_before,
    count,
    date,
    document,
    not_above,
    of_its_year,
    subject,
    text,
    unit,
    year,
)

LAST_DAY_OF_SEMI_PROFESSIONALS: Final = "2024-06-30"  # Luật 30/2023/QH15 is in force the day after
_KEPT: Final = "Giữ cùng hồ sơ lực lượng của đơn vị."


def _semi_professionals_ended(view: RuleView) -> Iterator[Fault]:
    counted, number = view.text("counted_on"), view.number("semi_professional")
    if number and counted and comes_before(LAST_DAY_OF_SEMI_PROFESSIONALS, counted):
        message = (
            "Công an xã bán chuyên trách kết thúc ngày 30/6/2024 theo Luật 30/2023. "
            "Kiểm tra ngày đếm hoặc để trống mục này."
        )
        yield view.fault("force_has_ended", message, "semi_professional")


POLICE_FORCE = RecordSpec(
    kind="police_force",
    label="quân số Công an xã",
    plural="Quân số Công an xã",
    area="forces",
    purpose="Ghi quân số Công an xã, phường của năm bằng số, không có danh sách.",
    holds_persons=False,
    retention=_KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="counted_on",
    dated_by="counted_on",
    unit_by="unit",
    alike=("unit", "year"),
    fields=(
        unit("Xã, phường, thị trấn", required=True),
        year(),
        date("counted_on", "Ngày đếm", required=True, listed=True),
        count("regular", "Công an xã chính quy", "người", wanted=True, listed=True),
        count("semi_professional", "Công an viên bán chuyên trách", "người", listed=True),
        document("document", "Nguồn số liệu", listed=True),
    ),
    rules=(_semi_professionals_ended, of_its_year("counted_on")),
    since=3,
)

GUARD_FORCE = RecordSpec(
    kind="guard_force",
    label="lực lượng bảo vệ cơ quan, doanh nghiệp",
    plural="Bảo vệ cơ quan, doanh nghiệp, nhà trường",
    area="forces",
    purpose="Ghi số bảo vệ và danh hiệu hằng năm theo Điều 6, Điều 7 Thông tư 124.",
    holds_persons=False,
    retention=_KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="counted_on",
    dated_by="counted_on",
    unit_by="unit",
    state_by="title",
    alike=("unit", "year"),
    fields=(
        unit("Cơ quan, doanh nghiệp, nhà trường", required=True),
        year(),
        date("counted_on", "Ngày đếm", required=True, listed=True),
        count("guards", "Số bảo vệ", "người", wanted=True, listed=True),
        count("trained", "Đã qua bồi dưỡng nghiệp vụ", "người"),
        choice("title", "Danh hiệu, đánh giá", "guard_title", wanted=True, listed=True, width=26),
        count("disciplined", "Bị kỷ luật từ cảnh cáo trở lên", "người"),
        document("document", "Quyết định danh hiệu số"),
    ),
    rules=(not_above("trained", "guards"), of_its_year("counted_on")),
    since=3,
)

PATROL = RecordSpec(
    kind="patrol",
    label="buổi tuần tra",
    plural="Tuần tra",
    area="forces",
    purpose="Đếm buổi tuần tra của lực lượng ở cơ sở và kết quả, không ghi tên người.",
    holds_persons=False,
    retention=_KEPT,
    title=("patrolled_on", "result"),
    suspects=(("patrolled_on", "force", "unit"),),
    order=Order.NEWEST_FIRST,
    order_by="patrolled_on",
    dated_by="patrolled_on",
    unit_by="unit",
    fields=(
        date("patrolled_on", "Ngày", required=True, listed=True),
        choice("force", "Lực lượng", "patrol_force", required=True, listed=True, width=26),
        unit(),
        count("turns", "Số buổi", "buổi", listed=True, hint="Để trống là 01 buổi."),
        count("persons", "Lượt người tham gia", "lượt", wanted=True, listed=True),
        count("found", "Vụ phát hiện", "vụ"),
        count("reminded", "Trường hợp nhắc nhở, giải tán", "trường hợp"),
        subject("result", "Kết quả", required=False, hint="Không ghi tên người."),
        text("area", "Tuyến, khu vực"),
    ),
    since=3,
)
