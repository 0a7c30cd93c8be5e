"""What was decided: decision, recognition, classification, and the plan of who fell behind.

Results carry the unit that decided them in their identity: a commune notes what was decided of it,
the unit above records the same, and neither copy refuses the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    Down,
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    RuleView,
)
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    has_date,
    not_above,
    note,
    parent,
    subject,
    text,
    unit,
    year,
)
from antq_desktop.domain.records.standards import KEPT, SINCE

RECOGNISED, NOT_RECOGNISED, EXPECTED = "recognised", "not_recognised", "expected"
EXCELLENT, GOOD, AVERAGE, POOR = "excellent", "good", "average", "poor"
BEHIND = frozenset({AVERAGE, POOR})
REMEDIED = "done"


def _author() -> FieldSpec:
    return FieldSpec(
        name="author",
        label="Đơn vị lập",
        kind=FieldKind.REFERENCE,
        refers_to=("unit",),
        required=True,
        width=26,
        travels=UP,
    )


def _refused_says_why(view: RuleView) -> Iterator[Fault]:
    if view.text("result") == NOT_RECOGNISED and not view.text("reason"):
        message = "Không công nhận thì phải có lý do; lý do được in. Nhập lý do."
        yield view.warning("refused_without_reason", message, "reason")


def _decided_has_a_day(view: RuleView) -> Iterator[Fault]:
    decided = {RECOGNISED, NOT_RECOGNISED}
    if view.text("result") in decided and not view.text("decided_on"):
        message = "Còn thiếu ngày quyết định."
        yield view.warning("wanted", message, "decided_on")


STANDARD_DECISION = RecordSpec(
    kind="standard_decision",
    label="quyết định công nhận, phân loại",
    plural="Quyết định công nhận, phân loại",
    area="standards",
    purpose="Ghi số, ngày, cơ quan của quyết định; một quyết định có thể cho nhiều đơn vị.",
    holds_persons=False,
    retention=KEPT,
    title=("number", "title"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    state_by="standard",
    suspects=(("number", "issuer", "decided_on:year"),),
    fields=(
        subject("title", "Trích yếu"),
        year(),
        choice("standard", "Tiêu chuẩn", "standard", required=True, listed=True, width=26),
        document("number", "Số, ký hiệu", wanted=True, listed=True),
        date("decided_on", "Ngày quyết định", wanted=True, listed=True),
        text("issuer", "Cơ quan quyết định", wanted=True),
        text("signer_office", "Chức vụ người ký", hint="Ghi chức vụ, không ghi tên."),
        note(),
    ),
    since=SINCE,
)

RECOGNITION = RecordSpec(
    kind="recognition",
    label="kết quả công nhận",
    plural="Kết quả công nhận",
    area="standards",
    purpose=(
        "Ghi đơn vị được công nhận, không được công nhận hay chờ quyết định, và giấy công nhận."
    ),
    holds_persons=False,
    retention=KEPT,
    title=("year", "certificate_number"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    unit_by="unit",
    state_by="result",
    alike=("author", "unit", "year", "standard"),
    owned_by="author",
    down=Down.TO_ITS_UNIT,
    fields=(
        _author(),
        unit(required=True),
        year(),
        choice("standard", "Tiêu chuẩn", "standard", required=True, width=26),
        choice("result", "Kết quả", "recognition_result", wanted=True, listed=True),
        parent("decision", "Hồ sơ quyết định", "standard_decision"),
        document("decision_number", "Quyết định số"),
        date("decided_on", "Ngày quyết định", listed=True),
        text("issuer", "Cơ quan quyết định"),
        FieldSpec(name="reason", label="Lý do", width=40, max_length=500, travels=UP),
        count("met", "Số tiêu chí đạt", "tiêu chí"),
        count("whole", "Trên tổng số tiêu chí", "tiêu chí"),
        document("certificate_number", "Giấy công nhận số", listed=True),
        date("certificate_on", "Ngày cấp giấy"),
    ),
    rules=(_refused_says_why, _decided_has_a_day, not_above("met", "whole")),
    since=SINCE,
)

CLASSIFICATION_RESULT = RecordSpec(
    kind="classification",
    label="kết quả phân loại",
    plural="Phân loại phong trào",
    area="standards",
    purpose="Ghi mức phân loại phong trào của đơn vị trong năm và quyết định phân loại.",
    holds_persons=False,
    retention=KEPT,
    title=("year", "reason"),
    order=Order.NEWEST_FIRST,
    order_by="decided_on",
    dated_by="decided_on",
    unit_by="unit",
    state_by="grade",
    alike=("author", "unit", "year"),
    owned_by="author",
    down=Down.TO_ITS_UNIT,
    fields=(
        _author(),
        unit(required=True),
        year(),
        choice("grade", "Mức phân loại", "movement_grade", wanted=True, listed=True),
        FieldSpec(
            name="points", label="Điểm", kind=FieldKind.DECIMAL, width=8, listed=True, travels=UP
        ),
        parent("sheet", "Theo phiếu chấm", "score_sheet"),
        parent("decision", "Hồ sơ quyết định", "standard_decision"),
        document("decision_number", "Quyết định số"),
        date("decided_on", "Ngày quyết định", listed=True),
        text("issuer", "Cơ quan quyết định"),
        FieldSpec(
            name="reason",
            label="Ghi thêm, lý do",
            width=40,
            max_length=500,
            searched=True,
            travels=UP,
        ),
    ),
    since=SINCE,
)

REMEDIAL_PLAN = RecordSpec(
    kind="remedial_plan",
    label="kế hoạch khắc phục",
    plural="Kế hoạch khắc phục",
    area="standards",
    purpose=(
        "Theo dõi đơn vị xếp Trung bình, Yếu: việc phải làm, thời hạn, người theo dõi, kết quả."
    ),
    holds_persons=False,
    retention=KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="deadline",
    dated_by="deadline",
    unit_by="unit",
    state_by="state",
    alike=("author", "unit", "year"),
    owned_by="author",
    down=Down.TO_ITS_UNIT,
    fields=(
        _author(),
        unit(required=True),
        year(),
        choice("grade", "Mức đã xếp", "movement_grade", listed=True, width=14),
        date("deadline", "Thời hạn", wanted=True, listed=True),
        choice("state", "Tình trạng", "remedial_state", wanted=True, listed=True, width=16),
        parent("follower", "Thành viên Ban Chỉ đạo theo dõi", "committee_member"),
        text("follower_office", "Chức vụ người theo dõi", hint="Ghi chức vụ, không ghi tên."),
        FieldSpec(
            name="measures",
            label="Tồn tại, biện pháp",
            kind=FieldKind.LONG_TEXT,
            width=60,
            max_length=4000,
            hint="Không ghi tên người.",
            travels=UP,
        ),
        document("document", "Kế hoạch số"),
        date("done_on", "Ngày khắc phục xong"),
    ),
    lines=(
        LineSpec(
            name="reviews",
            label="Kiểm tra việc khắc phục",
            item="lần kiểm tra",
            fields=(
                date("reviewed_on", "Ngày", required=True),
                FieldSpec(name="result", label="Kết quả", width=40, travels=UP),
                FieldSpec(name="remaining", label="Còn tồn tại", width=40, travels=UP),
            ),
        ),
    ),
    rules=(has_date("state", frozenset({REMEDIED}), "done_on"),),
    since=SINCE,
)
