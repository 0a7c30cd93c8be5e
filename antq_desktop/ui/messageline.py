"""The bottom line: what was just done, with *Hoàn tác*; a running job, with *Dừng*."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QWidget,
)

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.faults import Message, Tone
from antq_desktop.ui.jobs import Job, Jobs
from antq_desktop.ui.theme import UNIT, Theme

_NOTHING_TO_UNDO: Final = Message("Không còn lần lưu nào để hoàn tác.", Tone.NOTE)
_SIGNS = {
    Tone.DONE: ("ok", "accent"),
    Tone.NOTE: ("info", "blue"),
    Tone.WATCH: ("warning", "gold"),
    Tone.FAULT: ("fault", "red"),
}


class MessageLine(QFrame):
    """Shows one message until the next, and the first running job that has a title."""

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("MessageLine")
        self._theme = theme
        self._message: Message | None = None
        self._last_undo: Callable[[], None] | None = None
        self._jobs = jobs
        self._sign = QLabel()
        self.text = ElidedLabel()
        self._code = QLabel()
        self._code.setProperty("role", "code")
        self._code.setToolTip("Mã để báo bộ phận hỗ trợ")
        tip = "Hoàn tác việc vừa làm (Ctrl+Z; khi đang gõ trong ô: Ctrl+Shift+Z)"
        self.undo = make_button("Hoàn tác", theme, role="quiet", icon="undo", tip=tip)
        self.undo.clicked.connect(self.undo_last)  # shown beside the last save alone
        self.offer = make_button("", theme, role="quiet")
        self.offer.clicked.connect(self._take_offer)
        self.dismiss = make_tool("close", theme, "Ẩn thông báo")
        self.dismiss.clicked.connect(self.clear)
        self._doing = ElidedLabel()
        for button in (self.undo, self.offer, self.dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard at work
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(16 * UNIT)
        self.stop = make_button("Dừng", theme, role="quiet", icon="stop")
        self.stop.clicked.connect(self._stop)
        self._lay_out()
        jobs.started.connect(lambda _job: self._show_job())
        jobs.progressed.connect(lambda _job: self._show_job())
        jobs.ended.connect(lambda _job: self._show_job())
        theme.changed.connect(self._fit)
        self._fit()
        self.clear()
        self._show_job()

    def show_message(self, message: Message) -> None:
        """Show a message in place of the one before, and say it to a screen reader."""
        self._message = message
        if message.undo is not None:
            self._last_undo = message.undo
        self._draw_sign()
        self._sign.setVisible(True)
        self.text.set_full_text(message.text)
        self._code.setText(message.code)
        self._code.setVisible(bool(message.code))
        self.undo.setVisible(message.undo is not None)
        self.offer.setText(message.offer[0] if message.offer else "")
        self.offer.setVisible(message.offer is not None)
        self.dismiss.setVisible(True)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))

    def undo_last(self) -> None:
        """Undo the last save, also when another message came after it or it was hidden."""
        undo, self._last_undo = self._last_undo, None
        if undo is None:
            self.show_message(_NOTHING_TO_UNDO)
            return
        self.clear()
        undo()

    def clear(self) -> None:
        """Show no message."""
        self._message = None
        self.text.set_full_text("")
        for button in (self.dismiss, self.offer, self.undo):
            if button.hasFocus():  # hidden, it would hand the keyboard to the side bar
                self.focusPreviousChild()
        for widget in (self._sign, self._code, self.undo, self.offer, self.dismiss):
            widget.hide()

    def _take_offer(self) -> None:
        if self._message is not None and self._message.offer is not None:
            self._message.offer[1]()

    @property
    def message(self) -> Message | None:
        """The message shown now."""
        return self._message

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * UNIT, 0, UNIT, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self._code)
        row.addWidget(self.undo)
        row.addWidget(self.offer)
        row.addWidget(self.dismiss)
        row.addSpacing(UNIT)
        row.addWidget(self._doing)
        row.addWidget(self._bar)
        row.addWidget(self.stop)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.measures.row + UNIT + 1)
        if self._message is not None:
            self._draw_sign()

    def _draw_sign(self) -> None:
        icon, tone = _SIGNS[self._message.tone if self._message else Tone.NOTE]
        size = 2 * UNIT + 2
        self._sign.setPixmap(self._theme.icons.pixmap(icon, tone, size, self.devicePixelRatioF()))

    def _shown_job(self) -> Job[Any] | None:
        return next((job for job in self._jobs.running if job.title), None)

    def _show_job(self) -> None:
        job = self._shown_job()
        for widget in (self._doing, self._bar, self.stop):
            widget.setVisible(job is not None)
        if job is None:
            return
        progress = job.progress
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        self._bar.setVisible(progress.total is not None)
        self.stop.setEnabled(not job.control.stopped)
        doing = progress.doing or job.title
        self._doing.set_full_text(doing + _in_records(progress.done, progress.total))
        self._doing.setMinimumWidth(min(self._doing.sizeHint().width(), 48 * UNIT))

    def _stop(self) -> None:
        job = self._shown_job()
        if job is not None:
            job.stop()
            self._show_job()
        self.stop.clearFocus()


def _in_records(done: int, total: int | None) -> str:
    if total is None:
        return f": {show_integer(done)}" if done else "…"
    return f": {show_integer(done)}/{show_integer(total)}"
