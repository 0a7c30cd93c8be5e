"""The first run, drawn: one question a page, back and on by keyboard.

What is asked and what is refused is decided in `services.firststart`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.firststart import (
    STEPS,
    Answers,
    FirstStart,
    Step,
    UnitsToChoose,
)
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.firstpages import (
    BackupsPage,
    DonePage,
    LevelPage,
    OfficerPage,
    PasswordPage,
    SamplePage,
)
from antq_desktop.ui.firstparts import FirstPage
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.services.homes import Homes
    from antq_desktop.ui.ask import Asker
    from antq_desktop.ui.firstjoin import JoinPage
    from antq_desktop.ui.firstunit import UnitPage

P = TypeVar("P", bound=FirstPage)

_TITLES = {
    Step.LEVEL: "Máy này dùng ở đâu",
    Step.UNIT: "Chọn đơn vị",
    Step.OFFICER: "Cán bộ dùng máy",
    Step.PASSWORD: "Đặt mật khẩu",
    Step.BACKUPS: "Nơi giữ bản sao lưu",
    Step.SAMPLE: "Bắt đầu với dữ liệu nào",
    Step.DONE: "Tạo dữ liệu",
}
_JOIN_TITLE = "Máy đã có dữ liệu của đơn vị"


class FirstRunPages(QWidget):
    """`made_asked` carries the answers once all are there; `entered` that work may begin.

    `stop_asked` asks to stop the filling in of invented records.
    """

    made_asked = Signal(object)
    stop_asked = Signal()
    entered = Signal()
    sign_in_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self, theme: Theme, asker: Callable[[], Asker], folder: Path, homes: Homes | None = None
    ) -> None:
        """Take who asks for files, made when first needed."""
        super().__init__()
        self._theme = theme
        self._asker = asker
        self._folder = folder
        self.machine = FirstStart(folder, homes)
        self._number = QLabel()
        self._number.setProperty("role", "hint")
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._bars = [_bar() for _ in STEPS]
        self._stack = QStackedWidget()
        self.pages: dict[Step, FirstPage] = {}
        self.level = self._taken_in(Step.LEVEL, LevelPage(theme))
        self._fault = QLabel()
        self._fault.setProperty("role", "fault")
        self._fault.setTextFormat(Qt.TextFormat.PlainText)
        self._fault.setWordWrap(True)
        self.back = make_button("Quay lại", theme, icon="prev", tip="Quay lại (Alt+Mũi tên trái)")
        self.on = make_button("Tiếp tục", theme, role="primary", tip="Tiếp tục (Enter)")
        self._lay_out()
        self._connect()
        self._show_step()
        try:
            self.machine.refuse_bad_home()
        except UserError as error:
            self._say(error.message)

    @cached_property
    def unit(self) -> UnitPage:
        """The page of the unit; like all but the first, it is made when it is gone to."""
        from antq_desktop.ui import firstunit

        page = firstunit.UnitPage(self._theme, self._asker())
        page.search.textChanged.connect(lambda _text: self._say(""))  # said of other words
        return self._taken_in(Step.UNIT, page)

    @cached_property
    def joins(self) -> JoinPage:
        """The page on which a second device finds the first one of its unit."""
        from antq_desktop.ui import firstjoin

        page = firstjoin.JoinPage(self._theme, self._asker())
        self._stack.addWidget(page)
        for box in page.code.groups:
            box.textEdited.connect(lambda _text: self._say(""))
        return page

    @cached_property
    def officer(self) -> OfficerPage:
        """The page of the first officer."""
        return self._taken_in(Step.OFFICER, OfficerPage())

    @cached_property
    def password(self) -> PasswordPage:
        """The page of the password."""
        return self._taken_in(Step.PASSWORD, PasswordPage(self._theme))

    @cached_property
    def backups(self) -> BackupsPage:
        """The page of the place of backups."""
        page = BackupsPage(self._theme, self._asker(), self._folder)
        return self._taken_in(Step.BACKUPS, page)

    @cached_property
    def sample(self) -> SamplePage:
        """The page of invented records."""
        return self._taken_in(Step.SAMPLE, SamplePage())

    @cached_property
    def done(self) -> DonePage:
        """The last page."""
        page = DonePage(self._theme, self._folder)
        page.stop.clicked.connect(self.stop_asked)
        return self._taken_in(Step.DONE, page)

    def offer_units(self, units: UnitsToChoose) -> None:
        """Let units be looked for, now that their table is read."""
        self.unit.offer(units)

    def go_on(self) -> None:
        """Take what stands on the page and go on, or say what it still needs."""
        if self.machine.step is Step.DONE:
            if self.done.ready:
                self.entered.emit()
            return
        self._say("")
        try:
            self.machine.answer(self._answers())
            step = self.machine.go_on()
        except UserError as error:
            self._refuse(error)
            return
        self._show_step()
        if step is Step.DONE:
            self.done.begin()
            self._enable()
            self.made_asked.emit(self.machine.answers)

    def go_back(self) -> None:
        """Go to the page before; what was answered stays."""
        if not self.machine.may_go_back:
            return
        self._say("")
        self.machine.answer(self._answers())
        self.machine.go_back()
        self._show_step()

    def tell_records(self, records: int) -> None:
        """Show how many invented records stand."""
        self.done.tell_records(records)

    def finish(self, records: int) -> None:
        """Say that the profile stands."""
        self.done.finish(self.machine.answers, records)
        self._enable()
        self.on.setFocus()

    def fail(self, error: BaseException) -> bool:
        """Return to the page before the last and say why; False when it is not ours to tell."""
        self.machine.take_back()
        self._show_step()
        if not isinstance(error, UserError | EnvironmentFault):
            return False
        self._say(error.message)
        return True

    @property
    def fault(self) -> str:
        """What is said of the page now."""
        return self._fault.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on at Enter wherever no field wants it for itself."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return
        super().keyPressEvent(event)

    def _page(self, step: Step) -> FirstPage:
        make: dict[Step, Callable[[], FirstPage]] = {
            Step.LEVEL: lambda: self.level,
            Step.UNIT: lambda: self.joins if self.machine.answers.joining else self.unit,
            Step.OFFICER: lambda: self.officer,
            Step.PASSWORD: lambda: self.password,
            Step.BACKUPS: lambda: self.backups,
            Step.SAMPLE: lambda: self.sample,
            Step.DONE: lambda: self.done,
        }
        return make[step]()

    def _taken_in(self, step: Step, page: P) -> P:
        self.pages[step] = page
        self._stack.addWidget(page)
        page.entered.connect(self.go_on)
        return page

    def _answers(self) -> Answers:
        held = self.machine.answers
        take: dict[Step, Callable[[], Answers]] = {
            Step.LEVEL: lambda: replace(held, level=self.level.level, joining=self.level.joining),
            Step.UNIT: self._unit_answers,
            Step.OFFICER: lambda: replace(held, officer=self.officer.name),
            Step.PASSWORD: lambda: replace(
                held, password=self.password.first.text(), repeated=self.password.second.text()
            ),
            Step.BACKUPS: lambda: replace(held, backups=self.backups.place),
            Step.SAMPLE: lambda: replace(held, sample=self.sample.sample),
            Step.DONE: lambda: held,
        }
        return take[self.machine.step]()

    def _unit_answers(self) -> Answers:
        held = self.machine.answers
        if held.joining:
            return replace(held, first=self.joins.first, code=self.joins.typed)
        return replace(held, unit=self.unit.unit, units=self.unit.tree)

    def _refuse(self, error: UserError) -> None:
        if self.machine.step is Step.PASSWORD and self.password.refuse(error):
            return
        self._say(error.message)
        self._page(self.machine.step).setFocus()

    def _say(self, sentence: str) -> None:
        self._fault.setText(f"✕ {sentence}" if sentence else "")
        self._fault.setVisible(bool(sentence))

    def _show_step(self) -> None:
        step = self.machine.step
        page = self._page(step)
        if step is Step.UNIT and self.machine.answers.level is not None:
            self.unit.look_for(self.machine.answers.level)
        self._number.setText(f"Bước {self.machine.number}/{len(STEPS)}")
        joining = step is Step.UNIT and self.machine.answers.joining
        self._title.setText(_JOIN_TITLE if joining else _TITLES[step])
        for place, bar in enumerate(self._bars, start=1):
            bar.setProperty("done", place <= self.machine.number)
            bar.style().unpolish(bar)
            bar.style().polish(bar)
        self._stack.setCurrentWidget(page)
        self._enable()
        # The folder of backups may wait: there the keyboard begins at going on.
        first = self.on if step is Step.BACKUPS else page
        self.setFocusProxy(first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        last = self.machine.step is Step.DONE
        self.back.setVisible(self.machine.may_go_back)
        self.on.setVisible(not last or self.done.ready)
        words = "Tiếp tục"
        joining = self.machine.answers.joining and self.machine.step is Step.BACKUPS
        if self.machine.step is Step.SAMPLE or joining:
            words = "Tạo dữ liệu"
        elif last:
            words = "Vào việc hôm nay"
        self.on.setText(words)
        self.on.setAccessibleName(words)

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self.level.sign_in.clicked.connect(self.sign_in_asked)
        self.level.restore.clicked.connect(self.restore_asked)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self.go_back)

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(UNIT // 2)
        for bar in self._bars:
            steps.addWidget(bar, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(steps)
        column.addWidget(self._number)
        column.addSpacing(UNIT)
        column.addWidget(self._title)
        column.addSpacing(UNIT)
        column.addWidget(self._stack, 1)
        column.addWidget(self._fault)
        self._fault.hide()
        column.addLayout(buttons)


def _bar() -> QFrame:
    bar = QFrame()
    bar.setProperty("role", "step")
    return bar
