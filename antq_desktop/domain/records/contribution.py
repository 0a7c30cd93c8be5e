"""What the people contributed: tips, cases cleared with their help, arrests, mediation.

A tip has no place for who gave it, in no field and no attachment: the law keeps that identity in
the paper register (Mẫu 294, TT 28/2020/TT-BCA Art. 5), and a lost stick must betray nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.keeping import Keeping
from antq_desktop.domain.records.common import (
    choice,
    count,
    date,
    document,
    in_order,
    parent,
    subject,
    text,
    unit,
    yes_no,
)

NO_NAMES: Final = "Không ghi tên người."
_COUNTED: Final = "Giữ cùng hồ sơ phong trào của năm."


def _a_tip_of_a_crime_stands_in_the_book(view: RuleView) -> Iterator[Fault]:
    if view.yes("crime_signs") and not view.text("ledger_294"):
        message = "Tin có dấu hiệu tội phạm nhưng chưa có số trong sổ theo Mẫu 294."
        yield view.warning("tip_not_in_book", message, "ledger_294")


def _an_anonymous_tip_says_why(view: RuleView) -> Iterator[Fault]:
    reason = view.text("anonymous_reason")
    if view.yes("identified") and reason:
        message = "Tin có danh tính thì không có lý do ẩn danh. Bỏ lý do hoặc chọn lại."
        yield view.fault("reason_without_cause", message, "anonymous_reason")
    if view.values.get("identified") is False and not reason:
        message = "Tin ẩn danh còn thiếu lý do theo Thông tư 28."
        yield view.warning("anonymous_without_reason", message, "anonymous_reason")


TIP = RecordSpec(
    kind="tip",
    label="tin quần chúng cung cấp",
    plural="Tin quần chúng cung cấp",
    area="movement",
    purpose="Đếm tin quần chúng cung cấp, tin có giá trị; người cho biết tin chỉ có trong sổ giấy.",
    holds_persons=False,
    retention="Nội dung tin: xóa 24 tháng sau ngày nhận, chỉ còn số đếm.",
    keeping=Keeping(months=24, after="received_on", erases=("summary", "ledger_294")),
    attachable=False,
    title=("received_on", "summary"),
    suspects=(("ledger_294",),),
    order=Order.NEWEST_FIRST,
    order_by="received_on",
    dated_by="received_on",
    unit_by="unit",
    state_by="result",
    fields=(
        date("received_on", "Ngày nhận", required=True, listed=True),
        choice("subject", "Nội dung về", "tip_subject", required=True, listed=True, width=26),
        unit(),
        choice("channel", "Nhận qua", "tip_channel", wanted=True, listed=True),
        FieldSpec(
            name="summary",
            label="Tóm tắt",
            searched=True,
            listed=True,
            width=40,
            max_length=300,
            hint="Một dòng về sự việc. Không ghi tên, đặc điểm của người cho biết tin.",
        ),
        yes_no("identified", "Tin có danh tính", hint="Danh tính chỉ ghi trong sổ giấy."),
        choice("anonymous_reason", "Lý do ẩn danh", "anonymous_reason", width=26),
        yes_no("of_value", "Tin có giá trị", wanted=True, listed=True),
        choice("result", "Kết quả", "tip_result", listed=True),
        yes_no("crime_signs", "Có dấu hiệu tội phạm"),
        document("ledger_294", "Số trong sổ theo Mẫu 294"),
    ),
    rules=(_a_tip_of_a_crime_stands_in_the_book, _an_anonymous_tip_says_why),
    since=3,
)

CLEARANCE = RecordSpec(
    kind="clearance",
    label="vụ việc quần chúng giúp làm rõ",
    plural="Vụ việc quần chúng giúp làm rõ",
    area="movement",
    purpose="Ghi kết quả làm rõ vụ việc có phần tham gia của quần chúng, chỉ bằng số.",
    holds_persons=False,
    retention=_COUNTED,
    title=("cleared_on", "title"),
    suspects=(("title", "cleared_on"),),
    order=Order.NEWEST_FIRST,
    order_by="cleared_on",
    dated_by="cleared_on",
    unit_by="unit",
    fields=(
        date("cleared_on", "Ngày làm rõ", required=True, listed=True),
        subject("title", "Nội dung", hint=NO_NAMES),
        count("cases", "Số vụ", "vụ", required=True, listed=True),
        count("persons", "Số người bị xử lý", "người", wanted=True, listed=True),
        unit(),
        choice("kind", "Loại vụ việc", "incident_kind", wanted=True, width=26),
        choice("people_part", "Phần tham gia của quần chúng", "people_part", width=26),
        parent("incident", "Vụ việc trong sổ", "incident"),
        text("result", "Kết quả xử lý", hint=NO_NAMES),
        document("document", "Văn bản"),
    ),
    since=3,
)

ARREST = RecordSpec(
    kind="arrest",
    label="vụ quần chúng trực tiếp bắt giữ",
    plural="Vụ quần chúng trực tiếp bắt giữ",
    area="movement",
    purpose="Ghi vụ quần chúng trực tiếp bắt giữ người phạm tội quả tang, theo loại, chỉ bằng số.",
    holds_persons=False,
    retention=_COUNTED,
    title=("caught_on", "title"),
    suspects=(("minutes_number", "caught_on:year"),),
    order=Order.NEWEST_FIRST,
    order_by="caught_on",
    dated_by="caught_on",
    unit_by="unit",
    fields=(
        date("caught_on", "Ngày bắt giữ", required=True, listed=True),
        choice("offence", "Loại vi phạm", "offence_kind", required=True, listed=True),
        count("persons", "Số người bị bắt", "người", required=True, listed=True),
        subject("title", "Nội dung", required=False, hint=NO_NAMES),
        unit(),
        choice("caught_by", "Lực lượng bắt giữ", "caught_by", wanted=True, listed=True),
        text("handed_to", "Bàn giao cho"),
        parent("incident", "Vụ việc trong sổ", "incident"),
        document("minutes_number", "Biên bản số"),
    ),
    since=3,
)

MEDIATION = RecordSpec(
    kind="mediation",
    label="vụ hòa giải",
    plural="Vụ hòa giải ở cơ sở",
    area="movement",
    purpose="Đếm vụ hòa giải ở cơ sở và kết quả; nội dung và các bên ghi trong sổ của tổ hòa giải.",
    holds_persons=False,
    retention=_COUNTED,
    title=("held_on", "title"),
    suspects=(("book_number", "unit", "held_on:year"),),
    order=Order.NEWEST_FIRST,
    order_by="held_on",
    dated_by="held_on",
    unit_by="unit",
    state_by="result",
    fields=(
        date("held_on", "Ngày hòa giải", required=True, listed=True),
        choice("dispute", "Loại mâu thuẫn", "dispute_kind", required=True, listed=True, width=26),
        unit(),
        choice("result", "Kết quả", "mediation_result", wanted=True, listed=True, width=26),
        subject("title", "Nội dung", required=False, hint="Không ghi tên các bên."),
        text("group", "Tổ hòa giải", searched=True),
        count("parties", "Số bên", "bên"),
        document("book_number", "Số trong sổ hòa giải"),
        date("agreed_on", "Ngày lập văn bản hòa giải thành"),
        parent("incident", "Vụ việc trong sổ", "incident"),
    ),
    rules=(in_order("held_on", "agreed_on"),),
    since=3,
)
