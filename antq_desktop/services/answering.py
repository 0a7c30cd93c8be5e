"""Whether an answer from unit to unit answers what was asked, and of whom it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from antq_desktop.domain.errors import Fault
from antq_desktop.domain.fields import Down, RecordSpec, Values

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record
    from antq_desktop.storage.queries import Reader


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
