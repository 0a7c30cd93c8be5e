"""Which column of a workbook is which field: shown as it was recognised, corrected by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.sheetcells import letters_of
from antq_desktop.domain.sheetmap import MOST_HEADER_ROWS
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.screens.handover_parts import Told, scrolled, words
from antq_desktop.ui.screens.sheet_looks import columns_seen
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.services.sheet_opening import Opened
    from antq_desktop.ui.theme import Theme

_NOT_TAKEN: Final = "(không nhập)"
_BY_ITSELF: Final = "tự nhận"


class ColumnsPanel(QWidget):
    """`mapped` says that columns were told by hand; `place_changed` asks for another sheet or row.

    `said` holds what was told of every column, by its place: a field, or nothing.
    """

    mapped = Signal()
    place_changed = Signal(str, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._opened: Opened | None = None
        self._names: list[str] = []
        self.boxes: dict[int, QComboBox] = {}
        self._model = QStringListModel(self)
        self.where = words()
        self.sheet = QComboBox()
        self.sheet.setAccessibleName("Trang")
        self.sheet.setMinimumContentsLength(20)
        self.row = QComboBox()
        self.row.setAccessibleName("Dòng tiêu đề")
        self.row.setMinimumContentsLength(12)
        self.told = Told(theme)
        self.sheet.activated.connect(lambda _at: self._ask_place(self.sheet.currentText(), 0))
        self.row.activated.connect(
            lambda at: self._ask_place(self.sheet.currentText(), at) if self._opened else None
        )
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._lay_out()

    def show_opened(self, opened: Opened, chosen_row: int = 0) -> None:
        """Show what was recognised of a file."""
        again = self._opened is not None and self._opened.header.headings == opened.header.headings
        same_sheet = self._opened is not None and self._opened.sheet.name == opened.sheet.name
        self._opened = opened
        fields = opened.spec.fields
        self._names = ["", *(field.name for field in fields)]
        labels = [f.label + (" (bắt buộc)" if f.required else "") for f in fields]
        self._model.setStringList([_NOT_TAKEN, *labels])
        self.sheet.clear()
        self.sheet.addItems(list(opened.names))
        self.sheet.setCurrentText(opened.sheet.name)
        self.row.clear()
        rows = min(len(opened.sheet.rows), MOST_HEADER_ROWS)
        self.row.addItem(f"{opened.header.row + 1} ({_BY_ITSELF})")
        self.row.addItems([str(number) for number in range(1, rows + 1)])
        self.row.setCurrentIndex(chosen_row)
        if not (again and same_sheet):
            self._build(opened)
        self.show_mapping(opened)

    def show_mapping(self, opened: Opened) -> None:
        """Show which column is which field, and what is still missing."""
        self._opened = opened
        fields = {
            place: name for name, places in opened.header.mapped.columns.items() for place in places
        }
        for place, box in self.boxes.items():
            box.setCurrentIndex(self._names.index(fields.get(place, "")))
        found, seen = len(opened.header.mapped.columns), len(self.boxes)
        lines = sum(len(each.sheet.rows) for each in opened.lines)
        more = f" Các dòng kèm theo ở {len(opened.lines)} trang khác." if lines else ""
        self.where.setText(
            f"Đã nhận {found} mục trong {seen} cột có dữ liệu; sửa cột nào chưa đúng.{more}"
        )
        missing = [field.label for field in opened.header.mapped.missing(opened.spec)]
        self.told.say(
            f"Chưa có cột cho mục bắt buộc: {', '.join(missing)}. Chọn mục đó ở một cột, đổi trang "
            "hoặc dòng tiêu đề."
            if missing
            else "",
            "watch",
        )

    def said(self) -> dict[int, str]:
        """Return which field each column is, empty for none."""
        return {place: self._names[box.currentIndex()] for place, box in self.boxes.items()}

    def take_focus(self) -> None:
        """Give the keyboard to the first column that is no field, else to the first."""
        free = [box for box in self.boxes.values() if not box.currentIndex()]
        for box in (*free, *self.boxes.values(), self.sheet):
            box.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def _ask_place(self, sheet: str, row: int) -> None:
        self.place_changed.emit(sheet, row)

    def _choose(self, place: int) -> None:
        """Take a field from the column that had it: one field is one column."""
        name = self._names[self.boxes[place].currentIndex()]
        for other, box in self.boxes.items():
            if name and other != place and self._names[box.currentIndex()] == name:
                box.setCurrentIndex(0)
        self.mapped.emit()

    def _build(self, opened: Opened) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.boxes.clear()
        for column, title in enumerate(("Cột", "Tiêu đề trong tệp", "Vài giá trị đầu", "Là mục")):
            self._grid.addWidget(words(title, "label", wrap=False), 0, column)
        for line, seen in enumerate(columns_seen(opened), start=1):
            letters = letters_of(seen.place)
            box = QComboBox()
            box.setModel(self._model)
            box.setMinimumContentsLength(24)
            box.setAccessibleName(f"Cột {letters} “{seen.heading}” là mục")
            box.activated.connect(lambda _at, place=seen.place: self._choose(place))
            self.boxes[seen.place] = box
            self._grid.addWidget(words(letters, "label", wrap=False), line, 0)
            self._grid.addWidget(ElidedLabel(seen.heading or "(không có tiêu đề)"), line, 1)
            self._grid.addWidget(ElidedLabel(seen.samples), line, 2)
            self._grid.addWidget(box, line, 3)
        self._grid.setRowStretch(len(self.boxes) + 1, 1)

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, UNIT, 0)
        self._grid.setHorizontalSpacing(2 * UNIT)
        self._grid.setVerticalSpacing(UNIT // 2)
        for column, share in ((1, 3), (2, 4), (3, 3)):
            self._grid.setColumnStretch(column, share)
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        for title, box in (("Trang", self.sheet), ("Dòng tiêu đề", self.row)):
            label = QLabel(title)
            label.setProperty("role", "label")
            label.setBuddy(box)
            head.addWidget(label)
            head.addWidget(box)
            head.addSpacing(UNIT)
        head.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(head)
        page.addWidget(self.where)
        page.addWidget(self.told)
        page.addWidget(scrolled(self._inside), 1)
