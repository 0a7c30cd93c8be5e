"""The fields by which a record is taken for one that is there already."""

from __future__ import annotations

import pytest

from antq_desktop.domain.copying import names_a_person
from antq_desktop.domain.fields import OF_ITS_YEAR, FieldKind, RecordSpec
from antq_desktop.domain.records import SPECS

# An example may be a person, of whom two may rightly bear one name; what is attached twice is told
# by its content, before a unit hands over.
NOT_LOOKED_FOR = {"example", "attachment"}
KINDS = pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)


@KINDS
def test_every_kind_says_what_makes_two_records_alike(spec: RecordSpec) -> None:
    assert bool(spec.suspects) != bool(spec.alike) or spec.kind in NOT_LOOKED_FOR


@KINDS
def test_a_person_is_looked_for_only_in_the_list_of_one_record(spec: RecordSpec) -> None:
    for names in spec.suspects:
        fields = [spec.field(name.removesuffix(OF_ITS_YEAR)) for name in names]
        assert not any(field.private for field in fields)
        if any(names_a_person(field) for field in fields):
            assert spec.parent in names


@KINDS
def test_only_of_dates_the_year_alone_is_looked_at(spec: RecordSpec) -> None:
    for names in spec.suspects:
        assert len(set(names)) == len(names)
        for name in names:
            field = spec.field(name.removesuffix(OF_ITS_YEAR))
            assert field.kind is not FieldKind.LONG_TEXT
            assert not name.endswith(OF_ITS_YEAR) or field.kind is FieldKind.DATE
