"""What chooses a kind of an area: two rows, or one button where there is little room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.shown import show_integer
from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme
from antq_desktop.ui.widgets.chosen_fields import ChoiceButton, matching
from antq_desktop.ui.widgets.field import Option
from antq_desktop.ui.widgets.picker import Deliver, Picker

_WIDE_FROM: Final = 960  # logical px; narrower, one button takes the place of both rows
_HIGH_FROM: Final = 560


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Kinds under one heading: their ids and what they are called."""

    title: str
    kinds: Sequence[tuple[str, str]]


class KindBar(QWidget):
    """Says which kinds there are and how many records of each; `chosen` carries the id of one.

    `short` is the one button; whoever shows the bar gives it its place.
    """

    chosen = Signal(str)

    def __init__(self, groups: Sequence[KindGroup], theme: Theme) -> None:
        super().__init__()
        self._groups = tuple(groups)
        self._theme = theme
        self._kind = ""
        self._counts: Mapping[str, int] = {}
        self._last = {group.title: group.kinds[0][0] for group in groups}
        self.popup: Picker | None = None
        self.tabs = QTabBar()
        self.row = FlowRow()
        self.short = ChoiceButton(theme, "Chọn loại hồ sơ", self)
        self.short.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.short.hide()
        self.buttons: dict[str, KindButton] = {}
        self._exclusive = QButtonGroup(self)
        self._make_parts()
        page = QVBoxLayout(self)
        page.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, 0)
        page.setSpacing(UNIT // 2)
        for part in (self.tabs, self.row):
            page.addWidget(part)
        self._compact = False
        self.set_compact(compact=False)

    def mark(self, kind: str) -> None:
        """Show which kind is in view."""
        self._kind = kind
        at = self._group_at(kind)
        self._last[self._groups[at].title] = kind
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(at)
        self.tabs.blockSignals(False)
        self._show_kinds(at)
        self.buttons[kind].setChecked(True)
        self._name_short()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many records of each kind there are."""
        self._counts = counts
        for kind, button in self.buttons.items():
            button.set_count(counts.get(kind, 0))
        self.row.place_again()
        self._name_short()

    def open_list(self, typed: str = "") -> None:
        """Offer all kinds in one list, found by words."""
        anchor: QWidget = self.short if self._compact else self.row
        self.popup = Picker(self._find, self._theme, self)
        self.popup.picked.connect(self._on_picked)
        self.popup.open_under(anchor, self._kind)
        if typed:
            self.popup.search.insert(typed)

    def fit(self, width: int, height: int) -> None:
        """Go without rows where the page is narrow or low."""
        grown = max(1.0, self._theme.points / BASE_POINTS)
        self.set_compact(compact=width < _WIDE_FROM * grown or height < _HIGH_FROM * grown)

    def set_compact(self, *, compact: bool) -> None:
        """Show one button, or the rows."""
        self._compact = compact
        self.tabs.setHidden(compact or len(self._groups) < 2)
        self.row.setHidden(compact)

    @property
    def compact(self) -> bool:
        """Whether one button stands for the rows."""
        return self._compact

    def _make_parts(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Nhóm hồ sơ")
        for group in self._groups:
            self.tabs.addTab(group.title)
            for kind, title in group.kinds:
                button = KindButton(title, self._theme)
                button.clicked.connect(lambda _on=False, kind=kind: self._ask(kind))
                self._exclusive.addButton(button)
                self.row.add(button)
                self.buttons[kind] = button
        self.tabs.currentChanged.connect(self._on_group)
        self.short.setToolTip("Chọn loại hồ sơ (Ctrl+J)")
        self.tabs.setToolTip("Chọn nhóm; Ctrl+J để tìm loại hồ sơ bằng chữ")
        self.short.wanted.connect(self.open_list)

    def _group_at(self, kind: str) -> int:
        return next(
            at
            for at, group in enumerate(self._groups)
            if any(kind == one for one, _title in group.kinds)
        )

    def _show_kinds(self, at: int) -> None:
        wanted = {kind for kind, _title in self._groups[at].kinds}
        for kind, button in self.buttons.items():
            button.setHidden(kind not in wanted)
        self.row.place_again()

    def _on_group(self, at: int) -> None:
        self._ask(self._last[self._groups[at].title])

    def _ask(self, kind: str) -> None:
        # The mark moves only when the page in front agrees to be left.
        self.mark(self._kind)
        self.chosen.emit(kind)

    def _on_picked(self, option: Option) -> None:
        self.chosen.emit(option.id)

    def _find(self, words: str, deliver: Deliver) -> None:
        options = [
            Option(kind, title, self._detail(group, kind))
            for group in self._groups
            for kind, title in group.kinds
        ]
        deliver(matching(options, words))

    def _detail(self, group: KindGroup, kind: str) -> str:
        count = self._counts.get(kind, 0)
        parts = [group.title] if len(self._groups) > 1 else []
        parts.append(f"{show_integer(count)} hồ sơ" if count else "chưa có hồ sơ")
        return " · ".join(parts)

    def _name_short(self) -> None:
        if not self._kind:
            return
        group = self._groups[self._group_at(self._kind)]
        title = dict(group.kinds)[self._kind]
        words = title
        self.short.setText(words)
        self.short.setMinimumWidth(self.short.fontMetrics().horizontalAdvance(words) + 6 * UNIT)
        self.short.setAccessibleName(f"Loại hồ sơ: {words}")


class KindButton(QAbstractButton):
    """One kind: its word, and small beside it how many records there are."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._count = 0
        self.setText(title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_count(0)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int) -> None:
        """Show how many records there are; nothing for none."""
        self._count = count
        told = f"{show_integer(count)} hồ sơ" if count else "chưa có hồ sơ"
        self.setAccessibleName(f"{self.text()}: {told}")
        self.setToolTip(told[:1].upper() + told[1:])
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose at Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for the width of the word in bold, so that nothing moves when it is chosen."""
        word = self._metrics(1.0, bold=True).horizontalAdvance(self.text())
        return QSize(word + self._count_width() + 3 * UNIT, self._theme.measures.row)

    def minimumSizeHint(self) -> QSize:
        """Never cut the word."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the ground, the word and the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour, here = self._theme.colour, self.isChecked()
        if here or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent_soft" if here else "hover"))
            painter.drawRoundedRect(self.rect(), 4, 4)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font(bold=here))
        painter.setPen(colour("accent" if here else "ink"))
        room = self.rect().adjusted(3 * UNIT // 2, 0, 0, 0)
        painter.drawText(room, middle, self.text())
        if self._count:
            painter.setFont(self._theme.font(0.9))
            painter.setPen(colour("accent" if here else "ink_faint"))
            word = self._metrics(1.0, bold=here).horizontalAdvance(self.text())
            painter.drawText(room.adjusted(word + UNIT, 0, 0, 0), middle, show_integer(self._count))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _count_width(self) -> int:
        if not self._count:
            return 0
        return self._metrics(0.9).horizontalAdvance(show_integer(self._count)) + UNIT

    def _metrics(self, scale: float, *, bold: bool = False) -> QFontMetrics:
        return QFontMetrics(self._theme.font(scale, bold=bold))


class FlowRow(QWidget):
    """Puts its buttons side by side and goes on below where the row is full."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QAbstractButton] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, button: QAbstractButton) -> None:
        """Put a button last."""
        button.setParent(self)
        self._buttons.append(button)

    def place_again(self) -> None:
        """Look again which buttons are shown, and how wide they are."""
        self._place(self.width(), move=True)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return True: a narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that all buttons need."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Ask for the height at the width there is."""
        return QSize(40 * UNIT, self._place(max(self.width(), 40 * UNIT), move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons for the new width."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        x = y = height = 0
        for button in self._buttons:
            if button.isHidden():
                continue
            size = button.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + height + UNIT // 2
            if move:
                button.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + UNIT // 2
            height = size.height()
        return y + height
