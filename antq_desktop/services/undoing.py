"""What an undo may take back, and what it sets: read off the entry of history."""

from __future__ import annotations

from antq_desktop.domain.changes import Action, Change, Entry
from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import REMOVED, VOID, Value, Values
from antq_desktop.domain.record import Record

_UNDOABLE = frozenset({Action.ADD, Action.SET, Action.VOID, Action.UNDO, Action.SETTLE})


def undoable(found: tuple[Entry, tuple[Change, ...]] | None, seq: int) -> list[Change]:
    """Return the changes of an entry that an undo takes back.

    Raises:
        UserError: `no_such_entry`, `nothing_to_undo`.
    """
    if found is None:
        message = f"Không có lần lưu số {seq} trong nhật ký. Chọn lại trong nhật ký."
        raise UserError("no_such_entry", message)
    entry, changes = found
    if entry.action not in _UNDOABLE:
        message = "Lần này không phải là lần thêm, sửa hay hủy hồ sơ nên không hoàn tác ở đây."
        raise UserError("nothing_to_undo", message)
    touched = [change for change in changes if change.created or change.after or change.erased]
    if not touched:
        message = "Lần này không sửa hồ sơ nào nên không có gì để hoàn tác."
        raise UserError("nothing_to_undo", message)
    return touched


def changed_since(record: Record, change: Change) -> bool:
    """Tell whether what an action left has been touched by another one since."""
    now = {path: value for path, value in record.values().items() if path not in record.device}
    reason = record.standing().reason
    if reason is not None:
        now[VOID] = reason
    if change.created:
        return now != {path: value for path, value in change.after.items() if value is not None}
    return any(now.get(path) != value for path, value in change.after.items())


def what_was(before: Values, now: Values) -> dict[str, Value]:
    """Return what sets a record back; lines that come back lose their mark, lines that go get one.

    Args:
        before: Value at each path that the action touched.
        now: The values of the record as it stands.
    """
    found = dict(before)
    lines = {path.rpartition("/")[0] for path in before if "/" in path}
    for line in lines:
        held = {path: value for path, value in before.items() if path.startswith(line + "/")}
        if any(value is not None for value in held.values()):
            found[f"{line}/{REMOVED}"] = None
        elif not any(path.startswith(line + "/") and path not in held for path in now):
            found[f"{line}/{REMOVED}"] = True
    return found
