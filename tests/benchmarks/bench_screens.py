"""A keystroke over 100,000 incidents, the opening of an editor, and the loop while printing."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from antq_desktop.catalogue.codes import load_codes
from antq_desktop.paths import codes_folder, resources_folder
from antq_desktop.services.office import Office
from tests.benchmarks.incidents import OFFICER, filled_store
from tests.benchmarks.ratios import Measured
from tests.fakes import CountedBytes, SetClock

MANY = 100_000
PRINTED = 4_000
KEYSTROKE = 0.050
GAP = 0.100
FOUND = 0.150
TYPED = ("m", "mat", "mat trom", "mat trom ga", "thon mau", "luon", "danh nhau o thon mau", "")
PATIENCE = 120.0


def measure() -> list[Measured]:
    """Measure from a letter to the painted rows, and the longest silence of the event loop."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), MANY)
        lines = [_search_box(office), *_keystrokes(office)]
        office.close()
    with tempfile.TemporaryDirectory() as folder:
        office = _office(Path(folder), PRINTED)
        lines += _register(office)
        office.close()
    return lines


def _office(folder: Path, count: int) -> Office:
    from antq_desktop.storage.store import Outside
    from antq_desktop.storage.vault import FLOOR

    store = filled_store(folder / "profile", count)
    outside = Outside(SetClock(), CountedBytes("window"), FLOOR)
    return Office(store, OFFICER, load_codes(codes_folder()), outside)


class Bench:
    """A window over an office, and the turns of its event loop."""

    def __init__(self, office: Office) -> None:
        from PySide6.QtWidgets import QApplication

        from antq_desktop.ui.screens.records import RecordScreen
        from antq_desktop.ui.theme import Theme
        from tests.ui.office_window import make_window

        held = QApplication.instance()
        self.app = held if isinstance(held, QApplication) else QApplication([])
        self.window, self.workplace = make_window(self.app, office, Theme(resources_folder()))
        self.window.show()
        screen = self.window.current
        if not isinstance(screen, RecordScreen):
            raise TypeError(screen)
        self.screen = screen
        self.rest()

    def rest(self, until: Callable[[], bool] | None = None) -> float:
        """Turn the loop until all jobs are home (or something holds); return the longest turn."""
        done = until or (lambda: not self.workplace.jobs.running)
        began = last = time.perf_counter()
        longest = 0.0
        while not done():
            self.app.processEvents()
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
            if now - began > PATIENCE:
                raise TimeoutError
            time.sleep(0)  # lets a worker take the lock, as waiting for events does
        self.app.processEvents()
        return max(longest, time.perf_counter() - last)

    def close(self) -> None:
        """Let go of the threads."""
        self.screen._drop_preview()
        self.screen._drop_editor()
        self.workplace.jobs.close()
        self.window.deleteLater()


def _search_box(office: Office) -> Measured:
    """Measure what the box over all kinds takes until it has found records."""
    listed, taken = tuple(office.lists.specs), []
    for typed in TYPED:
        for round_ in range(3):
            began = time.perf_counter()
            office.finding.choices(typed, listed)
            office.finding.records(typed, listed, lambda: None)
            if round_:
                taken.append(time.perf_counter() - began)
    what = f"the search box over all kinds, {MANY:,} incidents among them"
    return Measured(what, statistics.median(taken), max(taken), FOUND, "s")


def _keystrokes(office: Office) -> list[Measured]:
    bench = Bench(office)
    page = bench.screen.list
    answers: list[int] = []
    page.answered.connect(lambda: answers.append(1))
    taken: list[float] = []
    for round_ in range(4):
        for typed in TYPED:
            answers.clear()
            began = time.perf_counter()
            page.filters.words.setText(typed)
            bench.rest(lambda: bool(answers))
            if round_:
                taken.append(time.perf_counter() - began)
            bench.rest()
    current = page.table.current_id()
    opened: list[float] = []
    for _ in range(5):
        bench.screen.open_record(current)
        opened.append(bench.rest())
        bench.screen._to_list()
        bench.rest()
    bench.close()
    return [
        Measured(
            f"a letter over {MANY:,} incidents, to the painted rows",
            statistics.median(taken),
            max(taken),
            KEYSTROKE,
            "s",
        ),
        Measured(
            "longest turn of the loop while an editor opens",
            statistics.median(opened),
            max(opened),
            GAP,
            "s",
        ),
    ]


def _register(office: Office) -> list[Measured]:
    from antq_desktop.ui.screens.preview_wanted import Wanted

    bench = Bench(office)
    gaps: list[float] = []
    for _ in range(2):
        bench.screen.show_paper([Wanted("incident_register", period="2016-01-01..2026-12-31")])
        gaps.append(bench.rest())
    bench.close()
    return [
        Measured(
            f"longest silence of the loop while a register of {PRINTED:,} rows is made and shown",
            statistics.median(gaps),
            max(gaps),
            GAP,
            "s",
        )
    ]
