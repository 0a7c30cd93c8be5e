"""The screens of records over a real profile, to be looked at by hand.

`python -m tests.ui.office_window [--count 40] [--dark] [--points 10.5] [--screen incidents]
[--do open|new|faults|print|register|history|select] [--tab 2] [--width 1366 --height 768]
[--save picture.png]`
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.paths import codes_folder, resources_folder
from antq_desktop.services.office import Office
from antq_desktop.services.profiles import NewProfile
from antq_desktop.ui.ask import WindowAsker
from antq_desktop.ui.faults import Door
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.screens.records import RecordScreen
from antq_desktop.ui.theme import Theme
from antq_desktop.ui.window import MainWindow
from antq_desktop.ui.words import speak_vietnamese
from antq_desktop.ui.workplace import Workplace
from tests.stores import COMMUNE, OFFICER, PASSWORD, offices_of, outside
from tests.ui.desk import LAYOUTS
from tests.ui.samples import fill


def make_office(folder: Path, count: int) -> Office:
    """Return a profile with so many invented incidents, and schemes and units to match."""
    offices = offices_of(outside("window"), load_codes(codes_folder()))
    office = offices.make(folder, NewProfile("commune", COMMUNE, OFFICER, PASSWORD, sample=True))
    fill(office, count)
    return office


def make_window(app: QApplication, office: Office, theme: Theme) -> tuple[MainWindow, Workplace]:
    """Return a window with the screens of records over an open profile."""
    theme.apply(app)
    door = Door(lambda report: report)
    jobs = Jobs(door.meet)
    window = MainWindow(theme, jobs, door)
    workplace = Workplace(office, jobs, door, WindowAsker(window, theme), theme, window.go)
    window.add_screens(RecordScreen(workplace, layout) for layout in LAYOUTS)
    window.top.set_unit("Công an xã Mẫu Thượng Hạ", "tháng 11/2026")
    window.top.set_officer(OFFICER)
    return window, workplace


def act(window: MainWindow, what: str, tab: int) -> None:
    """Bring up what is to be looked at."""
    screen = window.current
    if not isinstance(screen, RecordScreen):
        return
    page = screen.list
    current = page.table.current_id()
    steps: dict[str, Callable[[], object]] = {
        "open": lambda: screen.open_record(current),
        "faults": lambda: screen.open_record(current),
        "new": screen.new_record,
        "print": page.print_selected,
        "register": lambda: page.register_asked.emit("2026"),
        "history": lambda: page.pane.tabs.setCurrentWidget(page.pane.history),
        "select": page.table.selectAll,
        "filter": lambda: page.filters.words.setText("khong co tu nay"),
    }
    if what in steps:
        steps[what]()

    def later() -> None:
        editor = screen.editor
        if editor is None:
            return
        editor.pages.setCurrentIndex(tab)
        if what == "faults":
            for name in ("title", "occurred_on", "name"):
                made = editor.pages.fields.made(editor.sheaf.main.id, name)
                if made is not None:
                    made.set_value(None)
                    editor.sheaf.main.set(name, None)
            editor.save()
        rows = [row for rows in editor.pages.lists() for row in rows.frames()]
        if what == "open" and tab and rows:
            rows[0].open()

    QTimer.singleShot(1200, window, later)


def main() -> int:
    """Open the window."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--points", type=float, default=10.5)
    parser.add_argument("--screen", default="incidents")
    parser.add_argument("--do", default="")
    parser.add_argument("--tab", type=int, default=0)
    parser.add_argument("--width", type=int, default=1366)
    parser.add_argument("--height", type=int, default=768)
    parser.add_argument("--help-panel", action="store_true")
    parser.add_argument("--save", default="")
    args = parser.parse_args()
    app = QApplication(sys.argv[:1])
    speak_vietnamese(app, resources_folder() / "i18n" / "qt_vi.toml")
    with tempfile.TemporaryDirectory() as folder:
        office = make_office(Path(folder) / "profile", args.count)
        theme = Theme(resources_folder(), dark=args.dark, points=args.points)
        window, workplace = make_window(app, office, theme)
        window.resize(args.width, args.height)
        window.show()
        window.bring(args.screen)
        window.show_help(shown=args.help_panel)
        QTimer.singleShot(900, window, lambda: act(window, args.do, args.tab))
        if args.save:
            QTimer.singleShot(3500, window, lambda: (window.grab().save(args.save), app.quit()))
        result = app.exec()
        workplace.jobs.close()
        office.close()
    return result


if __name__ == "__main__":
    sys.exit(main())
