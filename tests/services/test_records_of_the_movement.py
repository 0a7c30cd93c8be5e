"""Every kind of the movement through the services: added, listed, found, and met again."""

from __future__ import annotations

import unicodedata

import pytest

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import FieldKind, RecordSpec, Value
from antq_desktop.domain.ids import common_record_id
from antq_desktop.domain.records import SPECS
from antq_desktop.services.office import Office
from tests.domain.test_rules_of_the_movement import LEAST
from tests.stores import COMMUNE_ID

WORD = "quanhoa"  # in no sample, so that one search finds one record


def add(office: Office, kind: str, **more: Value) -> str:
    """Add the least record of a kind, and before it whatever it belongs to."""
    values = {**LEAST[kind], **more}
    spec = SPECS[kind]
    if "unit" in values:
        values["unit"] = COMMUNE_ID
    if spec.parent:
        values[spec.parent] = add(office, spec.field(spec.parent).refers_to[0])
    return office.records.add(kind, values).ids[0]


def searched(spec: RecordSpec) -> str:
    return next(f.name for f in spec.fields if f.searched and f.kind is FieldKind.TEXT)


def test_each_kind_is_added_listed_and_found_without_accents(office: Office) -> None:
    for kind, spec in SPECS.items():
        if spec.since != 3:
            continue
        name = searched(spec)
        value = WORD if name == "measure" else "Quán Hoá " + WORD
        record = add(office, kind, **{name: value})
        assert record in [row.id for row in office.lists.window(office.lists.listing(kind), ())]
        found = office.lists.window(office.lists.listing(kind, WORD), ())
        assert [row.id for row in found] == [record], kind
        listed = [field.name for field in spec.fields if field.listed]
        assert office.lists.window(office.lists.listing(kind), tuple(listed))
    assert office.verify_history().broken_at is None


def test_what_two_devices_make_alike_has_the_same_identity_however_it_was_typed(
    office: Office,
) -> None:
    typed = unicodedata.normalize("NFD", "  45/BC-UBND xã Mẫu ")
    record = add(office, "opening_figure", document=typed)
    document = "45/BC-UBND xã Mẫu"
    assert record == common_record_id("opening_figure", "tips", COMMUNE_ID, "2025", document)


def test_a_second_record_of_the_same_identity_is_refused(office: Office) -> None:
    add(office, "commitment")
    with pytest.raises(UserError) as told:
        add(office, "commitment", signed=5)
    assert told.value.code == "record_exists"


def test_what_gives_a_record_its_identity_is_not_changed_afterwards(office: Office) -> None:
    record = add(office, "commitment", whole=100)
    office.records.change("commitment", record, {"signed": 90, "year": 2026})
    with pytest.raises(UserError) as told:
        office.records.change("commitment", record, {"year": 2025})
    assert told.value.code == "identity_is_fixed"
    assert "Không đổi được năm" in told.value.message
