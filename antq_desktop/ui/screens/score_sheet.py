"""The score sheet of a unit: items, answers, evidence and appraisal; result live; saved once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.records.standards_sheets import DRAFTING
from antq_desktop.domain.scoring.faults import sheet_faults
from antq_desktop.domain.scoring.outcome import Outcome, Side, judge
from antq_desktop.domain.scoring.points import show_points
from antq_desktop.domain.scoring.sets import SetKind
from antq_desktop.domain.scoring.sheets import NOTHING, Answer, Mark
from antq_desktop.domain.shown import show_date
from antq_desktop.services.standards.binding import APPRAISAL, LINE, SHEET
from antq_desktop.services.standards.scoring import SheetChanges, place_of, save
from antq_desktop.services.standards.subjects import side_of
from antq_desktop.ui.ask import Answer as Said
from antq_desktop.ui.ask import leave_question
from antq_desktop.ui.screens.editor_bands import Step
from antq_desktop.ui.screens.editor_drafts import DraftKeeper, draft_sentence
from antq_desktop.ui.screens.handover_parts import set_badge
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.preview_wanted import Wanted
from antq_desktop.ui.screens.score_frame import ScoreFrame
from antq_desktop.ui.screens.score_model import TEXT, comparable
from antq_desktop.ui.screens.score_today import TodayDialog, gap_words

if TYPE_CHECKING:
    from antq_desktop.domain.canonical import Json
    from antq_desktop.services.drafts import Draft
    from antq_desktop.services.records import Saved
    from antq_desktop.services.standards.looking import OpenSheet
    from antq_desktop.ui.workplace import Workplace

REVIEWED: Final = "self_reviewed"
KINDS: Final = (SHEET, LINE, APPRAISAL)


class ScoreSheetPage(ScoreFrame):
    """One sheet; `closed` asks to go back, `papers_asked` wants papers shown."""

    closed = Signal()
    papers_asked = Signal(list)

    def __init__(self, workplace: Workplace, sheet: str, lead: Callable[[Lead], None]) -> None:
        super().__init__(workplace)
        self._lead = lead
        self.sheet = sheet
        self.held: OpenSheet | None = None
        self.outcome: Outcome | None = None
        self.changes = SheetChanges()
        self.dialog: TodayDialog | None = None
        self._name = ""
        self.keeper = DraftKeeper(workplace, self._content, self)
        self._connect()

    def start(self) -> None:
        """Read the sheet, and the draft of it."""
        office = self._workplace.office
        sheet = self.sheet

        def work(_control: object) -> tuple[OpenSheet, str, Draft | None]:
            held = office.standards.sheets.read(sheet)
            subject = held.stored.sheet.unit
            titles: dict[str, str] = {}
            for kind in ("unit", "scheme", "protection_team"):
                titles |= office.lists.titles(kind, [subject])
            names = {place.id: place.name for place in office.units_below}
            name = titles.get(subject) or names.get(subject, subject)
            return held, name, office.drafts.find(self._draft_id)

        self._workplace.jobs.read(work, self._took, owner=self, lane="sheet")

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was changed and not saved."""
        if not self.changes.any:
            go()
            return

        def answered(said: Said) -> None:
            if said.key == "drop":
                self.changes = SheetChanges()
                self.keeper.drop(go)

        self._workplace.asker.ask(leave_question(), answered)

    def save(self) -> None:
        """Save everything that was changed, as one action."""
        if not self.changes.any or self.held is None:
            self._workplace.door.done("Không có gì thay đổi nên không lưu.")
            return
        standards, sheet, changes = self._workplace.office.standards, self.sheet, self.changes

        def arrive(saved: Saved) -> None:
            self.changes = SheetChanges()
            self.keeper.drop()
            told = f"Đã lưu phiếu chấm của {self._name}."
            self._workplace.told(replace(saved, sentence=told), KINDS)
            self.start()

        self._workplace.jobs.write(
            lambda _control: save(standards.ground, standards.sheets, sheet, changes),
            arrive,
            failed=self._refused,
            owner=self,
        )

    def compute(self) -> None:
        """Compute the checks anew from the records of today and keep what they saw."""
        if self.changes.any:
            self._workplace.door.done("Lưu những gì vừa chấm rồi tính lại.")
            return
        sheets, sheet = self._workplace.office.standards.sheets, self.sheet

        def arrive(saved: Saved) -> None:
            self._workplace.told(saved, KINDS)
            self.start()

        self._workplace.jobs.write(lambda _control: sheets.compute([sheet]), arrive, owner=self)

    def finish_review(self) -> None:
        """Say that the unit has scored itself; the board then counts the step as done."""
        if self.changes.any:
            self._workplace.door.done("Lưu những gì vừa chấm rồi ghi tự chấm xong.")
            return
        sheets, sheet = self._workplace.office.standards.sheets, self.sheet

        def arrive(saved: Saved) -> None:
            self._workplace.told(saved, KINDS)
            self.start()

        self._workplace.jobs.write(
            lambda _control: sheets.set_state([sheet], REVIEWED), arrive, owner=self
        )

    def none_happened(self) -> None:
        """Answer every mark that has no answer: it did not happen."""
        if self.held is None or not self._editable:
            return
        sheet = self.changes.applied(self.held.stored.sheet)
        for item in self.held.criteria.items():
            mark = sheet.mark(item.id) if item.mark_only else None
            if item.mark_only and (mark is None or not mark.answer):
                self.changes.marks[item.id] = Mark(item.id, Answer.MET)
        self._on_changed()
        self.pane.again()

    def agree(self) -> None:
        """Appraise every item that has no appraisal yet as the unit scored itself."""
        if self.held is None or not self._appraisable:
            return
        sheet = self.changes.applied(self.held.stored.sheet)
        for item in self.held.criteria.items():
            line = sheet.line(item.id)
            own = comparable(item, line)
            if not item.mark_only and line.appraised == NOTHING and own != NOTHING:
                self.changes.appraised[item.id] = own
        self._on_changed()
        self.pane.again()

    def show_today(self) -> None:
        """Show what would come out today, or on another day."""
        if self.held is None:
            return
        stored = self.held.stored.sheet
        self.dialog = TodayDialog(
            self._workplace, self, stored.unit, self._name, stored.year, stored.set_code
        )
        self.dialog.open()

    def show_papers(self) -> None:
        """Show the sheet on paper, as it is stored."""
        if self.changes.any:
            self._workplace.door.done("Lưu những gì vừa chấm rồi in.")
            return
        self.papers_asked.emit([Wanted("std_score_sheet", record_id=self.sheet)])

    def open_record(self, kind: str, record: str) -> None:
        """Go to a record behind an item, or to what it belongs to."""
        lists = self._workplace.office.lists
        self._workplace.jobs.read(
            lambda _control: place_of(lists, kind, record),
            lambda found: self._lead(Lead(*found)),
            owner=self,
        )

    def go_to(self, item: str) -> None:
        """Bring an item into view."""
        row = self.model.row_of(item)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, TEXT))

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.save_button.clicked.connect(self.save)
        self.done_button.clicked.connect(self.finish_review)
        self.print_button.clicked.connect(self.show_papers)
        self.today_button.clicked.connect(self.show_today)
        self.compute_button.clicked.connect(self.compute)
        self.none_button.clicked.connect(self.none_happened)
        self.agree_button.clicked.connect(self.agree)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _was: self._look())
        self.table.answered.connect(self._answer)
        self.table.entered.connect(self.pane.focus_answer)
        self.pane.changed.connect(self._on_changed)
        self.pane.opened.connect(self.open_record)
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Esc", self.closed.emit),
            ("Ctrl+S", self.save),
            ("Ctrl+P", self.show_papers),
            ("Ctrl+T", self.show_today),
            ("Ctrl+M", self.none_happened),
            ("Ctrl+G", self.agree),
            ("F5", self.compute),
            ("F3", self.next_open),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())

    # inside

    @property
    def _editable(self) -> bool:
        held = self.held
        own = self._workplace.office.unit
        return held is not None and not held.closed and held.stored.owner == own

    @property
    def _appraisable(self) -> bool:
        held, own = self.held, self._workplace.office.unit
        return held is not None and not (held.closed and held.stored.owner == own)

    @property
    def _draft_id(self) -> str:
        return f"sheet:{self.sheet}"

    def next_open(self) -> None:
        """Go to the next item without an answer."""
        row = self.model.next_open(self.table.currentIndex().row())
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, TEXT))

    def _took(self, found: tuple[OpenSheet, str, Draft | None]) -> None:
        held, self._name, draft = found
        self.held = held
        stored = held.stored.sheet
        self.title.set_full_text(f"{self._name} · {held.criteria.title} · năm {stored.year}")
        row = self.table.currentIndex().row()
        self.pane.set_sheet(
            held, self.changes, editable=self._editable, appraisable=self._appraisable
        )
        self.model.show(held, self.changes)
        self.none_button.setVisible(self._editable and any(g.marks for g in held.criteria.groups))
        drafting = held.stored.values.get("state") in {None, "", DRAFTING}
        self.done_button.setVisible(self._editable and drafting)
        self.agree_button.setVisible(self._appraisable)
        self.compute_button.setVisible(
            self._editable and any(item.check for item in held.criteria.items())
        )
        self._refresh()
        first = row if row >= 0 else self.model.first_of(each.item for each in held.outcome.missing)
        self.table.bring(self.model.index(first, TEXT))
        self._look()
        self._tell_state(held)
        if draft is not None and not self.changes.any:
            self._offer(draft)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_state(self, held: OpenSheet) -> None:
        state = str(held.stored.values.get("state") or "")
        label = self._workplace.office.codes.label("sheet_state", state) if state else ""
        set_badge(self.state, label, "calm" if held.closed else "plain")
        if held.closed:
            day = str(held.stored.values.get("closed_on") or "")
            self.bands.show_band(
                "closed",
                f"Phiếu đã chốt ngày {show_date(day)} nên giữ nguyên. Việc đến sau được liệt kê là "
                "phát sinh sau khi chốt, ở trang Năm công tác.",
                (), tone="info",
            )  # fmt: skip
        elif held.stored.owner != self._workplace.office.unit:
            self.bands.show_band(
                "foreign", "Phiếu của đơn vị khác: đọc và thẩm định, không sửa phần tự chấm.",
                (), tone="info",
            )  # fmt: skip

    def _look(self) -> None:
        row = self.table.currentIndex().row()
        item, group = self.model.item(row), self.model.group(row)
        if item is not None and group is not None:
            self.pane.show_item(item, group)
        else:
            self.pane.show_set()

    def _answer(self, key: str) -> None:
        part, answer = self.pane.own, Answer(key)
        if not self._editable:
            return
        if self.pane.marks is not None and answer.value in self.pane.marks.buttons:
            self.pane.marks.show_answer(answer.value)
            self.pane.marks.chosen.emit(answer.value)
        elif part is not None:
            part.answer(answer)

    def _on_changed(self) -> None:
        self._refresh()
        self.keeper.touch()

    def _refresh(self) -> None:
        held = self.held
        if held is None:
            return
        sheet = self.changes.applied(held.stored.sheet)
        outcome = self.outcome = judge(held.criteria, sheet)
        own = judge(held.criteria, sheet, Side.OWN)
        self.model.refresh(sheet, outcome)
        set_badge(self.result, outcome_words(held, outcome), _tone(outcome))
        left = sum(group.unanswered for group in outcome.groups)
        set_badge(self.left, f"△ Còn {left} mục (F3)" if left else "", "watch")
        differs = own != outcome
        told = f"{side_of(held.criteria)}: {outcome_words(held, own)}" if differs else ""
        set_badge(self.appraised, told, "plain")
        unsettled = [
            item for item in outcome.provisional if not self.changes.settled_reason(held, item)
        ]
        faults = [fault.message for fault in sheet_faults(held.criteria, sheet)]
        if unsettled:
            faults.append(f"{len(unsettled)} mục tạm tính chưa có lý do chấp nhận.")
        gap = gap_words(held.criteria, outcome)
        if gap and not faults:
            faults.append(f"{gap}.")
        self.lacks.setText(" ".join(dict.fromkeys(faults)))
        self.lacks.setVisible(bool(faults))
        self.save_button.setEnabled(self.changes.any)
        self.fit_words()

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, UserError) and self.model.row_of(error.field) >= 0:
            self.go_to(error.field)
        self._workplace.door.meet(error)

    # drafts

    def _content(self) -> tuple[str, str, str, Mapping[str, Json]]:
        return self._draft_id, SHEET, self.title.full_text(), self.changes.to_json()

    def _offer(self, draft: Draft) -> None:
        self.keeper.paused = True
        self.keeper.on_disk = True
        self.bands.show_band(
            "draft",
            draft_sentence(draft, "phiếu này"),
            (Step("Mở lại", lambda: self._restore(draft)), Step("Bỏ", self._forget)),
            tone="watch",
        )

    def _restore(self, draft: Draft) -> None:
        self.bands.hide_band("draft")
        self.keeper.paused = False
        self.changes = SheetChanges.from_json(draft.content)
        if self.held is not None:
            self._took((self.held, self._name, None))

    def _forget(self) -> None:
        self.bands.hide_band("draft")
        self.keeper.paused = False
        self.keeper.drop()


def outcome_words(held: OpenSheet, outcome: Outcome) -> str:
    """Say in few words what a sheet comes to."""
    if held.criteria.kind is SetKind.POINTS:
        told = f"{show_points(outcome.points)} điểm"
    else:
        told = f"{outcome.met_items}/{outcome.applicable} mục đạt"
    if outcome.grade:
        return f"{told} · {outcome.grade.label}"
    if not outcome.complete:
        return told
    return f"{told} · {'ĐẠT' if outcome.met else 'CHƯA ĐẠT'}"


def _tone(outcome: Outcome) -> str:
    if not outcome.complete:
        return "plain"
    return "calm" if outcome.met else "fault"


__all__ = ["KINDS", "ScoreSheetPage"]
