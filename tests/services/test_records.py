"""Recording through the service: one action, one entry; everything can be taken back."""

from __future__ import annotations

import pytest

from antq_desktop.domain.carried import largest_counter
from antq_desktop.domain.changes import Action
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import REMOVED, VOID, Value
from antq_desktop.domain.merging import Save, Stamp, part_of_save
from antq_desktop.domain.record import Record
from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.storage.store import Store
from tests.stores import COMMUNE_ID, INCIDENT, OFFICER, line, store_of


def entries(office: Office) -> int:
    found = office.verify_history()
    assert found.broken_at is None
    return found.entries


def add(office: Office, **more: Value) -> str:
    return office.records.add("incident", {**INCIDENT, **more}).ids[0]


def values(office: Office, record_id: str) -> dict[str, Value]:
    return dict(office.lists.show("incident", record_id).values)


def refused(code: str, path: str | None = None) -> pytest.RaisesExc[UserError]:
    def fits(error: UserError) -> bool:
        return error.code == code and (path is None or error.field == path)

    return pytest.RaisesExc(UserError, check=fits)


def put_from_elsewhere(store: Store, record: Record) -> None:
    """Put a record into the store as a merge leaves it."""
    with store.writing(OFFICER, Action.SETTLE) as work:
        held = work.record(record.kind, record.id)
        work.has_seen(largest_counter(record))
        work.take(held, held.joined(record) if held else record)


def from_another_device(office: Office, record_id: str, changes: dict[str, Value]) -> None:
    """Let a sibling device have changed fields that travel up, without having seen ours."""
    held = office.lists.show("incident", record_id).record
    save = Save(Stamp(900, "ZZZZZZZZ"), "Trần Thị Ví Dụ", "2026-11-20T10:00:00", ())
    part = part_of_save(save, changes)
    siblings = part if VOID in changes else part_of_save(save, {})
    put_from_elsewhere(
        store_of(office), Record("incident", record_id, held.owner, up=part, siblings=siblings)
    )


def test_each_action_is_one_entry_of_history(office: Office) -> None:
    before = entries(office)
    scheme = office.records.new_id()
    saved = office.records.save(
        [
            Edit("scheme", scheme, SCHEME, created=True),
            *(
                Edit("member", office.records.new_id(), _member(scheme, n), created=True)
                for n in range(8)
            ),
        ]
    )
    assert entries(office) == before + 1
    assert saved.seq == before + 1
    assert len(office.lists.children("scheme", scheme)["member"]) == 8


SCHEME: dict[str, Value] = {
    "name": "Camera an ninh Thôn Mẫu 1",
    "scheme_type": "camera_an_ninh",
    "state": "active",
}


def _member(scheme: str, number: int) -> dict[str, Value]:
    return {"scheme": scheme, "name": f"Trần Thị Ví Dụ {number}", "office": "member"}


def test_an_action_that_changes_nothing_leaves_no_trace(office: Office) -> None:
    record = add(office)
    before = entries(office)
    saved = office.records.change("incident", record, {"title": INCIDENT["title"]})
    assert (saved.seq, entries(office)) == (0, before)


def test_all_faults_of_all_edits_come_at_once_and_nothing_is_saved(office: Office) -> None:
    before = entries(office)
    first, second = office.records.new_id(), office.records.new_id()
    bad = {**INCIDENT, "occurred_on": "2026-02-30", "kind": "unheard"}
    with pytest.raises(UserError) as caught:
        office.records.save(
            [
                Edit("incident", first, bad, created=True),
                Edit("incident", second, {"title": "Thiếu"}, created=True),
            ]
        )
    told = {(f.record, f.field, f.code) for f in caught.value.faults if not f.warning}
    assert told == {
        (first, "occurred_on", "date_not_in_calendar"),
        (first, "kind", "not_in_codes"),
        (second, "occurred_on", "required"),
        (second, "kind", "required"),
        (second, "state", "required"),
    }
    assert caught.value.code == "invalid"
    assert entries(office) == before


def test_undoing_an_addition_voids_it_and_undoing_that_brings_it_back(office: Office) -> None:
    saved = office.records.add("incident", INCIDENT)
    undone = office.records.undo(saved.seq)
    assert office.lists.show("incident", saved.ids[0]).void_reason == "Hoàn tác việc thêm mới"
    office.records.undo(undone.seq)
    assert office.lists.show("incident", saved.ids[0]).void_reason is None


