"""A record is saved with three fields; what a report still needs is marked and stops nothing."""

from __future__ import annotations

import pytest

from antq_desktop.domain.checking import check
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, FieldSpec, RecordSpec, Value
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from antq_desktop.services.today import WITHIN_OTHERS
from antq_desktop.ui.screens import incident_editor, scheme_editor
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.layouts_areas import AREAS

MOST = 3
LAYOUTS: dict[str, Layout] = {
    layout.kind: layout
    for layout in (
        incident_editor.LAYOUT,
        scheme_editor.LAYOUT,
        *(layout for area in AREAS for layout in area.layouts()),
    )
}
GIVEN: dict[tuple[str, str], Value] = {
    ("opening_figure", "period"): "2021",
    ("zero_report", "period"): "2021",
    ("target", "measure"): "schemes",
}
# Made by a screen of their own from another record, which knows what they need.
OF_THE_PROGRAM = frozenset(
    {"attachment", "code_value", "task_answer", "request_answer", "adjustment"}
)


def begun(office: Office, kind: str) -> dict[str, Value]:
    """Return what a new record begins with before anything is typed."""
    return LAYOUTS[kind].defaults(office) if kind in LAYOUTS else {}


def typed(office: Office, spec: RecordSpec) -> list[FieldSpec]:
    """Return the required fields that an officer has to fill in."""
    there = {name for name, value in begun(office, spec.kind).items() if value is not None}
    return [
        field
        for field in spec.fields
        if field.required and field.name not in there and field.name != spec.parent
    ]


def least(office: Office, spec: RecordSpec, state: str = "") -> dict[str, Value]:
    """Return the fewest values with which a record is saved."""
    values: dict[str, Value] = {
        name: value
        for name, value in begun(office, spec.kind).items()
        if spec.field(name).required and value is not None
    }
    for field in spec.fields:
        if field.required and field.name not in values:
            values[field.name] = given(office, spec, field)
    return {**values, spec.state_by: state} if state else values


def given(office: Office, spec: RecordSpec, field: FieldSpec) -> Value:
    """Return some sound value of a field."""
    if (spec.kind, field.name) in GIVEN:
        return GIVEN[spec.kind, field.name]
    match field.kind:
        case FieldKind.CHOICE:
            return office.codes[field.codes].values[0].id
        case FieldKind.REFERENCE:
            other = SPECS[field.refers_to[0]]
            return office.unit if other.kind == "unit" else saved(office, other)
        case FieldKind.DATE:
            return "2026-11-20"
        case FieldKind.INTEGER:
            return 2026 if field.is_year else 1
        case FieldKind.YES_NO:
            return True
    return f"{field.label} mẫu"


def saved(office: Office, spec: RecordSpec) -> str:
    """Save a record with the fewest values; a state that asks for more gives way to the next."""
    states = [""]
    if spec.state_by and spec.field(spec.state_by).required:
        states += [value.id for value in office.codes[spec.field(spec.state_by).codes].values]
    refused: UserError | None = None
    for state in states:
        try:
            return office.records.add(spec.kind, least(office, spec, state)).ids[0]
        except UserError as fault:
            refused = fault
    assert refused is not None
    raise refused


KINDS = [kind for kind in SPECS if kind not in OF_THE_PROGRAM]


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_than_three_fields_have_to_be_typed(kind: str, office: Office) -> None:
    names = [field.name for field in typed(office, SPECS[kind])]
    assert len(names) <= MOST, names


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_with_only_these_is_saved_and_says_what_is_still_missing(
    kind: str, office: Office
) -> None:
    spec = SPECS[kind]
    record = saved(office, spec)
    values = office.lists.show(kind, record).values
    wanted = {
        field.name for field in spec.fields if field.is_wanted(values) and field.name not in values
    }
    told = check(spec, values, office.codes, None)
    assert not [fault for fault in told if not fault.warning]
    missing = [fault for fault in told if fault.code == "wanted" and "/" not in fault.field]
    assert wanted <= {fault.field for fault in missing}
    assert all(fault.message.startswith("Còn thiếu ") for fault in missing)
    rows = office.lists.window(office.lists.listing(kind), ())
    assert next(row.missing for row in rows if row.id == record) == len(wanted)


def test_each_kind_whose_gaps_the_first_page_tells_has_a_list_to_mend_them_in() -> None:
    told = {kind for kind, spec in SPECS.items() if any(field.wanted for field in spec.fields)}
    assert told - WITHIN_OTHERS <= LAYOUTS.keys()
    assert all(SPECS[kind].parent for kind in WITHIN_OTHERS)


def test_gaps_of_every_kind_are_told_on_the_first_page(office: Office) -> None:
    saved(office, SPECS["patrol"])
    saved(office, SPECS["session"])
    missing = office.board.look().missing
    assert (missing["patrol"], missing["session"]) == (1, 1)
