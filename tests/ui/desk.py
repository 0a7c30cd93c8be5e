"""An officer before the window of records: a real profile, a real window, keys and answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.ui.ask import Answer, FileQuestion, Question
from antq_desktop.ui.faults import Door, Message
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.screens import incident_editor, scheme_editor, unit_editor
from antq_desktop.ui.screens.editor import EditorPage
from antq_desktop.ui.screens.editor_layout import Layout
from antq_desktop.ui.screens.listing import ListPage
from antq_desktop.ui.screens.records import RecordScreen
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.chosen_fields import ChoiceField, ReferenceField
from antq_desktop.ui.widgets.field import FieldWidget
from antq_desktop.ui.widgets.picker import Picker
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.workplace import Workplace
from tests.ui.keyboards import press, type_telex

LAYOUTS = (incident_editor.LAYOUT, scheme_editor.LAYOUT, unit_editor.LAYOUT)
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Answering:
    """Answers questions in place of a person, one after another; keeps what was asked."""

    answers: list[Answer] = field(default_factory=list)
    files: list[Path | None] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    files_asked: list[FileQuestion] = field(default_factory=list)

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        self.asked.append(question)
        then(self.answers.pop(0) if self.answers else Answer(question.safe))

    def ask_file(self, question: FileQuestion, then: Callable[[Path | None], None]) -> None:
        self.files_asked.append(question)
        then(self.files.pop(0) if self.files else None)

    def ask_files(self, question: FileQuestion, then: Callable[[tuple[Path, ...]], None]) -> None:
        self.files_asked.append(question)
        chosen, self.files = self.files, []
        then(tuple(path for path in chosen if path is not None))


@dataclass
class Desk:
    """What one officer sees and does."""

    office: Office
    window: MainWindow
    screens: dict[str, RecordScreen]
    workplace: Workplace
    asker: Answering
    qtbot: QtBot
    told: list[Message]

    def go(self, key: str) -> RecordScreen:
        """Bring a screen to the front."""
        self.window.go(key)
        self.rest()
        return self.screens[key]

    def rest(self) -> None:
        """Wait until every job has come home."""
        self.qtbot.waitUntil(lambda: not self.workplace.jobs.running, timeout=20_000)

    @property
    def last(self) -> str:
        """The last message."""
        return self.told[-1].text if self.told else ""

    def editor(self, key: str) -> EditorPage:
        """The editor in front."""
        found = self.screens[key].editor
        assert found is not None
        return found

    def list_of(self, key: str) -> ListPage:
        return self.screens[key].list

    def shortcut(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press keys as the window takes them."""
        QTest.keyClick(self.window, key, held)
        self.rest()

    def focus(self) -> QWidget:
        """What has the keyboard."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def enter(self) -> None:
        """Go on."""
        press(self.focus(), Qt.Key.Key_Return, "\r")

    def fill(self, text: str) -> None:
        """Type into what has the keyboard, as UniKey does, and go on."""
        type_telex(self.focus(), text)
        self.enter()

    def pick(self, words: str) -> None:
        """Open the list of what has the keyboard, type some words, take the first, and go on."""
        press(self.focus(), Qt.Key.Key_F4)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, Picker)
        if popup.search.isVisible():
            type_telex(popup.search, words)
            self.hear()
            strike(popup.search, Qt.Key.Key_Return)
        else:
            rows = [option.text for option in popup.model.options]
            while popup.list.currentIndex().row() != rows.index(words):
                press(popup.list, Qt.Key.Key_Down)
            strike(popup.list, Qt.Key.Key_Return)
        self.come_back()
        self.rest()
        self.enter()

    def hear(self) -> None:
        """Take answers home while a list is up; the screenless platform closes lists by itself."""
        while self.workplace.jobs.running:
            for job in self.workplace.jobs.running:
                if job.future is not None and not job.future.cancelled():
                    job.future.exception()
            QCoreApplication.sendPostedEvents(self.workplace.jobs, QEvent.Type.MetaCall.value)

    def come_back(self) -> None:
        """Take the keyboard from a list that closed, as every window system but this one does."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def field(self, key: str, path: str, record_id: str = "") -> FieldWidget:
        """The field at a path of the record in front, or of one below it."""
        editor = self.editor(key)
        editor.pages.finish(max(editor.pages.currentIndex(), 0))
        found = editor.pages.fields.made(record_id or editor.sheaf.main.id, path)
        assert found is not None, path
        return found

    def shown(self, key: str, path: str, record_id: str = "") -> str:
        """What stands in a field."""
        made = self.field(key, path, record_id)
        if isinstance(made, ChoiceField | ReferenceField):
            return made.button.text()
        return str(made.value() or "")

    def set(self, key: str, path: str, text: str, record_id: str = "") -> None:
        """Type over what stands in a field."""
        taker = self.field(key, path, record_id).input
        taker.setFocus()
        QTest.keyClick(taker, Qt.Key.Key_A, CTRL)
        press(taker, Qt.Key.Key_Delete)
        type_telex(taker, text)

    def titles(self, key: str, column: str = "title") -> list[str]:
        """What a column of the list shows."""
        model = self.list_of(key).model
        at = [one.name for one in model.columns].index(column)
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def strike(target: QWidget, key: Qt.Key) -> None:
    """Send a key down; what takes it may be gone before the key comes up."""
    QCoreApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, key, NONE))


@contextmanager
def desk_of(
    theme: Theme, qtbot: QtBot, office: Office, layouts: Sequence[Layout] = LAYOUTS
) -> Iterator[Desk]:
    """Sit down before an open profile."""
    told: list[Message] = []
    door = Door(lambda report: report)
    jobs = Jobs(door.meet)
    window = MainWindow(theme, jobs, door)
    qtbot.addWidget(window)
    asker = Answering()
    workplace = Workplace(office, jobs, door, asker, theme, window.go)
    screens = {layout.key: RecordScreen(workplace, layout) for layout in layouts}
    window.add_screens(screens.values())

    def listen(message: Message) -> None:
        told.append(message)
        window.line.show_message(message)

    door.listen(listen)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk = Desk(office, window, screens, workplace, asker, qtbot, told)
    desk.rest()
    yield desk
    desk.rest()
    for screen in screens.values():
        screen._drop_preview()
        screen._drop_editor()
    jobs.close()
