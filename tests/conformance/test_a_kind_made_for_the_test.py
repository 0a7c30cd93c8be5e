"""Adding a kind is one declaration and one step of the schema: the rest follows from it.

The kind lives in this file alone. It gets a working table, search, history, undo, rules and command
line here; its editor, paper and bundle are shown where those rooms have their tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
from tests.cli.conftest import Antq, antq_for
from tests.fakes import CountedBytes, SetClock
from tests.stores import COMMUNE, COMMUNE_ID, OFFICER, PASSWORD


def _a_broken_bell_has_a_date(view: RuleView) -> Iterator[Fault]:
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
    rules=(_a_broken_bell_has_a_date,),
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


def _hang_bells() -> Step:
    """Return the step that a kind needs: its table, its indexes, its search."""

    def apply(connection):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        table = build(WITH_BELLS.values()).tables[BELL.kind]
        table.create(connection)
        for statement in search_statements(BELL.kind):
            connection.exec_driver_sql(statement)

    return Step(NEWEST + 1, apply)


@pytest.fixture
def antq(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    clock: SetClock,
    codes: Codes,
) -> Antq:
    """Return the command line on a profile that was made before there were bells."""
    given = Outside(clock, CountedBytes("bells"), FLOOR)
    known = Codes({**codes, "bell_condition": CONDITIONS})
    new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
    Profiles(given).make(tmp_path / "profile", new).close()
    later = Profiles(given, WITH_BELLS, (*STEPS, _hang_bells()))

    def offices(**_options: bool) -> Offices:
        return Offices(later, known, given)

    return antq_for(tmp_path / "profile", tmp_path, capsys, monkeypatch, offices)


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
STORED: dict[str, object] = {
    "name": "Kẻng Đường Mẫu",
    "unit": COMMUNE_ID,
    "condition": "good",
    "hung_on": "2024-03",
    "price": 1_500_000,
    "weight": "12.5",
    "electric": False,
    "note": "một\nhai",
    "keeper_phone": "0100000001",
    "here": "Ngăn kéo 3",
    "repairs/a1/on": "2025",
    "repairs/a1/cost": 200_000,
}


def test_it_is_recorded_shown_and_found(antq: Antq) -> None:
    bell = antq.add("bell", GIVEN)
    assert antq.json("record", "show", bell).value["values"] == STORED
    found = antq.json("record", "list", "bell", "--search", "duong").value
    assert [row["id"] for row in found["records"]] == [bell]
    assert set(found["records"][0]["values"]) == {"name", "unit", "condition"}
    assert antq.json("record", "list", "bell", "--search", "0100").value["total"] == 0
    shown = antq("record", "show", bell).out
    for told in ("Tình trạng: Còn tốt", "Ngày treo: 03/2024", "Chạy điện: Không", "Nặng: 12,5"):
        assert told in shown


def test_its_rules_and_fields_are_held(antq: Antq) -> None:
    answer = antq.json("record", "add", "bell", antq.file({"condition": "lạ", "price": -1}))
    told = {f["field"]: f["code"] for f in answer.value["error"]["faults"]}
    assert told == {
        "name": "required",
        "condition": "not_in_codes",
        "price": "number_out_of_range",
    }
    broken = antq.file({"name": "K", "condition": "broken"})
    assert antq.json("record", "add", "bell", broken).error == "broken_without_date"


def test_it_is_changed_voided_taken_back_and_traced(antq: Antq) -> None:
    bell = antq.add("bell", GIVEN)
    entry = antq.json("record", "set", bell, antq.file({"name": "Kẻng khác"})).value["entry"]
    assert antq.json("record", "list", "bell", "--search", "duong").value["total"] == 0
    assert antq("undo", str(entry)).code == 0
    assert antq.json("record", "list", "bell", "--search", "duong").value["total"] == 1
    void = antq.json("record", "void", bell, "--reason", "Ghi trùng").value["entry"]
    assert antq.json("record", "list", "bell").value["total"] == 0
    assert antq("undo", str(void)).code == 0
    assert antq.json("record", "show", bell).value["values"] == STORED
    told = antq("history", "show", bell).out
    assert "Tên kẻng: Kẻng Đường Mẫu → Kẻng khác" in told
    assert "Lần sửa · Tiền: 200.000" in told
    assert "0100000001" not in told
    assert "Ngăn kéo" not in told
    assert antq.json("history", "verify").value["broken_at"] is None


def test_it_is_dumped_but_for_what_stays_on_the_device(antq: Antq) -> None:
    antq.add("bell", GIVEN)
    (line,) = (one for one in antq.json("dump").value if one["kind"] == "bell")
    assert line["up"]["values"]["price"] == 1_500_000
    assert line["siblings"]["values"]["weight"] == "12.5"
    assert "here" not in str(line)
    codes = {found["code"]: found["holds"] for found in antq.json("check").value}
    assert codes["search_bell"]
    assert codes["codes"]


def test_it_belongs_to_a_unit_in_one_file_with_it(antq: Antq) -> None:
    village = {"name": "Thôn Mẫu", "unit_kind": "neighbourhood", "bell": [{**GIVEN, "unit": None}]}
    made = antq.json("record", "add", "unit", antq.file(village)).value["records"]
    assert [record["kind"] for record in made] == ["unit", "bell"]
    held = antq.json("record", "show", made[1]["id"]).value["values"]
    assert held["unit"] == made[0]["id"]
