"""Funding by source, scheme and year; persons under management as counts, never as names."""

from __future__ import annotations

from collections.abc import Iterator

from antq_desktop.domain.checking import lowered
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    in_order,
    money,
    note,
    of_its_year,
    parent,
    subject,
    unit,
    year,
)
from antq_desktop.domain.units import stands_in_the_table


def _spent_is_within_granted(view: RuleView) -> Iterator[Fault]:
    for part, whole in (("granted", "asked"), ("spent", "granted")):
        some, every = view.number(part), view.number(whole)
        if some is not None and every is not None and some > every:
            first, second = view.spec.field(part).label, view.spec.field(whole).label
            message = f"{first} lớn hơn {lowered(second)}. Kiểm tra lại hai số tiền."
            yield view.warning("more_than_granted", message, part)


def _the_year_adds_up(view: RuleView) -> Iterator[Fault]:
    helped, whole = view.number("helped"), view.number("persons")
    begun, ended = view.number("begun"), view.number("ended")
    if helped is not None and whole is not None and helped > whole + (ended or 0):
        message = "Số được giúp đỡ lớn hơn số đang và đã quản lý trong năm. Nhập lại."
        yield view.fault("part_above_whole", message, "helped")
    if begun is not None and whole is not None and begun > whole + (ended or 0):
        message = "Số mới nhận lớn hơn số đang và đã quản lý trong năm. Nhập lại."
        yield view.fault("part_above_whole", message, "begun")


def _of_a_commune_as_a_whole(view: RuleView) -> Iterator[Fault]:
    """Refuse a count of a neighbourhood: there it would point at the few it counts.

    Units of the table carry their code and day as their id, places that a unit made its own do not.
    """
    unit_id = str(view.values.get("unit") or "")
    if unit_id and not stands_in_the_table(unit_id):
        message = (
            "Số người quản lý, giáo dục chỉ tính cho cả xã, phường, không theo khu dân cư. "
            "Chọn đơn vị cấp xã."
        )
        yield view.fault("count_of_a_neighbourhood", message, "unit")


FUNDING = RecordSpec(
    kind="funding",
    label="khoản kinh phí",
    plural="Kinh phí phong trào",
    area="movement",
    purpose="Theo dõi kinh phí đề nghị, được cấp, đã chi theo nguồn, mô hình và năm.",
    holds_persons=False,
    retention="Giữ theo thời hạn lưu trữ chứng từ của đơn vị.",
    title=("year", "title"),
    suspects=(("title", "source", "year"),),
    order=Order.NEWEST_FIRST,
    order_by="granted_on",
    dated_by="granted_on",
    unit_by="unit",
    fields=(
        year(),
        choice("source", "Nguồn", "fund_source", required=True, listed=True),
        subject("title", "Nội dung"),
        money("asked", "Đề nghị"),
        document("asked_document", "Văn bản đề nghị"),
        date("asked_on", "Ngày đề nghị"),
        money("granted", "Được cấp"),
        document("granted_document", "Văn bản cấp"),
        date("granted_on", "Ngày cấp", wanted=True, listed=True),
        money("spent", "Đã chi"),
        document("spent_document", "Văn bản quyết toán"),
        parent("scheme", "Chi cho mô hình", "scheme"),
        unit("Đơn vị được cấp", wanted=False),
        note(),
    ),
    rules=(_spent_is_within_granted, in_order("asked_on", "granted_on")),
    since=3,
)

MANAGED_COUNT = RecordSpec(
    kind="managed_count",
    label="số liệu quản lý, giáo dục",
    plural="Quản lý, giáo dục, tái hòa nhập",
    area="movement",
    purpose="Ghi số người được quản lý, giáo dục, giúp tái hòa nhập; chỉ có số, không có tên.",
    holds_persons=False,
    retention="Giữ cùng hồ sơ phong trào của năm; không có thông tin về từng người.",
    attachable=False,
    of_communes=True,
    title=("year", "document"),
    order=Order.NEWEST_FIRST,
    order_by="counted_on",
    dated_by="counted_on",
    unit_by="unit",
    state_by="category",
    alike=("unit", "year", "category"),
    fields=(
        unit(required=True),
        year(),
        choice("category", "Diện", "managed_category", required=True, listed=True, width=30),
        date("counted_on", "Ngày đếm", wanted=True, listed=True),
        count("persons", "Đang quản lý", "người", wanted=True, listed=True),
        count("begun", "Mới nhận trong năm", "người", listed=True),
        count("ended", "Kết thúc trong năm", "người", listed=True),
        count("helped", "Được giúp đỡ, tạo việc làm", "người"),
        count("relapsed", "Vi phạm lại", "người"),
        document("document", "Nguồn số liệu"),
    ),
    rules=(_of_a_commune_as_a_whole, _the_year_adds_up, of_its_year("counted_on")),
    since=3,
)
