"""`python -m antq_desktop` as a process of its own: exits, streams, no Qt, no word of English."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import OFFICER, PASSWORD

ROOT = Path(__file__).resolve().parents[2]


def start(
    *words: str, stdin: bytes | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "antq_desktop", *words],
        cwd=ROOT,
        env={**os.environ, **more},
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def signed(profile: Path, tmp_path: Path) -> tuple[str, ...]:
    """Return the words that sign in to the profile."""
    file = tmp_path / "password.txt"
    file.write_text(PASSWORD, encoding="utf-8")
    return ("--data", str(profile), "--officer", OFFICER, "--password-file", str(file))


def test_a_profile_is_made_and_used_with_real_time_and_randomness(tmp_path: Path) -> None:
    file, folder = tmp_path / "p.txt", tmp_path / "profile"
    file.write_text(PASSWORD, encoding="utf-8")
    signed = ("--data", str(folder), "--officer", OFFICER, "--password-file", str(file))
    made = start("init", "--level", "commune", "--unit", "11074", "--sample", *signed)
    assert (made.returncode, made.stderr) == (0, b"")
    record = '{"name": "Thôn Mẫu Đường", "unit_kind": "neighbourhood"}'.encode()
    added = start("record", "add", "unit", "-", *signed, "--json", stdin=record)
    assert added.returncode == 0, added
    found = start("record", "list", "unit", "--search", "duong", *signed, PYTHONIOENCODING="ascii")
    assert "Thôn Mẫu Đường" in found.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("history", "verify"), 0, None),
        (("record", "show", "ffff"), 1, "no_such_record"),
        (("record", "list"), 1, "usage"),
        (("check", "--data", "nowhere"), 1, "no_profile"),
    ],
)
def test_exits_and_codes_hold_for_programs(
    signed: tuple[str, ...], words: tuple[str, ...], code: int, error: str | None
) -> None:
    answer = start(*signed, *words, "--json")
    assert (answer.returncode, answer.stderr) == (code, b"")
    value = json.loads(answer.stdout)
    assert (value["error"]["code"] if error else None) == error


def test_without_a_terminal_and_a_file_the_password_is_missing(signed: tuple[str, ...]) -> None:
    answer = start(*signed[:4], "check", "--json")
    assert (answer.returncode, json.loads(answer.stdout)["error"]["code"]) == (
        1,
        "password_missing",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own is not of Windows")
def test_the_password_is_asked_for_unseen_on_a_terminal(signed: tuple[str, ...]) -> None:
    import pty

    command = [sys.executable, "-m", "antq_desktop", *signed[:4], "history", "verify"]
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execv(sys.executable, command)  # noqa: S606 - ourselves, on a terminal
    told = b""
    while "Mật khẩu: ".encode() not in told:
        told += os.read(terminal, 1000)
    os.write(terminal, PASSWORD.encode() + b"\n")
    while True:
        try:
            piece = os.read(terminal, 1000)
        except OSError:  # Linux says so when the other side has gone
            break
        if not piece:
            break
        told += piece
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, told
    assert PASSWORD.encode() not in told
    assert "Nhật ký liền mạch, 3 lần ghi." in told.decode()


def test_who_reads_only_the_beginning_hears_no_complaint(signed: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "antq_desktop", *signed, "dump"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0


NO_QT = """
import sys
from antq_desktop.bootstrap import main
code = main(sys.argv[1:])
assert code == 0, code
loaded = sorted(name for name in sys.modules if name.partition(".")[0] in UNWANTED)
assert loaded == [], loaded
"""


def test_a_list_loads_neither_qt_nor_what_only_papers_and_bundles_need(
    signed: tuple[str, ...],
) -> None:
    unwanted = {
        "PySide6",
        "shiboken6",
        "reportlab",
        "openpyxl",
        "xlsxwriter",
        "python_calamine",
        "pyrage",
    }
    code = f"UNWANTED = {unwanted!r}\n{NO_QT}"
    answer = subprocess.run(
        [sys.executable, "-c", code, *signed, "record", "list", "unit"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr.decode()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a session always has a screen")
def test_without_a_screen_the_window_is_refused_in_a_sentence_of_its_own() -> None:
    told = start("window", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert (told.returncode, told.stdout) == (2, b"")
    assert "không có màn hình" in told.stderr.decode("utf-8")
    assert told.stderr.decode("utf-8").count("\n") == 1
