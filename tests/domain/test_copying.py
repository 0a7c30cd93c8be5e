"""What of one record may begin another."""

from __future__ import annotations

from itertools import count

import pytest

from antq_desktop.domain.copying import copied, names_a_person, repeatable, templated
from antq_desktop.domain.fields import NUMERIC, FieldKind, FieldSpec, RecordSpec, Value
from antq_desktop.domain.records import SPECS

KINDS = pytest.mark.parametrize("spec", SPECS.values(), ids=lambda spec: spec.kind)


def something(field: FieldSpec) -> Value:
    if field.kind in NUMERIC:
        return 2026
    if field.kind is FieldKind.YES_NO:
        return True
    return "2026-11-21" if field.kind is FieldKind.DATE else "x"


def filled(spec: RecordSpec) -> dict[str, Value]:
    """Return a record in which nothing is empty."""
    found = {field.name: something(field) for field in spec.fields}
    for line in spec.lines:
        found |= {f"{line.name}/2026/{one.name}": something(one) for one in line.fields}
    return found


def copy_of(spec: RecordSpec) -> dict[str, Value]:
    numbers = count()
    return copied(spec, filled(spec), lambda: f"new{next(numbers)}")


@KINDS
def test_a_copy_brings_no_number_no_date_and_nothing_private(spec: RecordSpec) -> None:
    for path in copy_of(spec):
        field = spec.at(path)
        assert not field.private
        assert field.kind not in {FieldKind.DATE, FieldKind.MOMENT}
        assert field.kind not in NUMERIC or field.is_year
        assert not field.names_one_record
        assert field.name != "state"


@KINDS
def test_lines_about_persons_and_figures_of_years_are_not_copied(spec: RecordSpec) -> None:
    for path in copy_of(spec):
        if "/" in path:
            line = spec.line(path.partition("/")[0])
            assert not line.ids_from
            assert not any(names_a_person(field) for field in line.fields)
            assert "/2026/" not in path, "a line of a copy has an id of its own"


@KINDS
def test_a_template_names_nobody(spec: RecordSpec) -> None:
    kept = templated(spec, filled(spec))
    assert not any("/" in path for path in kept)
    assert not any(names_a_person(spec.field(name)) for name in kept)


def test_a_copied_session_says_what_and_where_but_not_when_and_how_many() -> None:
    values: dict[str, Value] = {
        "title": "Tuyên truyền phòng cháy",
        "held_on": "2026-11-20",
        "unit": "u" * 32,
        "attendance": 120,
        "place": "Nhà văn hóa Thôn Mẫu",
    }
    kept = copied(SPECS["session"], values, lambda: "")
    assert kept == {k: values[k] for k in ("title", "unit", "place")}


def test_the_last_number_of_a_book_is_never_repeated() -> None:
    assert not repeatable(SPECS["incident"], "register_number")
    assert not repeatable(SPECS["incident"], "callback")
    assert repeatable(SPECS["incident"], "occurred_on")
