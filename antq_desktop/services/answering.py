"""What a record points at: whether it is there, and whether an answer answers what was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, FieldKind, RecordSpec, Values
from antq_desktop.storage import settings

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.services.records import Edit
    from antq_desktop.storage.queries import Reader

UNIT: Final = "unit"


def faults_between_units(
    reader: Reader, spec: RecordSpec, values: Values, own: str
) -> Iterator[Fault]:
    """Yield why a record that names its own unit, or answers another unit's, may not be saved.

    Args:
        reader: The store.
        spec: Its kind.
        values: Its values as they will be.
        own: The unit whose store it is.
    """
    if spec.owned_by and values.get(spec.owned_by) not in {None, own}:
        label = spec.field(spec.owned_by).label
        message = f"{label} phải là đơn vị đang dùng chương trình. Chọn lại."
        yield Fault("answer_of_another_unit", message, spec.owned_by)
        return
    asked = _asked(reader, spec, values)
    if asked is None:
        return
    if spec.down is Down.TO_ITS_UNIT:
        if values.get(spec.unit_by) != asked.owner:
            message = "Trả lời phải gửi cho đơn vị đã đề xuất. Chọn lại đơn vị."
            yield Fault("answer_to_another_unit", message, spec.unit_by)
    elif asked.owner == own or asked.values().get("unit") != own:
        message = "Việc này không giao cho đơn vị nên không trả lời ở đây. Chọn việc khác."
        yield Fault("task_not_ours", message, spec.answers)


def _asked(reader: Reader, spec: RecordSpec, values: Values) -> Record | None:
    wanted = values.get(spec.answers) if spec.answers else None
    if not isinstance(wanted, str):
        return None
    kinds = spec.field(spec.answers).refers_to
    return next((found for kind in kinds if (found := reader.record(kind, wanted))), None)


def unknown_references(
    reader: Reader, spec: RecordSpec, edit: Edit, known: set[str]
) -> Iterator[Fault]:
    """Yield which references of an edit lead nowhere; `known` are those made by the same action."""
    for target in (held for held in spec.fields if held.kind is FieldKind.REFERENCE):
        wanted = edit.changes.get(target.name)
        if wanted == edit.id:
            message = f"{target.label}: hồ sơ không thể thuộc chính nó. Chọn hồ sơ khác."
            yield Fault("refers_to_itself", message, target.name)
            continue
        if not isinstance(wanted, str) or wanted in known:
            continue
        if UNIT in target.refers_to and wanted in units_below(reader):
            continue  # a unit of the tree that has sent nothing yet has no record here
        if not any(reader.row_of(kind, wanted) for kind in target.refers_to):
            message = f"{target.label}: không có hồ sơ mang mã này. Chọn lại trong danh sách."
            yield Fault("unknown_reference", message, target.name)


def units_below(reader: Reader) -> frozenset[str]:
    """Return the ids of the units of a receiver's tree, whether anything of them came or not."""
    held = json.loads(reader.setting(settings.UNIT_TREE, "[]"))
    return frozenset(str(place["id"]) for place in held)