def test_undoing_a_change_sets_the_old_values_back_and_empties_what_was_empty(
    office: Office,
) -> None:
    record = add(office)
    saved = office.records.change("incident", record, {"title": "Khác", "deaths": 1})
    office.records.undo(saved.seq)
    assert values(office, record) == INCIDENT


def test_undoing_a_void_brings_the_record_back(office: Office) -> None:
    record = add(office)
    saved = office.records.void("incident", record, "Nhập trùng")
    assert office.lists.show("incident", record).void_reason == "Nhập trùng"
    office.records.undo(saved.seq)
    assert office.lists.show("incident", record).void_reason is None
    assert values(office, record) == INCIDENT


def test_undoing_an_undo_does_it_again(office: Office) -> None:
    record = add(office)
    saved = office.records.change("incident", record, {"title": "Khác"})
    undone = office.records.undo(saved.seq)
    office.records.undo(undone.seq)
    assert values(office, record)["title"] == "Khác"


def test_undoing_the_removal_of_a_line_brings_all_of_it_back(office: Office) -> None:
    person = line("involved", "a1", role="victim", name="Trần Thị Ví Dụ", age_group="over_60")
    record = add(office, **person)
    saved = office.records.change("incident", record, {f"involved/a1/{REMOVED}": True})
    assert values(office, record) == INCIDENT
    office.records.undo(saved.seq)
    assert values(office, record) == {**INCIDENT, **person}


def test_undoing_the_addition_of_a_line_takes_it_out(office: Office) -> None:
    record = add(office)
    saved = office.records.change("incident", record, line("involved", "a1", role="victim"))
    undone = office.records.undo(saved.seq)
    assert values(office, record) == INCIDENT
    office.records.undo(undone.seq)
    assert values(office, record) == {**INCIDENT, "involved/a1/role": "victim"}


def test_undoing_one_field_of_a_line_leaves_the_line(office: Office) -> None:
    record = add(office, **line("involved", "a1", role="victim"))
    saved = office.records.change("incident", record, {"involved/a1/sex": "female"})
    office.records.undo(saved.seq)
    assert values(office, record) == {**INCIDENT, "involved/a1/role": "victim"}


@pytest.mark.parametrize("later", [{"title": "Sửa lần nữa"}, {"title": None}])
def test_what_was_changed_since_is_not_undone(office: Office, later: dict[str, Value]) -> None:
    record = add(office, register_number="15/2026")
    saved = office.records.change("incident", record, {"title": "Khác", "register_number": "16"})
    if later["title"] is None:
        later = {"register_number": None}
    office.records.change("incident", record, later)
    before = entries(office)
    with refused("changed_since"):
        office.records.undo(saved.seq)
    assert entries(office) == before


def test_an_addition_that_was_added_to_is_not_undone(office: Office) -> None:
    saved = office.records.add("incident", INCIDENT)
    office.records.change("incident", saved.ids[0], {"deaths": 1})
    with refused("changed_since"):
        office.records.undo(saved.seq)


def test_an_addition_that_was_voided_is_not_undone(office: Office) -> None:
    saved = office.records.add("incident", INCIDENT)
    office.records.void("incident", saved.ids[0], "Nhập trùng")
    with refused("changed_since"):
        office.records.undo(saved.seq)


def test_an_undo_that_would_break_a_rule_is_refused(office: Office) -> None:
    record = add(office)
    saved = office.records.change("incident", record, {"closed_on": "2026-11-05"})
    office.records.change("incident", record, {"state": "closed"})
    with refused("closed_without_date", "closed_on"):
        office.records.undo(saved.seq)


def test_the_beginning_and_readings_are_not_undone(office: Office) -> None:
    with refused("nothing_to_undo"):
        office.records.undo(1)
    record = add(office)
    office.records.read_private("incident", record, "incident")
    with refused("nothing_to_undo"):
        office.records.undo(entries(office))
    with refused("no_such_entry"):
        office.records.undo(entries(office) + 1)


def test_undoing_many_records_is_all_or_nothing(office: Office) -> None:
    ids = [office.records.new_id() for _ in range(3)]
    edits = [Edit("incident", record, INCIDENT, created=True) for record in ids]
    saved = office.records.save(edits)
    office.records.change("incident", ids[0], {"deaths": 2})
    with refused("changed_since"):
        office.records.undo(saved.seq)
    assert all(office.lists.show("incident", record).void_reason is None for record in ids)


def test_a_voided_record_is_not_edited_nor_voided_again(office: Office) -> None:
    record = add(office)
    office.records.void("incident", record, "Nhập trùng")
    with refused("is_voided"):
        office.records.change("incident", record, {"title": "Khác"})
    with refused("is_voided"):
        office.records.void("incident", record, "Lần nữa")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_void_needs_a_reason_that_can_be_read(office: Office, reason: str) -> None:
    record = add(office)
    with refused("reason_missing", "reason"):
        office.records.void("incident", record, reason)


