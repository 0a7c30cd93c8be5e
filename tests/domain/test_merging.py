"""Two devices, one record: every situation in which their saves can meet, by name."""

from __future__ import annotations

import pytest

from antq_desktop.domain.fields import (
    REMOVED,
    VOID,
    FieldSpec,
    LineSpec,
    Order,
    RecordSpec,
    Travels,
    Value,
)
from antq_desktop.domain.merging import Save, Stamp, Standing
from antq_desktop.domain.record import Record, amended

SPEC = RecordSpec(
    kind="sample",
    label="hồ sơ mẫu",
    plural="Hồ sơ mẫu",
    area="schemes",
    purpose="Thử.",
    holds_persons=False,
    retention="Thử.",
    title=("name",),
    order=Order.NAME_OF_THING,
    order_by="name",
    fields=(
        FieldSpec(name="name", label="Tên", travels=Travels.UP),
        FieldSpec(name="state", label="Tình trạng", travels=Travels.UP),
        FieldSpec(name="note", label="Ghi chú"),
        FieldSpec(name="callback", label="Số gọi lại", travels=Travels.NEVER),
    ),
    lines=(
        LineSpec(
            name="people",
            label="Người",
            item="người",
            fields=(
                FieldSpec(name="role", label="Vai trò", travels=Travels.UP),
                FieldSpec(name="name", label="Họ và tên"),
            ),
        ),
    ),
)
LINE, OTHER_LINE = "people/a", "people/b"


class Device:
    """One copy of the record, and the counter and writer of its store."""

    def __init__(self, writer: str, record: Record | None = None) -> None:
        self.writer = writer
        self.counter = 0
        self.record = record or Record("sample", "0" * 32, "11074@2025-07-01")

    def set(self, changes: dict[str, Value]) -> None:
        self.counter += 1
        stamp = Stamp(self.counter, self.writer)
        at = "2026-11-21T08:05:30"
        self.record = amended(self.record, SPEC, changes, stamp=stamp, officer=self.writer, at=at)

    def take(self, other: Device) -> None:
        self.record = self.record.joined(other.record)
        self.counter = max(self.counter, other.counter)

    def value(self, path: str) -> Value:
        return self.record.values().get(path)


def meet(one: Device, two: Device) -> Record:
    """Exchange everything both ways, twice, and return what both hold."""
    for _ in range(2):
        one.take(two)
        two.take(one)
    assert (one.record.up, one.record.siblings) == (two.record.up, two.record.siblings)
    return one.record


@pytest.fixture
def pair() -> tuple[Device, Device]:
    """Return two devices that hold the same record."""
    one, two = Device("AAAAAAAA"), Device("BBBBBBBB")
    one.set({"name": "Đường Mẫu", "state": "tốt", "note": "cũ"})
    one.set({f"{LINE}/role": "nạn nhân", f"{LINE}/name": "Nguyễn Văn Mẫu"})
    two.take(one)
    return one, two


Pair = tuple[Device, Device]


def test_an_update_is_taken_without_a_question(pair: Pair) -> None:
    one, two = pair
    two.set({"name": "Ngõ Mẫu"})
    record = meet(one, two)
    assert record.values()["name"] == "Ngõ Mẫu"
    assert record.conflicts() == ()


def test_different_fields_changed_apart_both_stand(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"state": "khá"})
    record = meet(one, two)
    assert (record.values()["name"], record.values()["state"]) == ("Ngõ Mẫu", "khá")
    assert record.conflicts() == ()


