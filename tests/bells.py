"""A kind that no program ships: declared here, given a table by a step, and used by the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from antq_desktop.domain.clock import Clock
from antq_desktop.domain.codes import CodeList, Codes, CodeValue
from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import (
    FieldKind,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    RuleView,
    Travels,
)
from antq_desktop.domain.records import SPECS, Specs
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import NewProfile, Profiles
from antq_desktop.storage.migrations import NEWEST, STEPS, Step
from antq_desktop.storage.schema import build, search_statements
from antq_desktop.storage.store import Outside
from antq_desktop.storage.vault import FLOOR
from tests.fakes import CountedBytes
from tests.stores import COMMUNE, COMMUNE_ID, OFFICER, PASSWORD


def a_broken_bell_has_a_date(view: RuleView) -> Iterator[Fault]:
    if view.text("condition") == "broken" and not view.text("broken_on"):
        message = "Kẻng hỏng thì phải có ngày hỏng. Nhập ngày hỏng."
        yield view.fault("broken_without_date", message, "broken_on")


BELL = RecordSpec(
    kind="bell",
    label="kẻng báo động",
    plural="Kẻng báo động",
    area="schemes",
    purpose="Theo dõi từng chiếc kẻng của thôn.",
    holds_persons=True,
    retention="Điện thoại người giữ kẻng: xóa 24 tháng sau khi thôi giữ.",
    title=("name",),
    order=Order.NAME_OF_THING,
    order_by="name",
    dated_by="hung_on",
    unit_by="unit",
    state_by="condition",
    since=NEWEST + 1,
    rules=(a_broken_bell_has_a_date,),
    fields=(
        FieldSpec(
            name="name",
            label="Tên kẻng",
            required=True,
            searched=True,
            listed=True,
            travels=Travels.UP,
        ),
        FieldSpec(
            name="unit",
            label="Thôn",
            kind=FieldKind.REFERENCE,
            refers_to=("unit",),
            listed=True,
            travels=Travels.UP,
        ),
        FieldSpec(
            name="condition",
            label="Tình trạng",
            kind=FieldKind.CHOICE,
            codes="bell_condition",
            required=True,
            listed=True,
            travels=Travels.UP,
        ),
        FieldSpec(name="hung_on", label="Ngày treo", kind=FieldKind.DATE, travels=Travels.UP),
        FieldSpec(name="broken_on", label="Ngày hỏng", kind=FieldKind.DATE, travels=Travels.UP),
        FieldSpec(
            name="price",
            label="Giá mua",
            kind=FieldKind.MONEY,
            unit="đồng",
            wanted=True,
            travels=Travels.UP,
        ),
        FieldSpec(name="weight", label="Nặng", kind=FieldKind.DECIMAL, unit="kg"),
        FieldSpec(name="electric", label="Chạy điện", kind=FieldKind.YES_NO),
        FieldSpec(name="note", label="Ghi chú", kind=FieldKind.LONG_TEXT, max_length=500),
        FieldSpec(name="keeper_phone", label="Điện thoại", kind=FieldKind.PHONE, private=True),
        FieldSpec(name="here", label="Chỗ cất trên máy này", travels=Travels.NEVER),
    ),
    lines=(
        LineSpec(
            name="repairs",
            label="Lần sửa",
            item="lần sửa",
            fields=(
                FieldSpec(name="on", label="Ngày", kind=FieldKind.DATE, required=True),
                FieldSpec(name="cost", label="Tiền", kind=FieldKind.MONEY, unit="đồng"),
            ),
        ),
    ),
)
WITH_BELLS: Specs = {**SPECS, BELL.kind: BELL}
CONDITIONS = CodeList(
    name="bell_condition",
    title="Tình trạng kẻng",
    legal_basis="Thử",
    confidence="C",
    values=(
        CodeValue("good", "Còn tốt", "1900-01-01"),
        CodeValue("broken", "Đã hỏng", "1900-01-01"),
    ),
)


def hang_bells() -> Step:
    """Return the step that a kind needs: its table, its indexes, its search."""

    def apply(connection):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        table = build(WITH_BELLS.values()).tables[BELL.kind]
        table.create(connection)
        for statement in search_statements(BELL.kind):
            connection.exec_driver_sql(statement)

    return Step(NEWEST + 1, apply)


GIVEN: dict[str, object] = {
    "name": "Kẻng Đường Mẫu",
    "unit": COMMUNE_ID,
    "condition": "còn tốt",
    "hung_on": "3/2024",
    "price": "1,5 triệu",
    "weight": "12,5",
    "electric": "không",
    "note": "một\nhai",
    "keeper_phone": "0100 000 001",
    "here": "Ngăn kéo 3",
    "repairs": {"a1": {"on": "2025", "cost": 200000}},
}


def offices_with_bells(folder: Path, clock: Clock, codes: Codes, *, unit: str = COMMUNE) -> Offices:
    """Make a profile as it was before there were bells, and return what opens it with them."""
    given = Outside(clock, CountedBytes(f"bells {unit}"), FLOOR)
    known = Codes({**codes, "bell_condition": CONDITIONS})
    level = "commune" if unit == COMMUNE else "receiver"
    Profiles(given).make(folder, NewProfile(level, unit, OFFICER, PASSWORD)).close()
    return Offices(Profiles(given, WITH_BELLS, (*STEPS, hang_bells())), known, given)