def test_a_reason_holds_no_character_that_cannot_be_stored(office: Office) -> None:
    record = add(office)
    with refused("text_not_allowed", "reason"):
        office.records.void("incident", record, "nửa \udcff cặp")


def test_references_must_point_at_something_else_that_is_there(office: Office) -> None:
    with refused("unknown_reference", "unit"):
        office.records.add("incident", {**INCIDENT, "unit": "f" * 32})
    scheme = office.records.add("scheme", SCHEME).ids[0]
    with refused("unknown_reference", "unit"):
        office.records.add("incident", {**INCIDENT, "unit": scheme})
    with refused("refers_to_itself", "parent"):
        office.records.change("unit", COMMUNE_ID, {"parent": COMMUNE_ID})


def test_two_edits_of_one_record_in_one_action_become_one_save(office: Office) -> None:
    record = add(office)
    saved = office.records.save(
        [
            Edit("incident", record, {"title": "Một", "deaths": 1}),
            Edit("incident", record, {"title": "Hai"}),
        ]
    )
    held = values(office, record)
    assert (held["title"], held["deaths"]) == ("Hai", 1)
    assert len(office.lists.history_of(record)) == 2
    office.records.undo(saved.seq)
    assert values(office, record) == INCIDENT


def test_the_record_of_another_unit_is_not_changed_here(office: Office) -> None:
    save = Save(Stamp(5, "ZZZZZZZZ"), "Trần Thị Ví Dụ", "2026-11-20T10:00:00", ())
    theirs = Record("incident", "e" * 32, "11077@2025-07-01", up=part_of_save(save, INCIDENT))
    put_from_elsewhere(store_of(office), theirs)
    with refused("not_own_record"):
        office.records.change("incident", theirs.id, {"title": "Khác"})


def test_a_conflict_is_settled_by_choosing_the_value_already_shown(office: Office) -> None:
    record = add(office)
    from_another_device(office, record, {"title": "Mất xe máy"})
    shown = office.lists.show("incident", record)
    assert [other.value for other in shown.others["title"]] == [INCIDENT["title"]]
    saved = office.records.change("incident", record, {"title": shown.values["title"]})
    assert saved.seq
    assert office.lists.show("incident", record).others == {}
    again = office.records.change("incident", record, {"title": shown.values["title"]})
    assert again.seq == 0


@pytest.mark.parametrize("keep", [True, False])
def test_a_contested_void_is_settled_either_way(office: Office, keep: bool) -> None:
    record = add(office)
    from_another_device(office, record, {VOID: "Nhập trùng"})
    assert office.lists.show("incident", record).contested
    if keep:
        office.records.change("incident", record, {VOID: None})
    else:
        office.records.void("incident", record, "Đúng là trùng")
    shown = office.lists.show("incident", record)
    assert shown.contested is False
    assert shown.void_reason == (None if keep else "Đúng là trùng")


def test_what_stays_on_the_device_is_in_no_history_and_no_dump(office: Office) -> None:
    record = add(office, callback="0100000001")
    office.records.change("incident", record, {"callback": "0100000002", "deaths": 1})
    assert values(office, record)["callback"] == "0100000002"
    told = repr(office.lists.history_of(record)) + repr(list(office.dump()))
    assert "01000000" not in told
    with store_of(office).reading() as reader:
        rows = reader.connection.exec_driver_sql("SELECT content FROM history_change").all()
    assert "01000000" not in repr(rows)


def test_a_scheme_keeps_its_year_when_a_line_is_taken_out_and_entered_again(
    office: Office,
) -> None:
    rating = office.codes["scheme_rating"].values[0].id
    first = {**SCHEME, "ratings/2025/rating": rating, "ratings/2025/document": "12/QĐ"}
    record = office.records.add("scheme", first).ids[0]
    office.records.change("scheme", record, {f"ratings/2025/{REMOVED}": True})
    office.records.change("scheme", record, {"ratings/2025/rating": rating})
    held = office.lists.show("scheme", record).values
    assert held["ratings/2025/rating"] == rating
    assert "ratings/2025/document" not in held


def test_the_sentence_names_the_record_even_when_its_name_was_not_touched(office: Office) -> None:
    record = add(office)
    saved = office.records.change("incident", record, {"deaths": 1})
    assert str(INCIDENT["title"]) in saved.sentence
