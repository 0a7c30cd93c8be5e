"""The sign-in: who works, their password, and where the profile lies; also the locked screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from antq_desktop.domain.delays import told
from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.preferences import Known
from antq_desktop.services.signing import NEED_KEY_FILE
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.theme import UNIT, Theme

_SECOND_MS = 1000


class Countdown(QObject):
    """Seconds that run down; `told` carries what is left, 0 at the end."""

    told = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self.tick)
        self.left = 0

    def start(self, seconds: float) -> None:
        """Begin; the seconds are rounded up."""
        self.left = max(0, -int(-seconds // 1))
        if self.left:
            self._timer.start()
            self.told.emit(self.left)

    def stop(self) -> None:
        """End at once."""
        if self.left:
            self.left = 1
            self.tick()

    def tick(self) -> None:
        """Let a second pass."""
        self.left = max(0, self.left - 1)
        if not self.left:
            self._timer.stop()
        self.told.emit(self.left)


class SignInPage(QWidget):
    """`asked` carries officer and password; `folder_asked` that another profile is wanted.

    `forgotten_asked` leads to the recovery sheet, `key_file_asked` to a key file that lies
    elsewhere than on a plugged stick.
    """

    asked = Signal(str, str)
    folder_asked = Signal()
    forgotten_asked = Signal()
    key_file_asked = Signal()

    def __init__(self, theme: Theme, folder: Path, known: Known, *, locked: bool = False) -> None:
        super().__init__()
        self._locked = locked
        self._busy = False
        self._title = QLabel("Đang khóa màn hình" if locked else "Đăng nhập")
        self._title.setProperty("role", "title")
        self.unit = QLabel(known.unit)
        self.unit.setProperty("role", "unit-name")
        self.unit.setWordWrap(True)
        self.officers = QComboBox()
        self.officers.setAccessibleName("Cán bộ")
        self.officers.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.officers.setMaxVisibleItems(12)
        self.password = PasswordField("Mật khẩu", theme)
        self.password.entered.connect(self.enter)
        verb = "Mở màn hình" if locked else "Đăng nhập"
        self.button = make_button(verb, theme, role="primary", tip=f"{verb} (Enter)")
        self.button.setDefault(True)
        self.button.clicked.connect(self.enter)
        self.forgotten = make_button("Quên mật khẩu…", theme, role="quiet")
        self.forgotten.clicked.connect(self.forgotten_asked)
        self.key_file = make_button("Chọn tệp chìa khóa…", theme)
        self.key_file.clicked.connect(self.key_file_asked)
        self._waiting = Countdown(self)
        self._waiting.told.connect(self._tell_wait)
        self.officers.currentIndexChanged.connect(lambda _at: self._waiting.stop())
        self._fault = _wrapped("", "fault")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._doing = _wrapped("", "hint")
        self._folder = ElidedLabel(str(folder), role="hint")
        self.other = make_button("Chọn thư mục dữ liệu khác…", theme, role="quiet")
        self.other.clicked.connect(self.folder_asked)
        self._notice = _wrapped("", "warning")
        self._lay_out()
        self.show_officers((known.officer,) if known.officer else (), known.officer)
        self._set_busy(busy=False)
        self.setFocusProxy(self.password)

    def show_officers(self, names: Sequence[str], preferred: str = "") -> None:
        """Offer these officers; what was chosen stays chosen, else the preferred one is."""
        chosen = self.officers.currentText() or preferred
        self.officers.clear()
        self.officers.addItems(list(names))
        self.officers.setCurrentIndex(max(0, self.officers.findText(chosen)))
        self.officers.setEnabled(not self._locked)

    def notice(self, sentence: str, *, plain: bool = False) -> None:
        """Say something that is no fault, such as how the last run ended; `plain`: no warning."""
        self._notice.setProperty("role", "hint" if plain else "warning")
        self._notice.setText(sentence if plain or not sentence else f"△ {sentence}")
        self._notice.setVisible(bool(sentence))

    def enter(self) -> None:
        """Hand over what was entered, unless the one before is still looked at."""
        if self._busy or self._waiting.left:
            return
        self._say("")
        if not self.officers.currentText():
            self._say("Chưa chọn cán bộ. Chọn họ tên trong danh sách.")
            return
        if not self.password.text():
            self.password.show_fault("Chưa nhập mật khẩu. Nhập mật khẩu của cán bộ đã chọn.")
            self.password.setFocus()
            return
        self.password.show_fault("")
        self._set_busy(busy=True)
        self.asked.emit(self.officers.currentText(), self.password.text())

    def refuse(self, error: BaseException) -> bool:
        """Show why the door stays shut; False when the error is not for this page to tell."""
        self._set_busy(busy=False)
        self.key_file.setVisible(isinstance(error, UserError) and error.code in NEED_KEY_FILE)
        if isinstance(error, UserError) and error.field == "password":
            self.password.show_fault(error.message)
            self.password.setFocus()
            self.password.input.selectAll()
            return True
        if isinstance(error, UserError | EnvironmentFault):
            self._say(error.message)
            return True
        return False

    def wait(self, seconds: float) -> None:
        """Count down before the next try; the button comes back by itself."""
        self._waiting.start(seconds)

    @property
    def waiting(self) -> int:
        """Seconds left before the next try."""
        return self._waiting.left

    def _tell_wait(self, left: int) -> None:
        self.button.setEnabled(not left and not self._busy)
        said = f"Chờ {told(left)} rồi nhập lại mật khẩu." if left else ""
        self.password.show_fault(said)
        if not left:
            self.password.setFocus()

    def welcome(self) -> None:
        """Forget the password once it has opened."""
        self._set_busy(busy=False)
        self.password.clear()

    @property
    def fault(self) -> str:
        """What is said of the page as a whole."""
        return self._fault.text()

    def _say(self, sentence: str) -> None:
        self._fault.setText(f"✕ {sentence}" if sentence else "")
        self._fault.setVisible(bool(sentence))

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy and not self._waiting.left)
        self.forgotten.setEnabled(not busy)
        self.other.setEnabled(not busy)
        self._doing.setText("Đang kiểm tra mật khẩu và mở dữ liệu…" if busy else "")
        # The line keeps its place, so that nothing jumps when the work begins.
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        self._bar.setVisible(busy)

    def _lay_out(self) -> None:
        who = QLabel("Cán bộ")
        who.setProperty("role", "label")
        who.setBuddy(self.officers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self.unit)
        self.unit.setVisible(bool(self.unit.text()))
        column.addWidget(self._notice)
        self._notice.hide()
        column.addSpacing(2 * UNIT)
        column.addWidget(who)
        column.addWidget(self.officers)
        column.addSpacing(UNIT)
        column.addWidget(self.password)
        column.addWidget(self.key_file, 0, Qt.AlignmentFlag.AlignLeft)
        self.key_file.hide()
        column.addSpacing(UNIT)
        column.addWidget(self._fault)
        self._fault.hide()
        column.addWidget(self.button)
        column.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        self.forgotten.setVisible(not self._locked)
        column.addWidget(self._bar)
        column.addWidget(self._doing)
        column.addStretch(3)
        foot = QHBoxLayout()
        foot.addWidget(self._folder, 1)
        foot.addWidget(self.other)
        column.addLayout(foot)
        self._folder.setVisible(not self._locked)
        self.other.setVisible(not self._locked)
        QWidget.setTabOrder(self.password.input, self.password.toggle)
        QWidget.setTabOrder(self.password.toggle, self.button)


def _wrapped(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
