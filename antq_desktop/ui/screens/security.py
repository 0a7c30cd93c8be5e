"""Bảo mật: when the screen locks itself, the short number of this session, the own password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import UserError
from antq_desktop.services.preferences import LOCK_MINUTES
from antq_desktop.services.session_pin import SessionPin
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.screens.administration_parts import page_column, words_label
from antq_desktop.ui.secretform import SecretForm
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from antq_desktop.ui.jobs import Control
    from antq_desktop.ui.workplace import Workplace

_MINUTES: Final = (1, 2, 3, 5, 10, 15, 20, 30)
_WIDTH: Final = 72 * UNIT
_PIN_TOLD: Final = (
    "Bốn đến tám chữ số, chỉ dùng để mở lại màn hình trong phiên này. Sai năm lần thì phải nhập "
    "mật khẩu. Thoát chương trình thì mã không còn. Mã ngăn người ngồi vào máy, không ngăn người "
    "đọc được bộ nhớ của máy."
)
_STICK_TOLD: Final = (
    "Không bắt buộc. Có tệp chìa khóa thì đăng nhập cần cả mật khẩu và USB có tệp đó. Mất USB: nhờ "
    "cán bộ quản trị đặt lại mật khẩu, hoặc dùng phiếu khôi phục."
)


class Locking(Protocol):
    """Who keeps the time before the lock and the number of the session."""

    @property
    def pin(self) -> SessionPin:
        """The short number."""
        ...

    @property
    def lock_minutes(self) -> int:
        """Minutes before the lock."""
        ...

    def change_lock(self, minutes: int) -> None:
        """Lock after so many minutes from now on."""
        ...


class SecurityPage(QWidget):
    """What one officer sets for their own screen and password."""

    def __init__(self, workplace: Workplace, locking: Locking) -> None:
        super().__init__()
        self._workplace = workplace
        self._locking = locking
        theme = workplace.theme
        self.minutes = QComboBox()
        self.minutes.setAccessibleName("Tự khóa màn hình sau")
        for count in sorted({*_MINUTES, locking.lock_minutes}):
            usual = " (nên dùng)" if count == LOCK_MINUTES else ""
            self.minutes.addItem(f"{count} phút{usual}", count)
        self.minutes.setCurrentIndex(self.minutes.findData(locking.lock_minutes))
        self.minutes.currentIndexChanged.connect(self._take_minutes)
        self.minutes.setMaximumWidth(28 * UNIT)
        self.pin = SecretForm(theme)
        self.pin.add_password("pin", "Mã mở nhanh", "")
        self.pin.add_password("repeated", "Nhập lại mã", "")
        self.pin_button = make_button("Đặt mã mở nhanh", theme)
        self.pin_off = make_button("Bỏ mã", theme, role="quiet")
        self.pin_told = words_label("", "hint")
        self.pin.entered.connect(self.choose_pin)
        self.pin_button.clicked.connect(self.choose_pin)
        self.pin_off.clicked.connect(self.drop_pin)
        self.stick = SecretForm(theme)
        self.stick.add_password("own_password", "Mật khẩu đang dùng")
        self.stick_told = words_label("", "hint")
        self.stick_button = make_button("Ghi tệp chìa khóa ra USB…", theme, icon="usb")
        self.stick_off = make_button("Thôi dùng tệp", theme, role="quiet")
        self.stick_button.clicked.connect(self.ask_for_stick)
        self.stick_off.clicked.connect(self.drop_key_file)
        self.own = SecretForm(theme)
        self.own.add_password("own_password", "Mật khẩu đang dùng")
        self.own.add_new_password()
        self.own_button = make_button("Đổi mật khẩu", theme, role="primary", icon="key")
        self.own.entered.connect(self.change_password)
        self.own_button.clicked.connect(self.change_password)
        column = page_column(self)
        column.addWidget(words_label("Tự khóa màn hình khi không ai thao tác", "label"))
        column.addWidget(self.minutes)
        column.addWidget(
            words_label(
                "Khóa màn hình ngay: Ctrl+L. Chữ đang nhập dở giữ nguyên, bộ nhớ tạm được xóa.",
                "hint",
            )
        )
        column.addSpacing(UNIT)
        pin_parts = (words_label(_PIN_TOLD, "hint"), self.pin, self.pin_told)
        column.addLayout(_card("Mã mở nhanh", pin_parts, (self.pin_off, self.pin_button)))
        column.addLayout(_card("Đổi mật khẩu của mình", (self.own,), (self.own_button,)))
        stick_parts = (words_label(_STICK_TOLD, "hint"), self.stick_told, self.stick)
        column.addLayout(
            _card("Tệp chìa khóa trên USB", stick_parts, (self.stick_off, self.stick_button))
        )
        column.addStretch(1)
        self._tell_pin()
        self._tell_stick()

    def choose_pin(self) -> None:
        """Keep a number for this session."""
        self.pin.clear_faults()
        try:
            figures, repeated = self.pin.text("pin"), self.pin.text("repeated")
            self._workplace.office.guard.choose_pin(figures, repeated, self._locking.pin)
        except UserError as error:
            self.pin.refuse(error)
            return
        self.pin.forget()
        self._tell_pin()
        self._workplace.door.done("Đã đặt mã mở nhanh cho phiên này.")

    def drop_pin(self) -> None:
        """Keep no number any more."""
        self._locking.pin.forget()
        self._tell_pin()
        self._workplace.door.done("Đã bỏ mã mở nhanh. Từ giờ mở lại màn hình bằng mật khẩu.")

    def change_password(self) -> None:
        """Set an own password."""
        if not self.own_button.isEnabled() or not self.own.check():
            return
        people = self._workplace.office.people
        old, new = self.own.text("own_password"), self.own.text("password")
        self.own_button.setEnabled(False)
        self._workplace.jobs.write(
            lambda _control: people.change_own(old, new),
            self._changed,
            failed=self._refused,
            owner=self,
            title="Đang đổi mật khẩu",
        )

    def ask_for_stick(self) -> None:
        """Ask on which stick the key file is to lie."""
        question = FileQuestion("USB của cán bộ", folder=True)
        self._workplace.asker.ask_file(question, self.make_key_file)

    def make_key_file(self, folder: Path | None) -> None:
        """Write a key file to a stick; the sign-in asks for it from then on."""
        if folder is not None:
            people = self._workplace.office.people
            own = self.stick.text("own_password")
            self._change_stick(lambda _control: people.make_key_file(own, folder))

    def drop_key_file(self) -> None:
        """Sign in by the password alone from now on."""
        people, own = self._workplace.office.people, self.stick.text("own_password")
        self._change_stick(lambda _control: people.drop_key_file(own))

    def _change_stick(self, change: Callable[[Control], str]) -> None:
        self.stick.clear_faults()
        self.stick_button.setEnabled(False)

        def done(sentence: str) -> None:
            self.stick.forget()
            self._tell_stick()
            self._workplace.door.done(sentence)

        def refused(error: BaseException) -> None:
            self._tell_stick()
            if not self.stick.refuse(error):
                self._workplace.door.meet(error)

        self._workplace.jobs.write(
            change, done, failed=refused, owner=self, title="Đang đổi cách đăng nhập"
        )

    def _tell_stick(self) -> None:
        held = self._workplace.office.people.has_key_file()
        self.stick_button.setEnabled(True)
        self.stick_told.setText(
            "Đang đăng nhập bằng mật khẩu và tệp chìa khóa."
            if held
            else "Đang đăng nhập chỉ bằng mật khẩu."
        )
        self.stick_off.setVisible(held)

    def _changed(self, sentence: str) -> None:
        self.own_button.setEnabled(True)
        self.own.forget()
        self._workplace.door.done(sentence)

    def _refused(self, error: BaseException) -> None:
        self.own_button.setEnabled(True)
        if not self.own.refuse(error):
            self._workplace.door.meet(error)

    def _take_minutes(self) -> None:
        self._locking.change_lock(int(self.minutes.currentData()))

    def _tell_pin(self) -> None:
        held = self._locking.pin.may_open
        self.pin_told.setText("Đang có mã mở nhanh." if held else "Chưa đặt mã mở nhanh.")
        self.pin_off.setVisible(held)


def _card(title: str, parts: tuple[QWidget, ...], buttons: tuple[QWidget, ...]) -> QHBoxLayout:
    """Return a card in a row of its own, which knows how narrow it is and so how high."""
    frame = QFrame()
    frame.setProperty("role", "card")
    frame.setMaximumWidth(_WIDTH)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
    inside.setSpacing(UNIT)
    inside.addWidget(words_label(title, "section"))
    for part in parts:
        inside.addWidget(part)
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    inside.addLayout(row)
    beside = QHBoxLayout()
    beside.addWidget(frame, 100)
    beside.addStretch(1)
    return beside
