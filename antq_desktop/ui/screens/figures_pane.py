"""What stands behind one figure: its number, every source, what does not agree, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.opening import Counted, Opening, Source
from antq_desktop.domain.shown import show_integer
from antq_desktop.domain.text import opening
from antq_desktop.services.figures_table import FigureLine, FigureTable
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT, Theme

_MOST_UNITS = 8  # more are scrolled to


class FigurePane(QFrame):
    """The figure in view.

    `records_asked`, `changed_asked`, `close_asked`, `reopen_asked` and `enter_asked` say what is
    wanted of it.
    """

    records_asked = Signal()
    changed_asked = Signal()
    close_asked = Signal()
    reopen_asked = Signal()
    enter_asked = Signal()
    adjust_asked = Signal()
    unadjust_asked = Signal()
    unit_asked = Signal(str)

    def __init__(self, theme: Theme, own_unit: str) -> None:
        super().__init__()
        self._own = own_unit
        self.setProperty("role", "card")
        self.title = _words("heading")
        self.number = _words("title")
        self.change = _words("")
        self.explained = _words("hint")
        self.units = QListWidget()
        self.units.setAccessibleName("Số liệu theo đơn vị")
        self.units.setToolTip("Mở hồ sơ của đơn vị (Enter)")
        self.units.itemActivated.connect(
            lambda item: self.unit_asked.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        )
        self.changed = make_button(
            "Xem hồ sơ thay đổi", theme, role="quiet", icon="next",
            tip="Mở danh sách hồ sơ làm số liệu tăng, giảm so với kỳ so sánh",
        )  # fmt: skip
        self.sources = _words("")
        self.warnings = _words("warning")
        self.records = make_button(
            "Xem hồ sơ", theme, icon="next", tip="Mở danh sách hồ sơ của số liệu này (Enter)"
        )
        self.close_button = make_button(
            "Từ nay tính theo hồ sơ", theme, icon="check",
            tip="Số liệu theo báo cáo vẫn được giữ và xem được; hoàn tác được",
        )  # fmt: skip
        self.reopen_button = make_button("Tính lại theo báo cáo", theme, icon="undo")
        self.enter_button = make_button(
            "Ghi số liệu theo báo cáo", theme, role="quiet", icon="edit",
            tip="Nhập số liệu của chỉ tiêu này từ một báo cáo (Ctrl+N)",
        )  # fmt: skip
        self.adjust_button = make_button(
            "Điều chỉnh…", theme, icon="edit",
            tip="Dùng số khác khi tổng hợp, đến khi đơn vị sửa số báo cáo",
        )  # fmt: skip
        self.unadjust_button = make_button("Bỏ điều chỉnh", theme, icon="undo")
        self._lay_out()
        self.adjust_button.clicked.connect(self.adjust_asked)
        self.unadjust_button.clicked.connect(self.unadjust_asked)
        self.records.clicked.connect(self.records_asked)
        self.changed.clicked.connect(self.changed_asked)
        self.close_button.clicked.connect(self.close_asked)
        self.reopen_button.clicked.connect(self.reopen_asked)
        self.enter_button.clicked.connect(self.enter_asked)
        self.clear()

    def clear(self) -> None:
        """Show that no figure is in view."""
        self.title.setText("Chọn một chỉ tiêu để xem số liệu đến từ đâu.")
        parts = (self.number, self.change, self.explained, self.sources, self.warnings)
        for part in (*parts, self.changed, self.units):
            part.hide()
        for button in self._buttons:
            button.hide()

    def show_line(self, table: FigureTable, line: FigureLine) -> None:
        """Show a figure with all that stands beside it."""
        counted = line.counted
        self.title.setText(line.label)
        _say(self.number, f"{line.value} {line.counted_in}")
        against = f"So với {table.earlier.label}: {line.change}" if line.change else ""
        _say(self.change, against)
        earlier = [f"{opening(table.earlier.label)}, {text}" for text in _sources(line.earlier)]
        _say(self.sources, "\n".join((*_sources(counted), *earlier)))
        _say(self.warnings, "\n".join(line.warnings))
        self.show_explained((), there=False)
        self._show_units(table, line)
        own = [each for each in counted.openings if each.owner == self._own]
        is_closed = any(each.closed for each in counted.openings)
        self.records.setVisible(bool(counted.records or counted.recorded or counted.openings))
        self.close_button.setVisible(bool(own) and counted.source is Source.REPORT)
        self.reopen_button.setVisible(bool(own) and is_closed)
        self.enter_button.show()
        below = bool(table.unit) and table.unit != self._own
        self.adjust_button.setVisible(below)
        held = counted.adjustment or counted.lapsed
        self.unadjust_button.setVisible(below and held is not None)

    def _show_units(self, table: FigureTable, line: FigureLine) -> None:
        """List what each unit has, so that a total opens by commune."""
        self.units.clear()
        held = line.by_unit if len(table.units) > 1 else ()
        for unit, value in held:
            item = QListWidgetItem(f"{table.units.get(unit, unit)}: {value}")
            item.setData(Qt.ItemDataRole.UserRole, unit)
            self.units.addItem(item)
        self.units.setVisible(bool(held))
        row = max(self.units.sizeHintForRow(0), 1)
        self.units.setFixedHeight(row * min(len(held), _MOST_UNITS) + UNIT)

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.records, self.close_button, self.reopen_button, self.enter_button,
            self.adjust_button, self.unadjust_button,
        )  # fmt: skip

    def show_explained(self, sentences: Sequence[str], *, there: bool) -> None:
        """Show why the figure changed, and whether records can be listed for it."""
        _say(self.explained, "\n".join(sentence for sentence in sentences if sentence))
        self.changed.setVisible(there)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("role", "sheet")
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
        column.setSpacing(UNIT)
        for part in (self.title, self.number, self.change, self.explained):
            column.addWidget(part)
        column.addWidget(self.changed, 0, Qt.AlignmentFlag.AlignLeft)
        for button in self._buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.units)
        column.addSpacing(UNIT)
        for part in (self.warnings, self.sources):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)


def _sources(counted: Counted) -> list[str]:
    told = [_said(each, counts=at == 0) for at, each in enumerate(counted.openings)]
    if counted.source is Source.PARTLY:
        told.append(f"{opening(counted.named)}.")
    if counted.adjustment is not None:
        told.append(counted.adjustment.told)
    elif counted.was_adjusted and counted.reported is not None:
        told.append(f"Chưa điều chỉnh là {show_integer(counted.reported)}.")
    if counted.lapsed is not None:
        told.append(f"Đã hết hiệu lực vì số báo cáo thay đổi: {counted.lapsed.told}")
    if counted.zeros:
        told.append(f"{show_integer(len(counted.zeros))} đơn vị báo không phát sinh.")
    if counted.records:
        told.append(
            f"{show_integer(counted.records)} hồ sơ cho số {show_integer(counted.recorded)}."
        )
    return told


def _said(each: Opening, *, counts: bool) -> str:
    issuer = f", {each.issuer}" if each.issuer else ""
    state = (
        "đã chuyển sang tính theo hồ sơ" if each.closed else "đang tính" if counts else "không tính"
    )
    return f"{show_integer(each.value)}: {each.named}{issuer} ({state})."


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
