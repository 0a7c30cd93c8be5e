"""The first window: beside the rules of what may be entered, the sign-in or the first run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.ui.helppanel import HelpPanel

SCOPE = (
    "Chỉ nhập thông tin hành chính về mô hình, vụ việc, lực lượng và kết quả phong trào.",
    "Không nhập bí mật nhà nước và công tác nghiệp vụ.",
    "Không ghi danh tính người cung cấp tin.",
    "Không lập danh sách, theo dõi cá nhân vì lý do chính trị, tôn giáo, dân tộc hoặc vì khiếu "
    "nại, tố cáo.",
)
_SIZE = QSize(1000, 640)
_LEAST = QSize(720, 440)
_PANEL = 40 * UNIT
_FORM = 56 * UNIT


class EntryWindow(QWidget):
    """Holds one page at a time; `painted` comes once, when the window was first on the screen."""

    painted = Signal()
    closing = Signal(QCloseEvent)

    def __init__(self, theme: Theme, version: str) -> None:
        super().__init__()
        self.setObjectName("Entry")
        self.setWindowTitle("ANTQ Desktop")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._was_painted = False
        self.panel = _Panel(version)
        self.panel.help.clicked.connect(self.toggle_help)
        self.help: HelpPanel | None = None
        QShortcut(QKeySequence.StandardKey.HelpContents, self, self.toggle_help)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.line = _line("", "message")
        self.line.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.area, 1)
        right.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.panel)
        row.addLayout(right, 1)
        self._row = row
        self.setMinimumSize(_LEAST)
        theme.changed.connect(self._fit)
        self._fit()

    def show_page(self, page: QWidget) -> None:
        """Put a page into the window in place of the one before."""
        frame = QWidget()
        frame.setProperty("role", "page")
        page.setMaximumWidth(round(_FORM * self._grown()))
        row = QHBoxLayout(frame)
        row.setContentsMargins(4 * UNIT, 3 * UNIT, 4 * UNIT, 2 * UNIT)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        self.area.setWidget(frame)

    def toggle_help(self) -> None:
        """Show or hide the help about signing in, a forgotten password and a broken machine."""
        if self.help is None:
            from antq_desktop.services.help import help_page
            from antq_desktop.ui.helppanel import HelpPanel

            self.help = HelpPanel(self._theme)
            self.help.hide()
            self._row.addWidget(self.help)
            self.help.closed.connect(self.toggle_help)
            self.help.show_page(help_page("door"))
        if self.help.isHidden():
            self.help.show()
            self.help.take_keyboard()
            return
        self.help.give_keyboard_back()
        self.help.hide()

    def say(self, sentence: str) -> None:
        """Say below the page what has no place on it; nothing hides the line."""
        self.line.setText(sentence)
        self.line.setVisible(bool(sentence))

    def open_in_the_middle(self) -> None:
        """Show the window in the middle of the screen, as large as it wants where there is room."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        grown = self._grown()
        wanted = QSize(round(_SIZE.width() * grown), round(_SIZE.height() * grown))
        size = wanted.boundedTo(screen.size())
        place = QRect(screen.topLeft(), size)
        place.moveCenter(screen.center())
        self.setGeometry(place)
        if size != wanted:
            self.showMaximized()
        else:
            self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once that the window is on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page more room than the rules where both are short of it."""
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let whoever opened the window decide."""
        event.accept()
        self.closing.emit(event)

    def _grown(self) -> float:
        return max(1.0, self._theme.points / BASE_POINTS)

    def _fit(self) -> None:
        self.panel.setFixedWidth(min(round(_PANEL * self._grown()), self.width() * 2 // 5))


class _Panel(QFrame):
    """What this program is, and what may be entered into it; always in sight."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.setObjectName("EntryPanel")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * UNIT, 5 * UNIT, 3 * UNIT, 3 * UNIT)
        column.setSpacing(UNIT)
        column.addWidget(_line("ANTQ Desktop", "title"))
        column.addWidget(_line("Sổ công tác phong trào “Toàn dân bảo vệ an ninh Tổ quốc”", "lead"))
        column.addSpacing(3 * UNIT)
        column.addWidget(_line("Trước khi nhập", "panel-heading"))
        for sentence in SCOPE:
            column.addWidget(_line(sentence, "rule"))
        column.addStretch(1)
        self.help = QPushButton("Trợ giúp (F1)")
        self.help.setCursor(Qt.CursorShape.PointingHandCursor)
        column.addWidget(self.help)
        column.addWidget(_line(f"Phiên bản {version}", "version"))


def _line(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
