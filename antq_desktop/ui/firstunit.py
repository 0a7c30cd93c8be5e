"""The page of the first run on which the unit is found."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.services.firststart import FOUND_AT_MOST, FoundUnit, Level, UnitsToChoose
from antq_desktop.ui.ask import Asker, FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.firstparts import FirstPage, WalkingInput, wrapped
from antq_desktop.ui.theme import Theme

_UNIT_ROLE = Qt.ItemDataRole.UserRole + 1


class UnitPage(FirstPage):
    """The unit, found without accents; names that several share show their province."""

    def __init__(self, theme: Theme, asker: Asker) -> None:
        super().__init__("Gõ tên xã, phường, đặc khu (không cần dấu), thêm tên tỉnh khi trùng tên.")
        self._asker = asker
        self._units: UnitsToChoose | None = None
        self._level = Level.COMMUNE
        self.tree: Path | None = None
        self.search = WalkingInput()
        self.search.setAccessibleName("Tên đơn vị")
        self.search.setPlaceholderText("Ví dụ: tan tien bac ninh")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.entered.connect(self.entered)
        self.search.walked.connect(self._walk)
        self.list = QListWidget()
        self.list.setAccessibleName("Đơn vị tìm thấy")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self.entered.emit())
        self._row = QSize(0, theme.measures.row)
        self._found = wrapped("", "hint")
        self.file = make_button(
            "Đơn vị không có trong danh mục năm 2025: chọn tệp đơn vị…", theme, role="quiet"
        )
        self.file.clicked.connect(self._ask_file)
        self.column.addWidget(self.search)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._found)
        self.column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.search)

    @property
    def unit(self) -> FoundUnit | None:
        """The unit marked in the list."""
        item = self.list.currentItem()
        found = item.data(_UNIT_ROLE) if item is not None else None
        return found if isinstance(found, FoundUnit) else None

    @property
    def told(self) -> str:
        """What is said below the list."""
        return self._found.text()

    def offer(self, units: UnitsToChoose) -> None:
        """Look in these units from now on."""
        self._units = units
        self._find()

    def look_for(self, level: Level) -> None:
        """Look for units of a level."""
        if level is not self._level:
            self._level = level
            self.search.clear()
        self._find()

    def _find(self) -> None:
        held = self.unit
        self.list.clear()
        if self._units is None:
            self._found.setText("Đang đọc danh mục đơn vị…")
            return
        found = self._units.find(self.search.text(), self._level)
        for unit in found:
            item = QListWidgetItem(f"{unit.name}   ·   {unit.detail}")
            item.setData(_UNIT_ROLE, unit)
            item.setSizeHint(self._row)
            self.list.addItem(item)
        at = next((row for row, unit in enumerate(found) if unit == held), 0)
        if found:
            self.list.setCurrentRow(at)
        self._found.setText(self._count_told(len(found)))

    def _count_told(self, found: int) -> str:
        if found >= FOUND_AT_MOST:
            return f"Còn nhiều hơn {FOUND_AT_MOST} đơn vị. Gõ thêm tên đơn vị hoặc tên tỉnh."
        if found:
            return f"{found} đơn vị khớp. Mũi tên lên, xuống để chọn."
        if not self.search.text().strip():
            return "Danh mục có 3.321 xã, phường, đặc khu từ ngày 01/7/2025."
        return "Không có đơn vị nào khớp. Kiểm tra lại tên, hoặc gõ ít chữ hơn."

    def _walk(self, step: int) -> None:
        last = self.list.count() - 1
        if last >= 0:
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), last))

    def _ask_file(self) -> None:
        question = FileQuestion("Tệp danh mục đơn vị", (("Danh mục đơn vị", "*.toml *.csv"),))
        self._asker.ask_file(question, self._take_file)

    def _take_file(self, path: Path | None) -> None:
        if path is None or self._units is None:
            return
        try:
            count = self._units.take_tree(path)
        except (UserError, EnvironmentFault) as error:
            self._found.setText(f"✕ {error.message}")
            return
        self.tree = path
        self.search.clear()
        self._find()
        self._found.setText(f"Tệp {path.name} có {count} đơn vị.")
