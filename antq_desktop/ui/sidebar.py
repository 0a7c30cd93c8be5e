"""The side bar: up to eight places with icon, word and number waiting; narrow, icons alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from antq_desktop.ui.theme import BASE_POINTS, UNIT, Theme

WIDE = 208
NARROW = 56
_MOST_PLACES = 8
_BAR = 4  # px, the bar that marks the current place
ADMIN = "admin"


class SideBar(QFrame):
    """`chosen` carries the key of the place asked for; the window says when it is there."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("SideBar")
        self._theme = theme
        self._folded = False
        self._places: dict[str, _Place] = {}
        self._last_group = ""
        self._current = ""
        self._exclusive = QButtonGroup(self)
        self._upper = QVBoxLayout()
        self._lower = QVBoxLayout()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, UNIT, 0, UNIT)
        page.setSpacing(0)
        for part in (self._upper, self._lower):
            part.setSpacing(0)
        page.addLayout(self._upper)
        page.addStretch(1)
        page.addLayout(self._lower)
        theme.changed.connect(self._fit)
        self._fit()

    def add(self, key: str, title: str, icon: str, group: str) -> None:
        """Add a place below the ones already there; the group `admin` stands at the bottom.

        Raises:
            ValueError: There are eight places already; a ninth would not be found any more.
        """
        if group != ADMIN and len(self.keys()) >= _MOST_PLACES:
            raise ValueError("the side bar holds at most eight places")
        place = _Place(title, icon, self._theme, len(self.keys()) + 1 if group != ADMIN else 0)
        place.clicked.connect(lambda: self._ask(key))
        self._exclusive.addButton(place)
        target = self._lower if group == ADMIN else self._upper
        if group not in (ADMIN, self._last_group) and self._last_group:
            target.addSpacing(2 * UNIT)
        if group != ADMIN:
            self._last_group = group
        target.addWidget(place)
        self._places[key] = place
        place.fold(self._folded)
        place.setProperty("admin", group == ADMIN)

    def keys(self) -> list[str]:
        """Return the keys of the upper places, top to bottom."""
        return [key for key, place in self._places.items() if not place.property("admin")]

    def mark(self, key: str) -> None:
        """Show which place is in front."""
        self._places[key].setChecked(True)
        self._current = key

    def set_count(self, key: str, waiting: int) -> None:
        """Show how much waits at a place; 0 hides the number."""
        self._places[key].set_count(waiting)

    def set_folded(self, folded: bool) -> None:
        """Show icons alone, or icons and words."""
        self._folded = folded
        for place in self._places.values():
            place.fold(folded)
        self._fit()

    @property
    def folded(self) -> bool:
        """Whether only icons are shown."""
        return self._folded

    def _ask(self, key: str) -> None:
        # The mark moves only when the page in front agrees to be left.
        if self._current:
            self._places[self._current].setChecked(True)
        self.chosen.emit(key)

    def _fit(self) -> None:
        grown = max(1.0, self._theme.points / BASE_POINTS)
        self.setFixedWidth(NARROW if self._folded else round(WIDE * grown))


class _Place(QAbstractButton):
    """Draws itself, since a word that is too long goes on to a second line."""

    def __init__(self, title: str, icon: str, theme: Theme, number: int) -> None:
        super().__init__()
        self._title = title
        self._icon = icon
        self._theme = theme
        self._folded = False
        self._waiting = 0
        self._tip = f"{title} (Alt+{number})" if number else title
        self.setText(title)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_count(0)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, waiting: int) -> None:
        self._waiting = waiting
        told = f": {waiting} việc chờ" if waiting else ""
        self.setAccessibleName(f"{self._title}{told}")
        self.setToolTip(f"{self._tip}{told}")
        self.update()

    def fold(self, folded: bool) -> None:
        self._folded = folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # Room for two lines, so that no place is taller than another.
        height = max(5 * UNIT + 4, 2 * self.fontMetrics().height() + 4)
        return QSize(NARROW if self._folded else WIDE, height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self.isChecked()
        colour = self._theme.colour
        if here or self.underMouse():
            painter.fillRect(self.rect(), colour("accent_soft" if here else "hover"))
        if here:
            painter.fillRect(0, 0, _BAR, self.height(), colour("accent"))
        tone = "accent" if here else "ink_soft"
        size = self._theme.measures.icon
        left = (self.width() - size) // 2 if self._folded else 2 * UNIT
        picture = self._theme.icons.pixmap(self._icon, tone, size, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - size) // 2, picture)
        count_width = self._draw_count(painter)
        if not self._folded:
            painter.setFont(self._theme.font(bold=here))
            painter.setPen(colour(tone if here else "ink"))
            room = self.rect().adjusted(left + size + UNIT + 4, 0, -count_width - UNIT, 0)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._title)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _draw_count(self, painter: QPainter) -> int:
        """Draw the number that waits; return the width it takes from the word."""
        if not self._waiting:
            return 0
        words = str(self._waiting) if self._waiting < 1000 else "999+"
        painter.setFont(self._theme.font(0.8, bold=True))
        metrics = painter.fontMetrics()
        height = metrics.height()
        width = max(height, metrics.horizontalAdvance(words) + UNIT)
        top = 2 if self._folded else (self.height() - height) // 2
        box = QRectF(self.width() - width - (2 if self._folded else UNIT + 4), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return 0 if self._folded else width + UNIT
