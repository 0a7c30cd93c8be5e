from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import check
import system_packages
from house import House

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "packaging" / "dev.py"

LISTING = (
    "installed\tlibegl1\t\n"
    "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0), libglib2.0-0-old\n"
    "config-files\tlibcups2\t\n"
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Return a small copy of the project whose `.venv` is finished and stamped."""
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    house = House(tmp_path)
    house.python.parent.mkdir(parents=True)
    house.python.symlink_to(sys.executable)
    house._write_stamp(tools=True)
    return house


def is_ready(house: House, *, tools: bool = True) -> bool:
    return House(house.root)._is_ready(tools=tools)


def test_an_older_python_is_told_in_one_line_what_is_needed() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); "
    pretend += f"runpy.run_path({str(DEV)!r}, run_name='__main__')"
    answer = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 2
    assert "Cần Python 3.11 trở lên, trong khi đây là Python 3.8" in answer.stderr
    assert "Python 3.11 or newer is needed" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_an_older_python_can_read_the_file_that_tells_it() -> None:
    assert ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 7))
    assert "from __future__" not in DEV.read_text(encoding="utf-8")


def test_a_word_that_is_no_command_is_answered_with_those_that_are() -> None:
    answer = subprocess.run(
        [sys.executable, DEV, "tset"], capture_output=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 2
    offered = answer.stderr.replace("'", "").partition("choose from ")[2]
    assert offered.strip(") \n") == "run, test, heavy, bench, lock"


def test_a_finished_set_up_is_left_alone(house: House) -> None:
    before = house.stamp.stat().st_mtime_ns
    House(house.root).prepare(tools=True)
    assert house.stamp.stat().st_mtime_ns == before


def test_a_set_up_without_its_stamp_is_not_trusted(house: House) -> None:
    house.stamp.unlink()
    assert not is_ready(house)


def test_a_torn_stamp_is_not_trusted(house: House) -> None:
    house.stamp.write_text(house.stamp.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert not is_ready(house)


def test_another_lock_file_asks_for_another_set_up(house: House) -> None:
    with house.lock.open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    assert not is_ready(house)


def test_a_set_up_that_was_moved_is_made_again(house: House, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in ("pyproject.toml", "requirements.lock", ".venv"):
        (house.root / name).rename(moved / name)
    assert not is_ready(House(moved))


def test_a_set_up_whose_python_is_gone_is_made_again(house: House) -> None:
    house.python.unlink()
    assert not is_ready(house)


def test_a_rule_of_a_tool_asks_for_no_new_set_up(house: House) -> None:
    project = house.root / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("line-length = 100", "line-length = 90"), encoding="utf-8")
    assert is_ready(house)


def test_a_new_command_of_the_program_asks_for_its_installation_only(house: House) -> None:
    project = house.root / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace('antq = "', 'antq-new = "'), encoding="utf-8")
    assert house._stands("packages")
    assert not house._stands("project")


def test_what_run_needs_is_not_enough_for_test(house: House) -> None:
    house.stamp.unlink()
    house._write_stamp(tools=False)
    assert is_ready(house, tools=False)
    assert not is_ready(house, tools=True)


def test_run_after_test_keeps_what_test_installed(house: House) -> None:
    house._write_stamp(tools=False)
    assert is_ready(house, tools=True)


def test_the_stamp_holds_digests_and_names_no_folder(house: House) -> None:
    stamped = json.loads(house.stamp.read_text(encoding="utf-8"))
    assert {len(value) for value in stamped.values()} == {64}


def test_a_package_that_another_provides_is_not_missing() -> None:
    wanted = ["libegl1", "libglib2.0-0", "libcups2", "libxcb-cursor0"]
    assert system_packages.absent_from(LISTING, wanted) == ["libcups2", "libxcb-cursor0"]


@pytest.mark.parametrize(
    ("release", "answer"),
    [
        ("ID=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID=fedora\nNAME="not debian"\n', False),
    ],
)
@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="no package tools of Debian here")
def test_debian_and_its_children_are_known(tmp_path: Path, release: str, *, answer: bool) -> None:
    file = tmp_path / "os-release"
    file.write_text(release, encoding="utf-8")
    assert system_packages.is_debian(file) is answer


def test_the_advice_is_one_command_that_can_be_pasted() -> None:
    assert system_packages.advice(["libegl1", "age"]) == (
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libegl1 age'"
    )


@pytest.mark.skipif(os.name == "nt", reason="Debian only")
def test_without_the_right_to_install_the_command_is_printed_and_nothing_is_begun(
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / "packaging", tmp_path / "packaging")
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name, script in {
        "dpkg-query": "printf 'installed\\tlibegl1\\t\\n'",
        "sudo": "exit 1",
        "apt-get": f"touch {tmp_path}/called",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    begin = "import os, runpy, sys, system_packages as packages; os.geteuid = lambda: 1000; "
    begin += "packages.is_debian = lambda: True; sys.argv = ['dev.py', 'run']; "
    begin += "runpy.run_path('packaging/dev.py', run_name='__main__')"
    answer = subprocess.run(
        [sys.executable, "-c", begin],
        cwd=tmp_path,
        env={"PATH": f"{tools}:/usr/bin:/bin", "PYTHONPATH": "packaging", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 2, answer
    assert "    sudo sh -c 'apt-get update && apt-get install" in answer.stderr
    assert " libcups2" in answer.stderr
    assert " libegl1 " not in answer.stderr
    assert not (tmp_path / ".venv").exists()
    assert not (tmp_path / "called").exists()


def test_the_summary_names_each_step_its_verdict_and_its_seconds() -> None:
    outcomes = [check.Outcome("types", 0, 12.34, ""), check.Outcome("lint", 1, 0.2, "E1")]
    assert check.summary(outcomes).split() == [
        *("types", "ok", "12.3", "s"),
        *("lint", "FAILED", "0.2", "s"),
    ]


def test_a_step_keeps_its_words_and_its_exit_code() -> None:
    outcome = check.quietly("x", [sys.executable, "-c", "print('Đường'); raise SystemExit(3)"])
    assert (outcome.code, outcome.output.strip()) == (3, "Đường")


def test_a_step_run_aloud_keeps_its_closing_line(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = check.aloud("x", [sys.executable, "-c", "print('one'); print('two\\n')"])
    assert (outcome.code, outcome.output) == (0, "two\n")
    assert capsys.readouterr().out == "one\ntwo\n\n"
