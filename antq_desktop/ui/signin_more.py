"""Beside the sign-in: a forgotten password, and the first password that has to be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.secretform import SecretForm, words
from antq_desktop.ui.theme import UNIT, Theme

_BY_OTHERS = (
    "Cán bộ nhập liệu, lãnh đạo: nhờ cán bộ quản trị đặt lại mật khẩu tại máy này, ở Quản trị, "
    "trang Cán bộ."
)
_BY_SHEET = (
    "Cán bộ quản trị: lấy phiếu khôi phục trong phong bì niêm phong và nhập dưới đây. Phiếu dùng "
    "một lần; việc này được ghi vào nhật ký."
)
_FIRST = (
    "Mật khẩu vừa dùng do người khác đặt, chỉ để vào lần đầu. Đặt mật khẩu của mình; không nói "
    "cho ai, kể cả cán bộ quản trị."
)


class _FormPage(QWidget):
    """A form in the first window: heading, words, form, buttons."""

    asked = Signal()
    back_asked = Signal()

    def __init__(self, theme: Theme, title: str, told: Sequence[str], verb: str, back: str) -> None:
        super().__init__()
        self._busy = False
        self.form = SecretForm(theme)
        self.form.entered.connect(self.enter)
        self.button = make_button(verb, theme, role="primary")
        self.button.clicked.connect(self.enter)
        self.back = make_button(back, theme, role="quiet")
        self.back.clicked.connect(self.back_asked)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        policy = self._bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._bar.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addStretch(2)
        column.addWidget(words(title, "title"))
        for text in told:
            column.addWidget(words(text))
        column.addSpacing(UNIT)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.button)
        column.addLayout(row)
        column.addWidget(self._bar)
        column.addStretch(3)
        self.set_busy(busy=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def enter(self) -> None:
        """Hand over what was entered, unless the one before is still looked at."""
        if not self._busy and self.form.check():
            self.set_busy(busy=True)
            self.asked.emit()

    def refuse(self, error: BaseException) -> bool:
        """Show what is wrong; False when the error is not for this page to tell."""
        self.set_busy(busy=False)
        return self.form.refuse(error)

    def set_busy(self, *, busy: bool) -> None:
        """Show that something is under way."""
        self._busy = busy
        self.button.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self._bar.setVisible(busy)


class ForgottenPage(_FormPage):
    """The recovery sheet in use."""

    def __init__(self, theme: Theme, officers: Sequence[str], chosen: str) -> None:
        told = (_BY_OTHERS, _BY_SHEET)
        super().__init__(theme, "Quên mật khẩu", told, "Đặt mật khẩu mới", "Quay lại đăng nhập")
        self.form.add_line("code", "Mã khôi phục", "Mười nhóm, mỗi nhóm năm chữ số.")
        box = self.form.add_choice("officer", "Cán bộ quản trị", officers)
        box.setCurrentText(chosen)
        self.form.add_new_password()


class FirstPasswordPage(_FormPage):
    """The first password is changed before anything else."""

    def __init__(self, theme: Theme, officer: str) -> None:
        title, verb = f"Đặt mật khẩu của {officer}", "Đặt mật khẩu và vào làm việc"
        super().__init__(theme, title, (_FIRST,), verb, "Thoát ra")
        self.form.add_new_password()
