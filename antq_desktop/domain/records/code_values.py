"""What a unit says of the values of a code list: its own ones, other labels, what it hides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antq_desktop.domain.codes import (
    LONGEST_LABEL,
    SHIPPED,
    forbidden_words,
    is_of_a_unit,
    slug_of,
    unit_of,
)
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldSpec, Order, RecordSpec, RuleView
from antq_desktop.domain.records.common import UP, count, date, unit, yes_no

LONGEST_VALUE: Final = 120
OWNER: Final = "unit"


def _a_value_is_spelt_as_one(view: RuleView) -> Iterator[Fault]:
    value = view.text("value")
    if value and not (SHIPPED.fullmatch(value) or is_of_a_unit(value)):
        message = "Mã giá trị không đúng dạng. Lập lại giá trị trong mục Danh mục."
        yield view.fault("code_malformed", message, "value")
    if view.text("counts_as") and not SHIPPED.fullmatch(view.text("counts_as")):
        message = "Chỉ tính như giá trị có sẵn của chương trình. Chọn lại."
        yield view.fault("counts_as_unshipped", message, "counts_as")


def _only_its_unit_names_a_value(view: RuleView) -> Iterator[Fault]:
    of, label = unit_of(view.text("value")), view.text("label")
    if of and of != view.text(OWNER) and (label or view.text("retired_on")):
        message = "Giá trị này do đơn vị khác lập nên không đổi được tên ở đây."
        yield view.fault("value_of_another_unit", message, "label" if label else "retired_on")
    if of and of == view.text(OWNER) and not label:
        yield view.fault("label_missing", "Chưa nhập tên giá trị. Nhập tên.", "label")


def _no_value_classes_what_must_not_be_classed(view: RuleView) -> Iterator[Fault]:
    words = " ".join((view.text("label"), view.text("note"), _spelt(view.text("value"))))
    if forbidden_words(view.text("code_list"), words):
        message = "Danh mục này không được có loại như vậy. Nhập tên khác."
        yield view.fault("class_forbidden", message, "label")


def _spelt(value: str) -> str:
    return slug_of(value).replace("_", " ")


CODE_VALUE = RecordSpec(
    kind="code_value",
    label="giá trị danh mục",
    plural="Giá trị danh mục của đơn vị",
    area="documents",
    purpose="Giữ giá trị riêng, tên gọi và giá trị không dùng của đơn vị trong danh mục.",
    holds_persons=False,
    retention="Giữ khi hồ sơ còn dùng giá trị.",
    title=("label", "value"),
    order=Order.NAME_OF_THING,
    order_by="code_list",
    unit_by=OWNER,
    fields=(
        unit("Đơn vị lập", required=True),
        FieldSpec(
            name="code_list", label="Danh mục", required=True, listed=True, width=20,
            max_length=40, travels=UP,
        ),
        FieldSpec(
            name="value", label="Mã giá trị", required=True, width=24, max_length=LONGEST_VALUE,
            listed=True, travels=UP,
        ),
        FieldSpec(
            name="label", label="Tên giá trị", searched=True, listed=True, width=30,
            max_length=LONGEST_LABEL, travels=UP,
        ),
        count("place", "Thứ tự"),
        yes_no("hidden", "Không đưa ra chọn"),
        date("retired_on", "Ngày thôi dùng"),
        FieldSpec(name="counts_as", label="Tính như giá trị", max_length=40, travels=UP),
        FieldSpec(
            name="note", label="Ghi chú", width=40, max_length=200, travels=UP,
        ),
    ),
    rules=(
        _a_value_is_spelt_as_one,
        _only_its_unit_names_a_value,
        _no_value_classes_what_must_not_be_classed,
    ),
    alike=(OWNER, "code_list", "value"),
    owned_by=OWNER,
    down=Down.TO_ALL,
    attachable=False,
    since=5,
)  # fmt: skip
