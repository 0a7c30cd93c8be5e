"""The program checks itself: the file, the chain of history, search words, declared data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from antq_desktop.catalogue.lock import lock_faults
from antq_desktop.domain.attachments import show_size
from antq_desktop.domain.checking import lowered
from antq_desktop.domain.codes import Codes
from antq_desktop.domain.fields import FieldKind
from antq_desktop.domain.records.attachments import KIND
from antq_desktop.domain.shown import show_integer
from antq_desktop.paths import forms_folder
from antq_desktop.storage import attachments
from antq_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its stable code, whether it holds, and one Vietnamese sentence."""

    code: str
    holds: bool
    sentence: str


def check_store(store: Store, codes: Codes) -> Iterator[Finding]:
    """Look at everything that can be looked at and yield what was found, one thing at a time."""
    told = store.quick_check()
    yield Finding(
        "file",
        told == "ok",
        "Tệp dữ liệu còn nguyên vẹn."
        if told == "ok"
        else "Tệp dữ liệu có chỗ hỏng. Khôi phục từ bản sao lưu gần nhất.",
    )
    chain = store.verify_history()
    yield Finding(
        "history",
        chain.broken_at is None,
        f"Nhật ký liền mạch, {chain.entries} lần ghi."
        if chain.broken_at is None
        else f"Nhật ký không liền mạch từ lần ghi số {chain.broken_at}. Giữ nguyên máy và báo "
        "cán bộ quản trị.",
    )
    yield from _search(store)
    yield _attachments(store)
    yield _forms()
    yield _codes(store, codes)


def _search(store: Store) -> Iterator[Finding]:
    with store.reading() as reader:
        for kind, spec in store.specs.items():
            wrong = reader.wrongly_indexed(kind)
            yield Finding(
                f"search_{kind}",
                wrong == 0,
                f"Tìm kiếm trong {lowered(spec.plural)} đầy đủ."
                if wrong == 0
                else f"Có {wrong} hồ sơ trong {lowered(spec.plural)} tìm không ra. "
                "Báo cán bộ quản trị.",
            )


def _attachments(store: Store) -> Finding:
    """Read every content and compare it with its digest; look for one that nothing names."""
    with store.reading() as reader:
        count, size = attachments.totals(reader.connection)
        wrong = sum(1 for _ in attachments.damaged(reader.connection))
        astray = len(attachments.unnamed(reader.connection)) if KIND in store.specs else 0
    told = f"Tệp đính kèm còn nguyên vẹn, {show_integer(count)} tệp, {show_size(size)}."
    if wrong:
        told = f"Có {wrong} tệp đính kèm bị hỏng. Khôi phục từ bản sao lưu gần nhất."
    elif astray:
        told = f"Có {astray} tệp đính kèm không thuộc hồ sơ nào. Báo cán bộ quản trị."
    return Finding("attachments", not wrong and not astray, told)


def _forms() -> Finding:
    faults = lock_faults(forms_folder())
    return Finding(
        "forms",
        not faults,
        "Danh mục và mẫu in đúng bản phát hành."
        if not faults
        else "Danh mục hoặc mẫu in đã bị sửa ngoài chương trình. Cài lại chương trình.",
    )


def _codes(store: Store, codes: Codes) -> Finding:
    """Look for values that no code list knows, as a newer catalogue or a fault would leave them."""
    with store.reading() as reader:
        unknown = sum(
            number
            for kind in reader.kinds_held()
            for field in store.specs[kind].fields
            if field.kind is FieldKind.CHOICE
            for value, number in reader.state_counts(kind, field.name).items()
            if isinstance(value, str) and not codes.has(field.codes, value)
        )
    return Finding(
        "codes",
        unknown == 0,
        "Mọi giá trị đều có trong danh mục."
        if unknown == 0
        else f"Có {unknown} giá trị chưa có trong danh mục. Nhận danh mục mới từ đơn vị tổng hợp.",
    )
