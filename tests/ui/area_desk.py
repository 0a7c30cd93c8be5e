"""An officer before the places that hold several kinds: a real profile, a real window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antq_desktop.domain.fields import FieldKind, FieldSpec
from antq_desktop.services.office import Office
from antq_desktop.ui.faults import Door, Message
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.screens.area import AreaScreen, area_screens
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.picker import Picker
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.workplace import Workplace
from tests.ui.desk import Answering, Desk, strike
from tests.ui.keyboards import press, type_telex


@dataclass
class AreaDesk(Desk):
    """What one officer sees and does; a screen goes by the kind that it is of."""

    areas: dict[str, AreaScreen] = field(default_factory=dict)

    def area_of(self, kind: str) -> AreaScreen:
        """Return the place that keeps a kind."""
        return next(area for area in self.areas.values() if kind in area.kinds)

    def turn_to(self, kind: str) -> None:
        """Bring a kind to the front."""
        area = self.area_of(kind)
        self.window.go(area.key, lambda: area.show_kind(kind))
        self.rest()

    def fill_in(self, kind: str, spec: FieldSpec) -> None:
        """Give a field of the record in front what it needs, by keys."""
        made = self.field(kind, spec.name)
        made.input.setFocus()
        if spec.kind in (FieldKind.CHOICE, FieldKind.REFERENCE):
            self.take_first()
        elif spec.kind is FieldKind.DATE:
            type_telex(made.input, "20112026")
        elif spec.kind is FieldKind.INTEGER:
            type_telex(made.input, "2026" if spec.minimum else "12")
        else:
            type_telex(made.input, SAMPLES.get(spec.name, f"{spec.label} mẫu"))

    def take_first(self) -> None:
        """Open the list of what has the keyboard and take what stands first."""
        press(self.focus(), Qt.Key.Key_F4)
        popup = QApplication.activePopupWidget()
        assert isinstance(popup, Picker)
        self.hear()
        taker = popup.search if popup.search.isVisible() else popup.list
        strike(taker, Qt.Key.Key_Return)
        self.come_back()
        self.rest()


SAMPLES = {"measure": "schemes", "period": "2021"}


@contextmanager
def area_desk_of(theme: Theme, qtbot: QtBot, office: Office) -> Iterator[AreaDesk]:
    """Sit down before an open profile."""
    told: list[Message] = []
    door = Door(lambda report: report)
    jobs = Jobs(door.meet)
    window = MainWindow(theme, jobs, door)
    qtbot.addWidget(window)
    asker = Answering()
    workplace = Workplace(office, jobs, door, asker, theme, window.go)
    areas = {area.key: area for area in area_screens(workplace)}
    screens = {kind: area.screen_of(kind) for area in areas.values() for kind in area.kinds}
    window.add_screens(areas.values())

    def listen(message: Message) -> None:
        told.append(message)
        window.line.show_message(message)

    door.listen(listen)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk = AreaDesk(office, window, screens, workplace, asker, qtbot, told, areas)
    desk.rest()
    yield desk
    desk.rest()
    for screen in screens.values():
        if screen.editor is not None:
            screen.editor.end()
    jobs.close()
