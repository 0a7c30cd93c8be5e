"""A record as a row and back: whatever a record holds, the row gives the same record back."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.domain.fields import (
    NUMERIC,
    REMOVED,
    VOID,
    FieldKind,
    FieldSpec,
    RecordSpec,
    Travels,
    Value,
    line_path,
)
from antq_desktop.domain.merging import Part, Save, Stamp, join_all, part_of_save
from antq_desktop.domain.record import Record, travels_at
from antq_desktop.domain.records import SPECS
from antq_desktop.storage.rows import columns_of, from_row, missing_in, search_text, to_row
from antq_desktop.storage.schema import CONTESTED, IN_FORCE, VOIDED

WRITERS = ("AAAAAAAA", "BBBBBBBB")
NEWER = ("unheard", "unheard_list/a1/name", "unheard_list/a1/_removed", "involved/a1/unheard")
LINE_IDS = ("a1", "b2")


def value_of(field: FieldSpec) -> st.SearchStrategy[Value]:
    if field.kind in NUMERIC:
        return st.integers(0, 2**53 - 1)
    if field.kind is FieldKind.YES_NO:
        return st.booleans()
    return st.sampled_from(("Đường Mẫu", "=1+1", "'; DROP TABLE unit; --", "2026", "\n", "0"))


def paths_of(spec: RecordSpec) -> dict[str, FieldSpec | None]:
    """Return every path of a kind with its field; marks and fields of a newer schema have none."""
    found: dict[str, FieldSpec | None] = {field.name: field for field in spec.fields}
    for listed in spec.lines:
        for line_id in LINE_IDS:
            found |= {line_path(listed.name, line_id, f.name): f for f in listed.fields}
            found[line_path(listed.name, line_id, REMOVED)] = None
    return {**found, VOID: None, **dict.fromkeys(NEWER)}


def drawn_value(path: str, field: FieldSpec | None) -> st.SearchStrategy[Value]:
    if field is not None:
        return st.none() | value_of(field)
    if path == VOID:
        return st.sampled_from((None, "nhập trùng"))
    if path.endswith(REMOVED):
        return st.sampled_from((None, True))
    return st.sampled_from((None, "mới", 3, True))


@st.composite
def saves(draw: st.DrawFn, spec: RecordSpec) -> Record:
    """Draw a record that one save left behind, whatever its author claims to have seen."""
    counter = draw(st.integers(1, 5))
    seen = {w: draw(st.integers(1, counter - 1)) for w in WRITERS if counter > 1}
    stamp = Stamp(counter, draw(st.sampled_from(WRITERS)))
    context = tuple(sorted(seen.items())) if draw(st.booleans()) else ()
    save = Save(stamp, "Nguyễn Văn Mẫu", "2026-11-21T08:05:30", context)
    paths = paths_of(spec)
    chosen = draw(st.lists(st.sampled_from(sorted(paths)), min_size=1, max_size=8, unique=True))
    parts: dict[Travels, dict[str, Value]] = {travels: {} for travels in Travels}
    for path in chosen:
        value = draw(drawn_value(path, paths[path]))
        for travels in _parts_of(spec, path):
            parts[travels][path] = value
    device = {path: value for path, value in parts[Travels.NEVER].items() if value is not None}
    up, siblings = (_part(save, parts[name]) for name in (Travels.UP, Travels.SIBLINGS))
    return Record(spec.kind, "0" * 32, "11074@2025-07-01", up, siblings, device)


def _parts_of(spec: RecordSpec, path: str) -> frozenset[Travels]:
    try:
        return travels_at(spec, path)
    except KeyError:
        return frozenset({Travels.UP})


def _part(save: Save, values: dict[str, Value]) -> Part:
    return part_of_save(save, values) if values else Part({})


def records(spec: RecordSpec) -> st.SearchStrategy[Record]:
    """Draw a record that several saves left behind, with conflicts, marks and newer fields."""

    def joined(drawn: list[Record]) -> Record:
        first = drawn[0]
        return Record(
            spec.kind,
            first.id,
            first.owner,
            join_all(record.up for record in drawn),
            join_all(record.siblings for record in drawn),
            first.device,
        )

    return st.lists(saves(spec), min_size=1, max_size=4).map(joined)


def through_sqlite(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return the row as SQLite gives it back, with the types of its own."""
    connection = sqlite3.connect(":memory:")
    marks = ", ".join("?" * len(row))
    found = connection.execute(f"SELECT {marks}", row).fetchone()
    connection.close()
    return tuple(found)


@settings(max_examples=60)
@pytest.mark.parametrize("kind", SPECS)
@given(data=st.data())
def test_a_record_comes_back_from_its_row_as_it_was(kind: str, data: st.DataObject) -> None:
    spec = SPECS[kind]
    record = data.draw(records(spec))
    row = to_row(spec, record, 7)
    assert len(row) == len(columns_of(spec))
    again = from_row(spec, through_sqlite(row))
    assert again == record
    assert to_row(spec, again, 7) == row


@given(data=st.data())
def test_a_row_says_at_a_glance_what_the_record_says(data: st.DataObject) -> None:
    spec = SPECS["incident"]
    record = data.draw(records(spec))
    row = dict(zip(columns_of(spec), to_row(spec, record, 7), strict=True))
    standing = record.standing()
    voided = standing.reason is not None
    assert row["standing"] == (CONTESTED if standing.contested else VOIDED if voided else IN_FORCE)
    assert row["void_reason"] == standing.reason
    assert row["conflicts"] == len(record.conflicts())
    assert row["missing"] == missing_in(spec, record.values())
    assert row["changed"] == 7


def test_what_a_newer_schema_brought_waits_beside_the_row() -> None:
    spec = SPECS["incident"]
    save = Save(Stamp(1, "AAAAAAAA"), "Nguyễn Văn Mẫu", "2026-11-21T08:05:30", ())
    part = part_of_save(save, {"title": "Mẫu", "unheard": "mới", "involved/a1/unheard": 3})
    row = dict(
        zip(
            columns_of(spec),
            to_row(spec, Record("incident", "0" * 32, "11074@2025-07-01", up=part), 1),
            strict=True,
        )
    )
    assert row["unknown"] == '{"up":{"involved/a1/unheard":3,"unheard":"mới"}}'
    assert row["lines"] is None


@pytest.mark.parametrize("kind", SPECS)
def test_no_private_field_is_among_the_words_of_a_search(kind: str) -> None:
    spec = SPECS[kind]
    save = Save(Stamp(1, "AAAAAAAA"), "Nguyễn Văn Mẫu", "2026-11-21T08:05:30", ())
    texts: dict[str, Value] = {
        field.name: f"từ của {field.name}."
        for field in spec.fields
        if field.kind in {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PHONE}
    }
    record = Record(kind, "0" * 32, "11074@2025-07-01", siblings=part_of_save(save, texts))
    found = search_text(spec, record)
    for field in spec.fields:
        if field.name in texts:
            assert (f"tu cua {field.name}." in found) == (field.searched and not field.private)
