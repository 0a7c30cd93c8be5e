"""Cards, figures and lines of the first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.domain.shown import show_date, show_integer
from antq_desktop.ui.elided import ElidedLabel
from antq_desktop.ui.theme import UNIT, Theme

if TYPE_CHECKING:
    from antq_desktop.services.today import Today


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its words; it wears its tone only when it is not zero."""

    number: int
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line that leads somewhere: its words, where to, and a state beside them."""

    words: str
    go: Callable[[], None]
    state: str = ""
    tone: str = "plain"
    detail: str = ""
    tip: str = ""


def section_card(title: str, icon: str, parts: Sequence[QWidget], theme: Theme) -> QFrame:
    """Return a card with a heading and its parts below each other."""
    card = QFrame()
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2 * UNIT, 2 * UNIT, 2 * UNIT, 2 * UNIT)
    column.setSpacing(UNIT // 2)
    sign = QLabel()
    sign.setPixmap(theme.icons.pixmap(icon, "accent", theme.measures.icon, card.devicePixelRatio()))
    heading = QLabel(title)
    heading.setProperty("role", "section")
    head = QHBoxLayout()
    head.setSpacing(UNIT)
    head.addWidget(sign)
    head.addWidget(heading)
    head.addStretch(1)
    column.addLayout(head)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return card


def figures_row(figures: Sequence[Figure]) -> QWidget:
    """Return numbers side by side, each over its words."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
    row.setSpacing(4 * UNIT)
    for figure in figures:
        column = QVBoxLayout()
        column.setSpacing(0)
        number = QLabel(show_integer(figure.number))
        number.setProperty("role", "figure")
        number.setProperty("tone", figure.tone if figure.number else "")
        number.setAccessibleName(f"{figure.number} {figure.words}")
        words = QLabel(figure.words)
        words.setProperty("role", "hint")
        column.addWidget(number)
        column.addWidget(words)
        row.addLayout(column)
    row.addStretch(1)
    return whole


def line_row(line: Line, theme: Theme) -> QWidget:
    """Return a line as a button: words, what tells more in grey, and the state at the right."""
    row = _Row()
    row.setProperty("role", "row")
    row.setAccessibleName(
        " · ".join(part for part in (line.words, line.state, line.detail) if part)
    )
    row.clicked.connect(line.go)
    inside = QHBoxLayout(row)
    inside.setContentsMargins(UNIT, 0, UNIT, 0)
    inside.setSpacing(UNIT)
    words = ElidedLabel(line.words)
    inside.addWidget(words)
    detail = ElidedLabel(line.detail, role="hint")
    # What tells more takes the room that is left, and gives way first.
    detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    inside.addWidget(detail, 1)
    if line.state:
        state = QLabel(line.state)
        state.setProperty("badge", line.tone)
        inside.addWidget(state, 0, Qt.AlignmentFlag.AlignVCenter)
    arrow = QLabel()
    arrow.setPixmap(theme.icons.pixmap("next", "ink_faint", 16, row.devicePixelRatio()))
    inside.addWidget(arrow)
    for label in row.findChildren(QLabel):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row.setFixedHeight(theme.measures.row + 4)
    return row


class _Row(QPushButton):
    """A button whose words are drawn by the labels inside it; Enter presses it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


def backup_line(today: Today, go: Callable[[], None]) -> Line:
    """Return the line of the backups."""
    if not today.backup_place:
        return Line("Bản sao lưu", go, "Chưa chọn nơi", "watch", "chọn trong Quản trị")
    if not today.last_backup:
        return Line("Bản sao lưu", go, "Chưa có bản nào", "watch", today.backup_place)
    return Line("Bản sao lưu", go, "Đã có", "calm", f"gần nhất {show_date(today.last_backup)}")


def between_lines(today: Today, go: Callable[[str], Callable[[], None]]) -> list[Line]:
    """Return a line for each thing that waits between units; `go` leads to a page by its name."""
    held, sends = today.between, today.sends
    lines: list[Line] = []
    if held.doubled:
        tab = "Gửi và nạp phiếu xác nhận" if sends else "Ngăn chờ xử lý"
        lines.append(Line("Hai bản dữ liệu cùng gửi", go(tab), "Cần khắc phục", "fault"))
    if held.asked:
        late = f"{held.asked_late} yêu cầu quá hạn" if held.asked_late else ""
        words = f"{held.asked} yêu cầu chưa trả lời"
        tone = "fault" if held.asked_late else "watch"
        lines.append(Line(words, go("Yêu cầu"), "Cần trả lời", tone, late))
    if held.against:
        tab = "Không phát sinh" if sends else "Theo tháng"
        words = f"{held.against} báo cáo không phát sinh trái với hồ sơ"
        lines.append(Line(words, go(tab), "Cần xem", "watch"))
    if held.unsaid:
        words = f"{held.unsaid} loại việc chưa có hồ sơ, chưa báo không phát sinh"
        lines.append(Line(words, go("Không phát sinh"), "Chưa báo", "info", held.unsaid_month))
    if held.conflicts:
        words = f"{held.conflicts} mục hai người ghi khác nhau"
        lines.append(Line(words, go("Cùng sửa"), "Cần chọn", "watch"))
    if held.conflicts_below:
        words = f"{held.conflicts_below} mục của đơn vị dưới, hai người ghi khác nhau"
        lines.append(Line(words, go("Cùng sửa"), "Cần đề nghị chọn", "watch"))
    return lines


def calm(sentence: str) -> QLabel:
    """Return a sentence where nothing has to be done."""
    label = QLabel(sentence)
    label.setProperty("role", "hint")
    label.setWordWrap(True)
    label.setContentsMargins(UNIT, UNIT // 2, UNIT, UNIT // 2)
    return label
