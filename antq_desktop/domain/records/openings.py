"""Opening figures: what a report says of a time or a unit for which no records can exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    Order,
    RecordSpec,
    RuleView,
    Wording,
)
from antq_desktop.domain.figures import MEASURE_LIST, MEASURES
from antq_desktop.domain.period_names import read_period, say_period
from antq_desktop.domain.records.common import UP, date, note, text, unit, yes_no

_PERIOD = re.compile(
    r"(?:[a-z0-9_]+:)?\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4]|-H[12])?"
    r"|\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}",
    re.ASCII,
)
_LABELS = {measure.code: measure.label for measure in MEASURES}
MEASURE_WORDS = Wording(lambda code: _LABELS.get(code, code))
PERIOD_WORDS = Wording(say_period, read_period)


def names_a_period(view: RuleView) -> Iterator[Fault]:
    """Yield that a period is none."""
    period = view.text("period")
    if period and not _PERIOD.fullmatch(period):
        message = f"Kỳ “{period}” chưa đúng. Nhập 2022, quý II/2022 hoặc tháng 5/2022."
        yield view.fault("period_not_understood", message, "period")


def _a_closed_one_says_when(view: RuleView) -> Iterator[Fault]:
    if view.yes("closed") and not view.text("closed_on"):
        message = "Đã chuyển sang tính theo hồ sơ nhưng chưa có ngày."
        yield view.warning("closed_without_date", message, "closed_on")


OPENING_FIGURE = RecordSpec(
    kind="opening_figure",
    label="số liệu theo báo cáo",
    plural="Số liệu theo báo cáo",
    area="documents",
    purpose="Ghi số liệu theo báo cáo cho năm, đơn vị chưa có hồ sơ để tổng hợp và so sánh.",
    holds_persons=False,
    retention="Giữ khi còn dùng để so sánh giữa các năm.",
    title=("measure", "period", "document"),
    order=Order.NAME_OF_THING,
    order_by="measure",
    unit_by="unit",
    alike=("measure", "unit", "period", "document"),
    fields=(
        FieldSpec(
            name="measure",
            label="Chỉ tiêu",
            kind=FieldKind.CHOICE,
            codes=MEASURE_LIST,
            required=True,
            searched=True,
            listed=True,
            width=26,
            wording=MEASURE_WORDS,
            travels=UP,
        ),
        unit("Của đơn vị", required=True),
        FieldSpec(
            name="period",
            label="Kỳ",
            required=True,
            listed=True,
            width=14,
            max_length=40,
            travels=UP,
            hint="2021, quý III/2021, tháng 9/2021 hoặc 15/11/2020–14/11/2021.",
            wording=PERIOD_WORDS,
        ),
        FieldSpec(
            name="value",
            label="Số liệu",
            kind=FieldKind.INTEGER,
            maximum=10**15,
            required=True,
            listed=True,
            width=16,
            travels=UP,
        ),
        FieldSpec(
            name="document",
            label="Theo báo cáo, văn bản số",
            required=True,
            searched=True,
            listed=True,
            width=28,
            max_length=120,
            travels=UP,
        ),
        date("dated", "Ngày văn bản", wanted=True, listed=True),
        text("issuer", "Cơ quan ban hành", wanted=True),
        yes_no("closed", "Từ nay tính theo hồ sơ", listed=True),
        date("closed_on", "Ngày chuyển sang hồ sơ"),
        note(),
    ),
    rules=(names_a_period, _a_closed_one_says_when),
    since=3,
)
