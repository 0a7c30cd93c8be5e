"""No internet socket is opened, whatever is done: seen by the system itself, with a control."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from antq_desktop.services.demo.playing import OFFICER as DEMO_OFFICER
from antq_desktop.services.demo.playing import PASSWORD as DEMO_PASSWORD
from antq_desktop.services.office import Offices
from antq_desktop.services.profiles import NewProfile
from tests.exchange import World, add
from tests.stores import INCIDENT, OFFICER, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
NEW_PASSWORD = "bốn mùa hoa nở trên đồi"
SCREENS = 9
INTERNET = re.compile(r"\bAF_INET6?\b")
# A socket that is opened and never used is enough to be found.
CONTROL = "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close()"

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace, which records system calls, is not installed"
)


def calls_of(words: Sequence[str], log: Path) -> list[str]:
    """Run a program and return the calls about the network of it and of all it started."""
    traced = ["strace", "--seccomp-bpf", "-f", "-e", "trace=network", "-o", str(log), *words]
    home = log.parent / "home"
    home.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
    }
    done = subprocess.run(traced, cwd=log.parent, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return log.read_text(errors="replace").splitlines()


def to_the_internet(calls: Sequence[str]) -> list[str]:
    return [call for call in calls if INTERNET.search(call)]


@needs_strace
def test_the_command_line_opens_no_internet_socket(tmp_path: Path) -> None:
    secret, folder = tmp_path / "password", tmp_path / "profile"
    secret.write_text(NEW_PASSWORD + "\n", encoding="utf-8")
    record = tmp_path / "incident.json"
    record.write_text(
        '{"title": "Mất xe ở Thôn Mẫu", "kind": "social_order", "state": "new",'
        ' "occurred_on": "2026-01-02"}',
        encoding="utf-8",
    )
    usb = tmp_path / "usb"
    usb.mkdir()
    common = ["--data", str(folder), "--officer", OFFICER, "--password-file", str(secret)]
    journey = [
        ["init", "--level", "commune", "--unit", "11074", "--sample"],
        ["record", "add", "incident", str(record)],
        ["record", "list", "incident"],
        ["report", "annual", "--period", "2026"],
        ["print", "incident_register", "--period", "2026", "--out", str(usb / "a.pdf")],
        ["keys", "show"],
        ["history", "verify"],
        ["backup", "make", "--to", str(usb)],
        ["dump"],
        ["check"],
    ]
    seen: list[str] = []
    for number, words in enumerate(journey):
        program = [sys.executable, "-m", "antq_desktop", *words, *common]
        seen += calls_of(program, tmp_path / f"calls-{number}")
    assert to_the_internet(seen) == []
    assert list(usb.glob("*.antqbak")), "the journey was really gone"


@needs_strace
def test_bundles_backups_and_a_restore_open_no_internet_socket(
    world: World, tmp_path: Path
) -> None:
    add(world.commune)
    below, above = world.commune.folder, world.receiver.folder
    world.close()
    usb, secret = tmp_path / "usb", tmp_path / "password"
    usb.mkdir()
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    seen: list[str] = []

    def antq(folder: Path, *words: str) -> list[Path]:
        before = set(usb.rglob("*"))
        signed = ["--data", str(folder), "--officer", OFFICER, "--password-file", str(secret)]
        program = [sys.executable, "-m", "antq_desktop", *words, *signed]
        seen.extend(calls_of(program, tmp_path / f"calls-{len(seen)}"))
        return sorted(one for one in set(usb.rglob("*")) - before if one.is_file())

    (bundle,) = antq(below, "bundle", "export", "--to", str(usb))
    antq(above, "bundle", "merge", str(bundle))
    answers = antq(above, "bundle", "return", "--to", str(usb))
    for answer in answers:
        antq(below, "bundle", "accept", str(answer))
    (backup,) = antq(below, "backup", "make", "--to", str(usb))[:1]
    antq(tmp_path / "new", "backup", "restore", str(backup))
    assert to_the_internet(seen) == []
    assert answers
    assert (tmp_path / "new" / "store.db").exists(), "the journey was really gone"


@needs_strace
def test_the_window_opens_no_internet_socket_on_any_screen(
    offices: Offices, tmp_path: Path
) -> None:
    folder, out = tmp_path / "profile", tmp_path / "pictures"
    made = offices.make(folder, NewProfile("commune", "11074", DEMO_OFFICER, DEMO_PASSWORD))
    made.records.add("incident", INCIDENT)
    made.close()
    out.mkdir()
    words = ["pictures", str(out), str(folder)]
    calls = calls_of([sys.executable, "-m", "antq_desktop", *words], tmp_path / "calls")
    assert to_the_internet(calls) == []
    assert len(list(out.glob("*.png"))) >= SCREENS, "the window was really walked through"


@needs_strace
def test_a_program_that_opens_one_is_caught(tmp_path: Path) -> None:
    inside = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONTROL!r}])"
    for number, program in enumerate((CONTROL, inside)):
        calls = calls_of([sys.executable, "-c", program], tmp_path / f"calls-{number}")
        assert to_the_internet(calls), "also in a program that it starts"
