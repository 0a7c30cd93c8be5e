"""A month to pick a day from, beginning on Monday."""

from __future__ import annotations

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QPushButton, QVBoxLayout, QWidget

from antq_desktop.ui.theme import UNIT, Theme


class CalendarPopup(QFrame):
    """The calendar that comes up under a date field; goes away by Escape or a click elsewhere."""

    picked = Signal(QDate)

    def __init__(self, day: QDate, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.calendar = make_calendar(theme)
        self.calendar.setSelectedDate(day)
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        self.today = QPushButton("Hôm nay")
        self.today.setProperty("role", "quiet")
        self.today.clicked.connect(lambda: self._pick(QDate.currentDate()))
        page = QVBoxLayout(self)
        page.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        page.setSpacing(UNIT // 2)
        page.addWidget(self.calendar)
        page.addWidget(self.today, 0, Qt.AlignmentFlag.AlignLeft)

    def open_under(self, widget: QWidget) -> None:
        """Show the calendar under a widget, or above it where there is no room below."""
        self.adjustSize()
        place_by(self, widget)
        self.show()
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close at Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _pick(self, day: QDate) -> None:
        self.picked.emit(day)
        self.close()


def make_calendar(theme: Theme) -> QCalendarWidget:
    """Return a calendar as Vietnamese offices print it: Monday first, Sunday in red."""
    calendar = QCalendarWidget()
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    calendar.setGridVisible(False)
    for day, tone in ((Qt.DayOfWeek.Saturday, "ink"), (Qt.DayOfWeek.Sunday, "red")):
        look = QTextCharFormat()
        look.setForeground(theme.colour(tone))
        calendar.setWeekdayTextFormat(day, look)
    head = QTextCharFormat()
    head.setForeground(theme.colour("ink_soft"))
    head.setBackground(theme.colour("raised"))
    calendar.setHeaderTextFormat(head)
    calendar.setMinimumSize(38 * UNIT, 32 * UNIT)
    return calendar


def place_by(popup: QWidget, widget: QWidget) -> None:
    """Move a pop-up under a widget, kept wholly on its screen."""
    corner = widget.mapToGlobal(QPoint(0, widget.height()))
    room = widget.screen().availableGeometry()
    left = min(corner.x(), room.right() - popup.width())
    top = corner.y()
    if top + popup.height() > room.bottom():
        top = max(room.top(), corner.y() - widget.height() - popup.height())
    popup.move(max(left, room.left()), top)
