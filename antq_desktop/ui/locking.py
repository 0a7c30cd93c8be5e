"""The locked screen: the work is hidden, not left.

The password of the same officer opens it, or the short number they chose for this session. Every
window of the program goes from the screen as it is, half-typed forms, questions and papers too, and
comes back as it was; the clipboard is emptied.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.passwords import SHORTEST as SHORTEST_PASSWORD
from antq_desktop.services.session_pin import LONGEST
from antq_desktop.ui.ask import Answer, Choice, Question, WindowAsker
from antq_desktop.ui.entry import EntryWindow
from antq_desktop.ui.signin import SignInPage

if TYPE_CHECKING:
    from antq_desktop.services.preferences import Preferences
    from antq_desktop.services.session_pin import SessionPin
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.theme import Theme
    from antq_desktop.ui.window import MainWindow

_PIN = "Mở bằng mật khẩu, hoặc bằng mã mở nhanh đã đặt trong phiên này."


def is_like_a_pin(typed: str) -> bool:
    """Tell whether what was typed can be the short number."""
    return typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST


class Host(Protocol):
    """What the locked screen needs of the program around it."""

    ground: Ground
    theme: Theme
    preferences: Preferences
    folder: Path

    @property
    def pin(self) -> SessionPin:
        """The short number that reopens the screen."""
        ...

    @property
    def jobs(self) -> Jobs:
        """The only threads."""
        ...

    @property
    def door(self) -> Door:
        """The one door for messages and errors."""
        ...


class Locked(QObject):
    """Stands from the moment the screen is locked until it is opened; `opened` comes once."""

    opened = Signal()

    def __init__(self, host: Host, window: MainWindow, officer: str) -> None:
        super().__init__()
        self._host = host
        self._window = window
        self._officer = officer
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._hidden = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        known = host.preferences.of(host.folder)
        self.page = SignInPage(host.theme, host.folder, known, locked=True)
        self.page.show_officers((officer,), officer)
        self.page.asked.connect(self._check)
        self._pin = host.pin
        self.page.notice(_PIN if self._pin.may_open else "", plain=True)
        self.entry = EntryWindow(host.theme, host.ground.version)
        self.entry.show_page(self.page)
        self.entry.setWindowTitle("Đang khóa màn hình · ANTQ Desktop")
        self.entry.setGeometry(window.geometry())
        self.entry.closing.connect(self._ask_before_closing)
        self.entry.show()
        self.page.setFocus()
        for widget in self._hidden:
            widget.hide()
        QApplication.clipboard().clear()

    def _check(self, officer: str, password: str) -> None:
        folder = self._host.folder

        def check(_control: object) -> None:
            if self._pin.may_open and is_like_a_pin(password):
                try:
                    self._pin.check(password)
                except UserError:
                    if len(password) < SHORTEST_PASSWORD:
                        raise
                else:
                    return
            self._host.ground.offices().check(folder, officer, password)

        self._host.jobs.read(
            check, lambda _none: self._open(), failed=self._refuse, owner=self.page
        )

    def _refuse(self, error: BaseException) -> None:
        if not self._pin.may_open:
            self.page.notice("")
        if not self.page.refuse(error):
            self._host.door.meet(error)
            return
        self.page.wait(self._host.ground.offices().wait(self._host.folder, self._officer))

    def _open(self) -> None:
        for widget in self._hidden:
            widget.show()
        self.entry.hide()
        self.entry.deleteLater()
        self._window.activateWindow()
        self.opened.emit()

    def _ask_before_closing(self, event: QCloseEvent) -> None:
        """Ask before the program is ended over work that nobody can see."""
        event.ignore()
        question = Question(
            "Đóng chương trình trong lúc khóa màn hình",
            "Những chữ đang nhập dở mà chưa lưu có thể không còn. Dữ liệu đã lưu vẫn nguyên.",
            (Choice("close", "Đóng chương trình", "danger"), Choice("stay", "Giữ nguyên")),
            "stay",
        )
        WindowAsker(self.entry, self._host.theme).ask(question, self._answered)

    def _answered(self, answer: Answer) -> None:
        if answer.key == "close":
            QApplication.quit()
