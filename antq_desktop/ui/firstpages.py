"""The pages of the first run; each shows one question and hands over what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QRadioButton,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.shown import show_integer
from antq_desktop.services.firststart import (
    Answers,
    Level,
    is_on_the_same_disk,
    refuse_bad_backup_place,
)
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.firstparts import FirstPage, WalkingInput, wrapped
from antq_desktop.ui.password import PasswordField
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.ask import Asker


_JOINING = 2  # place of the answer


class _TwoWays(FirstPage):
    """A few answers, each with a sentence on what it leads to."""

    def __init__(self, told: str, ways: Sequence[tuple[str, str]]) -> None:
        super().__init__(told)
        self.column.addSpacing(UNIT)
        self.ways = [QRadioButton(words) for words, _told in ways]
        for way, (_words, sentence) in zip(self.ways, ways, strict=True):
            hint = wrapped(sentence, "hint")
            hint.setContentsMargins(4 * UNIT, 0, 0, UNIT)
            way.setAccessibleDescription(sentence)
            self.column.addWidget(way)
            self.column.addWidget(hint)
        self.column.addStretch(1)
        self.setFocusProxy(self.ways[0])

    def chosen(self) -> int | None:
        """Return which answer is marked, or None."""
        return next((at for at, way in enumerate(self.ways) if way.isChecked()), None)


class LevelPage(_TwoWays):
    """Whose store this will be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            "Chương trình chạy trên máy của đơn vị, không cần mạng. Dữ liệu được mã hóa và chỉ mở "
            "được bằng mật khẩu của cán bộ.",
            (
                (
                    "Công an xã, phường, đặc khu",
                    "Ghi vụ việc, mô hình, lực lượng; in văn bản; gửi số liệu lên đơn vị tổng hợp.",
                ),
                (
                    "Đơn vị tổng hợp",
                    "Nhập gói dữ liệu của nhiều đơn vị cấp xã, tổng hợp và trả lời từng đơn vị.",
                ),
                (
                    "Máy thứ hai của đơn vị",
                    "Đơn vị đã có dữ liệu ở máy khác; máy này nhận hồ sơ từ máy đó qua USB.",
                ),
            ),
        )
        self.sign_in = make_button("Đã có dữ liệu ở thư mục khác…", theme, role="quiet")
        self.column.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignLeft)
        self.restore = make_button(
            "Chuyển từ máy cũ, khôi phục từ bản sao lưu…", theme, role="quiet"
        )
        self.column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.ways[0].setChecked(True)

    @property
    def level(self) -> Level | None:
        """The level chosen."""
        at = self.chosen()
        return None if at is None else (Level.COMMUNE, Level.RECEIVER, None)[at]

    @property
    def joining(self) -> bool:
        """Whether this will be the second device of a unit."""
        return self.chosen() == _JOINING


class OfficerPage(FirstPage):
    """The first officer."""

    def __init__(self) -> None:
        super().__init__(
            "Họ tên này đứng trong danh sách đăng nhập, trong nhật ký và trên văn bản. Cán bộ đầu "
            "tiên là cán bộ quản trị, thêm được cán bộ khác về sau."
        )
        label = QLabel("Họ và tên")
        label.setProperty("role", "label")
        self.input = WalkingInput()
        self.input.setAccessibleName("Họ và tên")
        self.input.entered.connect(self.entered)
        label.setBuddy(self.input)
        self.column.addSpacing(UNIT)
        self.column.addWidget(label)
        self.column.addWidget(self.input)
        self.column.addStretch(1)
        self.setFocusProxy(self.input)

    @property
    def name(self) -> str:
        """The name typed."""
        return self.input.text()


