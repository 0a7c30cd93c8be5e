"""What is said at the bottom of the window of something that was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_desktop.domain.fields import RecordSpec
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT

if TYPE_CHECKING:
    from antq_desktop.domain.record import Record


def saved_sentence(spec: RecordSpec, title: str, others: Sequence[str], *, created: bool) -> str:
    """Return one sentence on a save.

    Args:
        spec: The kind of the record in front.
        title: What it is called; may be empty.
        others: The kinds of the other records of the same action.
        created: Whether the record in front was made.
    """
    verb = "Đã thêm" if created else "Đã lưu"
    attached = sum(kind == ATTACHMENT for kind in others)
    if spec.kind == ATTACHMENT and attached == len(others):
        return f"{verb} {attached + 1} {spec.label}."
    name = f"{spec.label} “{title}”" if title else spec.label
    beside = [f"{len(others) - attached} hồ sơ kèm theo"] if len(others) > attached else []
    beside += [f"{attached} tệp đính kèm"] if attached else []
    return f"{verb} {' và '.join([name, *beside])}."


def told_existing(held: Record) -> str:
    """Return the refusal to make a record that is there already."""
    if held.standing().reason is None:
        return "Hồ sơ này đã có. Mở hồ sơ đã có để sửa."
    return (
        "Hồ sơ này đã có và đã hủy. Chọn “Đã hủy” trên bộ lọc của danh sách, mở hồ sơ và thôi hủy."
    )
