"""Score sheets as records: a header, one record for each item, the appraisal of another unit.

What may be answered by one mark alone has no record of its own: it is a line of the header that
stays among the devices of the unit, with room for the reference to one document and nothing else.
Up goes only whether the criterion holds (`told`). No total and no grade is stored anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

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
from antq_desktop.domain.records.common import UP, choice, date, parent, text, unit, year
from antq_desktop.domain.records.standards import KEPT, SINCE

NOT_HAPPENED, HAPPENED = "not_happened", "happened"
DRAFTING, SELF_REVIEWED, SUBMITTED, APPRAISED, CLOSED = (
    "drafting", "self_reviewed", "submitted", "appraised", "closed",
)  # fmt: skip
MET, NOT_MET, NOT_APPLICABLE = "met", "not_met", "not_applicable"
FREEZING: Final = frozenset({"closing", "score_sheet", "score_line", "appraisal_line"})
"""Kinds of which a closing leaves some as they are."""
LONGEST_PIECE: Final = 15_000


def _slug(name: str, label: str, *, listed: bool = True, hint: str = "") -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        required=True,
        searched=True,
        listed=listed,
        width=20,
        max_length=64,
        hint=hint,
        machine=True,
        travels=UP,
    )


def _long(name: str, label: str, hint: str = "") -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.LONG_TEXT,
        width=60,
        max_length=20_000,
        hint=hint,
        machine=True,
        travels=UP,
    )


def _points() -> FieldSpec:
    return FieldSpec(
        name="points", label="Điểm", kind=FieldKind.DECIMAL, width=8, listed=True, travels=UP
    )


def _closed_says_when(view: RuleView) -> Iterator[Fault]:
    if view.text("state") == CLOSED and not view.text("closed_on"):
        message = "Phiếu chấm đã chốt thì phải có ngày chốt. Nhập ngày chốt."
        yield view.fault("state_without_date", message, "closed_on")


def _a_paper_needs_a_cause(view: RuleView) -> Iterator[Fault]:
    for line_id, mark in view.lines("marks").items():
        named = any(mark.get(name) for name in ("number", "dated", "issuer"))
        if named and mark.get("answer") != HAPPENED:
            message = "Chỉ ghi văn bản khi có xảy ra. Bỏ văn bản hoặc sửa câu trả lời."
            yield view.fault("paper_without_cause", message, f"marks/{line_id}/number")


def _an_override_says_why(view: RuleView) -> Iterator[Fault]:
    if view.text("override") and not view.text("override_reason").strip():
        message = "Ghi đè kết quả tính thì phải có lý do; lý do được in. Nhập lý do."
        yield view.fault("override_without_reason", message, "override_reason")
    if view.text("override") == NOT_APPLICABLE:
        message = "Ghi đè chỉ chọn đạt hoặc chưa đạt."
        yield view.fault("override_without_answer", message, "override")


def _a_reason_needs_its_answer(view: RuleView) -> Iterator[Fault]:
    if view.text("answer") == NOT_APPLICABLE and not view.text("reason"):
        message = "Không áp dụng thì phải chọn một lý do mà văn bản cho phép."
        yield view.fault("not_applicable_without_reason", message, "reason")


SCORE_SHEET = RecordSpec(
    kind="score_sheet",
    label="phiếu chấm",
    plural="Phiếu chấm",
    area="standards",
    purpose="Lập phiếu chấm của đơn vị theo một bộ tiêu chí trong năm; điểm và mức luôn được tính.",
    holds_persons=False,
    retention=KEPT,
    title=("set_title", "year"),
    order=Order.NEWEST_FIRST,
    order_by="begun_on",
    dated_by="begun_on",
    unit_by="unit",
    state_by="state",
    alike=("subject", "year", "criteria_set"),
    attachable=False,
    fields=(
        FieldSpec(
            name="subject",
            label="Chấm cho",
            kind=FieldKind.REFERENCE,
            refers_to=("unit", "scheme", "protection_team"),
            required=True,
            width=26,
            listed=True,
            travels=UP,
        ),
        year(),
        _slug("criteria_set", "Mã bộ tiêu chí"),
        text("set_title", "Bộ tiêu chí", searched=True),
        FieldSpec(
            name="digest", label="Mã đối chiếu của bộ", max_length=64, machine=True, travels=UP
        ),
        FieldSpec(
            name="checks",
            label="Phép kiểm tra",
            max_length=1000,
            width=40,
            machine=True,
            travels=UP,
        ),
        unit("Thuộc đơn vị", wanted=False),
        date("window_since", "Kỳ đánh giá từ ngày"),
        date("window_until", "Kỳ đánh giá đến ngày"),
        date("begun_on", "Ngày lập", listed=True),
        choice("state", "Tình trạng", "sheet_state", listed=True, width=16),
        date("closed_on", "Ngày chốt"),
    ),
    lines=(
        LineSpec(
            name="marks",
            label="Trả lời bằng một dấu",
            item="câu trả lời",
            fields=(
                FieldSpec(
                    name="answer",
                    label="Trả lời",
                    kind=FieldKind.CHOICE,
                    codes="mark_answer",
                ),
                FieldSpec(name="number", label="Văn bản số", max_length=120),
                FieldSpec(name="dated", label="Ngày văn bản", kind=FieldKind.DATE, width=12),
                FieldSpec(name="issuer", label="Cơ quan ban hành"),
            ),
        ),
        LineSpec(
            name="told",
            label="Tiêu chí trả lời bằng dấu",
            item="tiêu chí",
            fields=(choice("answer", "Kết quả", "sheet_answer"),),
        ),
    ),
    rules=(_closed_says_when, _a_paper_needs_a_cause),
    since=SINCE,
)

SCORE_LINE = RecordSpec(
    kind="score_line",
    label="dòng chấm",
    plural="Dòng chấm",
    area="standards",
    purpose="Giữ kết quả tự chấm, tài liệu chứng minh và số liệu đã dùng của một tiêu chí.",
    holds_persons=False,
    retention=KEPT,
    parent="score_sheet",
    title=("item",),
    order=Order.NAME_OF_THING,
    order_by="item",
    state_by="answer",
    alike=("score_sheet", "item"),
    fields=(
        parent("score_sheet", "Phiếu chấm", "score_sheet", required=True),
        _slug("item", "Mã tiêu chí"),
        choice("answer", "Tự chấm", "sheet_answer", listed=True),
        _points(),
        FieldSpec(
            name="reason", label="Lý do không áp dụng", max_length=64, machine=True, travels=UP
        ),
        _long("seen", "Số liệu đã dùng", "Do chương trình ghi để tính lại được về sau."),
        date("computed_on", "Ngày tính"),
        choice("override", "Ghi đè", "sheet_answer"),
        FieldSpec(
            name="override_reason", label="Lý do ghi đè", width=40, max_length=500, travels=UP
        ),
        FieldSpec(
            name="settled_reason",
            label="Lý do chấp nhận tạm tính",
            width=40,
            max_length=500,
            travels=UP,
        ),
    ),
    lines=(
        LineSpec(
            name="evidence",
            label="Tài liệu chứng minh",
            item="tài liệu",
            fields=(
                FieldSpec(
                    name="record_kind",
                    label="Loại hồ sơ",
                    required=True,
                    max_length=40,
                    machine=True,
                    travels=UP,
                ),
                FieldSpec(
                    name="record",
                    label="Mã hồ sơ",
                    required=True,
                    max_length=64,
                    machine=True,
                    travels=UP,
                ),
                FieldSpec(name="title", label="Tên in ra", width=40, max_length=300, travels=UP),
            ),
        ),
    ),
    rules=(_an_override_says_why, _a_reason_needs_its_answer),
    since=SINCE,
)

APPRAISAL_LINE = RecordSpec(
    kind="appraisal_line",
    label="dòng thẩm định",
    plural="Dòng thẩm định",
    area="standards",
    purpose="Giữ kết quả thẩm định một tiêu chí của đơn vị thẩm định, và lý do khi khác tự chấm.",
    holds_persons=False,
    retention=KEPT,
    parent="score_sheet",
    title=("item",),
    order=Order.NAME_OF_THING,
    order_by="item",
    state_by="answer",
    unit_by="unit",
    alike=("score_sheet", "item", "author"),
    owned_by="author",
    down=Down.TO_ITS_UNIT,
    fields=(
        parent("score_sheet", "Phiếu chấm", "score_sheet", required=True),
        _slug("item", "Mã tiêu chí"),
        FieldSpec(
            name="author",
            label="Đơn vị thẩm định",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            required=True,
            width=26,
            travels=UP,
        ),
        choice("answer", "Thẩm định", "sheet_answer", listed=True),
        _points(),
        FieldSpec(
            name="reason", label="Lý do không áp dụng", max_length=64, machine=True, travels=UP
        ),
        FieldSpec(
            name="difference", label="Lý do khác tự chấm", width=40, max_length=500, travels=UP
        ),
        unit("Thuộc đơn vị", wanted=False),
        date("appraised_on", "Ngày thẩm định"),
    ),
    rules=(_a_reason_needs_its_answer,),
    since=SINCE,
)

CRITERIA_VERSION = RecordSpec(
    kind="criteria_version",
    label="bản bộ tiêu chí",
    plural="Bộ tiêu chí đã dùng",
    area="standards",
    purpose="Giữ nguyên bộ tiêu chí đã dùng hoặc do đơn vị sửa, để mở lại phiếu chấm của mọi năm.",
    holds_persons=False,
    retention="Giữ khi còn phiếu chấm lập theo bộ này.",
    title=("title",),
    order=Order.NAME_OF_THING,
    order_by="code",
    dated_by="kept_on",
    unit_by="author",
    alike=("author", "code", "digest"),
    owned_by="author",
    down=Down.TO_ALL,
    attachable=False,
    fields=(
        FieldSpec(
            name="author",
            label="Đơn vị giữ",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            required=True,
            width=26,
            listed=True,
            travels=UP,
        ),
        _slug("code", "Mã bộ"),
        _slug("digest", "Mã đối chiếu", listed=False),
        replace(text("title", "Tên bộ", searched=True), required=True),
        date("kept_on", "Ngày giữ", listed=True),
        date("retired_on", "Ngày thôi dùng để lập mới"),
    ),
    lines=(
        LineSpec(
            name="content",
            label="Nội dung",
            item="phần",
            fields=(_long("piece", "Nội dung phần"),),
        ),
    ),
    since=SINCE,
)
