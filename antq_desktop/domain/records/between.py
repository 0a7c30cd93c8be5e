"""What units say to each other of figures and records; each is a record of who says it.

That nothing happened, that something is to be put right, that one number stands in for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from antq_desktop.domain.asked import read_place, say_place
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    Down,
    FieldKind,
    FieldSpec,
    Order,
    RecordSpec,
    RuleView,
    Wording,
)
from antq_desktop.domain.records.common import UP, choice, date, parent, subject, unit
from antq_desktop.domain.records.openings import MEASURE_WORDS, PERIOD_WORDS, names_a_period
from antq_desktop.domain.zero_reports import ABOUT_LIST

_LARGEST: Final = 10**15
_KEPT: Final = "Giữ theo thời hạn lưu trữ của hồ sơ phong trào."
_PLACE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\.[a-z_][A-Za-z0-9_./-]{0,150}")
# asked about by their group: nothing but their group points at a person, and nothing at a tip
NOT_POINTED_AT: Final = frozenset({"member", "team_member", "committee_member", "tip"})
NOTE: Final = "note"  # a request that wants no answer


def _period(hint: str) -> FieldSpec:
    return FieldSpec(
        name="period",
        label="Kỳ",
        required=True,
        listed=True,
        width=14,
        max_length=40,
        travels=UP,
        hint=hint,
        wording=PERIOD_WORDS,
    )


def _number(name: str, label: str, hint: str = "") -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.INTEGER,
        maximum=_LARGEST,
        required=True,
        listed=True,
        width=16,
        travels=UP,
        hint=hint,
    )


ZERO_REPORT = RecordSpec(
    kind="zero_report",
    label="báo cáo không phát sinh",
    plural="Báo cáo không phát sinh",
    area="documents",
    purpose="Ghi rõ trong kỳ không phát sinh, để nơi nhận không nhầm với chưa báo cáo.",
    holds_persons=False,
    retention=_KEPT,
    title=("about", "period"),
    order=Order.NAME_OF_THING,
    order_by="about",
    unit_by="unit",
    fields=(
        unit("Đơn vị báo cáo", required=True),
        FieldSpec(
            name="about",
            label="Nội dung",
            kind=FieldKind.CHOICE,
            codes=ABOUT_LIST,
            required=True,
            searched=True,
            listed=True,
            width=30,
            travels=UP,
        ),
        _period("Tháng 9/2026, quý III/2026, 2026 hoặc hai ngày."),
        date("declared_on", "Ngày báo", listed=True),
    ),
    rules=(names_a_period,),
    alike=("unit", "about", "period"),
    owned_by="unit",
    attachable=False,
    since=8,
)


def _a_place_is_a_place(view: RuleView) -> Iterator[Fault]:
    place = view.text("place")
    if place and not _PLACE.fullmatch(place):
        message = "Mục được hỏi chưa đúng. Mở hồ sơ, chọn mục rồi lập yêu cầu."
        yield view.fault("place_malformed", message, "place")


def request_about(kinds: Iterable[str]) -> RecordSpec:
    """Return the declaration of requests about records of these kinds."""
    return RecordSpec(
        kind="request",
        label="yêu cầu",
        plural="Yêu cầu gửi đơn vị",
        area="documents",
        purpose="Đề nghị đơn vị dưới sửa, giải trình; gửi xuống cùng gói trả về.",
        holds_persons=False,
        retention=_KEPT,
        title=("title",),
        order=Order.NAME_OF_THING,
        order_by="title",
        dated_by="asked_on",
        unit_by="unit",
        state_by="sort",
        closed_by="closed_on",
        suspects=(("unit", "record", "place", "title"),),
        fields=(
            unit("Gửi đơn vị", required=True),
            choice("sort", "Loại yêu cầu", "request_sort", required=True, listed=True, width=18),
            subject("title", "Nội dung yêu cầu", hint="Không ghi tên người."),
            FieldSpec(
                name="record",
                label="Về hồ sơ",
                kind=FieldKind.REFERENCE,
                refers_to=tuple(kinds),
                width=30,
                travels=UP,
            ),
            FieldSpec(
                name="place",
                label="Mục được hỏi",
                width=28,
                max_length=200,
                travels=UP,
                wording=Wording(say_place, read_place),
            ),
            FieldSpec(
                name="held",
                label="Giá trị khi hỏi",
                width=28,
                max_length=1000,
                travels=UP,
                hint="Mục được coi là đã sửa khi giá trị khác giá trị này.",
            ),
            date("asked_on", "Ngày yêu cầu", required=True, listed=True),
            date("due_on", "Hạn trả lời", listed=True),
            date("closed_on", "Ngày khép lại"),
        ),
        rules=(_a_place_is_a_place,),
        down=Down.TO_ITS_UNIT,
        attachable=False,
        since=8,
    )


REQUEST_ANSWER = RecordSpec(
    kind="request_answer",
    label="trả lời yêu cầu",
    plural="Trả lời yêu cầu",
    area="documents",
    purpose="Trả lời yêu cầu của đơn vị tổng hợp, gửi lên cùng gói dữ liệu.",
    holds_persons=False,
    retention=_KEPT,
    title=("title",),
    order=Order.NAME_OF_THING,
    order_by="title",
    dated_by="answered_on",
    unit_by="unit",
    fields=(
        unit("Đơn vị trả lời", required=True),
        parent("request", "Yêu cầu", "request", required=True),
        subject("title", "Nội dung yêu cầu"),
        date("answered_on", "Ngày trả lời", required=True, listed=True),
        FieldSpec(
            name="answer",
            label="Nội dung trả lời",
            required=True,
            width=44,
            max_length=1000,
            hint="Không ghi tên người.",
            travels=UP,
        ),
    ),
    alike=("unit", "request"),
    answers="request",
    owned_by="unit",
    attachable=False,
    since=8,
)


def _an_adjustment_changes_something(view: RuleView) -> Iterator[Fault]:
    reported, value = view.number("reported"), view.number("value")
    if reported is not None and reported == value:
        message = "Số điều chỉnh bằng số báo cáo nên không có gì để điều chỉnh. Nhập số khác."
        yield view.fault("adjusts_nothing", message, "value")


ADJUSTMENT = RecordSpec(
    kind="adjustment",
    label="điều chỉnh số liệu",
    plural="Điều chỉnh số liệu",
    area="documents",
    purpose="Thay một số liệu sai của đơn vị dưới khi tổng hợp, đến khi đơn vị đó sửa.",
    holds_persons=False,
    retention="Giữ khi còn dùng để giải thích số liệu đã tổng hợp.",
    title=("measure", "period"),
    order=Order.NAME_OF_THING,
    order_by="measure",
    dated_by="confirmed_on",
    unit_by="unit",
    fields=(
        parent("by", "Đơn vị điều chỉnh", "unit", required=True),
        unit("Của đơn vị", required=True),
        FieldSpec(
            name="measure",
            label="Chỉ tiêu",
            kind=FieldKind.CHOICE,
            codes="measure",
            required=True,
            searched=True,
            listed=True,
            width=26,
            wording=MEASURE_WORDS,
            travels=UP,
        ),
        _period("2026, quý III/2026, tháng 9/2026 hoặc hai ngày."),
        _number("reported", "Số báo cáo", "Khi số báo cáo đổi, điều chỉnh thôi có hiệu lực."),
        _number("value", "Số điều chỉnh"),
        FieldSpec(
            name="reason",
            label="Lý do",
            required=True,
            width=44,
            max_length=500,
            hint="Không ghi tên người liên quan.",
            travels=UP,
        ),
        FieldSpec(
            name="confirmed_by",
            label="Nơi xác nhận",
            required=True,
            width=30,
            hint="Chức vụ, đơn vị đã xác nhận; không ghi tên người.",
            travels=UP,
        ),
        date("confirmed_on", "Ngày xác nhận", required=True),
    ),
    rules=(names_a_period, _an_adjustment_changes_something),
    alike=("by", "unit", "measure", "period"),
    owned_by="by",
    down=Down.TO_ITS_UNIT,
    attachable=False,
    since=8,
)
