"""What happened to a record: who, when, and what from which value to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from antq_desktop.domain.records import spec_of
from antq_desktop.domain.records.attachments import KIND as ATTACHMENT
from antq_desktop.domain.shown import show_moment
from antq_desktop.domain.text import opening
from antq_desktop.services.telling import ACTIONS, change_lines
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.changes import Entry
    from antq_desktop.services.office import Office
    from antq_desktop.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Told:
    """One action as it is told: when, who, what kind of action, and each change in words."""

    at: str
    officer: str
    action: str
    lines: tuple[str, ...]


def tell(office: Office, kind: str, record_id: str) -> list[Told]:
    """Return the history of a record and of what hangs on it, the newest first; on a reader."""
    entries: dict[int, Entry] = {}
    told: dict[int, list[str]] = {}
    hanging = office.attachments.ever_of(record_id)
    for one, its_kind in ((record_id, kind), *((each, ATTACHMENT) for each in hanging)):
        spec = spec_of(its_kind, office.lists.specs)
        for line in office.lists.history_of(one):
            words = list(change_lines(spec, line.change, office.lists))
            if one != record_id:
                words = [f"{opening(spec.label)}: {each}" for each in words]
            entries[line.entry.seq] = line.entry
            told.setdefault(line.entry.seq, []).extend(words)
    return [
        Told(
            show_moment(entry.at[:16]),
            entry.officer,
            ACTIONS.get(entry.action, entry.action),
            tuple(told[seq]),
        )
        for seq, entry in sorted(entries.items(), reverse=True)
    ]


class HistoryPanel(QWidget):
    """The history of one record; asked for when it is first seen."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._told: Sequence[Told] = ()
        self._wanted: tuple[str, str] | None = None
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName("Lịch sử")
        self.page.setProperty("role", "sheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        workplace.theme.changed.connect(self._write)

    def show_record(self, kind: str, record_id: str) -> None:
        """Show the history of a record; none is shown for one that does not exist yet."""
        self._wanted = (kind, record_id)
        self._workplace.jobs.read(
            lambda _control: tell(self._workplace.office, kind, record_id),
            self._show,
            owner=self,
            lane="history",
        )

    def clear(self) -> None:
        """Show nothing."""
        self._show([])

    def _show(self, told: Sequence[Told]) -> None:
        self._told = told
        self._write()

    def _write(self) -> None:
        colours = self._workplace.theme.colours
        self.page.document().setDocumentMargin(2 * UNIT)
        self.page.setHtml(history_html(self._told, colours.ink_soft, colours.ink_faint))


def history_html(told: Sequence[Told], soft: str, faint: str) -> str:
    """Return the page of a history; every text of people is escaped."""
    if not told:
        return f"<p style='color:{faint}'>Chưa có lần lưu nào.</p>"
    parts: list[str] = []
    for one in told:
        parts.append(
            f"<p style='margin-top:0; margin-bottom:2px'><b>{escape(opening(one.action))}</b>"
            f" <span style='color:{soft}'>· {escape(one.at)} · {escape(one.officer)}</span></p>"
        )
        lines = "".join(f"{escape(line)}<br>" for line in one.lines) or "Không có mục nào thay đổi."
        parts.append(f"<p style='margin-top:0; margin-bottom:14px; margin-left:12px'>{lines}</p>")
    return "".join(parts)
