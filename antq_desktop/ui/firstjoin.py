"""The page of the first run on which a second device finds the first one of its unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.firststart import CODE_GROUP_DIGITS, CODE_GROUPS
from antq_desktop.ui.ask import Asker, FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.firstparts import FirstPage, wrapped
from antq_desktop.ui.screens.enrolment_code import CodeEntry
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.services.joining import FirstDevice

_FILES = (("Tệp đăng ký máy", "*.antqkey *.ANTQKEY"), ("Mọi tệp", "*"))


class JoinPage(FirstPage):
    """The slip of the device that holds the data, and its code typed from the signed paper."""

    def __init__(self, theme: Theme, asker: Asker) -> None:
        super().__init__(
            "Ở máy đã có dữ liệu, mở Giao nhận, trang Đăng ký máy, ghi tệp đăng ký ra USB và in "
            "phiếu. Chọn tệp đó, rồi nhập mã đối chiếu in trên phiếu; không chép từ tệp."
        )
        self._asker = asker
        self.first: FirstDevice | None = None
        self.choose = make_button("Chọn tệp đăng ký của máy đã có…", theme, icon="key")
        self.choose.clicked.connect(self._ask)
        self._who = wrapped("Chưa chọn tệp.", "section")
        self.code = CodeEntry(theme, CODE_GROUPS, CODE_GROUP_DIGITS, per_row=3)
        self.code.expect(None)
        self.column.addSpacing(UNIT)
        self.column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._who)
        self.column.addWidget(self.code)
        self.column.addWidget(
            wrapped(
                "Sau bước cuối: ghi tệp đăng ký của máy này, đăng ký ở máy đã có dữ liệu, lập gói "
                "nội bộ ở máy đó rồi nhập ở đây.",
                "hint",
            )
        )
        self.column.addStretch(1)
        self.setFocusProxy(self.choose)

    @property
    def told(self) -> str:
        """What is said of the file."""
        return self._who.text()

    @property
    def typed(self) -> str:
        """The code as it was typed."""
        return " ".join(self.code.typed())

    def take(self, path: Path) -> None:
        """Read a slip; it is not believed before its code was typed."""
        from antq_desktop.services.joining import read_first_device

        try:
            self.first = read_first_device(path)
        except (UserError, EnvironmentFault) as error:
            self.first = None
            self.code.expect(None)
            self._who.setText(f"✕ {error.message}")
            return
        first = self.first
        self._who.setText(f"{first.unit} (mã đơn vị {first.unit_code}) · {first.label}")
        self.code.expect(first.right)
        self.code.groups[0].setFocus()

    def _ask(self) -> None:
        def then(path: Path | None) -> None:
            if path is not None:
                self.take(path)

        self._asker.ask_file(FileQuestion("Chọn tệp đăng ký máy", _FILES), then)
