"""Restoring, drawn: choose the file, sign in to it, look inside, restore, print the minute.

What is restored, and what stands in its way, is decided in `services.restoring`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.shown import show_date
from antq_desktop.services.restoring import BackupFile, Contents, Done, Restoring, look_at
from antq_desktop.services.signing import KEY_FILES, NEED_KEY_FILE
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.firstparts import FirstPage, wrapped
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.ask import Asker
    from antq_desktop.ui.jobs import Jobs

T = TypeVar("T")
_FILES = (("Bản sao lưu", "*.antqbak"),)
_TITLES = ("Chọn bản sao lưu", "Mở bản sao lưu", "Xem trước khi khôi phục", "Đã khôi phục xong")


class FilePage(FirstPage):
    """Which file."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__(
            "Dùng khi chuyển sang máy mới, khi máy hỏng, hoặc khi cần quay lại dữ liệu cũ. Bản sao "
            "lưu là tệp ANTQ_SAOLUU… có đuôi .antqbak, ở USB hoặc thư mục đã chọn để sao lưu."
        )
        self.choose = make_button("Chọn tệp…", theme, icon="usb")
        self.seen = wrapped("", "label")
        self.more = wrapped("", "hint")
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.seen)
        self.column.addWidget(self.more)
        self.column.addSpacing(UNIT)
        self.column.addWidget(wrapped(f"Dữ liệu sẽ đặt ở: {folder}", "hint"))
        self.column.addStretch(1)
        self.setFocusProxy(self.choose)

    def show_file(self, found: BackupFile) -> None:
        """Say what the file says of itself."""
        self.seen.setText(found.path.name)
        size = f"{found.size / 1_000_000:.1f}".replace(".", ",")
        self.more.setText(f"Ngày {show_date(found.day)}, {size} MB.")


class OpenPage(FirstPage):
    """Whose password opens it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            "Bản sao lưu đã mã hóa. Chọn cán bộ quản trị và nhập mật khẩu của lúc làm bản sao lưu."
        )
        label = QLabel("Cán bộ")
        label.setProperty("role", "label")
        self.officers = QComboBox()
        self.officers.setAccessibleName("Cán bộ")
        label.setBuddy(self.officers)
        self.password = PasswordField("Mật khẩu", theme)
        self.password.entered.connect(self.entered)
        self.key_file = make_button("Chọn tệp chìa khóa…", theme)
        self.key_file.hide()
        self.column.addSpacing(UNIT)
        for part in (label, self.officers, self.password):
            self.column.addWidget(part)
        self.column.addWidget(self.key_file, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self.setFocusProxy(self.password)


class LookPage(FirstPage):
    """What is in it, and what would be missing."""

    def __init__(self) -> None:
        super().__init__("Kiểm tra đúng đơn vị và thời điểm. Chưa có gì thay đổi trên máy này.")
        self.told = wrapped("")
        self.note = wrapped("", "hint")
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.told)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.note)
        self.column.addStretch(1)

    def show_contents(self, contents: Contents, *, replaces: bool) -> None:
        """Tell what is in the backup."""
        self.told.setText("\n".join(f"• {one}" for one in contents.sentences()))
        self.note.setText(
            "Dữ liệu đang có ở máy này được sao lưu trước, rồi thay bằng dữ liệu của bản sao lưu."
            if replaces
            else ""
        )


class DonePage(FirstPage):
    """What was done, and the minute of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("In biên bản, ký và lưu cùng hồ sơ của đơn vị.")
        self.told = wrapped("")
        self.save = make_button("Lưu biên bản…", theme, icon="print")
        self.saved = wrapped("", "hint")
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.told)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.saved)
        self.column.addStretch(1)


