"""The guided path of a workbook into the store: file, columns, letters, preview, done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from shiboken6 import isValid

from antq_desktop.domain.shown import show_integer
from antq_desktop.services.sheet_opening import Choices
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.jobs import Job, Stopped
from antq_desktop.ui.screens.sheet_frame import (
    COLUMNS,
    DONE,
    FILE,
    LETTERS,
    PREVIEW,
    ImportFrame,
)
from antq_desktop.ui.screens.sheet_looks import Judged, apply, judge, look
from antq_desktop.ui.screens.sheet_menu import WORKBOOK

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from antq_desktop.services.records import Saved
    from antq_desktop.services.sheet_opening import Opened
    from antq_desktop.ui.workplace import Workplace

_FILES: Final = (("Bảng tính", "*.xlsx *.xls *.ods *.xlsm"), ("Mọi tệp", "*"))


def open_file(path: Path) -> None:
    """Open a file with what the machine has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ImportPage(ImportFrame):
    """`closed` asks to go back to the list; `arrived` says that the step in front is at rest."""

    closed = Signal()
    arrived = Signal()

    def __init__(
        self, workplace: Workplace, kind: str, opener: Callable[[Path], None] = open_file
    ) -> None:
        super().__init__(workplace, workplace.office.lists.specs[kind])
        self._open_file = opener
        self._choices = Choices()
        self._by_hand = False
        self._opened: Opened | None = None
        self._judged: Judged | None = None
        self._saved: Saved | None = None
        self._busy = False
        self._job: Job[Judged] | None = None
        self._stay_at: QWidget | None = None
        self._connect()
        self._go(FILE)

    @property
    def step(self) -> int:
        """The step in front."""
        return self.stack.currentIndex()

    @property
    def judged(self) -> Judged | None:
        """What the import would do, once it is known."""
        return self._judged

    def take(self, path: Path) -> None:
        """Begin with a file."""
        self._by_hand = False
        self.preview.zeros.setChecked(False)
        self._choices = Choices()
        self._look(path, Choices())

    def take_focus(self) -> None:
        """Give the keyboard to what goes on, or to what stands in its way."""
        if self.forward.isEnabled():
            self.forward.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.step == COLUMNS:
            self.columns.take_focus()
        elif self.step == PREVIEW:
            self.preview.take_focus()

    def next(self) -> None:
        """Go on; at the preview, take in what is sound."""
        if self._busy:
            return
        if self.step == FILE:
            self._ask_file()
        elif self.step == COLUMNS:
            self._after_columns()
        elif self.step == LETTERS:
            self._convert(keep=False)
        elif self.step == PREVIEW:
            self._apply()
        else:
            self.closed.emit()

    def back(self) -> None:
        """Go one step back; from the first and the last, to the list."""
        if self.step in {FILE, DONE} or self._busy:
            self.closed.emit()
        else:
            self._go(FILE if self.step == COLUMNS else COLUMNS)

    def end(self) -> None:
        """Stop what is judged for this page alone; what is being taken in goes on."""
        if self._job is not None:
            self._job.stop()

    # recognising

    def _ask_file(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.take(path)

        self._workplace.asker.ask_file(FileQuestion("Chọn bảng tính", _FILES), then)

    def _look(self, path: Path, choices: Choices, *, on: bool = False) -> None:
        office, kind = self._workplace.office, self.spec.kind
        self._set_busy("Đang đọc tệp…")

        def arrive(opened: Opened) -> None:
            self._choices, self._opened = choices, opened
            self._set_busy("")
            self.path.set_full_text(opened.path.name)
            if on:
                self._opened = self._as_said(opened)
                self._judge()
                return
            self.columns.show_opened(opened, choices.header)
            self._go(COLUMNS)

        self._workplace.jobs.read(
            lambda _control: look(office, kind, path, choices),
            arrive,
            failed=self._failed,
            owner=self,
            lane="sheet",
        )

    def _change_place(self, sheet: str, row: int) -> None:
        if self._opened is not None:
            self._by_hand = False
            self._look(self._opened.path, replace(self._choices, sheet=sheet, header=row))

    def _map(self) -> None:
        if self._opened is not None:
            self._by_hand = True
            self._opened = self._as_said(self._opened)
            self.columns.show_mapping(self._opened)
            self._tell_next()

    def _as_said(self, opened: Opened) -> Opened:
        """Return the file with its columns as they were told by hand."""
        if not self._by_hand:
            return opened
        return self._workplace.office.spreadsheets.remap(opened, self.columns.said())

    def _after_columns(self) -> None:
        opened = self._opened
        if opened is None or opened.header.mapped.missing(self.spec):
            self.columns.take_focus()
            return
        if opened.old is not None and not opened.old.confirmed:
            self.letters.show_old(opened.old)
            self._go(LETTERS)
            return
        self._judge()

    def _convert(self, *, keep: bool) -> None:
        opened = self._opened
        if opened is None or opened.old is None:
            return
        said = None if keep else opened.old.font
        self._look(opened.path, replace(self._choices, keep=keep, convert=said), on=True)

    # judging

    def _judge(self) -> None:
        opened, office = self._opened, self._workplace.office
        if opened is None:
            return
        choices = replace(
            self._choices,
            zeros=self.preview.zeros.isChecked(),
            when=self.preview.chosen_when(),
        )
        self._set_busy("Đang kiểm tra từng dòng…")
        self._job = self._workplace.jobs.read(
            lambda control: judge(office, opened, choices, control),
            self._show_judged,
            failed=self._failed,
            owner=self,
            title="Đang kiểm tra bảng tính",
        )

    def _judge_again(self) -> None:
        """Judge by another choice; the keyboard stays at the choice, which may go on changing."""
        self._stay_at = self.preview.focusWidget()
        self._judge()

    def _show_judged(self, judged: Judged) -> None:
        self._job, self._judged = None, judged
        self._set_busy("")
        self.preview.show_judged(judged)
        self._go(PREVIEW)
        stay_at, self._stay_at = self._stay_at, None
        if stay_at is not None:
            stay_at.setFocus(Qt.FocusReason.OtherFocusReason)

    # taking in

    def _apply(self) -> None:
        judged, workplace = self._judged, self._workplace
        if judged is None or not judged.plan.edits:
            return
        self._set_busy("Đang nhập… Bấm Dừng ở cuối màn hình thì không hồ sơ nào được nhập.")

        def arrive(saved: Saved) -> None:
            workplace.told(saved, (self.spec.kind,))
            if isValid(self):
                self._show_saved(saved)

        def fail(error: BaseException) -> None:
            if isValid(self):
                self._failed(error)
            else:
                workplace.door.meet(error)

        workplace.jobs.write(
            lambda control: apply(workplace.office, judged.plan, control),
            arrive,
            failed=fail,
            title="Đang nhập bảng tính",
        )

    def _show_saved(self, saved: Saved) -> None:
        self._saved = saved
        self._set_busy("")
        self.result.say(saved.sentence, "done")
        left = self._judged.plan.refused_rows if self._judged is not None else 0
        self.result_more.setText(
            f"{show_integer(left)} dòng lỗi nằm trong tệp đánh dấu lỗi: sửa ở đó rồi nhập lại "
            "tệp ấy; dòng đã nhập được nhận ra và bỏ ra."
            if left
            else ""
        )
        self._go(DONE)

    def _undo(self) -> None:
        saved, workplace = self._saved, self._workplace
        if saved is None:
            return
        self._saved = None
        self.undo.setEnabled(False)

        def arrive(done: Saved) -> None:
            workplace.told(done, (self.spec.kind,))
            if isValid(self):
                self.result.say(done.sentence, "done")

        workplace.jobs.write(
            lambda _control: workplace.office.records.undo(saved.seq),
            arrive,
            title="Đang hoàn tác lần nhập",
        )

    def _write_faults(self) -> None:
        """Ask where the marked workbook goes, write it, and open it."""
        judged, sheets = self._judged, self._workplace.office.spreadsheets
        if judged is None:
            return
        plan, source = judged.plan, judged.plan.opened.path

        def chosen(path: Path | None) -> None:
            if path is None:
                return
            target = path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
            self._workplace.jobs.read(
                lambda _control: sheets.error_file(plan, target),
                partial(arrive, target),
                title="Đang ghi tệp đánh dấu lỗi",
            )

        def arrive(target: Path, _written: bool) -> None:
            self._workplace.door.done(f"Đã ghi tệp có cột Lỗi: {target}.")
            self._open_file(target)

        question = FileQuestion(
            "Lưu tệp đánh dấu lỗi",
            WORKBOOK,
            start=source.parent,
            suggested=f"{source.stem}_loi.xlsx",
            to_write=True,
        )
        self._workplace.asker.ask_file(question, chosen)

    # faces

    def _failed(self, error: BaseException) -> None:
        self._set_busy("")
        if isinstance(error, Stopped):
            self.told.say("Đã dừng; chưa hồ sơ nào được nhập.", "note")
        else:
            self.told.say(str(getattr(error, "message", "")), "fault")
            self._workplace.door.meet(error)
        self._tell_next()
        self.arrived.emit()

    def _set_busy(self, sentence: str) -> None:
        self._busy = bool(sentence)
        self.told.say(sentence)
        self.stack.setEnabled(not self._busy)
        for button in (self.forward, self.keep, self.faults, self.undo):
            button.setEnabled(not self._busy)

    def _go(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        opened = self._opened
        self.mark_step(step, letters=opened is not None and opened.old is not None)
        self._tell_next()
        self.take_focus()
        self.arrived.emit()

    def _tell_next(self) -> None:
        """Say on the button what it does now, and whether it may."""
        step, opened, judged = self.step, self._opened, self._judged
        self.keep.setVisible(step == LETTERS)
        self.undo.setVisible(step == DONE)
        self.again.setVisible(step == DONE)
        left = judged.plan.refused_rows if judged is not None else 0
        self.faults.setVisible(judged is not None and bool(left) and step in {PREVIEW, DONE})
        self.faults.setText("Mở tệp đánh dấu lỗi…")
        self.backward.setText("Về danh sách" if step in {FILE, DONE} else "Quay lại")
        self.backward.setVisible(step != DONE)
        verb, may = "Tiếp tục", True
        if step == FILE:
            verb = "Chọn tệp…"
        elif step == COLUMNS:
            may = opened is not None and not opened.header.mapped.missing(self.spec)
        elif step == LETTERS:
            verb = "Chuyển sang Unicode"
        elif step == PREVIEW and judged is not None:
            number = show_integer(len(judged.plan.edits))
            may = bool(judged.plan.edits)
            verb = f"Nhập {number} dòng đúng" if left else f"Nhập {number} dòng"
            verb = verb if may else "Không có dòng để nhập"
        elif step == DONE:
            verb = "Về danh sách"
        self.forward.setText(verb)
        self.forward.setAccessibleName(verb)
        self.forward.setEnabled(may and not self._busy)

    def _connect(self) -> None:
        self.leave.clicked.connect(self.back)
        self.backward.clicked.connect(self.back)
        self.forward.clicked.connect(self.next)
        self.keep.clicked.connect(lambda: self._convert(keep=True))
        self.again.clicked.connect(lambda: self._go(FILE))
        self.undo.clicked.connect(self._undo)
        self.faults.clicked.connect(self._write_faults)
        self.drop.dropped.connect(lambda paths: self.take(paths[0]))
        self.columns.mapped.connect(self._map)
        self.columns.place_changed.connect(self._change_place)
        self.preview.changed.connect(self._judge_again)
        for keys, action in (("Esc", self.back), ("Ctrl+Return", self.next)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)
