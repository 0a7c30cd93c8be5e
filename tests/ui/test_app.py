"""Starting the program as a person does: what is loaded, what opens, and what becomes of a bug."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antq_desktop.bootstrap import main
from antq_desktop.paths import resources_folder
from antq_desktop.services.crashes import REPORTS_FOLDER
from antq_desktop.services.office import Office, Offices
from antq_desktop.ui.app import Ground, Program
from antq_desktop.ui.composing import compose, follow
from antq_desktop.ui.faults import Door
from antq_desktop.ui.jobs import Jobs
from antq_desktop.ui.pictures import Easel, take_pictures
from antq_desktop.ui.screens.home import Lead
from antq_desktop.ui.theme import Theme
from tests.fakes import SetClock
from tests.stores import OFFICER, PASSWORD

HEAVY = {
    *("sqlalchemy", "sqlcipher3", "cryptography", "argon2", "reportlab", "pyrage"),
    *("openpyxl", "python_calamine", "xlsxwriter"),
}


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "importtime", "-m", "antq_desktop", *words]
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env={**environment, **more}, check=False
    )


def loaded(answer: subprocess.CompletedProcess[str]) -> set[str]:
    lines = (line for line in answer.stderr.split("\n") if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_the_sign_in_stands_before_anything_heavy_is_loaded(profile: Path) -> None:
    answer = run("--data", str(profile), "--first-paint")
    assert answer.returncode == 0
    assert "PySide6" in loaded(answer)
    assert loaded(answer) & HEAVY == set()


def test_the_first_run_stands_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    answer = run("window", "--data", str(tmp_path / "none"), "--first-paint")
    assert answer.returncode == 0
    assert loaded(answer) & HEAVY == set()
    assert not (tmp_path / "none").exists()


def test_words_go_to_the_command_line_which_never_loads_qt(profile: Path) -> None:
    answer = run("--help")
    assert answer.returncode == 0
    assert "PySide6" not in loaded(answer)


def test_without_a_screen_the_window_is_not_tried() -> None:
    answer = run(QT_QPA_PLATFORM="")
    assert answer.returncode == 1
    assert "PySide6" not in loaded(answer)


def test_pictures_show_every_screen_of_a_profile(
    tmp_path: Path, ground: Ground, profile: Path
) -> None:
    assert take_pictures(ground, tmp_path, [profile], OFFICER, PASSWORD) == 0
    names = [path.name.split("_", 2)[2] for path in sorted(tmp_path.glob("profile_*.png"))]
    assert names == [
        f"{key}.png"
        for key in (
            *("today", "incidents", "schemes", "movement", "standards", "forces", "documents"),
            *("handover", "admin"),
        )
    ]
    assert take_pictures(ground, tmp_path, [profile], OFFICER, "không phải câu này") == 1


def test_a_mistyped_command_is_not_taken_for_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--first-paintt"]) == 1
    assert "Câu lệnh chưa đúng" in capsys.readouterr().err


@pytest.fixture
def ground(tmp_path: Path, offices: Offices, clock: SetClock) -> Ground:
    return Ground(
        resources=resources_folder(),
        preferences=tmp_path / "preferences.json",
        folder=tmp_path / "dữ liệu",
        usual_folder=tmp_path / "dữ liệu",
        clock=clock,
        offices=lambda: offices,
        version="0.1.0",
    )


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, ground: Ground) -> Iterator[Program]:
    made = Program(qapp, ground)
    made.start()
    qtbot.waitUntil(lambda: made.painted)
    qtbot.waitUntil(lambda: not made.jobs.running)
    yield made
    made.shut()
    qapp.processEvents()


def test_a_bug_before_anybody_signed_in_is_told_and_reported_without_its_text(
    program: Program, tmp_path: Path
) -> None:
    program.door.meet(ValueError("Nguyễn Văn Mẫu, 000000000001"))
    assert program.entry is not None
    assert any("chưa lường trước" in label.text() for label in program.entry.findChildren(QLabel))
    (report,) = (tmp_path / "dữ liệu" / REPORTS_FOLDER).glob("su-co-*.txt")
    told = report.read_text(encoding="utf-8")
    assert "builtins.ValueError" in told
    assert "Mẫu" not in told


def test_every_lead_of_the_first_page_arrives(
    qtbot: QtBot, theme: Theme, office: Office, ground: Ground
) -> None:
    troubles: list[BaseException] = []
    jobs = Jobs(troubles.append)
    window = compose(Easel(ground, theme, jobs, Door(lambda _report: "")), office)
    qtbot.addWidget(window)
    window.show()

    def here() -> str:
        return window.current.key if window.current is not None else ""

    for lead, key in (
        (Lead("incident", new=True), "incidents"),
        (Lead("scheme", only_missing=True), "schemes"),
        (Lead("unit", record=office.unit), "forces"),
        (Lead("task", only_missing=True), "documents"),
        (Lead("session", new=True), "movement"),
        (Lead("handover"), "handover"),
        (Lead("admin"), "admin"),
    ):
        follow(lead, window.screens, window.go)
        assert here() == key
        qtbot.waitUntil(lambda: not jobs.running)
    follow(Lead("no_such_place"), window.screens, window.go)
    assert here() == "admin"
    assert troubles == []
    window.hide()
    jobs.close()
