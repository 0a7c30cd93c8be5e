"""Ids of records that every device works out alike from what identifies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import RecordSpec, Value, Values
from antq_desktop.domain.ids import common_record_id
from antq_desktop.domain.records import spec_of
from antq_desktop.domain.text import nfc

if TYPE_CHECKING:
    from antq_desktop.services.records import Edit


def cleaned_value(spec: RecordSpec, path: str, value: Value) -> Value:
    """Return a value as it is stored: composed letters, no blanks around, nothing for empty."""
    if not isinstance(value, str):
        return value
    try:
        spec.at(path)
    except KeyError:
        return value
    return nfc(value).replace("\r\n", "\n").strip() or None


def common_id(spec: RecordSpec, values: Values) -> str:
    """Return the id that follows from what identifies a record of such a kind."""
    known = (cleaned_value(spec, name, values.get(name)) for name in spec.alike)
    return common_record_id(spec.kind, *(str(value or "") for value in known))


def identified(edits: Sequence[Edit], specs: Mapping[str, RecordSpec]) -> list[Edit]:
    """Return edits under the ids that every device works out alike.

    An editor begins a record before it knows what identifies it; what the other edits refer to it
    by follows.
    """
    ids = {
        edit.id: common_id(spec, edit.changes)
        for edit in edits
        if edit.created and (spec := spec_of(edit.kind, specs)).alike
    }
    return [
        replace(
            edit,
            id=ids.get(edit.id, edit.id),
            changes={path: _followed(value, ids) for path, value in edit.changes.items()},
        )
        for edit in edits
    ]


def _followed(value: Value, ids: Mapping[str, str]) -> Value:
    return ids.get(value, value) if isinstance(value, str) else value
