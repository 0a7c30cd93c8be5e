"""An officer before the sheet by unit and the quick entry, over a commune with neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.office import Office
from antq_desktop.services.records import Edit
from antq_desktop.ui.quickentry import QuickDialog, QuickEntry
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.screens.unit_sheet import UnitSheetScreen
from antq_desktop.ui.screens.unit_sheet_page import UnitSheetPage
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.widgets.gridcells import CellInput
from antq_desktop.ui.widgets.gridtable import GridTable
from tests.ui.area_desk import AreaDesk, area_desk_of
from tests.ui.desk import CTRL
from tests.ui.keyboards import press, type_telex

VILLAGES = ("Thôn Mẫu Đông", "Thôn Mẫu Hạ", "Thôn Mẫu Thượng")


@dataclass
class SheetDesk:
    """What one officer sees and does."""

    desk: AreaDesk
    screen: UnitSheetScreen
    quick: QuickEntry

    @property
    def page(self) -> UnitSheetPage:
        return self.screen.widget()

    @property
    def grid(self) -> GridTable:
        return self.page.grid

    def open(self, kind: str) -> None:
        """Go to the sheet of a kind."""
        self.screen.enter(kind)
        self.desk.rest()
        self.desk.rest()

    def ask_again(self) -> None:
        """Let the page ask the store after a common value was changed."""
        self.desk.qtbot.waitUntil(lambda: not self.page._again.isActive())
        self.desk.rest()

    def at(self, row: int, column: str) -> None:
        """Go to a cell."""
        names = [one.name for one in self.grid.cells.columns]
        self.grid.go_to(self.grid.cells.index(row, names.index(column)))

    def text(self, row: int, column: str) -> str:
        names = [one.name for one in self.grid.cells.columns]
        return str(self.grid.cells.index(row, names.index(column)).data())

    def fault(self, row: int, column: str) -> str:
        names = [one.name for one in self.grid.cells.columns]
        return self.grid.cells.fault(self.grid.cells.index(row, names.index(column)))

    def type(self, text: str, then: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type into the current cell as UniKey does, and go on by a key."""
        press(self.grid, Qt.Key.Key_unknown, text[0])
        editor = self.cell_input()
        type_telex(editor, text[1:]) if text[1:] else None
        press(editor, then)
        self.desk.rest()

    def cell_input(self) -> CellInput:
        """The line of the open cell."""
        found = [one for one in self.grid.findChildren(CellInput) if one.isVisible()]
        assert found
        return found[-1]

    def paste(self, text: str) -> None:
        """Paste what another program put on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        press(self.grid, Qt.Key.Key_V, "\x16", CTRL)

    def save(self) -> None:
        """Press the keys that save."""
        self.desk.shortcut(Qt.Key.Key_S, CTRL)
        self.desk.rest()

    def wait_for(self, signal: SignalInstance) -> None:
        """Wait until something was said."""
        with self.desk.qtbot.waitSignal(signal, timeout=10_000):
            pass

    def press_quick(self) -> QuickDialog:
        """Press the one key of the quick entry."""
        self.desk.come_back()
        self.desk.shortcut(Qt.Key.Key_F9)
        self.desk.rest()
        dialog = self.quick.dialog
        assert dialog is not None
        self.desk.qtbot.waitUntil(dialog.isVisible)
        return dialog

    def keyboard_of(self, dialog: QuickDialog) -> QWidget:
        """What has the keyboard in the dialog."""
        self.desk.qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
        found = dialog.focusWidget()
        assert found is not None
        return found


@contextmanager
def sheet_desk_of(
    theme: Theme, qtbot: QtBot, office: Office, villages: Sequence[str] = VILLAGES
) -> Iterator[SheetDesk]:
    """Sit down before an open profile."""
    office.records.save(
        [
            Edit(
                "unit", office.records.new_id(), {"name": name, "unit_kind": "neighbourhood"}, True
            )
            for name in villages
        ]
    ) if villages else None
    with area_desk_of(theme, qtbot, office) as desk:

        def back(kind: str) -> None:
            lead = Lead(kind)
            kept = any(lead.key in area.kinds for area in desk.areas.values())
            area = desk.area_of(lead.key) if kept else desk.areas["standards"]
            desk.window.go(area.key, lambda: area.show_kind(kind))

        screen = UnitSheetScreen(desk.workplace, back)
        desk.workplace.enter_by_unit = screen.enter
        desk.window.add_screens([screen])
        quick = QuickEntry(desk.workplace, desk.window, lambda _over: desk.asker)
        desk.window.quick_asked.connect(quick.open)
        yield SheetDesk(desk, screen, quick)
        desk.rest()
        if quick.dialog is not None:
            quick.dialog.keeper.end()
            quick.dialog.done(0)
        if screen._page is not None:
            screen._page.end()
        QApplication.processEvents()
