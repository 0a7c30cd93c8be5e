"""What time alone asks for, done whenever a profile is opened: what was kept too long is erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from antq_desktop.domain.changes import Action
from antq_desktop.domain.clock import civil
from antq_desktop.domain.fields import VOID
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.rights import PROGRAM
from antq_desktop.services.hand import Hand
from antq_desktop.storage import attachments, settings
from antq_desktop.storage.queries import Reader
from antq_desktop.storage.store import Store

if TYPE_CHECKING:
    from antq_desktop.domain.merging import Entry, Part
    from antq_desktop.domain.record import Record

LEFT_OUT_DAYS: Final = 30


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


def erase_left_out(store: Store, hand: Hand) -> int:
    """Erase the contents of attachments left out long ago, and return how many there were.

    Who attached a wrong photograph takes it away and expects it gone; until then the taking away
    can be undone. A content that another attachment in force names stays.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    if ATTACHMENT not in store.specs:
        return 0
    with store.reading() as reader:
        due = _left_out(reader, hand)
    if not due:
        return 0
    with store.writing(PROGRAM, Action.ERASE) as work:
        count = attachments.drop(work.connection, due)
        work.note("", "", f"Xóa nội dung {count} tệp đính kèm đã bỏ quá {LEFT_OUT_DAYS} ngày")
    return count


def _left_out(reader: Reader, hand: Hand) -> set[str]:
    last = civil(hand.clock.now() - timedelta(days=LEFT_OUT_DAYS))
    own = reader.setting(settings.UNIT)
    ids = attachments.left_out_held(reader.connection, own)
    old = {
        str(record.values()["digest"])
        for record in reader.records(ATTACHMENT, ids).values()
        if _voided_at(record) <= last
    }
    return old - attachments.in_force(reader.connection, old)


def _voided_at(record: Record) -> str:
    saves = [entry.save.at for part in record.parts for entry in _void_entries(part)]
    return max(saves, default="~")


def _void_entries(part: Part) -> Iterable[Entry]:
    state = part.fields.get(VOID)
    return state.entries if state is not None else ()


def _due(reader: Reader, store: Store, hand: Hand) -> Iterator[tuple[str, str, str]]:
    today = hand.clock.now().date()
    for spec in store.specs.values():
        for field in spec.fields:
            if field.erased_after and spec.closed_by:
                last = (today - timedelta(days=field.erased_after)).isoformat()
                for record_id in reader.closed_by(spec.kind, field.name, spec.closed_by, last):
                    yield spec.kind, field.name, record_id
