"""Figures of documents, meetings, tasks and proposals."""

from __future__ import annotations

from typing import Final

from antq_desktop.domain.figures.measure import Where, counted

_OUT: Final = {"direction": frozenset({"outgoing"})}


def _kind(name: str) -> Where:
    return {"document_kind": frozenset({name})}


DOCUMENTS: Final = (
    counted("documents", "Văn bản chỉ đạo", "văn bản", "document", "dated"),
    counted("documents_out", "Văn bản đã ban hành", "văn bản", "document", "dated", where=_OUT),
    counted("resolutions", "Nghị quyết", "văn bản", "document", "dated", where=_kind("resolution")),
    counted("directives", "Chỉ thị", "văn bản", "document", "dated", where=_kind("directive")),
    counted("plans", "Kế hoạch", "văn bản", "document", "dated", where=_kind("plan")),
    counted("decisions", "Quyết định", "văn bản", "document", "dated", where=_kind("decision")),
    counted("meetings", "Hội nghị, cuộc họp", "cuộc", "meeting", "held_on"),
    counted("tasks_due", "Việc đến hạn", "việc", "task", "deadline"),
    counted("tasks_done", "Việc đã hoàn thành", "việc", "task", "done_on"),
    counted("proposals", "Đề xuất lên cấp trên", "đề xuất", "proposal", "sent_on"),
    counted("proposals_answered", "Đề xuất đã được trả lời", "đề xuất", "proposal", "answered_on"),
)
