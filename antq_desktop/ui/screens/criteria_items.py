"""Groups and items of a unit's own set: a table at the left, the part in view at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.errors import UserError
from antq_desktop.domain.fields import Value
from antq_desktop.domain.scoring.checks import CHECKS
from antq_desktop.domain.scoring.points import points_of, show_points
from antq_desktop.domain.scoring.rules import Place
from antq_desktop.domain.scoring.sets import Asks, Group, Item, Role, SetKind
from antq_desktop.services.standards.set_editing import usual_settings, with_check, with_role
from antq_desktop.ui.buttons import make_button, make_tool
from antq_desktop.ui.screens.criteria_forms import (
    PartForm,
    Ticks,
    group_form,
    item_form,
    setting_of,
)
from antq_desktop.ui.screens.handover_parts import FoldingSplitter, words
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.domain.scoring.rules import SetFault
    from antq_desktop.services.standards.set_editing import SetEditing
    from antq_desktop.ui.workplace import Workplace

_TEXT, _POINTS, _HOW = range(3)
_KEEP: Final = Qt.ItemDataRole.UserRole


class ItemsPage(QWidget):
    """The page; `changed` when the set did."""

    changed = Signal()

    def __init__(self, workplace: Workplace, editing: SetEditing) -> None:
        super().__init__()
        self._workplace = workplace
        self._editing = editing
        self._faulty: set[str] = set()
        self.form: PartForm | None = None
        self.reasons: Ticks | None = None
        theme = workplace.theme
        self.add_button = make_button("Thêm mục", theme, icon="add", tip="Dưới mục đang chọn (Ins)")
        self.group_button = make_button("Thêm nhóm", theme, icon="add", tip="Shift+Ins")
        self.gone_button = make_button("Bỏ", theme, icon="void",
                                       tip="Bỏ mục hoặc nhóm đang chọn (Ctrl+Delete)")  # fmt: skip
        self.up_button = make_tool("chevron-up", theme, "Chuyển lên (Alt+↑)")
        self.down_button = make_tool("chevron-down", theme, "Chuyển xuống (Alt+↓)")
        self.total = words("", "label")
        self.table = QTableWidget(0, 3)
        self.pane = QScrollArea()
        self._dress()
        self._lay_out()
        self.show_set()
        self.table.currentCellChanged.connect(lambda *_cells: self._show_part())
        self.add_button.clicked.connect(self.add_item)
        self.group_button.clicked.connect(self.add_group)
        self.gone_button.clicked.connect(self.remove)
        self.up_button.clicked.connect(lambda: self.shift(-1))
        self.down_button.clicked.connect(lambda: self.shift(1))

    @property
    def unsound(self) -> dict[str, UserError]:
        """What stands in a field and cannot be understood, by name."""
        return self.form.unsound if self.form is not None else {}

    @property
    def part(self) -> Item | Group | None:
        """The item or group in view, as it stands."""
        held = self.table.item(self.table.currentRow(), _TEXT)
        wanted = held.data(_KEEP) if held is not None else None
        if wanted is None:
            return None
        place, part_id = str(wanted).split("/", 1)
        made = self._editing.made
        if place == Place.ITEM:
            return made.item(part_id)
        return next((group for group in made.groups if group.id == part_id), None)

    def show_set(self, wanted: str = "") -> None:
        """Show the set as it stands; the part in view stays, or another is chosen by its id."""
        part = self.part
        wanted = wanted or (part.id if part is not None else "")
        rows: list[Group | Item] = []
        for group in self._editing.made.groups:
            rows += [group, *group.items]
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for row, each in enumerate(rows):
            self._fill(row, each)
        self.table.setColumnHidden(_POINTS, self._editing.made.kind is not SetKind.POINTS)
        at = next((n for n, each in enumerate(rows) if each.id == wanted), min(1, len(rows) - 1))
        self.table.setCurrentCell(at, _TEXT)
        self.table.blockSignals(False)
        self._show_part()

    def go_to(self, part_id: str) -> None:
        """Bring an item or group into view."""
        self.show_set(part_id)

    def tell(self, faults: list[SetFault]) -> None:
        """Show what is wrong, in the rows and beside the fields of the part in view."""
        mine = [f for f in faults if f.place in {Place.ITEM, Place.GROUP}]
        self._faulty = {fault.id for fault in mine}
        for row in range(self.table.rowCount()):
            part = self._part_of(row)
            if part is not None:
                self._fill(row, part)
        part = self.part
        if self.form is not None and part is not None:
            self.form.tell([fault for fault in mine if fault.id == part.id])
        made = self._editing.made
        told = f"{sum(1 for _ in made.items())} mục"
        if made.kind is SetKind.POINTS:
            told += f", tổng {show_points(made.full_points())} điểm"
        self.total.setText(f"{told}. Bộ của đơn vị: mẫu minh họa.")

    # changes of the order

    def add_item(self) -> None:
        """Begin an item below the one in view."""
        part = self.part
        groups = self._editing.made.groups
        group = next((g for g in groups if g is part or part in g.items), None) or groups[-1]
        after = part.id if isinstance(part, Item) else ""
        made = self._editing.add_item(group.id, after)
        self._after(made)
        if self.form is not None:
            self.form.fields["text"].input.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_group(self) -> None:
        """Begin a group below the one in view."""
        part = self.part
        groups = self._editing.made.groups
        after = next((g.id for g in groups if g is part or part in g.items), "")
        self._after(self._editing.add_group(after))

    def remove(self) -> None:
        """Take the item or group in view away; what may only be a mark stays."""
        part = self.part
        row = self.table.currentRow()
        try:
            if isinstance(part, Item):
                self._editing.remove_item(part.id)
            elif part is not None:
                self._editing.remove_group(part.id)
        except UserError as error:
            self._workplace.door.meet(error)
            return
        above = self._part_of(max(row - 1, 0))
        self._after(above.id if above is not None else "")

    def shift(self, by: int) -> None:
        """Move the item or group in view up (-1) or down (1)."""
        part = self.part
        if isinstance(part, Item):
            self._editing.move_item(part.id, by)
        elif part is not None:
            self._editing.move_group(part.id, by)
        if part is not None:
            self._after(part.id)

    def _after(self, part_id: str) -> None:
        self.show_set(part_id)
        self.changed.emit()

    # the part in view

    def _show_part(self) -> None:
        part, made = self.part, self._editing.made
        inside = QWidget()
        inside.setProperty("role", "sheet")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT + 2)
        self.form = self.reasons = None
        self.gone_button.setEnabled(part is not None and not _protected(part))
        if isinstance(part, Item) and part.mark_only:
            column.addWidget(words(part.text))
            column.addWidget(words(part.article, "hint"))
            column.addWidget(words(
                "Mục này trả lời bằng một dấu và nhiều nhất một số văn bản, theo văn bản gốc. Giữ "
                "nguyên: không sửa lời, không thêm phép tính, điểm, lý do, tài liệu, không bỏ.",
                "warning",
            ))  # fmt: skip
        elif isinstance(part, Item):
            self.form = item_form(self._workplace, made, part)
            column.addWidget(self.form)
            if made.reasons:
                labels = {each.id: each.label for each in made.reasons}
                self.reasons = Ticks("Có thể không áp dụng vì", labels, part.reasons)
                self.reasons.changed.connect(self._on_reasons)
                column.addWidget(self.reasons)
            self.form.changed.connect(self._on_item)
        elif part is not None:
            self.form = group_form(self._workplace, part)
            self.form.changed.connect(self._on_group)
            column.addWidget(self.form)
        column.addStretch(1)
        self.pane.setWidget(inside)
        self.tell(self._editing.faults())

    def _on_item(self, name: str, value: Value) -> None:
        item, again = self.part, False
        if not isinstance(item, Item):
            return
        text = " ".join(str(value or "").split())
        if name == "text":
            item = replace(item, text=text, to_fill=item.to_fill and text == item.text)
        elif name == "article":
            item = replace(item, article=text)
        elif name == "asks":
            item = replace(item, asks=Asks(text or Asks.MET))
        elif name == "role":
            again = text != item.role
            item = with_role(item, Role(text or Role.SCORE))
        elif name == "most":
            item = replace(item, most=points_of(text) or 0)
        elif name == "check":
            again = text != item.check
            shipped = self._workplace.office.standards.sets.shipped.values()
            item = with_check(item, CHECKS.get(text), usual_settings(shipped, text))
        elif setting_of(name) and isinstance(value, int):
            item = replace(item, settings={**item.settings, setting_of(name): value})
        self._editing.change_item(item, "" if again else f"{item.id}/{name}")
        if again:
            self._show_part()
        self.changed.emit()

    def _on_group(self, name: str, value: Value) -> None:
        group = self.part
        if not isinstance(group, Group):
            return
        text = " ".join(str(value or "").split())
        if name == "title":
            group = replace(group, title=text)
        elif name == "article":
            group = replace(group, article=text)
        else:
            group = replace(group, need=value if isinstance(value, int) else 0)
        self._editing.change_group(group, f"{group.id}/{name}")
        self.changed.emit()

    def _on_reasons(self) -> None:
        item = self.part
        if isinstance(item, Item) and self.reasons is not None:
            self._editing.change_item(replace(item, reasons=self.reasons.ticked()))
            self.changed.emit()

    # rows

    def _part_of(self, row: int) -> Item | Group | None:
        parts: list[Group | Item] = []
        for group in self._editing.made.groups:
            parts += [group, *group.items]
        return parts[row] if 0 <= row < len(parts) else None

    def _fill(self, row: int, part: Group | Item) -> None:
        place = Place.ITEM if isinstance(part, Item) else Place.GROUP
        text = part.text if isinstance(part, Item) else part.title
        sign = "✕ " if part.id in self._faulty else ""
        points = how = ""
        if isinstance(part, Item):
            points = show_points(part.most) if part.scored else ""
            how = _how(part)
        cells = (f"{sign}{text or '(chưa có lời văn)'}", points, how)
        for column, told in enumerate(cells):
            held = self.table.item(row, column) or QTableWidgetItem()
            held.setText(told)
            held.setToolTip(told)
            held.setData(_KEEP, f"{place}/{part.id}")
            held.setFont(self._workplace.theme.font(bold=place is Place.GROUP))
            if self.table.item(row, column) is None:
                self.table.setItem(row, column, held)

    def _dress(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(["Tiêu chí", "Điểm tối đa", "Cách trả lời"])
        table.setAccessibleName("Các mục của bộ")
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self._workplace.theme.measures.row)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        letter = table.fontMetrics().averageCharWidth()
        header.resizeSection(_POINTS, 13 * letter)
        header.resizeSection(_HOW, 22 * letter)
        self.pane.setWidgetResizable(True)
        self.pane.setFrameShape(QFrame.Shape.NoFrame)
        self.pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        for part in (self.add_button, self.group_button, self.gone_button, self.up_button,
                     self.down_button):  # fmt: skip
            row.addWidget(part)
        row.addWidget(self.total, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, UNIT, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(row)
        page.addWidget(FoldingSplitter(self.table, self.pane, (3, 2)), 1)


def _protected(part: Item | Group) -> bool:
    return part.mark_only if isinstance(part, Item) else bool(part.marks)


def _how(item: Item) -> str:
    if item.mark_only:
        return "một dấu, giữ nguyên"
    if item.check:
        return "chương trình tính"
    return "khống chế" if item.role is Role.VETO else "chấm điểm" if item.scored else "người chấm"
