"""Where to write to and read from: plugged sticks, seen as they come and go, or any folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from antq_desktop.domain.errors import EnvironmentFault, UserError
from antq_desktop.domain.shown import show_decimal
from antq_desktop.services.sticks import Found, Stick, Sticks, look_in
from antq_desktop.ui.ask import FileQuestion
from antq_desktop.ui.buttons import make_button
from antq_desktop.ui.theme import UNIT

if TYPE_CHECKING:
    from antq_desktop.ui.workplace import Workplace

_LOOK_EVERY = 2000  # ms
_NONE = "Chưa thấy USB. Cắm USB hoặc chọn thư mục."


@dataclass(frozen=True, slots=True)
class Plugged:
    """A stick and what of ours lies on it."""

    stick: Stick
    found: Found


class StickWatch(QObject):
    """Looks for sticks while somebody looks at the screen; `changed` carries what is plugged."""

    changed = Signal(tuple)

    def __init__(self, workplace: Workplace, sticks: Sticks, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = workplace.jobs
        self._sticks = sticks
        self.plugged: tuple[Plugged, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether it goes on looking."""
        return self._timer.isActive()

    def run(self, *, on: bool) -> None:
        """Look now and then on, or no longer."""
        if on:
            self.look()
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Look once, off the UI thread; a drive that cannot be asked is no stick."""
        sticks = self._sticks

        def work(_control: object) -> tuple[Plugged, ...]:
            return tuple(Plugged(stick, _on(stick)) for stick in sticks.find())

        lane = f"sticks {id(self)}"  # two may look at once, and neither stops the other
        self._jobs.read(work, self._arrive, owner=self, lane=lane, failed=lambda _error: None)

    def _arrive(self, plugged: tuple[Plugged, ...]) -> None:
        before = [(one.stick.folder, one.found) for one in self.plugged]
        self.plugged = plugged
        if before != [(one.stick.folder, one.found) for one in plugged]:
            self.changed.emit(plugged)


def _on(stick: Stick) -> Found:
    try:
        return look_in(stick.folder)
    except (EnvironmentFault, UserError):
        return Found()


class PlacePicker(QWidget):
    """Which stick or folder to write to; the first stick plugged is chosen by itself."""

    changed = Signal()

    def __init__(self, workplace: Workplace, watch: StickWatch, label: str = "Nơi ghi") -> None:
        super().__init__()
        self._workplace = workplace
        self._folder: Path | None = None
        self.list = QComboBox()
        self.list.setAccessibleName(label)
        self.list.setMinimumContentsLength(18)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.other = make_button("Chọn thư mục…", workplace.theme, icon="more")
        self.other.clicked.connect(self._ask)
        title = QLabel(label)
        title.setProperty("role", "label")
        title.setBuddy(self.list)
        row = QHBoxLayout()
        row.setSpacing(UNIT)
        row.addWidget(self.list, 1)
        row.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addWidget(title)
        column.addLayout(row)
        watch.changed.connect(self._show)
        self._show(watch.plugged)

    def place(self) -> Path | None:
        """Return the chosen place; None when there is none."""
        held = self.list.currentData()
        return Path(held) if isinstance(held, str) else None

    def choose(self, folder: Path) -> None:
        """Choose a folder that is no stick."""
        self._folder = folder
        at = self.list.findText(str(folder))
        if at < 0:
            if self.place() is None:
                self.list.clear()
            self.list.addItem(str(folder), str(folder))
            at = self.list.count() - 1
        self.list.setCurrentIndex(at)
        self.changed.emit()

    def _show(self, plugged: tuple[Plugged, ...]) -> None:
        before = self.place()
        places = [(_told(one.stick), str(one.stick.folder)) for one in plugged]
        if self._folder is not None:
            places.append((str(self._folder), str(self._folder)))
        self.list.blockSignals(True)
        self.list.clear()
        for text, folder in places:
            self.list.addItem(text, folder)
        if not places:
            self.list.addItem(_NONE)
        at = self.list.findData(str(before)) if before is not None else -1
        self.list.setCurrentIndex(max(at, 0))
        self.list.blockSignals(False)
        self.list.setEnabled(bool(places))
        self.changed.emit()

    def _ask(self) -> None:
        def then(folder: Path | None) -> None:
            if folder is not None:
                self.list.setEnabled(True)
                self.choose(folder)

        ask_folder(self._workplace, "Chọn thư mục để ghi", then)


def ask_folder(workplace: Workplace, title: str, then: Callable[[Path | None], None]) -> None:
    """Ask for a folder."""
    workplace.asker.ask_file(FileQuestion(title, folder=True), then)


def _told(stick: Stick) -> str:
    gigabytes = stick.free / 10**9
    free = f"{gigabytes:.1f}" if gigabytes >= 0.1 else f"{gigabytes:.3f}"
    return f"{stick.label} · còn {show_decimal(free)} GB"
