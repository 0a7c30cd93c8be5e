"""Reports of what went wrong, kept in the profile's folder, and how the last run ended.

A report holds places in the program, never a text of the officer's. While a profile is open a mark
lies in its folder; found at the next start, it says that the run before did not end by itself.
"""

from __future__ import annotations

import faulthandler
import platform
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from antq_desktop import __version__
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.files import environment_fault, remove_if_present, write_atomically

REPORTS_FOLDER: Final = "bao-cao-su-co"
RUNNING_FILE: Final = "dang-chay.txt"
_KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """A run that did not end by itself; `report` is empty when nothing was written of it."""

    report: Path | None

    @property
    def sentence(self) -> str:
        """What the officer is told."""
        told = (
            "Lần trước chương trình dừng đột ngột (mất điện, tắt máy hoặc sự cố). "
            "Những gì đã lưu vẫn còn nguyên; phần đang gõ dở được giữ thành bản nháp, "
            "mở lại ở danh sách của loại hồ sơ đó."
        )
        if self.report is None:
            return told
        return f"{told} Khi cần hỗ trợ, gửi tệp {self.report}."


def save_report(folder: Path, report: str, now: datetime) -> str:
    """Write one report into the profile's folder and return its path.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    path = _reports(folder) / f"su-co-{now:%Y%m%d-%H%M%S-%f}.txt"
    head = f"ANTQ Desktop {__version__}, Python {platform.python_version()}, {platform.system()}"
    write_atomically(path, f"{head}\n{now:%Y-%m-%d %H:%M}\n\n{report}\n".encode())
    _thin(path.parent)
    return str(path)


def carry_report(report: Path, folder: Path) -> Path:
    """Copy a report to a stick or folder and return where it stands there.

    Raises:
        EnvironmentFault: The machine denied it.
    """
    try:
        content = report.read_bytes()
    except OSError as fault:
        raise environment_fault(fault, report) from fault
    target = folder / report.name
    write_atomically(target, content)
    return target


class Run:
    """One run over an open profile, from its opening to its end."""

    def __init__(self, folder: Path) -> None:
        self._mark = _reports(folder) / RUNNING_FILE
        self._held: IO[bytes] | None = None
        self._watching = False

    def begin(self, now: datetime) -> Broken | None:
        """Lay the mark, and say how the run before ended when it did not end by itself.

        Raises:
            EnvironmentFault: The machine denied it.
        """
        broken = self._of_before(now)
        write_atomically(self._mark, b"")
        # The system itself writes here when the program is killed by a fault below Python.
        self._held = self._mark.open("ab", buffering=0)
        if not faulthandler.is_enabled():
            faulthandler.enable(self._held)
            self._watching = True
        return broken

    def end(self) -> None:
        """Take the mark away: this run ended by itself."""
        if self._held is None:
            return
        if self._watching:
            faulthandler.disable()
        self._held.close()
        self._held = None
        try:
            remove_if_present(self._mark)
        except EnvironmentFault:
            return  # the next start tells of an end that was none; nothing is lost

    def _of_before(self, now: datetime) -> Broken | None:
        try:
            told = self._mark.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise environment_fault(fault, self._mark) from fault
        if not told:
            return Broken(None)
        report = self._mark.with_name(f"su-co-{now:%Y%m%d-%H%M%S-%f}.txt")
        write_atomically(report, told)
        return Broken(report)


def _reports(folder: Path) -> Path:
    reports = folder / REPORTS_FOLDER
    try:
        reports.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise environment_fault(fault, reports) from fault
    return reports


def _thin(reports: Path) -> None:
    for old in sorted(reports.glob("su-co-*.txt"))[:-_KEPT]:
        remove_if_present(old)
