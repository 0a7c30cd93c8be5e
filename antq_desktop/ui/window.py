"""The one window: side bar, top bar, the screen in front, help beside it, message line below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.ui.faults import Door
from antq_desktop.ui.helppanel import HelpPanel
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.messageline import MessageLine
from antq_desktop.ui.screen import ASIDE, Screen
from antq_desktop.ui.sidebar import SideBar
from antq_desktop.ui.theme import BASE_POINTS, Theme
from antq_desktop.ui.topbar import TopBar

_FOLD_BELOW = 1100  # logical px: 1920×1080 at 200 % is 960 wide
_LEAST = QSize(800, 480)


class MainWindow(QMainWindow):
    """Holds the screens and moves between them; knows nothing of records.

    `narrow_changed` tells screens to put the reading pane below instead of beside; `search_wanted`
    carries words to be looked for everywhere; `quick_asked` wants an incident written down at
    once; `closing` is the last moment to let go of the store.
    """

    narrow_changed = Signal(bool)
    search_wanted = Signal(str)
    lock_asked = Signal()
    restore_asked = Signal()
    quick_asked = Signal()
    closing = Signal()

    def __init__(self, theme: Theme, jobs: Jobs, door: Door) -> None:
        super().__init__()
        self._theme = theme
        self._screens: dict[str, Screen] = {}
        self._current: Screen | None = None
        self._may_close = False
        self._in_close_event = False
        self._narrow = False
        self.side = SideBar(theme)
        self.top = TopBar(theme)
        self.stack = QStackedWidget()
        self.help = HelpPanel(theme)
        self.line = MessageLine(jobs, theme)
        self.help.hide()
        self.setMinimumSize(_LEAST)
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        door.listen(self.line.show_message)

    def add_screens(self, screens: Iterable[Screen]) -> None:
        """Register screens in the order of the side bar; the first one comes to the front."""
        for screen in screens:
            self._screens[screen.key] = screen
            if screen.group != ASIDE:
                self.side.add(screen.key, screen.title, screen.icon, screen.group)
        if self._current is None and self._screens:
            self.bring(next(iter(self._screens)))

    @property
    def current(self) -> Screen | None:
        """The screen in front."""
        return self._current

    def keys(self) -> list[str]:
        """Return the keys of the screens of the side bar, in their order."""
        return [key for key, screen in self._screens.items() if screen.group != ASIDE]

    @property
    def screens(self) -> Mapping[str, Screen]:
        """The screens by key."""
        return self._screens

    @property
    def narrow(self) -> bool:
        """Whether the window is too narrow for words in the side bar."""
        return self._narrow

    def go(self, key: str, then: Callable[[], None] | None = None) -> None:
        """Go to a screen once the one in front may be left; `then` runs when it is there."""

        def arrive() -> None:
            self.bring(key)
            if then is not None:
                then()

        if self._current is None or self._current.key == key:
            arrive()
            return
        self._current.may_leave(arrive)

    def bring(self, key: str) -> None:
        """Bring a screen to the front without asking the one before it."""
        screen = self._screens[key]
        page = screen.widget()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if self._current is not screen:
            self.top.search.clear()
        self._current = screen
        if screen.group != ASIDE:
            self.side.mark(key)
        self.help.show_page(screen.help_page)
        self.setWindowTitle(f"{screen.title} · ANTQ Desktop")
        screen.activate()

    def show_help(self, shown: bool) -> None:
        """Show or hide the help beside the screen; its keys walk through it."""
        if not shown:
            self.help.give_keyboard_back()
        self.help.setVisible(shown)
        if shown:
            self.help.take_keyboard()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once the screen in front agrees."""
        if not self._may_close and self._current is not None:
            self._in_close_event = True
            self._current.may_leave(self._close_now)
            self._in_close_event = False
        if self._may_close or self._current is None:
            self.closing.emit()
            event.accept()
            return
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side bar where there is no room for words."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < _FOLD_BELOW * max(1.0, self._theme.points / BASE_POINTS)
        if narrow != self._narrow:
            self._narrow = narrow
            self.side.set_folded(narrow)
            self.top.set_narrow(narrow)
            self.narrow_changed.emit(narrow)

    def _close_now(self) -> None:
        self._may_close = True
        # Qt drops a second close while the first is under way.
        if not self._in_close_event:
            self.close()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.help)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addLayout(middle, 1)
        right.addWidget(self.line)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.side.chosen.connect(self.go)
        self.top.searched.connect(self._look_for)
        self.top.search_entered.connect(self.search_wanted)
        self.top.lock_asked.connect(self.lock_asked)
        self.top.quick_asked.connect(self.quick_asked)
        self.top.help_asked.connect(self._turn_help)
        self.help.closed.connect(lambda: self.show_help(shown=False))
        self._theme.changed.connect(self._fold)  # larger letters need more room for words

    def _add_shortcuts(self) -> None:
        actions: dict[str, Callable[[], object]] = {
            "Ctrl+K": lambda: self.search_wanted.emit(self.top.search.text()),
            "F1": self._turn_help,
            "Ctrl+L": self.lock_asked.emit,
            "F9": self.quick_asked.emit,
            "Ctrl+Shift+Z": self.line.undo_last,
            "Ctrl+Z": self.line.undo_last,  # where a text is typed, the text takes these keys
        }
        for digit in range(1, 10):
            actions[f"Alt+{digit}"] = partial(self._go_to_place, digit)
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)

    def _go_to_place(self, digit: int) -> None:
        upper = self.side.keys()
        keys = [*upper, *(key for key in self.keys() if key not in upper)]
        if digit <= len(keys):
            self.go(keys[digit - 1])

    def _look_for(self, words: str) -> None:
        if words.strip():
            self.search_wanted.emit(words)

    def _turn_help(self) -> None:
        self.show_help(shown=self.help.isHidden())
