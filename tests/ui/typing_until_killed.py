"""Types a new incident into the window and says when its draft is kept; is killed by its test.

`python -m tests.ui.typing_until_killed <folder of a profile> <title>`
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.paths import codes_folder, resources_folder
from antq_desktop.ui.screens.records import RecordScreen
from antq_desktop.ui.theme import Theme
from tests.stores import OFFICER, PASSWORD, offices_of, outside
from tests.ui.keyboards import type_telex
from tests.ui.office_window import make_window


def main() -> int:
    folder, title = Path(sys.argv[1]), sys.argv[2]
    app = QApplication(sys.argv[:1])
    office = offices_of(outside("killed"), load_codes(codes_folder())).open(
        folder, OFFICER, PASSWORD
    )
    window, _workplace = make_window(app, office, Theme(resources_folder()))
    window.show()
    screen = window.current
    if not isinstance(screen, RecordScreen):
        return 1
    screen.new_record()
    editor = screen.editor
    if editor is None:
        return 1
    editor.keeper.kept.connect(lambda: print("kept", flush=True))  # noqa: T201 - told to the test
    field = editor.pages.fields.made(editor.sheaf.main.id, "title")
    day = editor.pages.fields.made(editor.sheaf.main.id, "occurred_on")
    if field is None or day is None:
        return 1
    type_telex(day.input, "31/02/2026")
    type_telex(field.input, title)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