class RestorePages(QWidget):
    """`left` when the officer goes away without restoring; `restored` once it is done."""

    left = Signal()
    restored = Signal()

    def __init__(
        self,
        theme: Theme,
        asker: Callable[[], Asker],
        jobs: Jobs,
        restoring: Callable[[], Restoring],
        folder: Path,
        *,
        replaces: bool,
    ) -> None:
        """Take who asks for files, the threads, and what restores, made when first needed."""
        super().__init__()
        self._asker = asker
        self._jobs = jobs
        self._restoring = restoring
        self._replaces = replaces
        self._file: BackupFile | None = None
        self._done: Done | None = None
        self._busy = False
        self.file, self.open = FilePage(theme, folder), OpenPage(theme)
        self.look, self.done = LookPage(), DonePage(theme)
        self._stack = QStackedWidget()
        for page in (self.file, self.open, self.look, self.done):
            self._stack.addWidget(page)
        self._title = wrapped("", "title")
        self._fault = wrapped("", "fault")
        self._doing = wrapped("", "hint")
        self.back = make_button("Quay lại", theme, icon="prev")
        self.on = make_button("Tiếp tục", theme, role="primary")
        self._lay_out()
        self.file.choose.clicked.connect(self._ask_file)
        self.open.entered.connect(self.go_on)
        self.open.key_file.clicked.connect(self._ask_key_file)
        self.done.save.clicked.connect(self._ask_where)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self._show(0)

    @property
    def step(self) -> int:
        """The page in front, from 0."""
        return self._stack.currentIndex()

    @property
    def fault(self) -> str:
        """What is said of the page now."""
        return self._fault.text()

    def take_file(self, path: Path | None) -> None:
        """Look at a file that was chosen."""
        if path is None:
            return
        self._say("")
        try:
            self._file = look_at(path)
        except (UserError, EnvironmentFault) as error:
            self._file = None
            self._say(error.message)
            return
        self.file.show_file(self._file)
        self.open.officers.clear()
        self.open.officers.addItems(list(self._file.officers))
        self.on.setEnabled(True)
        self.on.setFocus()

    def go_on(self) -> None:
        """Do what this page leads to."""
        if self._busy:
            return
        self._say("")
        if self.step == 0 and self._file is not None:
            self._show(1)
        elif self.step == 1:
            self._look_inside()
        elif self.step == 2:
            self._restore()
        elif self.step == 3:
            self.restored.emit()

    def go_back(self) -> None:
        """Go to the page before, or away from the first."""
        if self._busy:
            return
        self._say("")
        if self.step == 0:
            self.left.emit()
        else:
            self._show(self.step - 1)

    def save_minute(self, path: Path | None) -> None:
        """Write the minute where it was asked for."""
        if path is None or self._done is None:
            return
        try:
            saved = self._done.save_minute(path)
        except EnvironmentFault as error:
            self._say(error.message)
            return
        self.done.saved.setText(f"Đã lưu {saved}.")

    def _look_inside(self) -> None:
        def work(path: Path, officer: str, password: str) -> Contents:
            return self._restoring().look_into(path, officer, password)

        def shown(contents: Contents) -> None:
            self.look.show_contents(contents, replaces=self._replaces)
            self._rest()
            self._show(2)

        self._run(work, shown, "Đang mở bản sao lưu…")

    def _restore(self) -> None:
        def work(path: Path, officer: str, password: str) -> Done:
            return self._restoring().restore(path, officer, password)

        def shown(done: Done) -> None:
            self._done = done
            self.done.told.setText("\n".join(f"• {one}" for one in done.sentences()))
            self._rest()
            self._show(3)

        self._run(work, shown, "Đang khôi phục và kiểm tra lại…")

    def _run(
        self, work: Callable[[Path, str, str], T], shown: Callable[[T], None], told: str
    ) -> None:
        if self._file is None:
            return
        path, officer = self._file.path, self.open.officers.currentText()
        password = self.open.password.text()
        self._busy = True
        self._doing.setText(told)
        self._enable()
        self._jobs.write(
            lambda _control: work(path, officer, password),
            shown,
            failed=self._failed,
            owner=self,
        )

    def _failed(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, UserError | EnvironmentFault):
            raise error
        if isinstance(error, UserError) and error.field == "password":
            self._show(1)
            self._refuse_opening(error)
            return
        self._say(error.message)

    def take_key_file(self, path: Path | None) -> None:
        """Take the key file that was chosen, and look inside again."""
        if path is None:
            return
        try:
            self._restoring().take_key_file(path)
        except UserError as error:
            self._refuse_opening(error)
        else:
            self.go_on()

    def _refuse_opening(self, error: UserError) -> None:
        self.open.password.show_fault(error.message)
        self.open.key_file.setVisible(error.code in NEED_KEY_FILE)

    def _ask_key_file(self) -> None:
        question = FileQuestion("Tệp chìa khóa", kinds=(KEY_FILES,))
        self._asker().ask_file(question, self.take_key_file)

    def _rest(self) -> None:
        self._busy = False
        self._doing.setText("")
        self._enable()

    def _ask_file(self) -> None:
        self._asker().ask_file(FileQuestion("Chọn bản sao lưu", kinds=_FILES), self.take_file)

    def _ask_where(self) -> None:
        question = FileQuestion(
            "Lưu biên bản",
            kinds=(("PDF", "*.pdf"),),
            suggested="Bien ban khoi phuc du lieu.pdf",
            to_write=True,
        )
        self._asker().ask_file(question, self.save_minute)

    def _say(self, sentence: str) -> None:
        self._fault.setText(f"✕ {sentence}" if sentence else "")
        self._fault.setVisible(bool(sentence))

    def _show(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._title.setText(_TITLES[step])
        words = ("Tiếp tục", "Xem bên trong", "Khôi phục", "Đăng nhập")[step]
        self.on.setText(words)
        self.on.setAccessibleName(words)
        self.back.setVisible(step < 3)
        self._enable()
        page = (self.file, self.open, self.on, self.on)[step]
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        self.back.setEnabled(not self._busy)
        self.on.setEnabled(not self._busy and (self.step > 0 or self._file is not None))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self._title)
        column.addSpacing(UNIT)
        column.addWidget(self._stack, 1)
        column.addWidget(self._fault)
        column.addWidget(self._doing)
        column.addLayout(buttons)
        self._fault.hide()