class PasswordPage(FirstPage):
    """The password, twice."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            "Mật khẩu là chìa khóa của dữ liệu. Quên mật khẩu thì không mở được dữ liệu: ghi ra và "
            "cất ở nơi an toàn của đơn vị."
        )
        self.first = PasswordField("Mật khẩu", theme, "Ít nhất 8 ký tự; một câu ngắn dễ nhớ.")
        self.second = PasswordField("Nhập lại mật khẩu", theme)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.first)
        self.column.addWidget(self.second)
        self.column.addStretch(1)
        self.setFocusProxy(self.first)

    def refuse(self, error: UserError) -> bool:
        """Show a fault beside its field; False when it belongs to none."""
        fields = {"password": self.first, "repeated": self.second}
        for name, field in fields.items():
            field.show_fault(error.message if name == error.field else "")
        field = fields.get(error.field, self.first)
        field.setFocus()
        field.input.selectAll()
        return error.field in fields


class BackupsPage(FirstPage):
    """A folder for daily backups; it may be left for later."""

    def __init__(self, theme: Theme, asker: Asker, folder: Path) -> None:
        super().__init__(
            "Mỗi ngày chương trình ghi một bản sao lưu đã mã hóa vào thư mục này. Nên chọn thư mục "
            "ở ổ đĩa khác hoặc USB để hỏng máy vẫn còn dữ liệu."
        )
        self._asker = asker
        self._folder = folder
        self.place: Path | None = None
        self._shown = ElidedLabel("Chưa chọn: để sau cũng được, trong trang Quản trị.")
        self._note = wrapped("", "warning")
        self._note.hide()
        self.choose = make_button("Chọn thư mục…", theme, icon="usb")
        self.choose.clicked.connect(self._ask)
        self.forget = make_button("Để sau", theme, role="quiet")
        self.forget.clicked.connect(lambda: self.take(None))
        self.forget.hide()
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self.forget)
        row.addStretch(1)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self._shown)
        self.column.addLayout(row)
        self.column.addWidget(self._note)
        self.column.addStretch(1)

    def take(self, place: Path | None) -> None:
        """Take a folder, or none for later; a bad one is refused and said why."""
        self._note.hide()
        if place is not None:
            try:
                refuse_bad_backup_place(place, self._folder)
            except UserError as error:
                self._tell(f"✕ {error.message}")
                return
            if is_on_the_same_disk(place, self._folder):
                self._tell(
                    "△ Thư mục này cùng ổ đĩa với dữ liệu: hỏng ổ đĩa thì mất cả hai. Vẫn dùng "
                    "được; nên thêm một bản ở USB."
                )
        self.place = place
        told = "Chưa chọn: để sau cũng được, trong trang Quản trị."
        self._shown.set_full_text(str(place) if place is not None else told)
        self.forget.setVisible(place is not None)

    @property
    def note(self) -> str:
        """What is said about the folder."""
        return "" if self._note.isHidden() else self._note.text()

    def _tell(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.show()

    def _ask(self) -> None:
        from antq_desktop.ui.ask import FileQuestion

        def taken(place: Path | None) -> None:
            if place is not None:
                self.take(place)

        self._asker.ask_file(FileQuestion("Nơi giữ bản sao lưu", folder=True), taken)


class SamplePage(_TwoWays):
    """Invented records to try the program with, or an empty store."""

    def __init__(self) -> None:
        super().__init__(
            "Dữ liệu mẫu để làm quen được bịa ra hoàn toàn và không gửi đi làm số liệu thật. Khi "
            "làm thật, chọn bắt đầu từ trống.",
            (
                ("Bắt đầu từ trống", "Dùng để làm việc. Đơn vị là hồ sơ đầu tiên."),
                (
                    "Điền dữ liệu mẫu để làm thử",
                    "Thôn Mẫu, mô hình mẫu, vụ việc mẫu; khoảng 150 hồ sơ.",
                ),
            ),
        )
        self.ways[0].setChecked(True)

    @property
    def sample(self) -> bool | None:
        """True for invented records, False for empty, None while nothing is chosen."""
        at = self.chosen()
        return None if at is None else bool(at)


class DonePage(FirstPage):
    """The profile being made, and what came of it."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        super().__init__("")
        self._folder = folder
        self.ready = False
        self._doing = wrapped("")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self.stop = make_button("Dừng", theme, role="quiet", icon="stop")
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(3 * UNIT)
        self._facts.setVerticalSpacing(UNIT)
        for part in (self._doing, self._bar):
            self.column.addWidget(part)
        self.column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._facts)
        self.column.addStretch(1)

    def begin(self) -> None:
        """Show that the profile is being made."""
        self.ready = False
        self._doing.setText("Đang tạo dữ liệu và chìa khóa số…")
        self._bar.show()
        self.stop.hide()

    def tell_records(self, records: int) -> None:
        """Show how many invented records stand."""
        self._doing.setText(f"Đang điền dữ liệu mẫu: {show_integer(records)} hồ sơ")
        self.stop.show()

    def finish(self, answers: Answers, records: int) -> None:
        """Show what was made."""
        self.ready = True
        self._bar.hide()
        self.stop.hide()
        self._doing.setText("Dữ liệu đã sẵn sàng.")
        unit, first = answers.unit, answers.first
        if answers.joining and first is not None:
            named = f"{first.unit}, máy thứ hai"
        else:
            named = f"{unit.name}, {unit.detail}" if unit is not None else ""
        backups = str(answers.backups) if answers.backups is not None else "chưa chọn"
        filled = f"{show_integer(records)} hồ sơ bịa ra" if answers.sample else "không, để trống"
        if answers.joining:
            filled = "không; hồ sơ đến từ máy đã có, qua gói nội bộ"
        facts = (
            ("Đơn vị", named),
            ("Cán bộ quản trị", answers.officer.strip()),
            ("Thư mục dữ liệu", str(self._folder)),
            ("Bản sao lưu", backups),
            ("Dữ liệu mẫu", filled),
        )
        for name, value in facts:
            label = QLabel(name)
            label.setProperty("role", "label")
            self._facts.addRow(label, wrapped(value))
