"""How the run before ended, and what a report holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.services.crashes import REPORTS_FOLDER, Broken, Run, carry_report, save_report
from tests.fakes import START


def cut_off(folder: Path, how: str) -> None:
    """Let a process of its own begin a run and end in the middle of it."""
    script = (
        "import os, sys; from pathlib import Path; from datetime import datetime\n"
        "from antq_desktop.services.crashes import Run\n"
        f"run = Run(Path(sys.argv[1])); run.begin(datetime(2026, 11, 21)); {how}"
    )
    subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, check=False)


def ended_before(folder: Path) -> Broken | None:
    run = Run(folder)
    broken = run.begin(START)
    run.end()
    return broken


def test_a_run_that_ended_by_itself_is_not_mentioned(tmp_path: Path) -> None:
    assert ended_before(tmp_path) is None
    assert ended_before(tmp_path) is None


def test_a_run_that_was_cut_off_is_mentioned_once(tmp_path: Path) -> None:
    cut_off(tmp_path, "os._exit(1)")
    broken = ended_before(tmp_path)
    assert broken is not None
    assert broken.report is None
    assert broken.sentence.startswith("Lần trước chương trình dừng đột ngột")
    assert ended_before(tmp_path) is None


def test_a_crash_below_python_leaves_a_report_that_is_named(tmp_path: Path) -> None:
    cut_off(tmp_path, "os.abort()")
    broken = ended_before(tmp_path)
    assert broken is not None
    assert broken.report is not None
    assert b"Fatal Python error: Aborted" in broken.report.read_bytes()
    assert str(broken.report) in broken.sentence
    assert ended_before(tmp_path) is None


def test_reports_are_kept_to_the_newest_twenty(tmp_path: Path) -> None:
    paths = [
        save_report(tmp_path, f"builtins.ValueError {n}", START.replace(microsecond=n))
        for n in range(25)
    ]
    assert sorted(str(path) for path in (tmp_path / REPORTS_FOLDER).iterdir()) == paths[5:]
    assert "builtins.ValueError 24" in Path(paths[-1]).read_text(encoding="utf-8")


def test_a_report_is_copied_to_a_stick_as_it_is(tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    report = Path(save_report(tmp_path, "KeyError\n  store.py:1 open", START))
    copied = carry_report(report, stick)
    assert copied.parent == stick
    assert copied.read_bytes() == report.read_bytes()
    with pytest.raises(EnvironmentFault):
        carry_report(report, tmp_path / "gone")
