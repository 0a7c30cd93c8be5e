"""How soon the first window stands, beside a bare window of the same library in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from antq_desktop.bootstrap import offices
from antq_desktop.services.profiles import NewProfile
from tests.benchmarks.ratios import Measured, against
from tests.stores import COMMUNE, OFFICER, PASSWORD

PAIRS = 15  # a start is short beside the noise of a machine
BARE = """
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    painted = Signal()
    def paintEvent(self, event):
        self.painted.emit()
application = QApplication([])
window = Window()
window.resize(1000, 640)
window.painted.connect(application.quit, Qt.ConnectionType.QueuedConnection)
window.show()
application.exec()
"""


def _run(*words: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    subprocess.run([sys.executable, *words], capture_output=True, check=True, env=environment)


def measure() -> list[Measured]:
    """Measure the start to the first paint of the sign-in and of the first run."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        new = NewProfile("commune", COMMUNE, OFFICER, PASSWORD)
        offices(easy_keys=True).make(profile, new).close()
        start = ("-m", "antq_desktop", "window", "--first-paint", "--data")

        def bare() -> None:
            _run("-c", BARE)

        def sign_in() -> None:
            _run(*start, str(profile))

        def first_run() -> None:
            _run(*start, str(Path(folder) / "none"))

        return [
            against("sign-in painted / bare window", sign_in, bare, limit=1.5, pairs=PAIRS),
            # seen once in the life of a profile; the limit is a guard of our own
            against("first run painted / bare window", first_run, bare, limit=1.7, pairs=PAIRS),
        ]
