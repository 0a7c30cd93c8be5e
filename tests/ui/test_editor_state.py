"""What is edited, apart from any widget."""

from __future__ import annotations

from datetime import datetime

import pytest

from antq_desktop.domain.fields import Value
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.ui.screens.editor_layout import (
    ChecklistPart,
    ChildrenPart,
    Layout,
    LinesPart,
    Section,
)
from antq_desktop.ui.screens.editor_state import Sheaf, Sheet
from tests.stores import INCIDENT
from tests.ui.desk import LAYOUTS

NOW = datetime(2026, 11, 21, 8, 5)  # noqa: DTZ001 - civil time of Vietnam
SPEC = SPECS["incident"]


def sheet(**more: Value) -> Sheet:
    return Sheet(SPEC, "a" * 32, {**INCIDENT, **more})


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_every_field_of_a_kind_stands_in_its_editor_once(layout: Layout) -> None:
    spec = SPECS[layout.kind]
    names = [name for part in layout.sections() for row in part.rows for name in row]
    assert sorted(names) == sorted(field.name for field in spec.fields)
    lines = [part.line for part in layout.parts() if isinstance(part, LinesPart | ChecklistPart)]
    assert sorted(lines) == sorted(line.name for line in spec.lines)
    for part in layout.parts():
        if isinstance(part, LinesPart):
            named = [name for row in part.rows for name in row]
            assert sorted(named) == sorted(field.name for field in spec.line(part.line).fields)
        elif isinstance(part, ChildrenPart):
            below = SPECS[part.kind]
            named = [name for row in part.rows for name in row]
            fields = [field.name for field in below.fields if field.name != below.parent]
            assert sorted(named) == sorted(fields)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.kind)
def test_what_a_layout_names_exists(layout: Layout, office: Office) -> None:
    spec = SPECS[layout.kind]
    wide = [row for part in layout.parts() if isinstance(part, Section) for row in part.rows]
    conditional = set(layout.shown_when)
    assert all(len([name for name in row if name not in conditional]) <= 2 for row in wide)
    for name in (*layout.columns, *layout.copied, *layout.shown_when, *layout.spare):
        assert spec.field(name)
    if spec.state_by:
        known = {value.id for value in office.codes[spec.field(spec.state_by).codes].values}
        assert set(layout.tones) <= known
    assert not any(spec.field(name).private for name in (*layout.columns, *layout.copied))
    for name, value in layout.defaults(office).items():
        assert spec.field(name)
        assert value


def test_an_incident_needs_eight_fields_or_fewer_and_they_stand_first() -> None:
    first = next(iter(LAYOUTS[0].sections()))
    names = [name for row in first.rows for name in row]
    wanted = [field.name for field in SPEC.fields if field.required or field.wanted]
    assert set(wanted) <= set(names[:8])


def test_only_what_differs_is_saved() -> None:
    one = sheet()
    one.set("title", "Khác")
    one.set("place", "Sân kho")
    one.set("place", None)
    assert one.changes() == {"title": "Khác"}
    one.set("title", str(INCIDENT["title"]))
    assert not one.dirty
    assert one.edit() is None


def test_a_line_taken_out_is_marked_and_one_never_saved_is_forgotten() -> None:
    one = sheet(**{"involved/x/role": "witness"})
    one.add_line("involved", "y")
    one.set("involved/y/role", "victim")
    assert one.line_ids("involved") == ["x", "y"]
    one.remove_line("involved", "y")
    assert one.changes() == {}
    one.remove_line("involved", "x")
    assert one.changes() == {"involved/x/_removed": True}


def test_what_was_typed_while_a_save_was_under_way_stays_a_change() -> None:
    one = sheet()
    one.set("title", "Lần một")
    sent = one.changes()
    one.set("title", "Lần hai")
    one.saved(sent)
    assert one.changes() == {"title": "Lần hai"}


def test_what_others_stored_is_taken_up_beside_what_was_typed() -> None:
    one = sheet(place="Sân kho")
    one.set("title", "Đang gõ")
    stored = {**INCIDENT, "title": "Của người khác", "place": "Chợ"}
    assert one.rebase(stored) == {"place"}
    assert one.now["place"] == "Chợ"
    assert one.changes() == {"title": "Đang gõ"}


def test_a_text_not_understood_is_a_fault_and_stops_nothing_else(office: Office) -> None:
    one = sheet()
    one.set_unread("occurred_on", "31/02/2026")
    one.set("title", None)
    found = {(fault.field, fault.code) for fault in one.faults(office.codes, NOW)}
    assert found >= {("occurred_on", "date_not_in_calendar"), ("title", "required")}


def test_a_draft_brings_everything_back() -> None:
    sheaf = Sheaf(Sheet(SPECS["scheme"], "s" * 32, {"name": "Cũ", "note": "bỏ"}), {"member": []})
    sheaf.main.set("name", "Mới")
    sheaf.main.set("note", None)
    sheaf.main.set_unread("founded_on", "31/2")
    sheaf.main.add_line("stages", "l1")
    sheaf.main.set("stages/l1/note", "Ra mắt")
    member = Sheet(SPECS["member"], "m" * 32, {"scheme": "s" * 32}, created=True)
    member.set("name", "Nguyễn Văn Mẫu")
    sheaf.children["member"].append(member)
    kept = sheaf.to_json()

    again = Sheaf(Sheet(SPECS["scheme"], "s" * 32, {"name": "Cũ", "note": "bỏ"}), {"member": []})

    def make(kind: str, record_id: str) -> Sheet:
        made = Sheet(SPECS[kind], record_id, {"scheme": "s" * 32}, created=True)
        again.children[kind].append(made)
        return made

    again.take_up(kept, make)
    assert again.main.now == sheaf.main.now
    assert again.main.unread == {"founded_on": "31/2"}
    assert again.main.line_ids("stages") == ["l1"]
    assert again.edits() == sheaf.edits()
    assert again.to_json() == kept


def test_a_row_begun_and_left_empty_is_not_saved() -> None:
    sheaf = Sheaf(Sheet(SPECS["scheme"], "s" * 32, {"name": "Một"}), {"member": []})
    sheaf.children["member"].append(
        Sheet(SPECS["member"], "m" * 32, {"scheme": "s" * 32}, created=True)
    )
    assert sheaf.edits() == []
    assert not sheaf.dirty
