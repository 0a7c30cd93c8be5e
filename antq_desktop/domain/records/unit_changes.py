"""Decisions that merge, split or rename units on a day; what they change is worked out from them.

A decision is a record of the unit that entered it. It goes down in return bundles, so that a
commune knows what its neighbours and it itself became; what of it is believed of whom,
`services/lineage.py` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from antq_desktop.domain.records.common import UP, date, document, subject

KIND: Final = "unit_change"
STEPS: Final = "steps"
MOST_STEPS: Final = 1000
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNIT: Final = re.compile(r"[0-9a-f]{32}|[A-Za-z0-9._-]{1,40}@\d{4}-\d{2}-\d{2}")


def _has_a_day(view: RuleView) -> Iterator[Fault]:
    day = view.text("effective_on")
    if day and not _DAY.fullmatch(day):
        message = "Ngày có hiệu lực phải đủ ngày, tháng, năm. Nhập lại ngày."
        yield view.fault("day_not_whole", message, "effective_on")


def _steps_name_units(view: RuleView) -> Iterator[Fault]:
    seen: set[tuple[object, object]] = set()
    for line_id, line in view.lines(STEPS).items():
        pair = line.get("old"), line.get("new")
        for name in ("old", "new"):
            given = line.get(name)
            if isinstance(given, str) and not _UNIT.fullmatch(given):
                message = "Mã đơn vị chưa đúng. Chọn đơn vị trong danh sách."
                yield view.fault("unit_id_malformed", message, f"{STEPS}/{line_id}/{name}")
        if pair[0] is not None and pair[0] == pair[1]:
            message = "Đơn vị trước và đơn vị sau là một. Chọn đơn vị khác."
            yield view.fault("unit_becomes_itself", message, f"{STEPS}/{line_id}/new")
        if pair in seen and None not in pair:
            message = "Hai dòng nói cùng một việc đổi đơn vị. Bỏ một dòng."
            yield view.fault("step_twice", message, f"{STEPS}/{line_id}/old")
        seen.add(pair)


def _unit(name: str, label: str) -> FieldSpec:
    return FieldSpec(name=name, label=label, required=True, width=24, max_length=64, travels=UP)


UNIT_CHANGE = RecordSpec(
    kind=KIND,
    label="quyết định đổi đơn vị",
    plural="Thay đổi đơn vị",
    area="forces",
    purpose="Ghi việc nhập, chia, đổi tên đơn vị để hồ sơ cũ và mới tổng hợp được với nhau.",
    holds_persons=False,
    retention="Giữ lâu dài cùng số liệu tổng hợp.",
    title=("title",),
    order=Order.NEWEST_FIRST,
    order_by="effective_on",
    dated_by="effective_on",
    suspects=(("number", "effective_on"),),
    fields=(
        document("number", "Số quyết định", listed=True),
        subject("title", "Trích yếu", hint="Không ghi tên người."),
        FieldSpec(name="issuer", label="Cơ quan ban hành", width=30, travels=UP),
        date("decided_on", "Ngày ban hành"),
        date("effective_on", "Ngày có hiệu lực", required=True, listed=True),
        FieldSpec(name="source", label="Nguồn của bảng", width=40, max_length=300, travels=UP),
    ),
    lines=(
        LineSpec(
            name=STEPS,
            label="Các đơn vị thay đổi",
            item="dòng thay đổi",
            limit=MOST_STEPS,
            fields=(
                _unit("old", "Mã đơn vị trước"),
                FieldSpec(
                    name="old_name", label="Đơn vị trước", required=True, width=30, travels=UP
                ),
                _unit("new", "Mã đơn vị sau"),
                FieldSpec(name="new_name", label="Đơn vị sau", required=True, width=30, travels=UP),
                FieldSpec(
                    name="part",
                    label="Chỉ một phần",
                    kind=FieldKind.YES_NO,
                    width=12,
                    travels=UP,
                ),
            ),
        ),
    ),
    rules=(_has_a_day, _steps_name_units),
    down=Down.TO_ALL,
    attachable=False,
    since=10,
)
