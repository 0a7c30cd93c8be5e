"""What time alone asks for, done whenever a profile is opened: values kept too long are erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from antq_desktop.domain.changes import Action
from antq_desktop.domain.rights import PROGRAM
from antq_desktop.services.hand import Hand
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store


def erase_what_is_due(store: Store, hand: Hand) -> int:
    """Erase each value whose time after closing is over, and return how many there were.

    Such values never leave the device and stand in no history, so that the row is the one place
    that holds them; `secure_delete` overwrites it. Backups made before still hold them.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    with store.reading() as reader:
        due = list(_due(reader, store, hand))
    if not due:
        return 0
    with store.writing(PROGRAM, Action.ERASE) as work:
        for kind, field, record_id in due:
            record = work.record(kind, record_id)
            if record is not None:
                work.save(record, {field: None}, created=False)
        work.note("", "", f"Xóa {len(due)} giá trị hết thời hạn lưu trữ")
    return len(due)


def _due(reader: Reader, store: Store, hand: Hand) -> Iterator[tuple[str, str, str]]:
    today = hand.clock.now().date()
    for spec in store.specs.values():
        for field in spec.fields:
            if field.erased_after and spec.closed_by:
                last = (today - timedelta(days=field.erased_after)).isoformat()
                for record_id in reader.closed_by(spec.kind, field.name, spec.closed_by, last):
                    yield spec.kind, field.name, record_id
