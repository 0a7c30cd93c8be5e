"""Editing the unit's own set: words, points, items added, moved and taken away; saved whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.scoring.points import points_of, show_points
from antq_desktop.domain.scoring.sets import Band, CriteriaSet, Group, Item, SetKind
from antq_desktop.ui.ask import Answer, leave_question
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.handover_parts import words
from antq_desktop.ui.theme import UNIT
from antq_desktop.ui.widgets.inputs import LineInput

if TYPE_CHECKING:
    from antq_desktop.services.records import Saved
    from antq_desktop.ui.workplace import Workplace

_TEXT, _POINTS, _HOW = range(3)
_KEEP: Final = Qt.ItemDataRole.UserRole
_FIXED: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class CriteriaEditor(QWidget):
    """The set as a table; `closed` asks to go back, `saved` carries what was saved."""

    closed = Signal()
    saved = Signal(object)

    def __init__(self, workplace: Workplace, criteria: CriteriaSet) -> None:
        super().__init__()
        self._workplace = workplace
        self._criteria = criteria
        self._scored = criteria.kind is SetKind.POINTS
        self.dirty = False
        theme = workplace.theme
        self.back = make_tool("prev", theme, "Quay lại (Esc)")
        self.title = LineInput()
        self.title.setText(criteria.title)
        self.title.setAccessibleName("Tên bộ")
        self.save_button = make_button("Lưu bộ", theme, role="primary", icon="save", tip="Ctrl+S")
        self.add_button = make_button("Thêm mục", theme, icon="add", tip="Dưới mục đang chọn (Ins)")
        self.gone_button = make_button("Bỏ mục", theme, icon="void", tip="Ctrl+Delete")
        self.up_button = make_tool("chevron-up", theme, "Chuyển lên (Alt+↑)")
        self.down_button = make_tool("chevron-down", theme, "Chuyển xuống (Alt+↓)")
        self.table = QTableWidget(0, 3)
        self.table.setHorizontalHeaderLabels(["Tiêu chí", "Điểm tối đa", "Cách trả lời"])
        self.table.setAccessibleName("Các mục của bộ")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(_POINTS, 15 * UNIT)
        header.resizeSection(_HOW, 26 * UNIT)
        self.table.setColumnHidden(_POINTS, not self._scored)
        self.bands = QTableWidget(len(criteria.bands), 2)
        self.bands.setHorizontalHeaderLabels(["Mức", "Từ"])
        self.bands.setAccessibleName("Các mức")
        self.bands.verticalHeader().hide()
        self.bands.setShowGrid(False)
        self.bands.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.total = words("", "label")
        self._fill()
        self._lay_out()
        self._connect()
        self._count()

    def begin(self) -> None:
        """Give the keyboard to the first item."""
        self.table.setCurrentCell(min(1, self.table.rowCount() - 1), _TEXT)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def may_leave(self, go: Callable[[], None]) -> None:
        """Leave at once unless something was changed and not saved."""
        if not self.dirty:
            go()
            return

        def answered(answer: Answer) -> None:
            if answer.key == "drop":
                self.dirty = False
                go()

        self._workplace.asker.ask(leave_question(), answered)

    def edited(self) -> CriteriaSet:
        """Return the set as it stands in the table.

        Raises:
            UserError: `points_out_of_bounds`, `item_without_text`, `group_without_item`.
        """
        groups: list[Group] = []
        for row in range(self.table.rowCount()):
            held = self.table.item(row, _TEXT)
            part = held.data(_KEEP) if held else None
            text = held.text().strip() if held else ""
            if isinstance(part, Group):
                groups.append(replace(part, title=text or part.title, items=()))
            elif isinstance(part, Item) and groups:
                item = replace(part, text=text, most=self._points(row, part), to_fill=not text)
                if not text and not part.to_fill:
                    message = "Mục chưa có lời văn. Nhập lời văn hoặc bỏ mục."
                    raise UserError("item_without_text", message)
                groups[-1] = replace(groups[-1], items=(*groups[-1].items, item))
        empty = next((group for group in groups if not group.items), None)
        if empty is not None:
            message = f"“{empty.title}” không còn mục nào. Thêm một mục."
            raise UserError("group_without_item", message)
        ids = {item.id for group in groups for item in group.items}
        caps = tuple(
            replace(cap, items=tuple(one for one in cap.items if one in ids))
            for cap in self._criteria.caps
            if any(one in ids for one in cap.items)
        )
        title = self.title.text().strip() or self._criteria.title
        return replace(
            self._criteria, title=title, groups=tuple(groups), caps=caps, bands=self._bands()
        )

    def save(self) -> None:
        """Keep the set as it stands; the version before stays for its sheets."""
        try:
            made = self.edited()
        except UserError as error:
            self._workplace.door.meet(error)
            return
        sets = self._workplace.office.standards.sets

        def arrive(saved: Saved) -> None:
            self.dirty = False
            self.saved.emit(saved)

        self._workplace.jobs.write(lambda _control: sets.keep(made), arrive, owner=self)

    def add_item(self) -> None:
        """Begin an item below the one in view."""
        row = max(self.table.currentRow(), 0) + 1
        ids = {item.id for item in self._items()}
        number = next(n for n in range(1, len(ids) + 2) if f"own_{n}" not in ids)
        most = 100 if self._scored else 0
        made = Item(f"own_{number}", "", confidence="C", to_fill=True, most=most)
        self.table.insertRow(row)
        self._fill_item(row, made)
        self.table.setCurrentCell(row, _TEXT)
        self._touch()
        held = self.table.item(row, _TEXT)
        if held is not None:
            self.table.editItem(held)

    def remove_item(self) -> None:
        """Take the item in view away."""
        held = self.table.item(self.table.currentRow(), _TEXT)
        if held is not None and isinstance(held.data(_KEEP), Item):
            self.table.removeRow(self.table.currentRow())
            self._touch()

    def move_item(self, by: int) -> None:
        """Move the item in view up or down; it may go into the next criterion."""
        row = self.table.currentRow()
        other = row + by
        held = self.table.item(row, _TEXT)
        if held is None or not isinstance(held.data(_KEEP), Item):
            return
        if not 1 <= other < self.table.rowCount():
            return
        cells = [self.table.takeItem(row, column) for column in range(3)]
        others = [self.table.takeItem(other, column) for column in range(3)]
        for column in range(3):
            self.table.setItem(other, column, cells[column])
            self.table.setItem(row, column, others[column])
        self.table.setCurrentCell(other, _TEXT)
        self._touch()

    # inside

    def _fill(self) -> None:
        rows: list[Group | Item] = []
        for group in self._criteria.groups:
            rows += [group, *group.items]
        self.table.setRowCount(len(rows))
        for row, part in enumerate(rows):
            if isinstance(part, Item):
                self._fill_item(row, part)
                continue
            heading = QTableWidgetItem(part.title)
            heading.setData(_KEEP, part)
            heading.setFont(self._workplace.theme.font(bold=True))
            self.table.setItem(row, _TEXT, heading)
            for column in (_POINTS, _HOW):
                blank = QTableWidgetItem("")
                blank.setFlags(_FIXED)
                self.table.setItem(row, column, blank)
        for row, band in enumerate(self._criteria.bands):
            label = QTableWidgetItem(band.label)
            label.setFlags(_FIXED)
            least = show_points(band.least) if self._scored else str(band.least)
            self.bands.setItem(row, 0, label)
            self.bands.setItem(row, 1, QTableWidgetItem("" if band.group else least))

    def _fill_item(self, row: int, item: Item) -> None:
        text = QTableWidgetItem(item.text)
        text.setData(_KEEP, item)
        how = "chương trình tính" if item.check else "đạt, chưa đạt"
        if item.mark_only:
            how = "một dấu, không sửa"
            text.setFlags(_FIXED)
        elif item.scored:
            how = "chương trình tính điểm" if item.check else "chấm điểm"
        self.table.setItem(row, _TEXT, text)
        self.table.setItem(row, _POINTS, QTableWidgetItem(
            show_points(item.most) if item.scored else ""
        ))  # fmt: skip
        told = QTableWidgetItem(how)
        told.setFlags(_FIXED)
        self.table.setItem(row, _HOW, told)

    def _items(self) -> list[Item]:
        found = []
        for row in range(self.table.rowCount()):
            held = self.table.item(row, _TEXT)
            part = held.data(_KEEP) if held else None
            if isinstance(part, Item):
                found.append(part)
        return found

    def _points(self, row: int, item: Item) -> int:
        if not self._scored or not item.scored:
            return item.most
        held = self.table.item(row, _POINTS)
        typed = (held.text() if held else "").strip().replace(",", ".")
        points = points_of(typed)
        if points is None or points <= 0:
            message = f"Điểm tối đa “{typed[:20]}” chưa đúng. Nhập một số lớn hơn 0."
            raise UserError("points_out_of_bounds", message)
        return points

    def _bands(self) -> tuple[Band, ...]:
        made = []
        for row, band in enumerate(self._criteria.bands):
            held = self.bands.item(row, 1)
            typed = (held.text() if held else "").strip().replace(",", ".")
            if band.group:
                made.append(band)
                continue
            least = (
                points_of(typed) if self._scored else (int(typed) if typed.isdecimal() else None)
            )
            if least is None:
                message = f"Ngưỡng của mức {band.label} chưa đúng. Nhập một số."
                raise UserError("points_out_of_bounds", message)
            made.append(replace(band, least=least))
        return tuple(made)

    def _touch(self) -> None:
        self.dirty = True
        self._count()

    def _count(self) -> None:
        count = f"{len(self._items())} mục"
        if self._scored:
            try:
                count += f", tổng {show_points(self.edited().full_points())} điểm"
            except UserError:
                count += ", điểm chưa đủ"
        self.total.setText(f"{count}. Bộ của đơn vị: mẫu minh họa.")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(self.back)
        head.addWidget(words("Tên bộ", "label", wrap=False))
        head.addWidget(self.title, 1)
        head.addWidget(self.save_button)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for part in (self.add_button, self.gone_button, self.up_button, self.down_button):
            row.addWidget(part)
        row.addWidget(self.total, 1)
        both = QHBoxLayout()
        both.setSpacing(2 * UNIT)
        both.addWidget(self.table, 4)
        both.addWidget(self.bands, 1)
        self.bands.setVisible(bool(self._criteria.bands))
        self.bands.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 2 * UNIT)
        page.setSpacing(UNIT)
        page.addLayout(head)
        page.addLayout(row)
        page.addLayout(both, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.save_button.clicked.connect(self.save)
        self.add_button.clicked.connect(self.add_item)
        self.gone_button.clicked.connect(self.remove_item)
        self.up_button.clicked.connect(lambda: self.move_item(-1))
        self.down_button.clicked.connect(lambda: self.move_item(1))
        self.table.itemChanged.connect(lambda _item: self._touch())
        self.bands.itemChanged.connect(lambda _item: self._touch())
        self.title.textEdited.connect(lambda _text: self._touch())
        actions: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Esc", self.closed.emit),
            ("Ctrl+S", self.save),
            ("Ins", self.add_item),
            ("Ctrl+Delete", self.remove_item),
            ("Alt+Up", lambda: self.move_item(-1)),
            ("Alt+Down", lambda: self.move_item(1)),
        )
        for keys, action in actions:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda action=action: action())
