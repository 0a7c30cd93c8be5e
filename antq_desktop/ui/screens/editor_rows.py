"""Rows of an editor that come and go: lines of the record, and records that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from antq_desktop.domain.fields import BY_YEAR
from antq_desktop.domain.text import fold
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.screens.editor_inline import begins_with
from antq_desktop.ui.screens.editor_kit import civil_now
from antq_desktop.ui.screens.editor_layout import ChildrenPart, LinesPart
from antq_desktop.ui.screens.editor_loading import new_child
from antq_desktop.ui.screens.listing_actions import void_question
from antq_desktop.ui.screens.related import Slot
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

if TYPE_CHECKING:
    from antq_desktop.ui.ask import Answer
    from antq_desktop.ui.screens.editor_pages import EditorPages
    from antq_desktop.ui.screens.editor_state import Sheaf
    from antq_desktop.ui.workplace import Workplace

_YEARS_OFFERED: Final = 25


class Rows(QObject):
    """Adds rows, and takes them away: at once where they were never saved, else with a reason."""

    changed = Signal()

    def __init__(
        self, workplace: Workplace, sheaf: Sheaf, pages: EditorPages, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._sheaf = sheaf
        self._pages = pages
        self.years: Picker | None = None
        pages.add_asked.connect(self.add)
        pages.removal_asked.connect(self.remove)

    def add(self, part: LinesPart | ChildrenPart) -> None:
        """Begin a row and put the keyboard into it."""
        main = self._sheaf.main
        if isinstance(part, ChildrenPart):
            office = self._workplace.office
            begin = begins_with(office, part)
            sheet = new_child(office, self._sheaf, part.kind, begin=begin)
            self._begin(part, Slot(sheet))
            return
        line = main.spec.line(part.line)
        if len(main.line_ids(part.line)) >= line.limit:
            text = f"{line.label} đã đủ {line.limit} dòng, nhiều nhất của một hồ sơ."
            self._workplace.door.say(Message(text, Tone.WATCH, "too_many_lines"))
        elif line.ids_from == BY_YEAR:
            self._ask_year(part)
        else:
            self._add_line(part, self._workplace.office.records.new_id())

    def remove(self, part: LinesPart | ChildrenPart, slot: Slot) -> None:
        """Take a row away."""
        if isinstance(part, LinesPart):
            self._sheaf.main.remove_line(part.line, slot.prefix.split("/")[1])
            self._gone(part)
            return
        if slot.sheet.created:
            self._sheaf.children[part.kind].remove(slot.sheet)
            self._gone(part)
            return

        def decide(answer: Answer) -> None:
            if answer.key == "void":
                self._void(slot, answer.reason)

        question = void_question(slot.sheet.spec.label, slot.sheet.title)
        self._workplace.asker.ask(question, decide)

    def _void(self, slot: Slot, reason: str) -> None:
        records, kind, record_id = (
            self._workplace.office.records,
            slot.sheet.spec.kind,
            slot.sheet.id,
        )
        self._workplace.jobs.write(
            lambda _control: records.void(kind, record_id, reason),
            lambda saved: self._workplace.told(saved, (kind,)),
        )

    def _gone(self, part: LinesPart | ChildrenPart) -> None:
        rows = self._pages.rows_of(part)
        self._pages.refresh_lists()
        rows.add.setFocus()
        self.changed.emit()

    def _add_line(self, part: LinesPart, line_id: str) -> None:
        self._sheaf.main.add_line(part.line, line_id)
        self._begin(part, Slot(self._sheaf.main, f"{part.line}/{line_id}/"))

    def _begin(self, part: LinesPart | ChildrenPart, slot: Slot) -> None:
        rows = self._pages.rows_of(part)
        self._pages.refresh_lists()
        frame = rows.frame(slot.key)
        if frame is not None:
            frame.take_focus()
            # the page has its new height only after the next turn of the event loop, and a row
            # that closes above gives its room back after another
            show = partial(self._pages.show_row, frame)
            QTimer.singleShot(0, frame, lambda: QTimer.singleShot(0, frame, show))

    def _ask_year(self, part: LinesPart) -> None:
        used = set(self._sheaf.main.line_ids(part.line))
        last = civil_now(self._workplace.office).year
        years = [str(year) for year in range(last, last - _YEARS_OFFERED, -1)]
        options: Sequence[Option] = [Option(year, year) for year in years if year not in used]

        def find(words: str, deliver: Deliver) -> None:
            deliver([option for option in options if fold(words).strip() in option.id])

        rows = self._pages.rows_of(part)
        self.years = Picker(find, self._workplace.theme, rows)
        self.years.picked.connect(lambda option: self._add_line(part, option.id))
        self.years.open_under(rows.add)
