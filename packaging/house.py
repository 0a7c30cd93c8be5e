"""The set-up of a fresh machine: system libraries, `.venv`, locked dependencies, the project.

Everything is made in `.venv`, and a stamp is written there last. Whatever has no stamp, or the
stamp of another lock file, another Python or another folder, is made again from the start.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent

PROBE = "import PySide6.QtWidgets, PySide6.QtPrintSupport, PySide6.QtPdf, sqlcipher3, pyrage"


class SetupError(Exception):
    """The set-up cannot go on; says why and what to do, in Vietnamese and in English."""

    def __init__(self, vietnamese: str, english: str, command: str = "") -> None:
        lines = [vietnamese, english, *([f"    {command}"] if command else [])]
        super().__init__("\n".join(lines))


def say(vietnamese: str, english: str) -> None:
    """Tell the person at the keyboard what is being done."""
    print(f"→ {vietnamese} · {english}", flush=True)


class House:
    """The project folder with its `.venv`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.lock = root / "requirements.lock"
        self.stamp = self.venv / "set-up-complete.json"

    @property
    def python(self) -> Path:
        """Return the interpreter of `.venv`, whether it stands yet or not."""
        windows = sys.platform == "win32"
        return self.venv / ("Scripts/python.exe" if windows else "bin/python")

    def prepare(self, *, tools: bool = False) -> None:
        """Make everything ready; when it is ready already, only read two small files.

        Args:
            tools: Also install the programs that the tests compare ours with.

        Raises:
            SetupError: Something is missing that cannot be installed from here; nothing was begun.
        """
        if self._is_ready(tools=tools):
            return
        with self._alone():
            if self._is_ready(tools=tools):  # another start made it while this one waited
                return
            self._install_system_packages(tools=tools)
            if not self._stands("packages"):
                self._build()
            if not self._stands("project"):
                self._install_project()
            self._write_stamp(tools=tools)

    def fingerprints(self) -> dict[str, str]:
        """Return what the set-up depends on, part by part, as digests."""
        home = self.python.resolve() if self.python.exists() else ""
        with (self.root / "pyproject.toml").open("rb") as file:
            metadata = tomllib.load(file)
        installed = [metadata["build-system"], metadata["project"], metadata["tool"]["setuptools"]]
        return {
            "packages": digest(self.lock.read_text(encoding="utf-8"), str(home), str(self.venv)),
            "project": digest(json.dumps(installed, sort_keys=True)),
            "libraries": digest(*system_packages.LIBRARIES),
            "tools": digest(*system_packages.TOOLS),
        }

    def _is_ready(self, *, tools: bool) -> bool:
        parts = ["packages", "project", "libraries", *(["tools"] if tools else [])]
        return all(self._stands(part) for part in parts)

    def _stands(self, part: str) -> bool:
        return self._stamped().get(part) == self.fingerprints()[part] and self.python.exists()

    def _stamped(self) -> Mapping[str, str]:
        try:
            stamped = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamped if isinstance(stamped, dict) else {}

    def _write_stamp(self, *, tools: bool) -> None:
        now = self.fingerprints()
        had_tools = self._stamped().get("tools") == now["tools"]
        if not (tools or had_tools):
            del now["tools"]
        beside = self.stamp.with_suffix(".new")
        beside.write_text(json.dumps(now, indent=1), encoding="utf-8")
        beside.replace(self.stamp)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let a second start in the same folder wait for the first."""
        if sys.platform == "win32":
            yield
            return
        import fcntl  # not to be had on Windows

        folder = os.open(self.root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Chờ lần cài đặt đang chạy", "waiting for the set-up that is under way")
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _install_system_packages(self, *, tools: bool) -> None:
        venv_works = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
        if not system_packages.is_debian():
            if not venv_works:
                raise SetupError(
                    "Bản Python này thiếu mô-đun venv hoặc ensurepip; cài bản Python đầy đủ.",
                    "This Python lacks the module venv or ensurepip; install a complete Python.",
                )
            return
        wanted = [*system_packages.LIBRARIES, *(system_packages.TOOLS if tools else ())]
        missing = system_packages.missing(wanted)
        if not venv_works:
            missing.insert(0, f"python3.{sys.version_info.minor}-venv")
        if not missing:
            return
        prefix = system_packages.as_root()
        if prefix is None:
            raise SetupError(
                "Thiếu gói hệ thống. Nhờ người quản trị chạy lệnh sau rồi chạy lại:",
                "System packages are missing. Have an administrator run this, then start again:",
                system_packages.advice(missing),
            )
        say("Cài gói hệ thống", f"installing system packages: {' '.join(missing)}")
        if not system_packages.install(missing, prefix):
            raise SetupError(
                "Không cài được gói hệ thống. Xem thông báo ở trên, hoặc tự chạy lệnh sau:",
                "System packages could not be installed. See above, or run this:",
                system_packages.advice(missing),
            )

    def _build(self) -> None:
        if self.venv.exists():
            say("Bỏ môi trường .venv cũ hoặc dở dang", "removing an old or unfinished .venv")
            self.stamp.unlink(missing_ok=True)  # first, so that half a removal is never trusted
            shutil.rmtree(self.venv)
        say("Lập môi trường .venv", "making .venv")
        base = getattr(sys, "_base_executable", sys.executable)  # the one outside any environment
        self._step([base, "-m", "venv", str(self.venv)])
        say("Tải và cài thư viện, khoảng 140 MB", "fetching and installing about 140 MB")
        self._pip("--no-deps", "--require-hashes", "-r", str(self.lock))
        self._probe()

    def _install_project(self) -> None:
        say("Cài chương trình vào .venv", "installing the project itself")
        self._pip("--no-deps", "--no-build-isolation", "--no-index", "-e", str(self.root))

    def _pip(self, *arguments: str) -> None:
        quiet = [] if sys.stdout.isatty() else ["-qq"]
        install = [str(self.python), "-m", "pip", "install", "--disable-pip-version-check"]
        self._step([*install, "--no-input", *quiet, *arguments])

    def _probe(self) -> None:
        """Load what leans on system libraries, so that a missing one is named now."""
        answer = subprocess.run(
            [str(self.python), "-c", PROBE], capture_output=True, text=True, check=False
        )
        if answer.returncode != 0:
            reason = answer.stderr.strip().rpartition("\n")[2]
            raise SetupError(
                f"Thư viện giao diện không nạp được: {reason}",
                f"The window's library does not load: {reason}",
            )

    def _step(self, command: list[str]) -> None:
        if subprocess.call(command, cwd=self.root) != 0:
            raise SetupError(
                "Bước trên không xong; kiểm tra mạng và chỗ trống của đĩa rồi chạy lại lệnh này.",
                "The step above failed; check network and disk space, then start again.",
                " ".join(command),
            )


def digest(*parts: str) -> str:
    """Return one SHA-256 over several texts, none of which can run into the next."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
