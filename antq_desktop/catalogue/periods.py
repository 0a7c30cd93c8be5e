"""Presets of reporting periods and of terms, read from `forms/periods/`."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from antq_desktop.domain.deadlines import DeadlinePreset
from antq_desktop.domain.errors import EnvironmentFault
from antq_desktop.domain.periods import CALENDAR, PeriodPreset, Span

DEADLINES_FILE: Final = "deadlines.toml"
HOLIDAYS_FILE: Final = "holidays.toml"
_NO_PRESETS: Final = frozenset({DEADLINES_FILE, HOLIDAYS_FILE})
_YEARS: Final = range(1990, 2101)
LATEST_FIRST_DAY: Final = 28


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    pass


class _PresetFile(_Strict):
    title: str
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    editable: bool
    begins: Annotated[str, msgspec.Meta(pattern=r"^(0[1-9]|1[0-2])-\d\d$")]
    year_before: bool
    spans: list[Span]
    note: str = ""

    def __post_init__(self) -> None:
        if self.editable == (self.confidence == "A"):
            raise ValueError("what was read in full is not for editing, the rest is")
        if not self.spans or not 1 <= self.day <= LATEST_FIRST_DAY:
            raise ValueError("a preset has a span, and begins on a day that every month has")

    @property
    def month(self) -> int:
        return int(self.begins[:2])

    @property
    def day(self) -> int:
        return int(self.begins[3:])


class _DeadlineFile(_Strict):
    code: str
    step: str
    classes: list[str]
    hours: int
    hours_remote: int
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    in_force: bool
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.hours <= self.hours_remote:
            raise ValueError("a term is below nought, or shorter where the way is longer")


class _DeadlinesFile(_Strict):
    title: str
    deadlines: list[_DeadlineFile]

    def __post_init__(self) -> None:
        if len({each.code for each in self.deadlines}) != len(self.deadlines):
            raise ValueError("a code stands twice")


class _HolidaysFile(_Strict):
    title: str
    legal_basis: str
    confidence: Literal["A", "B", "C"]
    editable: bool
    every_year: list[Annotated[str, msgspec.Meta(pattern=r"^(0[1-9]|1[0-2])-[0-3]\d$")]]
    days: list[str]
    note: str = ""

    def __post_init__(self) -> None:
        for day in (*self.days, *(f"2024-{each}" for each in self.every_year)):
            date.fromisoformat(day)


def load_days_off(file: Path) -> frozenset[str]:
    """Read the shipped table of public holidays as days, `YYYY-MM-DD`.

    Raises:
        EnvironmentFault: The file is missing or malformed.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _HolidaysFile)
    except (OSError, ValueError) as fault:
        raise _unreadable(file) from fault
    every = (f"{year}-{each}" for year in _YEARS for each in read.every_year)
    return frozenset((*every, *read.days))


def load_period_preset(file: Path) -> PeriodPreset:
    """Read one preset; its code is the name of the file.

    Raises:
        EnvironmentFault: The file is missing or is no preset; the sentence names it.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _PresetFile)
    except (OSError, ValueError) as fault:
        raise _unreadable(file) from fault
    return PeriodPreset(
        code=file.stem,
        title=read.title,
        legal_basis=read.legal_basis,
        confidence=read.confidence,
        month=read.month,
        day=read.day,
        year_before=read.year_before,
        spans=tuple(read.spans),
        note=read.note,
    )


def load_period_presets(folder: Path) -> dict[str, PeriodPreset]:
    """Read all presets of a folder by code; the calendar comes first and needs no file.

    Raises:
        EnvironmentFault: One of them cannot be read.
    """
    files = [file for file in sorted(folder.glob("*.toml")) if file.name not in _NO_PRESETS]
    return {preset.code: preset for preset in (CALENDAR, *map(load_period_preset, files))}


def load_deadlines(file: Path) -> tuple[DeadlinePreset, ...]:
    """Read the terms of incidents, in the order of the file.

    Raises:
        EnvironmentFault: The file is missing, malformed, or gives a code twice.
    """
    try:
        read = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _DeadlinesFile)
    except (OSError, ValueError) as fault:
        raise _unreadable(file) from fault
    return tuple(
        DeadlinePreset(
            code=each.code,
            step=each.step,
            classes=frozenset(each.classes),
            hours=each.hours,
            hours_remote=each.hours_remote,
            legal_basis=each.legal_basis,
            confidence=each.confidence,
            in_force=each.in_force,
        )
        for each in read.deadlines
    )


def _unreadable(file: Path) -> EnvironmentFault:
    return EnvironmentFault(
        "period_preset_unreadable",
        f"Không đọc được tệp kỳ báo cáo {file.name}. "
        "Nạp lại bản cập nhật biểu mẫu hoặc cài lại chương trình.",
    )