def test_the_same_value_typed_twice_is_no_conflict_and_both_saves_are_kept(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Ngõ Mẫu"})
    record = meet(one, two)
    assert record.conflicts() == ()
    assert len(record.up.fields["name"].entries) == 2


def test_different_values_typed_apart_are_both_kept_and_the_larger_stamp_is_shown(
    pair: Pair,
) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    two.set({"state": "khá"})
    record = meet(one, two)
    assert record.conflicts() == ("name",)
    assert record.up.fields["name"].values() == ("Phố Mẫu", "Ngõ Mẫu")
    assert record.values()["name"] == "Phố Mẫu"


def test_of_equal_counters_the_larger_writer_is_shown_whatever_the_clocks_say(pair: Pair) -> None:
    one, two = pair
    two.counter = one.counter
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    assert meet(one, two).values()["name"] == "Phố Mẫu"


def test_merging_twice_changes_nothing(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    once = meet(one, two)
    assert once.joined(two.record) == once
    assert once.joined(once) == once


def test_a_choice_settles_the_conflict_everywhere(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    meet(one, two)
    two.set({"name": "Ngõ Mẫu"})
    record = meet(one, two)
    assert record.conflicts() == ()
    assert record.values()["name"] == "Ngõ Mẫu"


def test_two_choices_made_apart_stand_against_each_other_again(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    meet(one, two)
    one.set({"name": "Ngõ Mẫu"})
    two.set({"name": "Phố Mẫu"})
    record = meet(one, two)
    assert record.conflicts() == ("name",)
    assert len(record.up.fields["name"].entries) == 2


def test_an_emptied_field_stays_empty_and_is_no_old_value_come_back(pair: Pair) -> None:
    one, two = pair
    two.set({"note": None})
    record = meet(one, two)
    assert "note" not in record.values()
    assert record.conflicts() == ()


def test_emptying_against_changing_is_a_conflict_that_shows_both(pair: Pair) -> None:
    one, two = pair
    one.set({"note": None})
    two.set({"note": "mới"})
    record = meet(one, two)
    assert record.conflicts() == ("note",)
    assert set(record.siblings.fields["note"].values()) == {None, "mới"}


def test_an_old_bundle_that_comes_late_brings_nothing_back(pair: Pair) -> None:
    one, two = pair
    late = Device("LATE0000", one.record)
    one.set({"name": "Ngõ Mẫu"})
    meet(one, two)
    two.take(late)
    assert two.value("name") == "Ngõ Mẫu"
    assert two.record.conflicts() == ()


def test_who_saw_only_what_travels_up_covers_nothing_of_the_rest(pair: Pair) -> None:
    one, _ = pair
    seen_up = Device("CCCCCCCC", Record("sample", "0" * 32, one.record.owner, up=one.record.up))
    seen_up.counter = one.counter
    seen_up.set({"note": "từ máy thứ ba"})
    one.take(seen_up)
    assert one.record.conflicts() == ("note",)
    assert set(one.record.siblings.fields["note"].values()) == {"cũ", "từ máy thứ ba"}


def test_what_stays_on_a_device_has_no_stamp_and_comes_from_nobody(pair: Pair) -> None:
    one, two = pair
    two.set({"callback": "0100000001"})
    assert two.record.up == one.record.up
    assert two.record.siblings == one.record.siblings
    one.take(two)
    assert one.value("callback") is None
    two.set({"callback": None})
    assert two.record.device == {}


def test_a_void_that_saw_everything_stands(pair: Pair) -> None:
    one, two = pair
    two.set({VOID: "nhập trùng"})
    record = meet(one, two)
    assert record.standing() == Standing("nhập trùng", contested=False)
    assert record.conflicts() == ()


@pytest.mark.parametrize("path", ["name", "note", f"{LINE}/role", f"{OTHER_LINE}/name"])
def test_a_void_and_an_edit_made_apart_leave_the_record_in_force_and_marked(
    pair: Pair, path: str
) -> None:
    one, two = pair
    one.set({path: "sửa"})
    two.set({VOID: "nhập trùng"})
    record = meet(one, two)
    assert record.standing() == Standing(None, contested=True)
    assert record.conflicts() == (VOID,)
    assert record.values()[path] == "sửa"


def test_a_contested_void_is_settled_by_voiding_again_or_by_lifting_it(pair: Pair) -> None:
    for settled, standing in (
        ({VOID: "nhập trùng"}, Standing("nhập trùng", contested=False)),
        ({VOID: None}, Standing(None, contested=False)),
    ):
        one, two = Device("AAAAAAAA", pair[0].record), Device("BBBBBBBB", pair[1].record)
        one.counter = two.counter = 9
        one.set({"name": "Ngõ Mẫu"})
        two.set({VOID: "nhập trùng"})
        meet(one, two)
        one.set(dict(settled))
        record = meet(one, two)
        assert record.standing() == standing
        assert record.conflicts() == ()


def test_an_edit_of_a_contested_record_keeps_it_and_never_voids_it_in_silence(pair: Pair) -> None:
    one, two = pair
    one.set({"name": "Ngõ Mẫu"})
    two.set({VOID: "nhập trùng"})
    meet(one, two)
    two.set({"name": "Phố Mẫu"})
    record = meet(one, two)
    assert record.standing() == Standing(None, contested=False)
    assert record.values()["name"] == "Phố Mẫu"


def test_a_void_that_was_lifted_stays_lifted(pair: Pair) -> None:
    one, two = pair
    two.set({VOID: "nhập trùng"})
    meet(one, two)
    one.set({VOID: None})
    assert meet(one, two).standing() == Standing(None, contested=False)


def test_lifting_a_void_against_voiding_again_is_a_conflict(pair: Pair) -> None:
    one, two = pair
    two.set({VOID: "nhập trùng"})
    meet(one, two)
    one.set({VOID: None})
    two.set({VOID: "nhập nhầm xã"})
    record = meet(one, two)
    assert record.standing() == Standing(None, contested=True)


def test_two_voids_made_apart_void_it_once(pair: Pair) -> None:
    one, two = pair
    one.set({VOID: "nhập trùng"})
    two.set({VOID: "nhập trùng"})
    record = meet(one, two)
    assert record.standing() == Standing("nhập trùng", contested=False)
    assert record.conflicts() == ()


def test_lines_added_apart_both_stand(pair: Pair) -> None:
    one, two = pair
    one.set({f"{OTHER_LINE}/role": "chứng kiến"})
    two.set({"people/c/role": "liên quan"})
    values = meet(one, two).values()
    assert {path for path in values if path.endswith("/role")} == {
        "people/a/role",
        "people/b/role",
        "people/c/role",
    }


def test_a_line_taken_out_is_out_on_both_parts(pair: Pair) -> None:
    one, two = pair
    two.set({f"{LINE}/{REMOVED}": True})
    record = meet(one, two)
    assert record.removed() == {LINE}
    assert not any(path.startswith(LINE) for path in record.values())


@pytest.mark.parametrize("field", ["role", "name"])
def test_a_line_taken_out_and_edited_apart_stays(pair: Pair, field: str) -> None:
    one, two = pair
    one.set({f"{LINE}/{field}": "sửa"})
    two.set({f"{LINE}/{REMOVED}": True})
    record = meet(one, two)
    assert record.removed() == frozenset()
    assert record.values()[f"{LINE}/{field}"] == "sửa"
    assert record.line_marks() == {LINE: False}


def test_an_edit_of_a_contested_line_keeps_it_and_never_removes_it_in_silence(pair: Pair) -> None:
    one, two = pair
    one.set({f"{LINE}/role": "sửa"})
    two.set({f"{LINE}/{REMOVED}": True})
    meet(one, two)
    two.set({f"{LINE}/role": "sửa lần nữa"})
    record = meet(one, two)
    assert record.values()[f"{LINE}/role"] == "sửa lần nữa"
    assert record.line_marks() == {}


def test_another_line_edited_apart_does_not_contest_a_removal(pair: Pair) -> None:
    one, two = pair
    one.set({f"{OTHER_LINE}/role": "chứng kiến"})
    two.set({f"{LINE}/{REMOVED}": True})
    assert meet(one, two).removed() == {LINE}


def test_a_line_taken_out_and_put_in_anew_holds_only_what_is_new(pair: Pair) -> None:
    one, two = pair
    two.set({f"{LINE}/{REMOVED}": True})
    two.set({f"{LINE}/role": "liên quan"})
    values = meet(one, two).values()
    assert values[f"{LINE}/role"] == "liên quan"
    assert f"{LINE}/name" not in values


def test_emptying_a_hidden_field_does_not_bring_its_line_back(pair: Pair) -> None:
    one, two = pair
    two.set({f"{LINE}/{REMOVED}": True, f"{LINE}/name": None})
    assert meet(one, two).removed() == {LINE}


def test_a_restored_device_can_repeat_no_stamp_and_loses_nothing_that_left_it(pair: Pair) -> None:
    one, two = pair
    backup = one.record
    one.set({"name": "Ngõ Mẫu"})
    two.take(one)
    restored = Device("RESTORED", backup)
    restored.counter = 2  # as the backup has it: the number 3 was already used by its old life
    restored.set({"name": "Phố Mẫu"})
    record = meet(restored, two)
    assert set(record.up.fields["name"].values()) == {"Ngõ Mẫu", "Phố Mẫu"}


def test_a_save_cannot_claim_to_have_seen_its_own_future() -> None:
    with pytest.raises(ValueError, match="future"):
        Save(Stamp(2, "AAAAAAAA"), "", "", (("BBBBBBBB", 2),))


def test_a_context_has_one_order() -> None:
    with pytest.raises(ValueError, match="order"):
        Save(Stamp(9, "AAAAAAAA"), "", "", (("C", 1), ("B", 1)))
