"""A chart in the window: painted, walked through by keys, opened by a click, and said in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from antq_desktop.domain.charts.chart import Bars, Chart, Fill
from antq_desktop.domain.charts.drawing import Box, Drawing, Rule, Words, draw
from antq_desktop.domain.charts.said import in_words
from antq_desktop.domain.charts.squares import draw_squares
from antq_desktop.ui.theme import UNIT, Theme

_SCALE: Final = 0.86  # letters of labels beside those of the window
_HEIGHT: Final = 17 * UNIT
_WIDTH: Final = 30 * UNIT
_TONES: Final = ("accent", "blue", "gold", "ink_soft", "red", "ink_faint")
_PATTERNS: Final = {
    Fill.SLANTED: Qt.BrushStyle.BDiagPattern,
    Fill.DOTTED: Qt.BrushStyle.Dense6Pattern,
    Fill.CROSSED: Qt.BrushStyle.DiagCrossPattern,
    Fill.LEVEL: Qt.BrushStyle.HorPattern,
}
_FORWARD: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ChartView(QWidget):
    """Shows one chart.

    Arrow keys walk from area to area, Enter or a click asks for the records behind; each area tells
    itself in words, and the whole chart stands in words for a screen reader.
    """

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart: Chart | None = None
        self._drawing: Drawing | None = None
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._place)

    @property
    def areas(self) -> tuple[Box, ...]:
        """The areas that tell a value, in the order in which keys walk through them."""
        drawing = self._drawing
        return tuple(box for box in drawing.boxes if box.told) if drawing else ()

    @property
    def told(self) -> str:
        """What the area says that has the keyboard; empty before one has."""
        areas = self.areas
        return areas[self._at].told if 0 <= self._at < len(areas) else ""

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._at = -1
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(" ".join(in_words(chart)[1:]))
        self._place()

    def sizeHint(self) -> QSize:
        """Ask for a height at which twelve bars can be told apart."""
        return QSize(_WIDTH, round(_HEIGHT * self._theme.points / 10.5))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less than bars can be told apart at."""
        return QSize(_WIDTH // 2, self.sizeHint().height() * 3 // 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, areas, then words."""
        if self._drawing is None:
            return
        painter = QPainter(self)
        for rule in self._drawing.rules:
            self._paint_rule(painter, rule)
        for box in self._drawing.boxes:
            self._paint_box(painter, box)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for words in self._drawing.words:
            self._paint_words(painter, words)
        if self.hasFocus():
            self._paint_focus(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from area to area, and open one."""
        areas = self.areas
        key = event.key()
        if not areas or key not in (*_FORWARD, *_BACK, *_ENTER, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        if key in _ENTER:
            if 0 <= self._at < len(areas):
                self._open(areas[self._at])
            return
        last = len(areas) - 1
        steps = {**dict.fromkeys(_FORWARD, self._at + 1), **dict.fromkeys(_BACK, self._at - 1),
                 Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}  # fmt: skip
        self._go_to(min(max(steps[Qt.Key(key)], 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked on."""
        at = self._area_at(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._at = at
            self.update()
            self._open(self.areas[at])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what opens something."""
        at = self._area_at(event.position())
        opens = at >= 0 and bool(self.areas[at].key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """Tell what an area says where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._area_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.areas[at].told if at >= 0 else "", self)
            return True
        return super().event(event)

    # inside

    def _open(self, box: Box) -> None:
        if box.key:
            self.opened.emit(box.key)

    def _go_to(self, at: int) -> None:
        self._at = at
        box = self.areas[at]
        place = self.mapToGlobal(QPointF(box.x, box.y + box.height).toPoint())
        QToolTip.showText(place, box.told, self)
        self.setAccessibleDescription(box.told)
        told = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(told)
        self.update()

    def _area_at(self, point: QPointF) -> int:
        for at, box in enumerate(self.areas):
            if QRectF(box.x, box.y, box.width, box.height).contains(point):
                return at
        return -1

    def _place(self) -> None:
        if self._chart is None:
            return
        plain = QFontMetricsF(self._theme.font(_SCALE))
        bold = QFontMetricsF(self._theme.font(_SCALE, bold=True))

        def measure(text: str, strong: bool) -> float:
            return (bold if strong else plain).horizontalAdvance(text)

        size = plain.height() / 1.36  # Noto Sans stands so high above the size of its letters
        room = (self.width() - 2.0, self.height() - 2.0)
        if isinstance(self._chart, Bars):
            self._drawing = draw(self._chart, *room, size, measure)
        else:
            self._drawing = draw_squares(self._chart, *room, size, measure)
        lies = isinstance(self._chart, Bars) and self._chart.lying and bool(self.areas)
        tall = self.sizeHint().height()
        self.setMaximumHeight(max(round(self._drawing.height) + 2, 4 * UNIT) if lies else tall)
        self._at = min(self._at, len(self.areas) - 1)
        self.update()

    def _paint_rule(self, painter: QPainter, rule: Rule) -> None:
        painter.setPen(QPen(self._theme.colour("line" if rule.faint else "ink_soft"), 1))
        painter.drawLine(QPointF(rule.x1, rule.y1), QPointF(rule.x2, rule.y2))

    def _paint_box(self, painter: QPainter, box: Box) -> None:
        tone = self._theme.colour(_TONES[box.series % len(_TONES)])
        area = QRectF(box.x, box.y, box.width, box.height)
        painter.fillRect(area, self._theme.colour("surface"))
        if box.fill is Fill.FULL:
            painter.fillRect(area, tone)
        elif box.fill is not Fill.BARE:
            painter.fillRect(area, QBrush(tone, _PATTERNS[box.fill]))
        painter.setPen(QPen(tone, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _paint_words(self, painter: QPainter, words: Words) -> None:
        font = self._theme.font(_SCALE, bold=words.bold)
        metrics = QFontMetricsF(font)
        wide = metrics.horizontalAdvance(words.text)
        shift = {"left": 0.0, "centre": wide / 2, "right": wide}[words.anchor]
        x = words.x - shift
        if words.plate:
            plate = QRectF(x - 1, words.y - metrics.capHeight() - 1, wide + 2,
                           metrics.capHeight() + 3)  # fmt: skip
            painter.fillRect(plate, self._theme.colour("surface"))
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(QPointF(x, words.y), words.text)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        areas = self.areas
        if 0 <= self._at < len(areas):
            box = areas[self._at]
            ring = QRectF(box.x, box.y, box.width, box.height).adjusted(-2, -2, 2, 2)
            painter.drawRect(ring)
            return
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
