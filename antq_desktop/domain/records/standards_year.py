"""The year of the cycle: the unit's own days, targets, public holidays, closings; drug counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldKind, FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    UP,
    choice,
    count,
    date,
    document,
    note,
    text,
    unit,
    year,
    yes_no,
)
from antq_desktop.domain.records.standards import KEPT, SINCE

LEADS: Final = ("meeting", "file", "appraisal", "signing")
DAY_OFF, MADE_UP = "day_off", "made_up"
_MEASURE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_OWN_UNIT: Final = "Đơn vị lập"


def _steps_stand_in_order(view: RuleView) -> Iterator[Fault]:
    known = ((name, view.number(name)) for name in LEADS)
    given = [(name, days) for name, days in known if days is not None]
    for (before, days), (after, fewer) in pairwise(given):
        if fewer > days:
            first, second = view.spec.field(before).label, view.spec.field(after).label
            message = f"{second} phải sau {first[:1].lower() + first[1:]}. Sửa số ngày làm việc."
            yield view.fault("steps_out_of_order", message, after)


def _measure_is_a_code(view: RuleView) -> Iterator[Fault]:
    measure = view.text("measure")
    if measure and not _MEASURE.fullmatch(measure):
        message = "Chỉ tiêu chưa đúng. Chọn một chỉ tiêu trong danh sách."
        yield view.fault("measure_malformed", message, "measure")


def _a_holiday_is_one_day(view: RuleView) -> Iterator[Fault]:
    day = view.text("day")
    if day and len(day) < len("YYYY-MM-DD"):
        message = "Ngày nghỉ phải đủ ngày, tháng, năm. Nhập lại."
        yield view.fault("day_incomplete", message, "day")


def _lead(name: str, label: str) -> FieldSpec:
    return FieldSpec(
        name=name,
        label=label,
        kind=FieldKind.INTEGER,
        unit="ngày làm việc",
        width=8,
        minimum=0,
        maximum=250,
        listed=True,
        travels=UP,
    )


DAY_PLAN = RecordSpec(
    kind="day_plan",
    label="kế hoạch ngày của đơn vị",
    plural="Kế hoạch ngày",
    area="standards",
    purpose="Đặt các ngày sớm hơn hạn của văn bản: họp, nộp hồ sơ, thẩm định, trình ký.",
    holds_persons=False,
    retention=KEPT,
    title=("year", "document"),
    order=Order.NAME_OF_THING,
    order_by="document",
    unit_by="unit",
    state_by="unit_kind",
    alike=("unit", "year", "unit_kind"),
    owned_by="unit",
    fields=(
        unit(_OWN_UNIT, required=True),
        year(),
        choice("unit_kind", "Cho loại đơn vị", "unit_kind", required=True, listed=True),
        _lead("meeting", "Họp trước hạn"),
        _lead("file", "Nộp hồ sơ trước hạn"),
        _lead("appraisal", "Thẩm định trước hạn"),
        _lead("signing", "Trình ký trước hạn"),
        document("document", "Văn bản đặt ngày"),
    ),
    rules=(_steps_stand_in_order,),
    since=SINCE,
)

TARGET = RecordSpec(
    kind="target",
    label="chỉ tiêu năm",
    plural="Chỉ tiêu năm",
    area="standards",
    purpose="Ghi chỉ tiêu được giao trong năm để đặt cạnh số liệu của bất kỳ ngày nào.",
    holds_persons=False,
    retention=KEPT,
    title=("measure", "year"),
    order=Order.NAME_OF_THING,
    order_by="measure",
    dated_by="dated",
    unit_by="unit",
    alike=("author", "unit", "year", "measure"),
    owned_by="author",
    down=Down.TO_ITS_UNIT,
    fields=(
        FieldSpec(
            name="author",
            label="Đơn vị giao",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            required=True,
            width=26,
            travels=UP,
        ),
        unit("Giao cho đơn vị", required=True),
        year(),
        FieldSpec(
            name="measure",
            label="Chỉ tiêu",
            required=True,
            searched=True,
            listed=True,
            width=26,
            max_length=60,
            travels=UP,
        ),
        count("value", "Mức giao", wanted=True, listed=True),
        document("document", "Văn bản giao số", wanted=True, listed=True),
        date("dated", "Ngày văn bản"),
        note(),
    ),
    rules=(_measure_is_a_code,),
    since=SINCE,
)

HOLIDAY = RecordSpec(
    kind="holiday",
    label="ngày nghỉ, ngày làm bù",
    plural="Ngày nghỉ, ngày làm bù",
    area="standards",
    purpose="Giữ bảng ngày nghỉ lễ, Tết và ngày làm bù để tính hạn theo ngày làm việc.",
    holds_persons=False,
    retention="Giữ khi còn dùng để tính hạn.",
    title=("day", "title"),
    order=Order.NEWEST_FIRST,
    order_by="day",
    dated_by="day",
    unit_by="unit",
    state_by="kind",
    alike=("unit", "day"),
    owned_by="unit",
    down=Down.TO_ALL,
    attachable=False,
    fields=(
        unit(_OWN_UNIT, required=True),
        date("day", "Ngày", required=True, listed=True),
        choice("kind", "Nghỉ, làm bù", "holiday_kind", wanted=True, listed=True, width=14),
        text("title", "Dịp", searched=True),
        document("document", "Theo văn bản số", listed=True),
    ),
    rules=(_a_holiday_is_one_day,),
    since=SINCE,
)

CLOSING = RecordSpec(
    kind="closing",
    label="chốt số liệu năm",
    plural="Chốt số liệu năm",
    area="standards",
    purpose="Ghi ngày chốt số liệu của một tiêu chuẩn; việc sau đó là phát sinh sau khi chốt.",
    holds_persons=False,
    retention=KEPT,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="closed_on",
    dated_by="closed_on",
    unit_by="unit",
    state_by="standard",
    alike=("unit", "year", "standard"),
    owned_by="unit",
    fields=(
        unit("Đơn vị chốt", required=True),
        year(),
        choice("standard", "Tiêu chuẩn", "standard", required=True, listed=True, width=26),
        date("closed_on", "Ngày chốt", wanted=True, listed=True),
        document("document", "Văn bản số", listed=True),
        note("note", "Lý do chốt sớm, ghi chú"),
    ),
    since=SINCE,
)

DRUG_COUNT = RecordSpec(
    kind="drug_count",
    label="số liệu về ma túy của năm",
    plural="Số liệu về ma túy",
    area="standards",
    purpose="Ghi các số của xã theo Quyết định 28/2025/QĐ-TTg; chỉ có số, không có danh sách.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ của năm; không có thông tin về từng người.",
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="counted_on",
    dated_by="counted_on",
    unit_by="unit",
    alike=("unit", "year"),
    attachable=False,
    fields=(
        unit("Xã, phường, đặc khu", required=True),
        year(),
        date("counted_on", "Ngày chốt số", wanted=True, listed=True),
        count("residents", "Dân số đang cư trú", "người", wanted=True, listed=True),
        count("people", "Người có hồ sơ quản lý", "người", wanted=True, listed=True),
        count("places", "Điểm tổ chức, chứa chấp", "điểm"),
        count("arrested", "Người phạm tội bị bắt", "người"),
        count("plants", "Cây đã phát hiện, triệt phá", "cây"),
        count("square_metres", "Diện tích đã triệt phá", "m²"),
        yes_no("on_key_route", "Nằm trên tuyến trọng điểm"),
        document("document", "Nguồn số liệu", listed=True),
    ),
    since=SINCE,
)
