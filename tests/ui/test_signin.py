"""The sign-in page: who, the password, what is wrong, beside the field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.preferences import Known
from antq_desktop.ui.entry import SCOPE, EntryWindow
from antq_desktop.ui.signin import SignInPage
from antq_desktop.ui.theme import Theme
from tests.ui.keyboards import press, send, type_telex

KNOWN = Known("Xã Tứ Kỳ", "Trần Thị Ví Dụ")
WRONG = UserError("wrong_password", "Mật khẩu chưa đúng.", "password")


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[SignInPage]:
    made = SignInPage(theme, tmp_path, KNOWN)
    window = EntryWindow(theme, "0.1.0")
    qtbot.addWidget(window)
    window.show_page(made)
    made.show_officers(("Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"))
    window.show()
    yield made
    window.close()


@pytest.fixture
def asked(page: SignInPage) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    page.asked.connect(lambda officer, password: found.append((officer, password)))
    return found


def test_the_officer_of_last_time_is_chosen_and_enter_signs_in(
    page: SignInPage, asked: list[tuple[str, str]]
) -> None:
    type_telex(page.password.input, "mật khẩu để thử")
    press(page.password.input, Qt.Key.Key_Return)
    assert asked == [("Trần Thị Ví Dụ", "mật khẩu để thử")]


def test_a_second_enter_waits_for_the_first_answer(
    page: SignInPage, asked: list[tuple[str, str]]
) -> None:
    send(page.password.input, "a")
    for _ in range(3):
        press(page.password.input, Qt.Key.Key_Return)
    assert len(asked) == 1
    assert not page.button.isEnabled()
    page.refuse(WRONG)
    press(page.password.input, Qt.Key.Key_Return)
    assert len(asked) == 2


def test_a_wrong_password_is_told_beside_the_field_and_stays_to_be_typed_over(
    page: SignInPage,
) -> None:
    send(page.password.input, "sai")
    page.enter()
    assert page.refuse(WRONG)
    assert "Mật khẩu chưa đúng" in page.password.fault
    assert page.password.input.selectedText()
    send(page.password.input, "x")
    assert page.password.text() == "x"
    assert page.password.fault == ""


def test_what_the_machine_denies_is_told_for_the_whole_page(page: SignInPage) -> None:
    assert page.refuse(EnvironmentFault("in_use", "Dữ liệu đang mở ở cửa sổ khác."))
    assert "đang mở" in page.fault
    assert not page.refuse(ValueError("a bug"))


def test_nothing_typed_asks_for_the_password(
    page: SignInPage, asked: list[tuple[str, str]]
) -> None:
    press(page.password.input, Qt.Key.Key_Return)
    assert asked == []
    assert "Chưa nhập mật khẩu" in page.password.fault


def test_the_password_is_hidden_until_its_button_is_pressed(page: SignInPage) -> None:
    assert page.password.input.echoMode() is QLineEdit.EchoMode.Password
    page.password.toggle.click()
    assert page.password.input.echoMode() is QLineEdit.EchoMode.Normal
    assert page.password.toggle.accessibleName() == "Ẩn mật khẩu"
    page.welcome()
    assert page.password.input.echoMode() is QLineEdit.EchoMode.Password
    assert page.password.text() == ""


def test_caps_lock_is_told_from_the_letters_typed(page: SignInPage) -> None:
    def told() -> bool:
        return page.password.caps_told

    shift = Qt.KeyboardModifier.ShiftModifier
    press(page.password.input, Qt.Key.Key_A, "A", shift)
    assert not told()
    press(page.password.input, Qt.Key.Key_A, "A")
    assert told()
    press(page.password.input, Qt.Key.Key_A, "a")
    assert not told()


def test_the_rules_of_what_may_be_entered_are_in_sight_whole(page: SignInPage) -> None:
    window = page.window()
    shown = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    assert all(sentence in shown for sentence in SCOPE)


def test_names_that_come_later_keep_what_was_chosen(page: SignInPage) -> None:
    page.officers.setCurrentText("Nguyễn Văn Mẫu")
    page.show_officers(("Lê Văn Thử", "Nguyễn Văn Mẫu", "Trần Thị Ví Dụ"), "Trần Thị Ví Dụ")
    assert page.officers.currentText() == "Nguyễn Văn Mẫu"


def test_help_is_there_before_the_sign_in_and_gives_the_keyboard_back(
    page: SignInPage, qtbot: QtBot
) -> None:
    window = page.window()
    assert isinstance(window, EntryWindow)
    page.password.input.setFocus()
    qtbot.waitUntil(page.password.input.hasFocus, timeout=5_000)
    window.panel.help.click()
    assert window.help is not None
    assert window.help.isVisible()
    told = window.help.page.toPlainText()
    for words in ("Quên mật khẩu", "phiếu khôi phục", "Máy hỏng", ".antqbak", "tệp chìa khóa"):
        assert words in told
    press(window.help.page, Qt.Key.Key_Escape)
    assert window.help.isHidden()


def test_a_missing_key_file_offers_to_choose_it(page: SignInPage) -> None:
    assert page.key_file.isHidden()
    page.refuse(UserError("key_file_missing", "Cắm USB.", "password"))
    assert not page.key_file.isHidden()
    page.refuse(WRONG)
    assert page.key_file.isHidden()
