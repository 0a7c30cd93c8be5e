"""The locked screen: the work is hidden, not left.

The password of the same officer opens it, or the short number they chose for this session. Every
window of the program goes from the screen as it is, half-typed forms, questions and papers too, and
comes back as it was; the clipboard is emptied. What was being typed is kept as a draft, what runs
comes to its end, and then the store is let go without its key until the screen is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from antq_desktop.ui.ask import Answer, Choice, Question, WindowAsker
from antq_desktop.ui.doorstep import choose_key_file
from antq_desktop.ui.entry import EntryWindow
from antq_desktop.ui.signin import SignInPage

if TYPE_CHECKING:
    from antq_desktop.services.office import Office
    from antq_desktop.services.preferences import Preferences
    from antq_desktop.services.session_pin import SessionPin
    from antq_desktop.ui.app import Ground
    from antq_desktop.ui.faults import Door
    from antq_desktop.ui.jobs import Jobs
    from antq_desktop.ui.theme import Theme
    from antq_desktop.ui.window import MainWindow

_PIN = "Mở bằng mật khẩu, hoặc bằng mã mở nhanh đã đặt trong phiên này."


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

    def __init__(self, host: Host, window: MainWindow, office: Office) -> None:
        super().__init__()
        self._host = host
        self._window = window
        self._guard = office.guard
        self._officer = officer = office.officer
        self.away = False
        QGuiApplication.inputMethod().commit()  # a letter still being composed is a typed letter
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._hidden = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        known = host.preferences.of(host.folder)
        self.page = SignInPage(host.theme, host.folder, known, locked=True)
        self.page.show_officers((officer,), officer)
        self.page.asked.connect(self._check)
        self.page.key_file_asked.connect(self._choose_key_file)
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
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        host.jobs.rest(self._put_away)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide a window that work in the background opens meanwhile; it comes with the others."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and isValid(self.entry)
            and self.entry.isVisible()
            and not self._is_ours(watched)
        ):
            watched.setWindowOpacity(0.0)
            if watched not in self._hidden:
                self._hidden.append(watched)
            QTimer.singleShot(0, watched, watched.hide)
        return False

    def _is_ours(self, widget: QWidget) -> bool:
        above: QWidget | None = widget
        while above is not None and above is not self.entry:
            above = above.parentWidget()
        return above is self.entry

    def _check(self, _officer: str, password: str) -> None:
        guard, pin, jobs = self._guard, self._pin, self._host.jobs
        # behind the putting away on the one writer; before it, beside what still runs
        begin = jobs.write if jobs.resting else jobs.read
        begin(
            lambda _control: guard.take_up(password, pin),
            lambda _none: self._open(),
            failed=self._refuse,
            owner=self.page,
            at_once=True,
        )

    def _put_away(self) -> None:
        guard = self._guard
        self._host.jobs.write(
            lambda _control: guard.put_away(), lambda _none: self._is_away(), at_once=True
        )

    def _is_away(self) -> None:
        self.away = True

    def _choose_key_file(self) -> None:
        choose_key_file(self._host, self.page, WindowAsker(self.entry, self._host.theme))

    def _refuse(self, error: BaseException) -> None:
        if not self._pin.may_open:
            self.page.notice("")
        if not self.page.refuse(error):
            self._host.door.meet(error)
            return
        self.page.wait(self._host.ground.offices().wait(self._host.folder, self._officer))

    def _open(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._host.jobs.go_on()
        for widget in filter(isValid, self._hidden):
            widget.setWindowOpacity(1.0)
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
